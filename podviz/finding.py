"""A flaw in the input: what, how bad, where."""

from enum import IntEnum

from msgspec import Struct

from podviz.meta import Labels
from podviz.place import Place
from podviz.text import Text


class Severity(IntEnum):
    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


EXPECTED = "expected"
"""Why a finding does not count that its figure is to show."""


class Finding(Struct, frozen=True, kw_only=True):
    """One flaw at one place.

    `code` is stable (`POD004`), `name` its kebab-case name (`wrong-type`), `set` what it
    belongs to: `structure`, `design` or `operations`. `message` says what was found and what
    would be right, `help` how to put it right; `args` are the words that a rule's message was
    told with. `element` is the path of the thing in the model that it speaks of (a container,
    port, volume, Service, …), `object` the path of the object around it. `related` are other
    places that belong to the same flaw (the first of two equal keys). `suppressed` is the
    reason for which the input asks not to be told of it, empty for none given; None if it
    does not ask.
    """

    code: str
    name: str
    severity: Severity
    message: Text
    place: Place
    help: Text | None = None
    element: str | None = None
    related: tuple[Place, ...] = ()
    set: str = "structure"
    args: Labels = ()
    object: str | None = None
    suppressed: str | None = None
