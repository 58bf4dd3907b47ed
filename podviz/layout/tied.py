"""Boxes that arrows tie together: layered by Graphviz, made neat, routed."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from podviz import shapes
from podviz.drawing import Rect, boxes_of
from podviz.figure import Arrow, Box, Relation, Shape
from podviz.layout import align, graph, satellites
from podviz.layout.deadline import Deadline
from podviz.layout.docking import label_height, label_width, routes
from podviz.layout.part import (
    FLATTEST,
    MARGINS,
    MOST_STEP,
    OWN_SIZE,
    RIBBON,
    Engine,
    Part,
    badness,
    fitted,
)
from podviz.layout.wire import Spot
from podviz.shapes.block import Block, Pen, Room

_RANK_GAP, _NODE_GAP, _MOST_GAP = 50.0, 22.0, 64.0
_FAR = 1.7  # left to right is the way of reading, unless the page gets so far from 16:9
_FLAT, _ROW_GAP, _SHORT = 2.3, 72.0, 4  # flatter pages are folded; short chains become stairs
_FLATTEST_STAIRS = 2.6
_SLOT = 12.0  # Graphviz is told sizes rounded up to a multiple of this
_ALIKE = 1.5  # boxes whose heights differ by no more become equally high


def tied(
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
    boxes, blocks, owner = satellites.mounted(boxes, blocks, arrows, owner)
    laid = partial(_laid, pen, boxes, blocks, arrows, owner, engine)
    best = _level(laid, blocks, head, step, pen.deadline)
    if badness(best.part, head) > _FAR and not _can_be_stairs(best, head):
        other = laid("TB")
        if badness(other.part, head) * 1.25 < badness(best.part, head):
            best = other
    best = _raised(best, blocks, head, step, pen.deadline)
    places, size = best.places, best.part
    groups = tuple(b.at(x, y) for b, (x, y) in zip(blocks, places, strict=True))
    lines = tuple(a for a in arrows if a.relation is not Relation.NEAR)
    part = Part(
        width=size.width,
        height=size.height,
        groups=groups,
        routes=routes(pen, boxes, groups, lines, best.way),
        chain=len(boxes) - 1 if best.is_chain else 0,
    )
    return fitted(part)


def _can_be_stairs(laid: "_Laid", head: float) -> bool:
    """True for a chain that stairs keep from being a ribbon."""
    high = laid.part.height + MOST_STEP * (len(laid.places) - 1) + head
    return laid.is_chain and laid.part.width + MARGINS < _FLATTEST_STAIRS * high


def _level(
    laid: Callable[[str], "_Laid"],
    blocks: list[Block],
    head: float,
    step: float,
    deadline: Deadline,
) -> "_Laid":
    """Left to right: rows moved apart where the page is too flat, then stairs or folded rows."""
    best = laid("LR")
    places = best.places
    missing = (best.part.width + MARGINS) / FLATTEST - best.part.height - head
    if missing > 0:
        rows = max(Counter(best.ranks).values()) - 1
        most = _MOST_GAP if rows > 1 else 1.8 * _MOST_GAP
        sizes = [(b.width, b.height) for b in blocks]
        each = min(missing / max(rows, 1), most - _NODE_GAP)
        apart = align.spread(places, sizes, best.ranks, each)
        places = tuple(align.level(apart, sizes, best.ties, _NODE_GAP + each, deadline))
    if best.is_chain:
        places = align.stairs(places, best.ranks, step)
    else:
        places = _folded(places, blocks, best.ranks, head)
    return replace(best, places=places, part=_size(blocks, places))


def _raised(
    laid: "_Laid", blocks: list[Block], head: float, step: float, deadline: Deadline
) -> "_Laid":
    """The same with rows so far apart, or stairs so steep, that the page is no ribbon."""
    missing = (laid.part.width + MARGINS) / RIBBON - laid.part.height - head
    rows = max(Counter(laid.ranks).values()) - 1
    if missing <= 0 or laid.way != "LR" or not (rows or step):
        return laid
    sizes = [(b.width, b.height) for b in blocks]
    if rows:
        apart = align.spread(laid.places, sizes, laid.ranks, missing / rows)
        places = tuple(align.level(apart, sizes, laid.ties, _NODE_GAP, deadline))
    else:  # all tops on one line first: levelled boxes may climb against the stairs
        missing += laid.part.height - max(b.height for b in blocks)
        flat = [(x, 0.0) for x, _ in laid.places]
        places = align.stairs(flat, laid.ranks, max(step, missing / (len(blocks) - 1)))
    return replace(laid, places=places, part=_size(blocks, places))


def _size(blocks: list[Block], places: Sequence[Spot]) -> Part:
    """The room that the blocks take at these places."""
    wide = max(x + b.width for b, (x, _) in zip(blocks, places, strict=True))
    high = max(y + b.height for b, (_, y) in zip(blocks, places, strict=True))
    return Part(width=wide, height=high, groups=())


def _folded(
    places: tuple[Spot, ...], blocks: list[Block], ranks: tuple[int, ...], head: float
) -> tuple[Spot, ...]:
    """The places in as many rows of ranks as bring the page nearest to 16:9, if it is too flat."""
    size = _size(blocks, places)
    if (size.width + MARGINS) < _FLAT * (size.height + head):
        return places
    sizes = [(b.width, b.height) for b in blocks]
    most = min(max(ranks) + 1, 5)
    tried = [align.folded(places, sizes, ranks, rows, _ROW_GAP) for rows in range(2, most + 1)]
    return min([places, *tried], key=lambda p: badness(_size(blocks, p), head))


class _Laid(Struct, frozen=True):
    """One layout tried: its size, the boxes' corners, and the rank of each along the arrows."""

    part: Part
    places: tuple[Spot, ...]
    ranks: tuple[int, ...]
    ties: tuple[align.Tie, ...]
    way: str

    @property
    def is_chain(self) -> bool:
        """True for a few boxes that follow one another without a branch."""
        return len(set(self.ranks)) == len(self.places) <= _SHORT


def _alike(pen: Pen, boxes: Sequence[Box]) -> list[Block]:
    """Boxes of one shape with frames of one width, so that columns have straight edges, and of
    nearly one height, so that rows have."""
    natural = [shapes.draw(pen, b) for b in boxes]
    by_shape: dict[Shape, list[Block]] = {}
    for box, block in zip(boxes, natural, strict=True):
        by_shape.setdefault(box.shape, []).append(block)
    drawn = []
    widest = {shape: max(b.body.w for b in own) for shape, own in by_shape.items()}
    heights = {shape: [b.body.h for b in own] for shape, own in by_shape.items()}
    lowest = {shape: min(own) for shape, own in heights.items()}
    highest = {shape: max(own) for shape, own in heights.items()}
    for box, block in zip(boxes, natural, strict=True):
        if box.shape in OWN_SIZE:
            drawn.append(block)
            continue
        wide, most = widest[box.shape], highest[box.shape]
        grown = most if most <= _ALIKE * lowest[box.shape] else block.body.h
        if wide - block.body.w > 0.5 or grown - block.body.h > 0.5:
            block = shapes.draw(pen, box, Room(w=wide, h=grown))
        drawn.append(block)
    return drawn


def _laid(
    pen: Pen,
    boxes: list[Box],
    blocks: list[Block],
    arrows: tuple[Arrow, ...],
    owner: dict[str, str],
    engine: Engine,
    way: str,
) -> _Laid:
    index = {b.id: i for i, b in enumerate(boxes)}
    pairs = dict.fromkeys((index[owner[a.tail]], index[owner[a.head]]) for a in arrows)
    edges = tuple(p for p in pairs if p[0] != p[1])
    room = max((label_width(pen, a) for a in arrows), default=0.0)
    if room:
        room = room + 40 if way == "LR" else max(label_height(pen, a) for a in arrows) + 12
    slots = tuple((_snapped(b.width), _snapped(b.height)) for b in blocks)
    corners = graph.place(
        graph.Graph(
            sizes=slots,
            edges=edges,
            direction=way,
            rank_gap=_snapped(max(_RANK_GAP, room + 20)),
            node_gap=_NODE_GAP,
        ),
        deadline=pen.deadline,
        engine=engine.name,
    )
    places = _within(corners, slots, blocks)
    ranks = (0,) * len(boxes)
    ties: tuple[align.Tie, ...] = ()
    if way == "LR":
        heights = _Heights(blocks)
        ties = tuple(t for a in arrows if (t := _tie(pen, a, index, heights, owner)))
        sizes = [(b.width, b.height) for b in blocks]
        spots, ranks = align.columns(places, [b.body for b in blocks], sizes, ties, _RANK_GAP)
        places = tuple(align.level(spots, sizes, ties, _NODE_GAP, pen.deadline))
    size = _size(blocks, places)
    return _Laid(part=size, places=tuple(places), ranks=ranks, ties=ties, way=way)


def _within(corners: Sequence[Spot], slots: Sequence[Spot], blocks: list[Block]) -> Sequence[Spot]:
    """Each block in the middle of its slot, the outermost at 0."""
    spots = [
        (x + (w - b.width) / 2, y + (h - b.height) / 2)
        for (x, y), (w, h), b in zip(corners, slots, blocks, strict=True)
    ]
    left, top = min(x for x, _ in spots), min(y for _, y in spots)
    return [(round(x - left, 2), round(y - top, 2)) for x, y in spots]


def _snapped(points: float) -> float:
    """Up to the next step: graphs that are nearly equal are then laid out once."""
    return ceil(points / _SLOT - 0.001) * _SLOT


class _Heights:
    """How high arrows dock on boxes, and on what stands in them."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._rects: dict[int, dict[str, Rect]] = {}

    def of(self, i: int, id: str) -> float:
        """The middle of the `i`th box, or of the part of it that is called so."""
        block = self._blocks[i]
        if id == block.group.id:
            return block.body.centre[1]
        if i not in self._rects:
            self._rects[i] = dict(boxes_of((block.group,)))
        return self._rects[i].get(id, block.body).centre[1]


def _tie(
    pen: Pen, arrow: Arrow, index: dict[str, int], heights: _Heights, owner: dict[str, str]
) -> align.Tie | None:
    """The arrow between two boxes of this part, with the heights at which it docks."""
    tail, head = index[owner[arrow.tail]], index[owner[arrow.head]]
    if tail == head:
        return None
    return align.Tie(
        tail=tail,
        head=head,
        tail_y=heights.of(tail, arrow.tail),
        head_y=heights.of(head, arrow.head),
        room=label_width(pen, arrow),
    )
