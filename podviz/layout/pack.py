"""Boxes without arrows: set in rows, as a page is set."""

import math
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from podviz.layout.deadline import NEVER, Deadline

Size = tuple[float, float]
Point = tuple[float, float]

_NARROWEST, _WIDEST = 0.3, 3.5  # of the ideal width: where row widths are looked for
_COARSE, _FINE, _EVEN = 14, 10, 10  # widths tried: over the whole range, near the best, evening
_UNEVEN = 0.4  # weight of a short last row, shared among the rows
_SLACK = 1e-6  # points by which sums of floats may differ
_CLEARLY = 0.92  # stacks must make the page this much smaller to be worth a broken row


class Packed(Struct, frozen=True):
    """Top left corners in the given order, and the room that all take, in points."""

    positions: tuple[Point, ...]
    width: float
    height: float


def pack(
    sizes: Sequence[Size],
    *,
    gap: float,
    ratio: float,
    max_ratio: float = 3.0,
    head: float = 0.0,
    order: bool = True,
    deadline: Deadline = NEVER,
) -> Packed:
    """Set boxes in rows, top-aligned and `gap` apart, so that they fill a page of `ratio` best.

    `head` is height that a title takes above. The whole gets no longer than `max_ratio`:1
    either way unless its content forces it. Alike boxes make a grid whose rows differ by one
    at most. Where boxes differ much in height, short ones may stand in stacks beside a tall
    one. Reading order is kept, row by row, unless `order` is off. Raises DeadlineError.
    """
    if not sizes:
        return Packed(positions=(), width=0.0, height=0.0)
    page = _Page(ratio=ratio, max_ratio=max_ratio, head=head, deadline=deadline)
    if order:
        return _packed(sizes, gap, page)
    turn = sorted(range(len(sizes)), key=lambda i: (-sizes[i][1], -sizes[i][0]))
    packed = _packed([sizes[i] for i in turn], gap, page)
    where = dict(zip(turn, packed.positions, strict=True))
    return replace(packed, positions=tuple(where[i] for i in range(len(sizes))))


def _packed(sizes: Sequence[Size], gap: float, page: "_Page") -> Packed:
    if _are_alike(sizes):
        return _grid(sizes, gap, page).packed
    limit = _best(lambda limit: _rows(sizes, gap, limit), sizes, gap, page)
    rows = _rows(sizes, gap, limit)
    heights = [h for _, h in sizes]
    if max(heights) < 2 * min(heights) + gap:  # nothing can be stacked
        return rows.packed
    limit = _best(lambda limit: _stacks(sizes, gap, limit), sizes, gap, page)
    stacks = _stacks(sizes, gap, limit, even=True)
    excess, size, _ = page.cost(rows)
    return (stacks if page.cost(stacks) < (excess, size * _CLEARLY) else rows).packed


class _Filled(Struct, frozen=True):
    """A packing, how many rows it has, and how wide the last one is."""

    packed: Packed
    rows: int
    last: float


class _Page(Struct, frozen=True):
    """What a packing is measured against."""

    ratio: float
    max_ratio: float
    head: float
    deadline: Deadline

    def cost(self, filled: _Filled) -> tuple[float, float, float]:
        """How far beyond `max_ratio`, how wide a page holds it, how far from the ratio.

        The page's width counts empty room; that behind a short last row counts once more.
        """
        self.deadline.ask()
        width, height = filled.packed.width, filled.packed.height + self.head
        if width <= 0 or height <= 0:
            return 1.0, max(width, height), 0.0
        excess = max(width / height, height / width) / self.max_ratio
        empty = (1 - filled.last / width) / filled.rows
        size = max(width, height * self.ratio) * (1 + _UNEVEN * empty)
        return max(1.0, round(excess, 3)), size, abs(math.log(width / height / self.ratio))


def _are_alike(sizes: Sequence[Size]) -> bool:
    width, height = sizes[0]
    return all(abs(w - width) < 0.01 and abs(h - height) < 0.01 for w, h in sizes)


def _grid(sizes: Sequence[Size], gap: float, page: _Page) -> _Filled:
    """Rows that differ by one box at most, the longer ones first."""
    count = len(sizes)
    width = max(w for w, _ in sizes) + gap
    height = max(h for _, h in sizes) + gap

    def shape(rows: int) -> _Filled:
        size = (math.ceil(count / rows) * width - gap, rows * height - gap)
        packed = Packed(positions=(), width=size[0], height=size[1])
        return _Filled(packed=packed, rows=rows, last=count // rows * width - gap)

    # As many rows as a number of columns needs: more would be the same width, only taller.
    choice = {math.ceil(count / columns) for columns in range(1, count + 1)}
    best = min(map(shape, sorted(choice)), key=page.cost)
    short, longer = divmod(count, best.rows)
    positions = tuple(
        (column * width, row * height)
        for row in range(best.rows)
        for column in range(short + (row < longer))
    )
    return replace(best, packed=replace(best.packed, positions=positions))


def _best(
    fill: Callable[[float], _Filled], sizes: Sequence[Size], gap: float, page: _Page
) -> float:
    """The row width that suits the page best, and leaves rows even."""
    widest = max(w for w, _ in sizes)
    whole = sum(w for w, _ in sizes) + gap * (len(sizes) - 1)
    area = sum((w + gap) * (h + gap) for w, h in sizes)
    ideal = min(max(math.sqrt(area * page.ratio), widest), whole)
    low = max(widest, ideal * _NARROWEST, _SLACK)
    high = max(low, min(whole, ideal * _WIDEST))
    tried = {limit: fill(limit) for limit in _steps(low, high, _COARSE)}
    best = min(tried, key=lambda limit: page.cost(tried[limit]))
    step = (high / low) ** (1 / (_COARSE - 1))
    near = _steps(max(low, best / step), min(high, best * step), _FINE)
    tried.update({limit: fill(limit) for limit in near})
    best = min(tried, key=lambda limit: page.cost(tried[limit]))
    return _evened(fill, widest, best, page)


def _steps(low: float, high: float, count: int) -> list[float]:
    """`count` widths from low to high, each the same part wider than the last."""
    step = (high / low) ** (1 / (count - 1))
    return [min(low * step**i, high) for i in range(count - 1)] + [high]


def _evened(fill: Callable[[float], _Filled], low: float, high: float, page: _Page) -> float:
    """The narrowest row width that costs no more: rows then end where the others do."""
    best = page.cost(fill(high))
    for _ in range(_EVEN):
        middle = (low + high) / 2
        cost = page.cost(fill(middle))
        if cost <= best:
            best, high = cost, middle
        else:
            low = middle
    return high


def _rows(sizes: Sequence[Size], gap: float, limit: float) -> _Filled:
    """Box after box, a new row wherever the next would pass `limit`."""
    positions: list[Point] = []
    x = y = height = width = 0.0
    rows = 1
    for w, h in sizes:
        if x > 0 and x + w > limit + _SLACK:
            x, y, height, rows = 0.0, y + height + gap, 0.0, rows + 1
        positions.append((x, y))
        height = max(height, h)
        width = max(width, x + w)
        x += w + gap
    packed = Packed(positions=tuple(positions), width=width, height=y + height)
    return _Filled(packed=packed, rows=rows, last=x - gap)


def _stacks(sizes: Sequence[Size], gap: float, limit: float, *, even: bool = False) -> _Filled:
    """The same, but short boxes stand one below the other beside a tall one of their row."""
    positions: list[Point] = []
    width = height = last = 0.0
    rows = 0
    while len(positions) < len(sizes):
        first = len(positions)
        row = _stacked_row(sizes, first, gap, limit)
        if even:
            row = _evened_row(sizes, first, gap, row)
        y = height + gap if positions else 0.0
        positions += [(x, y + dy) for x, dy in row.positions]
        width, height, last = max(width, row.width), y + row.height, row.width
        rows += 1
    packed = Packed(positions=tuple(positions), width=width, height=height)
    return _Filled(packed=packed, rows=rows, last=last)


def _stacked_row(sizes: Sequence[Size], first: int, gap: float, limit: float) -> Packed:
    """The longest row from `first`: it grows taller while that lets in the tall box it met."""
    row = _row_of(sizes, first, gap, limit, sizes[first][1])
    while (end := first + len(row.positions)) < len(sizes) and sizes[end][1] > row.height:
        tall = _tallest(sizes, end, gap, limit - row.width)
        taller = _row_of(sizes, first, gap, limit, tall)
        if len(taller.positions) <= len(row.positions):
            break
        row = taller
    return row


def _tallest(sizes: Sequence[Size], first: int, gap: float, room: float) -> float:
    """Of the boxes from `first` that the room takes side by side, at least one.

    To grow for all of these at once keeps the work linear where heights rise box by box.
    """
    tall = sizes[first][1]
    for index in range(first, len(sizes)):
        room -= sizes[index][0] + gap
        if room < 0:
            break
        tall = max(tall, sizes[index][1])
    return tall


def _evened_row(sizes: Sequence[Size], first: int, gap: float, row: Packed) -> Packed:
    """The same row with stacks as low as its width allows, so that they end alike."""
    low, high = 0.0, row.height
    for _ in range(_EVEN):
        middle = (low + high) / 2
        tried = _row_of(sizes, first, gap, row.width, row.height, middle)
        if len(tried.positions) >= len(row.positions):
            row, high = tried, middle
        else:
            low = middle
    return row


def _row_of(
    sizes: Sequence[Size],
    first: int,
    gap: float,
    limit: float,
    tall: float,
    stack: float = math.inf,
) -> Packed:
    """Stacks up to `tall` side by side, until a box is taller or would pass `limit`."""
    row: list[Point] = []
    x = y = width = 0.0  # of the stack that grows
    for index in range(first, len(sizes)):
        w, h = sizes[index]
        below = bool(row) and y + h <= min(tall, stack) + _SLACK
        below = below and x + max(w, width) <= limit + _SLACK
        left = x if below or not row else x + width + gap
        if h > tall or (row and left + w > limit + _SLACK):
            break
        width = max(width, w) if below else w
        row.append((left, y if below else 0.0))
        x, y = left, (y if below else 0.0) + h + gap
    return Packed(positions=tuple(row), width=x + width, height=tall)
