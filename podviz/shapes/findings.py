"""The list below a figure: what the numbers on the pins mean."""

from msgspec import Struct
from msgspec.structs import replace

from podviz.drawing import Group, Item, Rect
from podviz.figure import Noted, Pin, Tag
from podviz.shapes.block import Pen
from podviz.shapes.ink import LINE, baseline, draw_tag, run, tag_height, tag_width
from podviz.shapes.pin import PIN, draw_pin
from podviz.text import cut_end, width, wrap
from podviz.words import word

_COLUMN = 330.0
"""A list has two columns where each has at least this width, in points."""

_GAP, _ROW, _TEXT = 28.0, 14.0, 38.0
_PIN_LEFT = 1.0  # a pin's ring has the colour of the page
_TAGS = {"error": ("bad", "bad"), "warning": ("init", "warn"), "info": ("info", "info")}


class Listing(Struct, frozen=True):
    """The drawn list from (0, 0), and its height."""

    group: Group
    height: float


def draw(pen: Pen, findings: tuple[Noted, ...], room: float, most: float) -> Listing:
    """The findings in one column or two, the worst first; what needs more than `most` points
    of height is only counted, but the first is always told."""
    columns = 2 if len(findings) > 1 and (room - _GAP) / 2 >= _COLUMN else 1
    wide = (room - (columns - 1) * _GAP) / columns
    entries = [_entry(pen, noted, wide, fix=True) for noted in findings]
    count = _fitting([e.height for e in entries], columns, most)
    if count < len(findings):  # more of them, without how to put them right
        entries = [_entry(pen, noted, wide, fix=False) for noted in findings]
        count = _fitting([e.height for e in entries], columns, most)
    items: list[Item] = []
    tops = 0.0
    for i in range(0, count, columns):
        row = entries[i : min(i + columns, count)]
        for k, entry in enumerate(row):
            items.append(replace(entry.group, dx=k * (wide + _GAP), dy=tops))
        tops += max(entry.height for entry in row) + _ROW
    if count < len(findings):
        size = pen.size(12)
        said = pen.say(word("more-findings", number=len(findings) - count))
        items.append(run(said, size, _TEXT, baseline(tops + 8, size), colour="quiet"))
        tops += size * LINE + _ROW
    return Listing(Group(items=tuple(items), classes=("findings",)), max(tops - _ROW, 0.0))


def _fitting(heights: list[float], columns: int, most: float) -> int:
    """How many entries stand within the height, at least one row."""
    high, count = 0.0, 0
    for i in range(0, len(heights), columns):
        row = heights[i : i + columns]
        rest = 30.0 if i + columns < len(heights) else 0.0
        if count and high + max(row) + rest > most:
            break
        high += max(row) + _ROW
        count += len(row)
    return count


def _entry(pen: Pen, noted: Noted, wide: float, *, fix: bool) -> Listing:
    """Pin, severity, code, name; the message; how to put it right."""
    role, mark = _TAGS[noted.severity]
    tag = Tag(words=word(f"severity-{noted.severity}"), role=role, mark=mark)
    bold, small = pen.size(13), pen.size(12)
    middle = max(PIN, tag_height(pen)) / 2
    pin = Pin(number=noted.number, severity=noted.severity, hollow=bool(noted.suppressed))
    items: list[Item] = [draw_pin(pin, PIN / 2 + _PIN_LEFT, middle, PIN)]
    items += draw_tag(pen, tag, _TEXT, middle - tag_height(pen) / 2)
    x = _TEXT + tag_width(pen, tag) + 10
    items.append(run(noted.code, bold, x, baseline(middle, bold), bold=True))
    x += width(noted.code, bold, bold=True) + 8
    name = cut_end(noted.name, small, max(wide - x, 20))
    items.append(run(name, small, x, baseline(middle, small), colour="quiet"))
    more = f" ({pen.say(word('tells-more', number=noted.more))})" if noted.more else ""
    if noted.suppressed:
        more += f" ({pen.say(word('suppressed', why=noted.suppressed))})"
    y, room = 2 * middle + 4, wide - _TEXT - 2
    for line in wrap(pen.say(noted.message) + more, bold, room):
        items.append(run(line, bold, _TEXT, baseline(y + bold * LINE / 2, bold)))
        y += bold * LINE
    help = f"→ {pen.say(noted.help)}" if noted.help and fix else ""
    for line in wrap(help, small, room):
        items.append(run(line, small, _TEXT, baseline(y + small * LINE / 2, small), colour="quiet"))
        y += small * LINE
    group = Group(
        items=tuple(items),
        id=f"finding/{noted.number}",
        classes=("finding", noted.severity),
        box=Rect(0, 0, wide, y),
    )
    return Listing(group, y)
