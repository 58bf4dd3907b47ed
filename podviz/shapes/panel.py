"""One side of a comparison: a verdict and a title, the scene, the lecturer's reason."""

from msgspec import Struct

from podviz.drawing import Item, Panel, Path, Rect, Step, Stroke, Symbol
from podviz.figure import Box
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import LINE, baseline, run
from podviz.text import width, wrap
from podviz.words import word

PAD = 16.0
"""Clear room around the scene in a panel, in points."""

_CUT, _RADIUS, _FRAME = 14.0, 14.0, 2.6
_HEAD, _FOOT, _NARROWEST = 44.0, 36.0, 220.0
_MARK, _SMALL_MARK, _BEHIND = 22.0, 16.0, 24.0


class Bands(Struct, frozen=True):
    """How high the head and the foot of a panel are; panels side by side have the same."""

    head: float
    foot: float


def natural(pen: Pen, box: Box) -> float:
    """The width that the scene needs, and the verdict with a part of its title."""
    inside = pen.insides[box.id]
    return max(inside.width + 2 * PAD, min(_title_width(pen, box), 320.0), _NARROWEST)


def _title_width(pen: Pen, box: Box) -> float:
    return _words_x(pen, box) + width(pen.say(box.name), pen.size(15)) + PAD


def bands(pen: Pen, box: Box, wide: float) -> Bands:
    """The room that the words of a panel need at a width."""
    lines, below = _title(pen, box, wide)
    head = _HEAD + max(len(lines) - 1, 0) * pen.size(15) * LINE
    if below:
        head += pen.size(15) * LINE
    reason = _reason(pen, box, wide)
    foot = _FOOT + (len(reason) - 1) * pen.size(13) * LINE if reason else 0.0
    return Bands(head=head, foot=foot)


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """The panel alone, as large as it must be, or filling `room`."""
    wide = max(natural(pen, box), room.w or 0)
    given = bands(pen, box, wide)
    high = given.head + pen.insides[box.id].height + 2 * PAD + given.foot
    return framed(pen, box, Rect(0, 0, wide, max(high, room.h or 0)), given)


def framed(pen: Pen, box: Box, body: Rect, given: Bands, *, top: float = 0.0) -> Block:
    """The panel filling `body`, its scene in the middle, `top` points below the head's padding."""
    inside = pen.insides[box.id]
    role = box.verdict or "info"
    line = f"{role}.line" if box.verdict else "line"
    head = Rect(body.x, body.y, body.w, given.head)
    foot = Rect(body.x, body.bottom - given.foot, body.w, given.foot)
    middle = Rect(body.x, head.bottom, body.w, body.h - given.head - given.foot)
    cut = _CUT if box.verdict == "bad" else 0.0
    items: list[Item] = [
        Panel(
            rect=body,
            fill=f"{role}.fill" if box.verdict else "surface",
            radius=0.0 if cut else _RADIUS,
            cut=cut,
        ),
    ]
    if given.foot or box.verdict:
        items.append(Panel(rect=middle, fill="canvas"))
    items += _headed(pen, box, head)
    items += _footed(pen, box, foot) if given.foot else []
    for y in (head.bottom, *([foot.y] if given.foot else [])):
        rule: tuple[Step, ...] = (("M", (body.x, y)), ("H", (body.right,)))
        items.append(Path(steps=rule, stroke=Stroke(colour=line, width=1)))
    stroke = Stroke(colour=line, width=_FRAME if box.verdict else 1.4)
    items.append(Panel(rect=body, stroke=stroke, radius=0.0 if cut else _RADIUS, cut=cut))
    x = body.x + (body.w - inside.width) / 2
    y = head.bottom + PAD + top
    items += [group.at(group.dx + x, group.dy + y) for group in inside.groups]
    return finish(box, body, items)


def scene_at(body: Rect, given: Bands, wide: float, top: float) -> tuple[float, float]:
    """Where the scene of width `wide` begins in a panel that fills `body`."""
    return body.x + (body.w - wide) / 2, body.y + given.head + PAD + top


# ── words ───────────────────────────────────────────────────────────────────────────────────


def _verdict(pen: Pen, box: Box) -> str:
    return pen.say(word(f"verdict-{box.verdict}")) if box.verdict else ""


def _words_x(pen: Pen, box: Box) -> float:
    """Where the title begins: after the mark and the verdict's word."""
    if not box.verdict:
        return PAD
    said = width(_verdict(pen, box), pen.size(16), bold=True)
    return PAD + _MARK + 10 + said + 12


def _title(pen: Pen, box: Box, wide: float) -> tuple[list[str], bool]:
    """The lines of the title, and whether they stand below the verdict, for want of room."""
    size, title = pen.size(15), pen.say(box.name)
    beside = wrap(title, size, wide - _words_x(pen, box) - PAD)
    if len(beside) <= 1 or not box.verdict:
        return beside, False
    return wrap(title, size, wide - 2 * PAD), True


def _headed(pen: Pen, box: Box, head: Rect) -> list[Item]:
    first = head.y + _HEAD / 2
    items: list[Item] = []
    end = head.x + PAD
    if box.verdict:
        size = pen.size(16)
        mark = Rect(head.x + PAD, first - _MARK / 2, _MARK, _MARK)
        items.append(Symbol(name=box.verdict, rect=mark, colour=f"{box.verdict}.line"))
        said = _verdict(pen, box)
        left, text = mark.right + 10, f"{box.verdict}.text"
        items.append(run(said, size, left, baseline(first, size), bold=True, colour=text))
        end = left + width(said, size, bold=True)
    lines, below = _title(pen, box, head.w)
    size, bold = pen.size(15), not box.verdict
    x = head.x + (PAD if below or not box.verdict else _words_x(pen, box))
    for i, line in enumerate(lines):
        y = first + (i + below) * size * LINE
        items.append(run(line, size, x, baseline(y, size), bold=bold))
        if not below:
            end = max(end, x + width(line, size, bold=bold))
    if box.verdict == "bad" and len(lines) + below <= 1:
        items += _hatch(Rect(end, head.y, head.right - end, head.h), top=True)
    return items


def _reason(pen: Pen, box: Box, wide: float) -> list[str]:
    if not box.caption:
        return []
    return wrap(pen.say(box.caption), pen.size(13), wide - 2 * PAD - _SMALL_MARK - 10)


def _footed(pen: Pen, box: Box, foot: Rect) -> list[Item]:
    size, lines = pen.size(13), _reason(pen, box, foot.w)
    if not lines:  # only the panel beside it has a reason
        return []
    first = foot.y + (foot.h - (len(lines) - 1) * size * LINE) / 2
    items: list[Item] = []
    x = foot.x + PAD
    if box.verdict:
        mark = Rect(x, first - _SMALL_MARK / 2, _SMALL_MARK, _SMALL_MARK)
        items.append(Symbol(name=box.verdict, rect=mark, colour=f"{box.verdict}.line"))
        x = mark.right + 10
    end = x
    for i, line in enumerate(lines):
        items.append(run(line, size, x, baseline(first + i * size * LINE, size)))
        end = max(end, x + width(line, size))
    if box.verdict == "bad":
        items += _hatch(Rect(end, foot.y, foot.right - end, foot.h), top=False)
    return items


def _hatch(room: Rect, *, top: bool) -> list[Item]:
    """Slanting lines behind the words of a bad panel, up to its cut corner."""
    left = room.x + _BEHIND
    if room.right - left < 2 * _CUT:
        return []
    right, y, bottom = room.right, room.y, room.bottom
    corner: tuple[Step, ...] = (
        (("L", (right - _CUT, y)), ("L", (right, y + _CUT)), ("L", (right, bottom)))
        if top
        else (("L", (right, y)), ("L", (right, bottom - _CUT)), ("L", (right - _CUT, bottom)))
    )
    steps: tuple[Step, ...] = (("M", (left, y)), *corner, ("L", (left, bottom)), ("Z", ()))
    return [Path(steps=steps, fill="hatch.bad")]
