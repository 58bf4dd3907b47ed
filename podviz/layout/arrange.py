"""A figure's boxes, placed: what arrows tie apart, all set in rows by the packer."""

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from podviz import shapes
from podviz.drawing import Group, Rect, boxes_of
from podviz.figure import Arrow, Box, Relation, Shape
from podviz.layout.deadline import Deadline
from podviz.layout.pack import Packed, pack
from podviz.layout.part import (
    FLATTEST,
    GAP,
    MARGINS,
    MOST_STEP,
    OWN_SIZE,
    RATIO,
    RIBBON,
    Engine,
    Part,
    Routed,
    badness,
    fitted,
)
from podviz.shapes.block import Block, Pen, Room, alike
from podviz.shapes.space import HEAD, PAD
from podviz.text import Text

_MOST_RATIO = 2.6
"""How flat the content may be, so that the page with its margins stays below 3:1."""

_SAID = 3
"""Arrows between the same ends are one; so many of their words stand on it."""

_FEW = 24
"""Up to so many boxes, parts that nothing ties together are tried in common columns."""


_LANE, _MOST_GROWN = 6.0, 1.7
"""Room between namespaces for each arrow that crosses it; how much wider one grows to fill a
row."""


_FLATTER, _FEW_INSIDE = 400.0, 60
"""Up to so many boxes in all, namespaces are tried flatter too, as if so much stood above."""

_ROWS = {True: 1.05, False: 1.2}
"""Rows of namespaces, in their order or as they fit best, must make the page so much smaller."""


class _Scene(Struct, frozen=True):
    """What is to be placed. `owner` is the top box behind every id that an arrow may name;
    `head` the height of what stands above, `least` the width that the page needs anyway."""

    pen: Pen
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    owner: dict[str, str]
    head: float
    least: float
    engine: Engine


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
    spaces = [b for b in boxes if b.shape is Shape.SPACE]
    if not spaces:
        return _arranged(pen, boxes, arrows, head, least, engine)
    tried = []
    busy = sum(bool(space.arrows) for space in spaces)
    small = sum(len(space.children) for space in spaces) <= _FEW_INSIDE
    for above in (HEAD, HEAD + _FLATTER) if len(spaces) > 1 and busy and small else (HEAD,):
        hand = replace(pen, drawn={}, insides={})
        for space in spaces:
            hand.insides[space.id] = _inside(hand, space, above, engine)
        ways: list[tuple[Part, float]] = []
        if arrows or len(boxes) == 1:
            ways.append((_arranged(hand, boxes, arrows, head, least, engine), 1.0))
        if len(boxes) > 1:
            ways += [(_in_rows(hand, boxes, arrows, head, order), _ROWS[order]) for order in _ROWS]
        tried += [(_with_insides(hand, part), factor) for part, factor in ways]
    return min(tried, key=lambda each: round(_page(each[0], head) * each[1]))[0]


def _inside(pen: Pen, space: Box, above: float, engine: Engine) -> Part:
    """What stands in a namespace, laid out as a page of its own; the more height counts as taken
    `above` it, the flatter."""
    return _arranged(pen, space.children, space.arrows, above, 0.0, engine)


def _page(part: Part, head: float) -> float:
    """The width of the smallest page of 16:9 that holds the part."""
    return max(part.width + MARGINS, (part.height + head) * RATIO)


def _in_rows(
    pen: Pen, boxes: tuple[Box, ...], arrows: tuple[Arrow, ...], head: float, order: bool
) -> Part:
    """Namespaces and what stands beside them in rows, with the arrows between them; namespaces
    grow into what room is left."""
    owner = {key: box.id for box in boxes for key in _keys(box)}
    lines = _merged(
        tuple(
            a
            for a in arrows
            if a.relation is not Relation.NEAR and a.tail in owner and a.head in owner
        )
    )
    gap = GAP + min(_LANE * len(lines), 2 * GAP)
    blocks = [shapes.draw(pen, box) for box in boxes]
    sizes = [(b.width, b.height) for b in blocks]
    packed = pack(sizes, gap=gap, ratio=RATIO, head=head, max_ratio=_MOST_RATIO, order=order)
    rects = [Rect(x, y, *size) for (x, y), size in zip(packed.positions, sizes, strict=True)]
    for i, box in enumerate(boxes):
        if box.shape is Shape.SPACE:
            rects[i] = _grown(i, rects, gap, packed)
            blocks[i] = shapes.draw(pen, box, Room(w=rects[i].w, h=rects[i].h))
    groups = tuple(b.at(r.x, r.y) for b, r in zip(blocks, rects, strict=True))
    routed = _routes(pen, list(boxes), groups, lines)
    return fitted(Part(width=packed.width, height=packed.height, groups=groups, routes=routed))


def _routes(
    pen: Pen, boxes: list[Box], groups: tuple[Group, ...], lines: tuple[Arrow, ...]
) -> tuple[Routed, ...]:
    """The arrows between what stands already, if there are any."""
    if not lines:
        return ()
    from podviz.layout.docking import routes

    return routes(pen, boxes, groups, lines, "LR")


def _grown(i: int, rects: list[Rect], gap: float, packed: Packed) -> Rect:
    """The rectangle, as far right and down as nothing else stands."""
    own, others = rects[i], rects[:i] + rects[i + 1 :]
    right = min(
        [packed.width]
        + [r.x - gap for r in others if r.x >= own.right and r.y < own.bottom and own.y < r.bottom]
    )
    own = replace(own, w=min(right - own.x, _MOST_GROWN * own.w))
    below = [r.y - gap for r in others if r.y >= own.bottom and r.x < own.right and own.x < r.right]
    rows = [r.bottom for r in others if abs(r.y - own.y) < 1]
    bottom = min([*below, max([own.bottom, *rows])])
    return replace(own, h=max(bottom - own.y, own.h))


def _with_insides(pen: Pen, part: Part) -> Part:
    """The part with the arrows inside its namespaces."""
    rects = boxes_of(part.groups) if pen.insides else ()
    inner = [
        routed.moved(rect.x + PAD, rect.y + HEAD)
        for id, rect in rects
        if id in pen.insides
        for routed in pen.insides[id].routes
    ]
    return replace(part, routes=(*part.routes, *inner))


def _arranged(
    pen: Pen,
    boxes: tuple[Box, ...],
    arrows: tuple[Arrow, ...],
    head: float,
    least: float,
    engine: Engine,
) -> Part:
    lanes = [b for b in boxes if b.shape is Shape.LANE]
    boxes = tuple(b for b in boxes if b.shape is not Shape.LANE)
    above = head + sum(shapes.draw(pen, lane).height + GAP for lane in lanes)
    owner = {key: box.id for box in boxes for key in _keys(box)}
    scene = _Scene(
        pen=pen,
        boxes=boxes,
        arrows=_merged(tuple(a for a in arrows if a.tail in owner and a.head in owner)),
        owner=owner,
        head=above,
        least=least,
        engine=engine,
    )
    return _with_lanes(pen, _best(scene), lanes)


def _merged(arrows: tuple[Arrow, ...]) -> tuple[Arrow, ...]:
    """One arrow for all of one kind between the same ends, with their words on it."""
    groups: dict[tuple[str, str, Relation, bool], list[Arrow]] = {}
    for arrow in arrows:
        groups.setdefault((arrow.tail, arrow.head, arrow.relation, arrow.missing), []).append(arrow)
    return tuple(group[0] if len(group) == 1 else _joined(group) for group in groups.values())


def _joined(group: list[Arrow]) -> Arrow:
    """The first of the arrows, with the words of the first few and the number of the others."""
    pins = tuple(dict.fromkeys(pin for a in group for pin in a.pins))
    said = list(dict.fromkeys(a.label for a in group if a.label))
    more = f" +{len(said) - _SAID}" if len(said) > _SAID else ""
    if not said:
        return replace(group[0], pins=pins)
    ko, en = (" · ".join(t.to(lang) for t in said[:_SAID]) + more for lang in ("ko", "en"))
    return replace(group[0], label=Text(ko, en), pins=pins)


def _keys(box: Box) -> Iterator[str]:
    """Every id that an arrow may name and that stands inside this box."""
    for inner in box.walk():
        yield inner.id
        yield from (door.id for door in inner.doors)


def _with_lanes(pen: Pen, part: Part, lanes: list[Box]) -> Part:
    """Lanes below all else, over the whole width."""
    wide, high, groups = part.width, part.height, part.groups
    for lane in lanes:
        block = shapes.draw(pen, lane, Room(w=wide or None))
        top = high + (GAP if high else 0)
        groups = (*groups, block.at(0, top))
        wide, high = max(wide, block.width), top + block.height
    return Part(width=wide, height=high, groups=groups, routes=part.routes)


# ── parts ───────────────────────────────────────────────────────────────────────────────────


def _best(scene: _Scene) -> Part:
    """Parts apart, or in common columns where that makes no worse a page; a chain that would
    be a ribbon as stairs."""
    groups = _components(scene)
    several = [g for g in groups if len(g) > 1]
    apart = _whole(scene, groups, 0.0)
    if len(several) > 1 and sum(map(len, several)) <= _FEW:
        together = [b for b in scene.boxes if any(b in g for g in several)]
        alone = [g for g in groups if len(g) == 1]
        joined = _whole(scene, [together, *alone], 0.0)
        if badness(joined, scene.head) <= 1.2 * badness(apart, scene.head):
            return joined
    step = _step(apart, scene.head)
    return _whole(scene, groups, step) if step else apart


def _components(scene: _Scene) -> list[list[Box]]:
    """Boxes that arrows tie together, in the order of the first of each."""
    root = {b.id: b.id for b in scene.boxes}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for arrow in scene.arrows:
        root[find(scene.owner[arrow.head])] = find(scene.owner[arrow.tail])
    groups: dict[str, list[Box]] = {}
    for box in scene.boxes:
        groups.setdefault(find(box.id), []).append(box)
    return list(groups.values())


def _whole(scene: _Scene, groups: list[list[Box]], step: float) -> Part:
    """Every group laid out, all packed; `step` lowers each box of a chain below the last."""
    parts = []
    free = [g[0] for g in groups if len(g) == 1]
    singles = dict(zip((b.id for b in free), _free(scene, free), strict=True))
    part_of = {b.id: i for i, group in enumerate(groups) for b in group}
    arrows: list[list[Arrow]] = [[] for _ in groups]
    for arrow in scene.arrows:
        arrows[part_of[scene.owner[arrow.tail]]].append(arrow)
    for group, lines in zip(groups, arrows, strict=True):
        own = tuple(lines)
        if len(group) == 1:
            parts.append(_single(scene, group[0], singles[group[0].id], own))
            continue
        from podviz.layout.tied import tied  # late: many figures have no arrows

        parts.append(tied(scene.pen, group, own, scene.owner, scene.head, scene.engine, step))
    return _set(parts, scene.head, scene.pen.deadline)


def _set(parts: list[Part], head: float, deadline: Deadline) -> Part:
    """The parts in rows, and farther apart where the page would be too flat."""
    sizes = [(p.width, p.height) for p in parts]
    packed = pack(sizes, gap=GAP, ratio=RATIO, head=head, max_ratio=_MOST_RATIO, deadline=deadline)
    lower = _spread(packed, head)
    tops = [lower(y) for _, y in packed.positions]
    placed = [p.moved(x, y) for p, (x, _), y in zip(parts, packed.positions, tops, strict=True)]
    return Part(
        width=packed.width,
        height=max((p.height + y for p, y in zip(parts, tops, strict=True)), default=0.0),
        groups=tuple(g for p in placed for g in p.groups),
        routes=tuple(r for p in placed for r in p.routes),
        chain=sum(p.chain for p in parts),
    )


def _spread(packed: Packed, head: float) -> Callable[[float], float]:
    """Where a row comes to stand when all move apart; each gap at most doubles."""
    tops = sorted({y for _, y in packed.positions})
    missing = (packed.width + MARGINS) / RATIO - (packed.height + head)
    if missing <= 0 or len(tops) < 2:
        return lambda y: y
    each = min(missing / (len(tops) - 1), GAP)
    return lambda y: y + each * sum(1 for top in tops[1:] if top <= y + 0.01)


def _step(part: Part, head: float) -> float:
    """How much lower each box of a chain stands than the one before it, 0 for no stairs."""
    missing = (part.width + MARGINS) / RATIO - (part.height + head)
    if not part.chain or part.width + MARGINS < 2 * (part.height + head):
        return 0.0
    ribbon = (part.width + MARGINS) / RIBBON - (part.height + head)
    return min(max(missing / part.chain, 52.0), max(MOST_STEP, ribbon / part.chain))


# ── what no edge ties ───────────────────────────────────────────────────────────────────────


def _free(scene: _Scene, boxes: list[Box]) -> list[Block]:
    """Boxes without arrows, those of one shape at one size; a single Pod or node suits the
    page."""
    pen = scene.pen
    if len(scene.boxes) == 1 and boxes and boxes[0].shape is Shape.ANATOMY:
        return [_filling(scene, boxes[0])]
    if len(scene.boxes) == 1 and boxes and boxes[0].shape is Shape.NODE:
        return [_suited(scene, boxes[0])]
    even = [b for b in boxes if b.shape not in OWN_SIZE]
    drawn = dict(zip([b.id for b in even], alike(even, partial(shapes.draw, pen)), strict=True))
    return [drawn.get(b.id) or shapes.draw(pen, b) for b in boxes]


def _single(scene: _Scene, box: Box, block: Block, arrows: tuple[Arrow, ...]) -> Part:
    """One box, with the arrows between what stands in it."""
    groups = (block.at(0, 0),)
    lines = tuple(a for a in arrows if a.relation is not Relation.NEAR)
    drawn = _routes(scene.pen, [box], groups, lines)
    return Part(width=block.width, height=block.height, groups=groups, routes=drawn)


def _suited(scene: _Scene, box: Box) -> Block:
    """A lone node as wide as suits the page best, for its Pods then stand side by side."""
    block = shapes.draw(scene.pen, box)
    wider = (Room(w=block.body.w * factor) for factor in (1.5, 2.0, 2.7, 3.5))
    tried = [block, *(shapes.draw(scene.pen, box, room) for room in wider)]
    return min(tried, key=lambda b: max(b.width + MARGINS, (b.height + scene.head) * RATIO))


def _filling(scene: _Scene, box: Box) -> Block:
    """An anatomy led towards 16:9: wider first, then higher."""
    block = shapes.draw(scene.pen, box)
    wide = max(block.width, scene.least, (block.height + scene.head) * RATIO - MARGINS)
    high = (wide + MARGINS) / FLATTEST - scene.head
    return shapes.draw(scene.pen, box, Room(w=wide, h=high))
