"""Runs again whenever an input changes, until it is interrupted."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch as changes

from podviz.intake import ENDINGS
from podviz.options import SETTINGS
from podviz.speaker import complain

STEP, PAUSE = 10, 200
"""Milliseconds without a change after which changes are told, and that they may go on at most."""


def watch(paths: Sequence[str], output: Path | None, run: Callable[[], int]) -> int:
    """Call `run` now and after each change below the paths, leaving out the output folder.

    Never ends but by an interrupt.
    """
    run()
    complain("watching; Ctrl-C ends it")
    for _ in changed(paths, output):
        run()
    return 0


def changed(paths: Sequence[str], output: Path | None = None) -> Iterator[set[Path]]:
    """The inputs that changed, each time some did; files of settings count as well."""
    tops = [Path(word) for word in paths]
    folders = {top if top.is_dir() else top.parent for top in tops}
    left = output.resolve() if output else None

    def counts(path: Path) -> bool:
        inside = left is not None and path.is_relative_to(left)
        return not inside and (path.suffix.lower() in ENDINGS or path.name in SETTINGS)

    for found in changes(*folders, step=STEP, debounce=PAUSE, raise_interrupt=True):
        here = {path for _, name in found if counts(path := Path(name).resolve())}
        if here:
            yield here
