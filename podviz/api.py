"""The Python interface: one figure from one source."""

from collections.abc import Sequence

from msgspec.structs import replace

from podviz import pipeline
from podviz.choice import choose, did_you_mean
from podviz.errors import PodvizError, UsageError
from podviz.options import FORMATS
from podviz.order import ordered
from podviz.outcome import Made
from podviz.sheet import Sheet
from podviz.taking import Load
from podviz.wish import Wish


def render(source: bytes, name: str, asked: Wish, figure: str | None, load: Load) -> bytes:
    """The bytes of one figure of a source, in the one format and language of the wish."""
    choose("format", asked.formats or "", FORMATS)
    order = ordered(asked)
    sheet = _pick(pipeline.sheets(source, name, order, load), name, figure)
    sheet = pipeline.divided(sheet, name, replace(order, alone=True))[0]
    langs = order.langs or sheet.langs
    for step in pipeline.files(sheet, name, replace(order, langs=langs[:1])):
        if isinstance(step, PodvizError):
            raise step
        return assembled(step)
    raise AssertionError("a sheet gives a file or an error for each format")


def assembled(made: Made) -> bytes:
    """The bytes of a result; of HTML the whole page."""
    if made.format != "html":
        return made.data
    from podviz.page import assemble

    return assemble([made.data])


def _pick(sheets: Sequence[Sheet], name: str, figure: str | None) -> Sheet:
    """The sheet called `figure`, or the only one. Raises UsageError."""
    names = [sheet.name for sheet in sheets if sheet.name]
    if figure is None:
        if len(sheets) > 1:
            raise UsageError(f"{name} holds several figures: name one of {', '.join(names)}")
        return sheets[0]
    for sheet in sheets:
        if sheet.name == figure:
            return sheet
    near = did_you_mean(figure, names)
    raise UsageError(f"{name}: no figure is named {figure!r}{near}; there is {', '.join(names)}")
