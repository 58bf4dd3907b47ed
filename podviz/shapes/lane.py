"""Waiting Pods beside the bar of what they ask for."""

from podviz.drawing import Item, Panel, Path, Rect, Stroke, Symbol
from podviz.figure import Box
from podviz.layout.part import RATIO
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import baseline, prose_para, run
from podviz.text import number, width
from podviz.words import word

_PAD, _GAP, _BAR = 16.0, 14.0, 24.0
_LEAST = 420.0


def draw(
    pen: Pen, box: Box, room: Room, outline: list[Item], children: list[Block], top: float
) -> Block:
    """Each Pod with its request against the largest node beside it; many in columns."""
    side = max(c.width for c in children)
    heights = [max(c.height, 84.0) + _GAP for c in children]
    one = side + _LEAST + 2 * _PAD
    across = min(range(1, len(children) + 1), key=lambda n: _cost(n, one, heights))
    wide = max(room.w or 0, across * one + _PAD)
    each = (wide - _PAD) / across
    items: list[Item] = []
    bottom = top
    for rank, (child, block) in enumerate(zip(box.children, children, strict=True)):
        column, first = rank // _deep(across, heights), rank - rank % _deep(across, heights)
        x, y = _PAD + column * each, top + sum(heights[first:rank])
        high = heights[rank] - _GAP
        items.append(block.at(x, y + (high - block.height) / 2))
        if child.meter:
            left = x + side + 40
            items += _bar(pen, child, Rect(left, y, x + each - _PAD - left, high))
        bottom = max(bottom, y + high)
    body = Rect(0, 0, wide, bottom + _PAD)
    frame = Panel(rect=body, stroke=Stroke(colour="edge", width=1.4, dash=(5, 4)), radius=14)
    return finish(box, body, [frame, *outline[1:], *items])


def _deep(across: int, heights: list[float]) -> int:
    return -(-len(heights) // across)


def _cost(across: int, wide: float, heights: list[float]) -> float:
    """The width of the page of 16:9 that so many columns need."""
    deep = _deep(across, heights)
    return max(across * wide, max(heights) * deep * RATIO)


def _bar(pen: Pen, child: Box, room: Rect) -> list[Item]:
    """What is asked for; what is more than there is room for is hatched."""
    meter = child.meter
    assert meter is not None
    asked, most = sum(meter.parts), meter.capacity
    fits = asked <= most
    words = prose_para(
        pen,
        pen.say(meter.verdict) if meter.verdict else "",
        13,
        128,
        "good.text" if fits else "bad.text",
    )
    full = room.w - words.width - 72
    scale = full / meter.largest
    top = room.y + room.h / 2 - _BAR / 2
    bar = Rect(room.x, top, max(asked, most) * scale, _BAR)
    size = pen.size(13)
    shift = width(pen.say(word("asks")) + "  ", size)
    base = baseline(bar.y - 15, size)
    left = room.x + full + 24
    return [
        run(pen.say(word("asks")), size, bar.x, base, colour="quiet"),
        run(pen.say(word("cpu-of", number=number(asked))), size, bar.x + shift, base, bold=True),
        *_filled(bar, asked, most, scale),
        *_limit(pen, child, bar, scale),
        Symbol(
            name="good" if fits else "bad",
            rect=Rect(left, top + _BAR / 2 - 14, 28, 28),
            colour="good.line" if fits else "bad.line",
        ),
        *words.draw(left + 38, top + _BAR / 2 - words.height / 2),
    ]


def _filled(bar: Rect, asked: float, most: float, scale: float) -> list[Item]:
    inside = Rect(bar.x, bar.y, min(asked, most) * scale, bar.h)
    whole = Stroke(colour="node.line", width=1.4)
    items: list[Item] = [Panel(rect=bar, fill="canvas", stroke=whole, radius=4)]
    if asked > most:
        excess = Rect(inside.right, bar.y, bar.right - inside.right, bar.h)
        items.append(Panel(rect=excess, fill="hatch.bad"))
        items.append(Panel(rect=bar, stroke=Stroke(colour="bad.line", width=1.4), radius=4))
    if inside.w > 6:
        items.append(Panel(rect=inside.grown(-1.5), fill="pod.line", radius=2.5))
    return items


def _limit(pen: Pen, child: Box, bar: Rect, scale: float) -> list[Item]:
    """A line at what there is room for, its words below, left of the line if they fit there."""
    meter = child.meter
    assert meter is not None
    x, size = bar.x + meter.capacity * scale, pen.size(12)
    line = Path(
        steps=(("M", (x, bar.y - 8)), ("V", (bar.bottom + 22,))),
        stroke=Stroke(colour="ink", width=1.6),
    )
    base = baseline(bar.bottom + 14, size)
    said = pen.say(meter.label)
    wide = width(said, size)
    before = x - 8 - wide >= bar.x
    items: list[Item] = [
        line,
        run(said, size, x - 8 - wide if before else x + 8, base, colour="quiet"),
    ]
    over = sum(meter.parts) - meter.capacity
    if over > 0:
        much = pen.say(word("too-much", number=number(over)))
        after = x + 8 if before else x + 8 + wide + 12
        items.append(run(much, size, after, base, bold=True, colour="bad.text"))
    return items
