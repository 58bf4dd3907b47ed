"""A namespace around all that is in it, and a tray of small marks."""

from podviz.assets import icon_of
from podviz.drawing import Item, Panel, Rect, Stroke, Symbol
from podviz.figure import Box, Mark, Shape
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import LINE, Para, baseline, run, titled, titled_width
from podviz.text import width, wrap
from podviz.words import word

PAD, HEAD = 18.0, 48.0
"""Clear room around what is in a namespace, and the height of its heading, in points."""

_ICON = 28.0
_ROW, _TOP, _WIDEST, _LINES = 22.0, 30.0, 420.0, 3


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """A namespace holds what `pen.insides` has for it; a tray has a line for each mark."""
    return _tray(pen, box, room) if box.shape is Shape.TRAY else _space(pen, box, room)


def _space(pen: Pen, box: Box, room: Room) -> Block:
    inside = pen.insides[box.id]
    name = pen.say(box.name)
    heading = PAD + _ICON + 8 + titled_width(pen, word("space"), name, 15) + PAD
    wide = max(inside.width + 2 * PAD, min(heading, 420.0), room.w or 0)
    body = Rect(0, 0, wide, max(HEAD + inside.height + PAD, room.h or 0))
    line = Stroke(colour="line", width=1.4)
    items: list[Item] = [
        Panel(rect=body, fill="surface", stroke=line, radius=14),
        Symbol(name="Namespace", rect=Rect(PAD - 2, 10, _ICON, _ICON)),
        *titled(
            pen,
            word("space"),
            name,
            15,
            PAD + _ICON + 6,
            baseline(24, pen.size(15)),
            wide - _ICON - 2 * PAD - 6,
        ),
        *(group.at(group.dx + PAD, group.dy + HEAD) for group in inside.groups),
    ]
    return finish(box, body, items)


def _tray(pen: Pen, box: Box, room: Room) -> Block:
    size, title = pen.size(11), pen.size(12)
    name = pen.say(box.name)
    kinds = [_counted(mark) for mark in box.marks]
    first = max((width(kind, size, bold=True) for kind in kinds), default=0.0)
    said = [", ".join(mark.names) for mark in box.marks]
    longest = max((width(words, size) for words in said), default=0.0)
    most = max(_WIDEST, room.w or 0) - first - 62
    natural = max(62 + first + min(longest, most), width(name, title, bold=True) + 28)
    wide = max(room.w or 0, natural)
    lines = [wrap(words, size, wide - first - 62, lines=_LINES) for words in said]
    heights = [_ROW + (len(each) - 1) * size * LINE for each in lines]
    body = Rect(0, 0, wide, max(_TOP + sum(heights) + 8, room.h or 0))
    items: list[Item] = [
        Panel(rect=body, fill="surface", stroke=Stroke(colour="line", width=1.2), radius=10),
        run(name, title, 14, baseline(18, title), bold=True, colour="quiet"),
    ]
    top = _TOP
    for mark, kind, names, high in zip(box.marks, kinds, lines, heights, strict=True):
        middle = top + _ROW / 2
        icon = Rect(14, middle - 8, 16, 16)
        items.append(Symbol(name=icon_of(mark.kind), rect=icon))
        items.append(run(kind, size, 36, baseline(middle, size), bold=True))
        para = Para(lines=tuple(names), size=size, colour="quiet")
        items += para.draw(46 + first, middle - size * LINE / 2)
        top += high
    return finish(box, body, items)


def _counted(mark: Mark) -> str:
    return mark.kind if len(mark.members) == 1 else f"{mark.kind} ×{len(mark.members)}"
