"""What a live preview shows: inputs as they are, and as they were when they could last be drawn."""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.errors import InputError, PodvizError
from podviz.finding import Finding, Severity
from podviz.input import Input
from podviz.intake import Unit, beside, gather
from podviz.order import Order
from podviz.outcome import Made, digest
from podviz.pipeline import Result, run_all
from podviz.runs.batch import given
from podviz.runs.cache import of_beside, of_inputs
from podviz.text import Text

_KEPT = 200  # drawings that are ready to be shown again
_LONGEST = 400_000  # characters of a file that are shown

_CROSS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><path d="M68 33L92 57M92 33'
    b'L68 57" fill="none" stroke="#DC2626" stroke-width="6" stroke-linecap="round"/></svg>'
)

Key = tuple[str, str, str, str | None]
"""Input with its version, language, theme and view."""


class _Shown(Struct, kw_only=True):
    """One input: its files now, what it takes in, and its files when something was drawn; `order`
    is the number of the order that it is drawn by."""

    unit: Unit
    inputs: tuple[Input, ...]
    order: int = 0
    error: str = ""
    beside: dict[str, str] = field(default_factory=dict)
    good: tuple[Input, ...] = ()

    @property
    def version(self) -> str:
        """Changes when anything changes that the pictures depend on."""
        words = f"{of_inputs(self.inputs)} {sorted(self.beside.items())} {self.order}"
        return digest(words.encode())


class Studio:
    """The inputs behind some paths; safe to be asked by several threads.

    `ordered` tells what to make of them by the settings as they are. Raises UsageError as it does.
    """

    def __init__(self, paths: Sequence[str], ordered: Callable[[], Order]) -> None:
        self._paths = tuple(paths)
        self._ordered = ordered
        self._order = ordered()
        self._orders = 0
        self._lock = RLock()
        self._shown: dict[str, _Shown] = {}
        self._drawn: OrderedDict[Key, Result] = OrderedDict()
        self._errors: tuple[str, ...] = ()
        self._roots = [
            Path(os.path.realpath(p if Path(p).is_dir() else Path(p).parent)) for p in paths
        ]
        self.refresh()

    def refresh(self) -> list[str]:
        """Read settings and inputs again; which inputs changed, came or went, or are drawn by
        other settings; all of them where other errors are told."""
        with self._lock:
            before = {name: shown.version for name, shown in self._shown.items()}
            told, wrong = self._errors, self._order_again()
            units, errors = gather(self._paths)
            self._errors = (*wrong, *map(str, errors))
            self._shown = dict(self._read(units))
            now = {name: shown.version for name, shown in self._shown.items()}
            others = self._errors != told
            return sorted(n for n in before | now if others or before.get(n) != now.get(n))

    def _order_again(self) -> tuple[str, ...]:
        """Take up settings that changed; what is wrong with them, and then they stay as they
        were."""
        try:
            order = self._ordered()
        except PodvizError as error:
            return (str(error),)
        if order != self._order:
            self._order, self._orders = order, self._orders + 1
        return ()

    def inputs(self) -> dict[str, Any]:
        """Every input with its version, and what is wrong with the paths."""
        with self._lock:
            listed = [
                {"id": name, "name": shown.unit.name, "version": shown.version}
                for name, shown in self._shown.items()
            ]
            return {"inputs": listed, "errors": self._errors}

    def show(self, name: str, lang: str, theme: str, view: str | None) -> dict[str, Any]:
        """The figures of an input and all that is wrong with it. Raises KeyError."""
        with self._lock:
            shown = self._shown[name]
            now = self._result(shown, shown.inputs, lang, theme, view)
            drawn, is_stale = now, False
            if now is not None and now.made:
                shown.good = shown.inputs
            elif shown.good and shown.good != shown.inputs:
                drawn, is_stale = self._result(shown, shown.good, lang, theme, view), True
            made = drawn.made if drawn else ()
            return {
                "id": name,
                "name": shown.unit.name,
                "version": shown.version,
                "stale": is_stale,
                "figures": [_figure(each) for each in made if _is_whole(each)],
                "findings": list(_findings(now)) if now else [],
                "errors": [shown.error] if now is None else [str(e) for e in now.errors],
                "files": [_file(each) for each in shown.inputs],
            }

    def picture(self, name: str, turn: int, lang: str, theme: str, view: str | None) -> bytes:
        """One of the figures that `show` gives, as SVG; a cross where there is none at all.

        Raises KeyError and IndexError.
        """
        figures = self.show(name, lang, theme, view)["figures"]
        if not figures and turn == 0:
            return _CROSS
        if turn < 0:
            raise IndexError(turn)
        return str(figures[turn]["svg"]).encode()

    def _read(self, units: Sequence[Unit]) -> Iterator[tuple[str, _Shown]]:
        inside = [unit for unit in units if self._is_inside(unit.path)]
        for unit, inputs in given(inside, self._order.max_size):
            name = digest(os.fsencode(unit.name))[:12]
            old = self._shown.get(name)
            if isinstance(inputs, PodvizError):
                shown = _Shown(unit=unit, inputs=(), order=self._orders, error=str(inputs))
            else:
                shown = _Shown(unit=unit, inputs=inputs, order=self._orders)
            if old:
                shown.good = old.good
                shown.beside = {word: of_beside(self._taken(unit, word)) for word in old.beside}
            yield name, shown

    def beside(self) -> set[Path]:
        """What the inputs take in, as far as they were drawn."""
        with self._lock:
            return {each.unit.beside(word) for each in self._shown.values() for word in each.beside}

    def _result(
        self, shown: _Shown, inputs: tuple[Input, ...], lang: str, theme: str, view: str | None
    ) -> Result | None:
        """What is drawn of an input; None where it could not be read."""
        if not inputs:
            return None
        key = (f"{shown.unit.name} {shown.version} {of_inputs(inputs)}", lang, theme, view)
        if key not in self._drawn:
            style = replace(self._order.style, theme=theme)
            order = replace(self._order, langs=(lang,), view=view, style=style, formats=("svg",))
            load = partial(self._load, shown)
            result = run_all(inputs, shown.unit.name, order, load)
            key = (f"{shown.unit.name} {shown.version} {of_inputs(inputs)}", lang, theme, view)
            self._drawn[key] = result
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def _load(self, shown: _Shown, word: str) -> Sequence[Input]:
        found = self._taken(shown.unit, word)
        shown.beside[word] = of_beside(found)
        return found

    def _taken(self, unit: Unit, word: str) -> tuple[Input, ...]:
        """The files behind a path beside an input, none of which is outside the folders."""
        if not self._is_inside(unit.beside(word)):
            raise InputError(f"{word}: outside the folders that are served")
        found = beside(unit, word, limit=self._order.max_size)
        if not all(self._is_inside(Path(each.name)) for each in found):
            raise InputError(f"{word}: outside the folders that are served")
        return tuple(found)

    def _is_inside(self, path: Path | None) -> bool:
        if path is None:
            return False
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(root) for root in self._roots)


def _root(path: Path) -> Path:
    """The folder that a path opens."""
    return Path(os.path.realpath(path if path.is_dir() else path.parent))


def _is_whole(made: Made) -> bool:
    """True for a figure, and for a story that plays; a story's strip shows its single frames."""
    return made.frame in (None, "play")


def _figure(made: Made) -> dict[str, Any]:
    pins = [
        {"number": noted.number, "places": [(p.file, p.line) for p in noted.places]}
        for noted in made.findings
    ]
    return {
        "name": made.name,
        "plays": made.frame == "play",
        "svg": made.data.decode(),
        "pins": pins,
    }


def _file(given: Input) -> dict[str, str]:
    return {"name": given.name, "text": given.data.decode(errors="replace")[:_LONGEST]}


def _findings(result: Result) -> Iterator[dict[str, Any]]:
    """What is wrong, with the number of its pin in the first figure that has one."""
    pins = {
        (noted.code, place): noted.number
        for made in reversed(result.made)
        for noted in made.findings
        for place in noted.places
    }
    for finding in result.findings:
        number = pins.get((finding.code, finding.place))
        if finding.suppressed is None and (finding.severity > Severity.INFO or number):
            yield _finding(finding, number)


def _finding(finding: Finding, number: int | None) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": _both(finding.message),
        "help": _both(finding.help) if finding.help else None,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "number": number,
    }


def _both(text: Text) -> dict[str, str]:
    return {"ko": text.ko, "en": text.en}
