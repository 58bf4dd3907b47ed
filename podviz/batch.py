"""Many inputs, one after the other: one bad input stops no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from podviz import pipeline
from podviz.errors import PodvizError, UsageError
from podviz.intake import Unit
from podviz.outbox import Outbox, Target
from podviz.pipeline import Order, Result


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
    for unit in units:
        yield _deliver(unit, _draw(unit, order), target, outbox)


def _draw(unit: Unit, order: Order) -> Result:
    """Whatever goes wrong with an input is told, never raised."""
    try:
        data = unit.load(order.max_size)
    except Exception as error:
        return Result(errors=(pipeline.told(error, unit.name),))
    return pipeline.run(data, unit.name, order)


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
