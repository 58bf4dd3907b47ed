"""Jobs over an executor: started some together, asked for in any order, whoever dies on the way."""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Self

from msgspec import Struct

from podviz.errors import PodvizError
from podviz.outcome import Failure, Outcome
from podviz.runs.work import Find, Job, draw_all, wanting

Open = Callable[[], AbstractContextManager[Executor]]


class Promise(Struct, frozen=True):
    """What will come of one job: a future of several outcomes, and which of them it is; `lone`
    where it is the only one."""

    future: Future[tuple[Outcome, ...]]
    turn: int
    lone: bool


class Crew:
    """Draws jobs over the executors that `several` opens, `width` batches of them on their way.

    A job whose executor breaks, since a process of it died, is drawn again over one that
    `single` opens for it alone; if that breaks too, that is what came of the job.
    """

    def __init__(self, several: Open, single: Open, width: int) -> None:
        self.width = width
        self._several = several
        self._single = single
        self._stack = ExitStack()
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, at)

    def start(self, jobs: Sequence[Job]) -> list[Promise]:
        """Begin to draw some jobs, one after the other."""
        for _ in range(2):
            if self._executor is None:
                self._executor = self._stack.enter_context(self._several())
            try:
                future = self._executor.submit(draw_all, jobs)
            except BrokenExecutor:
                self._executor = None
            else:
                return [Promise(future, i, len(jobs) == 1) for i in range(len(jobs))]
        return [_failed(job) for job in jobs]

    def end(self, job: Job, promise: Promise, find: Find) -> tuple[Job, Outcome]:
        """What came of a job that was begun, and the job with all files that it asked for."""
        while True:
            try:
                outcome = promise.future.result()[promise.turn]
            except (BrokenExecutor, CancelledError):
                self._executor = None
                outcome = self._alone(job)
            except Exception as error:
                if not promise.lone:  # it may be another's fault
                    (promise,) = self.start((job,))
                    continue
                if isinstance(error, PodvizError):
                    outcome = _told(Failure(error.status, str(error)))
                else:
                    outcome = _told(Failure(4, f"{job.name}: not drawn ({type(error).__name__})"))
            if not outcome.wants:
                return job, outcome
            job = wanting(job, outcome, find)
            (promise,) = self.start((job,))

    def _alone(self, job: Job) -> Outcome:
        try:
            with self._single() as executor:
                return executor.submit(draw_all, (job,)).result()[0]
        except BrokenExecutor:
            words = "the process that drew it died, as one does without memory"
            return _told(Failure(4, f"{job.name}: {words}"))


def _told(failure: Failure) -> Outcome:
    return Outcome(errors=(failure,), status=failure.status)


def _failed(job: Job) -> Promise:
    future: Future[tuple[Outcome, ...]] = Future()
    failure = Failure(4, f"{job.name}: no process to draw it stays alive")
    future.set_result((_told(failure),))
    return Promise(future, 0, True)
