"""A figure's boxes, placed: what arrows tie apart, all set in rows by the packer."""

from collections.abc import Callable, Iterator

from podviz import shapes
from podviz.figure import Arrow, Box, Shape
from podviz.layout.pack import Packed, pack
from podviz.layout.part import FLATTEST, GAP, MARGINS, RATIO, Engine, Part
from podviz.layout.tied import tied
from podviz.shapes.block import Pen, Room


def arrange(
    pen: Pen,
    boxes: tuple[Box, ...],
    arrows: tuple[Arrow, ...],
    *,
    head: float,
    least: float,
    engine: Engine,
) -> Part:
    """All boxes placed towards 16:9, counting `head` points of height for what stands above.

    `least` is the width that the page needs anyway. Raises DrawError or DeadlineError.
    """
    owner = {key: box.id for box in boxes for key in _keys(box)}
    arrows = tuple(a for a in arrows if a.tail in owner and a.head in owner)
    lanes = [b for b in boxes if b.shape is Shape.LANE]
    boxes = tuple(b for b in boxes if b.shape is not Shape.LANE)
    head += sum(shapes.draw(pen, lane).height + GAP for lane in lanes)

    def parts_with(step: float) -> list[Part]:
        parts = []
        for group in _components(boxes, arrows, owner):
            inside = {b.id for b in group}
            own = tuple(a for a in arrows if owner[a.tail] in inside)
            if len(group) == 1:
                parts.append(_single(pen, group[0], head, least, alone=len(boxes) == 1))
            else:
                parts.append(tied(pen, group, own, owner, head, engine, step))
        return _even(pen, boxes, parts)

    parts = parts_with(0.0)
    packed = _packed(parts, head)
    step = _step(parts, packed, head)
    if step:
        parts = parts_with(step)
        packed = _packed(parts, head)
    spread = _spread(packed, head)
    placed = [p.moved(x, spread(y)) for p, (x, y) in zip(parts, packed.positions, strict=True)]
    wide, high = packed.width, packed.height + spread(packed.height) - packed.height
    for lane in lanes:
        block = shapes.draw(pen, lane, Room(w=wide or None))
        top = high + (GAP if high else 0)
        placed.append(Part(width=block.width, height=block.height, groups=(block.at(0, top),)))
        wide, high = max(wide, block.width), top + block.height
    return Part(
        width=wide,
        height=high,
        groups=tuple(g for p in placed for g in p.groups),
        routes=tuple(r for p in placed for r in p.routes),
    )


def _packed(parts: list[Part], head: float) -> Packed:
    return pack([(p.width, p.height) for p in parts], gap=GAP, ratio=RATIO, head=head)


def _step(parts: list[Part], packed: Packed, head: float) -> float:
    """How much lower each box of a chain stands than the one before it: stairs instead of a
    ribbon."""
    ranks = sum(p.ranks - 1 for p in parts)
    rows = len({y for _, y in packed.positions})
    missing = (packed.width + MARGINS) / RATIO - (packed.height + head) - (rows - 1) * GAP
    if ranks == 0 or (packed.width + MARGINS) < 2 * (packed.height + head + (rows - 1) * GAP):
        return 0.0
    return min(max(missing / ranks, 52.0), 72.0)


def _spread(packed: Packed, head: float) -> Callable[[float], float]:
    """Where rows stand farther apart because the page would be too flat; at most twice the gap."""
    tops = sorted({y for _, y in packed.positions})
    missing = (packed.width + MARGINS) / RATIO - (packed.height + head)
    if missing <= 0 or len(tops) < 2:
        return lambda y: y
    each = min(missing / (len(tops) - 1), GAP)
    return lambda y: y + each * sum(1 for top in tops[1:] if top <= y + 0.01)


def _keys(box: Box) -> Iterator[str]:
    """Every id that an arrow may name and that stands inside this box."""
    for inner in box.walk():
        yield inner.id
        yield from (door.id for door in inner.doors)


def _components(
    boxes: tuple[Box, ...], arrows: tuple[Arrow, ...], owner: dict[str, str]
) -> list[list[Box]]:
    """Boxes that arrows tie together, in the order of the first of each."""
    root = {b.id: b.id for b in boxes}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for arrow in arrows:
        root[find(owner[arrow.head])] = find(owner[arrow.tail])
    groups: dict[str, list[Box]] = {}
    for box in boxes:
        groups.setdefault(find(box.id), []).append(box)
    return list(groups.values())


# ── what no edge ties ───────────────────────────────────────────────────────────────────────


def _single(pen: Pen, box: Box, head: float, least: float, *, alone: bool) -> Part:
    """One box at its natural size; alone in the figure, it is led towards 16:9."""
    block = shapes.draw(pen, box)
    if alone and box.shape is Shape.ANATOMY:
        wide = max(block.width, least, (block.height + head) * RATIO - MARGINS)
        block = shapes.draw(pen, box, Room(w=wide))
        high = (wide + MARGINS) / FLATTEST - head
        block = shapes.draw(pen, box, Room(w=wide, h=high))
    return Part(width=block.width, height=block.height, groups=(block.at(0, 0),))


def _even(pen: Pen, boxes: tuple[Box, ...], parts: list[Part]) -> list[Part]:
    """Free boxes of one shape drawn again at one size."""
    by_id = {b.id: b for b in boxes}
    free = [i for i, p in enumerate(parts) if len(p.groups) == 1 and p.groups[0].id in by_id]
    result = list(parts)
    for shape in {by_id[parts[i].groups[0].id or ""].shape for i in free}:
        alike = [i for i in free if by_id[parts[i].groups[0].id or ""].shape is shape]
        if len(alike) < 2:
            continue
        wide = max(parts[i].width for i in alike)
        drawn = [shapes.draw(pen, by_id[parts[i].groups[0].id or ""], Room(w=wide)) for i in alike]
        high = max(b.height for b in drawn)
        for i in alike:
            block = shapes.draw(pen, by_id[parts[i].groups[0].id or ""], Room(w=wide, h=high))
            result[i] = Part(width=block.width, height=block.height, groups=(block.at(0, 0),))
    return result
