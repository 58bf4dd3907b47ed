"""Orthogonal arrows that share buses and cross no box and no word."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from podviz.drawing import Rect
from podviz.layout.cells import Cells
from podviz.layout.deadline import NEVER, Deadline
from podviz.layout.search import search
from podviz.layout.wire import CLEAR, STUB, TRACK, Dock, Segment, Spot, Wire, related


def route(
    wires: Sequence[Wire], deadline: Deadline = NEVER, inner: Sequence[Segment] = ()
) -> tuple[tuple[Spot, ...], ...]:
    """The corner points of every wire, in the order given; each has at least two points.

    `inner` are stretches that others have laid before.
    A wire that nothing lets through runs straight from corner to corner of its bus; that
    happens only where boxes overlap. Raises DeadlineError.
    """
    order = sorted(range(len(wires)), key=lambda i: (-_span(wires[i]), i))
    laid = _Laid(wires)
    laid.add(inner)
    fences: dict[int, Cells[Rect]] = {}
    result: dict[int, tuple[Spot, ...]] = {}
    for i in order:
        deadline.ask()
        wire = wires[i]
        if id(wire.fence) not in fences:
            fences[id(wire.fence)] = _fenced(wire.fence)
        points = _simple(wire, laid, fences[id(wire.fence)])
        points = points or search(wire.with_all_docks(), laid.segments, deadline) or _plain(wire)
        result[i] = points
        laid.add(Segment(a, b, wire.tail, wire.head) for a, b in pairwise(points))
    return tuple(result[i] for i in range(len(wires)))


class _Laid:
    """The stretches that are laid, in their order; by what they tie and by where they lie."""

    def __init__(self, wires: Sequence[Wire]) -> None:
        self._leave = Counter(w.tail for w in wires)
        self._enter = Counter(w.head for w in wires)
        self.segments: list[Segment] = []
        self._tails: defaultdict[str, list[int]] = defaultdict(list)
        self._heads: defaultdict[str, list[int]] = defaultdict(list)
        self._cells: Cells[Segment] = Cells()

    def add(self, segments: Iterable[Segment]) -> None:
        for s in segments:
            self._tails[s.tail].append(len(self.segments))
            self._heads[s.head].append(len(self.segments))
            self.segments.append(s)
            bus = 0, s.tail
            if self._leave[s.tail] < self._enter[s.head]:
                bus = 1, s.head
            self._cells.add(s, *_span_of(s.a, s.b), bus)

    def related(self, wire: Wire) -> Iterator[Segment]:
        """What belongs to the same bus, the first laid first."""
        for i in sorted({*self._tails[wire.tail], *self._heads[wire.head]}):
            yield self.segments[i]

    def near(self, a: Spot, b: Spot, wire: Wire) -> Iterator[Segment]:
        """What may run along a-b or across it and is of no bus of the wire's."""
        left, top, right, bottom = _span_of(a, b)
        own = (0, wire.tail), (1, wire.head)
        near = self._cells.near(left - TRACK, top - TRACK, right + TRACK, bottom + TRACK, own)
        return (s for s in near if not related(wire, s))


def _span_of(a: Spot, b: Spot) -> tuple[float, float, float, float]:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _fenced(fence: tuple[Rect, ...]) -> Cells[Rect]:
    cells: Cells[Rect] = Cells()
    for wall in fence:
        x, y = wall.x, wall.y
        cells.add(wall, x, y, x + wall.w, y + wall.h)
    return cells


def _span(wire: Wire) -> float:
    a, b = wire.tails[0], wire.heads[0]
    return round(abs(a.x - b.x) + 3 * abs(a.y - b.y), 2)


# ── what is free ────────────────────────────────────────────────────────────────────────────


def _hits(a: Spot, b: Spot, walls: tuple[Rect, ...], fence: Cells[Rect]) -> bool:
    """True when the stretch comes nearer to a wall than it may."""
    clear = CLEAR - 1
    left, right = min(a[0], b[0]) - clear, max(a[0], b[0]) + clear
    top, bottom = min(a[1], b[1]) - clear, max(a[1], b[1]) + clear
    for wall in walls:
        x, y = wall.x, wall.y
        if left < x + wall.w and right > x and top < y + wall.h and bottom > y:
            return True
    return fence.is_met(left, top, right, bottom)


def _free(points: Sequence[Spot], walls: tuple[Rect, ...], fence: Cells[Rect]) -> bool:
    """True when no wall is touched; first and last stretch may start on their own border."""
    last = len(points) - 2
    for i, (a, b) in enumerate(pairwise(points)):
        if i == 0:
            a = _inwards(a, b)
        if i == last:
            b = _inwards(b, a)
        if _hits(a, b, walls, fence):
            return False
    return True


def _inwards(end: Spot, other: Spot) -> Spot:
    """The end moved off its border, so that its own box does not count as hit."""
    dx, dy = other[0] - end[0], other[1] - end[1]
    span = abs(dx) + abs(dy)
    by = min(CLEAR, span)
    return (end[0] + dx * by / span, end[1] + dy * by / span) if span else end


def _clash(a: Spot, b: Spot, segment: Segment) -> bool:
    """True when a-b runs along the segment, closer than a track."""
    upright = a[0] == b[0]
    if upright != segment.upright:
        return False
    across, along = (0, 1) if upright else (1, 0)
    if abs(a[across] - segment.a[across]) >= TRACK - 0.5:
        return False
    low, high = sorted((a[along], b[along]))
    other_low, other_high = sorted((segment.a[along], segment.b[along]))
    return low < other_high - 0.5 and other_low < high - 0.5


# ── the common cases ────────────────────────────────────────────────────────────────────────


def _simple(wire: Wire, laid: _Laid, fence: Cells[Rect]) -> tuple[Spot, ...] | None:
    """A straight line, or one with a single trunk, when that is free; crossing if it must."""
    tail, head = wire.tails[0], wire.heads[0]
    if tail.way != (-head.way[0], -head.way[1]):
        return None
    crossing: tuple[Spot, ...] | None = None
    for points in _shapes(tail, head, wire, laid):
        if _along(points, wire) or not _free(points, wire.walls, fence):
            continue
        met = _meets(points, wire, laid)
        if met is _CLEAR:
            return points
        if met is _CROSSES:
            crossing = crossing or points
    return crossing


_CLEAR, _CROSSES, _CLASHES = range(3)


def _meets(points: tuple[Spot, ...], wire: Wire, laid: _Laid) -> int:
    """Whether the line runs across or even along what is laid for others."""
    met = _CLEAR
    for a, b in pairwise(points):
        for s in laid.near(a, b, wire):
            if _clash(a, b, s):
                return _CLASHES
            if met is _CLEAR and _cross(a, b, s):
                met = _CROSSES
    return met


def _along(points: tuple[Spot, ...], wire: Wire) -> bool:
    return any(_along_border(a, b, r) for a, b in pairwise(points) for r in wire.borders)


def _cross(a: Spot, b: Spot, segment: Segment) -> bool:
    upright = a[0] == b[0]
    if upright == segment.upright:
        return False
    (x, y1, y2) = (a[0], a[1], b[1]) if upright else (segment.a[0], segment.a[1], segment.b[1])
    (y, x1, x2) = (segment.a[1], segment.a[0], segment.b[0]) if upright else (a[1], a[0], b[0])
    return min(x1, x2) < x < max(x1, x2) and min(y1, y2) < y < max(y1, y2)


def _shapes(tail: Dock, head: Dock, wire: Wire, laid: _Laid) -> list[tuple[Spot, ...]]:
    across = 0 if tail.way[0] else 1
    start, end = (tail.x, tail.y), (head.x, head.y)
    ahead = (end[across] - start[across]) * tail.way[across]
    if ahead < STUB + CLEAR:
        return []
    straight = _straight(tail, head, across, slide=wire.lone)
    if straight:
        return [straight]
    shapes: list[tuple[Spot, ...]] = []
    for trunk in _trunks(start[across], end[across], wire, laid, across):
        if across == 0:
            shapes.append((start, (trunk, start[1]), (trunk, end[1]), end))
        else:
            shapes.append((start, (start[0], trunk), (end[0], trunk), end))
    return shapes


def _straight(tail: Dock, head: Dock, across: int, *, slide: bool) -> tuple[Spot, ...] | None:
    """A straight line, sliding an end along its border if it may."""
    start, wished = (tail.x, tail.y)[1 - across], (head.x, head.y)[1 - across]
    low, high = max(tail.low, head.low), min(tail.high, head.high)
    if not slide:
        low = high = start
        if abs(start - wished) > 0.5:
            return None
    elif low > high:
        return None
    level = min(max(wished, low), high)
    if across == 0:
        return (tail.x, level), (head.x, level)
    return (level, tail.y), (level, head.y)


def _trunks(start: float, end: float, wire: Wire, laid: _Laid, across: int) -> list[float]:
    """Where the trunk may run: where a bus of this wire already does, else around the middle."""
    sign = 1 if end > start else -1
    low, high = sorted((start + sign * 10, end - sign * STUB))
    used = [
        s.a[across]
        for s in laid.related(wire)
        if s.a[across] == s.b[across] and low <= s.a[across] <= high
    ]
    gates = [e for r in wire.borders for e in _sides(r, across) if low < e < high]
    near = min(gates, key=lambda e: abs(e - start)) if gates else end
    middle = start + sign * TRACK * 1.6 if wire.label else (start + near) / 2
    tracks = [middle + sign * TRACK * k for k in (0, 1, -1, 2, -2, 3, -3)]
    tracks.append(end - sign * (STUB + 3))
    return list(dict.fromkeys(used + [round(t, 2) for t in tracks if low <= t <= high]))


def _sides(rect: Rect, across: int) -> tuple[float, float]:
    return (rect.x, rect.right) if across == 0 else (rect.y, rect.bottom)


def _along_border(a: Spot, b: Spot, rect: Rect) -> bool:
    """True when a-b runs along one side of the frame."""
    across = 0 if a[0] == b[0] else 1
    if all(abs(a[across] - side) >= CLEAR - 1 for side in _sides(rect, across)):
        return False
    low, high = sorted((a[1 - across], b[1 - across]))
    first, last = _sides(rect, 1 - across)
    return low < last and first < high and high - low > CLEAR


def _plain(wire: Wire) -> tuple[Spot, ...]:
    tail, head = wire.tails[0], wire.heads[0]
    if tail.way[0]:
        middle = (tail.x + head.x) / 2
        return (tail.x, tail.y), (middle, tail.y), (middle, head.y), (head.x, head.y)
    middle = (tail.y + head.y) / 2
    return (tail.x, tail.y), (tail.x, middle), (head.x, middle), (head.x, head.y)
