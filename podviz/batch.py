"""Many inputs, one after the other: one bad input stops no other."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from podviz import pipeline
from podviz.errors import OutputError, PodvizError, UsageError
from podviz.intake import Unit
from podviz.pipeline import Made, Order, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where results go: a folder, one file, or stdout."""

    folder: Path | None = None
    file: Path | None = None

    def path(self, unit: Unit, made: Made) -> Path | None:
        """The file for one result: `STEM[-NAME][.LANG].EXT` below the folder; None is stdout."""
        if self.folder is None:
            return self.file
        name = unit.stem.name + (f"-{made.name}" if made.name else "")
        lang = f".{made.lang}" if made.lang else ""
        return self.folder / unit.stem.parent / f"{_short(name)}{lang}.{made.format}"


def _short(name: str) -> str:
    """A file name within what file systems take, both ends kept."""
    data = name.encode()
    if len(data) <= 200:
        return name
    return data[:96].decode(errors="ignore") + "…" + data[-96:].decode(errors="ignore")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One input after its trip: which files changed or would, and what went wrong."""

    unit: Unit
    result: Result
    changed: tuple[Path, ...] = ()
    fresh: tuple[Path, ...] = ()
    errors: tuple[PodvizError, ...] = ()

    @property
    def status(self) -> int:
        return max([self.result.status, *(e.status for e in self.errors)])


def run(
    units: Sequence[Unit], order: Order, target: Target, *, check: bool, out: Callable[[bytes], object]
) -> Iterator[Done]:
    """Draw each input and write its files; with `check` only compare.

    Two results for one path are an error of the second. `out` takes what goes to stdout.
    """
    taken: dict[Path, str] = {}
    for unit in units:
        yield _one(unit, order, target, taken, check=check, out=out)


def _one(
    unit: Unit,
    order: Order,
    target: Target,
    taken: dict[Path, str],
    *,
    check: bool,
    out: Callable[[bytes], object],
) -> Done:
    try:
        result = pipeline.run(unit.load(), unit.name, order)
    except PodvizError as error:
        return Done(unit=unit, result=Result(errors=(error,)))
    if target.folder is None and len(result.made) > 1:
        error = UsageError(
            f"{unit.name} gives {len(result.made)} results, and -o names one file; "
            "name a folder, or one --lang and one --format"
        )
        return Done(unit=unit, result=result, errors=(error,))
    changed, fresh, errors = [], [], []
    for made in result.made:
        path = target.path(unit, made)
        if path is None:
            out(made.data)
            continue
        if path in taken:
            errors.append(UsageError(f"{unit.name} and {taken[path]} both make {path}"))
            continue
        taken[path] = unit.name
        try:
            (changed if _put(path, made.data, check=check) else fresh).append(path)
        except OutputError as error:
            errors.append(error)
    return Done(unit=unit, result=result, changed=tuple(changed), fresh=tuple(fresh), errors=tuple(errors))


def _put(path: Path, data: bytes, *, check: bool) -> bool:
    """Write the file if its bytes differ; True if they did. Raises OutputError."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        if not check:
            write(path, data)
    except OSError as error:
        raise OutputError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    return True


def write(path: Path, data: bytes) -> None:
    """The whole file or nothing: a temporary file in the same folder, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".podviz-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
