"""Many inputs, many at a time: one bad input stops no other, and nothing is drawn twice."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.errors import InputError, PodvizError, UsageError
from podviz.input import Input, format_of
from podviz.intake import Unit, taken
from podviz.options import MAX_SIZE
from podviz.outbox import Outbox, Target
from podviz.outcome import Failure, Made, Outcome, digest
from podviz.runs.recall import Memory

if TYPE_CHECKING:
    from podviz.order import Order
    from podviz.runs.crew import Crew, Promise
    from podviz.runs.work import Job

FEW = 12
"""So many inputs are drawn in this process: to start others takes longer."""

_TOGETHER, _HEAVY = 8, 100_000
"""So many inputs, or bytes of them, go to a process at a time: each by itself costs more."""

_SEVERAL = 2
"""From so many on, what a crew needs begins to load, for it may be worth one."""


class Done(Struct, frozen=True, kw_only=True):
    """One input after its trip: which files changed or would, and what went wrong.

    `files` are all that stand now, with their digests. `drawn` is false where an earlier run
    drew it already; `why` is the reason why it did not, or why its files are written all the same.
    """

    unit: Unit
    outcome: Outcome
    changed: tuple[Path, ...] = ()
    fresh: tuple[Path, ...] = ()
    errors: tuple[Failure, ...] = ()
    files: tuple[tuple[Path, str], ...] = ()
    drawn: bool = True
    why: str = ""

    @property
    def status(self) -> int:
        """The exit status that this input calls for."""
        return max([self.outcome.status, *(e.status for e in (*self.outcome.errors, *self.errors))])


class Plan(Struct, frozen=True, kw_only=True):
    """How a run goes. `order` is asked for when the first input is to be drawn, `crew` when more
    than `few` are; without one, all are drawn in this process. `ahead` begins to load what a crew
    needs. With `check` files are only
    compared; with `dry` nothing is drawn either."""

    order: "Callable[[], Order]"
    target: Target
    check: bool = False
    dry: bool = False
    max_size: int = MAX_SIZE
    memory: Memory = field(default_factory=Memory)
    crew: "Callable[[], AbstractContextManager[Crew]] | None" = None
    ahead: "Callable[[], None] | None" = None
    few: int = FEW


class _Turn(Struct, kw_only=True):
    """An input on its way; `stands` where its files are in their places already."""

    unit: Unit
    inputs: tuple[Input, ...] = ()
    outcome: Outcome | None = None
    stands: bool = False
    drawn: bool = False
    why: str = ""
    job: "Job | None" = None
    promise: "Promise | None" = None


def run(units: Sequence[Unit], plan: Plan) -> Iterator[Done]:
    """Draw each input that no earlier run drew, and write its files; tells them in their order.

    Two results for one path are an error of the second.
    """
    outbox = Outbox(plan.target, units, check=plan.check or plan.dry)
    book: list[tuple[Unit, Made]] = []
    with ExitStack() as stack:
        for turn in _Course(plan, stack).turns(units):
            assert turn.outcome is not None
            slides = [made for made in turn.outcome.made if made.format == "html"]
            book += [(turn.unit, made) for made in slides]
            files = [made for made in turn.outcome.made if made.format != "html"]
            yield _deliver(turn, files, plan.target, outbox)
    if book:
        unit, page = _bound(book)
        turn = _Turn(unit=unit, outcome=page)
        yield _deliver(turn, page.made, plan.target, outbox)


def given(
    units: Sequence[Unit], max_size: int
) -> Iterator[tuple[Unit, tuple[Input, ...] | PodvizError]]:
    """What is drawn at once: each file, or why it cannot be read; then the manifests of each
    folder, with all that lies among them and is no spec."""
    clusters: dict[Path, _Cluster] = {}
    for unit in units:
        data = _load(unit, max_size)
        if isinstance(data, PodvizError):
            yield unit, data
        elif unit.folder and format_of(data) != "spec":
            clusters.setdefault(unit.folder, _Cluster()).add(unit, data)
        else:
            yield unit, (Input(unit.name, data),)
    for folder, cluster in clusters.items():
        yield from cluster.units(folder)


def count(units: Sequence[Unit], max_size: int = MAX_SIZE) -> int:
    """How many inputs the units are; files of folders are read for it, and what of them cannot
    be read is none."""
    inside = [unit for unit in units if unit.folder]
    read = sum(not isinstance(inputs, PodvizError) for _, inputs in given(inside, max_size))
    return len(units) - len(inside) + read


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


def _load(unit: Unit, max_size: int) -> bytes | PodvizError:
    """Whatever goes wrong with an input is told, never raised."""
    try:
        return unit.load(max_size)
    except PodvizError as error:
        return error
    except Exception as error:
        return InputError(f"{unit.name}: {type(error).__name__} while it was read")


# ── from inputs to outcomes ─────────────────────────────────────────────────────────────────


class _Course:
    """Takes inputs to their outcomes: from memory, in this process, or by a crew."""

    def __init__(self, plan: Plan, stack: ExitStack) -> None:
        self._plan = plan
        self._stack = stack
        self._order: Order | None = None
        self._crew: Crew | None = None
        self._idle: list[_Turn] = []
        self._begun = 0
        self._together = 1
        self._count = 0
        self._alone = False

    def turns(self, units: Sequence[Unit]) -> Iterator[_Turn]:
        """Every input with its outcome, in order; with a crew, several are on their way."""
        waiting: deque[_Turn] = deque()
        self._count = len(units)
        self._alone = self._plan.crew is None or self._count <= self._plan.few
        for unit, inputs in given(units, self._plan.max_size):
            turn = self._met(unit, inputs)
            waiting.append(turn)
            if turn.job and not self._alone:
                self._idle.append(turn)
                if len(self._idle) == _SEVERAL and self._plan.ahead:
                    self._plan.ahead()
                self._send()
            while waiting and self._is_due(waiting[0]):
                yield self._ended(waiting.popleft())
        self._send(rest=True)
        while waiting:
            yield self._ended(waiting.popleft())

    def _met(self, unit: Unit, inputs: tuple[Input, ...] | PodvizError) -> _Turn:
        if isinstance(inputs, PodvizError):
            failure = Failure(inputs.status, str(inputs))
            return _Turn(unit=unit, outcome=Outcome(errors=(failure,), status=failure.status))
        known = self._plan.memory.recall(unit, inputs)
        turn = _Turn(
            unit=unit, inputs=inputs, outcome=known.outcome, stands=known.stands, why=known.why
        )
        if known.outcome is None:
            turn.drawn = True
            if self._plan.dry:
                turn.outcome = Outcome()
            else:
                turn.job = self._job(unit, inputs)
        return turn

    def _job(self, unit: Unit, inputs: tuple[Input, ...]) -> "Job":
        from podviz.runs.work import Job

        if self._order is None:
            self._order = self._plan.order()
        return Job(name=unit.name, inputs=inputs, order=self._order)

    def _send(self, *, rest: bool = False) -> None:
        """Hand what waits to the crew, where it is worth one; not less than goes together,
        unless it is the `rest`."""
        if self._crew is None and self._plan.crew and len(self._idle) > self._plan.few:
            self._crew = self._stack.enter_context(self._plan.crew())
            self._together = max(1, min(_TOGETHER, self._count // (2 * self._crew.width)))
        while self._crew and self._idle and (turns := self._some(rest)):
            del self._idle[: len(turns)]
            jobs = tuple([turn.job for turn in turns if turn.job])
            for turn, promise in zip(turns, self._crew.start(jobs), strict=True):
                turn.promise = promise
            self._begun += len(turns)

    def _some(self, rest: bool) -> list[_Turn]:
        """What goes together of what waits; nothing where it is less."""
        weight = 0
        for i, turn in enumerate(self._idle, start=1):
            weight += sum(len(given.data) for given in turn.inputs)
            if i == self._together or weight >= _HEAVY:
                return self._idle[:i]
        return self._idle[:] if rest else []

    def _is_due(self, turn: _Turn) -> bool:
        """True where nothing is won by going on before the first of those that wait."""
        if turn.outcome is not None or self._alone:
            return True
        return self._crew is not None and self._begun >= self._crew.width * self._together

    def _ended(self, turn: _Turn) -> _Turn:
        if turn.job is None:
            return turn
        find = partial(taken, turn.unit, limit=self._plan.max_size)
        if self._crew and turn.promise:
            self._begun -= 1
            job, turn.outcome = self._crew.end(turn.job, turn.promise, find)
        else:
            from podviz.runs.work import here

            job, turn.outcome = here(turn.job, find)
        turn.outcome = self._plan.memory.keep(turn.unit, turn.inputs, job.beside, turn.outcome)
        turn.job = None
        return turn


# ── from outcomes to files ──────────────────────────────────────────────────────────────────


def _bound(book: list[tuple[Unit, Made]]) -> tuple[Unit, Outcome]:
    """The HTML page of all figures: `index.html`, or after the only input."""
    from podviz.page import assemble

    units = {unit.name: unit for unit, _ in book}
    first = next(iter(units.values()))
    unit = first if len(units) == 1 else Unit(name="the page", path=None, stem=Path("index"))
    try:
        data = assemble([made.data for _, made in book])
    except Exception as error:
        failure = Failure(4, f"the page: podviz failed ({type(error).__name__}); please report it")
        return unit, Outcome(errors=(failure,), status=failure.status)
    known, size = digest(data), len(data)
    page = Made(name=None, lang=None, format="html", data=data, digest=known, size=size)
    return unit, Outcome(made=(page,))


def _deliver(turn: _Turn, files: Sequence[Made], target: Target, outbox: Outbox) -> Done:
    assert turn.outcome is not None
    unit = turn.unit
    done = Done(unit=unit, outcome=turn.outcome, drawn=turn.drawn, why=turn.why)
    if target.folder is None and len(files) > 1:
        several = len({made.name for made in files}) > 1
        instead = "name a folder" if several else "name a folder, or one --lang"
        words = f"{unit.name} gives {len(files)} results, and -o {target} takes one: {instead}"
        return replace(done, errors=(Failure(UsageError.status, words),))
    changed: list[Path] = []
    fresh: list[Path] = []
    errors: list[Failure] = []
    stand: list[tuple[Path, str]] = []
    for made in files:
        try:
            path, differs = outbox.put(unit, made, stands=turn.stands)
        except PodvizError as failure:
            errors.append(Failure(failure.status, str(failure)))
            continue
        if path:
            (changed if differs else fresh).append(path)
            stand.append((path, made.digest))
    return replace(
        done,
        changed=tuple(changed),
        fresh=tuple(fresh),
        errors=tuple(errors),
        files=tuple(stand),
    )
