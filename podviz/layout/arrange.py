"""A figure's boxes, placed and tied: parts by edges, rows by the packer."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from podviz import shapes
from podviz.drawing import Group, Item, Panel, Rect, Run, Symbol, boxes_of
from podviz.figure import Arrow, Box, Relation, Shape
from podviz.layout import align, graph
from podviz.layout.route import Dock, Spot, Wire, route
from podviz.layout.pack import Packed, pack
from podviz.shapes.block import Block, Pen, Room
from podviz.shapes.ink import stack_reach

GAP = 24.0
_RANK_GAP = 50.0
RATIO = 16 / 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Which Graphviz lays out, and how many seconds one layout may take."""

    name: str = "bundled"
    deadline: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """An arrow and the corner points of its way."""

    arrow: Arrow
    points: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Boxes that edges tie together, placed from (0, 0), with their arrows."""

    width: float
    height: float
    groups: tuple[Group, ...]
    routes: tuple[Routed, ...] = ()
    ranks: int = 1
    """How many boxes a chain has, one after the other; 1 for what is no chain."""

    def moved(self, dx: float, dy: float) -> "Part":
        return replace(
            self,
            groups=tuple(replace(g, dx=g.dx + dx, dy=g.dy + dy) for g in self.groups),
            routes=tuple(
                replace(r, points=tuple((x + dx, y + dy) for x, y in r.points)) for r in self.routes
            ),
        )


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
                parts.append(_tied(pen, group, own, owner, head, engine, step))
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
    missing = (packed.width + 48) / RATIO - (packed.height + head) - (rows - 1) * GAP
    if ranks == 0 or (packed.width + 48) < 2 * (packed.height + head + (rows - 1) * GAP):
        return 0.0
    return min(max(missing / ranks, 52.0), 72.0)


def _spread(packed: Packed, head: float) -> Callable[[float], float]:
    """Where rows stand farther apart because the page would be too flat; at most twice the gap."""
    tops = sorted({y for _, y in packed.positions})
    missing = (packed.width + 48) / RATIO - (packed.height + head)
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
        wide = max(block.width, least, (block.height + head) * RATIO - 48)
        block = shapes.draw(pen, box, Room(w=wide))
        high = (wide + 48) / 2 - head
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


# ── what edges tie ──────────────────────────────────────────────────────────────────────────


def _tied(
    pen: Pen,
    boxes: list[Box],
    arrows: tuple[Arrow, ...],
    owner: dict[str, str],
    head: float,
    engine: Engine,
    step: float,
) -> Part:
    """The layout, left to right or top down, whose ratio is nearer to the page's."""
    blocks = _alike(pen, boxes)
    laid = partial(_laid, pen, boxes, blocks, arrows, owner, engine)
    tried = [laid("LR", 22.0), laid("TB", 22.0)]
    best = min(tried, key=lambda p: _badness(p, head) * (1.25 if p.way == "TB" else 1))
    if best.way == "LR" and (best.width + 48) / (best.height + head) > 1.9:
        best = laid("LR", 56.0)
    chain = len(set(best.ranks)) == len(boxes)
    places = align.stairs(best.places, best.ranks, step if chain else 0.0)
    high = max(y + b.height for b, (_, y) in zip(blocks, places, strict=True))
    groups = tuple(
        b.at(x, y) for b, (x, y) in zip(blocks, places, strict=True)
    )
    lines = tuple(a for a in arrows if a.relation is not Relation.NEAR)
    routes = _routes(pen, boxes, groups, lines, best.way)
    ranks = len(boxes) if chain else 1
    return Part(width=best.width, height=high, groups=groups, routes=routes, ranks=ranks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """One layout tried: its size, the boxes' corners, and the rank of each along the arrows."""

    width: float
    height: float
    places: tuple[Spot, ...]
    ranks: tuple[int, ...]
    way: str


def _badness(laid: _Laid, head: float) -> float:
    """How far the page would be from 16:9, as a factor of at least 1."""
    ratio = (laid.width + 48) / (laid.height + head)
    return max(ratio / RATIO, RATIO / ratio)


def _alike(pen: Pen, boxes: Sequence[Box]) -> list[Block]:
    """Boxes of one shape with frames of one width, so that columns have straight edges."""
    natural = [shapes.draw(pen, b) for b in boxes]
    widest: dict[Shape, float] = {}
    for box, block in zip(boxes, natural, strict=True):
        widest[box.shape] = max(widest.get(box.shape, 0.0), block.body.w)
    return [
        shapes.draw(pen, box, Room(w=block.width + widest[box.shape] - block.body.w))
        if block.body.w < widest[box.shape] - 0.5
        else block
        for box, block in zip(boxes, natural, strict=True)
    ]


def _laid(
    pen: Pen,
    boxes: list[Box],
    blocks: list[Block],
    arrows: tuple[Arrow, ...],
    owner: dict[str, str],
    engine: Engine,
    way: str,
    gap: float,
) -> _Laid:
    index = {b.id: i for i, b in enumerate(boxes)}
    pairs = dict.fromkeys((index[owner[a.tail]], index[owner[a.head]]) for a in arrows)
    edges = tuple(p for p in pairs if p[0] != p[1])
    room = max((_label_width(pen, a) for a in arrows), default=0.0)
    if room:
        room = room + 40 if way == "LR" else 24.0
    places = graph.place(
        graph.Graph(
            sizes=tuple((round(b.width, 2), round(b.height, 2)) for b in blocks),
            edges=edges,
            direction=way,
            rank_gap=max(_RANK_GAP, room + 20),
            node_gap=gap,
        ),
        deadline=engine.deadline,
        engine=engine.name,
    )
    ranks = (0,) * len(boxes)
    if way == "LR":
        ties = tuple(t for a in arrows if (t := _tie(pen, a, index, blocks, owner)))
        sizes = [(b.width, b.height) for b in blocks]
        spots, ranks = align.columns(places, [b.body for b in blocks], sizes, ties, _RANK_GAP)
        places = tuple(align.level(spots, sizes, ties, gap))
    wide = max(x + b.width for b, (x, _) in zip(blocks, places, strict=True))
    high = max(y + b.height for b, (_, y) in zip(blocks, places, strict=True))
    return _Laid(width=wide, height=high, places=tuple(places), ranks=ranks, way=way)


def _tie(
    pen: Pen, arrow: Arrow, index: dict[str, int], blocks: list[Block], owner: dict[str, str]
) -> align.Tie | None:
    """The arrow between two boxes of this part, with the heights at which it docks."""
    tail, head = index[owner[arrow.tail]], index[owner[arrow.head]]
    if tail == head:
        return None
    return align.Tie(
        tail=tail,
        head=head,
        tail_y=_dock_height(blocks[tail], arrow.tail),
        head_y=_dock_height(blocks[head], arrow.head),
        room=_label_width(pen, arrow),
    )


def _dock_height(block: Block, id: str) -> float:
    rects = dict(boxes_of((block.group,)))
    return rects.get(id, block.body).centre[1]


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Spot:
    """A named part of the picture, where it stands, and inside what."""

    rect: Rect
    inside: tuple[str, ...]
    door: bool


def _label_width(pen: Pen, arrow: Arrow) -> float:
    return pen.width(pen.say(arrow.label), pen.size(11), bold=True) if arrow.label else 0.0


def _routes(
    pen: Pen, boxes: list[Box], groups: tuple[Group, ...], arrows: tuple[Arrow, ...], way: str
) -> tuple[Routed, ...]:
    spots: dict[str, _Spot] = {}
    solids: list[tuple[str, Rect, tuple[str, ...]]] = []
    for group in groups:
        _survey(group, 0.0, 0.0, (), spots, solids)
    behind = {b.id: stack_reach(b.count, 4 if b.shape is Shape.POD else 3) for b in boxes}
    tails, heads = Counter(a.tail for a in arrows), Counter(a.head for a in arrows)
    wires = [
        replace(
            _wire(a, spots, solids, way, behind.get(a.tail, 0.0)),
            label=_label_width(pen, a),
            lone=tails[a.tail] == heads[a.head] == 1,
        )
        for a in arrows
    ]
    paths = route(wires)
    return tuple(Routed(arrow=a, points=p) for a, p in zip(arrows, paths, strict=True))


def _survey(
    item: Item,
    dx: float,
    dy: float,
    inside: tuple[str, ...],
    spots: dict[str, _Spot],
    solids: list[tuple[str, Rect, tuple[str, ...]]],
) -> None:
    """Collect named boxes, and every word and mark, each with the boxes that it stands in."""
    match item:
        case Group():
            x, y = dx + item.dx, dy + item.dy
            if item.id is not None and item.box is not None:
                door = "door" in item.classes
                spots[item.id] = _Spot(item.box.moved(x, y), inside, door)
                inside = (*inside, item.id)
            for inner in item.items:
                _survey(inner, x, y, inside, spots, solids)
        case Run():
            rect = Rect(item.x + dx, item.y + dy - item.size * 0.8, item.width, item.size)
            solids.append(("", rect, inside))
        case Symbol():
            solids.append(("", item.rect.moved(dx, dy), inside))
        case Panel() if item.radius >= 9 and item.rect.h <= 24 and item.fill:
            solids.append(("", item.rect.moved(dx, dy), inside))
        case _:
            pass


def _wire(
    arrow: Arrow,
    spots: dict[str, _Spot],
    solids: list[tuple[str, Rect, tuple[str, ...]]],
    way: str,
    behind: float,
) -> Wire:
    tail, head = spots[arrow.tail], spots[arrow.head]
    open_ids = {*tail.inside, *head.inside}
    walls = []
    for key, spot in spots.items():
        around = spot.inside[:-1] if spot.door else spot.inside  # a door juts out of its box
        if key in open_ids or any(i not in open_ids for i in around):
            continue
        if spot.door and key == arrow.head:
            continue
        walls.append(spot.rect)
    walls += [r for _, r, inside in solids if inside and all(i in open_ids for i in inside)]
    borders = tuple(spots[i].rect for i in open_ids)
    if behind:
        tail = replace(tail, rect=Rect(tail.rect.x, tail.rect.y, tail.rect.w + behind, tail.rect.h))
    tails, heads = _docks(tail, head, way, spots)
    return Wire(
        tail=arrow.tail, head=arrow.head, tails=tails, heads=heads, walls=tuple(walls), borders=borders
    )


def _docks(
    tail: _Spot, head: _Spot, way: str, spots: dict[str, _Spot]
) -> tuple[tuple[Dock, ...], tuple[Dock, ...]]:
    """Docks on facing sides first, then the others."""
    leave, enter = _facing(tail.rect, head.rect, way)
    leaves = [leave, *(w for w in _WAYS if w != leave)]
    enters = [enter, *(w for w in _WAYS if w != enter)]
    if tail.door:
        tail = spots[tail.inside[-1]]
    heads = tuple(_dock(head.rect, w, door=head.door) for w in enters)
    if head.door:
        heads = tuple(d for d in heads if d.way != (1, 0))
    return tuple(_dock(tail.rect, w) for w in leaves), heads


_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def _facing(tail: Rect, head: Rect, way: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The way that leads off the tail, and the way that leads off the head."""
    beside = head.x >= tail.right + 20 or head.right + 20 <= tail.x
    stacked = head.y >= tail.bottom + 20 or head.bottom + 20 <= tail.y
    if beside and (way == "LR" or not stacked):
        return ((1, 0), (-1, 0)) if head.x >= tail.right else ((-1, 0), (1, 0))
    if stacked:
        return ((0, 1), (0, -1)) if head.y >= tail.bottom else ((0, -1), (0, 1))
    return ((1, 0), (-1, 0))


def _dock(rect: Rect, way: tuple[int, int], *, door: bool = False) -> Dock:
    cx, cy = rect.centre
    if way[0]:
        slide = 0.0 if door else max(0.0, rect.h / 2 - 14)
        x = rect.right if way[0] > 0 else rect.x
        return Dock(x=x, y=cy, way=way, low=cy - slide, high=cy + slide)
    slide = 0.0 if door else max(0.0, rect.w / 2 - 16)
    x = rect.x + rect.w * 0.25 if door else cx
    y = rect.bottom if way[1] > 0 else rect.y
    return Dock(x=x, y=y, way=way, low=x - slide, high=x + slide)
