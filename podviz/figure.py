"""What to draw, in roles: boxes, arrows and words, but no sizes and no colours."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from podviz.place import Place
from podviz.text import NOTHING, Text
from podviz.value import Placed


class Shape(StrEnum):
    """How a box is drawn (the grammar of shapes)."""

    ANATOMY = "anatomy"  # a Pod laid open: network as roof, containers, volumes as floor
    POD = "pod"  # a Pod with its containers as small boxes
    CONTAINER = "container"
    CHIP = "chip"  # a container in a few points: mark and name
    VOLUME = "volume"  # a drum
    NODE = "node"  # a machine with its Pods in rows
    LANE = "lane"  # where Pods wait without a node
    SLOT = "slot"  # an empty place
    CARD = "card"  # any other object: icon, kind, name, details
    WORKLOAD = "workload"  # a controller with its Pods in one box
    ADDRESS = "address"  # something outside the cluster
    FRAME = "frame"  # a titled surface around alike boxes
    SPACE = "space"  # a namespace with all that is in it, laid out like a page of its own
    TRAY = "tray"  # what nothing else shows: configuration and rights, as small marks
    PANEL = "panel"  # one side of a comparison: verdict, scene, reason
    TILE = "tile"  # a principle or a myth: a picture of a few marks, a title, a text
    TABLE = "table"  # rows of cells under the heads of their columns
    ROW = "row"  # of a table
    CELL = "cell"
    MOMENT = "moment"  # one frame of a story


UNSAID = frozenset(
    [
        "Container",
        "Slot",
        "Lane",
        "Address",
        "Tray",
        "Panel",
        "Card",
        "Table",
        "Row",
        "Cell",
        "Frame",
    ]
)
"""Kinds of boxes that are told by their names alone."""


class Role(StrEnum):
    """What a box or arrow means; the theme gives each its colours."""

    POD = "pod"
    MAIN = "main"
    SIDECAR = "sidecar"
    UNCLEAR = "unclear"
    INIT = "init"
    VOLUME = "volume"
    NODE = "node"
    OBJECT = "object"
    MISSING = "missing"
    DEAD = "dead"
    WAITING = "waiting"
    OUTSIDE = "outside"


class Relation(StrEnum):
    """What an arrow says."""

    CALLS = "calls"
    OWNS = "owns"
    SELECTS = "selects"
    SCALES = "scales"
    MOUNTS = "mounts"
    READS = "reads"
    WRITES = "writes"
    THEN = "then"
    NEAR = "near"  # no line: only keeps two boxes beside each other


class Tag(Struct, frozen=True, kw_only=True):
    """A pill with a mark and a word: a role or a status; a filled one calls for attention."""

    words: Text
    role: str
    mark: str | None = None
    filled: bool = False


class Pin(Struct, frozen=True, kw_only=True):
    """A finding's number on what it speaks of; `severity` is error, warning or info. One that
    somebody has suppressed is hollow."""

    number: int
    severity: str
    hollow: bool = False


class Noted(Placed, frozen=True, kw_only=True, eq=False):
    """What a pin's number means: the first finding of its kind, and how many `more` there are.

    `elements` are the paths of all that they speak of, `places` where those stand in files.
    """

    number: int
    severity: str
    code: str
    name: str
    message: Text
    help: Text | None = None
    more: int = 0
    elements: tuple[str, ...] = ()
    suppressed: str | None = None
    """Why it does not count, None where it does."""
    places: tuple[Place, ...] = ()


class Door(Struct, frozen=True, kw_only=True):
    """A capsule on a border: a port, or a Service before its Pods.

    `leads` are the ids of the child boxes behind it.
    """

    id: str
    label: str
    about: str
    kind: str = "Port"
    leads: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    tooltip: Text | None = None
    place: Place | None = None


class Mark(Struct, frozen=True, kw_only=True):
    """Objects of one kind that a box shows as a small icon with their number: its configuration.

    `members` are their paths in the model, `names` what they are called.
    """

    kind: str
    members: tuple[str, ...]
    names: tuple[str, ...]


class Sketch(Struct, frozen=True, kw_only=True):
    """One sign of a card's picture: a mark, a Kubernetes kind, `+`, `→`, or words as they are.

    `verdict` good or bad sets a mark before it; what is bad is struck out.
    """

    words: Text
    verdict: str | None = None


class Fact(Struct, frozen=True, kw_only=True):
    """What is so in one frame of a story: a label, and values with what became of each.

    The state of a value is kept, new or gone; `verdict` good or bad sets a mark behind; `missing`
    counts the Pods that are wanted and not there at all.
    """

    label: Text
    values: tuple[tuple[Text, str], ...]
    verdict: str | None = None
    missing: int = 0


class Listed(Placed, frozen=True, kw_only=True, eq=False):
    """One object of the sheet; `reason` says why it has no box, None where it has one.

    `is_lost` is true where nothing in the figure tells of it, not even a mark.
    """

    path: str
    kind: str
    name: str
    namespace: str | None = None
    reason: Text | None = None
    is_lost: bool = False
    place: Place | None = None


class Meter(Struct, frozen=True, kw_only=True):
    """How much of a capacity is taken; `parts` are the single requests, all in one unit.

    All meters that share `largest` share one scale. `verdict` says what follows, and whether
    that is good.
    """

    label: Text
    parts: tuple[float, ...]
    capacity: float
    largest: float
    verdict: Text | None = None


class Box(Placed, frozen=True, kw_only=True, eq=False):
    """One thing in the picture.

    `about` is the path of the thing in the model, `id` is unique in the figure. `details` are
    lines under the name. `order` is the turn of an init container, from 1. `count` above 1
    draws a stack. `arrows` run between the box's own children, inside it. `roomy` keeps lanes
    free between the children, for arrows end there. `reason` tells why a role was given.
    `members` are the paths of the objects that a box of several stands for. `verdict` is good,
    bad or None: of a panel, a card or a cell. `picture` are the signs of a card from left to
    right; those in a tuple stand in one Pod. `key` marks the column of a table that matters.
    In a story `slot` is the place that a box keeps from frame to frame, `changed` names what
    of it is new (name, ip, image, restarts), and `facts` stand below a frame.
    """

    id: str
    about: str
    kind: str
    shape: Shape
    role: Role
    name: Text
    details: tuple[Text, ...] = ()
    caption: Text | None = None
    tag: Tag | None = None
    status: Tag | None = None
    ip: str | None = None
    order: int | None = None
    count: int = 1
    doors: tuple[Door, ...] = ()
    children: tuple["Box", ...] = ()
    arrows: tuple["Arrow", ...] = ()
    meter: Meter | None = None
    marks: tuple[Mark, ...] = ()
    pins: tuple[Pin, ...] = ()
    members: tuple[str, ...] = ()
    verdict: str | None = None
    picture: tuple[Sketch | tuple[Sketch, ...], ...] = ()
    key: bool = False
    slot: str | None = None
    changed: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    roomy: bool = False
    reason: Text | None = None
    tooltip: Text | None = None
    place: Place | None = None

    def walk(self) -> Iterator["Box"]:
        """This box and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Arrow(Placed, frozen=True, kw_only=True, eq=False):
    """From a box or door to a box or door, by id."""

    id: str
    tail: str
    head: str
    relation: Relation
    label: Text | None = None
    missing: bool = False
    pins: tuple[Pin, ...] = ()
    tooltip: Text | None = None
    place: Place | None = None


class Sign(Struct, frozen=True, kw_only=True):
    """One entry of the legend: a sign that occurs unnamed, and what it means."""

    sign: str
    words: Text


class Figure(Struct, frozen=True, kw_only=True):
    """A whole picture. `near` are ties without a line, which only keep boxes beside each other;
    `summary` tells the figure in words, for those who cannot see it."""

    name: str
    view: str
    title: Text | None = None
    caption: Text | None = None
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    near: tuple[Arrow, ...] = ()
    legend: tuple[Sign, ...] = ()
    findings: tuple[Noted, ...] = ()
    summary: Text = NOTHING
    langs: tuple[str, ...] = ("en",)
    objects: tuple[Listed, ...] = ()
    """Every object of the sheet, with or without a box."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Paths of what the sheet declares and this view has no place for."""
        return tuple([thing.path for thing in self.objects if thing.is_lost])

    def walk(self) -> Iterator[Box]:
        """Every box of the figure, parents before children."""
        for box in self.boxes:
            yield from box.walk()
