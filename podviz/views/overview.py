"""Namespaces and groups of applications, each as one card: what there is, not how it works."""

from collections import Counter
from collections.abc import Sequence

from podviz.cluster.relations import Object, kind_of
from podviz.figure import Box, Role, Shape
from podviz.model import Controller
from podviz.pod import Pod
from podviz.scene.boxes import name_text
from podviz.scene.division import Part, parts
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.view import Scene
from podviz.words import counted, word

_LINES = 3
"""How many kinds a card counts."""

_NAMED = 1000
"""How many names a tooltip has room for."""


def compose(sheet: Sheet) -> Scene:
    """One card for each part that the cluster would be divided into."""
    return tuple([_card(part) for part in parts(sheet.cluster)]), ()


def _card(part: Part) -> Box:
    whole = part.namespace if part.namespace is not None else part.name
    kind = "Namespace" if part.is_whole and part.namespace is not None else "Part"
    names = [clean(f"{kind_of(o)} {o.name}") for o in part.objects]
    more = f" … +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    own = next((o for o in part.objects if kind_of(o) == "Namespace"), None)
    path = own.path if own and kind == "Namespace" else f"part/{part.name}"
    return Box(
        id=path,
        about=path,
        kind=kind,
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(whole or "default") if part.is_whole else _span(part),
        details=_counts(part.objects),
        members=tuple([o.path for o in part.objects]),
        tooltip=Text.same(", ".join(names[:_NAMED]) + more),
    )


def _span(part: Part) -> Text:
    """`web-001 … web-036`: from the first workload of the part to the last."""
    workloads = [o.name for o in part.objects if isinstance(o, Controller | Pod)]
    names = workloads or [o.name for o in part.objects]
    return name_text(names[0] if names[0] == names[-1] else f"{names[0]} … {names[-1]}")


def _counts(things: Sequence[Object]) -> tuple[Text, ...]:
    """`36 Deployments`, `36 Services`: the kinds there are most of."""
    kinds = Counter(kind_of(o) for o in things).most_common()
    rest = sum(number for _, number in kinds[_LINES:])
    said = [counted(kind, number) for kind, number in kinds[:_LINES]]
    return (*said, *([word("more-of", number=rest)] if rest else []))
