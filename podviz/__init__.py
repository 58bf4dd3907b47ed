"""podviz turns YAML into figures of Kubernetes Pods."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from podviz.model import Sheet

__all__ = ["__version__", "read", "render"]
__version__ = "0.1.0"


def read(source: str | bytes, name: str = "<input>") -> tuple["Sheet", ...]:
    """The figures that a spec asks for, one Sheet a document.

    `source` is the text of the spec, `name` what error messages call it. Raises
    podviz.errors.InputError where there is nothing to draw, and its subclass SpecError, whose
    `findings` tell every mistake at its place.
    """
    from podviz import pipeline

    return pipeline.sheets(_bytes(source), name)


def render(
    source: str | bytes,
    *,
    format: str = "svg",
    lang: str | None = None,
    view: str | None = None,
    theme: str = "light",
    text: str = "embed",
    width: int | None = None,
    scale: float | None = None,
    figure: str | None = None,
    name: str = "<input>",
) -> bytes:
    """The bytes of one figure in one format: svg, png, txt, dot or json.

    `lang` (ko or en) is by default the first that the title has; `figure` names one of several
    in the source. The other arguments are those of `podviz render`. Raises UsageError,
    InputError, SpecError or DrawError from podviz.errors.
    """
    from podviz import api

    return api.render(
        _bytes(source),
        api.Wish(
            format=format, lang=lang, view=view, theme=theme, text=text, width=width, scale=scale, figure=figure
        ),
        name,
    )


def _bytes(source: str | bytes) -> bytes:
    return source.encode() if isinstance(source, str) else source
