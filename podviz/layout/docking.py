"""Where arrows may dock, and what stands in their way."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from msgspec.structs import replace

from podviz.drawing import Group, Rect
from podviz.figure import Arrow, Box, Relation, Shape
from podviz.layout import label
from podviz.layout.part import Routed
from podviz.layout.route import route
from podviz.layout.survey import Survey
from podviz.layout.survey import survey as surveyed
from podviz.layout.wire import Dock, Label, Segment, Spot, Wire
from podviz.shapes.block import Pen
from podviz.shapes.ink import stack_reach
from podviz.shapes.pin import NEXT, PIN, pins_width
from podviz.shapes.space import HEAD, PAD
from podviz.text import LONGEST, wrap_name

Way: TypeAlias = tuple[int, int]
"""A direction that leads off a side: (1, 0) is right, (0, 1) down."""

_APART = 14.0
"""From where arrows leave a box to where others enter it."""

_KINDS = (0.0, -_APART, 2 * _APART)
"""How far off the middle the arrows of each colour leave a side."""


_FORMS = ((200.0, 3), (120.0, 3), (120.0, 1), (80.0, 2), (80.0, 1), (40.0, 1))
"""How wide the words of an arrow may be in points, and in how many lines: what is tried."""

_EDGE = 2.0  # how far words keep from the side of a frame that they stand in or beside


def _words(
    pen: Pen, arrow: Arrow, most: float = _FORMS[0][0], lines: int = _FORMS[0][1]
) -> tuple[str, ...]:
    """The words on the arrow, in lines where they are longer than `most` points."""
    if not arrow.label:
        return ()
    said, size = pen.say(arrow.label), pen.size(11)
    if len(said) <= LONGEST and pen.width(said, size, bold=True) <= most:
        return (said,)
    return tuple(wrap_name(said, size, most, bold=True, lines=lines))


def label_width(pen: Pen, arrow: Arrow) -> float:
    """The width of the words on the arrow, none for 0."""
    return _size(pen, arrow, _words(pen, arrow))[0] if arrow.label or arrow.pins else 0.0


def label_height(pen: Pen, arrow: Arrow) -> float:
    """The height of the words on the arrow, none for 0."""
    return _size(pen, arrow, _words(pen, arrow))[1] if arrow.label or arrow.pins else 0.0


def _size(pen: Pen, arrow: Arrow, lines: tuple[str, ...]) -> tuple[float, float]:
    """The room for the words, and for the pins before them."""
    size = pen.size(11)
    wide = max((pen.width(line, size, bold=True) for line in lines), default=0.0)
    high = size * 1.2 * len(lines)
    if not arrow.pins:
        return wide, high
    return wide + pins_width(arrow.pins) + (NEXT if lines else 0.0), max(high, PIN + 4)


def _labelled(
    pen: Pen,
    arrows: tuple[Arrow, ...],
    paths: tuple[tuple[Spot, ...], ...],
    survey: Survey,
    inner: list[Routed],
) -> Iterator[tuple[Label | None, tuple[str, ...]]]:
    """Where the words of each arrow stand, and their lines, which are narrow where they must."""
    if not any(arrow.label or arrow.pins for arrow in arrows):
        yield from [(None, ())] * len(arrows)
        return
    forms: list[dict[tuple[float, float], tuple[str, ...]]] = []
    for arrow in arrows:
        tried = [_words(pen, arrow, most, lines) for most, lines in _FORMS]
        forms.append({_size(pen, arrow, lines): lines for lines in tried if lines or arrow.pins})
    sizes = [*(next(iter(form), None) for form in forms), *(None for _ in inner)]
    narrower = [list(form)[1:] for form in [*forms, *({} for _ in inner)]]
    solid = [*_solid(survey), *_worded(inner)]
    lines = [*paths, *(routed.points for routed in inner)]
    places = label.place(lines, sizes, solid, pen.deadline, narrower=narrower)
    for at, form in zip(places, forms, strict=False):
        yield at, form[at.width, at.height] if at else ()


def routes(
    pen: Pen, boxes: list[Box], groups: tuple[Group, ...], arrows: tuple[Arrow, ...], way: str
) -> tuple[Routed, ...]:
    """Every arrow with its way and the place of its words."""
    survey = surveyed(groups)
    told, arrows = _between_drawn(boxes, arrows, survey)
    for box in boxes:
        if box.children and box.shape in (Shape.NODE, Shape.FRAME, Shape.SPACE):
            survey.spots[box.id] = replace(survey.spots[box.id], roomy=True)
    behind = {b.id: stack_reach(b.count, 4 if b.shape is Shape.POD else 3) for b in boxes}
    tails, heads = Counter(a.tail for a in arrows), Counter(a.head for a in arrows)
    pairs = {(a.tail, a.head) for a in arrows}
    ways = {a.id: _ways(a, survey, way) for a in arrows}
    busy = {(a.tail, ways[a.id][0]) for a in arrows}
    kinds = _kinds(arrows, ways)
    wires = []
    for a in arrows:
        pen.deadline.ask()
        away, *enter = _shifts(a, pairs, busy, ways[a.id][1])
        kind = kinds[a.tail, ways[a.id][0]].index(_colour(a))
        shifts = (away + _KINDS[kind], enter[0], enter[1])
        wire = _wire(a, survey, ways[a.id], behind.get(a.tail, 0.0), shifts)
        lone = tails[a.tail] == heads[a.head] == 1 and (a.head, a.tail) not in pairs
        bus = f"{a.tail} {kind}" if kind else a.tail
        wires.append(replace(wire, tail=bus, label=label_width(pen, a), lone=lone))
    inner = _inner(pen, survey)
    juts = _juts(survey)
    wires = [
        replace(w, walls=(*w.walls, *_worded(inner), *_foreign(juts, a)))
        for w, a in zip(wires, arrows, strict=True)
    ]
    laid = [Segment(a, b, r.arrow.tail, r.arrow.head) for r in inner for a, b in pairwise(r.points)]
    paths = route(wires, pen.deadline, laid)
    labels = _labelled(pen, arrows, paths, survey, inner)
    return tuple(
        Routed(arrow=a, points=p, label=at, words=lines)
        for a, p, (at, lines) in zip(told, paths, labels, strict=True)
    )


def _colour(arrow: Arrow) -> str:
    """What the arrow's colour tells: only arrows of one colour share a trunk."""
    if arrow.missing:
        return "missing"
    return "mounts" if arrow.relation is Relation.MOUNTS else "calls"


def _kinds(
    arrows: tuple[Arrow, ...], ways: dict[str, tuple[Way, Way]]
) -> dict[tuple[str, Way], list[str]]:
    """The colours of the arrows that leave a side of a box, in their order."""
    found: dict[tuple[str, Way], list[str]] = {}
    for arrow in arrows:
        known = found.setdefault((arrow.tail, ways[arrow.id][0]), [])
        if _colour(arrow) not in known:
            known.append(_colour(arrow))
    return found


def _inner(pen: Pen, survey: Survey) -> list[Routed]:
    """The arrows that run inside namespaces already."""
    return [
        routed.moved(spot.rect.x + PAD, spot.rect.y + HEAD)
        for id, spot in survey.spots.items()
        if id in pen.insides
        for routed in pen.insides[id].routes
    ]


def _worded(inner: list[Routed]) -> tuple[Rect, ...]:
    """Where their words stand."""
    words = [routed.label for routed in inner if routed.label]
    return tuple([Rect(w.x - w.width / 2, w.y - w.height / 2, w.width, w.height) for w in words])


def _juts(survey: Survey) -> list[tuple[str, Rect]]:
    """What is written on the lower border of boxes and juts out of them, with the box; and the
    pins on their upper border."""
    spots = survey.spots
    found = []
    for inside, rects in survey.solids.items():
        if inside and inside[-1] in spots:
            foot = spots[inside[-1]].rect.bottom
            found += [(inside[-1], rect) for rect in rects if rect.y + rect.h > foot]
    pins = [s for s in spots.values() if s.inside and not s.door and s.inside[-1] in spots]
    return found + [(s.inside[-1], s.rect) for s in pins if s.rect.y < spots[s.inside[-1]].rect.y]


def _foreign(juts: list[tuple[str, Rect]], arrow: Arrow) -> Iterator[Rect]:
    """What juts out of other boxes than the arrow's own."""
    return (rect for id, rect in juts if id not in (arrow.tail, arrow.head))


def _solid(survey: Survey) -> Iterator[Rect]:
    """Where no words of arrows stand: on boxes, on the sides of frames, on other words."""
    for spot in survey.spots.values():
        at = spot.rect
        if spot.roomy:
            for side in (Rect(at.x, at.y, at.w, 0), Rect(at.x, at.bottom, at.w, 0)):
                yield side.grown(_EDGE)
            for side in (Rect(at.x, at.y, 0, at.h), Rect(at.right, at.y, 0, at.h)):
                yield side.grown(_EDGE)
        else:
            yield spot.rect
    for rects in survey.solids.values():
        yield from rects


def _between_drawn(
    boxes: list[Box], arrows: tuple[Arrow, ...], survey: Survey
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
            drawn.append(replace(arrow, tail=tail, head=head) if moved else arrow)
    return told, tuple(drawn)


def _shifts(
    arrow: Arrow, pairs: set[tuple[str, str]], busy: set[tuple[str, Way]], enter: Way
) -> tuple[float, float, float]:
    """How far tail and head dock off the middles of their sides, and the head on another side
    than the wished one: there and back run side by side, and on a side where arrows leave a
    box, or may, others enter it elsewhere."""
    if (arrow.head, arrow.tail) in pairs:
        shift = _APART * 0.75 if arrow.tail < arrow.head else -_APART * 0.75
        return shift, shift, shift
    leaves = any((arrow.head, way) in busy for way in _WAYS)
    shift = _APART if (arrow.head, enter) in busy else 0.0
    return 0.0, shift, _APART if leaves else 0.0


def _ways(arrow: Arrow, survey: Survey, way: str) -> tuple[Way, Way]:
    """The sides on which the arrow should leave its tail and enter its head."""
    tail, head = survey.spots[arrow.tail], survey.spots[arrow.head]
    if tail.door:
        tail = survey.spots[tail.inside[-1]]
    return _facing(tail.rect, head.rect, way)


def _wire(
    arrow: Arrow,
    survey: Survey,
    ways: tuple[Way, Way],
    behind: float,
    shifts: tuple[float, float, float],
) -> Wire:
    """The arrow with its docks and what stands in its way; `ways` are the sides that it should
    leave and enter, `behind` is how far a stack juts out of its tail, `shifts` how far its ends
    dock off the middle."""
    tail, head = survey.spots[arrow.tail], survey.spots[arrow.head]
    into = head.inside[:-1] if head.door else head.inside  # a door is entered from outside
    opened = frozenset((*tail.inside, *into))
    fence = survey.fence((tail.inside, into), opened, arrow.head)
    walls = survey.words(arrow.tail, arrow.head, opened)
    tail_id = arrow.tail
    if tail.door:
        tail_id = tail.inside[-1]
        tail = survey.spots[tail_id]
    tail_signs = survey.signs(tail_id)
    head_signs = [] if head.door else survey.signs(arrow.head)
    if behind:
        tail = replace(tail, rect=Rect(tail.rect.x, tail.rect.y, tail.rect.w + behind, tail.rect.h))
    leave, enter = ways

    def left(way: Way) -> Dock:
        return _dock(tail.rect, way, tail_signs, shifts[0])

    def entered(way: Way) -> Dock:
        if head.door:
            return _door_dock(head.rect, way)
        return _dock(head.rect, way, head_signs, shifts[1] if way == enter else shifts[2])

    first = (left(leave),), (entered(enter),)

    def more() -> tuple[tuple[Dock, ...], tuple[Dock, ...]]:
        leaves = [left(w) for w in _WAYS if w != leave]
        enters = [entered(w) for w in _WAYS if w != enter and not (head.door and w == (1, 0))]
        return (*first[0], *leaves), (*first[1], *enters)

    return Wire(
        tail=arrow.tail,
        head=arrow.head,
        tails=first[0],
        heads=first[1],
        more=more,
        walls=tuple(walls),
        fence=fence,
        borders=tuple(survey.spots[i].rect for i in opened),
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
