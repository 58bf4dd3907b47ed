"""The cheapest way for a wire over a sparse grid, where no simple one is free."""

from bisect import bisect_left
from heapq import heappop, heappush
from itertools import count, pairwise
from math import inf
from typing import NamedTuple

from podviz.drawing import Rect
from podviz.layout.wire import CLEAR, TRACK, Dock, Segment, Spot, Wire, related

_BEND, _CROSS, _TOUCH, _SHARED, _OTHER_SIDE = 40.0, 60.0, 4000.0, 0.5, 30.0
_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))
_HEADING = 20.0  # inside a frame, no level stretch so near to its upper or lower side
_NEAREST = 5.0  # lines of the grid stand no closer

_State = tuple[tuple[int, int], tuple[int, int]]
"""A cell of the grid and the way that led into it."""


class _Grid(NamedTuple):
    """Lines that a wire may follow, and which stretches of them are blocked or shared."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    blocked: frozenset[tuple[int, int, int]]
    cost: dict[tuple[int, int, int], float]


def search(wire: Wire, laid: list[Segment]) -> tuple[Spot, ...] | None:
    """The cheapest way over a sparse grid: short, few bends, on its own bus, off all others.

    None where nothing leads through.
    """
    grid = _grid(wire, laid)
    ends = {_cell(grid, dock.stub): dock for dock in wire.heads}
    goals = [dock.stub for dock in wire.heads]
    starts = {(_cell(grid, dock.stub), dock.way): dock for dock in reversed(wire.tails)}
    best: dict[_State, float] = {}
    came: dict[_State, _State] = {}
    tie = count()
    queue: list[tuple[float, int, _State]] = []
    for rank, dock in enumerate(wire.tails):
        state = (_cell(grid, dock.stub), dock.way)
        cost = rank * _OTHER_SIDE
        if cost < best.get(state, inf):
            best[state] = cost
            heappush(queue, (cost + _least(dock.stub, goals), next(tie), state))
    done: set[_State] = set()
    while queue:
        _, _, state = heappop(queue)
        if state in done:
            continue
        done.add(state)
        cell, way = state
        end = ends.get(cell)
        if end and way == (-end.way[0], -end.way[1]):
            return _traced(grid, state, came, starts, end)
        for step in _STEPS:
            price = None if step == (-way[0], -way[1]) else _price(grid, cell, step)
            if price is None:
                continue
            there = (cell[0] + step[0], cell[1] + step[1])
            cost = best[state] + price + (_BEND if step != way else 0.0)
            next_state = (there, step)
            if cost < best.get(next_state, inf):
                best[next_state] = cost
                came[next_state] = state
                spot = (grid.xs[there[0]], grid.ys[there[1]])
                heappush(queue, (cost + _least(spot, goals), next(tie), next_state))
    return None


def _least(spot: Spot, goals: list[Spot]) -> float:
    """What the rest of the way costs at least, all of it on a bus."""
    return _SHARED * min(abs(spot[0] - x) + abs(spot[1] - y) for x, y in goals)


def _traced(
    grid: _Grid,
    state: _State,
    came: dict[_State, _State],
    starts: dict[_State, Dock],
    end: Dock,
) -> tuple[Spot, ...]:
    """The corner points back to where the way began."""
    points = [(end.x, end.y), end.stub]
    while True:
        (x, y), _ = state
        points.append((grid.xs[x], grid.ys[y]))
        if state not in came:
            break
        state = came[state]
    start = starts[state]
    return _tidy((start.x, start.y), start.stub, *reversed(points))


def _cell(grid: _Grid, spot: Spot) -> tuple[int, int]:
    return bisect_left(grid.xs, spot[0] - 0.01), bisect_left(grid.ys, spot[1] - 0.01)


def _price(grid: _Grid, cell: tuple[int, int], step: tuple[int, int]) -> float | None:
    x, y = cell[0] + min(step[0], 0), cell[1] + min(step[1], 0)
    if not (
        x >= 0 and y >= 0 and cell[0] + step[0] < len(grid.xs) and cell[1] + step[1] < len(grid.ys)
    ):
        return None
    key = (x, y, 0 if step[0] else 1)
    if key in grid.blocked:
        return None
    long = grid.xs[x + 1] - grid.xs[x] if step[0] else grid.ys[y + 1] - grid.ys[y]
    factor = grid.cost.get(key, 1.0)
    return long * factor if factor < 50 else long + factor


def _grid(wire: Wire, laid: list[Segment]) -> _Grid:
    docks = (*wire.tails, *wire.heads)
    xs = {round(d.stub[0], 2) for d in docks}
    ys = {round(d.stub[1], 2) for d in docks}
    edges_x = sorted({e for w in wire.walls for e in (w.x, w.right)})
    edges_y = sorted({e for w in wire.walls for e in (w.y, w.bottom)})
    xs |= _lines(edges_x)
    ys |= _lines(edges_y)
    for s in laid:
        if related(wire, s):
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
            tracks = min(int((gap / 2 - CLEAR) // TRACK), 2)
            lines |= {round(middle + TRACK * k, 2) for k in range(-tracks, tracks + 1)}
    return lines


def _thin(lines: set[float], fixed: set[float]) -> tuple[float, ...]:
    """The lines in order without those that nearly coincide; fixed ones stay."""
    kept: list[float] = []
    for line in sorted(lines):
        if kept and line - kept[-1] < _NEAREST and line not in fixed:
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
        over_y = range(
            max(bisect_left(ys, w.y) - 1, 0), min(bisect_left(ys, w.bottom), len(ys) - 1)
        )
        blocked |= {(x, y, 0) for y in inside_y for x in over_x}
        blocked |= {(x, y, 1) for x in inside_x for y in over_y}
    return frozenset(blocked)


def _costs(
    xs: tuple[float, ...], ys: tuple[float, ...], wire: Wire, laid: list[Segment]
) -> dict[tuple[int, int, int], float]:
    """Less where the wire's own bus runs; more beside and across others."""
    costs: dict[tuple[int, int, int], float] = {}
    for s in laid:
        own = related(wire, s)
        along, across = (ys, xs) if s.upright else (xs, ys)
        a, b = (1, 0) if s.upright else (0, 1)
        low, high = sorted((s.a[a], s.b[a]))
        first, last = bisect_left(along, low - 0.01), bisect_left(along, high - 0.01)
        for i in range(
            bisect_left(across, s.a[b] - TRACK + 0.5), bisect_left(across, s.a[b] + TRACK - 0.5)
        ):
            exact = abs(across[i] - s.a[b]) < 0.01
            if own and not exact:
                continue
            for k in range(
                max(first - (0 if own else 1), 0),
                min(last + (0 if own else 1), len(along) - 1),
            ):
                key = (i, k, 1) if s.upright else (k, i, 0)
                if own:
                    costs.setdefault(key, _SHARED)
                else:
                    costs[key] = _TOUCH
        if not own:
            _cross_costs(costs, xs, ys, s)
    for rect in wire.borders:
        _border_costs(costs, xs, ys, rect)
    return costs


def _border_costs(
    costs: dict[tuple[int, int, int], float],
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    rect: Rect,
) -> None:
    """A price on every stretch of the grid that runs along a side of the frame."""
    for side in (rect.x, rect.right):
        for i in range(bisect_left(xs, side - CLEAR + 1), bisect_left(xs, side + CLEAR - 1)):
            for k in range(max(bisect_left(ys, rect.y) - 1, 0), bisect_left(ys, rect.bottom)):
                costs[i, k, 1] = _TOUCH
    for low, high in (
        (rect.y - CLEAR + 1, rect.y + _HEADING),
        (rect.bottom - _HEADING, rect.bottom + CLEAR - 1),
    ):
        for k in range(bisect_left(ys, low), bisect_left(ys, high)):
            for i in range(max(bisect_left(xs, rect.x) - 1, 0), bisect_left(xs, rect.right)):
                costs[i, k, 0] = _TOUCH


def _cross_costs(
    costs: dict[tuple[int, int, int], float],
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    s: Segment,
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
