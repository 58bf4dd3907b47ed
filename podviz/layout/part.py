"""What layout hands on: placed boxes with their routed arrows."""

from msgspec import Struct
from msgspec.structs import replace

from podviz.drawing import Group
from podviz.figure import Arrow, Shape
from podviz.layout.wire import Label, Spot

GAP = 24.0
"""Between boxes that nothing ties together, in points."""

RATIO = 16 / 9
"""Width : height that pages are led towards."""

FLATTEST = 1.9
"""Beyond this ratio a page is made higher where that is possible."""

RIBBON = 2.96
"""Beyond this ratio a page is made higher at any price."""

MOST_STEP = 88.0
"""How much lower than the last one a box of a chain may stand, in points."""

MARGINS = 48.0
"""What the page adds to the width of its content."""


OWN_SIZE = frozenset([Shape.SPACE, Shape.TRAY])
"""Shapes that are as large as their content: others of one shape are made equal."""


class Engine(Struct, frozen=True):
    """Which Graphviz lays out, and how many seconds a figure's layout may take in all."""

    name: str = "bundled"
    deadline: float = 30.0


class Routed(Struct, frozen=True):
    """An arrow and the corner points of its way."""

    arrow: Arrow
    points: tuple[Spot, ...]
    label: Label | None = None
    words: tuple[str, ...] = ()
    """The lines of its words."""

    def moved(self, dx: float, dy: float) -> "Routed":
        label = self.label
        if label:
            label = replace(label, x=label.x + dx, y=label.y + dy)
        points = tuple((x + dx, y + dy) for x, y in self.points)
        return replace(self, points=points, label=label)


class Part(Struct, frozen=True):
    """Boxes that edges tie together, placed from (0, 0), with their arrows."""

    width: float
    height: float
    groups: tuple[Group, ...]
    routes: tuple[Routed, ...] = ()
    chain: int = 0
    """How many arrows follow one another in chains without a branch."""

    def moved(self, dx: float, dy: float) -> "Part":
        return replace(
            self,
            groups=tuple(g.at(g.dx + dx, g.dy + dy) for g in self.groups),
            routes=tuple(r.moved(dx, dy) for r in self.routes),
        )


def badness(part: Part, head: float) -> float:
    """How far the page would be from 16:9, as a factor of at least 1; `head` points stand above."""
    ratio = (part.width + MARGINS) / (part.height + head)
    return max(ratio / RATIO, RATIO / ratio)


def fitted(part: Part) -> Part:
    """The part with room for its arrows and their words too, its upper left corner at (0, 0)."""
    xs, ys = [0.0, part.width], [0.0, part.height]
    for routed in part.routes:
        xs += [x for x, _ in routed.points]
        ys += [y for _, y in routed.points]
        if routed.label:
            xs += [routed.label.x - routed.label.width / 2, routed.label.x + routed.label.width / 2]
            half = max(8.0, 7.2 * len(routed.words))
            ys += [routed.label.y - half, routed.label.y + half]
    size = replace(part, width=max(xs) - min(xs), height=max(ys) - min(ys))
    return size.moved(-min(xs), -min(ys)) if min(xs) < 0 or min(ys) < 0 else size
