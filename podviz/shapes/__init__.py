"""Boxes measured and drawn, one file per family of shapes."""

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module

from podviz.figure import Box, Shape
from podviz.shapes.block import Block, Pen, Room

Draw = Callable[[Pen, Box, Room], Block]
"""What a file in this folder brings as `draw`."""

_FAMILIES = {
    "anatomy": (Shape.ANATOMY,),
    "card": (Shape.CARD, Shape.WORKLOAD, Shape.ADDRESS),
    "container": (Shape.CONTAINER, Shape.CHIP),
    "moment": (Shape.MOMENT,),
    "node": (Shape.NODE, Shape.LANE, Shape.FRAME, Shape.SLOT),
    "panel": (Shape.PANEL,),
    "pod": (Shape.POD,),
    "space": (Shape.SPACE, Shape.TRAY),
    "table": (Shape.TABLE, Shape.ROW, Shape.CELL),
    "tile": (Shape.TILE,),
    "volume": (Shape.VOLUME,),
}
"""Which file draws which shapes; it is loaded when the first of them is drawn."""

_NATURAL = Room()


def draw(pen: Pen, box: Box, room: Room = _NATURAL) -> Block:
    """The box at its natural size, or filling `room`; never smaller than its words need.

    A pen draws the same box for the same room once: layouts try several.
    """
    key = (id(box), room)
    known = pen.drawn.get(key)
    if known is None:
        pen.deadline.ask()
        known = pen.drawn[key] = (box, _drawer(box.shape)(pen, box, room))
    return known[1]


@cache
def _drawer(shape: Shape) -> Draw:
    (family,) = [name for name, shapes in _FAMILIES.items() if shape in shapes]
    drawer: Callable[..., Block] = import_module(f"podviz.shapes.{family}").draw
    return partial(drawer, inner=draw) if family == "node" else drawer
