"""podviz turns YAML into figures of Kubernetes Pods."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from podviz.finding import Finding
    from podviz.model import Cluster
    from podviz.sheet import Sheet
    from podviz.taking import Load

__all__ = ["__version__", "check", "read", "render"]
__version__ = "0.1.0"


def read(source: "str | bytes | Path", *, name: str | None = None) -> tuple["Sheet", ...]:
    """The figures that a spec asks for, one Sheet a document.

    `source` is the text of the spec, or the Path of a file; `name` is what error messages call
    it. Raises podviz.errors.InputError where there is nothing to draw, and its subclass
    SpecError, whose `findings` tell every mistake at its place.
    """
    from podviz import pipeline

    data, called = _load(source, name)
    return pipeline.sheets(data, called, load=_beside(source))


def check(cluster: "Cluster", *, sets: "Iterable[str]" = ("design",)) -> tuple["Finding", ...]:
    """What is wrong with the design of a cluster, in the order of its files.

    `cluster` is that of a Sheet which `read` gives; `sets` are design and operations. Raises
    UsageError for a set that there is none of.
    """
    from podviz.choice import choose
    from podviz.judgement.catalogue import chosen
    from podviz.judgement.judging import Terms, judged
    from podviz.rule import SETS

    asked = tuple(choose("sets", name, SETS) for name in sets)
    return tuple(judged(cluster, Terms(codes=chosen(asked))))


def render(
    source: "str | bytes | Path",
    *,
    format: str = "svg",
    lang: str | None = None,
    view: str | None = None,
    theme: str = "light",
    text: str = "embed",
    width: int | None = None,
    scale: float | None = None,
    page: str | None = None,
    show: "Iterable[str]" = (),
    hide: "Iterable[str]" = (),
    engine: str = "bundled",
    deadline: float = 30.0,
    figure: str | None = None,
    name: str | None = None,
) -> bytes:
    """The bytes of one figure in one format: svg, png, txt, dot or json.

    `source` and `name` are those of `read`. `lang` (ko or en) is by default the first that the
    title has; `figure` names one of several in the source. The other arguments are the options
    of `podviz render`. Raises UsageError, InputError, SpecError or DrawError of podviz.errors.
    """
    from podviz import api
    from podviz.wish import Wish

    data, called = _load(source, name)
    asked = Wish(
        formats=format, langs=lang, view=view, theme=theme, text=text, width=width, scale=scale,
        page=page, show=",".join(show) or None, hide=",".join(hide) or None, engine=engine,
        deadline=deadline,
    )  # fmt: skip
    return api.render(data, called, asked, figure, _beside(source))


def _beside(source: "str | bytes | Path") -> "Load":
    """What gives the manifests that a spec names: relative to its file, or to where we are."""
    from functools import partial
    from pathlib import Path

    from podviz.intake import Unit, beside

    path = source if isinstance(source, Path) else None
    return partial(beside, Unit(name="", path=path, stem=Path()))


def _load(source: "str | bytes | Path", name: str | None) -> tuple[bytes, str]:
    """The bytes of a source and what messages call it. Raises InputError."""
    if isinstance(source, bytes):
        return source, name or "<input>"
    if isinstance(source, str):
        return source.encode(errors="surrogatepass"), name or "<input>"
    from podviz.disk import read
    from podviz.options import MAX_SIZE

    return read(source, name or str(source), MAX_SIZE), name or str(source)
