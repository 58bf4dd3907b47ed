"""Where results go: below a folder, to one file, to stdout."""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from podviz import disk
from podviz.errors import OutputError, UsageError
from podviz.intake import Unit
from podviz.outcome import Made
from podviz.pattern import pattern

_BARRED = pattern(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\ud800-\udfff]')
_LONGEST = 200  # bytes of a name; file systems take 255, and endings follow


class Target(Struct, frozen=True, kw_only=True):
    """Where results go: a folder, one file, or stdout when neither is given."""

    folder: Path | None = None
    file: Path | None = None

    def path(self, unit: Unit, made: Made) -> Path | None:
        """The file for one result: `STEM[-NAME][.FRAME][.LANG].EXT` below the folder; None is
        stdout."""
        if self.folder is None:
            return self.file
        return _path(self.folder / unit.stem, made.name, made.frame, made.lang, made.format)

    def __str__(self) -> str:
        return str(self.folder or self.file or "-")


@lru_cache(maxsize=64)
def _path(stem: Path, name: str | None, frame: str | None, lang: str | None, format: str) -> Path:
    whole = stem.name + (f"-{_safe(name)}" if name else "")
    endings = "".join([f".{part}" for part in (frame, lang, format) if part])
    return stem.parent / f"{_short(whole)}{endings}"


def _safe(name: str) -> str:
    """A figure's name as part of a file's name: it names no other folder."""
    return _BARRED.sub("-", name).strip(". ") or "-"


def _short(name: str) -> str:
    """A file's name within what file systems take: both ends, and a hash of the rest."""
    data = os.fsencode(name)
    if len(data) <= _LONGEST:
        return name
    from hashlib import sha256

    head, tail = (part.decode(errors="ignore") for part in (data[:90], data[-90:]))
    return f"{head}…{sha256(data).hexdigest()[:8]}…{tail}"


class Outbox:
    """Puts the results of one run in their places: each path once, and never over an input."""

    def __init__(self, target: Target, units: Sequence[Unit], *, check: bool) -> None:
        self._target = target
        self._check = check
        self._taken: dict[Path, str] = {}
        self._roads: dict[Path, bool] = {}
        self._inputs = {disk.identity(u.path): u.name for u in units if u.path}

    def put(self, unit: Unit, made: Made, *, stands: bool = False) -> tuple[Path | None, bool]:
        """Where a result went, None for stdout, and whether that changed anything there.

        When checking, whether it would; where it `stands`, it is there. Raises UsageError and
        OutputError.
        """
        path = self._target.path(unit, made)
        if path is None:
            disk.write_stdout(made.data)
            return None, True
        self._claim(path, unit)
        if stands or disk.holds(path, made.data):
            return path, False
        here = disk.identity(path)
        if here and here in self._inputs:
            name = self._inputs[here]
            raise UsageError(f"{path} is the input {name}: name another output folder")
        if not self._check:
            disk.write(path, made.data)
        return path, True

    def _claim(self, path: Path, unit: Unit) -> None:
        if path in self._taken:
            other = self._taken[path]
            who = f"{other} and {unit.name}" if other != unit.name else f"two figures of {other}"
            raise UsageError(f"{who} both make {path}")
        self._taken[path] = unit.name
        folder = path.parent
        if folder not in self._roads:
            self._roads[folder] = self._is_below(folder)
            if self._roads[folder] and not self._check:
                disk.tidy(folder)
        if not self._roads[folder]:
            raise OutputError(f"{path}: a link leads out of the folder {self._target.folder}")

    def _is_below(self, folder: Path) -> bool:
        """True unless a link below the output folder leads elsewhere."""
        top = self._target.folder
        return top is None or Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(top))
