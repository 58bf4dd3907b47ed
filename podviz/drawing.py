"""Placed rectangles, paths and text runs: what writers write.

Units are points of a 960 × 540 slide, y runs down. Colours are tokens of the theme
(`pod.fill`, `ink`); a writer asks the theme for their values.
"""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from podviz.text import Text


class Rect(Struct, frozen=True):
    """A plain rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, by: float) -> "Rect":
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def overlaps(self, other: "Rect", slack: float = 0.0) -> bool:
        """True when the two share more than `slack` points in both directions."""
        return (
            self.x + slack < other.right
            and other.x + slack < self.right
            and self.y + slack < other.bottom
            and other.y + slack < self.bottom
        )

    def union(self, other: "Rect") -> "Rect":
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


class Stroke(Struct, frozen=True):
    """An outline: colour token, width in points, dash lengths."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()


class Panel(Struct, frozen=True):
    """A filled and outlined rectangle; `cut` corners are straight, others have `radius`."""

    rect: Rect
    fill: str | None = None
    stroke: Stroke | None = None
    radius: float = 0.0
    cut: float = 0.0


Step: TypeAlias = tuple[str, tuple[float, ...]]
"""One SVG path command in absolute coordinates; of arcs, only the last two numbers move."""


class Path(Struct, frozen=True):
    steps: tuple[Step, ...]
    fill: str | None = None
    stroke: Stroke | None = None


class Run(Struct, frozen=True):
    """One line of text on one baseline; `x` is its left end, `width` its measured width."""

    x: float
    y: float
    words: str
    size: float
    width: float
    bold: bool = False
    colour: str = "ink"


class Symbol(Struct, frozen=True):
    """A mark (drawn in `colour`) or an icon (in its own colours) in a square box."""

    name: str
    rect: Rect
    colour: str | None = None
    opacity: float = 1.0


class Group(Struct, frozen=True):
    """A named part of the picture, moved by (dx, dy); its tooltip tells what it is.

    `box` is its frame in its own coordinates: what arrows end on and what JSON tells.
    """

    items: tuple["Item", ...]
    dx: float = 0.0
    dy: float = 0.0
    id: str | None = None
    classes: tuple[str, ...] = ()
    tooltip: Text | None = None
    box: Rect | None = None

    def at(self, dx: float, dy: float) -> "Group":
        """The same group moved by (dx, dy) from where its items lie."""
        return Group(
            items=self.items,
            dx=dx,
            dy=dy,
            id=self.id,
            classes=self.classes,
            tooltip=self.tooltip,
            box=self.box,
        )


Item: TypeAlias = Panel | Path | Run | Symbol | Group


class Drawing(Struct, frozen=True, kw_only=True):
    """A finished page of `width` × `height` points in one language."""

    width: float
    height: float
    lang: str
    title: str
    summary: Text
    name: str
    items: tuple[Item, ...]
    steps: tuple[tuple[Item, ...], ...] = ()
    """What is shown one after the other, over `items`: the frames of a story."""

    def boxes(self) -> dict[str, Rect]:
        """Where every named box stands on the page, by the figure's ids."""
        return dict(boxes_of(self.items))

    def letters(self) -> set[str]:
        """Every character that is drawn."""
        found: set[str] = set()
        ahead: list[Item] = [*self.items, *(item for step in self.steps for item in step)]
        while ahead:
            item = ahead.pop()
            if isinstance(item, Group):
                ahead.extend(item.items)
            elif isinstance(item, Run):
                found.update(item.words)
        return found


def boxes_of(
    items: tuple[Item, ...], dx: float = 0.0, dy: float = 0.0
) -> Iterator[tuple[str, Rect]]:
    """Every named box among the items with its rectangle, moved by (dx, dy)."""
    for item in items:
        if isinstance(item, Group):
            x, y = dx + item.dx, dy + item.dy
            if item.id is not None and item.box is not None:
                yield item.id, item.box.moved(x, y)
            yield from boxes_of(item.items, x, y)


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same item elsewhere."""
    match item:
        case Panel() | Symbol():
            return replace(item, rect=item.rect.moved(dx, dy))
        case Run():
            return replace(item, x=item.x + dx, y=item.y + dy)
        case Path():
            return replace(item, steps=tuple(moved_step(s, dx, dy) for s in item.steps))
        case Group():
            return replace(item, dx=item.dx + dx, dy=item.dy + dy)


def moved_step(step: Step, dx: float, dy: float) -> Step:
    """The same path command elsewhere."""
    letter, numbers = step
    if len(numbers) == 2:
        return letter, (numbers[0] + dx, numbers[1] + dy)
    if letter == "H":
        return letter, (numbers[0] + dx,)
    if letter == "V":
        return letter, (numbers[0] + dy,)
    if letter == "A":
        return letter, (*numbers[:5], numbers[5] + dx, numbers[6] + dy)
    return letter, tuple(n + (dy if i % 2 else dx) for i, n in enumerate(numbers))
