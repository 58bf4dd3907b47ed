"""One input, drawn: a function of its argument alone, fit for any executor anywhere."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.errors import InputError
from podviz.finding import Finding, Severity
from podviz.input import Input
from podviz.order import Order
from podviz.outcome import Failure, Made, Outcome
from podviz.pipeline import Result, run_all
from podviz.place import Place

Beside = tuple[Input, ...] | Failure
"""The files behind a path that an input names, or why there are none."""

Find = Callable[[str], Beside]
"""What finds them."""


Pins = Mapping[tuple[str, Place], int]
"""Code and place of what is pinned → its number."""


class Job(Struct, frozen=True, kw_only=True):
    """One input, what to make of it, and the files beside it that it is known to take in."""

    name: str
    inputs: tuple[Input, ...]
    order: Order
    beside: Mapping[str, Beside] = field(default_factory=dict)


class _WantedError(BaseException):
    """A file is asked for that the job does not bring; passes through what tells errors."""


def draw(job: Job) -> Outcome:
    """What comes of a job: its files and what is said of it, or which files it still needs."""
    try:
        result = run_all(job.inputs, job.name, job.order, partial(_load, job.beside))
    except _WantedError as wanted:
        return Outcome(wants=(str(wanted),))
    pins = _pins(result)
    return Outcome(
        made=tuple(map(_plain, result.made)),
        told=_told([f for f in result.findings if _is_told(f, pins)], result, pins),
        notes=tuple([f"{job.name}: {note}" for note in result.notes]),
        errors=tuple([Failure(error.status, str(error)) for error in result.errors]),
        status=result.status,
    )


def draw_all(jobs: Sequence[Job]) -> tuple[Outcome, ...]:
    """What comes of each job."""
    return tuple([draw(job) for job in jobs])


def here(job: Job, find: Find) -> tuple[Job, Outcome]:
    """What comes of a job in this process, and the job with all files that it asked for."""
    while True:
        outcome = draw(job)
        if not outcome.wants:
            return job, outcome
        job = wanting(job, outcome, find)


def wanting(job: Job, outcome: Outcome, find: Find) -> Job:
    """The job with the files that its outcome asks for."""
    return replace(job, beside={**job.beside, **{w: find(w) for w in outcome.wants}})


def _plain(made: Made) -> Made:
    """The file without what is told of it elsewhere."""
    return replace(made, findings=(), size=len(made.data))


def _load(beside: Mapping[str, Beside], word: str) -> Sequence[Input]:
    if word not in beside:
        raise _WantedError(word)
    found = beside[word]
    if isinstance(found, Failure):
        raise InputError(found.text)
    return found


def _told(
    findings: Sequence[Finding], result: Result, pins: Mapping[tuple[str, Place], int]
) -> str:
    if not findings:
        return ""
    from podviz.reports import text

    return text.write(findings, result.lines, colour=True, pins=pins)


def _pins(result: Result) -> Pins:
    """The numbers of the first figure that pins each."""
    return {
        (noted.code, place): noted.number
        for made in reversed(result.made)
        for noted in made.findings
        for place in noted.places
    }


def _is_told(finding: Finding, pins: Pins) -> bool:
    """Notes are for `podviz check`, unless a figure pins them."""
    if finding.suppressed is not None:
        return False
    return finding.severity > Severity.INFO or (finding.code, finding.place) in pins
