"""Follows the inputs on disk: each time some change, until an interrupt."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch as changes

from podviz.intake import ENDINGS
from podviz.options import SETTINGS
from podviz.speaker import complain

_STEP, _LONGEST, _BEAT = 10, 200, 100
"""Milliseconds without a change after which changes are told, that they may go on for at most,
and after which it is known that there is none."""


def watch(paths: Sequence[str], output: Path | None, run: Callable[[], int]) -> int:
    """Call `run` now and after each change below the paths, leaving out the output folder.

    Never ends but by an interrupt.
    """
    steps = changed(paths, output)
    next(steps)
    run()
    complain("watching; Ctrl-C ends it")
    for _ in steps:
        run()
    return 0


def changed(paths: Sequence[str], output: Path | None = None) -> Iterator[set[Path]]:
    """First nothing, as soon as no change is missed any more; then the inputs that changed, each
    time some did. Files of settings count as inputs."""
    tops = [Path(word) for word in paths]
    folders = {(top if top.is_dir() else top.parent).absolute() for top in tops}
    left = output.resolve() if output else None

    def counts(path: Path) -> bool:
        inside = left is not None and path.is_relative_to(left)
        return not inside and (path.suffix.lower() in ENDINGS or path.name in SETTINGS)

    deep = not folders & {Path.home(), Path(Path.cwd().anchor)}  # too much would be below
    begun = False
    for found in changes(
        *folders, step=_STEP, debounce=_LONGEST, rust_timeout=_BEAT, yield_on_timeout=True,
        recursive=deep, raise_interrupt=True,
    ):  # fmt: skip
        here = {path for _, name in found if counts(path := Path(name).resolve())}
        if here or not begun:
            begun = True
            yield here
