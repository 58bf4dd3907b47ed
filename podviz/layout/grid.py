"""The lines that a wire may follow, and what each stretch of them costs."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from msgspec import Struct

from podviz.drawing import Rect
from podviz.layout.wire import CLEAR, TRACK, Segment, Spot, Wire, related

SHARED = 0.5
"""What a stretch of the wire's own bus costs, as a part of its length."""

_CROSS, _TOUCH = 60.0, 4000.0
_HEADING = 20.0  # inside a frame, no level stretch so near to its upper or lower side
_NEAREST = 5.0  # lines of the grid stand no closer


class Grid(Struct, frozen=True):
    """Upright lines at `xs`, level ones at `ys`. Row by row, for each crossing of two lines:
    what it costs to go on to the right (`level`) and down (`upright`), inf where no way leads."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: list[float]
    upright: list[float]
    laid: int
    """How many stretches of all wires are laid."""

    def cell(self, spot: Spot) -> int:
        """The crossing at the spot."""
        column = bisect_left(self.xs, spot[0] - 0.01)
        return bisect_left(self.ys, spot[1] - 0.01) * len(self.xs) + column

    def spot(self, cell: int) -> Spot:
        row, column = divmod(cell, len(self.xs))
        return self.xs[column], self.ys[row]


def grid(wire: Wire, laid: Sequence[Segment]) -> Grid:
    """Lines beside every wall and in the gaps between; short is cheap, one's own bus cheaper,
    and what runs along or across others dear."""
    walls = (*wire.walls, *wire.fence)
    xs, ys = _all_lines(wire, walls, laid)
    wide = [*(b - a for a, b in pairwise(xs)), inf]
    high = [*(b - a for a, b in pairwise(ys)), inf]
    level = wide * len(ys)
    upright = [h for h in high for _ in xs]
    for wall in walls:
        _block(level, upright, xs, ys, wall.grown(CLEAR - 1))
    factors = _Factors(xs, ys)
    for s in laid:
        factors.lay(s, own=related(wire, s))
    for rect in wire.borders:
        factors.frame(rect)
    level, upright = _priced(level, factors.level), _priced(upright, factors.upright)
    return Grid(xs, ys, level, upright, len(laid))


def _priced(lengths: list[float], factors: dict[int, float]) -> list[float]:
    for i, factor in factors.items():
        lengths[i] = lengths[i] * factor if factor < 50 else lengths[i] + factor
    return lengths


def _all_lines(
    wire: Wire, walls: Sequence[Rect], laid: Sequence[Segment]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    docks = (*wire.tails, *wire.heads)
    fixed_x = {round(d.stub[0], 2) for d in docks}
    fixed_y = {round(d.stub[1], 2) for d in docks}
    xs = fixed_x | _lines(sorted({e for w in walls for e in (w.x, w.right)}))
    ys = fixed_y | _lines(sorted({e for w in walls for e in (w.y, w.bottom)}))
    for s in laid:
        if related(wire, s):
            (xs if s.upright else ys).add(s.a[0] if s.upright else s.a[1])
    return _thin(xs, fixed_x), _thin(ys, fixed_y)


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


def _block(
    level: list[float],
    upright: list[float],
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    wall: Rect,
) -> None:
    """No way through the wall."""
    left, right = bisect_left(xs, wall.x), bisect_left(xs, wall.right)
    top, bottom = bisect_left(ys, wall.y), bisect_left(ys, wall.bottom)
    first, over = max(left - 1, 0), max(top - 1, 0)
    long = len(xs)
    across, inside = [inf] * max(right - first, 0), [inf] * max(right - left, 0)
    for row in range(top * long, bottom * long, long):
        level[row + first : row + right] = across
    for row in range(over * long, bottom * long, long):
        upright[row + left : row + right] = inside


class _Factors:
    """What makes stretches of a grid cheaper or dearer than they are long, by crossing."""

    def __init__(self, xs: tuple[float, ...], ys: tuple[float, ...]) -> None:
        self._xs, self._ys = xs, ys
        self.level: dict[int, float] = {}
        self.upright: dict[int, float] = {}

    def lay(self, s: Segment, *, own: bool) -> None:
        """Less where the wire's own bus runs; more beside and across others."""
        along, across = (self._ys, self._xs) if s.upright else (self._xs, self._ys)
        a, b = (1, 0) if s.upright else (0, 1)
        low, high = sorted((s.a[a], s.b[a]))
        first, last = bisect_left(along, low - 0.01), bisect_left(along, high - 0.01)
        if not own:
            first, last = max(first - 1, 0), last + 1
        last = min(last, len(along) - 1)
        nearest = bisect_left(across, s.a[b] - TRACK + 0.5)
        for i in range(nearest, bisect_left(across, s.a[b] + TRACK - 0.5)):
            if own and abs(across[i] - s.a[b]) >= 0.01:
                continue
            stretches = self._run(i, first, last, upright=s.upright)
            if own:
                for k in stretches:
                    (self.upright if s.upright else self.level).setdefault(k, SHARED)
            else:
                (self.upright if s.upright else self.level).update(dict.fromkeys(stretches, _TOUCH))
        if not own:
            self._cross(s)

    def _run(self, line: int, first: int, last: int, *, upright: bool) -> range:
        """The stretches along one line of the grid."""
        wide = len(self._xs)
        if upright:
            return range(first * wide + line, last * wide + line, wide)
        return range(line * wide + first, line * wide + last)

    def _cross(self, s: Segment) -> None:
        """A price on every stretch of the grid that runs across the segment."""
        xs, ys, wide = self._xs, self._ys, len(self._xs)
        if s.upright:
            i = bisect_left(xs, s.a[0]) - 1
            low, high = sorted((s.a[1], s.b[1]))
            if 0 <= i < wide - 1:
                for k in range(bisect_left(ys, low), bisect_left(ys, high)):
                    self.level.setdefault(k * wide + i, _CROSS)
        else:
            k = bisect_left(ys, s.a[1]) - 1
            low, high = sorted((s.a[0], s.b[0]))
            if 0 <= k < len(ys) - 1:
                for i in range(bisect_left(xs, low), bisect_left(xs, high)):
                    self.upright.setdefault(k * wide + i, _CROSS)

    def frame(self, rect: Rect) -> None:
        """A price on every stretch of the grid that runs along a side of the frame."""
        xs, ys, wide = self._xs, self._ys, len(self._xs)
        for side in (rect.x, rect.right):
            for i in range(bisect_left(xs, side - CLEAR + 1), bisect_left(xs, side + CLEAR - 1)):
                for k in range(max(bisect_left(ys, rect.y) - 1, 0), bisect_left(ys, rect.bottom)):
                    self.upright[k * wide + i] = _TOUCH
        for low, high in (
            (rect.y - CLEAR + 1, rect.y + _HEADING),
            (rect.bottom - _HEADING, rect.bottom + CLEAR - 1),
        ):
            for k in range(bisect_left(ys, low), bisect_left(ys, high)):
                for i in range(max(bisect_left(xs, rect.x) - 1, 0), bisect_left(xs, rect.right)):
                    self.level[k * wide + i] = _TOUCH
