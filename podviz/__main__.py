"""The `podviz` command."""

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

_ALLOCATIONS = 200_000  # things made between two searches for rings of garbage
_INTERRUPTED = 130
_SHOW_CURSOR = b"\x1b[?25h"  # which a progress bar hides


def main() -> None:
    """Run the command line and exit with its status."""
    _start_fast()
    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # nobody ignores it
            signal.signal(signal.SIGINT, _interrupt)
        from podviz.cli import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # while the first modules load, or while the last words are said
        status = _INTERRUPTED
    if status == _INTERRUPTED:
        gc.collect()  # rings of frames and errors hold what processes share
    _leave(_flushed(status))


def _interrupt(*_: object) -> NoReturn:
    """The first interrupt stops the work; another one ends the wait for what is being tidied."""
    signal.signal(signal.SIGINT, _end)
    raise KeyboardInterrupt


def _end(*_: object) -> NoReturn:
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, _SHOW_CURSOR)
    os._exit(_INTERRUPTED)


def _leave(status: int) -> NoReturn:
    """Exit without tearing down what is loaded, which takes a tenth of the time of a first
    figure: every file is whole by now."""
    with suppress(OSError, ValueError, AttributeError):  # stderr is closed, or there is none
        sys.stderr.flush()
    os._exit(status)


def _start_fast() -> None:
    """Leave out what takes a sixth of the time of a first figure and does nothing for it.

    Modules, once loaded, are no garbage to search for; and pydantic needs not look through all
    installed packages for plugins: https://docs.pydantic.dev/latest/concepts/plugins/
    """
    gc.set_threshold(_ALLOCATIONS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _flushed(status: int) -> int:
    """The status, after stdout has taken all that it was given."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        from podviz.disk import abandon, reason
        from podviz.speaker import complain

        abandon(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            complain(f"stdout: {reason(error)}")
            return max(status, 4)
    return status


if __name__ == "__main__":
    main()
