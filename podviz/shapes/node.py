"""A machine with its Pods in rows, the lane of those that wait, a frame around alike boxes."""

import math
from collections.abc import Callable
from functools import partial

from podviz.assets import icon_of
from podviz.drawing import Item, Panel, Rect, Stroke, Symbol
from podviz.figure import Box, Shape
from podviz.layout.pack import Packed, pack
from podviz.shapes import lane
from podviz.shapes.block import Block, Pen, Room, alike, finish
from podviz.shapes.border import centred, door_step, spread
from podviz.shapes.ink import (
    MARKS,
    baseline,
    capsule_width,
    draw_capsule,
    draw_marks,
    draw_tag,
    marks_width,
    run,
    tag_height,
    tag_width,
    titled,
    titled_width,
)
from podviz.text import cut_middle, number, width, wrap
from podviz.words import word

Drawer = Callable[[Pen, Box, Room], Block]

_PAD, _GAP = 16.0, 12.0
_METER = 14.0
_MOST_SAID = 300.0  # what is longer is cut where nothing else makes the box wide
_BUS = 14.0  # room for a trunk of arrows inside, before the doors
_GROWN, _MOST_GROWN = 1.35, 2.2  # how much wider boxes become to fill a node, or a grid
_COLUMN, _GRID, _WIDE_GRID = 6, 1.1, 1.5  # a frame of more boxes is a grid instead of a column
_FLATTER, _SLACK = (1.8, 2.7, 4.0, 8.0), 0.5  # how else Pods are set where a node is wider
_RATIO = {Shape.NODE: 1.2, Shape.FRAME: 0.4, Shape.LANE: 2.4}
_COLUMN_RATIO = 0.01
"""Width : height that the boxes inside are set towards; arrows enter a frame from the left, and
each of its few Pods when they stand in one column."""


def draw(pen: Pen, box: Box, room: Room, inner: Drawer) -> Block:
    """`inner` draws the boxes inside, whatever their shape."""
    if box.shape is Shape.SLOT:
        return _slot(pen, box, room)
    children = alike(box.children, partial(inner, pen))
    least = max(_header_width(pen, box), marks_width(pen, box) + 2 * _PAD)
    many = box.shape is Shape.FRAME and (len(children) > _COLUMN or bool(box.status))
    half = max((capsule_width(pen, d) / 2 for d in box.doors), default=0.0)
    ratio = _COLUMN_RATIO if box.roomy and box.shape is Shape.FRAME else _RATIO[box.shape]
    if many:
        ratio = _GRID if len(children) <= 2 * _COLUMN else _WIDE_GRID
    top = _header_height(pen, box)
    gap = 2.6 * _GAP if box.roomy and box.shape is Shape.NODE else _GAP
    sizes = [(b.width, b.height) for b in children]
    most_ratio = 8.0 if ratio > _COLUMN_RATIO else math.inf
    set_in = partial(
        pack, gap=gap, ratio=ratio, head=top, max_ratio=most_ratio, deadline=pen.deadline
    )
    packed = set_in(sizes)
    left = max(_PAD + (_BUS if box.roomy else 0.0), half + 12 if half else 0.0)
    if room.w and box.shape is Shape.NODE:
        packed = _lowest(packed, room.w - left - _PAD, partial(set_in, sizes))
    wide = max(room.w or 0, packed.width + left + _PAD, least)
    most = _MOST_GROWN if many else _GROWN
    stretch = _stretch(children, packed.width, wide - left - _PAD, gap, most)
    if stretch != 1.0:
        children = alike(box.children, partial(inner, pen), children[0].body.w * stretch)
        sizes = [(b.width, b.height) for b in children]
        packed = set_in(sizes)
        if box.shape is Shape.NODE:
            packed = _lowest(packed, wide - left - _PAD, partial(set_in, sizes))
        wide = max(wide, packed.width + left + _PAD)
    signs = MARKS + 8 if box.marks else 0.0
    step = door_step(pen, box)
    high = max(top + packed.height + signs + _PAD, top + len(box.doors) * step, room.h or 0)
    body = Rect(0, 0, wide, high)
    items: list[Item] = [_outline(box, body), *_header(pen, box, wide)]
    if box.shape is Shape.LANE and any(c.meter for c in box.children):
        return lane.draw(pen, box, room, items, children, top)
    if len(children) == 1 and box.children[0].shape is Shape.SLOT:
        slot = _slot(pen, box.children[0], Room(w=wide - 2 * _PAD, h=high - top - _PAD))
        items.append(slot.at(_PAD, top))
    else:
        items += [
            b.at(left + x, top + y) for b, (x, y) in zip(children, packed.positions, strict=True)
        ]
    if box.marks:
        items += draw_marks(pen, box, left, top + packed.height + 8)
    wished = centred(len(box.doors), high / 2, step)
    ys = spread(wished, step, top + step / 2, high - step / 2)
    for door, y in zip(box.doors, ys, strict=True):
        items.append(draw_capsule(pen, door, -capsule_width(pen, door) / 2, y))
    return finish(box, body, items, out=(half, 0, 0, 0))


def _lowest(packed: Packed, inner: float, set_in: Callable[..., Packed]) -> Packed:
    """Of the packings that are no wider than the room inside, the one that is least high."""
    tried = [packed, *(set_in(ratio=ratio) for ratio in _FLATTER)]
    return min([t for t in tried if t.width <= inner + _SLACK] or [packed], key=lambda t: t.height)


def _stretch(children: list[Block], packed: float, wished: float, gap: float, most: float) -> float:
    """How much wider the children may grow to fill their parent."""
    if not children or len({round(b.width, 1) for b in children}) > 1 or packed >= wished:
        return 1.0
    across = round((packed + gap) / (children[0].width + gap))
    grown = (wished - (across - 1) * gap) / across
    return min(grown / children[0].width, most)


def _outline(box: Box, body: Rect) -> Panel:
    if box.shape is Shape.LANE:
        return Panel(rect=body, stroke=Stroke(colour="edge", width=1.4, dash=(5, 4)), radius=14)
    if box.shape is Shape.NODE:
        return Panel(
            rect=body, fill="surface", stroke=Stroke(colour="node.line", width=1.8), radius=14
        )
    return Panel(rect=body, fill="surface", stroke=Stroke(colour="line", width=1.4), radius=14)


# ── header ──────────────────────────────────────────────────────────────────────────────────


def _kind(box: Box) -> tuple[str, float, float]:
    """Icon, its side, and the size of the name."""
    if box.shape is Shape.NODE:
        return "Node", 34.0, 15.0
    return box.kind, 26.0, 14.0


def _title(box: Box) -> str:
    return (
        "node"
        if box.shape is Shape.NODE
        else "waiting-lane"
        if box.shape is Shape.LANE
        else "frame"
    )


def _header_width(pen: Pen, box: Box) -> float:
    _, side, size = _kind(box)
    name = pen.say(box.name)
    tag = tag_width(pen, box.status) + 12 if box.status else 0.0
    if box.shape is Shape.LANE:
        return 2 * _PAD + width(name, pen.size(size), bold=True)
    titled = titled_width(pen, word(_title(box), kind=box.kind), name, size) + tag
    said = min(width(_said(pen, box), pen.size(12)), _MOST_SAID) + tag
    return _PAD + side + 8 + max(titled, said) + _PAD


def _said(pen: Pen, box: Box) -> str:
    """What stands below the name in one line."""
    return " · ".join(line for line in (box.ip, *(pen.say(d) for d in box.details)) if line)


def _header_height(pen: Pen, box: Box) -> float:
    if box.shape is Shape.LANE:
        return 38.0
    if box.shape is Shape.FRAME:
        return 44.0
    if box.meter:
        return 106.0 + 2 * (pen.size(12) - 12)
    return 60.0 if box.ip or box.details else 54.0


def _header(pen: Pen, box: Box, wide: float) -> list[Item]:
    icon, side, size = _kind(box)
    name = pen.say(box.name)
    if box.shape is Shape.LANE:
        return [
            Symbol(name="clock", rect=Rect(_PAD, 12, 18, 18), colour="init.line"),
            run(name, pen.size(13), _PAD + 26, baseline(21, pen.size(13)), bold=True),
        ]
    text = _PAD + side + 7
    said = _said(pen, box)
    middle = 27.0 if box.shape is Shape.NODE else 25.0
    first = middle - (9 if said else 0)
    items: list[Item] = [
        Symbol(name=icon_of(icon), rect=Rect(_PAD - 3, middle - side / 2 + 2, side, side))
    ]
    tag = tag_width(pen, box.status) + 8 if box.status else 0.0
    kind = word(_title(box), kind=box.kind)
    items += titled(
        pen, kind, name, size, text, baseline(first, pen.size(size)), wide - text - tag - _PAD
    )
    if said:
        small = pen.size(12)
        said = cut_middle(said, small, wide - text - tag - _PAD)
        items.append(run(said, small, text, baseline(middle + 9, small), colour="quiet"))
    if box.status:
        items += draw_tag(pen, box.status, wide - _PAD - tag + 8, middle - tag_height(pen) / 2)
    return items + (_meter(pen, box, wide) if box.meter else [])


def _meter(pen: Pen, box: Box, wide: float) -> list[Item]:
    """One segment per Pod; all meters of a figure share one scale."""
    meter = box.meter
    assert meter is not None
    size, top = pen.size(12), 60.0
    full = wide - 2 * _PAD
    scale = full / max(meter.largest, *meter.parts, meter.capacity)
    used, whole = number(sum(meter.parts)), number(meter.capacity)
    rest = pen.say(word("meter-of", whole=whole))
    right = _PAD + meter.capacity * scale
    base = baseline(top + 8, size)
    rest_wide = width(rest, size)
    items: list[Item] = [
        run(pen.say(meter.label), size, _PAD, base, colour="quiet"),
        run(rest, size, wide - _PAD, base, colour="quiet", anchor="end"),
        run(used, size, wide - _PAD - rest_wide - 4, base, bold=True, anchor="end"),
    ]
    bar = Rect(_PAD, top + 20, right - _PAD, _METER)
    items.append(
        Panel(rect=bar, fill="canvas", stroke=Stroke(colour="node.line", width=1.4), radius=4)
    )
    x = bar.x + 1.5
    for part in meter.parts:
        long = min(part * scale - min(3.0, part * scale / 2), bar.right - 1.5 - x)
        if long > 0:
            items.append(
                Panel(rect=Rect(x, bar.y + 1.5, long, _METER - 3), fill="pod.line", radius=2.5)
            )
        x += part * scale
    return items


def _slot(pen: Pen, box: Box, room: Room) -> Block:
    """An empty place, dashed, with its words in the middle."""
    size = pen.size(13)
    words = pen.say(box.name)
    wide = max(room.w or 0, width(words, size) + 40)
    high = max(room.h or 0, 72.0)
    body = Rect(0, 0, wide, high)
    items: list[Item] = [
        Panel(rect=body, stroke=Stroke(colour="line", width=1.4, dash=(5, 4)), radius=12),
    ]
    lines = wrap(words, size, wide - 24)
    for i, line in enumerate(lines):
        y = high / 2 + (i - (len(lines) - 1) / 2) * size * 1.4
        items.append(run(line, size, wide / 2, baseline(y, size), colour="quiet", anchor="middle"))
    return finish(box, body, items)
