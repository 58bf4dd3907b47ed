"""Executors that draw jobs: processes of this machine, or those of a dask cluster."""

import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    InvalidStateError,
    ProcessPoolExecutor,
)
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Any

from podviz.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

_ALLOCATIONS = 200_000  # things made between two searches for rings of garbage
_GIVEN_UP = 1.0  # seconds for what hands out jobs to see that nobody takes them
_LOOK, _GONE = 0.2, "the scheduler is gone"  # seconds between two looks at it
_METHOD = "spawn" if sys.platform == "win32" else "forkserver"
_READY = ["podviz.runs.ready"]
"""What the process that all others are forked from imports before."""


def ahead() -> None:
    """Begin to load, beside this process, what drawing processes need."""
    if _METHOD == "forkserver":
        from multiprocessing import forkserver, resource_tracker

        get_context(_METHOD).set_forkserver_preload(_READY)
        resource_tracker.ensure_running()  # here, since it would let interrupts through
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()  # which knows of no interrupt then: they are ours
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Processes of this machine that end with this one; what runs at an interrupt is stopped."""
    ahead()
    executor = ProcessPoolExecutor(jobs, mp_context=get_context(_METHOD), initializer=_begin)
    try:
        yield executor
        executor.shutdown()
    except BaseException:
        workers = list((getattr(executor, "_processes", None) or {}).values())
        manager = getattr(executor, "_executor_manager_thread", None)
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        if manager and manager.is_alive():
            manager.join(_GIVEN_UP)
        raise


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """The workers of the dask scheduler at an address. Raises UsageError where it cannot be."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--executor dask needs dask: pip install 'podviz[dask]'") from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # it is told here
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"--scheduler {address}: {error or 'it does not answer'}") from None
    with client:
        _agree(client.run(_own), address)
        yield _Remote(client)


class _Remote(Executor):
    """The workers of a dask client; breaks with its scheduler, as others with their processes."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._begun: set[Future[Any]] = set()
        self._watch = threading.Thread(target=self._break_with, daemon=True)
        self._watch.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if not self._is_there():
            raise BrokenExecutor(_GONE)
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        self._begun.add(future)
        future.add_done_callback(self._begun.discard)
        return future

    def _is_there(self) -> bool:
        return self._client.status not in ("closing", "closed")

    def _break_with(self) -> None:
        while self._is_there():
            time.sleep(_LOOK)
        for future in list(self._begun):
            with suppress(InvalidStateError):  # it ended by itself
                future.set_exception(BrokenExecutor(_GONE))


def _own() -> str:
    from podviz.runs import fingerprint

    return fingerprint.full()


def _agree(found: dict[str, str], address: str) -> None:
    """Workers draw the same bytes where their podviz is the same."""
    if not found:
        raise UsageError(f"--scheduler {address}: it has no worker")
    other = [worker for worker, known in found.items() if known != _own()]
    if other:
        raise UsageError(f"--scheduler {address}: another podviz is on {', '.join(sorted(other))}")


# ── in a process that draws ─────────────────────────────────────────────────────────────────


def _begin() -> None:
    """An interrupt is the parent's to handle; without the parent there is nothing to do.

    What is loaded is no garbage to search for.
    """
    gc.set_threshold(_ALLOCATIONS)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
