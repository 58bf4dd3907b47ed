"""What podviz itself says in a figure, in both languages."""

from podviz import assets
from podviz.text import Text


def word(key: str, **arguments: object) -> Text:
    """The words under `key` with `{name}` filled in; raises KeyError for an unknown key."""
    ko, en = assets.words()[key]
    text = Text(ko, en)
    return text.format(**arguments) if arguments else text


def counted(kind: str, number: int) -> Text:
    """`2 Deployments`, `1 Ingress`, `3 Ingresses`, `2 Endpoints`."""
    if number == 1 or (kind.endswith("s") and not kind.endswith("ss")):
        return word("counted-kind", kind=kind, number=f"{number:,}")
    many = "counted-kind-es" if kind.endswith(("ss", "x", "ch")) else "counted-kinds"
    return word(many, kind=kind, number=f"{number:,}")
