"""A card: a picture of a few signs, a title, a sentence or two."""

from podviz.drawing import Item, Panel, Path, Rect, Step, Stroke, Symbol
from podviz.figure import Box
from podviz.shapes import sketch
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import LINE, Para, baseline, run, turn_square
from podviz.text import wrap
from podviz.words import word

WIDTH = 293.0
"""The natural width of a card, in points."""

_RADIUS, _PAD, _BAND, _HEAD = 14.0, 18.0, 92.0, 44.0
_SQUARE, _MARK = 26.0, 20.0


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """As high as its words need at a width, or filling `room`."""
    wide = room.w or WIDTH
    band = _band_height(box)
    title, text = _words(pen, box, wide)
    words = title.height + (8 + text.height if text.lines else 0.0)
    high = max(band + words + 2 * _PAD, room.h or 0)
    body = Rect(0, 0, wide, high)
    role = box.verdict or "info"
    line = f"{role}.line" if box.verdict else "line"
    cut = 12.0 if box.verdict == "bad" else 0.0
    radius = 0.0 if cut else _RADIUS
    items: list[Item] = []
    if band:
        fill = f"{role}.fill" if box.verdict else "surface"
        items.append(Panel(rect=body, fill=fill, radius=radius, cut=cut))
        items.append(_lower(body, band, cut))
        rule: tuple[Step, ...] = (("M", (0, band)), ("H", (wide,)))
        items.append(Path(steps=rule, stroke=Stroke(colour=line, width=1)))
        items += _banded(pen, box, wide, band)
    else:
        items.append(Panel(rect=body, fill="canvas", radius=radius, cut=cut))
    stroke = Stroke(colour=line, width=2.2 if box.verdict else 1.4)
    items.append(Panel(rect=body, stroke=stroke, radius=radius, cut=cut))
    left, top = _PAD, band + _PAD
    if box.order and not band:
        middle = top + title.size * LINE / 2
        items += turn_square(pen, box.order, left + _SQUARE / 2, middle, "quiet", _SQUARE)
        left += _SQUARE + 12
    items += title.draw(left, top)
    items += text.draw(left, top + title.height + 8)
    return finish(box, body, items)


def _band_height(box: Box) -> float:
    return (_BAND if box.picture else 0.0) + (_HEAD if box.verdict else 0.0)


def _words(pen: Pen, box: Box, wide: float) -> tuple[Para, Para]:
    left = _PAD + (_SQUARE + 12 if box.order and not _band_height(box) else 0.0)
    room = wide - left - _PAD
    large, small = pen.size(18), pen.size(15)
    title = Para(
        lines=tuple(wrap(pen.say(box.name), large, room, bold=True)), size=large, bold=True
    )
    said = pen.say(box.caption) if box.caption else ""
    return title, Para(lines=tuple(wrap(said, small, room)), size=small, colour="quiet")


def _banded(pen: Pen, box: Box, wide: float, band: float) -> list[Item]:
    """What stands above the line: number or verdict on the left, the picture in the middle."""
    items: list[Item] = []
    if box.verdict:
        middle = _HEAD / 2
        size = pen.size(14)
        mark = Rect(_PAD, middle - _MARK / 2, _MARK, _MARK)
        items.append(Symbol(name=box.verdict, rect=mark, colour=f"{box.verdict}.line"))
        said = pen.say(word(f"card-{box.verdict}"))
        y, text = baseline(middle, size), f"{box.verdict}.text"
        items.append(run(said, size, mark.right + 8, y, bold=True, colour=text))
    elif box.order:
        items += turn_square(pen, box.order, _PAD + _SQUARE / 2, 14 + _SQUARE / 2, "quiet", _SQUARE)
    if box.picture:
        above = _HEAD - 8 if box.verdict else 0.0
        beside = 0.0 if box.verdict else 2 * (_PAD + _SQUARE + 8)
        room = wide - max(beside, 2 * _PAD)
        items += sketch.draw(pen, box.picture, wide / 2, above + (band - above) / 2, room)
    return items


def _lower(body: Rect, band: float, cut: float) -> Path:
    """The ground of the words, which follows the lower corners of the card."""
    right, bottom = body.right, body.bottom
    if cut:
        corners: tuple[Step, ...] = (
            ("L", (right, bottom - cut)),
            ("L", (right - cut, bottom)),
            ("L", (cut, bottom)),
            ("L", (0, bottom - cut)),
        )
    else:
        r = _RADIUS
        corners = (
            ("L", (right, bottom - r)),
            ("A", (r, r, 0, 0, 1, right - r, bottom)),
            ("L", (r, bottom)),
            ("A", (r, r, 0, 0, 1, 0, bottom - r)),
        )
    steps: tuple[Step, ...] = (("M", (0, band)), ("L", (right, band)), *corners, ("Z", ()))
    return Path(steps=steps, fill="canvas")
