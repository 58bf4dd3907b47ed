"""What a user asks of render, in words: where the results go, and what they depend on."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from podviz.choice import choose, did_you_mean
from podviz.errors import UsageError
from podviz.options import DEADLINE, EXECUTORS, FOLDER, FORMATS, JOBS, MAX_DEPTH, MAX_SIZE
from podviz.outbox import Target
from podviz.pattern import pattern

_ENDING = pattern(r"[A-Za-z][A-Za-z0-9]{0,4}")
_IDLE = {"paths", "output", "check", "no_color", "jobs", "executor", "scheduler"}
_IDLE |= {"force", "why", "dry_run", "prune", "watch"}
"""Words that change nothing in what an input gives."""


class Wish(Struct, frozen=True, kw_only=True):
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
    max_size: int = MAX_SIZE // 1_000_000
    max_depth: int = MAX_DEPTH
    check: bool = False
    fail_on: str | None = None
    show_suppressed: bool = False
    no_color: bool = False
    jobs: str = "auto"
    executor: str = "local"
    scheduler: str | None = None
    force: bool = False
    why: bool = False
    dry_run: bool = False
    prune: bool = False
    watch: bool = False

    def meant(self) -> str:
        """All words on which the bytes of the files depend, in a fixed order."""
        words = {name: getattr(self, name) for name in self.__struct_fields__ if name not in _IDLE}
        words |= {"formats": sorted(formats(self)), "alone": target(self).folder is None}
        return repr(sorted(words.items()))


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
    if _ending(path) in FORMATS:
        return Target(file=path)
    if path.name[1:].lower() in FORMATS and path.name[0] == ".":
        raise UsageError(
            f"-o {output}: only an ending; name the file, such as figure{path.name}, "
            "or end a folder's name with /"
        )
    if wish.output is not None and _ENDING.fullmatch(_ending(path)):
        near = did_you_mean(_ending(path), FORMATS)
        raise UsageError(
            f"-o {output}: no format {_ending(path)!r}{near}; choose from "
            f"{', '.join(FORMATS)}, or end a folder's name with /"
        )
    if os.path.lexists(path):
        raise UsageError(f"-o {output}: this is no folder; name one, a figure's file, or -")
    return Target(folder=path)


def check(wish: Wish, count: int) -> None:
    """Refuse what cannot be one result for a file or stdout. Raises UsageError."""
    given, asked = target(wish), formats(wish)
    if given.folder is not None:
        return
    if (count > 1 and asked != ("html",)) or len(asked) > 1:
        raise UsageError(f"-o {wish.output} takes one result: name a folder for several")
    if given.file is None and asked == ("png",) and sys.stdout and sys.stdout.isatty():
        raise UsageError("a PNG is nothing for a terminal: name a file, or send stdout elsewhere")


def may_run(wish: Wish) -> None:
    """Refuse words on how to run that mean nothing, or not together. Raises UsageError."""
    formats(wish)
    choose("executor", wish.executor, EXECUTORS)
    known = wish.jobs.isascii() and wish.jobs.isdecimal()
    if wish.jobs != "auto" and not (known and JOBS[0] <= int(wish.jobs) <= JOBS[1]):
        raise UsageError(f"jobs must be auto, or {JOBS[0]} to {JOBS[1]}, not {wish.jobs!r}")
    if (wish.executor == "dask") != (wish.scheduler is not None):
        raise UsageError("--executor dask and --scheduler ADDRESS go together")
    if wish.watch and (wish.check or wish.dry_run or "-" in wish.paths):
        raise UsageError("--watch goes on drawing files: it takes no stdin, --check or --dry-run")
    if wish.check and wish.dry_run:
        raise UsageError("--check compares what is drawn, --dry-run draws nothing: give one")
    if wish.prune and (wish.check or target(wish).folder is None):
        raise UsageError("--prune removes files of an output folder: name one, without --check")


def _ending(path: Path) -> str:
    return path.suffix[1:].lower()


def formats(wish: Wish) -> tuple[str, ...]:
    """The formats that are asked for, by word or by the ending of a file. Raises UsageError."""
    named = listed("format", wish.formats, FORMATS)
    file = target(wish).file
    if file is None:
        return named or ("svg",)
    if named and named != (_ending(file),):
        raise UsageError(f"-o {file} ends in {file.suffix}, and --format says {wish.formats}")
    return (_ending(file),)


def listed(what: str, words: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    """`svg,png` → ("svg", "png"), each once, each known."""
    if words is None:
        return None
    parts = [w.strip() for w in words.split(",") if w.strip()]
    if not parts:
        raise UsageError(f"{what} names nothing: choose from {', '.join(known)}")
    return tuple(dict.fromkeys(choose(what, w, known) for w in parts))


def jobs(wish: Wish) -> int:
    """How many figures may be drawn at a time: as many as wished, or as there are cores."""
    if wish.jobs != "auto":
        return int(wish.jobs)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
