"""What is said to a person on stderr while and after a run."""

import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from podviz.disk import abandon
from podviz.pattern import pattern

if TYPE_CHECKING:
    from rich.progress import Progress

    from podviz.runs.batch import Done

_COLOUR = pattern(r"\x1b\[[0-9;]*m")
_BLANKS = "\u00a0\u3000"
_NAMED = 12  # things or characters that are named
_MANY = 10  # inputs above which a terminal is shown how far a run has come


def say(text: str) -> None:
    """A message for a person; silence where stderr takes none."""
    if sys.stderr is None:
        return
    try:
        print(text, file=sys.stderr)  # noqa: T201 - said to a person
    except (OSError, ValueError):
        abandon(sys.stderr)


def complain(text: str) -> None:
    """One line that begins with `podviz:`, whatever the names of files in it hold."""
    say(f"podviz: {tame(text)}")


def tame(text: str) -> str:
    """The text with `�` for each character that could steer a terminal, or break the line."""
    return "".join(c if c.isprintable() or c in _BLANKS else "�" for c in text)


class Speaker:
    """Tells a run as it goes: findings with excerpts, errors, changes, and how it ended.

    To be used in a `with`, so that the terminal is left as it was. With `why`, the reason of
    each drawing is told, and with `dry`, that it would be drawn.
    """

    def __init__(
        self, *, colour: bool, total: int, check: bool, why: bool = False, dry: bool = False
    ) -> None:
        self.changed = 0
        self._fresh = 0
        self._flawed = 0
        self._drawn = 0
        self._kept = 0
        self._stale = 0
        self._check = check
        self._why = why
        self._dry = dry
        self._last = ""
        self._foreign: set[str] = set()
        self._colour = colour and _is_colourful()
        self._begun = time.monotonic()
        self._progress = _progress(total, colour=self._colour) if total > _MANY else None

    def __enter__(self) -> Self:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._progress:
            self._progress.stop()

    def tell(self, done: "Done") -> None:
        """What came of one input."""
        outcome = done.outcome
        if outcome.told:
            self._say(outcome.told if self._colour else _COLOUR.sub("", outcome.told))
        for note in outcome.notes:
            self._say(f"podviz: {tame(note)}")
        for error in (*outcome.errors, *done.errors):
            self._say(f"podviz: {tame(error.text)}")
        if done.why and (self._why or self._dry):
            verb = "drawn" if done.drawn else "written"
            would = self._dry or (self._check and not done.drawn)
            verb = f"would be {verb}" if would else verb
            self._say(f"podviz: {tame(f'{done.unit.name} {verb}: {done.why}')}")
        for path in done.changed if self._check else ():
            self._say(f"podviz: {tame(str(path))} would change")
        for things in dict.fromkeys(made.left_out for made in outcome.made if made.left_out):
            shown = ", ".join(things[:_NAMED]) + (" …" if len(things) > _NAMED else "")
            self._say(f"podviz: {tame(f'{done.unit.name}: this view leaves out {shown}')}")
        self._count(done)
        if self._progress:
            self._progress.advance(self._progress.task_ids[0])

    def _count(self, done: "Done") -> None:
        self._flawed += done.status != 0
        self.changed += len(done.changed)
        self._fresh += len(done.fresh)
        self._last = next(map(str, (*done.changed, *done.fresh)), self._last)
        self._drawn += done.outcome.figures if done.drawn else 0
        self._kept += 0 if done.drawn else done.outcome.figures
        self._stale += done.drawn
        for made in done.outcome.made:
            self._foreign.update(made.foreign)

    def close(self) -> None:
        """The last lines: characters without a glyph, and what was written."""
        if self._foreign:
            codes = " ".join(f"U+{ord(c):04X}" for c in sorted(self._foreign)[:_NAMED])
            codes += " …" if len(self._foreign) > _NAMED else ""
            complain(
                f"the bundled font has no glyph for {codes}: text in an SVG leaves it to the "
                "reader's fonts, outlines and a PNG show a box"
            )
        if self._dry:
            complain(f"{_counted(self._stale, 'input')} would be drawn, {self._kept} fresh")
        else:
            self._sum_up()

    def _sum_up(self) -> None:
        verb = "would change" if self._check else "written"
        flawed = f", {_counted(self._flawed, 'input')} with errors" if self._flawed else ""
        if self.changed + self._fresh == 1 and not self._check:
            complain(f"{self._last} {verb if self.changed else 'unchanged'}{flawed}")
        elif self.changed + self._fresh:
            figures = _counted(self._drawn + self._kept, "figure")
            took = f"{time.monotonic() - self._begun:.1f} s"
            complain(
                f"{figures}: {self._drawn} drawn, {self._kept} fresh; "
                f"{_counted(self.changed, 'file')} {verb}, {self._fresh} unchanged{flawed}; {took}"
            )

    def _say(self, text: str) -> None:
        if self._progress:
            self._progress.console.out(text, highlight=False)
        else:
            say(text)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _is_colourful() -> bool:
    """https://no-color.org"""
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _progress(total: int, *, colour: bool) -> "Progress | None":
    """A bar with rate and remaining time, on a terminal only."""
    if not _is_terminal():
        return None
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True, no_color=not colour)
    progress = Progress(console=console, transient=True)
    progress.add_task("podviz", total=total)
    return progress
