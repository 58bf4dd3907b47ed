"""The small signs that boxes are drawn with: tags, capsules, stacks, drums."""

from msgspec import Struct

from podviz import text
from podviz.assets import icon_of
from podviz.drawing import Group, Item, Panel, Path, Rect, Run, Step, Stroke, Symbol
from podviz.figure import Box, Door, Mark, Role, Tag
from podviz.shapes.block import Pen
from podviz.shapes.pin import CULPRIT, CUT, INSIDE, PIN, draw_pins, pins_width, worst
from podviz.text import Text, cut_middle, width, wrap, wrap_name

_SLACK = 0.01  # points by which sums of widths may differ
LINE = 1.42
"""Line height as a multiple of the text size."""

COLOUR = {
    Role.POD: "pod",
    Role.MAIN: "app",
    Role.SIDECAR: "sidecar",
    Role.UNCLEAR: "info",
    Role.INIT: "init",
    Role.VOLUME: "volume",
    Role.NODE: "node",
    Role.OBJECT: "app",
    Role.MISSING: "bad",
    Role.DEAD: "dead",
    Role.WAITING: "init",
    Role.OUTSIDE: "info",
}
"""Role of a box → the theme's colour role."""

MARK = {
    Role.MAIN: "container",
    Role.SIDECAR: "sidecar",
    Role.UNCLEAR: "unclear",
    Role.INIT: "init",
    Role.VOLUME: "volume",
    Role.MISSING: "missing",
    Role.DEAD: "dead",
    Role.WAITING: "clock",
}


def baseline(centre: float, size: float) -> float:
    """The baseline that centres a line of text on `centre`."""
    return centre + 0.355 * size


def run(
    words: str,
    size: float,
    x: float,
    y: float,
    *,
    bold: bool = False,
    colour: str = "ink",
    anchor: str = "start",
) -> Run:
    """A line of text whose start, middle or end stands at x, its baseline at y."""
    wide = width(words, size, bold=bold)
    left = x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
    return Run(x=left, y=y, words=words, size=size, width=wide, bold=bold, colour=colour)


def struck(said: Run) -> Group:
    """A line of text that no longer holds."""
    y = said.y - 0.3 * said.size
    return _marked(said, y, "struck", Stroke(colour="bad.line", width=2))


def stressed(said: Run) -> Group:
    """A line of text that has changed."""
    y = said.y + 0.24 * said.size
    return _marked(said, y, "stressed", Stroke(colour="good.line", width=2))


def _marked(said: Run, y: float, name: str, stroke: Stroke) -> Group:
    steps: tuple[Step, ...] = (("M", (said.x - 2, y)), ("H", (said.x + said.width + 2,)))
    return Group(items=(said, Path(steps=steps, stroke=stroke)), classes=(name,))


class Para(Struct, frozen=True):
    """Lines of one style under each other."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False
    colour: str = "ink"
    stress: bool = False
    """True for words that are new: each line is underlined."""

    @property
    def width(self) -> float:
        return max((width(line, self.size, bold=self.bold) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LINE

    def draw(self, x: float, top: float, *, anchor: str = "start") -> list[Item]:
        step = self.size * LINE
        runs = [
            run(
                line,
                self.size,
                x,
                baseline(top + step * (i + 0.5), self.size),
                bold=self.bold,
                colour=self.colour,
                anchor=anchor,
            )
            for i, line in enumerate(self.lines)
        ]
        return [stressed(line) for line in runs] if self.stress else [*runs]


def name_para(pen: Pen, name: str, size: float, room: float, colour: str = "ink") -> Para:
    """A bold name that breaks at its joints."""
    size = pen.size(size)
    return Para(
        lines=tuple(wrap_name(name, size, room, bold=True)), size=size, bold=True, colour=colour
    )


def code_para(pen: Pen, words: str, size: float, room: float, colour: str = "quiet") -> Para:
    """An image, an address: regular, breaks at its joints, at most two lines."""
    size = pen.size(size)
    return Para(lines=tuple(wrap_name(words, size, room, lines=2)), size=size, colour=colour)


def prose_para(pen: Pen, words: str, size: float, room: float, colour: str = "ink") -> Para:
    """A sentence that breaks between words, cut where it is very long."""
    size = pen.size(size)
    return Para(lines=tuple(wrap(text.head(words), size, room)), size=size, colour=colour)


def column(paras: list[Para], x: float, top: float, gap: float = 0.0) -> tuple[list[Item], float]:
    """Paragraphs under each other; the items and the bottom of the last."""
    items: list[Item] = []
    for para in paras:
        items += para.draw(x, top)
        top += para.height + gap
    return items, top - (gap if paras else 0)


# ── tags and capsules ───────────────────────────────────────────────────────────────────────

TAG_HEIGHT = 20.0


_MOST_TAG, _MOST_CAPSULE = 220.0, 300.0  # as wide as their words make them, up to so much


def tag_width(pen: Pen, tag: Tag, most: float = _MOST_TAG) -> float:
    wide = 16 + (15 if tag.mark else 0) + width(pen.say(tag.words), pen.size(10), bold=True)
    return min(wide, most)


def tag_height(pen: Pen) -> float:
    return TAG_HEIGHT + 1.2 * (pen.size(10) - 10)


def draw_tag(pen: Pen, tag: Tag, x: float, y: float, most: float = _MOST_TAG) -> list[Item]:
    """A pill with its top left corner at (x, y): ground, border, mark, word; words that make it
    wider than `most` are cut in the middle."""
    size, high = pen.size(10), tag_height(pen)
    wide = tag_width(pen, tag, most)
    items: list[Item] = [
        Panel(
            rect=Rect(x, y, wide, high),
            fill=f"{tag.role}.solid" if tag.filled else "canvas",
            stroke=Stroke(colour=f"{tag.role}.line", width=1),
            radius=high / 2,
        )
    ]
    left, ink = x + 8, "on" if tag.filled else f"{tag.role}.text"
    if tag.mark:
        items.append(Symbol(name=tag.mark, rect=Rect(left, y + high / 2 - 5.5, 11, 11), colour=ink))
        left += 15
    said = cut_middle(pen.say(tag.words), size, x + wide - 8 - left + _SLACK, bold=True)
    items.append(run(said, size, left, baseline(y + high / 2, size), bold=True, colour=ink))
    return items


CAPSULE = 22.0


def capsule_width(pen: Pen, door: Door) -> float:
    """So wide that the pins keep off a line that enters the door in its middle."""
    pins = 2 * (pins_width(door.pins) + INSIDE) if door.pins else 0.0
    return max(_label_width(pen, door), pins)


def _label_width(pen: Pen, door: Door) -> float:
    icon = 20 if door.kind == "Service" else 0
    return min(16 + icon + width(door.label, pen.size(11), bold=True), _MOST_CAPSULE)


def door_stroke(door: Door, wide: float) -> Stroke:
    """The line of a door and of its stems: that of its worst finding, else `wide` and plain."""
    role = worst(door.pins)
    if role in CULPRIT:
        return Stroke(colour=f"{role}.line", width=2)
    return Stroke(colour="pod.line", width=wide)


def draw_capsule(pen: Pen, door: Door, x: float, cy: float) -> Group:
    """A door with its left end at x and its middle at cy."""
    size, wide = pen.size(11), capsule_width(pen, door)
    high = CAPSULE + 2 * (size - 11)
    rect = Rect(x, cy - high / 2, wide, high)
    stroke = door_stroke(door, 1.6)
    items: list[Item] = [Panel(rect=rect, fill="canvas", stroke=stroke, radius=high / 2)]
    aside = 8 + (wide - _label_width(pen, door)) / 2
    left = x + aside
    if door.kind == "Service":
        items.append(Symbol(name="Service", rect=Rect(left - 3, cy - 8, 16, 16)))
        left += 17
    said = cut_middle(door.label, size, rect.right - aside - left + _SLACK, bold=True)
    items.append(run(said, size, left, baseline(cy, size), bold=True, colour="pod.text"))
    if door.pins:
        items += draw_pins(door.id, door.pins, x + wide, cy - high / 2 - PIN / 2 + 2, PIN)
    return Group(
        items=tuple(items),
        id=door.id,
        classes=("door", door.kind.lower()),
        tooltip=door.tooltip,
        box=rect,
    )


# ── frames ──────────────────────────────────────────────────────────────────────────────────


def frame(box: Box, rect: Rect, *, radius: float, width: float) -> Panel:
    """The box's own outline: solid if it runs, dashed if it does not or does not last."""
    role = COLOUR[box.role]
    dash: tuple[float, ...] = ()
    if box.role is Role.INIT:
        dash, width = (5, 3.5), 1.4
    elif box.role is Role.MISSING:
        dash = (5, 4)
    elif box.role is Role.DEAD:
        dash = (6, 4)
    elif box.role is Role.WAITING:
        dash = (5, 4)
    elif box.role is Role.SIDECAR:
        width = min(width, 1.4)
    line = f"{role}.line"
    guilty = worst(box.pins) if box.role is not Role.MISSING else ""
    cut = CUT if guilty in CULPRIT else 0.0
    if cut:
        line, width = f"{guilty}.line", CULPRIT[guilty]
        dash = dash if box.role is Role.DEAD else ()  # what has ended stays dashed
    return Panel(
        rect=rect,
        fill=f"{role}.fill",
        stroke=Stroke(colour=line, width=width, dash=dash),
        radius=radius,
        cut=cut,
    )


def spine(rect: Rect, radius: float, wide: float, cut: float = 0.0) -> Path:
    """The solid bar inside a sidecar's left edge, following its corners, round or `cut` off."""
    x, y, r = rect.x, rect.y, radius
    if cut:
        straight: tuple[Step, ...] = (
            ("M", (x + wide, y + cut - wide)),
            ("L", (x, y + cut)),
            ("V", (rect.bottom - cut,)),
            ("L", (x + wide, rect.bottom - cut + wide)),
            ("Z", ()),
        )
        return Path(steps=straight, fill="sidecar.line")
    # Where the corner's arc has x = wide: the bar's ends lie on it.
    rise = r - (r * r - (r - wide) ** 2) ** 0.5 if wide < r else 0.0
    steps: tuple[Step, ...] = (
        ("M", (x + wide, y + rise)),
        ("A", (r, r, 0, 0, 0, x, y + r)),
        ("V", (rect.bottom - r,)),
        ("A", (r, r, 0, 0, 0, x + wide, rect.bottom - rise)),
        ("Z", ()),
    )
    return Path(steps=steps, fill="sidecar.line")


def stack(
    rect: Rect, count: int, *, radius: float, offset: float, fill: str, line: str
) -> list[Item]:
    """The frames behind a box that stands for several: one for two, two from three."""
    layers = 0 if count < 2 else 1 if count == 2 else 2
    return [
        Panel(
            rect=rect.moved(offset * i, offset * i),
            fill=fill,
            stroke=Stroke(colour=line, width=1.2),
            radius=radius,
        )
        for i in range(layers, 0, -1)
    ]


def stack_reach(count: int, offset: float) -> float:
    """How far a stack juts out to the right and down."""
    return 0.0 if count < 2 else offset if count == 2 else 2 * offset


def times_pill(pen: Pen, count: int, rect: Rect) -> list[Item]:
    """`×N` on the bottom right corner."""
    words, size = f"×{count}", pen.size(11)
    wide = width(words, size, bold=True) + 16
    pill = Rect(rect.right - wide - 4, rect.bottom - 10, wide, 20)
    return [
        Panel(rect=pill, fill="pod.line", radius=10),
        run(
            words,
            size,
            pill.x + wide / 2,
            baseline(pill.y + 10, size),
            bold=True,
            colour="on",
            anchor="middle",
        ),
    ]


def turn_square(
    pen: Pen, order: int, cx: float, cy: float, colour: str = "init.line", side: float = 20
) -> list[Item]:
    """A numbered square: order."""
    size = pen.size(10.8 if side < 20 else 12 if side < 24 else 0.55 * side)
    words = str(order)
    side = max(side, width(words, size, bold=True) + 8)
    return [
        Panel(rect=Rect(cx - side / 2, cy - side / 2, side, side), fill=colour, radius=5),
        run(words, size, cx, baseline(cy, size), bold=True, colour="on", anchor="middle"),
    ]


MARKS = 20.0
"""The height of a line of marks, in points."""


def marks_width(pen: Pen, box: Box) -> float:
    """The width of a box's marks in one line."""
    return sum(_mark_width(pen, mark) + 4 for mark in box.marks) - 4 if box.marks else 0.0


def draw_marks(pen: Pen, box: Box, x: float, y: float) -> list[Item]:
    """The configuration that a box uses: an icon for each kind, with the number of its things.
    (x, y) is the upper left corner."""
    items: list[Item] = []
    size = pen.size(10)
    for mark in box.marks:
        wide = _mark_width(pen, mark)
        rect = Rect(x, y + 1, wide, MARKS - 2)
        inner: list[Item] = [
            Panel(rect=rect, fill="canvas", stroke=Stroke(colour="line", width=1), radius=5),
            Symbol(name=icon_of(mark.kind), rect=Rect(x + 3, y + 3, 14, 14)),
        ]
        if len(mark.members) > 1:
            count = str(len(mark.members))
            inner.append(run(count, size, x + 20, baseline(y + MARKS / 2, size), colour="quiet"))
        names = ", ".join(mark.names)
        items.append(
            Group(items=tuple(inner), classes=("mark",), tooltip=Text.same(f"{mark.kind}: {names}"))
        )
        x += wide + 4
    return items


def _mark_width(pen: Pen, mark: Mark) -> float:
    count = len(mark.members)
    return 20 + (width(str(count), pen.size(10)) + 4 if count > 1 else 0.0)


_DRUM_END = 26.0


def drum(rect: Rect, *, role: str, dash: tuple[float, ...] = (), ry: float = 6.0) -> list[Item]:
    """Storage: a cylinder whose top and bottom are flat, with elliptic ends."""
    top, bottom, rx = rect.y + ry, rect.bottom - ry, min(_DRUM_END, rect.w / 2)
    left, right = rect.x + rx, rect.right - rx
    stroke = Stroke(colour=f"{role}.line", width=1.6, dash=dash)
    side: tuple[Step, ...] = (
        ("M", (rect.x, top)),
        ("V", (bottom,)),
        ("A", (rx, ry, 0, 0, 0, left, rect.bottom)),
        ("H", (right,)),
        ("A", (rx, ry, 0, 0, 0, rect.right, bottom)),
        ("V", (top,)),
    )
    lid: tuple[Step, ...] = (
        ("M", (rect.x, top)),
        ("A", (rx, ry, 0, 0, 1, left, rect.y)),
        ("H", (right,)),
        ("A", (rx, ry, 0, 0, 1, rect.right, top)),
        ("A", (rx, ry, 0, 0, 1, right, top + ry)),
        ("H", (left,)),
        ("A", (rx, ry, 0, 0, 1, rect.x, top)),
        ("Z", ()),
    )
    return [
        Path(steps=side, fill=f"{role}.fill", stroke=stroke),
        Path(steps=lid, fill="canvas", stroke=stroke),
    ]


def lid_height(rect: Rect, x: float, *, ry: float = 6.0) -> tuple[float, float]:
    """Upper and lower y of the drum's lid at x: where arrows end."""
    rx = min(_DRUM_END, rect.w / 2)
    beyond = max(0.0, rect.x + rx - x, x - (rect.right - rx))
    part = max(0.0, 1 - (beyond / rx) ** 2) ** 0.5 * ry
    return rect.y + ry - part, rect.y + ry + part


_MOST_TITLE = 30.0  # times its size: about 45 letters of a name


def titled(
    pen: Pen, kind: Text, name: str, size: float, x: float, y: float, room: float
) -> list[Item]:
    """`Pod  web`: the kind's word quiet, the name bold, on one baseline; the name is cut to fit."""
    size = pen.size(size)
    word = pen.say(kind)
    shift = width(word + "  ", size)
    short = cut_middle(name, size, room - shift, bold=True)
    return [
        run(word, size, x, y, colour="quiet"),
        run(short, size, x + shift, y, bold=True),
    ]


def titled_width(pen: Pen, kind: Text, name: str, size: float) -> float:
    """The width of the title that a box is made for: what is longer is cut if it must be."""
    size = pen.size(size)
    wide = width(pen.say(kind) + "  ", size) + width(name, size, bold=True)
    return min(wide, _MOST_TITLE * size)
