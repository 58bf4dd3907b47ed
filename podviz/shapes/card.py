"""One object in one box: Service, controller, autoscaler, address, what is missing."""

from podviz.assets import icon_of
from podviz.drawing import Group, Item, Rect, Symbol
from podviz.figure import Box, Role, Shape, Tag
from podviz.shapes import container
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.border import centred, door_step
from podviz.shapes.ink import (
    COLOUR,
    MARKS,
    Para,
    capsule_width,
    code_para,
    column,
    draw_capsule,
    draw_marks,
    draw_tag,
    frame,
    marks_width,
    name_para,
    prose_para,
    stack,
    stack_reach,
    tag_height,
    tag_width,
    times_pill,
)
from podviz.text import cut_middle, width
from podviz.words import word

_ICON, _PAD, _GAP = 30.0, 14.0, 10.0
_NARROWEST, _WIDEST = 140.0, 280.0
_OFFSET = 3.0
_CHIP_GAP = 5.0
_UNDER_PINS = 7.0  # how much lower the words stand under pins


def _kind(pen: Pen, box: Box) -> str:
    if box.role is Role.MISSING:
        return pen.say(word("missing-kind", kind=box.kind))
    if box.shape is Shape.ADDRESS:
        return pen.say(word("outside"))
    return pen.say(word("part")) if box.kind == "Part" else box.kind


def _icon(box: Box, x: float, middle: float) -> Item:
    rect = Rect(x, middle - _ICON / 2, _ICON, _ICON)
    if box.role is Role.MISSING:
        return Symbol(name="missing", rect=rect, colour="bad.line")
    if box.shape is Shape.ADDRESS:
        return Symbol(name="globe", rect=rect, colour="info.line")
    return Symbol(name=icon_of(box.kind), rect=rect)


def _paras(pen: Pen, box: Box, room: float) -> list[Para]:
    """The kind quiet, the name bold, then the details."""
    quiet = "bad.text" if box.role is Role.MISSING else "quiet"
    size = pen.size(11)
    kind = Para(lines=(cut_middle(_kind(pen, box), size, room),), size=size, colour=quiet)
    name = name_para(pen, pen.say(box.name), 14, room)
    details = [code_para(pen, pen.say(d), 11, room) for d in box.details]
    if box.caption:
        details.append(prose_para(pen, pen.say(box.caption), 11, room, "quiet"))
    if box.role is Role.MISSING:
        return [name, kind, *details]
    if box.shape is Shape.WORKLOAD:
        return [name, *details]
    return [kind, name, *details]


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """Doors on the left border, icon, words, sidecar chips; behind it the other replicas."""
    left = max((capsule_width(pen, d) / 2 for d in box.doors), default=0.0)
    reach = stack_reach(box.count, _OFFSET)
    start = left + 12 if left else _PAD
    text = start + _ICON + _GAP
    wide = room.w or _natural(pen, box, text)
    paras = _paras(pen, box, wide - text - _PAD)
    chips, chips_high = _chips(pen, box, wide - text - _PAD)
    tag = tag_height(pen) + 6 if box.status else 0.0
    signs = MARKS + 4 if box.marks else 0.0
    under = _UNDER_PINS if box.pins else 0.0
    words = sum(p.height for p in paras) + chips_high + tag + signs + under
    step = door_step(pen, box)
    foot = 8.0 if box.count > 1 else 0.0  # the pill on the corner stands clear of the words
    high = max(words + 20 + foot, _ICON + 20, len(box.doors) * step + 6, room.h or 0)
    body = Rect(0, 0, wide, high)
    role = COLOUR[box.role]
    items: list[Item] = stack(
        body, box.count, radius=10, offset=_OFFSET, fill=f"{role}.fill", line=f"{role}.line"
    )
    items.append(frame(box, body, radius=10, width=1.6))
    top = (high - foot - words) / 2 + under
    items.append(_icon(box, start, high / 2))
    written, bottom = column(paras, text, top)
    items += written
    items.append(Group(items=tuple(chips), dx=text, dy=bottom + 4))
    if box.status:
        items += draw_tag(pen, box.status, text, bottom + chips_high + 6)
    if box.marks:
        items += draw_marks(pen, box, text, bottom + chips_high + tag + 4)
    ys = centred(len(box.doors), high / 2, step)
    for door, y in zip(box.doors, ys, strict=True):
        items.append(draw_capsule(pen, door, -capsule_width(pen, door) / 2, y))
    if box.count > 1:
        items += times_pill(pen, box.count, body)
    drop = max(reach, 10.0) if box.count > 1 else 0.0
    return finish(box, body, items, out=(left, 0, reach, drop))


def _natural(pen: Pen, box: Box, text: float) -> float:
    words = [width(pen.say(box.name), pen.size(14), bold=True)]
    if box.shape is not Shape.WORKLOAD:
        words.append(width(_kind(pen, box), pen.size(11)))
    words += [width(pen.say(d), pen.size(11)) for d in box.details]
    chips = [container.chip(pen, c, 160).width for c in box.children]
    words.append(sum(chips[:2]) + _CHIP_GAP * len(chips[:2]) + (36 if len(chips) > 2 else 0))
    if box.status:
        words.append(tag_width(pen, box.status))
    words.append(marks_width(pen, box))
    if box.caption:
        words.append(min(width(pen.say(box.caption), pen.size(11)), 180))
    return min(max(text + max(words) + _PAD, _NARROWEST), _WIDEST + text - _PAD - _ICON)


def _chips(pen: Pen, box: Box, room: float) -> tuple[list[Item], float]:
    """The containers inside a workload in one line, `+n` for those that do not fit; the line's
    items from (0, 0), and its height with the gap above."""
    if not box.children:
        return [], 0.0
    most = room - (_more(pen) if len(box.children) > 1 else 0.0)
    blocks = [container.chip(pen, child, most) for child in box.children]
    shown = _fitting(pen, [b.width for b in blocks], room)
    items: list[Item] = []
    x = 0.0
    high = max(b.height for b in blocks[:shown])
    for block in blocks[:shown]:
        items.append(block.at(x, (high - block.height) / 2))
        x += block.width + _CHIP_GAP
    if shown < len(blocks):
        more = Tag(words=word("more-of", number=len(blocks) - shown), role="sidecar")
        items += draw_tag(pen, more, x, (high - tag_height(pen)) / 2)
    return items, high + 4


def _more(pen: Pen) -> float:
    """The room that a `+n` takes behind a chip."""
    return _CHIP_GAP + tag_width(pen, Tag(words=word("more-of", number=9), role="sidecar"))


def _fitting(pen: Pen, widths: list[float], room: float) -> int:
    """How many chips fit beside a `+n`, at least one."""
    for count in range(len(widths), 1, -1):
        rest = 0.0 if count == len(widths) else _more(pen)
        if sum(widths[:count]) + (count - 1) * _CHIP_GAP + rest <= room + 0.01:
            return count
    return 1
