"""The page: title and caption above, the figure, the legend below."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from podviz import text
from podviz.drawing import Drawing, Group, Item, Panel, Path, Rect, Stroke, Symbol
from podviz.errors import DrawError
from podviz.figure import Figure, Relation, Shape, Sign
from podviz.layout.deadline import Deadline
from podviz.layout.part import RIBBON, Engine, Routed
from podviz.layout.place import place
from podviz.layout.wire import PAD, Label
from podviz.shapes import pin
from podviz.shapes.block import Pen
from podviz.shapes.ink import LINE, baseline, run, spine
from podviz.shapes.lines import elbow, head
from podviz.text import width, wrap

MARGIN = 24.0
_LISTED, _APART = 840.0, 22.0  # the width of a list of findings, and the room above it
_TITLE = 460.0  # points of width that a title may ask for
_FLOORS = (9.0, 10.5, 12.0)
"""Smallest text of a page up to 540, 630 and 720 points high: a sixtieth of the height."""
_FURTHER = (12.8, 13.5)
"""And of pages that may be still higher."""

_COLOUR = {
    Relation.MOUNTS: "volume.line",
    Relation.READS: "volume.line",
    Relation.WRITES: "volume.line",
    Relation.THEN: "init.line",
}


class Page(Struct, frozen=True, kw_only=True):
    """How the page is to be: `ratio` pads it to width : height, None leaves it as it comes."""

    engine: Engine = field(default_factory=Engine)
    ratio: float | None = None
    frame: int | None = None
    """The only frame of a story that is drawn, from 1."""


_AS_IT_COMES = Page()


def played(frames: Sequence[Drawing]) -> Drawing:
    """The frames of a story, all of one size, as one page that shows them in turn."""
    shown = tuple([frame.items for frame in frames])
    return replace(frames[0], items=(), steps=shown)


def paint(figure: Figure, lang: str, page: Page = _AS_IT_COMES) -> Drawing:
    """The figure as a finished page in one language; of a story the strip of its frames, or the
    one that the page asks for.

    Small text is raised to a sixtieth of the page's height while the page stays within
    1280 × 720 points. Raises DrawError or DeadlineError.
    """
    first = _likely(figure)
    deadline = Deadline.of(page.engine.deadline)
    pen = Pen(lang=lang, floor=_FLOORS[first], deadline=deadline)
    drawing = _paint(figure, pen, page)
    # A list of findings makes a page higher, not wider: its text grows further.
    floors = (*_FLOORS, *_FURTHER) if figure.findings or figure.view == "story" else _FLOORS
    while drawing.height > pen.floor * 60 + 0.5 and pen.floor < floors[-1]:
        larger = [f for f in floors if f > pen.floor]
        floor = next((f for f in larger if f * 60 + 0.5 >= drawing.height), larger[-1])
        pen = Pen(lang=lang, floor=floor, deadline=deadline)
        drawing = _paint(figure, pen, page)
    return _padded(drawing, page.ratio) if page.ratio else drawing


def _likely(figure: Figure) -> int:
    """The floor to begin with: many boxes will not fit the smaller pages anyway."""
    inside = sum(
        len(b.children) for b in figure.boxes if b.shape in (Shape.NODE, Shape.FRAME, Shape.SPACE)
    )
    many = len(figure.boxes) + inside
    return 0 if many <= 4 else 1 if many <= 5 else 2


def _paint(figure: Figure, pen: Pen, page: Page, known: float | None = None) -> Drawing:
    """The page at one size of text; `known` is what stands above and below the figure in fact,
    where a guess has made a ribbon of it."""
    title = text.head(pen.say(figure.title)) if figure.title else ""
    caption = text.head(pen.say(figure.caption), 3 * text.LONGEST) if figure.caption else ""
    head, least = _needs(figure, pen, title, caption)
    part = place(
        pen,
        figure.boxes,
        (*figure.arrows, *figure.near),
        head=known or head,
        least=least,
        engine=page.engine,
        only=page.frame,
    )
    legend = _legend(pen, figure.legend, max(part.width, least))
    inner = max(part.width, least, legend.width if legend else 0)
    top, items = _heading(pen, title, caption, inner)
    body = part.moved(MARGIN + (inner - part.width) / 2, top)
    items += body.groups
    items += [_arrow(pen, r, inner, i) for i, r in enumerate(body.routes)]
    bottom = top + part.height
    if legend:
        items.append(replace(legend.group, dx=MARGIN, dy=bottom + 18))
        bottom += 18 + legend.height
    if figure.findings:
        room = max(bottom / 2, 90.0)  # a third of the page
        from podviz.shapes import findings

        listing = findings.draw(pen, figure.findings, inner, room)
        items.append(replace(listing.group, dx=MARGIN, dy=bottom + _APART))
        bottom += _APART + listing.height
    if not part.groups:
        raise DrawError("the figure is empty")
    around = bottom + MARGIN - part.height
    if known is None and around < head and inner + 2 * MARGIN > RIBBON * (bottom + MARGIN):
        return _paint(figure, pen, page, around)
    return Drawing(
        width=round(inner + 2 * MARGIN, 2),
        height=round(bottom + MARGIN, 2),
        lang=pen.lang,
        title=(pen.say(figure.title) if figure.title else "") or _stand_in(figure, pen),
        summary=figure.summary,
        name=figure.name + (f".{page.frame}" if page.frame else ""),
        items=tuple(items),
    )


def _needs(figure: Figure, pen: Pen, title: str, caption: str) -> tuple[float, float]:
    """About how much will stand above and below the figure, and the width that the page needs."""
    head = _head_height(title, caption) + (34 if figure.legend else 0) + MARGIN
    if figure.findings:  # about as high as the list will be
        from podviz.shapes import findings

        head += min(findings.draw(pen, figure.findings, _LISTED, 190).height + _APART, 200)
    lines = wrap(title, 26.0, _TITLE, bold=True)
    least = max((width(line, 26.0, bold=True) for line in lines), default=0.0)
    if figure.findings:
        least = max(least, _LISTED * (0.5 if len(figure.findings) == 1 else 0.85))
    return head, least


def _stand_in(figure: Figure, pen: Pen) -> str:
    """A title for those who ask, where the figure has none."""
    return ", ".join(f"{b.kind} {pen.say(b.name)}" for b in figure.boxes[:4])


# ── heading ─────────────────────────────────────────────────────────────────────────────────


def _head_height(title: str, caption: str) -> float:
    return MARGIN + (42 if title else 0) + (22 if caption else 0)


def _heading(pen: Pen, title: str, caption: str, room: float) -> tuple[float, list[Item]]:
    """Title and caption flush left; the y where the figure begins."""
    y = MARGIN
    items: list[Item] = []
    size = 26.0
    lines = wrap(title, size, room, bold=True)
    for line in lines:
        items.append(run(line, size, MARGIN, y + 22, bold=True))
        y += 34
    small = pen.size(13)
    for line in wrap(caption, small, room):
        items.append(run(line, small, MARGIN, y + 10, colour="quiet"))
        y += small * LINE
    if items:
        y += 10
    group = Group(items=tuple(items), classes=("heading",))
    return y, [group] if items else []


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


def _arrow(pen: Pen, routed: Routed, inner: float, index: int) -> Group:
    """A line with rounded corners, its head, and its words on the line."""
    arrow, points = routed.arrow, list(routed.points)
    colour = "bad.line" if arrow.missing else _COLOUR.get(arrow.relation, "edge")
    stroke = Stroke(colour=colour, width=1.6, dash=(5, 4) if arrow.missing else ())
    (x1, y1), (x2, y2) = points[-2], points[-1]
    level = abs(x2 - x1) >= abs(y2 - y1)
    way = ("right" if x2 > x1 else "left") if level else ("down" if y2 > y1 else "up")
    back = {"right": (-6, 0), "left": (6, 0), "down": (0, -6), "up": (0, 6)}[way]
    ends = [*points[:-1], (x2 + back[0], y2 + back[1])]
    items: list[Item] = []
    if routed.label:
        items += _labelled(pen, routed, routed.label, ends, stroke)
    else:
        items.append(Path(steps=elbow(ends), stroke=stroke))
    items.append(head(x2, y2, way, colour))
    return Group(
        items=tuple(items),
        id=arrow.id,
        classes=("arrow", arrow.relation.value),
        tooltip=arrow.tooltip,
    )


def _labelled(
    pen: Pen, routed: Routed, at: Label, points: list[tuple[float, float]], stroke: Stroke
) -> list[Item]:
    """The line, its pins and its words; a level line has a gap that holds them."""
    size, words, arrow = pen.size(11), routed.words, routed.arrow
    colour = "bad.text" if stroke.colour == "bad.line" else "quiet"
    pins = pin.pins_width(arrow.pins)
    aside = pins + pin.NEXT if pins else 0.0
    said: list[Item] = []
    for k, line in enumerate(words):
        base = baseline(at.y + (k - (len(words) - 1) / 2) * size * 1.2, size)
        x = at.x + aside / 2
        said.append(run(line, size, x, base, bold=True, colour=colour, anchor="middle"))
    if arrow.pins:
        last = at.x - at.width / 2 + pins - pin.PIN / 2
        said += pin.draw_pins(arrow.id, arrow.pins, last + pin.INSIDE, at.y, pin.PIN)
    if at.stretch is None:
        return [Path(steps=elbow(points), stroke=stroke), *said]
    i = at.stretch
    gap = (at.width / 2 + PAD) * (1 if points[i + 1][0] > points[i][0] else -1)
    before = elbow([*points[: i + 1], (at.x - gap, at.y)])
    after = elbow([(at.x + gap, at.y), *points[i + 1 :]])
    return [Path(steps=(*before, *after), stroke=stroke), *said]


# ── legend ──────────────────────────────────────────────────────────────────────────────────


class _Row(Struct, frozen=True, kw_only=True):
    group: Group
    width: float
    height: float


def _legend(pen: Pen, signs: tuple[Sign, ...], room: float) -> _Row | None:
    """One row of signs with their meaning."""
    if not signs:
        return None
    items: list[Item] = []
    x, size, middle = 0.0, pen.size(11), 10.0
    for sign in signs:
        items += _sign(sign.sign, x, middle)
        words = pen.say(sign.words)
        text = x + (24 if sign.sign == "turn" else 36)
        items.append(run(words, size, text, baseline(middle, size), colour="quiet"))
        x = text + width(words, size) + 24
    group = Group(items=tuple(items), classes=("legend",))
    return _Row(group=group, width=x - 24, height=20)


def _sign(sign: str, x: float, middle: float) -> list[Item]:
    rect = Rect(x, middle - 8, 28, 16)
    if sign == "sidecar":
        return [
            Panel(
                rect=rect,
                fill="sidecar.fill",
                stroke=Stroke(colour="sidecar.line", width=1.2),
                radius=5,
            ),
            spine(rect, 5, 4),
        ]
    if sign == "init":
        stroke = Stroke(colour="init.line", width=1.2, dash=(4, 3))
        return [Panel(rect=rect, fill="init.fill", stroke=stroke, radius=5)]
    if sign == "turn":
        square = Panel(rect=Rect(x, middle - 8, 16, 16), fill="init.line", radius=4)
        one = run("1", 10, x + 8, baseline(middle, 10), bold=True, colour="on", anchor="middle")
        return [square, one]
    if sign == "replicas":
        pill = Panel(rect=rect, fill="pod.line", radius=8)
        return [
            pill,
            run("×N", 10, x + 14, baseline(middle, 10), bold=True, colour="on", anchor="middle"),
        ]
    if sign == "mark":
        stroke = Stroke(colour="line", width=1)
        frame = Panel(rect=Rect(x + 4, middle - 9, 20, 18), fill="canvas", stroke=stroke, radius=5)
        return [frame, Symbol(name="ConfigMap", rect=Rect(x + 7, middle - 7, 14, 14))]
    capsule = Panel(rect=rect, fill="canvas", stroke=Stroke(colour="pod.line", width=1.6), radius=8)
    return [capsule, Symbol(name="Service", rect=Rect(x + 8, middle - 6, 12, 12))]


# ── page ────────────────────────────────────────────────────────────────────────────────────


def _padded(drawing: Drawing, ratio: float) -> Drawing:
    """The same drawing in the middle of a page of the given ratio."""
    wide = max(drawing.width, drawing.height * ratio)
    high = max(drawing.height, drawing.width / ratio)
    shift = Group(
        items=drawing.items,
        dx=round((wide - drawing.width) / 2, 2),
        dy=round((high - drawing.height) / 2, 2),
    )
    return replace(drawing, width=round(wide, 2), height=round(high, 2), items=(shift,))
