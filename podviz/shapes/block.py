"""A box measured and drawn, ready to be placed."""

from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.drawing import Group, Item, Rect, moved
from podviz.figure import Box, Shape
from podviz.layout.deadline import NEVER, Deadline
from podviz.layout.part import Part
from podviz.shapes import pin
from podviz.text import Text, width


class Pen(Struct, frozen=True, kw_only=True, eq=False):
    """How to draw: the language, and the smallest text size in points."""

    lang: str
    floor: float = 9.0
    deadline: Deadline = NEVER
    drawn: "dict[tuple[int, Room], tuple[Box, Block]]" = field(default_factory=dict)
    """What this pen has drawn already, by the box's identity and the room it was given."""
    insides: dict[str, Part] = field(default_factory=dict)
    """What stands in each namespace, laid out before the namespace itself is drawn."""

    def size(self, wished: float) -> float:
        return wished if wished > self.floor else self.floor

    def say(self, text: Text) -> str:
        return text.to(self.lang)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        return width(words, size, bold=bold)


class Room(Struct, frozen=True):
    """The size that a box's frame is asked to fill; None leaves the natural size.

    What is in it stands `indent` from the left and `head` from the top at least, its name `top`;
    its chips take `spare` points more of height.
    """

    w: float | None = None
    h: float | None = None
    indent: float = 0.0
    head: float = 0.0
    top: float = 0.0
    spare: float = 0.0


class Block(Struct, frozen=True):
    """A drawn box: `width` × `height` with all that juts out, `group` in that space.

    `group.box` is the frame itself; named parts inside are groups with boxes of their own.
    """

    width: float
    height: float
    group: Group

    @property
    def body(self) -> Rect:
        assert self.group.box is not None
        return self.group.box

    def at(self, x: float, y: float) -> Group:
        """The block's drawing with its top left corner at (x, y)."""
        return self.group.at(x, y)


def finish(
    box: Box, body: Rect, items: list[Item], *, out: tuple[float, ...] = (0, 0, 0, 0)
) -> Block:
    """A block around `body` (at its own coordinates) that juts out by left, top, right, bottom."""
    left, top, right, bottom = out
    if box.pins:
        left, top, right, bottom = map(max, out, pin.reach(box))
        side = pin.size(box)
        pins = pin.draw_pins(box.id, box.pins, body.right, body.y, side)
        items = [*pin.halo(box, body), *items, *pins]
    kind = box.kind.lower()
    names = (kind,) if box.role.value == kind else (kind, box.role.value)
    inner = Group(items=tuple(items), dx=left - body.x, dy=top - body.y)
    group = Group(
        items=(inner,),
        id=box.id,
        classes=names,
        tooltip=box.tooltip,
        box=Rect(left, top, body.w, body.h),
    )
    return Block(width=left + body.w + right, height=top + body.h + bottom, group=group)


_EVEN, _EVEN_FRAMES = 2.0, 1.25
"""Boxes whose heights differ by no more than this factor become equally high; frames show it
more when they are not full."""

_MOST = 2 / 3
"""If they are not so many of all, none grows: some that did would look like another kind."""


_WIDER = (1.0, 1.08, 1.16)


def alike(
    boxes: Sequence[Box], draw: Callable[[Box, Room], Block], wide: float | None = None
) -> list[Block]:
    """The boxes drawn so that those of one shape fill a grid: frames of one size, and the same
    room around each for what juts out. `wide` is a wished frame width."""
    blocks = [draw(box, Room(w=wide)) for box in boxes]
    result = list(blocks)
    for shape in dict.fromkeys(box.shape for box in boxes):
        own = [i for i, box in enumerate(boxes) if box.shape is shape]
        widest = max(blocks[i].body.w for i in own)
        if shape is Shape.NODE and len(own) > 1:
            widest = _suiting([boxes[i] for i in own], draw, widest)
        for i in own:
            if blocks[i].body.w < widest - 0.5:
                result[i] = draw(boxes[i], Room(w=widest))
        highest = max(result[i].body.h for i in own)
        factor = _EVEN_FRAMES if shape is Shape.FRAME else _EVEN
        near = [i for i in own if highest <= factor * result[i].body.h]
        if len(near) < _MOST * len(own):  # most would be all empty beside a very high one
            near = []
        for i in near:
            if result[i].body.h < highest - 0.5:
                result[i] = draw(boxes[i], Room(w=widest, h=highest))
        for i, padded in zip(own, _padded([result[i] for i in own]), strict=True):
            result[i] = padded
    return result


def _suiting(boxes: Sequence[Box], draw: Callable[[Box, Room], Block], wide: float) -> float:
    """The width, or one a little wider, at which equal frames take the least room in all: one
    node whose Pods do not quite fit side by side would make all others as high."""

    def area(tried: float) -> float:
        return tried * max(draw(box, Room(w=tried)).body.h for box in boxes)

    return min((wide * factor for factor in _WIDER), key=area)


def _padded(blocks: list[Block]) -> list[Block]:
    """The blocks with the same room left, above, right and below of every frame."""
    left = max(b.body.x for b in blocks)
    top = max(b.body.y for b in blocks)
    right = max(b.width - b.body.right for b in blocks)
    bottom = max(b.height - b.body.bottom for b in blocks)
    result = []
    for block in blocks:
        dx, dy = left - block.body.x, top - block.body.y
        group = block.group
        if dx or dy:
            group = replace(
                group,
                items=tuple(moved(i, dx, dy) for i in group.items),
                box=block.body.moved(dx, dy),
            )
        wide, high = left + block.body.w + right, top + block.body.h + bottom
        result.append(Block(width=wide, height=high, group=group))
    return result
