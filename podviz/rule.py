"""What a rule is: how it finds a flaw, and all that is told of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from podviz.finding import Severity
from podviz.place import Place
from podviz.situation import Situation
from podviz.text import Text

SETS = ("design", "operations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that a rule found; its words are arguments, never finished text.

    `element` is the path of the very thing to point at, `object` the path of the object
    around it. `severity` None is the rule's own.
    """

    element: str
    object: str
    place: Place
    args: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None
    related: tuple[Place, ...] = ()


Find = Callable[[Situation], Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with its own proof.

    `message` and `fix` are templates of `str.format` with the arguments of a hit. `why` is the
    docstring of the function: what it does, why it is bad, known limits. `lecture` names the
    section of the lecture, `docs` the page of Kubernetes. `bad` and `good` are manifests or
    specs of which the first has this flaw and the second has not.
    """

    code: str
    name: str
    severity: Severity
    set: str
    lecture: str
    docs: str
    message: Text
    fix: Text
    why: Text
    bad: str
    good: str
    find: Find
