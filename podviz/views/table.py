"""A table: one box whose children are its rows, and theirs its cells."""

from podviz.figure import Arrow, Box, Role, Shape
from podviz.scene.boxes import said
from podviz.sheet import Cell, Sheet
from podviz.text import Text


def compose(sheet: Sheet) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    """The heads are the first row."""
    table = sheet.table
    assert table is not None
    rows = (table.columns, *table.rows)
    whole = Box(
        id="table",
        about="table",
        kind="Table",
        shape=Shape.TABLE,
        role=Role.OBJECT,
        name=said(sheet.title) or Text.same(""),
        children=tuple([_row(cells, turn, table.key) for turn, cells in enumerate(rows)]),
        place=sheet.place,
    )
    return (whole,), ()


def _row(cells: tuple[Cell, ...], turn: int, key: int | None) -> Box:
    id = f"table/{turn}"
    return Box(
        id=id,
        about=id,
        kind="Row",
        shape=Shape.ROW,
        role=Role.OBJECT,
        name=said(cells[0].words) or Text.same(""),
        children=tuple(
            [_cell(cell, f"{id}/{column}", column == key) for column, cell in enumerate(cells)]
        ),
    )


def _cell(cell: Cell, id: str, is_key: bool) -> Box:
    return Box(
        id=id,
        about=id,
        kind="Cell",
        shape=Shape.CELL,
        role=Role.OBJECT,
        name=said(cell.words) or Text.same(""),
        verdict=cell.verdict,
        key=is_key,
    )
