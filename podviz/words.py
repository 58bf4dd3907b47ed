"""What podviz itself says in a figure, in both languages."""

from podviz import assets
from podviz.text import Text


def word(key: str, **arguments: object) -> Text:
    """The words under `key` with `{name}` filled in; raises KeyError for an unknown key."""
    ko, en = assets.words()[key]
    text = Text(ko, en)
    return text.format(**arguments) if arguments else text
