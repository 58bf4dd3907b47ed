"""What podviz itself says in a figure, in both languages."""

from functools import lru_cache

from podviz import assets
from podviz.text import Text, clean


@lru_cache(maxsize=4096, typed=True)
def word(key: str, **arguments: Text | str | int | float) -> Text:
    """The words under `key` with `{name}` filled in; raises KeyError for an unknown key."""
    ko, en = assets.words()[key]
    text = Text(ko, en)
    return text.format(**arguments) if arguments else text


def counted(kind: str, number: int) -> Text:
    """`2 Deployments`, `1 Ingress`, `3 Ingresses`, `2 Endpoints`, `2 NetworkPolicies`."""
    kind = clean(kind)
    named = kind if number == 1 else _plural(kind)
    one, many = (word("counted-kind", kind=k, number=f"{number:,}") for k in (kind, named))
    return Text(one.ko, many.en)


def _plural(kind: str) -> str:
    if kind.endswith("s") and not kind.endswith("ss"):
        return kind
    if kind.endswith(("ss", "x", "ch")):
        return f"{kind}es"
    if kind.endswith("y") and kind[-2:-1] not in "aeiou":
        return f"{kind[:-1]}ies"
    return f"{kind}s"
