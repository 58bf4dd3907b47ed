"""Where arrows may dock, and what stands in their way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from podviz.drawing import Group, Item, Panel, Rect, Run, Symbol
from podviz.figure import Arrow, Box, Shape
from podviz.layout import label
from podviz.layout.part import Routed
from podviz.layout.route import route
from podviz.layout.wire import Dock, Segment, Wire
from podviz.shapes.block import Pen
from podviz.shapes.ink import stack_reach
from podviz.shapes.space import HEAD, PAD


class _Spot(NamedTuple):
    """A named part of the picture, where it stands, and inside what."""

    rect: Rect
    inside: tuple[str, ...]
    door: bool
    roomy: bool = False
    """True for frames inside which arrows run."""


Way: TypeAlias = tuple[int, int]
"""A direction that leads off a side: (1, 0) is right, (0, 1) down."""

_APART = 14.0
"""From where arrows leave a box to where others enter it."""


def label_width(pen: Pen, arrow: Arrow) -> float:
    return pen.width(pen.say(arrow.label), pen.size(11), bold=True) if arrow.label else 0.0


def routes(
    pen: Pen, boxes: list[Box], groups: tuple[Group, ...], arrows: tuple[Arrow, ...], way: str
) -> tuple[Routed, ...]:
    """Every arrow with its way and the place of its words."""
    survey = _Survey(spots={}, solids={})
    for group in groups:
        _look(group, 0.0, 0.0, (), survey)
    told, arrows = _between_drawn(boxes, arrows, survey)
    for box in boxes:
        if box.children and box.shape in (Shape.NODE, Shape.FRAME, Shape.SPACE):
            survey.spots[box.id] = survey.spots[box.id]._replace(roomy=True)
    behind = {b.id: stack_reach(b.count, 4 if b.shape is Shape.POD else 3) for b in boxes}
    tails, heads = Counter(a.tail for a in arrows), Counter(a.head for a in arrows)
    pairs = {(a.tail, a.head) for a in arrows}
    ways = {a.id: _ways(a, survey, way) for a in arrows}
    busy = {(a.tail, ways[a.id][0]) for a in arrows}
    wires = [
        _wire(
            a, survey, ways[a.id], behind.get(a.tail, 0.0), _shifts(a, pairs, busy, ways[a.id][1])
        )._replace(
            label=label_width(pen, a),
            lone=tails[a.tail] == heads[a.head] == 1 and (a.head, a.tail) not in pairs,
        )
        for a in arrows
    ]
    inner = _inner(pen, survey)
    words = [r.label for r in inner if r.label]
    walls = tuple([Rect(w.x - w.width / 2, w.y - 8, w.width, 16) for w in words])
    juts = _juts(survey)
    if walls or juts:
        wires = [
            w._replace(walls=(*w.walls, *walls, *_foreign(juts, a)))
            for w, a in zip(wires, arrows, strict=True)
        ]
    laid = [Segment(a, b, r.arrow.tail, r.arrow.head) for r in inner for a, b in pairwise(r.points)]
    paths = route(wires, laid)
    size = pen.size(11)
    sizes = [(label_width(pen, a), size * 1.2) if a.label else None for a in arrows]
    solid = [s.rect for s in survey.spots.values() if not s.roomy] + [
        r for rects in survey.solids.values() for r in rects
    ]
    lines = (*paths, *(r.points for r in inner))
    labels = label.place(lines, [*sizes, *(None for _ in inner)], [*solid, *walls])
    return tuple(
        Routed(arrow=a, points=p, label=at)
        for a, p, at in zip(told, paths, labels[: len(told)], strict=True)
    )


def _inner(pen: Pen, survey: "_Survey") -> list[Routed]:
    """The arrows that run inside namespaces already."""
    return [
        routed.moved(spot.rect.x + PAD, spot.rect.y + HEAD)
        for id, spot in survey.spots.items()
        if id in pen.insides
        for routed in pen.insides[id].routes
    ]


def _juts(survey: "_Survey") -> list[tuple[str, Rect]]:
    """What is written on the lower border of boxes and juts out of them, with the box."""
    return [
        (inside[-1], rect)
        for inside, rects in survey.solids.items()
        if inside and inside[-1] in survey.spots
        for rect in rects
        if rect.bottom > survey.spots[inside[-1]].rect.bottom
    ]


def _foreign(juts: list[tuple[str, Rect]], arrow: Arrow) -> Iterator[Rect]:
    """What juts out of other boxes than the arrow's own."""
    return (rect for id, rect in juts if id not in (arrow.tail, arrow.head))


class _Survey(NamedTuple):
    """Every named box by id; every word, mark and pill with the boxes that it stands in."""

    spots: dict[str, _Spot]
    solids: dict[tuple[str, ...], list[Rect]]

    def signs(self, id: str) -> list[Rect]:
        """The doors and signs of a box that may stand on its border."""
        inside = (*self.spots[id].inside, id)
        doors = [s.rect for s in self.spots.values() if s.door and s.inside == inside]
        return doors + self.solids.get(inside, [])


def _between_drawn(
    boxes: list[Box], arrows: tuple[Arrow, ...], survey: _Survey
) -> tuple[list[Arrow], tuple[Arrow, ...]]:
    """The arrows as they were told, and between what is drawn: a chip without room is its box.
    What then runs inside one box is left out of both."""
    home: dict[str, str] = {}

    def visit(box: Box, around: str) -> None:
        home[box.id] = box.id if box.id in survey.spots else around
        for child in box.children:
            visit(child, home[box.id])

    for box in boxes:
        visit(box, box.id)
    told: list[Arrow] = []
    drawn: list[Arrow] = []
    for arrow in arrows:
        tail, head = home.get(arrow.tail, arrow.tail), home.get(arrow.head, arrow.head)
        moved = (tail, head) != (arrow.tail, arrow.head)
        around = (tail, *survey.spots[tail].inside), (head, *survey.spots[head].inside)
        if not moved or (tail not in around[1] and head not in around[0]):
            told.append(arrow)
            drawn.append(replace(arrow, tail=tail, head=head))
    return told, tuple(drawn)


def _look(item: Item, dx: float, dy: float, inside: tuple[str, ...], survey: _Survey) -> None:
    """Survey one item and all inside it."""
    match item:
        case Group():
            x, y = dx + item.dx, dy + item.dy
            if item.id is not None and item.box is not None:
                door = "door" in item.classes
                survey.spots[item.id] = _Spot(item.box.moved(x, y), inside, door)
                inside = (*inside, item.id)
            for inner in item.items:
                _look(inner, x, y, inside, survey)
        case Run():
            rect = Rect(item.x + dx, item.y + dy - item.size * 0.8, item.width, item.size)
            survey.solids.setdefault(inside, []).append(rect)
        case Symbol():
            survey.solids.setdefault(inside, []).append(item.rect.moved(dx, dy))
        case Panel() if item.radius >= 5 and item.rect.h <= 24 and item.fill:
            survey.solids.setdefault(inside, []).append(item.rect.moved(dx, dy))
        case _:
            pass


def _shifts(
    arrow: Arrow, pairs: set[tuple[str, str]], busy: set[tuple[str, Way]], enter: Way
) -> tuple[float, float]:
    """How far tail and head dock off the middles of their sides: there and back run side by
    side, and on a side where arrows leave a box others enter it elsewhere."""
    if (arrow.head, arrow.tail) in pairs:
        shift = _APART * 0.75 if arrow.tail < arrow.head else -_APART * 0.75
        return shift, shift
    return 0.0, _APART if (arrow.head, enter) in busy else 0.0


def _ways(arrow: Arrow, survey: _Survey, way: str) -> tuple[Way, Way]:
    """The sides on which the arrow should leave its tail and enter its head."""
    tail, head = survey.spots[arrow.tail], survey.spots[arrow.head]
    if tail.door:
        tail = survey.spots[tail.inside[-1]]
    return _facing(tail.rect, head.rect, way)


def _wire(
    arrow: Arrow,
    survey: _Survey,
    ways: tuple[Way, Way],
    behind: float,
    shifts: tuple[float, float],
) -> Wire:
    """The arrow with its docks and what stands in its way; `ways` are the sides that it should
    leave and enter, `behind` is how far a stack juts out of its tail, `shifts` how far its ends
    dock off the middle."""
    tail, head = survey.spots[arrow.tail], survey.spots[arrow.head]
    into = head.inside[:-1] if head.door else head.inside  # a door is entered from outside
    open_ids = {*tail.inside, *into}
    walls = []
    for key, spot in survey.spots.items():
        around = spot.inside[:-1] if spot.door else spot.inside  # a door juts out of its box
        if key in open_ids or any(i not in open_ids for i in around):
            continue
        if not (spot.door and key == arrow.head):
            walls.append(spot.rect)
    own = {*open_ids, arrow.tail, arrow.head}
    for inside, rects in survey.solids.items():
        if inside and own.issuperset(inside):
            walls += rects
    tail_id = arrow.tail
    if tail.door:
        tail_id = tail.inside[-1]
        tail = survey.spots[tail_id]
    tail_signs = survey.signs(tail_id)
    head_signs = [] if head.door else survey.signs(arrow.head)
    if behind:
        tail = tail._replace(rect=Rect(tail.rect.x, tail.rect.y, tail.rect.w + behind, tail.rect.h))
    leave, enter = ways
    leaves = [leave, *(w for w in _WAYS if w != leave)]
    enters = [enter, *(w for w in _WAYS if w != enter and not (head.door and w == (1, 0)))]
    return Wire(
        tail=arrow.tail,
        head=arrow.head,
        tails=tuple(_dock(tail.rect, w, tail_signs, shifts[0]) for w in leaves),
        heads=tuple(
            _door_dock(head.rect, w) if head.door else _dock(head.rect, w, head_signs, shifts[1])
            for w in enters
        ),
        walls=tuple(walls),
        borders=tuple(survey.spots[i].rect for i in open_ids),
    )


_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def _facing(tail: Rect, head: Rect, way: str) -> tuple[Way, Way]:
    """The way that leads off the tail, and the way that leads off the head."""
    beside = head.x >= tail.right + 20 or head.right + 20 <= tail.x
    stacked = head.y >= tail.bottom + 20 or head.bottom + 20 <= tail.y
    back = head.right + 20 <= tail.x
    if beside and not (back and stacked) and (way == "LR" or not stacked):
        return ((1, 0), (-1, 0)) if head.x >= tail.right else ((-1, 0), (1, 0))
    if stacked:
        return ((0, 1), (0, -1)) if head.y >= tail.bottom else ((0, -1), (0, 1))
    return ((1, 0), (-1, 0))


def _door_dock(rect: Rect, way: Way) -> Dock:
    """A capsule is entered at its left end, or on top of or under its outer half."""
    if way[0]:
        x, y = rect.x, rect.y + rect.h / 2
    else:
        x, y = rect.x + rect.w / 4, rect.bottom if way[1] > 0 else rect.y
    x, y = round(x, 2), round(y, 2)
    level = y if way[0] else x
    return Dock(x=x, y=y, way=way, low=level, high=level)


def _dock(rect: Rect, way: Way, signs: list[Rect], shift: float = 0.0) -> Dock:
    """The point of a side nearest to its middle (moved by `shift`) that no door or sign on the
    border takes, and how far it may slide."""
    if way[0]:
        side, low, high = rect.right if way[0] > 0 else rect.x, rect.y + 14, rect.bottom - 14
        taken = [(r.y - 9, r.bottom + 9) for r in signs if r.x - 4 <= side <= r.right + 4]
    else:
        side, low, high = rect.bottom if way[1] > 0 else rect.y, rect.x + 16, rect.right - 16
        taken = [(r.x - 9, r.right + 9) for r in signs if r.y - 4 <= side <= r.bottom + 4]
    middle = (rect.y + rect.h / 2 if way[0] else rect.x + rect.w / 2) + shift
    low, high = min(low, middle), max(high, middle)
    level = round(_clear(middle, low, high, taken), 2)
    below = max([low, *(end for _, end in taken if end <= level)])
    above = min([high, *(start for start, _ in taken if start >= level)])
    x, y = (side, level) if way[0] else (level, side)
    return Dock(x=round(x, 2), y=round(y, 2), way=way, low=below, high=above)


def _clear(wished: float, low: float, high: float, taken: list[tuple[float, float]]) -> float:
    """The level nearest to the wished one that nothing takes; the wished one if all is taken."""
    levels = [wished, *(edge for span in taken for edge in span)]
    free = [v for v in levels if low <= v <= high and not any(a < v < b for a, b in taken)]
    return min(free, key=lambda v: abs(v - wished), default=wished)
