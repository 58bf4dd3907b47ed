"""A Pod among others: its name, and its containers as small boxes."""

from msgspec.structs import replace

from podviz.assets import icon_of
from podviz.drawing import Group, Item, Path, Rect, Stroke, Symbol
from podviz.figure import Box, Role, Shape
from podviz.shapes import container
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.border import door_step, draw_doors, gutter, row_shift
from podviz.shapes.ink import (
    LINE,
    MARKS,
    Para,
    capsule_width,
    code_para,
    column,
    draw_marks,
    draw_tag,
    frame,
    marks_width,
    name_para,
    stack,
    stack_reach,
    tag_height,
    tag_width,
    times_pill,
)
from podviz.shapes.lines import elbow, head
from podviz.shapes.pin import INSIDE, PIN, pins_width
from podviz.text import width

_PAD, _ICON, _TEXT = 12.0, 28.0, 48.0
_NARROWEST, _WIDEST = 150.0, 300.0
_OFFSET = 4.0
_GROWN = 48.0  # how much of spare height each chip takes
_TOP = 4.0  # above a status
_BESIDE = 8.0  # between a pin and the tag left of it
_MANY = 6  # rows of containers that stand in one column


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """Header with icon, name, IP and status; then chips, or rows with images."""
    left = _jut(pen, box)
    indent = max(_indent(box, left), room.indent)
    wide = room.w or _natural(pen, box, indent)
    items: list[Item] = []
    header, top, _ = _header(pen, box, wide, room.top)
    top = max(top, room.head)
    items += header
    inner, bottom, middles = _containers(pen, box, wide, indent, top, room.spare)
    items += inner
    if box.marks:
        items += draw_marks(pen, box, indent, bottom + 8)
        bottom += 8 + MARKS
    step = door_step(pen, box)
    high = max(bottom + _PAD, top + len(box.doors) * step + 4) if box.doors else bottom + _PAD
    high = max(high, room.h or 0)
    body = Rect(0, 0, wide, high)
    role = "dead" if box.role is Role.DEAD else "pod"
    back = stack(
        body, box.count, radius=14, offset=_OFFSET, fill=f"{role}.fill", line=f"{role}.line"
    )
    items = [*back, frame(box, body, radius=14, width=1.8), *items]
    items += draw_doors(pen, box, body, middles, indent, top)
    items += _calls(box, wide - _PAD - _lanes(box), middles)
    if box.count > 1:
        items += times_pill(pen, box.count, body)
    reach = stack_reach(box.count, _OFFSET)
    drop = max(reach, 10.0) if box.count > 1 else 0.0
    return finish(box, body, items, out=(left, 0, reach, drop))


def insets(pen: Pen, box: Box, room: Room) -> Room:
    """The room with where the name and the containers of a Pod of its width stand."""
    _, head, top = _header(pen, box, room.w or 0.0, room.top)
    return replace(room, indent=_indent(box, _jut(pen, box)), head=head, top=top)


def _jut(pen: Pen, box: Box) -> float:
    """How far its doors stand out at the left."""
    return max((capsule_width(pen, door) / 2 for door in box.doors), default=0.0)


def _indent(box: Box, left: float) -> float:
    return left + gutter(box) if left else _PAD


def _corner(box: Box) -> float:
    """How far the words of the header keep off the pins on the upper right corner."""
    return max(pins_width(box.pins) - PIN / 2 + INSIDE + _BESIDE - _PAD, 0.0) if box.pins else 0.0


def _natural(pen: Pen, box: Box, indent: float) -> float:
    first = _TEXT + width(pen.say(box.name), pen.size(13), bold=True) + _PAD
    wished = [first + _corner(box)]
    if box.status:
        tag = tag_width(pen, box.status)
        beside = box.ip or box.details
        wished.append(wished[0] + tag + 8 if beside else _TEXT + tag + _PAD)
    said = [box.ip or "", *(pen.say(d) for d in box.details)]
    wished += [_TEXT + width(words, pen.size(11)) + _PAD for words in said]
    chips = []
    for child in box.children:
        if child.shape is Shape.CHIP:
            chip = container.chip(pen, child, 240).width
            wished.append(indent + chip + _PAD)
            chips.append(chip + 6)
        else:
            row = container.row_size(pen, child)[0] + row_shift(box)
            wished.append(indent + _columns(box) * (row + 8) - 8 + _lanes(box) + _PAD)
    wished.append(indent + marks_width(pen, box) + _PAD + (48 if box.count > 1 else 0))
    if sum(chips) + indent + _PAD <= 290:
        wished.append(sum(chips) + indent + _PAD)
    most = _WIDEST if chips else _columns(box) * 420
    return min(max(_NARROWEST, *wished), most + indent - _PAD)


def _columns(box: Box) -> int:
    """Many rows stand in two columns, unless arrows end on them."""
    free = not box.arrows and not any(door.leads for door in box.doors)
    return 2 if free and len(box.children) > _MANY else 1


def _header(pen: Pen, box: Box, wide: float, least: float = 0.0) -> tuple[list[Item], float, float]:
    """What stands on top, where it ends, and where its name begins, `least` from the top."""
    dead = box.role is Role.DEAD
    items: list[Item] = [
        Symbol(
            name=icon_of(box.kind), rect=Rect(_PAD, 10, _ICON, _ICON), opacity=0.45 if dead else 1.0
        )
    ]
    full = wide - _TEXT - _PAD
    room = full - _corner(box)
    tag = tag_width(pen, box.status) + 8 if box.status else 0.0
    beside = tag and _is_beside(pen, box, room - tag)
    paras = _words(pen, box, room - (tag if beside else 0), full)
    high = sum(p.height for p in paras)
    top = max(8.0, 24 - high / 2) if beside or not box.status else 8.0
    top = max(top, least)
    written, bottom = column(paras, _TEXT, top)
    items += written
    if box.status and beside:
        y = top + (paras[0].height - tag_height(pen)) / 2
        said = [width(line, p.size) for p in paras[1:] for line in p.lines]
        if max(said, default=0.0) > room - tag:  # the next line would run under the tag
            y = max(top + paras[0].height - tag_height(pen) - 1, _TOP)
        items += draw_tag(pen, box.status, _TEXT + room - tag + 8, y)
    elif box.status:
        items += draw_tag(pen, box.status, _TEXT, bottom + 4)
        bottom += 4 + tag_height(pen)
    return items, max(bottom, 10 + _ICON) + 8, top


def _is_beside(pen: Pen, box: Box, room: float) -> bool:
    """True where the status stands right of the name, and above or beside what is below it."""
    if width(pen.say(box.name), pen.size(13), bold=True) > room + 0.01:
        return False
    return width(_second(pen, box), pen.size(11)) <= room


def _second(pen: Pen, box: Box) -> str:
    """The line below the name, where a status beside the name would touch it."""
    if pen.size(13) * LINE + 8.0 - tag_height(pen) - 1 >= _TOP:
        return ""
    return box.ip or next((pen.say(d) for d in box.details), "")


def _words(pen: Pen, box: Box, room: float, full: float) -> list[Para]:
    """Name, address and details; only the name keeps off what stands beside it."""
    ink = "dead.text" if box.role is Role.DEAD else "ink"
    name = name_para(pen, pen.say(box.name), 13, room, ink)
    paras = [replace(name, stress="name" in box.changed)]
    if box.ip:
        paras.append(replace(code_para(pen, box.ip, 11, full), stress="ip" in box.changed))
    details = [code_para(pen, pen.say(d), 11, full) for d in box.details]
    if details and "restarts" in box.changed:
        details[-1] = replace(details[-1], stress=True)
    return paras + details


def _containers(
    pen: Pen, box: Box, wide: float, indent: float, top: float, spare: float = 0.0
) -> tuple[list[Item], float, dict[str, float]]:
    """The small boxes, the bottom of the last, and each one's middle height by id; chips grow
    into `spare` points of height."""
    if any(child.shape is Shape.CHIP for child in box.children):
        return _chips(pen, box, wide - indent - _PAD, indent, top, spare)
    items: list[Item] = []
    middles: dict[str, float] = {}
    x, y, high, columns = indent, top, 0.0, _columns(box)
    for child in box.children:
        shift = row_shift(box)
        each = (wide - indent - _PAD - _lanes(box) - 8 * (columns - 1)) / columns
        block = container.row(pen, child, each - shift)
        items.append(block.at(x + shift - block.body.x, y))
        middles[child.id] = y + block.body.centre[1]
        x, high = x + each + 8, max(high, block.height)
        if x > wide - _PAD - each / 2 or child is box.children[-1]:
            x, y, high = indent, y + high + 8, 0.0
    return items, max(y - 8, top - 8), middles


def _chips(
    pen: Pen, box: Box, room: float, left: float, top: float, spare: float
) -> tuple[list[Item], float, dict[str, float]]:
    """Chips in lines of at most `room`, their frames on one level; with `spare` height they fill
    their line."""
    lines: list[list[tuple[Box, Block]]] = [[]]
    used = 0.0
    for child in box.children:
        block = container.chip(pen, child, room)
        if lines[-1] and used + block.width > room + 0.01:
            lines.append([])
            used = 0.0
        lines[-1].append((child, block))
        used += block.width + 6
    items: list[Item] = []
    middles: dict[str, float] = {}
    y, grown = top, min(spare / len(lines), _GROWN)
    for line in lines:
        if spare:
            more = (room + 6 - sum(b.width + 6 for _, b in line)) / len(line)
            line = [
                (c, container.chip(pen, c, room, Room(w=b.body.w + more, h=b.body.h + grown)))
                for c, b in line
            ]
        x, above = left, max(b.body.y for _, b in line)
        for child, block in line:
            items.append(block.at(x, y + above - block.body.y))
            middles[child.id] = y + above + block.body.h / 2
            x += block.width + 6
        y += max(above - b.body.y + b.height for _, b in line) + 6
    return items, y - 6, middles


def _lanes(box: Box) -> float:
    """The room right of the rows for pins, and for calls among them."""
    pins = 8.0 if any(child.pins for child in box.children) else 0.0
    return pins + (len(box.arrows) * 12.0 + 4 if box.arrows else 0.0)


def _calls(box: Box, edge: float, middles: dict[str, float]) -> list[Item]:
    """Calls over localhost: out of one row's right edge and into another's."""
    items: list[Item] = []
    for i, arrow in enumerate(box.arrows):
        if arrow.tail not in middles or arrow.head not in middles:
            continue
        y1, y2 = middles[arrow.tail] + 5, middles[arrow.head] - 5
        lane = edge + 14 + 12 * i
        line = Path(
            steps=elbow([(edge, y1), (lane, y1), (lane, y2), (edge + 6, y2)], radius=6),
            stroke=Stroke(colour="pod.line", width=1.6),
        )
        items.append(
            Group(
                items=(line, head(edge, y2, "left", "pod.line")),
                id=arrow.id,
                classes=("arrow", arrow.relation.value),
                tooltip=arrow.label,
            )
        )
    return items
