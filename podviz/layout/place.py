"""All boxes of a figure placed, by what the figure is made of.

Each way to place boxes is loaded with the first figure that needs it.
"""

from podviz.figure import Arrow, Box, Shape
from podviz.layout.part import Engine, Part
from podviz.shapes.block import Pen


def place(
    pen: Pen,
    boxes: tuple[Box, ...],
    arrows: tuple[Arrow, ...],
    *,
    head: float,
    least: float,
    engine: Engine,
    only: int | None = None,
) -> Part:
    """All boxes of a figure placed, panels, cards and tables too; the rest is `arrange`'s.

    Of a story `only` names the one frame to place, from 1.
    """
    shape = boxes[0].shape if boxes else None
    if shape is Shape.PANEL:
        from podviz.layout.plates import panels

        return panels(pen, boxes, head, least, engine)
    if shape is Shape.MOMENT:
        from podviz.layout.story import placed

        return placed(pen, boxes, head, only)
    if shape is Shape.TILE:
        from podviz.layout.plates import tiles

        return tiles(pen, boxes, head)
    if shape is Shape.TABLE:
        from podviz.layout.plates import table

        return table(pen, boxes[0], head, least)
    from podviz.layout.arrange import arrange

    return arrange(pen, boxes, arrows, head=head, least=least, engine=engine)
