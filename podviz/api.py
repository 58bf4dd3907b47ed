"""The Python interface: one figure from one source."""

from dataclasses import dataclass

from podviz import pipeline, theme, view, writer
from podviz.choice import choose
from podviz.errors import InputError, UsageError
from podviz.text import LANGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the caller of `podviz.render` asks for, unchecked."""

    format: str
    lang: str | None
    view: str | None
    theme: str
    text: str
    width: int | None
    scale: float | None
    figure: str | None


def render(source: bytes, wish: Wish, name: str) -> bytes:
    """The bytes of the one figure that the wish names."""
    order = pipeline.Order(
        formats=(choose("format", wish.format, writer.FORMATS),),
        langs=(choose("lang", wish.lang, LANGS),) if wish.lang else None,
        view=choose("view", wish.view, view.VIEWS) if wish.view else None,
        style=writer.Style(
            theme=choose("theme", wish.theme, theme.THEMES),
            text=choose("text", wish.text, writer.TEXTS),
            width=wish.width,
            scale=wish.scale,
        ),
    )
    pipeline.sheets(source, name)
    result = pipeline.run(source, name, order)
    if result.errors:
        raise result.errors[0]
    names = [m.name for m in result.made]
    if wish.figure is not None and wish.figure not in names:
        raise InputError(f"{name}: no figure is named {wish.figure!r}; there are {names}")
    if wish.figure is None and len(set(names)) > 1:
        raise UsageError(f"{name} holds several figures; name one: {sorted(set(filter(None, names)))}")
    return next(m.data for m in result.made if wish.figure in (None, m.name))
