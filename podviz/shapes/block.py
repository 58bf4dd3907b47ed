"""A box measured and drawn, ready to be placed."""

from dataclasses import dataclass, replace

from podviz.drawing import Group, Item, Rect
from podviz.figure import Box
from podviz.text import Text, width


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """How to draw: the language, and the smallest text size in points."""

    lang: str
    floor: float = 9.0

    def size(self, wished: float) -> float:
        return max(wished, self.floor)

    def say(self, text: Text) -> str:
        return text.to(self.lang)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        return width(words, size, bold=bold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The size that a box is asked to fill; None leaves the natural size."""

    w: float | None = None
    h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
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
        return replace(self.group, dx=x, dy=y)


def finish(
    box: Box, body: Rect, items: list[Item], *, out: tuple[float, ...] = (0, 0, 0, 0)
) -> Block:
    """A block around `body` (at its own coordinates) that juts out by left, top, right, bottom."""
    left, top, right, bottom = out
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
