"""The shared network as the roof of a Pod: one IP, one port space, localhost."""

from msgspec import Struct

from podviz.drawing import Item, Panel, Path, Rect, Stroke, Symbol
from podviz.figure import Box
from podviz.shapes import calls, doors
from podviz.shapes.block import Pen
from podviz.shapes.doors import Columns
from podviz.shapes.ink import CAPSULE, baseline, draw_capsule, run
from podviz.shapes.pin import INSIDE, NEXT, PIN
from podviz.text import cut_middle, width
from podviz.words import word

_HEIGHT = 58.0
_OVER_PINS = 8.0  # how much higher calls run over the pins of doors
_PINNED = 82.0  # where a door's pins stand below the roof's own words
_TEXT_LEFT = 54.0
_MOST_IP = 400.0


class Roof(Struct, frozen=True):
    """The drawn band and how high it became; `over` are capsules and calls, which are drawn
    after the containers."""

    height: float
    items: tuple[Item, ...]
    over: tuple[Item, ...]


def draw(pen: Pen, box: Box, wide: float, top: float, columns: Columns, depth: float) -> Roof:
    """The band at `top` over the whole width; stems reach down by `depth` to the containers."""
    placed = doors.placed(pen, box, columns)
    planned = calls.planned(box, placed)
    leftmost = min((min(c.x1, c.x2) for c in planned), default=wide)
    beside = leftmost - 46 > text_right(pen, box)
    high = _height(len(planned), beside=beside)
    if planned and not beside and calls.is_short(pen, planned[-1]):
        high += 12  # its words stand above the highest line
    above = _OVER_PINS if planned and any(c.door.pins for c in placed.capsules) else 0.0
    high += above
    if _meets_pins(pen, box, placed):
        high = max(high, _PINNED)
    under = top + high
    stroke = Stroke(colour="band.line", width=1)
    edge, end = 1.1, wide - 1.1
    items: list[Item] = [
        Panel(rect=Rect(edge, top, end - edge, high), fill="band.fill"),
        Path(
            steps=(("M", (edge, top)), ("H", (end,)), ("M", (edge, under)), ("H", (end,))),
            stroke=stroke,
        ),
        Symbol(name="network", rect=Rect(19, top + 14, 26, 26), colour="band.text"),
        *_words(pen, box, top),
        *doors.stems(box, placed, under, depth),
    ]
    first = under - CAPSULE / 2 - 24 - above
    over: list[Item] = [
        calls.draw(pen, call, under, depth, first - lane * calls.LANE, wide)
        for lane, call in enumerate(planned)
    ]
    over += [draw_capsule(pen, c.door, c.x - c.wide / 2, under) for c in placed.capsules]
    return Roof(height=high, items=tuple(items), over=tuple(over))


def _meets_pins(pen: Pen, box: Box, placed: doors.Doors) -> bool:
    """True where the pins of a door would stand on the roof's own words."""
    edge = text_right(pen, box) + 8
    return any(
        c.x + c.wide / 2 - INSIDE - PIN / 2 - (len(c.door.pins) - 1) * (PIN + NEXT) < edge
        for c in placed.capsules
        if c.door.pins
    )


def _height(lanes: int, *, beside: bool) -> float:
    """Calls run beside the roof's own words where there is room, else below them."""
    if not lanes:
        return _HEIGHT
    return _HEIGHT + (lanes - 1) * calls.LANE if beside else _HEIGHT + 2 + lanes * calls.LANE


def _lines(pen: Pen, box: Box) -> tuple[str, str, str]:
    """`One IP`, the IP, and what follows from it."""
    several = sum(1 for c in box.children if c.kind == "Container") > 1
    second = word("one-port-space" if several else "own-port-space")
    ip = cut_middle(box.ip or "", pen.size(14), _MOST_IP, bold=True)
    return pen.say(word("one-ip")), ip, pen.say(second)


def text_right(pen: Pen, box: Box) -> float:
    """Where the roof's own words end, from the Pod's left edge."""
    first, ip, second = _lines(pen, box)
    upper = width(first + "  ", pen.size(14)) + width(ip, pen.size(14), bold=True)
    return _TEXT_LEFT + max(upper, width(second, pen.size(11)))


def _words(pen: Pen, box: Box, top: float) -> list[Item]:
    first, ip, second = _lines(pen, box)
    size, small = pen.size(14), pen.size(11)
    base, ink = baseline(top + 18, size), "band.text"
    shift = _TEXT_LEFT + width(first + "  ", size)
    return [
        run(first, size, _TEXT_LEFT, base, colour=ink),
        *([run(ip, size, shift, base, bold=True, colour=ink)] if ip else []),
        run(second, small, _TEXT_LEFT, baseline(top + 36, small), colour=ink),
    ]
