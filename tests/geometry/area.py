"""Points, lines and areas, in points of the page; y runs down."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]
"""An open or closed way through points; a closed one ends where it began."""


class Area(Struct, frozen=True):
    """A rectangle by its four sides."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float, down: float | None = None) -> "Area":
        """Each side moved out by `by` points, upper and lower ones by `down` if given."""
        tall = by if down is None else down
        return Area(self.left - by, self.top - tall, self.right + by, self.bottom + tall)

    def overlaps(self, other: "Area", slack: float = 0.0) -> bool:
        """True when the two share more than `slack` points both across and down."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack

    def holds(self, other: "Area", slack: float = 0.0) -> bool:
        """True when the other juts out by at most `slack` points."""
        return self.excess(other) <= slack

    def excess(self, other: "Area") -> float:
        """How far the other juts out of this one, at most; negative when it lies well inside."""
        return max(
            self.left - other.left,
            self.top - other.top,
            other.right - self.right,
            other.bottom - self.bottom,
        )

    def contains(self, point: Point, slack: float = 0.0) -> bool:
        return self.holds(Area(*point, *point), slack)

    def distance(self, point: Point) -> float:
        """How far the point is from the outline, from inside or outside."""
        x, y = point
        if self.contains(point):
            return min(x - self.left, self.right - x, y - self.top, self.bottom - y)
        beside = max(self.left - x, 0.0, x - self.right)
        above = max(self.top - y, 0.0, y - self.bottom)
        return max(beside, above)


def around(points: Iterable[Point]) -> Area:
    """The smallest area that holds the points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Area(min(xs), min(ys), max(xs), max(ys))


def union(areas: Iterable[Area]) -> Area:
    """The smallest area that holds all of them, of which there is at least one."""
    return around(p for a in areas for p in ((a.left, a.top), (a.right, a.bottom)))


def off_line(point: Point, line: Line) -> float:
    """How far the point is from the nearest point of the line."""
    return min(_off_stretch(complex(*point), complex(*a), complex(*b)) for a, b in pairwise(line))


def _off_stretch(point: complex, a: complex, b: complex) -> float:
    along = b - a
    if not along:
        return abs(point - a)
    part = ((point - a) * along.conjugate()).real / abs(along) ** 2
    return abs(point - a - along * min(1.0, max(0.0, part)))


def crosses(line: Line, area: Area) -> bool:
    """True when some stretch of the line runs through the area's inside."""
    return (
        area.width > 0 and area.height > 0 and any(_enters(a, b, area) for a, b in pairwise(line))
    )


def _enters(a: Point, b: Point, area: Area) -> bool:
    """Liang and Barsky's clipping: is anything of a-b left inside?"""
    start, end = 0.0, 1.0
    for axis, low, high in ((0, area.left, area.right), (1, area.top, area.bottom)):
        span = b[axis] - a[axis]
        if not span:
            if not low < a[axis] < high:
                return False
            continue
        enter, leave = sorted(((low - a[axis]) / span, (high - a[axis]) / span))
        start, end = max(start, enter), min(end, leave)
    return start < end


def together(one: Iterable[Line], other: Iterable[Line], near: float) -> float:
    """How many points two level or upright lines run along each other, closer than `near`."""
    stretches = list(_straight(other))
    return sum(
        max(0.0, min(high, far) - max(low, start))
        for upright, level, low, high in _straight(one)
        for turned, place, start, far in stretches
        if upright is turned and abs(level - place) < near
    )


def _straight(lines: Iterable[Line]) -> Iterator[tuple[bool, float, float, float]]:
    """Upright or level stretches: which, where across, from, to."""
    for line in lines:
        for (x1, y1), (x2, y2) in pairwise(line):
            if abs(x1 - x2) < 0.02 and abs(y1 - y2) > 0.02:
                yield True, x1, min(y1, y2), max(y1, y2)
            elif abs(y1 - y2) < 0.02 and abs(x1 - x2) > 0.02:
                yield False, y1, min(x1, x2), max(x1, x2)
