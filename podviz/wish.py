"""What a user asks of render, and the order that it means."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from podviz import source, theme, view, writer
from podviz.choice import choose, did_you_mean
from podviz.errors import UsageError
from podviz.meta import Selection, Selector
from podviz.outbox import Target
from podviz.pipeline import DEADLINE, Order
from podviz.selection import label_selector
from podviz.text import LANGS

DETAILS = (
    "image",
    "ports",
    "ip",
    "labels",
    "volumes",
    "requests",
    "probes",
    "init",
    "config",
    "findings",
    "infos",
    "legend",
)
"""What `--show` and `--hide` name."""

ENGINES = ("bundled", "dot")
FOLDER = "output"
WIDTHS = (16, 20_000)
SCALES = (0.1, 20.0)
DEADLINES = (0.1, 3600.0)
SIZES = (1, 1000)
DEPTHS = (1, 400)

_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)")
_RATIOS = (0.1, 10.0)
_ENDING = re.compile(r"[A-Za-z][A-Za-z0-9]{0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The words of a user, unchecked; lists are words between commas, `max_size` is in MB."""

    paths: tuple[str, ...] = ()
    output: str | None = None
    formats: str | None = None
    langs: str | None = None
    view: str | None = None
    theme: str = "light"
    width: int | None = None
    scale: float | None = None
    page: str | None = None
    text: str = "embed"
    show: str | None = None
    hide: str | None = None
    namespaces: tuple[str, ...] = ()
    selector: str | None = None
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    engine: str = "bundled"
    deadline: float = DEADLINE
    max_size: int = source.MAX_SIZE // 1_000_000
    max_depth: int = source.MAX_DEPTH
    check: bool = False
    fail_on: str | None = None
    show_suppressed: bool = False
    no_color: bool = False


def order(wish: Wish) -> Order:
    """The order that the words mean. Raises UsageError for the first that means nothing."""
    formats = _formats(wish)
    show = frozenset(_list("show", wish.show, DETAILS) or ())
    show |= {"suppressed"} if wish.show_suppressed else frozenset()
    hide = frozenset(_list("hide", wish.hide, DETAILS) or ())
    if show & hide:
        raise UsageError(f"--show and --hide both name {', '.join(sorted(show & hide))}")
    return Order(
        formats=formats,
        langs=_list("lang", wish.langs, LANGS),
        view=choose("view", wish.view, view.VIEWS) if wish.view is not None else None,
        style=_style(wish, formats),
        ratio=_ratio(wish.page),
        show=show,
        hide=hide,
        asked=Selection(
            namespaces=_parts(wish.namespaces),
            labels=label_selector(wish.selector) if wish.selector is not None else Selector(),
            kinds=_parts(wish.kinds),
            names=_parts(wish.names),
        ),
        alone=target(wish).folder is None,
        engine=choose("engine", wish.engine, ENGINES),
        deadline=_within("deadline", wish.deadline, DEADLINES),
        max_size=int(_within("max-size", wish.max_size, SIZES)) * 1_000_000,
        max_depth=int(_within("max-depth", wish.max_depth, DEPTHS)),
    )


def target(wish: Wish) -> Target:
    """Where the results shall go. Raises UsageError where it cannot be told."""
    output = FOLDER if wish.output is None else wish.output
    if output == "-":
        if wish.check:
            raise UsageError("--check compares files: -o - has none")
        return Target()
    if not output:
        raise UsageError("-o names nothing")
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        return Target(folder=path)
    if _ending(path) in writer.FORMATS:
        return Target(file=path)
    if path.name[1:].lower() in writer.FORMATS and path.name[0] == ".":
        raise UsageError(
            f"-o {output}: only an ending; name the file, such as figure{path.name}, "
            "or end a folder's name with /"
        )
    if wish.output is not None and _ENDING.fullmatch(_ending(path)):
        near = did_you_mean(_ending(path), writer.FORMATS)
        raise UsageError(
            f"-o {output}: no format {_ending(path)!r}{near}; choose from "
            f"{', '.join(writer.FORMATS)}, or end a folder's name with /"
        )
    if os.path.lexists(path):
        raise UsageError(f"-o {output}: this is no folder; name one, a figure's file, or -")
    return Target(folder=path)


def check(wish: Wish, order: Order, target: Target, count: int) -> None:
    """Refuse what cannot be one result for a file or stdout. Raises UsageError."""
    if target.folder is not None:
        return
    if (count > 1 and order.formats != ("html",)) or len(order.formats) > 1:
        raise UsageError(f"-o {wish.output} takes one result: name a folder for several")
    if target.file is None and order.formats == ("png",) and sys.stdout and sys.stdout.isatty():
        raise UsageError("a PNG is nothing for a terminal: name a file, or send stdout elsewhere")


def _ending(path: Path) -> str:
    return path.suffix[1:].lower()


def _formats(wish: Wish) -> tuple[str, ...]:
    formats = _list("format", wish.formats, writer.FORMATS)
    file = target(wish).file
    if file is None:
        return formats or ("svg",)
    if formats and formats != (_ending(file),):
        raise UsageError(f"-o {file} ends in {file.suffix}, and --format says {wish.formats}")
    return (_ending(file),)


def _style(wish: Wish, formats: Sequence[str]) -> writer.Style:
    for name, size in (("width", wish.width), ("scale", wish.scale)):
        if size is not None and not {"png", "gif"} & set(formats):
            raise UsageError(f"--{name} is for png and gif, and the format is {', '.join(formats)}")
    if wish.width is not None and wish.scale is not None:
        raise UsageError("--width and --scale both say how large a PNG is: give one")
    width = None if wish.width is None else int(_within("width", wish.width, WIDTHS))
    return writer.Style(
        theme=choose("theme", wish.theme, theme.THEMES),
        text=choose("text", wish.text, writer.TEXTS),
        width=width,
        scale=None if wish.scale is None else _within("scale", wish.scale, SCALES),
    )


def _list(what: str, words: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    """`svg,png` → ("svg", "png"), each once, each known."""
    if words is None:
        return None
    parts = [w.strip() for w in words.split(",") if w.strip()]
    if not parts:
        raise UsageError(f"{what} names nothing: choose from {', '.join(known)}")
    return tuple(dict.fromkeys(choose(what, w, known) for w in parts))


def _parts(words: Sequence[str]) -> tuple[str, ...]:
    """`("a,b", "c")` → ("a", "b", "c")."""
    return tuple(dict.fromkeys(w.strip() for given in words for w in given.split(",") if w.strip()))


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
