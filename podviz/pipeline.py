"""The whole trip of one input: bytes to the bytes of its files."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.cluster.relations import objects
from podviz.cluster.selection import lacking, selected
from podviz.drawing import Drawing
from podviz.errors import DrawError, InputError, PodvizError, SpecError
from podviz.figure import Figure
from podviz.finding import Finding
from podviz.input import Input
from podviz.model import Cluster
from podviz.order import Order
from podviz.outcome import Made
from podviz.reader import Lines, Reading, read_all
from podviz.report import breaks
from podviz.scene.division import figures, is_large
from podviz.sheet import Sheet
from podviz.taking import Load, taken_in
from podviz.text import clean, has_glyph
from podviz.view import compose
from podviz.writer import DRAWN, Work, writer

if TYPE_CHECKING:
    from podviz.judgement.judging import Judgement

_FRAMED = frozenset({"svg", "png", "pdf"})  # formats in which each frame of a story has a file
_LETTERED = frozenset({"svg", "png", "pdf", "gif"})  # formats that the bundled font takes part in
_LONGEST = 200  # characters of an error that was not foreseen

T = TypeVar("T")


_TIES = (
    *(b"controllers", b"services", b"links", b"ingresses", b"autoscalers", b"claim"),
    *(b"Ingress", b"scaleTargetRef"),
)
"""Words of a spec or manifest that will have arrows, or nearly always so."""


class Result(Struct, frozen=True, kw_only=True):
    """What came of one input: files, flaws, and errors that kept some files from being made.

    `notes` are for people: what was done that they may not expect. `harms` is true where a
    finding of the design is as bad as the order allows none to be.
    """

    made: tuple[Made, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: Lines = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    errors: tuple[PodvizError, ...] = ()
    harms: bool = False

    @property
    def status(self) -> int:
        """The exit status that this input calls for."""
        flawed = 3 if any(map(breaks, self.findings)) else int(self.harms)
        return max([flawed, *(e.status for e in self.errors)])


def run(data: bytes, name: str, order: Order) -> Result:
    """Every file that the order asks of one input; see `run_all`."""
    return run_all((Input(name, data),), name, order)


def _nothing_beside(path: str) -> Sequence[Input]:
    raise InputError("this input stands in no folder")


def run_all(
    inputs: Sequence[Input], name: str, order: Order, load: Load = _nothing_beside
) -> Result:
    """Every file that the order asks for and that can be made, of one file or of the files of
    one cluster; `load` gives what stands beside them. Tells errors, raises none."""
    tied = DRAWN & set(order.formats) and any(word in i.data for i in inputs for word in _TIES)
    if tied and order.engine == "bundled":
        from podviz.layout.engine import prepare

        prepare()  # Graphviz loads while the modules that read and draw are imported
    reading = _attempt(partial(_read, inputs, name, order, load), name)
    if isinstance(reading, PodvizError):
        return Result(errors=(reading,))
    found = _attempt(partial(_judged, reading, order), name)
    if isinstance(found, PodvizError):
        return Result(findings=reading.findings, lines=reading.lines, errors=(found,))
    made: list[Made] = []
    errors: dict[str, PodvizError] = {str(e): e for e in found.errors}  # each is told once
    notes: list[str] = []
    for sheet, findings in zip(reading.sheets, found.of, strict=True):
        parts = _attempt(partial(divided, sheet, name, order), name)
        if isinstance(parts, PodvizError):
            errors.setdefault(str(parts), parts)
            continue
        notes += _told_of(parts, order)
        for step in (s for part in parts for s in files(part, name, order, findings)):
            if isinstance(step, PodvizError):
                errors.setdefault(str(step), step)
            else:
                made.append(step)
    return Result(
        made=tuple(made),
        findings=found.findings,
        lines=reading.lines,
        notes=tuple(notes),
        errors=tuple(errors.values()),
        harms=found.harms,
    )


def _judged(reading: Reading, order: Order) -> "Judgement":
    from podviz.judgement.judging import DEFAULT, judgement

    return judgement(reading, order.terms or DEFAULT, order.fail_on, order.asked)


def sheets(
    data: bytes, name: str, order: Order | None = None, load: Load = _nothing_beside
) -> tuple[Sheet, ...]:
    """The sheets of an input without a flaw. Raises InputError or SpecError."""
    inputs = (Input(name, data),)
    reading = _attempt(partial(_read, inputs, name, order or Order(), load), name)
    if isinstance(reading, PodvizError):
        raise reading
    flaws = [f for f in reading.findings if breaks(f)]
    if flaws:
        first = flaws[0]
        more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
        raise SpecError(f"{first.place}: {first.message.en}{more}", flaws)
    return reading.sheets


def divided(sheet: Sheet, name: str, order: Order) -> tuple[Sheet, ...]:
    """The sheet with what the order asks for; of too large a cluster its overview and parts.

    Raises InputError, which names the input, where nothing is asked for that is there.
    """
    if order.asked:
        scenes = [
            replace(scene, cluster=selected(scene.cluster, order.asked), whole=scene.cluster)
            for scene in sheet.scenes
        ]
        if all(scene.cluster == Cluster() for scene in scenes):
            hint = lacking(sheet.scenes[0].cluster, order.asked)
            raise InputError(f"{name}: nothing to draw, no object is what was asked for{hint}")
        sheet = sheet.with_scenes(scenes)
    is_free = order.view in (None, "overview") and sheet.view == "cluster"
    if not is_free or not is_large(sheet.cluster):
        return (sheet,)
    overview = replace(sheet, view="overview")
    if order.alone or order.view == "overview":
        return (overview,)
    return (overview, *figures(sheet))


def _told_of(parts: tuple[Sheet, ...], order: Order) -> Iterator[str]:
    if parts[0].view != "overview" or order.view == "overview":
        return
    count = sum(1 for _ in objects(parts[0].cluster))
    what = f"{count:,} objects are too many for one figure"
    if len(parts) > 1:
        yield f"{what}: there is an overview, and {len(parts) - 1} figures of its parts"
    else:
        yield f"{what}: this is an overview; name a folder with -o for a figure of each part"


def files(
    sheet: Sheet, name: str, order: Order, findings: Sequence[Sequence[Finding]] = ()
) -> Iterator[Made | PodvizError]:
    """The files of one sheet of the input `name`, or for each why it could not be made, with the
    findings of each of its scenes.

    The page is laid out once per language, however many formats show it.
    """
    where = f"{name}: figure {sheet.name!r}" if sheet.name else name
    figure = _attempt(partial(compose, _asked(sheet, order), order.view, findings), where)
    if isinstance(figure, PodvizError):
        yield figure
        return
    langs = order.langs or figure.langs
    each = replace(order, formats=tuple([f for f in order.formats if f != "html"]))
    for lang in langs:
        for step in _language(figure, lang, each, where):
            if isinstance(step, Made):
                step = replace(step, name=sheet.name, lang=lang if len(langs) > 1 else None)
            yield step
    if "html" in order.formats:
        slide = _attempt(partial(_slide, sheet, figure, name, replace(order, langs=langs)), where)
        if isinstance(slide, PodvizError):
            yield slide
        else:
            yield Made(
                name=sheet.name, lang=None, format="html", data=slide, findings=figure.findings
            )


def _slide(sheet: Sheet, figure: Figure, name: str, order: Order) -> bytes:
    """The figure as a part of the HTML page, in all languages, a story frame by frame."""
    from podviz.page import slide

    frames = range(1, len(figure.boxes) + 1) if figure.view == "story" else ()
    pages = {
        lang: [*(_page(figure, lang, order, frame) for frame in frames), _page(figure, lang, order)]
        for lang in order.langs or ()
    }
    return slide(f"{name}#{sheet.name or ''}", figure, sheet.notes, pages)


def _read(inputs: Sequence[Input], name: str, order: Order, load: Load) -> Reading:
    bounds = {"max_size": order.max_size, "max_depth": order.max_depth}
    return taken_in(read_all(inputs, name, **bounds), load, **bounds)


def _asked(sheet: Sheet, order: Order) -> Sheet:
    """The sheet with the details that the order wants, which outweighs the spec."""
    return replace(
        sheet,
        show=(sheet.show | order.show) - order.hide,
        hide=(sheet.hide - order.show) | order.hide,
        panels=tuple([_asked(panel, order) for panel in sheet.panels]),
    )


def _language(figure: Figure, lang: str, order: Order, where: str) -> Iterator[Made | PodvizError]:
    formats, drawing = order.formats, None
    if DRAWN & set(formats):
        page = _attempt(partial(_page, figure, lang, order), where)
        if isinstance(page, PodvizError):
            yield page
            formats = tuple(f for f in formats if f not in DRAWN)
        else:
            drawing = page
    is_story = drawing is not None and figure.view == "story"
    pages: tuple[Drawing, ...] | PodvizError = ()
    if is_story:
        pages = _attempt(partial(_frames, figure, lang, order, formats), where)
    if isinstance(pages, PodvizError):
        yield pages
        return
    work = Work(figure=figure, lang=lang, drawing=drawing, style=order.style, frames=pages)
    foreign = _foreign(drawing) if drawing and _LETTERED & set(formats) else ""
    whole = [(format, work, None) for format in formats]
    for format, given, frame in (*whole, *_played(work, formats, order)):
        data = _attempt(partial(_written, format, given), where)
        if isinstance(data, PodvizError):
            yield data
        else:
            yield Made(
                name=None,
                lang=lang,
                format=format,
                data=data,
                frame=frame,
                foreign=foreign if frame is None else "",
                left_out=figure.left_out if frame is None else (),
                findings=figure.findings,
            )


def _frames(
    figure: Figure, lang: str, order: Order, formats: tuple[str, ...]
) -> tuple[Drawing, ...]:
    """The pages of a story's single frames, where a file shows them."""
    if not {"gif"} & set(formats) and (order.alone or not _FRAMED & set(formats)):
        return ()
    turns = range(1, len(figure.boxes) + 1)
    return tuple([_page(figure, lang, order, turn) for turn in turns])


def _played(work: Work, formats: tuple[str, ...], order: Order) -> Iterator[tuple[str, Work, str]]:
    """What a story gives beside the strip: a file for each frame, and an SVG that plays them."""
    if not work.frames or order.alone:
        return
    from podviz.paint import played

    for format in formats:
        if format in _FRAMED:
            for turn, page in enumerate(work.frames, start=1):
                yield format, replace(work, drawing=page), str(turn)
        if format == "svg":
            yield format, replace(work, drawing=played(work.frames)), "play"


def _page(figure: Figure, lang: str, order: Order, frame: int | None = None) -> Drawing:
    from podviz.layout.part import Engine
    from podviz.paint import Page, paint

    engine = Engine(name=order.engine, deadline=order.deadline)
    return paint(figure, lang, Page(engine=engine, ratio=order.ratio, frame=frame))


def _written(format: str, work: Work) -> bytes:
    return writer(format)(work)


def _foreign(page: Drawing) -> str:
    """Characters of the page that the bundled font has no glyph for, each once."""
    return "".join(sorted({c for c in page.letters() if not has_glyph(c)}))


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────


def _attempt(work: Callable[[], T], where: str) -> T | PodvizError:
    try:
        return work()
    except Exception as error:
        return told(error, where)


def told(error: Exception, where: str) -> PodvizError:
    """An error as a sentence that says at which input it happened.

    One that was not foreseen becomes a DrawError which asks to report it.
    """
    if isinstance(error, DrawError):
        named = type(error)(f"{where}: {error}")
    elif isinstance(error, PodvizError):
        return error
    else:
        named = DrawError(f"{where}: podviz failed ({_unforeseen(error)}); please report it")
    named.__cause__ = error
    return named


def _unforeseen(error: Exception) -> str:
    """`TypeError: 'int' object is not iterable, in paint.py:88`."""
    said = clean(str(error))
    said = f": {said[:_LONGEST]}" if said else ""
    at, step = "", error.__traceback__
    while step:
        path = Path(step.tb_frame.f_code.co_filename)
        if path.is_relative_to(Path(__file__).parent):
            at = f", in {path.name}:{step.tb_lineno}"
        step = step.tb_next
    return f"{type(error).__name__}{said}{at}"
