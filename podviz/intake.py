"""Which files a run reads: paths, folders, stdin."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from podviz import disk
from podviz.choice import did_you_mean
from podviz.errors import InputError, PodvizError, UsageError
from podviz.input import Input
from podviz.options import MAX_SIZE
from podviz.outcome import Failure

ENDINGS = (".yaml", ".yml", ".json")
STDIN = "<stdin>"


class Unit(Struct, frozen=True, kw_only=True):
    """One input: how messages name it, and its path below the output folder, without ending.

    `path` None is stdin. `folder` is the PATH in which it was found, if that is a folder: the
    manifests of one folder are one cluster.
    """

    name: str
    path: Path | None
    stem: Path
    folder: Path | None = None

    def load(self, limit: int = MAX_SIZE, *, opened: bool = True) -> bytes:
        """The bytes of the file, or of stdin, at most `limit`; see `disk.read`. Raises
        InputError."""
        if self.path is None:
            return disk.read_stdin(self.name, limit)
        return disk.read(self.path, self.name, limit, opened=opened)

    def beside(self, word: str) -> Path:
        """The path that a word in the input means, which is relative to where the input stands."""
        home = self.path.parent if self.path else self.folder or Path()
        return Path(os.path.normpath(home / word))


def gather(
    paths: Sequence[str], output: Path | None = None
) -> tuple[list[Unit], list[PodvizError]]:
    """The inputs behind the paths in a fixed order, each once, and what cannot be one.

    A folder is walked for YAML and JSON files: links are followed, but no folder is entered
    twice, and neither hidden files nor the folder `output`, if inside, are taken for inputs.
    """
    units: dict[tuple[str | None, Path], Unit] = {}
    errors: list[PodvizError] = []
    homes: dict[Path, str] = {}
    for word in paths:
        for found in _behind(word, output):
            if isinstance(found, PodvizError):
                errors.append(found)
            else:
                real = _real(found.path, homes) if found.path else None
                units.setdefault((real, found.stem), found)
    return list(units.values()), errors


def _real(path: Path, homes: dict[Path, str]) -> str:
    """What a path leads to at last; `homes` are the folders that were asked for already."""
    if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink raises where it may not look
        return os.path.realpath(path)
    home = path.parent
    if home not in homes:
        homes[home] = os.path.realpath(home)
    return os.path.join(homes[home], path.name)  # noqa: PTH118 - as quick as can be


def beside(unit: Unit, word: str, *, limit: int = MAX_SIZE) -> list[Input]:
    """The file or the files of the folder that an input names, relative to itself.

    Raises InputError for the first that cannot be read, or has more than `limit` bytes.
    """
    units, errors = gather((str(unit.beside(word)),))
    for error in errors:
        raise error
    return [Input(each.name, each.load(limit, opened=False)) for each in units]


def taken(unit: Unit, word: str, *, limit: int = MAX_SIZE) -> tuple[Input, ...] | Failure:
    """What `beside` gives, or why it gives nothing."""
    try:
        return tuple(beside(unit, word, limit=limit))
    except PodvizError as error:
        return Failure(error.status, str(error))


def _behind(word: str, output: Path | None) -> Iterator[Unit | PodvizError]:
    """The inputs that one PATH stands for."""
    if not word:
        yield UsageError("a PATH is empty: name a spec, a folder of specs, or - for stdin")
    elif word == "-":
        yield Unit(name=STDIN, path=None, stem=Path("stdin"))
    elif _is_folder(word):
        found = list(_walk(Path(word), disk.identity(output) if output else None))
        yield from found
        if not found:
            yield InputError(f"{word}: no {', '.join(ENDINGS)} file in this folder")
    elif _is_missing(word):
        yield InputError(f"{word}: no such file or folder{_sibling(Path(word))}")
    else:
        yield Unit(name=word, path=Path(word), stem=Path(Path(word).stem))


def _walk(top: Path, output: tuple[int, int] | None) -> Iterator[Unit | PodvizError]:
    """Files below a folder, by name; each folder once, wherever links to it stand."""
    entered: set[tuple[int, int] | None] = {output} if output != disk.identity(top) else set()
    found: list[tuple[Path, Unit | PodvizError]] = []
    ahead: list[Path] = [top]
    links: list[Path] = []
    while ahead or links:
        path = ahead.pop() if ahead else links.pop(0)
        here = disk.identity(path)
        if here in entered:
            continue
        entered.add(here)
        try:
            with os.scandir(path) as entries:
                inner = [entry for entry in entries if entry.name[0] != "."]
        except OSError as error:
            found.append((path, InputError(f"{path}: {disk.reason(error)}")))
            continue
        linked, home = [], path.relative_to(top)
        for entry in inner:
            name, ending = os.path.splitext(entry.name)  # noqa: PTH122 - as quick as can be
            if entry.is_symlink() and _is_folder(entry):
                linked.append(path / entry.name)
            elif entry.is_dir(follow_symlinks=False):
                ahead.append(path / entry.name)
            elif ending.lower() in ENDINGS:
                file = path / entry.name
                unit = Unit(name=str(file), path=file, stem=home / name, folder=top)
                found.append((file, unit))
        links += sorted(linked)  # later, so that what has a place of its own is found there
    yield from (step for _, step in sorted(found, key=lambda pair: pair[0].parts))


def _is_folder(path: os.PathLike[str] | str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where it may not look


def _is_missing(word: str) -> bool:
    """True when nothing at all has this name; a link to nothing has one."""
    try:
        os.lstat(word)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return False


def _sibling(path: Path) -> str:
    """` (did you mean 'spec.yaml'?)` where something of nearly that name stands in the folder."""
    try:
        return did_you_mean(path.name, [entry.name for entry in path.parent.iterdir()])
    except (OSError, ValueError):
        return ""
