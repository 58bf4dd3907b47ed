"""A table: real typography, a mark before what is right or wrong."""

from functools import partial
from typing import TypeAlias

from podviz.assets import ICONS
from podviz.drawing import Group, Item, Panel, Path, Rect, Step, Stroke, Symbol
from podviz.figure import Box
from podviz.layout.part import RATIO
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import Para
from podviz.text import wrap

Rows: TypeAlias = list[tuple[Box, ...]]

_RADIUS, _PAD, _MARK, _ICON = 14.0, 24.0, 26.0, 34.0
_MOST, _LEAST_COLUMN = (300.0, 180.0, 240.0, 400.0, 540.0, 720.0), 90.0
_ABOVE = 90.0  # what a title takes
_HEADS = {"container": "container", "컨테이너": "container", "사이드카": "sidecar"}
"""Heads that are no kinds of Kubernetes but have a mark."""


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """Columns as wide as their words want, all growing alike to fill `room`."""
    rows = [row.children for row in box.children]
    roomy = _is_roomy(rows)
    wants = min((_wants(pen, rows, roomy, most) for most in _MOST), key=partial(_page, pen, rows))
    spare = max((room.w or 0.0) - sum(wants), 0.0)
    widths = [wide + spare / len(wants) for wide in wants]
    heights = _heights(pen, rows, widths)
    if room.h and room.h > sum(heights):
        each = (room.h - sum(heights)) / len(heights)
        heights = [high + each for high in heights]
    body = Rect(0, 0, sum(widths), sum(heights))
    items: list[Item] = [Panel(rect=body, fill="canvas", radius=_RADIUS)]
    key = next((i for i, cell in enumerate(rows[0]) if cell.key), None)
    if key is not None:
        items.append(_key_column(body, widths, key, frame=False))
    items += _rules(body, widths, heights)
    items.append(Panel(rect=body, stroke=Stroke(colour="line", width=1.4), radius=_RADIUS))
    if key is not None:
        items.append(_key_column(body, widths, key, frame=True))
    y = 0.0
    for turn, (row, high) in enumerate(zip(box.children, heights, strict=True)):
        items.append(_row(pen, row, widths, y, high, turn, roomy))
        y += high
    return finish(box, body, items)


def _size(pen: Pen, turn: int, column: int, roomy: bool) -> tuple[float, bool]:
    """Heads are larger, the first column and heads bold."""
    base = 18.0 if roomy else 14.0
    if turn == 0:
        return pen.size(base + 2 if column else base - 3), column > 0
    return pen.size(base), column == 0


def _sign(pen: Pen, cell: Box, turn: int, column: int) -> tuple[str | None, float]:
    """The mark or icon before the words of a cell, and its size."""
    if cell.verdict:
        return cell.verdict, _MARK
    name = cell.name.en
    if turn == 0 and column:
        if name in ICONS:
            return name, _ICON
        mark = _HEADS.get(name.lower()) or _HEADS.get(cell.name.ko)
        return (mark, _MARK) if mark else (None, 0.0)
    return None, 0.0


def _wants(pen: Pen, rows: Rows, roomy: bool, most: float) -> list[float]:
    """How wide the columns are where none has words wider than `most`."""
    wide = []
    for column in range(len(rows[0])):
        cells = enumerate(row[column] for row in rows)
        wide.append(
            max([_LEAST_COLUMN, *(_wish(pen, c, t, column, roomy, most) for t, c in cells)])
        )
    return wide


def _wish(pen: Pen, cell: Box, turn: int, column: int, roomy: bool, most: float) -> float:
    sign = _sign(pen, cell, turn, column)[1]
    beside = 2 * _PAD + (sign + 10 if sign else 0)
    return beside + min(_para(pen, cell, beside + most, turn, column, roomy).width + 1, most)


def _page(pen: Pen, rows: Rows, widths: list[float]) -> float:
    """The width of the page of 16:9 that the table needs."""
    return max(sum(widths), (sum(_heights(pen, rows, widths)) + _ABOVE) * RATIO)


def _para(pen: Pen, cell: Box, wide: float, turn: int, column: int, roomy: bool) -> Para:
    size, bold = _size(pen, turn, column, roomy)
    sign = _sign(pen, cell, turn, column)[1]
    bold = bold or bool(cell.verdict) or (cell.key and turn > 0)
    room = wide - 2 * _PAD - (sign + 10 if sign else 0)
    colour = f"{cell.verdict}.text" if cell.verdict else "quiet" if turn == column == 0 else "ink"
    lines = wrap(pen.say(cell.name), size, room + 1, bold=bold)
    return Para(lines=tuple(lines), size=size, bold=bold, colour=colour)


def _heights(pen: Pen, rows: Rows, widths: list[float]) -> list[float]:
    roomy = _is_roomy(rows)
    least = 66.0 if roomy else 44.0
    heights = []
    for turn, row in enumerate(rows):
        cells = enumerate(zip(row, widths, strict=True))
        words = [_para(pen, cell, w, turn, column, roomy).height for column, (cell, w) in cells]
        heights.append(max(least, max(words) + 20))
    return heights


def _is_roomy(rows: Rows) -> bool:
    return len(rows) <= 8


def _row(
    pen: Pen, row: Box, widths: list[float], y: float, high: float, turn: int, roomy: bool
) -> Group:
    cells: list[Item] = []
    x = 0.0
    for column, (cell, wide) in enumerate(zip(row.children, widths, strict=True)):
        items: list[Item] = []
        left = x + _PAD
        name, side = _sign(pen, cell, turn, column)
        if name:
            mark = Rect(left, y + (high - side) / 2, side, side)
            colour = f"{name}.line" if cell.verdict else None if name in ICONS else "pod.line"
            items.append(Symbol(name=name, rect=mark, colour=colour))
            left = mark.right + 10
        para = _para(pen, cell, wide, turn, column, roomy)
        items += para.draw(left, y + (high - para.height) / 2)
        classes = ("cell", *([cell.verdict] if cell.verdict else []))
        frame = Rect(x, y, wide, high)
        cells.append(Group(items=tuple(items), id=cell.id, classes=classes, box=frame))
        x += wide
    return Group(items=tuple(cells), id=row.id, classes=("row",), box=Rect(0, y, sum(widths), high))


def _rules(body: Rect, widths: list[float], heights: list[float]) -> list[Item]:
    items: list[Item] = []
    x = body.x
    for wide in widths[:-1]:
        x += wide
        down: tuple[Step, ...] = (("M", (x, body.y)), ("V", (body.bottom,)))
        items.append(Path(steps=down, stroke=Stroke(colour="line", width=1)))
    y = body.y
    for turn, high in enumerate(heights[:-1]):
        y += high
        across: tuple[Step, ...] = (("M", (body.x, y)), ("H", (body.right,)))
        stroke = Stroke(colour="edge", width=2) if turn == 0 else Stroke(colour="line", width=1)
        items.append(Path(steps=across, stroke=stroke))
    return items


def _key_column(body: Rect, widths: list[float], key: int, *, frame: bool) -> Path:
    """The ground or the frame of the column that matters, round where the table is."""
    left = body.x + sum(widths[:key])
    right = left + widths[key]
    r = _RADIUS
    a, b = (r if key == 0 else 0.0), (r if key == len(widths) - 1 else 0.0)
    steps: tuple[Step, ...] = (
        ("M", (left + a, body.y)),
        ("L", (right - b, body.y)),
        ("A", (b, b, 0, 0, 1, right, body.y + b)),
        ("L", (right, body.bottom - b)),
        ("A", (b, b, 0, 0, 1, right - b, body.bottom)),
        ("L", (left + a, body.bottom)),
        ("A", (a, a, 0, 0, 1, left, body.bottom - a)),
        ("L", (left, body.y + a)),
        ("A", (a, a, 0, 0, 1, left + a, body.y)),
        ("Z", ()),
    )
    steps = tuple(step for step in steps if step[0] != "A" or step[1][0])
    if frame:
        return Path(steps=steps, stroke=Stroke(colour="pod.line", width=2.2))
    return Path(steps=steps, fill="pod.fill")
