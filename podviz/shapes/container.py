"""A container: as a tall column, as a row, as a chip."""

from podviz.drawing import Item, Rect, Symbol
from podviz.figure import Box, Role, Shape
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import (
    CAPSULE,
    COLOUR,
    LINE,
    MARK,
    Para,
    baseline,
    capsule_width,
    code_para,
    column,
    draw_capsule,
    draw_tag,
    frame,
    name_para,
    prose_para,
    run,
    spine,
    stressed,
    tag_height,
    tag_width,
    turn_square,
)
from podviz.shapes.pin import NEXT, SMALL
from podviz.text import cut_middle, width

PAD = 16.0
_UNDER_PINS = 6.0  # how much lower a row's tag stands under pins
_PINNED = 12.0  # how much wider a chip is whose corner bears a pin
_NEXT_PIN = SMALL + NEXT  # and for each further one
_LEAST_NAME, _SLACK = 70.0, 0.01
NARROWEST, WIDEST = 168.0, 300.0
_ALONE = 200.0  # the least width of a container outside any Pod


def _signs(pen: Pen, box: Box, rect: Rect, radius: float, wide: float) -> list[Item]:
    """Frame, spine and turn: what tells the role without colour."""
    outline = frame(box, rect, radius=radius, width=1.8)
    items: list[Item] = [outline]
    if box.role is Role.SIDECAR:
        items.append(spine(rect, radius, wide, outline.cut))
    if box.order is not None:
        items += turn_square(pen, box.order, rect.x, rect.y + rect.h / 2)
    return items


# ── tall: a column of an anatomy ────────────────────────────────────────────────────────────


def _paras(pen: Pen, box: Box, room: float) -> list[Para]:
    paras = [name_para(pen, pen.say(box.name), 19, room)]
    paras += [code_para(pen, pen.say(d), 13, room) for d in box.details]
    return paras


def tall_width(pen: Pen, box: Box) -> float:
    """The natural width of a column: its longest piece, within bounds."""
    pieces = [width(pen.say(box.name), pen.size(19), bold=True)]
    pieces += [width(pen.say(d), pen.size(13)) for d in box.details]
    if box.tag:
        pieces.append(tag_width(pen, box.tag))
    return min(max(max(pieces) + 2 * PAD, NARROWEST), WIDEST)


def tall_height(pen: Pen, box: Box, wide: float) -> float:
    room = wide - 2 * PAD
    high = sum(p.height for p in _paras(pen, box, room))
    if box.tag:
        high += tag_height(pen) + 12
    if box.caption:
        high += 10 + prose_para(pen, pen.say(box.caption), 13, room).height
    return high + 2 * PAD


def tall(pen: Pen, box: Box, wide: float, high: float, natural: float) -> Block:
    """Tag on top, then name, image and what it does, all flush left.

    `natural` is the natural height of the row's highest, so that lines of neighbours align.
    """
    rect = Rect(0, 0, wide, high)
    items = _signs(pen, box, rect, 10, 5)
    slack = min(high - natural, 40)
    x, y, room = PAD, PAD, wide - 2 * PAD
    if box.tag:
        items += draw_tag(pen, box.tag, x, y)
        y += tag_height(pen) + 12 + slack / 2
    written, y = column(_paras(pen, box, room), x, y)
    items += written
    if box.caption:
        items += prose_para(pen, pen.say(box.caption), 13, room).draw(x, y + 10 + slack / 4)
    items += _doors(pen, box, wide)
    left = 10.0 if box.order is not None else 0.0
    return finish(box, rect, items, out=(left, CAPSULE / 2 if box.doors else 0, 0, 0))


def _doors(pen: Pen, box: Box, wide: float) -> list[Item]:
    """Capsules on the upper border, from the right: of a container that no roof stands over."""
    items: list[Item] = []
    x = wide - 14
    for door in reversed(box.doors):
        x -= capsule_width(pen, door)
        items.append(draw_capsule(pen, door, x, 0))
        x -= 6
    return items


# ── row: a container in a smaller Pod ───────────────────────────────────────────────────────


def row_size(pen: Pen, box: Box) -> tuple[float, float]:
    """Natural width and height of a row."""
    words = [width(pen.say(box.name), pen.size(13), bold=True)]
    words += [width(pen.say(d), pen.size(11)) for d in box.details]
    tag = tag_width(pen, box.tag) + 10 if box.tag else 0.0
    wide = 42 + max(words[0] + tag, *words) + 12
    high = 16 + pen.size(13) * LINE + sum(pen.size(11) * LINE for _ in box.details)
    high += _below_tag(pen, box) + (_UNDER_PINS if box.pins else 0.0)
    return min(wide, 320), max(high, 36)


def _below_tag(pen: Pen, box: Box) -> float:
    """What a row's details stand lower, so that long ones pass under the tag."""
    return max(tag_height(pen) - pen.size(13) * LINE, 0) + 1 if box.tag and box.details else 0.0


def row(pen: Pen, box: Box, wide: float, high: float | None = None) -> Block:
    """Mark, name with the image below, tag on the right."""
    room = wide - 42 - 12
    name = min(width(pen.say(box.name), pen.size(13), bold=True), _LEAST_NAME)
    most = room - name - 10 + _SLACK  # the tag leaves the name its place
    tag = tag_width(pen, box.tag, most) if box.tag else 0.0
    paras = [name_para(pen, pen.say(box.name), 13, room - (tag + 10 if tag else 0))]
    paras += [code_para(pen, pen.say(d), 11, room) for d in box.details]
    lower = _below_tag(pen, box)
    under = _UNDER_PINS if box.pins else 0.0
    natural = 16 + sum(p.height for p in paras) + lower + under
    tall_enough = max(high or 0, natural, 36)
    rect = Rect(0, 0, wide, tall_enough)
    items = _signs(pen, box, rect, 8, 4)
    role = COLOUR[box.role]
    if not (box.tag and box.order):
        mark = Rect(14, tall_enough / 2 - 9, 18, 18)
        items.append(Symbol(name=MARK[box.role], rect=mark, colour=f"{role}.line"))
    top = (tall_enough - (natural - 16)) / 2 + under
    left = 22 if box.tag and box.order else 42
    written, bottom = column(paras[:1], left, top + lower / 2)
    items += written
    items += column(paras[1:], left, bottom + lower / 2)[0]
    if box.tag:
        middle = top + (paras[0].size * LINE + lower) / 2
        items += draw_tag(pen, box.tag, wide - tag - 10, middle - tag_height(pen) / 2, most)
    out = 10.0 if box.order is not None else 0.0
    return finish(box, rect, items, out=(out, 0, 0, 0))


# ── chip: a container in a compact Pod ──────────────────────────────────────────────────────

_NATURAL = Room()


def chip(pen: Pen, box: Box, most: float, asked: Room = _NATURAL) -> Block:
    """Mark, name and ports in one small frame, at most `most` wide unless `asked` is more."""
    size = pen.size(11)
    detail = pen.say(box.details[0]) if box.details else ""
    named = min(width(pen.say(box.name), size, bold=True), max(most - 34, 40) / 2)
    detail = cut_middle(detail, size, max(most - 40 - named, 40))
    aside = width(detail, size) + 6 if detail else 0.0
    pins = _PINNED + (len(box.pins) - 1) * _NEXT_PIN if box.pins else 0.0
    room = most - 34 - aside - pins
    name = name_para(pen, pen.say(box.name), 11, max(room, 40), _ink(box))
    wide = max(34 + name.width + aside + pins, asked.w or 0)
    high = max(24.0, 8 + len(name.lines) * size * 1.25, asked.h or 0)
    rect = Rect(0, 0, wide, high)
    role = COLOUR[box.role]
    outline = frame(box, rect, radius=6, width=1.2)
    items: list[Item] = [outline]
    if box.role is Role.SIDECAR:
        items.append(spine(rect, 6, 3, outline.cut))
    mark = Rect(8, high / 2 - 7, 14, 14)
    items.append(Symbol(name=MARK[box.role], rect=mark, colour=f"{role}.line"))
    for i, line in enumerate(name.lines):
        middle = high / 2 + (i - (len(name.lines) - 1) / 2) * size * 1.25
        items.append(run(line, size, 26, baseline(middle, size), bold=True, colour=name.colour))
    if detail:
        said = run(detail, size, 32 + name.width, baseline(high / 2, size), colour="quiet")
        items.append(stressed(said) if "image" in box.changed else said)
    return finish(box, rect, items)


def _ink(box: Box) -> str:
    return "dead.text" if box.role is Role.DEAD else "ink"


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """A container on its own, outside any Pod, or as a chip."""
    if box.shape is Shape.CHIP:
        return chip(pen, box, room.w or 240)
    wide = room.w or max(tall_width(pen, box), _ALONE)
    natural = tall_height(pen, box, wide)
    return tall(pen, box, wide, max(natural, room.h or 0), natural)
