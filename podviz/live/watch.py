"""Follows the inputs on disk: each time some change, until an interrupt."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch as changes

from podviz.errors import InputError, PodvizError
from podviz.intake import ENDINGS
from podviz.options import SETTINGS
from podviz.speaker import complain

_STEP, _LONGEST, _BEAT = 10, 200, 100
"""Milliseconds without a change after which changes are told, that they may go on for at most,
and after which it is known that there is none."""
_REST = 20  # times as long as it took to look around, until that is done again


def watch(
    paths: Sequence[str], output: Path | None, run: Callable[[], int], beside: set[Path]
) -> int:
    """Call `run` now and after each change below the paths, leaving out the output folder, and of
    what a run puts into `beside`. What is wrong with a later run is told.

    Never ends but by an interrupt. Raises InputError as `changed` does.
    """
    steps = changed(paths, output, lambda: beside)
    next(steps)
    run()
    complain("watching; Ctrl-C ends it")
    for _ in steps:
        try:
            run()
        except PodvizError as error:
            complain(str(error))
    return 0


def changed(
    paths: Sequence[str],
    output: Path | None = None,
    beside: Callable[[], Iterable[Path]] = tuple,
) -> Iterator[set[Path]]:
    """First nothing, as soon as no change is missed any more; then the inputs that changed, each
    time some did. Files of settings count as inputs, and so does what inputs take in.

    Raises InputError for a path in a folder that is not there.
    """
    tops = [Path(word) for word in paths]
    folders = {(top if top.is_dir() else top.parent).absolute() for top in tops}
    for folder in folders:
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder to watch")
    left = output.resolve() if output else None

    def counts(path: Path) -> bool:
        inside = left is not None and path.is_relative_to(left)
        return not inside and (path.suffix.lower() in ENDINGS or path.name in SETTINGS)

    deep = not folders & {Path.home(), Path(Path.cwd().anchor)}  # too much would be below
    around = _Around(beside)
    begun = False
    for found in changes(
        *folders, step=_STEP, debounce=_LONGEST, rust_timeout=_BEAT, yield_on_timeout=True,
        recursive=deep, raise_interrupt=True, ignore_permission_denied=True,
    ):  # fmt: skip
        here = {path for _, name in found if counts(path := Path(name).resolve())}
        here |= around.changed()
        if here or not begun:
            begun = True
            yield here


class _Around:
    """What stands elsewhere and is looked at now and then: settings, and what inputs take in."""

    def __init__(self, beside: Callable[[], Iterable[Path]]) -> None:
        self._beside = beside
        self._next = 0.0
        self._known: dict[Path, dict[str, int]] = {}
        here = Path.cwd()
        self._settings = [above / name for above in (here, *here.parents) for name in SETTINGS]

    def changed(self) -> set[Path]:
        """What changed since it was looked at before."""
        begun = time.monotonic()
        if begun < self._next:
            return set()
        now = {path: _times(path) for path in (*self._settings, *self._beside())}
        before, self._known = self._known, now
        self._next = time.monotonic() + _REST * (time.monotonic() - begun)
        return {path for path in now if path in before and before[path] != now[path]}


def _times(top: Path) -> dict[str, int]:
    """When a file, or each input below a folder, was changed."""
    names = [str(top)]
    for folder, _, inside in os.walk(top):
        names += [os.path.join(folder, n) for n in inside if n.lower().endswith(ENDINGS)]  # noqa: PTH118 - quick
    times: dict[str, int] = {}
    for name in names:
        try:
            times[name] = os.stat(name).st_mtime_ns  # noqa: PTH116 - the same
        except OSError:
            continue
    return times
