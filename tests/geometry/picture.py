"""A picture as its file tells it: boxes, words, shapes, marks, arrows."""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from .area import Area, Line, Point, around, off_line

PORT = "-port-"
"""What stands between a box's id and its door's number."""

SIGN = 28.0
"""Pills, tags, pins and squares are at most this high."""


class Box(Struct, frozen=True, eq=False):
    """A group with a frame of its own; `parent` is the innermost one around it, `curves` what
    a drum is drawn with: its sides, its lid; `arrow` is the one that a pin stands on."""

    id: str
    classes: frozenset[str]
    area: Area
    parent: "Box | None"
    curves: tuple[Line, ...] = ()
    arrow: str | None = None

    @property
    def is_door(self) -> bool:
        return "door" in self.classes or "pin" in self.classes

    @property
    def is_drum(self) -> bool:
        return bool(self.curves)

    def leads_to(self, box: "Box") -> bool:
        """True for a door whose id names the box behind it, on whose border it may stand."""
        return self.is_door and self.id.startswith(f"{box.id}{PORT}")

    @property
    def line(self) -> tuple["Box", ...]:
        """This box and those around it, from inside out."""
        return (self, *(self.parent.line if self.parent else ()))

    @property
    def inside(self) -> Area:
        """Where nothing else may run: without the border, and without a drum's lid."""
        lid = min((around(c).height for c in self.curves), default=0.0)
        return self.area.grown(-1.5, -max(lid / 2 + 1, 1.5))

    def off_border(self, point: Point) -> float:
        """How far the point is from the outline, of a drum as it is drawn."""
        if self.curves:
            return min(off_line(point, curve) for curve in self.curves)
        return self.area.distance(point)


def related(one: Box, other: Box) -> bool:
    """True when one of them lies in the other, or is a door on its border."""
    within = one in other.line or other in one.line
    return within or one.leads_to(other) or other.leads_to(one)


class Word(Struct, frozen=True, eq=False):
    """A line of text, measured; `lacking` are characters that the embedded font should have,
    `unheld` those of other fonts that no textLength holds to a width."""

    words: str
    size: float
    area: Area
    holder: Box | None
    arrow: str | None
    colour: str
    lacking: str = ""
    unheld: str = ""


class Shape(Struct, frozen=True, eq=False):
    """A rectangle or a path; `colour` is what fills it, `none` when it is only a line."""

    area: Area
    lines: tuple[Line, ...]
    colour: str
    holder: Box | None
    arrow: str | None

    @property
    def filled(self) -> bool:
        return self.colour != "none"

    @property
    def is_sign(self) -> bool:
        """True for pills, tags and squares: small, filled, and wide enough for a character; but
        not for a small box's own frame, nor for the lid of a drum."""
        small = 8 <= self.area.height <= SIGN and self.area.width >= 12
        own = self.holder is not None and (self.holder.is_drum or self.holder.area == self.area)
        return self.filled and small and not own

    @property
    def tip(self) -> Point | None:
        """The point of an arrow head; None for any other shape."""
        if not self.filled or len(self.lines) != 1 or len(self.lines[0]) != 4:
            return None
        corners = self.lines[0][:3]
        return min(corners, key=lambda corner: _skew(corner, [c for c in corners if c != corner]))


def _skew(corner: Point, others: list[Point]) -> float:
    """How unequal the corner's two sides are."""
    lengths = [abs(complex(*corner) - complex(*other)) for other in others]
    return max(lengths, default=0.0) - min(lengths, default=0.0)


class Mark(Struct, frozen=True, eq=False):
    """A symbol in its square."""

    name: str
    area: Area
    holder: Box | None
    arrow: str | None


Item: TypeAlias = Word | Shape | Mark


class Arrow(Struct, frozen=True, eq=False):
    """A line with a head. `id` is None for one that is not a named part of the picture;
    `place` is where among the picture's items its line is drawn."""

    id: str | None
    lines: tuple[Line, ...]
    tip: Point | None
    holder: Box | None
    place: int

    @property
    def start(self) -> Point:
        return self.lines[0][0]

    @property
    def end(self) -> Point:
        """Where the line itself ends, below the head."""
        return self.lines[-1][-1]

    @property
    def name(self) -> str:
        x, y = self.start
        return f"arrow {self.id}" if self.id else f"the arrow from ({x:.0f}, {y:.0f})"


class Picture(Struct, frozen=True, eq=False):
    """All that a file draws; `items` in the order in which they are drawn, without the page's
    own ground, which has the `colour`."""

    width: float
    height: float
    colour: str
    boxes: tuple[Box, ...]
    items: tuple[Item, ...]
    arrows: tuple[Arrow, ...]

    @property
    def page(self) -> Area:
        return Area(0, 0, self.width, self.height)

    def words(self) -> Iterator[tuple[int, Word]]:
        """Every line of text with its place in `items`."""
        return ((i, item) for i, item in enumerate(self.items) if isinstance(item, Word))

    def shapes(self) -> Iterator[tuple[int, Shape]]:
        return ((i, item) for i, item in enumerate(self.items) if isinstance(item, Shape))

    def outlines(self, box: Box) -> Iterator[Area]:
        """What of a box juts out over its border: the frames of a stack, squares and pills."""
        for _, shape in self.shapes():
            own = shape.holder is box and shape.filled and shape.arrow is None
            if own and box.area.excess(shape.area) > 1:
                yield shape.area

    def marks(self) -> Iterator[Mark]:
        return (item for item in self.items if isinstance(item, Mark))


def stands_in(sign: Box | Word, box: Box, picture: Picture) -> bool:
    """True for an arrow's words or pins where they stand wholly in a box that it ends in."""
    if sign.arrow is None or not box.area.holds(sign.area):
        return False
    arrow = next((a for a in picture.arrows if a.id == sign.arrow), None)
    if arrow is None or arrow.tip is None:
        return False
    return box.inside.contains(arrow.start) or box.inside.contains(arrow.tip)
