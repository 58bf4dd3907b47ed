"""The whole trip of one input: bytes to the bytes of its files."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from podviz import source
from podviz.errors import PodvizError, SpecError
from podviz.figure import Figure
from podviz.finding import Finding, Severity
from podviz.model import Sheet
from podviz.reader import Reading, read
from podviz.view import compose
from podviz.writer import DRAWN, Style, Work, writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to make of an input, the same for all inputs of a run.

    `langs` None means every language of a figure's title; `ratio` pads pages to width : height.
    """

    formats: tuple[str, ...] = ("svg",)
    langs: tuple[str, ...] | None = None
    view: str | None = None
    style: Style = field(default_factory=Style)
    ratio: float | None = None
    show: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    engine: str = "bundled"
    deadline: float = 30.0
    max_size: int = source.MAX_SIZE
    max_depth: int = source.MAX_DEPTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One finished file: which figure of the input, in which language and format.

    `lang` is None where a figure has one language only; `foreign` are characters that the
    bundled font cannot draw.
    """

    name: str | None
    lang: str | None
    format: str
    data: bytes
    foreign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one input: files, flaws, and errors that kept some files from being made."""

    made: tuple[Made, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[str, ...] = ()
    errors: tuple[PodvizError, ...] = ()

    @property
    def status(self) -> int:
        """The exit status that this input calls for."""
        flawed = 3 if any(f.severity is Severity.ERROR for f in self.findings) else 0
        return max([flawed, *(e.status for e in self.errors)])


def run(data: bytes, name: str, order: Order) -> Result:
    """Every file that the order asks for. Never raises a PodvizError: it tells them."""
    try:
        reading = read(data, name, max_size=order.max_size, max_depth=order.max_depth)
    except PodvizError as error:
        return Result(errors=(error,))
    made: list[Made] = []
    errors: list[PodvizError] = []
    for sheet in reading.sheets:
        try:
            made += _sheet(sheet, order)
        except PodvizError as error:
            errors.append(error)
    return Result(
        made=tuple(made), findings=reading.findings, lines=reading.lines, errors=tuple(errors)
    )


def sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of an input without a flaw. Raises InputError or SpecError."""
    reading: Reading = read(data, name)
    flaws = [f for f in reading.findings if f.severity is Severity.ERROR]
    if flaws:
        first = flaws[0]
        more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
        raise SpecError(f"{first.place}: {first.message.en}{more}", flaws)
    return reading.sheets


def _sheet(sheet: Sheet, order: Order) -> Iterator[Made]:
    """The files of one sheet, its page laid out once per language."""
    asked = replace(
        sheet, show=(sheet.show | order.show) - order.hide, hide=(sheet.hide - order.show) | order.hide
    )
    figure = compose(asked, order.view)
    langs = order.langs or figure.langs
    for lang in langs:
        yield from _language(sheet.name, figure, lang, order, several=len(langs) > 1)


def _language(
    name: str | None, figure: Figure, lang: str, order: Order, *, several: bool
) -> Iterator[Made]:
    work = Work(figure=figure, lang=lang, style=order.style)
    if DRAWN & set(order.formats):
        from podviz.layout.arrange import Engine
        from podviz.paint import Page, paint

        engine = Engine(name=order.engine, deadline=order.deadline)
        work = replace(work, drawing=paint(figure, lang, Page(engine=engine, ratio=order.ratio)))
    foreign = _foreign(work)
    for format in order.formats:
        data = writer(format)(work)
        yield Made(name=name, lang=lang if several else None, format=format, data=data, foreign=foreign)


def _foreign(work: Work) -> str:
    """Characters of the page that the bundled font has no glyph for, each once."""
    if work.drawing is None:
        return ""
    from podviz.text import has_glyph

    return "".join(sorted({c for c in work.drawing.letters() if not has_glyph(c)}))
