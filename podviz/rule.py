"""What a rule is: how it finds a flaw, and all that is told of it."""

from collections.abc import Callable, Iterator
from inspect import getdoc
from textwrap import dedent

from msgspec import Struct

from podviz.cluster.relations import Object, kind_of
from podviz.finding import Severity
from podviz.place import Place
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text

SETS = ("structure", "design", "operations")
"""What a rule belongs to; the first is always told, the last only if asked for."""

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

_LONGEST = 80


class Hit(Struct, frozen=True, kw_only=True):
    """One thing that a rule found; its words are arguments, never finished text.

    `element` is the path of the very thing to point at, `object` the path of the object
    around it. `severity` None is the rule's own. A word that each language says otherwise is
    a Text.
    """

    element: str
    object: str
    place: Place | None
    args: tuple[tuple[str, str | Text], ...] = ()
    severity: Severity | None = None
    related: tuple[Place, ...] = ()


Find = Callable[[Situation], Iterator[Hit]]


class Rule(Struct, frozen=True, kw_only=True):
    """A rule with its own proof.

    `message` and `fix` are templates of `str.format` with the arguments of a hit. `lecture`
    names the section of the lecture, `docs` the page of Kubernetes; either may be empty.
    `examples` are manifests or specs as they stand in the code, of which the first has this flaw
    and the second has not.
    """

    code: str
    name: str
    severity: Severity
    set: str
    lecture: str
    docs: str
    message: Text
    fix: Text
    examples: tuple[str, str]
    find: Find

    @property
    def why(self) -> Text:
        """The docstring of the function: what it does, why it is bad, known limits."""
        english, _, korean = (getdoc(self.find) or "").partition("\n한국어\n")
        return Text(korean.strip() or english.strip(), english.strip())

    @property
    def bad(self) -> str:
        return dedent(self.examples[0]).lstrip("\n")

    @property
    def good(self) -> str:
        return dedent(self.examples[1]).lstrip("\n")


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    message: Text,
    fix: Text,
    bad: str,
    good: str,
    lecture: str = "",
    docs: str = "",
    set: str = "design",
) -> Callable[[Find], Rule]:
    """Makes a Rule of the function that finds its flaw. `docs` is the way below the docs of
    Kubernetes. The Korean why stands in the docstring behind a line `한국어`."""

    def made(find: Find) -> Rule:
        return Rule(
            code=code,
            name=name,
            severity=severity,
            set=set,
            lecture=lecture,
            docs=f"https://kubernetes.io/docs/{docs}" if docs else "",
            message=message,
            fix=fix,
            examples=(bad, good),
            find=find,
        )

    return made


def hit(
    thing: Work | Object,
    *places: Place | None,
    element: str | None = None,
    severity: Severity | None = None,
    related: tuple[Place | None, ...] = (),
    **words: str | int | Text,
) -> Hit:
    """A hit on a thing, at the first place that is known, or at the thing itself."""
    top = thing.top if isinstance(thing, Work) else thing
    within = thing.pod.place if isinstance(thing, Work) and not top.place else top.place
    args: list[tuple[str, str | Text]] = [("pod", short(f"{kind_of(top)}/{top.name}"))]
    for name, word in words.items():
        args.append((name, word if isinstance(word, Text) else short(str(word))))
    return Hit(
        element=element or top.path,
        object=top.path,
        place=next((place for place in places if place), within),
        args=tuple(args),
        severity=severity,
        related=tuple(place for place in related if place),
    )


def short(words: str) -> str:
    """A value as a message quotes it: one line of at most 80 characters."""
    words = " ".join(words[: 4 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
