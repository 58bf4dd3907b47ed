"""Which files a run reads: paths, folders, stdin; safely."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from podviz.errors import InputError, PodvizError

ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One input: how messages name it, and its path below the output folder, without ending."""

    name: str
    path: Path | None
    stem: Path

    def load(self) -> bytes:
        """The bytes of the file, or of stdin. Raises InputError."""
        if self.path is None:
            return sys.stdin.buffer.read()
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise InputError(f"{self.name}: not a regular file")
            return self.path.read_bytes()
        except OSError as error:
            raise InputError(f"{self.name}: {_reason(error)}") from None


def gather(paths: Sequence[str]) -> tuple[list[Unit], list[PodvizError]]:
    """The inputs behind the paths in a fixed order, and what cannot be one.

    A folder is walked for YAML and JSON files; links are followed, but never in a circle.
    """
    units: list[Unit] = []
    errors: list[PodvizError] = []
    for word in paths:
        if word == "-":
            units.append(Unit(name="<stdin>", path=None, stem=Path("stdin")))
            continue
        path = Path(word)
        if path.is_dir():
            found = list(_walk(path, path, frozenset(), errors))
            units += found
            if not found:
                errors.append(InputError(f"{word}: no {', '.join(ENDINGS)} file in this folder"))
        else:
            units.append(Unit(name=word, path=path, stem=Path(path.stem)))
    return units, errors


def _walk(
    folder: Path, top: Path, above: frozenset[tuple[int, int]], errors: list[PodvizError]
) -> Iterator[Unit]:
    """Files below a folder by name; `above` are the folders that this one stands in."""
    try:
        here = os.stat(folder)
        entries = sorted(folder.iterdir(), key=lambda p: p.name)
    except OSError as error:
        errors.append(InputError(f"{folder}: {_reason(error)}"))
        return
    key = (here.st_dev, here.st_ino)
    if key in above:
        return
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith("."):
            yield from _walk(entry, top, above | {key}, errors)
        elif entry.suffix.lower() in ENDINGS and not entry.name.startswith("."):
            stem = entry.relative_to(top).with_suffix("")
            yield Unit(name=str(entry), path=entry, stem=stem)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
