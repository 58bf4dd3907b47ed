"""Arrows start and end on the borders of the boxes that their ids name."""

from collections.abc import Iterator

from .area import Point
from .ends import NEAR, Ends, ends_of
from .picture import SIGN, Arrow, Box, Picture

_HEAD = 8.0
"""How far a line's end lies behind its head's tip, at most."""

_AHEAD = 10.0
"""How far a nameless arrow may end before what it points at."""


def check(picture: Picture) -> Iterator[str]:
    for arrow in picture.arrows:
        if arrow.tip is None:
            yield f"{arrow.name} has no head"
            continue
        if _apart(arrow.end, arrow.tip) > _HEAD:
            yield f"{arrow.name}: its head is {_apart(arrow.end, arrow.tip):.1f} off its line"
        if arrow.id is None:
            yield from _nameless(arrow, arrow.tip, picture)
        else:
            yield from _named(arrow, arrow.tip, ends_of(arrow, picture), picture)


def _apart(one: Point, other: Point) -> float:
    return abs(complex(*one) - complex(*other))


def _named(arrow: Arrow, tip: Point, ends: Ends, picture: Picture) -> Iterator[str]:
    for what, boxes, point in (("starts", ends.tails, arrow.start), ("ends", ends.heads, tip)):
        if not boxes:
            yield f"{arrow.name}: its id names no box where it {what}"
            continue
        by = min(_off(box, point, picture) for box in boxes)
        if by > NEAR:
            yield f"{arrow.name} {what} {by:.1f} off the border of box {boxes[-1].id}"


def _off(box: Box, point: Point, picture: Picture) -> float:
    """How far from the border, or from the square, pill or frames of a stack on it."""
    outlines = (a.distance(point) for a in picture.outlines(box))
    return min([box.off_border(point), *outlines])


def _nameless(arrow: Arrow, tip: Point, picture: Picture) -> Iterator[str]:
    """It points at a box, a sign or a symbol right before it."""
    signs = [s.area for _, s in picture.shapes() if s.filled and s.area.height <= SIGN]
    near = [a for a in signs if a.height > _HEAD and a.distance(tip) <= _AHEAD]
    if not near and all(b.off_border(tip) > NEAR for b in picture.boxes):
        yield f"{arrow.name} points at nothing"
