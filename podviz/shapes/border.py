"""Doors on the left border of a Pod among others, and the stems to what is behind them."""

from podviz.drawing import Item, Path, Rect
from podviz.figure import Box, Shape
from podviz.shapes.block import Pen
from podviz.shapes.ink import capsule_width, door_stroke, draw_capsule
from podviz.shapes.lines import elbow
from podviz.shapes.pin import PIN

_BEHIND = 14.0
_FORK = 7.0  # how far before the rows the stems of a shared door part


def gutter(box: Box) -> float:
    """Between the capsules and what is behind them: stems run there."""
    return _BEHIND + (6.0 if any(len(door.leads) > 1 for door in box.doors) else 0.0)


def row_shift(box: Box) -> float:
    """How much farther right all rows begin where one of them bears its turn."""
    return 10.0 if any(child.order for child in box.children) else 0.0


def door_step(pen: Pen, box: Box) -> float:
    """From one capsule to the next below it."""
    pins = PIN if any(door.pins for door in box.doors) else 0.0
    return 26.0 + 2 * (pen.size(11) - 11) + pins


def draw_doors(
    pen: Pen, box: Box, body: Rect, middles: dict[str, float], indent: float, top: float
) -> list[Item]:
    """Capsules on the left border at the height of what they lead to, spread where they meet."""
    wished = []
    for door in box.doors:
        heights = [middles[lead] for lead in door.leads if lead in middles]
        wished.append(sum(heights) / len(heights) if heights else body.h / 2)
    items: list[Item] = []
    step = door_step(pen, box)
    under = 8.0 if any(door.pins for door in box.doors) else 0.0  # pins stand below the words
    ys = spread(wished, step, top + step / 2 - 4 + under, body.h - 14.0)
    for door, y in zip(box.doors, ys, strict=True):
        wide = capsule_width(pen, door)
        stroke = door_stroke(door, 1.8)
        for lead in door.leads:
            end = _stem_end(box, lead, indent) if lead in middles else None
            if end is None:
                continue
            corners = [(wide / 2, y), (end, y)]
            if abs(middles[lead] - y) >= 12:
                if len(door.leads) < 2:
                    continue
                fork = indent - _FORK
                corners[1:] = [(fork, y), (fork, middles[lead]), (end, middles[lead])]
            items.append(Path(steps=elbow(corners, radius=6), stroke=stroke))
        items.append(draw_capsule(pen, door, -wide / 2, y))
    return items


def _stem_end(box: Box, lead: str, indent: float) -> float | None:
    """Where a stem ends: rows begin behind the capsule, a turn stands before its row; of chips
    only the first in its line is reached."""
    child = next(c for c in box.children if c.id == lead)
    if child.shape is not Shape.CONTAINER:
        return indent if child is box.children[0] else None
    return indent + row_shift(box) - (10.0 if child.order is not None else 0.0)


def centred(count: int, middle: float, step: float) -> list[float]:
    """Heights `step` apart around the middle."""
    return [middle + (i - (count - 1) / 2) * step for i in range(count)]


def spread(wished: list[float], step: float, low: float, high: float) -> list[float]:
    """The wished heights, moved apart to at least `step`, kept within low … high if they fit."""
    order = sorted(range(len(wished)), key=lambda i: wished[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(wished[i], placed[-1] + step) if placed else max(wished[i], low))
    over = placed[-1] - high if placed else 0.0
    if over > 0:
        for k in range(len(placed) - 1, -1, -1):
            limit = high - (len(placed) - 1 - k) * step
            placed[k] = max(min(placed[k], limit), low + k * step)
    result = [0.0] * len(wished)
    for i, y in zip(order, placed, strict=True):
        result[i] = y
    return result
