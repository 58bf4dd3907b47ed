"""Boxes measured and drawn, one file per family of shapes."""

from collections.abc import Callable

from podviz.figure import Box, Shape
from podviz.shapes import anatomy, card, container, node, pod, volume
from podviz.shapes.block import Block, Pen, Room

_FLAT: dict[Shape, Callable[[Pen, Box, Room], Block]] = {
    shape: module.draw
    for module in (anatomy, card, container, pod, volume)
    for shape in module.SHAPES
}


def draw(pen: Pen, box: Box, room: Room = Room()) -> Block:  # noqa: B008 - Room is frozen
    """The box at its natural size, or filling `room`; never smaller than its words need."""
    if box.shape in node.SHAPES:
        return node.draw(pen, box, room, draw)
    if box.shape is Shape.CHIP:
        return container.chip(pen, box, room.w or 240)
    return _FLAT[box.shape](pen, box, room)
