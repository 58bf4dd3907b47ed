"""Calls over localhost: lines inside the roof of an open Pod."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from podviz.drawing import Group, Item, Path, Stroke
from podviz.figure import Arrow, Box, Relation
from podviz.shapes.block import Pen
from podviz.shapes.doors import Doors
from podviz.shapes.ink import CAPSULE, baseline, run
from podviz.shapes.lines import elbow, head
from podviz.text import cut_middle, width

LANE = 26.0
"""Height of one call inside the roof, in points."""

_APART = 13.0


class Call(Struct, frozen=True):
    """A call from x1 to x2. An end without a capsule (`bare`) is the container's top."""

    arrow: Arrow
    x1: float
    x2: float
    bare1: bool
    bare2: bool


def planned(box: Box, doors: Doors) -> list[Call]:
    """The calls of a Pod, the lowest lane first."""
    free = dict(doors.free)

    def bare(column: str) -> float:
        x = free.get(column, 0.0)
        free[column] = x - 22
        return x

    met = {key for c in doors.capsules for key in (c.door.id, *c.door.leads)} | set(free)
    wanted = [
        a for a in box.arrows if a.relation is Relation.CALLS and a.tail in met and a.head in met
    ]
    return _apart([_call(a, doors, bare) for a in wanted])


def _call(arrow: Arrow, doors: Doors, bare: Callable[[str], float]) -> Call:
    """From the caller's door, or its top, to the door that is called, or its container's top."""
    capsules = doors.capsules
    end = next((c for c in capsules if arrow.head in (c.door.id, *c.door.leads)), None)
    start = next(
        (c for c in capsules if arrow.tail in (c.door.id, *c.door.leads) and c is not end), None
    )
    return Call(
        arrow=arrow,
        x1=start.x if start else bare(arrow.tail),
        x2=end.x if end else bare(arrow.head),
        bare1=start is None,
        bare2=end is None,
    )


def _apart(calls: list[Call]) -> list[Call]:
    """Longer calls on higher lanes, and ends that meet on one capsule moved beside each other
    so that no two lines cross: what goes left on the left, and there the lower lane first."""
    calls = sorted(calls, key=lambda c: (abs(c.x1 - c.x2), c.x1))
    met: dict[float, list[tuple[int, str]]] = {}
    for lane, call in enumerate(calls):
        met.setdefault(round(call.x1, 1), []).append((lane, "x1"))
        met.setdefault(round(call.x2, 1), []).append((lane, "x2"))
    result = list(calls)
    for here, ends in met.items():
        if len(ends) < 2 or {end for _, end in ends} == {"x2"}:
            continue  # calls that only arrive share their last stretch, as a bus does
        ends.sort(key=lambda e: _end_rank(calls[e[0]], e[0], here))
        for k, (lane, end) in enumerate(ends):
            moved = getattr(calls[lane], end) + (k - (len(ends) - 1) / 2) * _APART
            result[lane] = replace(result[lane], **{end: moved})
    return result


def _end_rank(call: Call, lane: int, here: float) -> tuple[bool, int]:
    other = call.x2 if abs(call.x1 - here) < 0.2 else call.x1
    right = other > here
    return right, -lane if right else lane


def draw(pen: Pen, call: Call, under: float, depth: float, y: float, room: float) -> Group:
    """A line at height `y` with its words on it, or above it where it is too short; the words
    keep within `room` points from the left."""
    start = under + depth if call.bare1 else under - CAPSULE / 2
    end = under + depth if call.bare2 else under - CAPSULE / 2
    points = [(call.x1, start), (call.x1, y), (call.x2, y), (call.x2, end - 6)]
    items: list[Item] = [
        *_line(pen, call, points, y, room),
        head(call.x2, end, "down", "band.line"),
    ]
    return Group(
        items=tuple(items),
        id=call.arrow.id,
        classes=("arrow", "calls"),
        tooltip=call.arrow.tooltip,
    )


def is_short(pen: Pen, call: Call) -> bool:
    """True when the words stand above the line, for want of room on it."""
    words = pen.say(call.arrow.label) if call.arrow.label else ""
    return abs(call.x1 - call.x2) < width(words, pen.size(12), bold=True) + 40


def _line(
    pen: Pen, call: Call, points: list[tuple[float, float]], y: float, room: float
) -> list[Item]:
    stroke = Stroke(colour="band.line", width=1.8)
    if not call.arrow.label:
        return [Path(steps=elbow(points), stroke=stroke)]
    size, middle = pen.size(12), (call.x1 + call.x2) / 2
    most = 2 * min(middle, room - middle) - 16
    words = cut_middle(pen.say(call.arrow.label), size, most, bold=True)
    wide = width(words, size, bold=True)
    beside = is_short(pen, call)
    text = run(
        words,
        size,
        middle,
        baseline(y - (11 if beside else 0), size),
        bold=True,
        colour="band.text",
        anchor="middle",
    )
    if beside:
        return [Path(steps=elbow(points), stroke=stroke), text]
    gap = (wide / 2 + 8) * (1 if call.x2 > call.x1 else -1)
    before = elbow([*points[:2], (middle - gap, y)])
    after = elbow([(middle + gap, y), *points[2:]])
    return [Path(steps=(*before, *after), stroke=stroke), text]
