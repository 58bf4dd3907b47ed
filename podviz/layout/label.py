"""Where the words of an arrow stand: on its line, clear of all others."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from podviz.drawing import Rect
from podviz.layout.cells import Cells
from podviz.layout.deadline import NEVER, Deadline
from podviz.layout.wire import PAD, Label, Spot

_NEAR, _FAR = 7.0, 16.0  # words beside an upright line: as a rule, and where a frame is near
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)
_ANYWHERE = (0.42, 0.58, 0.28, 0.72, 0.12, 0.88, 0.06, 0.94)


def place(
    lines: Sequence[Sequence[Spot]],
    sizes: Sequence[Spot | None],
    walls: Sequence[Rect],
    deadline: Deadline = NEVER,
    *,
    narrower: Sequence[Sequence[Spot]] = (),
) -> tuple[Label | None, ...]:
    """A place for each line's words (`sizes` are width and height), None where it has none.

    The first place that touches no wall, no other line and no other words, beside a stretch
    that the line shares with no other if it can be; failing that, the
    same for each size in `narrower` that the line's words may take instead; then the first
    place that touches no wall; then the middle of the longest piece. Raises DeadlineError.
    """
    if not any(sizes):
        return (None,) * len(sizes)
    solid: Cells[Rect] = Cells()
    for wall in walls:
        solid.add(wall, wall.x, wall.y, wall.right, wall.bottom)
    pieces = _pieces(lines)
    labels: list[Label | None] = []
    for i, (line, size) in enumerate(zip(lines, sizes, strict=True)):
        deadline.ask()
        if size is None:
            labels.append(None)
            continue
        chosen = _chosen(i, line, [size, *(narrower[i] if narrower else ())], solid, pieces)
        taken = _rect(chosen)
        solid.add(taken, taken.x, taken.y, taken.right, taken.bottom)
        labels.append(chosen)
    return tuple(labels)


_Piece = tuple[int, tuple[float, float, float, float]]
"""A stretch of a line by index: its left, top, right and bottom."""


def _pieces(lines: Sequence[Sequence[Spot]]) -> Cells[_Piece]:
    """Every stretch where it lies."""
    pieces: Cells[_Piece] = Cells()
    for i, line in enumerate(lines):
        for (xa, ya), (xb, yb) in pairwise(line):
            span = min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
            pieces.add((i, span), *span)
    return pieces


def _chosen(
    i: int,
    line: Sequence[Spot],
    sizes: Sequence[Spot],
    solid: Cells[Rect],
    pieces: Cells[_Piece],
) -> Label:
    """The first place where the line is alone, or that is clear, or free of walls and words;
    else the first at all."""
    first = free = clear = None
    near = (spot for size in sizes for spot in _spots(line, size))
    elsewhere = (spot for size in sizes for spot in _elsewhere(line, size))
    for spot in chain(near, elsewhere):
        first = first or spot
        rect = _rect(spot)
        left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
        if solid.is_met(left, top, right, bottom):
            continue
        free = free or spot
        if _touched(i, rect.grown(2), pieces):
            continue
        if spot.stretch is None and _touched(i, rect, pieces, own=True):
            continue
        clear = clear or spot
        if spot.stretch is not None or not _touched(i, rect.grown(_NEAR + 2), pieces):
            return spot
    chosen = clear or free or first
    assert chosen is not None  # the last resort of every line
    return chosen


def _touched(i: int, rect: Rect, pieces: Cells[_Piece], *, own: bool = False) -> bool:
    """True when another line runs through the rectangle, be it on top of this one; or the line
    itself, where `own` is asked for."""
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    return any(
        (k == i) is own and low_x < right and high_x > left and low_y < bottom and high_y > top
        for k, (low_x, low_y, high_x, high_y) in pieces.near(left, top, right, bottom)
    )


def _elsewhere(line: Sequence[Spot], size: Spot) -> Iterator[Label]:
    """Where one looks last: at every other part of the line, and farther off it."""
    yield from _beside(line, size, _FAR, _ALONG)
    yield from _level(line, size, _ANYWHERE)
    for off in (_NEAR, _FAR):
        yield from _beside(line, size, off, _ANYWHERE)
    yield from _over(line, size, (*_ALONG, *_ANYWHERE))


def _level(line: Sequence[Spot], size: Spot, along: Sequence[float]) -> Iterator[Label]:
    """On the level pieces from the head backwards, so far along each."""
    for i, ((xa, ya), (xb, yb)) in reversed(list(enumerate(pairwise(line)))):
        long = abs(xb - xa)
        if abs(ya - yb) < 0.01 and long >= size[0] + 2 * PAD + 14:
            room = (size[0] / 2 + PAD + 7) / long
            for part in along:
                if room <= part <= 1 - room:
                    yield Label(xa + (xb - xa) * part, ya, *size, stretch=i)


def _beside(
    line: Sequence[Spot], size: Spot, off: float, along: Sequence[float]
) -> Iterator[Label]:
    """Left and right of the upright pieces, the longest first, `off` points from the line."""
    upright = [
        (abs(yb - ya), xa, ya, yb) for (xa, ya), (xb, yb) in pairwise(line) if abs(xa - xb) < 0.01
    ]
    for _, x, ya, yb in sorted(upright, reverse=True):
        for part in along:
            for side in (1, -1):
                yield Label(x + side * (size[0] / 2 + off), ya + (yb - ya) * part, *size)


def _over(line: Sequence[Spot], size: Spot, along: Sequence[float]) -> Iterator[Label]:
    """Above and below the level pieces, from the head backwards."""
    for (xa, ya), (xb, yb) in reversed(list(pairwise(line))):
        if abs(ya - yb) < 0.01:
            for part in along:
                for side in (-1, 1):
                    yield Label(xa + (xb - xa) * part, ya + side * (size[1] / 2 + 6), *size)


def _spots(line: Sequence[Spot], size: Spot) -> Iterator[Label]:
    """On level pieces from the head backwards, beside upright ones, above and below level ones."""
    pieces = list(enumerate(pairwise(line)))
    yield from _level(line, size, _ALONG)
    yield from _beside(line, size, _NEAR, _ALONG)
    yield from _over(line, size, _ALONG[:1])
    (xa, ya), (xb, yb) = max((p for _, p in pieces), key=lambda p: abs(p[0][0] - p[1][0]))
    yield Label((xa + xb) / 2, (ya + yb) / 2 - size[1], *size)


def _rect(label: Label) -> Rect:
    wide, high = label.width, label.height
    return Rect(label.x - wide / 2 - 2, label.y - high / 2, wide + 4, high)
