"""Orthogonal arrows that share buses and cross no box and no word."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, pairwise

from podviz.drawing import Rect

Spot = tuple[float, float]

CLEAR = 6.0
"""How far a line keeps from what it does not belong to, in points."""

STUB = 14.0
"""How far an arrow runs straight before its head and after its tail."""

TRACK = 10.0
"""How far apart two buses run side by side."""

_BEND, _CROSS, _TOUCH, _SHARED = 40.0, 60.0, 4000.0, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Dock:
    """Where an arrow may start or end: a point on a border and the way that leads off it."""

    x: float
    y: float
    way: tuple[int, int]
    low: float
    high: float
    """How far the point may slide along its border."""

    @property
    def stub(self) -> Spot:
        return self.x + self.way[0] * STUB, self.y + self.way[1] * STUB


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """An arrow to be routed: docks to choose from, and what stands in its way.

    Wires of one `tail` share a trunk, wires of one `head` share their last stretch.
    """

    tail: str
    head: str
    tails: tuple[Dock, ...]
    heads: tuple[Dock, ...]
    walls: tuple[Rect, ...]
    borders: tuple[Rect, ...] = ()
    """Frames that the wire may cross but not run along."""
    lone: bool = False
    """True when no other wire shares an end: then the ends may slide to make it straight."""
    label: float = 0.0
    """Width of the words on the arrow: its last stretch is to be long enough."""


@dataclass(frozen=True, slots=True)
class _Segment:
    a: Spot
    b: Spot
    tail: str
    head: str

    @property
    def upright(self) -> bool:
        return self.a[0] == self.b[0]


def route(wires: Sequence[Wire]) -> tuple[tuple[Spot, ...], ...]:
    """The corner points of every wire, in the order given; each has at least two points.

    A wire that nothing lets through runs straight from corner to corner of its bus; that
    happens only where boxes overlap.
    """
    order = sorted(range(len(wires)), key=lambda i: (-_span(wires[i]), i))
    laid: list[_Segment] = []
    result: dict[int, tuple[Spot, ...]] = {}
    for i in order:
        points = _simple(wires[i], laid) or _search(wires[i], laid) or _plain(wires[i])
        result[i] = points
        wire = wires[i]
        laid += [_Segment(a, b, wire.tail, wire.head) for a, b in pairwise(points)]
    return tuple(result[i] for i in range(len(wires)))


def _span(wire: Wire) -> float:
    a, b = wire.tails[0], wire.heads[0]
    return round(abs(a.x - b.x) + 3 * abs(a.y - b.y), 2)


# ── what is free ────────────────────────────────────────────────────────────────────────────


def _hits(a: Spot, b: Spot, wall: Rect, clear: float) -> bool:
    low_x, high_x = (a[0], b[0]) if a[0] <= b[0] else (b[0], a[0])
    low_y, high_y = (a[1], b[1]) if a[1] <= b[1] else (b[1], a[1])
    return (
        low_x < wall.right + clear
        and high_x > wall.x - clear
        and low_y < wall.bottom + clear
        and high_y > wall.y - clear
    )


def _free(points: Sequence[Spot], walls: tuple[Rect, ...]) -> bool:
    """True when no wall is touched; first and last stretch may start on their own border."""
    last = len(points) - 2
    for i, (a, b) in enumerate(pairwise(points)):
        if i == 0:
            a = _inwards(a, b)
        if i == last:
            b = _inwards(b, a)
        if any(_hits(a, b, wall, CLEAR - 1) for wall in walls):
            return False
    return True


def _inwards(end: Spot, other: Spot) -> Spot:
    """The end moved off its border, so that its own box does not count as hit."""
    dx, dy = other[0] - end[0], other[1] - end[1]
    span = abs(dx) + abs(dy)
    by = min(CLEAR, span)
    return (end[0] + dx * by / span, end[1] + dy * by / span) if span else end


def _related(wire: Wire, segment: _Segment) -> bool:
    return segment.tail == wire.tail or segment.head == wire.head


def _clash(a: Spot, b: Spot, segment: _Segment) -> bool:
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


def _simple(wire: Wire, laid: list[_Segment]) -> tuple[Spot, ...] | None:
    """A straight line, or one with a single trunk, when that is free."""
    for tail in wire.tails[:1]:
        for head in wire.heads[:1]:
            if tail.way != (-head.way[0], -head.way[1]):
                return None
            for points in _shapes(tail, head, wire, laid):
                if _along(points, wire):
                    continue
                if _free(points, wire.walls) and not _blocked(points, wire, laid):
                    return points
    return None


def _along(points: tuple[Spot, ...], wire: Wire) -> bool:
    return any(_along_border(a, b, r) for a, b in pairwise(points) for r in wire.borders)


def _blocked(points: tuple[Spot, ...], wire: Wire, laid: list[_Segment]) -> bool:
    foreign = [s for s in laid if not _related(wire, s)]
    return any(_clash(a, b, s) or _cross(a, b, s) for a, b in pairwise(points) for s in foreign)


def _cross(a: Spot, b: Spot, segment: _Segment) -> bool:
    upright = a[0] == b[0]
    if upright == segment.upright:
        return False
    (x, y1, y2) = (a[0], a[1], b[1]) if upright else (segment.a[0], segment.a[1], segment.b[1])
    (y, x1, x2) = (segment.a[1], segment.a[0], segment.b[0]) if upright else (a[1], a[0], b[0])
    return min(x1, x2) < x < max(x1, x2) and min(y1, y2) < y < max(y1, y2)


def _shapes(tail: Dock, head: Dock, wire: Wire, laid: list[_Segment]) -> list[tuple[Spot, ...]]:
    across, along = (0, 1) if tail.way[0] else (1, 0)
    start, end = (tail.x, tail.y), (head.x, head.y)
    ahead = (end[across] - start[across]) * tail.way[across]
    if ahead < STUB + CLEAR:
        return []
    straight = _straight(tail, head, across, slide=wire.lone)
    if straight:
        return [straight]
    shapes = []
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


def _trunks(start: float, end: float, wire: Wire, laid: list[_Segment], across: int) -> list[float]:
    """Where the trunk may run: where a bus of this wire already does, else around the middle."""
    sign = 1 if end > start else -1
    low, high = sorted((start + sign * 10, end - sign * STUB))
    used = [
        s.a[across]
        for s in laid
        if _related(wire, s) and (s.a[across] == s.b[across]) and low <= s.a[across] <= high
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


# ── the search ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Grid:
    """Lines that a wire may follow, and which stretches of them are blocked or shared."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    blocked: frozenset[tuple[int, int, int]]
    cost: dict[tuple[int, int, int], float]


def _search(wire: Wire, laid: list[_Segment]) -> tuple[Spot, ...] | None:
    """The cheapest way over a sparse grid: short, few bends, on its own bus, off all others."""
    grid = _grid(wire, laid)
    ends = {_cell(grid, dock.stub): dock for dock in wire.heads}
    queue: list[tuple[float, int, tuple[int, int], tuple[int, int], tuple[Spot, ...], Dock]] = []
    tie = count()
    for rank, dock in enumerate(wire.tails):
        cell = _cell(grid, dock.stub)
        heappush(queue, (rank * 30.0, next(tie), cell, dock.way, (dock.stub,), dock))
    seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    while queue:
        cost, _, cell, way, points, start = heappop(queue)
        if (cell, way) in seen:
            continue
        seen.add((cell, way))
        end = ends.get(cell)
        if end and way == (-end.way[0], -end.way[1]):
            return _tidy((start.x, start.y), *points, end.stub, (end.x, end.y))
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            if step == (-way[0], -way[1]):
                continue
            price = _price(grid, cell, step)
            if price is None:
                continue
            there = (cell[0] + step[0], cell[1] + step[1])
            spot = (grid.xs[there[0]], grid.ys[there[1]])
            turn = _BEND if step != way else 0.0
            heappush(queue, (cost + price + turn, next(tie), there, step, (*points, spot), start))
    return None


def _cell(grid: _Grid, spot: Spot) -> tuple[int, int]:
    return bisect_left(grid.xs, spot[0] - 0.01), bisect_left(grid.ys, spot[1] - 0.01)


def _price(grid: _Grid, cell: tuple[int, int], step: tuple[int, int]) -> float | None:
    x, y = cell[0] + min(step[0], 0), cell[1] + min(step[1], 0)
    if not (0 <= x and 0 <= y and cell[0] + step[0] < len(grid.xs) and cell[1] + step[1] < len(grid.ys)):
        return None
    key = (x, y, 0 if step[0] else 1)
    if key in grid.blocked:
        return None
    long = grid.xs[x + 1] - grid.xs[x] if step[0] else grid.ys[y + 1] - grid.ys[y]
    factor = grid.cost.get(key, 1.0)
    return long * factor if factor < 50 else long + factor


def _grid(wire: Wire, laid: list[_Segment]) -> _Grid:
    docks = (*wire.tails, *wire.heads)
    xs = {round(d.stub[0], 2) for d in docks}
    ys = {round(d.stub[1], 2) for d in docks}
    edges_x = sorted({e for w in wire.walls for e in (w.x, w.right)})
    edges_y = sorted({e for w in wire.walls for e in (w.y, w.bottom)})
    xs |= _lines(edges_x)
    ys |= _lines(edges_y)
    for s in laid:
        if _related(wire, s):
            (xs if s.upright else ys).add(s.a[0] if s.upright else s.a[1])
    fixed_x = {round(d.stub[0], 2) for d in docks}
    fixed_y = {round(d.stub[1], 2) for d in docks}
    lines_x, lines_y = _thin(xs, fixed_x), _thin(ys, fixed_y)
    blocked = _blocked_cells(lines_x, lines_y, wire.walls)
    return _Grid(lines_x, lines_y, blocked, _costs(lines_x, lines_y, wire, laid))


def _lines(edges: list[float]) -> set[float]:
    """Lines beside every edge, and tracks in the gaps between neighbouring edges."""
    lines: set[float] = set()
    for edge in edges:
        lines |= {round(edge - CLEAR - 3, 2), round(edge + CLEAR + 3, 2)}
    for a, b in pairwise(edges):
        gap = b - a
        if 2 * CLEAR < gap <= 240:
            middle = (a + b) / 2
            tracks = min(int((gap / 2 - CLEAR) // TRACK), 3)
            lines |= {round(middle + TRACK * k, 2) for k in range(-tracks, tracks + 1)}
    return lines


def _thin(lines: set[float], fixed: set[float]) -> tuple[float, ...]:
    """The lines in order without those that nearly coincide; fixed ones stay."""
    kept: list[float] = []
    for line in sorted(lines):
        if kept and line - kept[-1] < 1.5 and line not in fixed:
            continue
        kept.append(line)
    return tuple(kept)


def _blocked_cells(
    xs: tuple[float, ...], ys: tuple[float, ...], walls: tuple[Rect, ...]
) -> frozenset[tuple[int, int, int]]:
    blocked: set[tuple[int, int, int]] = set()
    for wall in walls:
        w = wall.grown(CLEAR - 1)
        inside_x = range(bisect_left(xs, w.x), bisect_left(xs, w.right))
        inside_y = range(bisect_left(ys, w.y), bisect_left(ys, w.bottom))
        over_x = range(max(bisect_left(xs, w.x) - 1, 0), min(bisect_left(xs, w.right), len(xs) - 1))
        over_y = range(max(bisect_left(ys, w.y) - 1, 0), min(bisect_left(ys, w.bottom), len(ys) - 1))
        blocked |= {(x, y, 0) for y in inside_y for x in over_x}
        blocked |= {(x, y, 1) for x in inside_x for y in over_y}
    return frozenset(blocked)


def _costs(
    xs: tuple[float, ...], ys: tuple[float, ...], wire: Wire, laid: list[_Segment]
) -> dict[tuple[int, int, int], float]:
    """Less where the wire's own bus runs; more beside and across others."""
    costs: dict[tuple[int, int, int], float] = {}
    for s in laid:
        related = _related(wire, s)
        along, across = (ys, xs) if s.upright else (xs, ys)
        a, b = (1, 0) if s.upright else (0, 1)
        low, high = sorted((s.a[a], s.b[a]))
        first, last = bisect_left(along, low - 0.01), bisect_left(along, high - 0.01)
        for i in range(bisect_left(across, s.a[b] - TRACK + 0.5), bisect_left(across, s.a[b] + TRACK - 0.5)):
            exact = abs(across[i] - s.a[b]) < 0.01
            if related and not exact:
                continue
            for k in range(max(first - (0 if related else 1), 0), min(last + (0 if related else 1), len(along) - 1)):
                key = (i, k, 1) if s.upright else (k, i, 0)
                if related:
                    costs.setdefault(key, _SHARED)
                else:
                    costs[key] = _TOUCH
        if not related:
            _cross_costs(costs, xs, ys, s)
    for rect in wire.borders:
        _border_costs(costs, xs, ys, rect)
    return costs


def _border_costs(
    costs: dict[tuple[int, int, int], float], xs: tuple[float, ...], ys: tuple[float, ...], rect: Rect
) -> None:
    """A price on every stretch of the grid that runs along a side of the frame."""
    for side in (rect.x, rect.right):
        for i in range(bisect_left(xs, side - CLEAR + 1), bisect_left(xs, side + CLEAR - 1)):
            for k in range(max(bisect_left(ys, rect.y) - 1, 0), bisect_left(ys, rect.bottom)):
                costs.setdefault((i, k, 1), _TOUCH)
    for side in (rect.y, rect.bottom):
        for k in range(bisect_left(ys, side - CLEAR + 1), bisect_left(ys, side + CLEAR - 1)):
            for i in range(max(bisect_left(xs, rect.x) - 1, 0), bisect_left(xs, rect.right)):
                costs.setdefault((i, k, 0), _TOUCH)


def _cross_costs(
    costs: dict[tuple[int, int, int], float], xs: tuple[float, ...], ys: tuple[float, ...], s: _Segment
) -> None:
    """A price on every stretch of the grid that runs across the segment."""
    if s.upright:
        i = bisect_left(xs, s.a[0]) - 1
        low, high = sorted((s.a[1], s.b[1]))
        if 0 <= i < len(xs) - 1:
            for k in range(bisect_left(ys, low), bisect_left(ys, high)):
                costs.setdefault((i, k, 0), _CROSS)
    else:
        k = bisect_left(ys, s.a[1]) - 1
        low, high = sorted((s.a[0], s.b[0]))
        if 0 <= k < len(ys) - 1:
            for i in range(bisect_left(xs, low), bisect_left(xs, high)):
                costs.setdefault((i, k, 1), _CROSS)


def _tidy(*points: Spot) -> tuple[Spot, ...]:
    """Without points that lie on a line with their neighbours."""
    kept: list[Spot] = []
    for point in points:
        if kept and abs(point[0] - kept[-1][0]) < 0.01 and abs(point[1] - kept[-1][1]) < 0.01:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept[-1] = point
            continue
        kept.append(point)
    return tuple(kept)


def _in_line(a: Spot, b: Spot, c: Spot) -> bool:
    return (abs(a[0] - b[0]) < 0.01 and abs(b[0] - c[0]) < 0.01) or (
        abs(a[1] - b[1]) < 0.01 and abs(b[1] - c[1]) < 0.01
    )
