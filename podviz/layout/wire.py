"""What the router is given: docks, wires, and stretches that are laid already; and words."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from podviz.drawing import Rect

Spot = tuple[float, float]

CLEAR = 6.0
"""How far a line keeps from what it does not belong to, in points."""

STUB = 14.0
"""How far an arrow runs straight before its head and after its tail."""

TRACK = 10.0
"""How far apart two buses run side by side."""


PAD = 5.0
"""Clear room left and right of the words on a line, in points."""


class Label(Struct, frozen=True):
    """The middle of the words; `stretch` is the index of the level piece of the line that they
    interrupt, None where they stand beside an upright one."""

    x: float
    y: float
    width: float
    height: float
    stretch: int | None = None


class Dock(Struct, frozen=True):
    """Where an arrow may start or end: a point on a border and the way that leads off it."""

    x: float
    y: float
    way: tuple[int, int]
    low: float
    high: float
    """How far the point may slide along its border."""

    @property
    def stub(self) -> Spot:
        return round(self.x + self.way[0] * STUB, 2), round(self.y + self.way[1] * STUB, 2)


class Wire(Struct, frozen=True):
    """An arrow to be routed: docks to choose from, and what stands in its way.

    Wires of one `tail` share a trunk, wires of one `head` share their last stretch.
    """

    tail: str
    head: str
    tails: tuple[Dock, ...]
    heads: tuple[Dock, ...]
    walls: tuple[Rect, ...]
    fence: tuple[Rect, ...] = ()
    """More walls, one and the same tuple for many wires, so that it is looked through once."""
    borders: tuple[Rect, ...] = ()
    """Frames that the wire may cross but not run along."""
    lone: bool = False
    """True when no other wire shares an end: then the ends may slide to make it straight."""
    label: float = 0.0
    """Width of the words on the arrow: its last stretch is to be long enough."""
    more: Callable[[], tuple[tuple[Dock, ...], tuple[Dock, ...]]] | None = None
    """Gives all docks of both ends, where only the wished ones were looked for."""

    def with_all_docks(self) -> "Wire":
        """The wire that may leave and enter on every side."""
        if self.more is None:
            return self
        tails, heads = self.more()
        return replace(self, tails=tails, heads=heads, more=None)


class Segment(Struct, frozen=True):
    """A stretch that is laid, and the ends of its wire."""

    a: Spot
    b: Spot
    tail: str
    head: str

    @property
    def upright(self) -> bool:
        return self.a[0] == self.b[0]


def related(wire: Wire, segment: Segment) -> bool:
    """True when the stretch belongs to the same bus."""
    return segment.tail == wire.tail or segment.head == wire.head
