"""The bytes of an SVG as a picture."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from msgspec import Struct, field
from msgspec.structs import replace

from .area import Area, Line, around
from .glyphs import Extent, Face, bundled, embedded
from .picture import Arrow, Box, Item, Mark, Picture, Shape, Word
from .steps import subpaths

SVG = "{http://www.w3.org/2000/svg}"
_SKIPPED = {f"{SVG}{name}" for name in ("title", "desc", "defs", "style")}

_EM = 2048
"""Units of the bundled font."""

_CAPITAL = 0.72
"""A line of text is at least as high as its capitals would be, in ems."""


class _Context(Struct, frozen=True):
    """Where in the document a walk stands."""

    prefix: str
    fonts: dict[bool, Face]
    holder: Box | None = None
    arrow: str | None = None
    boxes: list[Box] = field(default_factory=list)


def read(svg: bytes) -> Picture:
    """What the file draws. Raises ParseError when it is no XML, ValueError when it holds what
    podviz does not write."""
    root = ElementTree.fromstring(svg)
    _, _, wide, high = (float(n) for n in root.attrib["viewBox"].split())
    style = "".join(s.text or "" for s in root.iter(f"{SVG}style"))
    prefix = root.get("aria-labelledby", "").partition("title")[0]
    context = _Context(prefix, embedded(style))
    items = tuple(_walk(root, context))
    colour = "#FFFFFF"
    if items and isinstance(items[0], Shape) and items[0].holder is None:
        colour, items = items[0].colour, items[1:]
    return Picture(wide, high, colour, tuple(context.boxes), items, tuple(_arrows(items)))


def _walk(parent: Element, context: _Context) -> Iterator[Item]:
    for element in parent:
        if element.tag in _SKIPPED:
            continue
        if element.tag == f"{SVG}g" and "aria-label" in element.attrib:
            yield _outlined(element, context)
        elif _MARKED & set(element.get("class", "").split()):
            yield from _marked(element, context)
        elif element.tag == f"{SVG}g":
            yield from _walk(element, _inside(element, context))
        elif element.tag == f"{SVG}text":
            yield _word(element, context)
        elif element.tag == f"{SVG}use":
            name = element.get("href", "").removeprefix(f"#{context.prefix}")
            yield Mark(name, _rectangle(element), context.holder, context.arrow)
        elif element.tag == f"{SVG}rect":
            yield _shape(element, _outline(_rectangle(element)), context)
        elif element.tag == f"{SVG}path":
            yield _shape(element, element.attrib["d"], context)
        else:
            raise ValueError(f"element {element.tag} is not understood")


_MARKED = {"struck", "stressed"}
"""Classes of a line of text and the line that strikes it out, or stands under it."""


def _marked(group: Element, context: _Context) -> Iterator[Item]:
    """The text; its line too, where that is not as long as the text and level with it."""
    *_, text, line = group
    word, shape = _word(text, context), _shape(line, line.attrib["d"], context)
    yield word
    around = word.area.grown(4, word.size / 2)
    if shape.area.height > 0.01 or not around.holds(shape.area):
        yield shape


def _inside(group: Element, context: _Context) -> _Context:
    classes = frozenset(group.get("class", "").split())
    id = group.get("id", "").removeprefix(context.prefix)
    if "data-box" in group.attrib:
        x, y, w, h = (float(n) for n in group.attrib["data-box"].split())
        curves = _curves(group) if "volume" in classes else ()
        box = Box(id, classes, Area(x, y, x + w, y + h), context.holder, curves, context.arrow)
        context.boxes.append(box)
        return replace(context, holder=box)
    return replace(context, arrow=id) if "arrow" in classes else context


def _curves(drum: Element) -> tuple[Line, ...]:
    """What a drum itself is drawn with."""
    return tuple(line for p in drum.findall(f"{SVG}path") for line in subpaths(p.attrib["d"]))


# ── shapes ──────────────────────────────────────────────────────────────────────────────────


def _rectangle(element: Element) -> Area:
    x, y, w, h = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
    return Area(x, y, x + w, y + h)


def _outline(area: Area) -> str:
    return f"M{area.left} {area.top}H{area.right}V{area.bottom}H{area.left}Z"


def _shape(element: Element, steps: str, context: _Context) -> Shape:
    lines = subpaths(steps)
    return Shape(
        area=around(p for line in lines for p in line),
        lines=lines,
        colour=element.get("fill", "none"),
        holder=context.holder,
        arrow=context.arrow,
    )


# ── words ───────────────────────────────────────────────────────────────────────────────────


def _word(element: Element, context: _Context) -> Word:
    words = "".join(element.itertext())
    size, x, y = (float(element.attrib[name]) for name in ("font-size", "x", "y"))
    bold = element.get("font-weight") == "700"
    whole = bundled(bold)
    face = context.fonts.get(bold) or (whole if not context.fonts else Face.of(b""))
    foreign = whole.lacks(words)
    extent = whole.measure(words) if foreign else face.measure(words)
    extent = Extent(extent.advance, max(extent.up, _CAPITAL), extent.down)
    held = element.get("textLength")
    wide = float(held) if held else extent.advance * size
    area = Area(x, y - extent.up * size, x + wide, y + extent.down * size)
    return Word(
        words=words,
        size=size,
        area=area,
        holder=context.holder,
        arrow=context.arrow,
        colour=element.attrib["fill"],
        lacking="".join(c for c in face.lacks(words) if c not in foreign),
        unheld="" if held else foreign,
    )


def _outlined(element: Element, context: _Context) -> Word:
    """Text as paths: where its glyphs reach, control points included."""
    turn = element.attrib["transform"].removeprefix("matrix(").removesuffix(")")
    scale, _, _, flip, x, y = (float(n) for n in turn.split())
    points = [(x, y)]
    for glyph in element:
        pen = float(glyph.attrib["transform"].removeprefix("translate(").removesuffix(")"))
        reached = [p for line in subpaths(glyph.attrib["d"]) for p in line]
        points += [(x + (pen + a) * scale, y + b * flip) for a, b in reached]
    return Word(
        words=element.attrib["aria-label"],
        size=scale * _EM,
        area=around(points),
        holder=context.holder,
        arrow=context.arrow,
        colour=element.attrib["fill"],
    )


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


def _arrows(items: tuple[Item, ...]) -> Iterator[Arrow]:
    """Named groups of a line and a head; else a line whose next neighbour is a head."""
    named: dict[str, list[tuple[int, Shape]]] = {}
    before: Item | None = None
    for i, item in enumerate(items):
        if isinstance(item, Shape) and item.arrow is not None:
            named.setdefault(item.arrow, []).append((i, item))
        elif (
            isinstance(item, Shape) and item.tip and isinstance(before, Shape) and not before.filled
        ):
            yield Arrow(None, before.lines, item.tip, item.holder, i - 1)
        before = item
    for id, shapes in named.items():
        lines = tuple(line for _, s in shapes if not s.filled for line in s.lines)
        tips = [s.tip for _, s in shapes if s.tip]
        place, first = shapes[0]
        if lines:
            yield Arrow(id, lines, tips[0] if tips else None, first.holder, place)
