"""What to make of an input, the same for all inputs of a run."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.choice import choose
from podviz.cluster.selection import label_selector
from podviz.errors import UsageError
from podviz.finding import Severity
from podviz.meta import Selection, Selector
from podviz.options import (
    DEADLINE,
    DEADLINES,
    DEPTHS,
    DETAILS,
    ENGINES,
    LANGS,
    MAX_DEPTH,
    MAX_SIZE,
    SCALES,
    SIZES,
    TEXTS,
    THEMES,
    VIEWS,
    WIDTHS,
)
from podviz.pattern import pattern
from podviz.wish import Wish, formats, listed, target
from podviz.writer import Style

if TYPE_CHECKING:
    from podviz.judgement.judging import Terms

_RATIO = pattern(r"([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)")
_RATIOS = (0.1, 10.0)


class Order(Struct, frozen=True, kw_only=True):
    """What is asked, checked and in full.

    `langs` None means every language of a figure's title; `ratio` pads pages to width : height.
    `asked` leaves out all other objects; with `alone`, a cluster that is too large for one
    figure gives its overview alone. Figures are judged by `terms`, None for the design rules
    as they are; a finding as bad as `fail_on` makes the status 1.
    """

    formats: tuple[str, ...] = ("svg",)
    langs: tuple[str, ...] | None = None
    view: str | None = None
    style: Style = field(default_factory=Style)
    ratio: float | None = None
    show: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    asked: Selection = field(default_factory=Selection)
    alone: bool = False
    terms: "Terms | None" = None
    fail_on: Severity | None = Severity.ERROR
    engine: str = "bundled"
    deadline: float = DEADLINE
    max_size: int = MAX_SIZE
    max_depth: int = MAX_DEPTH


def ordered(wish: Wish, folder: Path | None = None) -> Order:
    """The order that the words mean, judging as the settings of a folder say. Raises UsageError
    for the first that means nothing."""
    chosen = formats(wish)
    show = frozenset(listed("show", wish.show, DETAILS) or ())
    show |= {"suppressed"} if wish.show_suppressed else frozenset()
    hide = frozenset(listed("hide", wish.hide, DETAILS) or ())
    if show & hide:
        raise UsageError(f"--show and --hide both name {', '.join(sorted(show & hide))}")
    order = Order(
        formats=chosen,
        langs=listed("lang", wish.langs, LANGS),
        view=choose("view", wish.view, VIEWS) if wish.view is not None else None,
        style=_style(wish, chosen),
        ratio=_ratio(wish.page),
        show=show,
        hide=hide,
        asked=Selection(
            namespaces=_parts("namespace", wish.namespaces),
            labels=label_selector(wish.selector) if wish.selector is not None else Selector(),
            kinds=_parts("kind", wish.kinds),
            names=_parts("name", wish.names),
        ),
        alone=target(wish).folder is None,
        engine=choose("engine", wish.engine, ENGINES),
        deadline=_within("deadline", wish.deadline, DEADLINES),
        max_size=int(_within("max-size", wish.max_size, SIZES)) * 1_000_000,
        max_depth=int(_within("max-depth", wish.max_depth, DEPTHS)),
    )
    return _judging(order, wish, folder) if folder else order


def _judging(order: Order, wish: Wish, folder: Path) -> Order:
    from podviz.judgement import settings
    from podviz.judgement.catalogue import chosen
    from podviz.judgement.judging import Terms

    known = settings.nearest(folder)
    level = choose("fail-on", wish.fail_on or "error", tuple(settings.LEVELS))
    codes = chosen(known.sets, known.select, known.ignore)
    return replace(order, terms=Terms(codes=codes, settings=known), fail_on=settings.LEVELS[level])


def _style(wish: Wish, chosen: Sequence[str]) -> Style:
    for name, size in (("width", wish.width), ("scale", wish.scale)):
        if size is not None and not {"png", "gif"} & set(chosen):
            raise UsageError(f"--{name} is for png and gif, and the format is {', '.join(chosen)}")
    if wish.width is not None and wish.scale is not None:
        raise UsageError("--width and --scale both say how large a PNG is: give one")
    width = None if wish.width is None else int(_within("width", wish.width, WIDTHS))
    return Style(
        theme=choose("theme", wish.theme, THEMES),
        text=choose("text", wish.text, TEXTS),
        width=width,
        scale=None if wish.scale is None else _within("scale", wish.scale, SCALES),
    )


def _parts(what: str, words: Sequence[str]) -> tuple[str, ...]:
    """`("a,b", "c")` → ("a", "b", "c"). Raises UsageError where nothing is named after all."""
    parts = dict.fromkeys(w.strip() for given in words for w in given.split(",") if w.strip())
    if words and not parts:
        raise UsageError(f"--{what} names nothing")
    return tuple(parts)


def _ratio(page: str | None) -> float | None:
    if page is None:
        return None
    found = _RATIO.fullmatch(page.strip())
    wide, high = (float(n) for n in found.groups()) if found else (0.0, 0.0)
    if not high or not _RATIOS[0] <= wide / high <= _RATIOS[1]:
        raise UsageError(f"page must be W:H such as 16:9, from 1:10 to 10:1, not {page!r}")
    return wide / high


def _within(what: str, number: float, bounds: tuple[float, float]) -> float:
    least, most = bounds
    if not least <= number <= most:
        raise UsageError(f"{what} must be from {least:g} to {most:g}, not {number!r}")
    return number
