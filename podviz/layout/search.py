"""The cheapest way for a wire over a sparse grid, where no simple one is free."""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count
from math import inf

from podviz.layout.deadline import NEVER, Deadline
from podviz.layout.grid import SHARED, Grid, grid
from podviz.layout.wire import Dock, Segment, Spot, Wire

_BEND, _OTHER_SIDE = 40.0, 30.0
_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))
_WAY = {way: i for i, way in enumerate(_STEPS)}
_BACK = (1, 0, 3, 2)
_PATIENCE = 1024  # steps between two looks at the clock
_CROWDED, _HASTY = 4_000_000, 1.5

_State = int
"""A crossing of the grid and the way that led to it: 4 × crossing + way."""


def search(
    wire: Wire, laid: Sequence[Segment], deadline: Deadline = NEVER
) -> tuple[Spot, ...] | None:
    """The cheapest way over a sparse grid: short, few bends, on its own bus, off all others.

    None where nothing leads through. Raises DeadlineError.
    """
    deadline.ask()
    lines = grid(wire, laid)
    ends = {
        4 * lines.cell(dock.stub) + _WAY[(-dock.way[0], -dock.way[1])]: dock for dock in wire.heads
    }
    starts = {4 * lines.cell(d.stub) + _WAY[d.way]: d for d in reversed(wire.tails)}
    found = _found(lines, wire, ends, deadline)
    if found is None:
        return None
    state, came = found
    end = ends[state]
    points = [(end.x, end.y), end.stub, lines.spot(state >> 2)]
    while state in came:
        state = came[state]
        points.append(lines.spot(state >> 2))
    start = starts[state]
    return _tidy((start.x, start.y), start.stub, *reversed(points))


def _found(
    lines: Grid, wire: Wire, ends: dict[_State, Dock], deadline: Deadline
) -> tuple[_State, dict[_State, _State]] | None:
    """The end that is reached at the least cost, and from where each state was reached."""
    least = _Least(lines, [dock.stub for dock in wire.heads], _each(lines))
    best: dict[_State, float] = {}
    came: dict[_State, _State] = {}
    queue: list[tuple[float, int, _State]] = []
    tie = count()
    for rank, dock in enumerate(wire.tails):
        cell = lines.cell(dock.stub)
        state, cost = 4 * cell + _WAY[dock.way], rank * _OTHER_SIDE
        if cost < best.get(state, inf):
            best[state] = cost
            heappush(queue, (cost + least[cell], next(tie), state))
    done = bytearray(4 * len(lines.level))
    wide = len(lines.xs)
    ways = tuple(zip(range(4), (1, -1, wide, -wide), (0, -1, 0, -wide), strict=True))
    prices = (lines.level, lines.level, lines.upright, lines.upright)
    for turn in count():
        if not queue:
            return None
        state = heappop(queue)[2]
        if done[state]:
            continue
        done[state] = 1
        if state in ends:
            return state, came
        if turn % _PATIENCE == 0:
            deadline.ask()
        cell, way = state >> 2, state & 3
        here = best[state]
        for step, ahead, edge in ways:
            # Left of the first column the row before ends, where no way leads on.
            price = prices[step][cell + edge] if step != _BACK[way] else inf
            if price == inf:
                continue
            cost = here + price + (0.0 if step == way else _BEND)
            there = 4 * (cell + ahead) + step
            if cost < best.get(there, inf):
                best[there] = cost
                came[there] = state
                heappush(queue, (cost + least[cell + ahead], next(tie), there))
    return None


def _each(lines: Grid) -> float:
    """What a point of the way is thought to cost at least. Where very much is laid on very many
    lines, more than that: the way found is then a good one, not always the best."""
    return SHARED if len(lines.level) * lines.laid < _CROWDED else _HASTY


class _Least(dict[int, float]):
    """For each crossing what the rest of the way costs at least, `each` a point."""

    def __init__(self, lines: Grid, goals: Sequence[Spot], each: float) -> None:
        super().__init__()
        self._lines, self._goals, self._each = lines, goals, each

    def __missing__(self, cell: int) -> float:
        x, y = self._lines.spot(cell)
        far = self._each * min([abs(x - a) + abs(y - b) for a, b in self._goals])
        self[cell] = far
        return far


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
