"""Many inputs, one after the other: one bad input stops no other."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from podviz import pipeline
from podviz.errors import PodvizError, UsageError
from podviz.intake import Unit, gather
from podviz.outbox import Outbox, Target
from podviz.pipeline import Made, Order, Result
from podviz.reader import Input, format_of
from podviz.source import MAX_SIZE


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
    book: list[tuple[Unit, Made]] = []
    for unit, inputs in _inputs(units, order):
        if isinstance(inputs, PodvizError):
            yield Done(unit=unit, result=Result(errors=(inputs,)))
            continue
        load = partial(beside, unit, limit=order.max_size)
        result = pipeline.run_all(inputs, unit.name, order, load)
        drawn, slides = _apart(result)
        book += [(unit, made) for made in slides]
        yield _deliver(unit, drawn, target, outbox)
    if book:
        yield _bound(book, target, outbox)


def _apart(result: Result) -> tuple[Result, list[Made]]:
    """The files of an input, and its parts of the one HTML page."""
    slides = [made for made in result.made if made.format == "html"]
    others = tuple([made for made in result.made if made.format != "html"])
    return replace(result, made=others), slides


def _bound(book: list[tuple[Unit, Made]], target: Target, outbox: Outbox) -> Done:
    """The HTML page of all figures: `index.html`, or after the only input."""
    from podviz.page import assemble

    units = {unit.name: unit for unit, _ in book}
    first = next(iter(units.values()))
    unit = first if len(units) == 1 else Unit(name="the page", path=None, stem=Path("index"))
    try:
        page = Made(name=None, lang=None, format="html", data=assemble([m.data for _, m in book]))
    except Exception as error:
        return Done(unit=unit, result=Result(errors=(pipeline.told(error, unit.name),)))
    return _deliver(unit, Result(made=(page,)), target, outbox)


def count(units: Sequence[Unit], order: Order) -> int:
    """How many inputs the units are; files of folders are read for it, and what of them cannot
    be read is none."""
    inside = [unit for unit in units if unit.folder]
    read = sum(not isinstance(inputs, PodvizError) for _, inputs in _inputs(inside, order))
    return len(units) - len(inside) + read


def _inputs(
    units: Sequence[Unit], order: Order
) -> Iterator[tuple[Unit, tuple[Input, ...] | PodvizError]]:
    """What is drawn at once: each file, or why it cannot be read; then the manifests of each
    folder, with all that lies among them and is no spec."""
    clusters: dict[Path, _Cluster] = {}
    for unit in units:
        data = _load(unit, order)
        if isinstance(data, PodvizError):
            yield unit, data
        elif unit.folder and format_of(data) != "spec":
            clusters.setdefault(unit.folder, _Cluster()).add(unit, data)
        else:
            yield unit, (Input(unit.name, data),)
    for folder, cluster in clusters.items():
        yield from cluster.units(folder)


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


def beside(unit: Unit, word: str, *, limit: int = MAX_SIZE) -> list[Input]:
    """The file or the files of the folder that an input names, relative to itself.

    Raises InputError for the first that cannot be read, or has more than `limit` bytes.
    """
    home = unit.path.parent if unit.path else unit.folder or Path()
    units, errors = gather((os.path.normpath(home / word),))
    for error in errors:
        raise error
    return [Input(each.name, each.load(limit)) for each in units]


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
