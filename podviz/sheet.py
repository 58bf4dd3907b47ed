"""One figure that an input asks for: the scene, and how to show it."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.figure import Sketch
from podviz.meta import Named, Selection
from podviz.model import Cluster
from podviz.place import Place
from podviz.text import Text
from podviz.value import Placed


class Event(Placed, frozen=True, kw_only=True, eq=False):
    """What happens to a cluster.

    `kind` is kill, crash, fail, drain, scale, roll, run or wait. `target` is what it happens to,
    as the spec names it: a Pod, a controller, a node, `pod/container`; empty for wait. `number`
    are the replicas of scale and the steps of wait, `image` the new one of roll.
    """

    kind: str
    target: str = ""
    number: int | None = None
    image: str | None = None
    place: Place | None = None


class Frame(Placed, frozen=True, kw_only=True, eq=False):
    """One frame of a story: what is said, and what happens right before it.

    Without an event the controllers act until nothing changes.
    """

    title: Text | None = None
    event: Event | None = None
    place: Place | None = None


class Cell(Struct, frozen=True, kw_only=True):
    """A cell of a table; `verdict` good or bad sets a mark before the words."""

    words: Text
    verdict: str | None = None


class Table(Struct, frozen=True, kw_only=True):
    """A table: the heads of its columns, and rows of as many cells.

    `key` is the number of the column that matters, from 0, None for none.
    """

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: int | None = None


class Card(Placed, frozen=True, kw_only=True, eq=False):
    """A principle, a myth or a truth: a few words under a picture of a few signs.

    Those of `picture` that are in a tuple stand in one Pod.
    """

    title: Text
    text: Text | None = None
    verdict: str | None = None
    picture: tuple[Sketch | tuple[Sketch, ...], ...] = ()
    place: Place | None = None


class Sheet(Placed, frozen=True, kw_only=True, eq=False):
    """One figure that an input asks for: the scene and how to show it.

    `langs` are the languages that the title is given in. `view` is None when the content
    shall decide. `show` and `hide` name details. `whole` is the cluster that `cluster` is a
    part of: what it refers to there is not missing. `manifests` are files whose objects belong
    to the cluster as far as `asked` lets them in. `expect` are the codes of findings that the
    figure must show, and no others; None where it says nothing of them.

    A figure of `panels`, a `table` or `cards` has no scene of its own; one with `frames` is a
    story of its scene. A panel has a `verdict`, good, bad or None, and `because`, the reason in
    the lecturer's own words.
    """

    cluster: Cluster
    name: str | None = None
    title: Text | None = None
    caption: Text | None = None
    notes: Text | None = None
    langs: tuple[str, ...] = ("en",)
    view: str | None = None
    show: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    whole: Cluster | None = None
    manifests: tuple[Named, ...] = ()
    asked: Selection = field(default_factory=Selection)
    expect: tuple[str, ...] | None = None
    verdict: str | None = None
    because: Text | None = None
    panels: "tuple[Sheet, ...]" = ()
    frames: tuple[Frame, ...] = ()
    table: Table | None = None
    cards: tuple[Card, ...] = ()
    place: Place | None = None

    @property
    def scenes(self) -> "tuple[Sheet, ...]":
        """The sheets that have a cluster of their own: the panels, or this one."""
        return self.panels or (self,)

    def with_scenes(self, scenes: Sequence["Sheet"]) -> "Sheet":
        """The same figure of other scenes, as many as it has."""
        return replace(self, panels=tuple(scenes)) if self.panels else scenes[0]
