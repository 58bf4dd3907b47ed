"""From a figure or its drawing to the bytes of a file: the contract of writers."""

from collections.abc import Callable
from importlib import import_module

from msgspec import Struct

from podviz.drawing import Drawing
from podviz.figure import Figure

DRAWN = frozenset({"svg", "png", "pdf", "gif", "json"})
"""Formats that need the finished page, not the figure alone."""


class Style(Struct, frozen=True, kw_only=True):
    """How a file is to be written.

    `theme` is light, dark or auto; `width` (pixels) and `scale` (pixels per point) size raster
    output, 2 pixels a point when neither is given; `text` is one of options.TEXTS.
    """

    theme: str = "light"
    text: str = "embed"
    width: int | None = None
    scale: float | None = None


class Work(Struct, frozen=True, kw_only=True):
    """What a writer gets: the figure, its page if the format is drawn, language and style."""

    figure: Figure
    lang: str
    drawing: Drawing | None = None
    style: Style = Style()
    frames: tuple[Drawing, ...] = ()
    """The pages of a story's single frames, for a format that moves."""

    @property
    def page(self) -> Drawing:
        assert self.drawing is not None, "this format is drawn"
        return self.drawing


Write = Callable[[Work], bytes]


def writer(format: str) -> Write:
    """The writer of one of FORMATS; only its own file is imported."""
    write: Write = import_module(f"podviz.writers.{format}").write
    return write
