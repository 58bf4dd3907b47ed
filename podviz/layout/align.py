"""Layered positions made neat: straight columns, fitting gaps, level arrows."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from podviz.drawing import Rect
from podviz.layout.deadline import NEVER, Deadline

Point = tuple[float, float]


_COLUMN = 40.0
"""Boxes of one column begin within so many points: capsules jut out of some."""

_ALMOST = 14.0
"""Lines that are so near to each other look like one drawn badly."""


class Tie(Struct, frozen=True):
    """An arrow between two boxes by index; `tail_y` and `head_y` are where it docks, from the
    top of each box, and `room` the width its words need."""

    tail: int
    head: int
    tail_y: float
    head_y: float
    room: float = 0.0


def columns(
    places: Sequence[Point],
    bodies: Sequence[Rect],
    sizes: Sequence[Point],
    ties: Sequence[Tie],
    gap: float,
) -> tuple[list[Point], tuple[int, ...]]:
    """Boxes of one rank with their bodies' left edges in line, ranks no farther apart than
    `gap` or the words between them ask for; and the rank of each box, from 0."""
    ranks = _ranks(places, sizes)
    result = list(places)
    left = 0.0
    rank_of = {i: k for k, rank in enumerate(ranks) for i in rank}
    words: defaultdict[int, list[float]] = defaultdict(list)
    for t in ties:
        if t.room and rank_of[t.tail] < rank_of[t.head]:
            words[rank_of[t.tail]].append(t.room)
    for k, rank in enumerate(ranks):
        bleed = max(bodies[i].x for i in rank)
        for i in rank:
            result[i] = (round(left + bleed - bodies[i].x, 2), places[i][1])
        reach = max(result[i][0] + sizes[i][0] for i in rank)
        left = reach + max([gap, *(w + 46 for w in words[k])])
    return result, tuple(rank_of[i] for i in range(len(places)))


def _ranks(places: Sequence[Point], sizes: Sequence[Point]) -> list[list[int]]:
    """Indexes by column, left to right: boxes that Graphviz centred on one line."""
    order = sorted(range(len(places)), key=lambda i: (places[i][0] + sizes[i][0] / 2, i))
    ranks: list[list[int]] = []
    last = None
    for i in order:
        middle = places[i][0] + sizes[i][0] / 2
        if last is not None and middle - last < 2:
            ranks[-1].append(i)
        else:
            ranks.append([i])
            last = middle
    return ranks


def spread(
    places: Sequence[Point], sizes: Sequence[Point], ranks: Sequence[int], each: float
) -> tuple[Point, ...]:
    """The boxes of the fullest rank moved apart by `each` points, all others in proportion."""
    fullest = max(Counter(ranks).values())
    middles = [y + h / 2 for (_, y), (_, h) in zip(places, sizes, strict=True)]
    span = max(middles) - min(middles)
    factor = 1 + each * (fullest - 1) / span if span else 1.0
    top = min(m * factor - h / 2 for m, (_, h) in zip(middles, sizes, strict=True))
    return tuple(
        (x, round(m * factor - h / 2 - top, 2))
        for (x, _), m, (_, h) in zip(places, middles, sizes, strict=True)
    )


def stairs(places: Sequence[Point], ranks: Sequence[int], step: float) -> tuple[Point, ...]:
    """Each rank `step` lower than the one before it, the uppermost box at 0."""
    lower = [(x, y + rank * step) for (x, y), rank in zip(places, ranks, strict=True)]
    top = min(y for _, y in lower)
    return tuple((x, round(y - top, 2)) for x, y in lower)


def folded(
    places: Sequence[Point], sizes: Sequence[Point], ranks: Sequence[int], rows: int, gap: float
) -> tuple[Point, ...]:
    """The ranks broken into rows as words are into lines, `gap` points between the rows."""
    result = list(places)
    top = 0.0
    for row in _lines(places, sizes, ranks, rows):
        left = min(places[i][0] for i in row)
        high = min(places[i][1] for i in row)
        for i in row:
            result[i] = (round(places[i][0] - left, 2), round(places[i][1] - high + top, 2))
        top = max(result[i][1] + sizes[i][1] for i in row) + gap
    return tuple(result)


def _lines(
    places: Sequence[Point], sizes: Sequence[Point], ranks: Sequence[int], rows: int
) -> list[list[int]]:
    """The boxes of each row: as many ranks as fit the least width at which `rows` hold them."""
    columns = [[i for i, r in enumerate(ranks) if r == rank] for rank in range(max(ranks) + 1)]
    starts = [min(places[i][0] for i in column) for column in columns]
    ends = [max(places[i][0] + sizes[i][0] for i in column) for column in columns]
    spans = sorted({end - start for start in starts for end in ends if end > start})
    least = next(limit for limit in spans if len(_breaks(starts, ends, limit)) <= rows)
    return [
        [i for column in columns[first:after] for i in column]
        for first, after in _breaks(starts, ends, least)
    ]


def _breaks(starts: list[float], ends: list[float], limit: float) -> list[tuple[int, int]]:
    """Ranks from … to of each row that is at most `limit` wide, or one rank alone."""
    rows, first = [], 0
    for rank in range(1, len(starts) + 1):
        if rank == len(starts) or ends[rank] - starts[first] > limit + 0.5:
            rows.append((first, rank))
            first = rank
    return rows


def level(
    places: Sequence[Point],
    sizes: Sequence[Point],
    ties: Sequence[Tie],
    gap: float,
    deadline: Deadline = NEVER,
) -> list[Point]:
    """Boxes moved up or down where that makes an arrow straight and touches no other box.

    Tails move to the middle of their nearest heads, from right to left; then heads of a single tail
    move to it. Raises DeadlineError.
    """
    result = list(places)
    leave: defaultdict[int, list[Tie]] = defaultdict(list)
    enter: defaultdict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        leave[tie.tail].append(tie)
        enter[tie.head].append(tie)
    for i in sorted(range(len(places)), key=lambda i: -places[i][0]):
        deadline.ask()
        out = leave[i]
        nearest = min((result[t.head][0] for t in out), default=0.0)
        levels = sorted(
            result[t.head][1] + t.head_y - t.tail_y
            for t in out
            if result[t.head][0] <= nearest + _COLUMN
        )
        if levels:
            _move(i, _middle(levels), result, sizes, gap)
    for i in sorted(range(len(places)), key=lambda i: places[i][0]):
        deadline.ask()
        if len(enter[i]) == 1 and not leave[i]:
            tie = enter[i][0]
            if len(leave[tie.tail]) == 1:
                _move(i, result[tie.tail][1] + tie.tail_y - tie.head_y, result, sizes, gap)
    _snap(result, sizes, ties, gap)
    top = min(y for _, y in result)
    return [(x, round(y - top, 2)) for x, y in result]


def _snap(places: list[Point], sizes: Sequence[Point], ties: Sequence[Tie], gap: float) -> None:
    """Boxes on which no straight arrow ends, moved onto the line of the nearest box of another
    column where that is almost theirs."""
    docks = {t.head: t.head_y for t in ties} | {t.tail: t.tail_y for t in ties}
    straight = {
        i
        for t in ties
        for i in (t.tail, t.head)
        if abs(places[t.tail][1] + t.tail_y - places[t.head][1] - t.head_y) < 0.5
    }
    for i in sorted(docks.keys() - straight):
        own = places[i][1] + docks[i]
        others = [
            places[k][1] + dock - own
            for k, dock in docks.items()
            if abs(places[k][0] - places[i][0]) > _COLUMN
        ]
        by = min(others, key=abs, default=0.0)
        if 0.5 < abs(by) < _ALMOST:
            _move(i, places[i][1] + by, places, sizes, gap)


def _middle(ys: list[float]) -> float:
    """The middle arrow's level of an odd number, else half way between the outer ones."""
    if len(ys) % 2:
        return ys[len(ys) // 2]
    return (ys[0] + ys[-1]) / 2


def _move(i: int, y: float, places: list[Point], sizes: Sequence[Point], gap: float) -> None:
    """Move one box to `y` if it stays clear of all others."""
    here = Rect(places[i][0], y, *sizes[i]).grown(gap / 2 - 0.5)
    by = gap - 1
    for k, (x, other) in enumerate(places):
        wide, high = sizes[k]
        if x - by > here.right or x + wide + by < here.x or k == i:
            continue
        if other - by > here.bottom or other + high + by < here.y:
            continue  # most are told by this; the others are measured
        if here.overlaps(Rect(x, other, wide, high).grown(gap / 2 - 0.5)):
            return
    places[i] = (places[i][0], y)
