"""Where the words of an arrow stand: on its line, clear of all others."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from podviz.drawing import Rect

Spot = tuple[float, float]

PAD = 5.0
"""Clear room left and right of the words on a line, in points."""

_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)


class Label(NamedTuple):
    """The middle of the words; `stretch` is the index of the level piece of the line that they
    interrupt, None where they stand beside an upright one."""

    x: float
    y: float
    width: float
    stretch: int | None


def place(
    lines: Sequence[Sequence[Spot]], sizes: Sequence[Spot | None], walls: Sequence[Rect]
) -> tuple[Label | None, ...]:
    """A place for each line's words (`sizes` are width and height), None where it has none.

    The first place that touches no wall, no other line and no other words; failing that, the
    first that touches no wall; failing that, the middle of the longest piece.
    """
    taken: list[Rect] = []
    labels: list[Label | None] = []
    for i, (line, size) in enumerate(zip(lines, sizes, strict=True)):
        if size is None:
            labels.append(None)
            continue
        spots = list(_spots(line, size))
        others = [piece for k, other in enumerate(lines) if k != i for piece in pairwise(other)]
        free = [s for s in spots if not any(_rect(s, size).overlaps(w) for w in (*walls, *taken))]
        clear = [s for s in free if not any(_touches(_rect(s, size), a, b) for a, b in others)]
        chosen = next(iter(clear or free or spots))
        taken.append(_rect(chosen, size))
        labels.append(chosen)
    return tuple(labels)


def _spots(line: Sequence[Spot], size: Spot) -> Iterator[Label]:
    """On level pieces from the head backwards, beside upright ones, above and below level ones."""
    pieces = list(enumerate(pairwise(line)))
    for i, ((xa, ya), (xb, yb)) in reversed(pieces):
        long = abs(xb - xa)
        if abs(ya - yb) < 0.01 and long >= size[0] + 2 * PAD + 14:
            room = (size[0] / 2 + PAD + 7) / long
            for part in _ALONG:
                if room <= part <= 1 - room:
                    yield Label(width=size[0], x=xa + (xb - xa) * part, y=ya, stretch=i)
    upright = [
        (abs(yb - ya), xa, ya, yb) for _, ((xa, ya), (xb, yb)) in pieces if abs(xa - xb) < 0.01
    ]
    for _, x, ya, yb in sorted(upright, reverse=True):
        for part in _ALONG:
            for side in (1, -1):
                yield Label(
                    width=size[0],
                    x=x + side * (size[0] / 2 + 7),
                    y=ya + (yb - ya) * part,
                    stretch=None,
                )
    for _, ((xa, ya), (xb, yb)) in reversed(pieces):
        if abs(ya - yb) < 0.01:
            for side in (-1, 1):
                yield Label(
                    width=size[0], x=(xa + xb) / 2, y=ya + side * (size[1] / 2 + 6), stretch=None
                )
    (xa, ya), (xb, yb) = max((p for _, p in pieces), key=lambda p: abs(p[0][0] - p[1][0]))
    yield Label(width=size[0], x=(xa + xb) / 2, y=(ya + yb) / 2 - size[1], stretch=None)


def _rect(label: Label, size: Spot) -> Rect:
    return Rect(label.x - size[0] / 2 - 2, label.y - size[1] / 2, size[0] + 4, size[1])


def _touches(rect: Rect, a: Spot, b: Spot) -> bool:
    low_x, high_x = sorted((a[0], b[0]))
    low_y, high_y = sorted((a[1], b[1]))
    return (
        low_x < rect.right + 2
        and high_x > rect.x - 2
        and low_y < rect.bottom + 2
        and high_y > rect.y - 2
    )
