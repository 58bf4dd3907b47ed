"""A drum: a volume inside a Pod, or a claim that outlives it."""

from podviz.drawing import Group, Item, Rect, Symbol
from podviz.figure import Box, Role
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import LINE, baseline, drum, run
from podviz.text import Text, cut_middle, width, wrap_name
from podviz.words import word

_TEXT = 46.0
_LID = 10.0  # by so much the words keep off the lid, whose lower edge is 12 points down


def drum_width(pen: Pen, box: Box) -> float:
    """The width that the drum's words need, within bounds."""
    name = width(pen.say(box.name), pen.size(14), bold=True)
    if box.kind == "Volume":
        name += width(pen.say(_kind(box)) + "  ", pen.size(12))
    details = [width(pen.say(d), pen.size(12)) for d in box.details]
    return min(max(name, *details, 0.0) + _TEXT + 16, 340)


def _kind(box: Box) -> Text:
    """`Volume`, or `Shared volume`, which the tag says."""
    return box.tag.words if box.tag else word("volume")


def drum_at(pen: Pen, box: Box, rect: Rect) -> Group:
    """The drum filling `rect`."""
    block = _drum(pen, box, rect)
    return block.at(rect.x, rect.y)


def _drum(pen: Pen, box: Box, rect: Rect) -> Block:
    missing = box.role is Role.MISSING
    role = "bad" if missing else "volume"
    body = Rect(0, 0, rect.w, rect.h)
    items: list[Item] = drum(body, role=role, dash=(5, 4) if missing else ())
    middle = (rect.h + _LID) / 2
    claim = box.kind == "PersistentVolumeClaim" and not missing
    side = 28.0 if claim else 20.0
    icon = "PersistentVolumeClaim" if claim else "missing" if missing else "volume"
    items.append(
        Symbol(
            name=icon,
            rect=Rect(14 if not claim else 10, middle - side / 2, side, side),
            colour=None if claim else f"{role}.text",
        )
    )
    room = rect.w - _TEXT - 10
    size, small = pen.size(14), pen.size(12)
    lines = 1 + bool(box.details)
    top = middle - (0 if lines == 1 else 10)
    if box.kind == "Volume":
        base = baseline(top, size)
        items += _named(pen, box, base, room)
    else:
        names = _name(pen, box, room)
        lower = (len(names) - 1) * size * LINE / 2
        for i, name in enumerate(names):
            y = baseline(top - lower + i * size * LINE, size)
            items.append(run(name, size, _TEXT, y, bold=True))
        middle += lower
    if box.details:
        words = cut_middle(pen.say(box.details[0]), small, room)
        items.append(run(words, small, _TEXT, baseline(middle + 9, small), colour=f"{role}.text"))
    return finish(box, body, items)


def _name(pen: Pen, box: Box, room: float) -> list[str]:
    """The name of a claim in up to two lines."""
    return wrap_name(pen.say(box.name), pen.size(14), room, bold=True, lines=2)


def _named(pen: Pen, box: Box, base: float, room: float) -> list[Item]:
    small, size = pen.size(12), pen.size(14)
    kind = pen.say(_kind(box))
    shift = width(kind + "  ", small)
    name = cut_middle(pen.say(box.name), size, room - shift, bold=True)
    return [
        run(kind, small, _TEXT, base, colour="quiet"),
        run(name, size, _TEXT + shift, base, bold=True),
    ]


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """A drum on its own."""
    wide = max(room.w or 0, drum_width(pen, box), 150)
    names = 1 if box.kind == "Volume" else len(_name(pen, box, wide - _TEXT - 10))
    high = 62 if names == 1 else 62 + (names - 1) * pen.size(14) * LINE
    return _drum(pen, box, Rect(0, 0, wide, max(room.h or 0, high)))
