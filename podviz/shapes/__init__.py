"""Boxes measured and drawn, one file per family of shapes."""

from collections.abc import Callable

from podviz.figure import Box, Shape
from podviz.shapes import (
    anatomy,
    card,
    container,
    moment,
    node,
    panel,
    pod,
    space,
    table,
    tile,
    volume,
)
from podviz.shapes.block import Block, Pen, Room

_NATURAL = Room()
_FLAT: dict[Shape, Callable[[Pen, Box, Room], Block]] = {
    shape: module.draw
    for module in (anatomy, card, container, moment, panel, pod, space, table, tile, volume)
    for shape in module.SHAPES
}


def draw(pen: Pen, box: Box, room: Room = _NATURAL) -> Block:
    """The box at its natural size, or filling `room`; never smaller than its words need.

    A pen draws the same box for the same room once: layouts try several.
    """
    key = (id(box), room.w, room.h)
    known = pen.drawn.get(key)
    if known is None:
        pen.deadline.ask()
        known = pen.drawn[key] = (box, _draw(pen, box, room))
    return known[1]


def _draw(pen: Pen, box: Box, room: Room) -> Block:
    if box.shape in node.SHAPES:
        return node.draw(pen, box, room, draw)
    if box.shape is Shape.CHIP:
        return container.chip(pen, box, room.w or 240)
    return _FLAT[box.shape](pen, box, room)
