"""Boxes lie apart or within each other, and their signs stay on their borders."""

from collections.abc import Iterator
from itertools import combinations

from .picture import Box, Picture, Shape, related, stands_in

_SLACK = 0.5
_BORDER = 1.5


def check(picture: Picture) -> Iterator[str]:
    for one, other in combinations(picture.boxes, 2):
        if related(one, other) or not one.area.overlaps(other.area, _SLACK):
            continue
        if not (stands_in(one, other, picture) or stands_in(other, one, picture)):
            yield f"box {one.id} overlaps box {other.id}"
    for box in picture.boxes:
        yield from _leaves(box)
    for _, shape in picture.shapes():
        if shape.holder and shape.arrow is None:
            yield from _juts(shape, shape.holder, picture)
    for mark in picture.marks():
        if mark.holder and not mark.holder.area.holds(mark.area, _SLACK):
            by = mark.holder.area.excess(mark.area)
            yield f"symbol {mark.name} leaves its box {mark.holder.id} by {by:.1f}"


def _leaves(box: Box) -> Iterator[str]:
    """A box stays in its parent; a door stands on its parent's border or within."""
    parent = box.parent
    if parent is None:
        return
    around: Box | None = parent
    if box.is_door:
        if not parent.area.overlaps(box.area, _SLACK):
            yield f"door {box.id} does not touch its box {parent.id}"
        around = _holder(parent)
        if around is None:
            return
    by = around.area.excess(box.area)
    if by > _SLACK:
        yield f"box {box.id} leaves its parent {around.id} by {by:.1f}"


def _holder(box: Box) -> Box | None:
    """What is around the box, of a door what is around the box that it opens."""
    inner = box.parent if box.is_door else box
    return inner.parent if inner else None


def _juts(shape: Shape, holder: Box, picture: Picture) -> Iterator[str]:
    """Layers of a stack, pills and squares may leave their box, but reach no other one."""
    if not shape.filled or holder.area.holds(shape.area, _BORDER):
        return
    name = f"{'sign' if shape.is_sign else 'layer'} of box {holder.id}"
    if shape.is_sign and holder.off_border(shape.area.centre) > _BORDER:
        yield f"a {name} leaves it, but is not centred on its border"
    for box in picture.boxes:
        apart = box not in holder.line and (shape.is_sign or holder not in box.line)
        if apart and shape.area.overlaps(box.area, _SLACK):
            yield f"a {name} overlaps box {box.id}"
    if holder.parent and not holder.parent.area.holds(shape.area, _SLACK):
        by = holder.parent.area.excess(shape.area)
        yield f"a {name} leaves the box {holder.parent.id} around it by {by:.1f}"
