"""Shared volumes as the floor of a Pod: who mounts what, without crossings."""

from collections import defaultdict
from collections.abc import Set
from itertools import count, islice, permutations

from msgspec import Struct

from podviz.figure import Arrow, Relation
from podviz.layout.deadline import NEVER, Deadline

_REACH = 18.0
_LANE = 11.0  # between arrows that run down beside a column
_TRIED, _MANY, _FEW = 120, 24, 6  # orders of drums, fewer of them where there are many drums


class Point(Struct, frozen=True):
    """One mount: the container's column, where on its lower edge, which way the data goes."""

    arrow: Arrow
    volume: str
    column: str
    x: float
    beside: bool = False
    """True where the arrow leaves the column's right side instead of its lower edge."""


class Plan(Struct, frozen=True):
    """Drum spans by volume (left, right, row) and the mount points that lead to them."""

    drums: dict[str, tuple[float, float, int]]
    points: tuple[Point, ...]

    @property
    def rows(self) -> int:
        return max((row for _, _, row in self.drums.values()), default=-1) + 1


def plan(
    columns: dict[str, tuple[float, float]],
    mounts: tuple[Arrow, ...],
    least: dict[str, float],
    beside: Set[str] = frozenset(),
    deadline: Deadline = NEVER,
) -> Plan | None:
    """Place drums under the columns so that no arrow crosses a drum.

    `columns` are the containers' left and right edges by id, left to right; `least` the width
    each volume's own words need; the mounts of containers in `beside` leave their right side.
    None when no order of drums and mount points avoids crossings. Raises DeadlineError.
    """
    if not least:
        return Plan(drums={}, points=())
    volumes = list(least)
    best: Plan | None = None
    tries = _TRIED if len(volumes) <= _MANY else _FEW
    for order in islice(permutations(volumes), tries):
        tried = _attempt(columns, mounts, least, order, beside, deadline)
        if tried and (best is None or tried.rows < best.rows):
            best = tried
        if best and best.rows == 1:
            break
    return best


def _ends(arrow: Arrow) -> tuple[str, str]:
    """(container, volume) of a mount, whichever way its data goes."""
    return (
        (arrow.head, arrow.tail) if arrow.relation is Relation.READS else (arrow.tail, arrow.head)
    )


def _attempt(
    columns: dict[str, tuple[float, float]],
    mounts: tuple[Arrow, ...],
    least: dict[str, float],
    order: tuple[str, ...],
    beside: Set[str],
    deadline: Deadline,
) -> Plan | None:
    rank = {volume: i for i, volume in enumerate(order)}
    rows = dict.fromkeys(order, 0)
    for _ in range(len(order) + 1):
        deadline.ask()
        points = _points(columns, mounts, rows, rank, beside)
        drums = _drums(columns, points, least, order)
        if {v: drums[v][2] for v in order} == rows:
            break
        rows = {v: drums[v][2] for v in order}
    else:
        return None
    return None if _crosses(drums, points) else Plan(drums=drums, points=points)


def _points(
    columns: dict[str, tuple[float, float]],
    mounts: tuple[Arrow, ...],
    rows: dict[str, int],
    rank: dict[str, int],
    beside: Set[str],
) -> tuple[Point, ...]:
    """Mount points at i/(k+1) of each column: what reaches left stands left, and of two that
    reach the same way the one with the lower drum stands outside."""
    lanes = count(1)
    middles = {c: (left + right) / 2 for c, (left, right) in columns.items()}
    users: dict[str, list[float]] = {}
    for arrow in mounts:
        container, volume = _ends(arrow)
        users.setdefault(volume, []).append(middles[container])
    points = []
    for column, (left, right) in columns.items():
        own = [a for a in mounts if _ends(a)[0] == column]
        own.sort(key=lambda a: _side(_ends(a)[1], middles[column], users, rows, rank))
        for i, arrow in enumerate(own, start=1):
            aside = column in beside
            x = right + _LANE * next(lanes) if aside else left + (right - left) * i / (len(own) + 1)
            points.append(
                Point(arrow=arrow, volume=_ends(arrow)[1], column=column, x=x, beside=aside)
            )
    return tuple(points)


def _side(
    volume: str,
    here: float,
    users: dict[str, list[float]],
    rows: dict[str, int],
    rank: dict[str, int],
) -> tuple[int, int, int]:
    others = [x - here for x in users[volume] if x != here]
    reach = (max(others) > 0) - (min(others) < 0) if others else 0
    depth = rows[volume] if reach < 0 else -rows[volume]
    return reach, depth, rank[volume]


def _drums(
    columns: dict[str, tuple[float, float]],
    points: tuple[Point, ...],
    least: dict[str, float],
    order: tuple[str, ...],
) -> dict[str, tuple[float, float, int]]:
    leftmost = min(left for left, _ in columns.values())
    rightmost = max(right for _, right in columns.values())
    drums: dict[str, tuple[float, float, int]] = {}
    of: defaultdict[str, list[Point]] = defaultdict(list)
    under: defaultdict[str, list[float]] = defaultdict(list)
    for point in points:
        of[point.volume].append(point)
        under[point.column].append(point.x)
    outer = {column: (min(xs), max(xs)) for column, xs in under.items()}
    for volume in order:
        left, right = _span(of[volume], columns, outer, least[volume], leftmost, rightmost)
        row = 0
        while any(r == row and left < b + 12 and a < right + 12 for a, b, r in drums.values()):
            row += 1
        drums[volume] = (left, right, row)
    return drums


def _span(
    own: list[Point],
    columns: dict[str, tuple[float, float]],
    outer: dict[str, tuple[float, float]],
    least: float,
    leftmost: float,
    rightmost: float,
) -> tuple[float, float]:
    """From the outer containers' edges, or from the outer points where others mount beyond."""
    first, last = min(own, key=lambda p: p.x), max(own, key=lambda p: p.x)
    leftmost_x = min(outer[p.column][0] for p in (first, last))
    rightmost_x = max(outer[p.column][1] for p in (first, last))
    left = columns[first.column][0] if leftmost_x >= first.x else first.x - _REACH
    right = columns[last.column][1] if rightmost_x <= last.x else last.x + _REACH
    if first.beside:
        left = first.x - _REACH
    if last.beside:
        right = last.x + _REACH
    missing = least - (right - left)
    if missing > 0:
        left, right = left - missing / 2, right + missing / 2
    if right > rightmost:
        left, right = left - (right - rightmost), rightmost
    if left < leftmost:
        left, right = leftmost, right + (leftmost - left)
    return left, right


def _crosses(drums: dict[str, tuple[float, float, int]], points: tuple[Point, ...]) -> bool:
    """True when a mount's arrow would run through a drum of a row above its own."""
    for point in points:
        row = drums[point.volume][2]
        for left, right, above in drums.values():
            if above < row and left - 8 < point.x < right + 8:
                return True
    return False
