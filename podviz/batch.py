"""Many inputs, one after the other: one bad input stops no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from podviz import pipeline
from podviz.errors import PodvizError, UsageError
from podviz.intake import Unit, gather
from podviz.outbox import Outbox, Target
from podviz.pipeline import Order, Result
from podviz.reader import Input, format_of


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
        """The exit status that this input calls for."""
        return max([self.result.status, *(e.status for e in self.errors)])


def run(
    units: Sequence[Unit], order: Order, target: Target, *, check: bool = False
) -> Iterator[Done]:
    """Draw each input and write its files; with `check` only compare.

    Two results for one path are an error of the second.
    """
    outbox = Outbox(target, units, check=check)
    clusters: dict[Path, _Cluster] = {}
    for unit in units:
        data = _load(unit, order)
        if isinstance(data, PodvizError):
            yield Done(unit=unit, result=Result(errors=(data,)))
        elif unit.folder and format_of(data) != "spec":
            clusters.setdefault(unit.folder, _Cluster()).add(unit, data)
        else:
            load = partial(beside, unit.path)
            result = pipeline.run_all((Input(unit.name, data),), unit.name, order, load)
            yield _deliver(unit, result, target, outbox)
    for folder, cluster in clusters.items():
        for unit, inputs in cluster.units(folder):
            load = partial(beside, unit.path or folder / "cluster")
            result = pipeline.run_all(inputs, unit.name, order, load)
            yield _deliver(unit, result, target, outbox)


def count(units: Sequence[Unit], order: Order) -> int:
    """How many inputs the units are: the manifests of one folder are one, what cannot be read
    is none. The files of folders are read for it.
    """
    clusters: dict[Path, _Cluster] = {}
    found = 0
    for unit in units:
        data = _load(unit, order) if unit.folder else b""
        if isinstance(data, PodvizError):
            continue
        if unit.folder and format_of(data) != "spec":
            clusters.setdefault(unit.folder, _Cluster()).add(unit, data)
        else:
            found += 1
    return found + sum(1 for folder in clusters for _ in clusters[folder].units(folder))


class _Cluster:
    """The files of one folder that are no specs."""

    def __init__(self) -> None:
        self._files: list[tuple[Unit, Input]] = []
        self._is_one = False

    def add(self, unit: Unit, data: bytes) -> None:
        self._files.append((unit, Input(unit.name, data)))
        self._is_one = self._is_one or format_of(data) == "manifest"

    def units(self, folder: Path) -> Iterator[tuple[Unit, tuple[Input, ...]]]:
        """All as one input if there is a manifest among them, else each by itself."""
        if not self._is_one:
            yield from ((unit, (given,)) for unit, given in self._files)
            return
        name = folder.resolve().name or "cluster"
        unit = Unit(name=str(folder), path=None, stem=Path(name), folder=folder)
        yield unit, tuple([given for _, given in self._files])


def beside(path: Path | None, word: str) -> list[Input]:
    """The file or the files of the folder that an input at `path` names, relative to itself.

    Raises InputError for the first that cannot be read.
    """
    named = (path.parent if path else Path()) / word
    units, errors = gather((str(named),))
    for error in errors:
        raise error
    return [Input(unit.name, unit.load()) for unit in units]


def _load(unit: Unit, order: Order) -> bytes | PodvizError:
    """Whatever goes wrong with an input is told, never raised."""
    try:
        return unit.load(order.max_size)
    except Exception as error:
        return pipeline.told(error, unit.name)


def _deliver(unit: Unit, result: Result, target: Target, outbox: Outbox) -> Done:
    if target.folder is None and len(result.made) > 1:
        several = len({made.name for made in result.made}) > 1
        instead = "name a folder" if several else "name a folder, or one --lang"
        error = UsageError(
            f"{unit.name} gives {len(result.made)} results, and -o {target} takes one: {instead}"
        )
        return Done(unit=unit, result=result, errors=(error,))
    changed: list[Path] = []
    fresh: list[Path] = []
    errors: list[PodvizError] = []
    for made in result.made:
        try:
            path, differs = outbox.put(unit, made)
        except PodvizError as failure:
            errors.append(failure)
            continue
        if path:
            (changed if differs else fresh).append(path)
    return Done(
        unit=unit,
        result=result,
        changed=tuple(changed),
        fresh=tuple(fresh),
        errors=tuple(errors),
    )
