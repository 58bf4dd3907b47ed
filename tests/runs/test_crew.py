"""Many processes: the same bytes, nothing lost, whoever dies on the way."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from xml.etree import ElementTree

import pytest
from shell import BROKEN, MANIFEST, TIED, environment, files, podviz

from podviz.intake import gather
from podviz.order import Order
from podviz.outbox import Target
from podviz.outcome import Outcome
from podviz.runs import batch, pool, work
from podviz.runs.batch import Done, Plan
from podviz.runs.cache import HOME
from podviz.runs.crew import Crew, Promise

TAKING = "podviz: 1\ntitle: Taken in\nmanifests: [k8s/web.yaml]\n"
MANY = 30


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty specs, one of them broken, one with a manifest beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME, "")
    (tmp_path / "specs" / "k8s").mkdir(parents=True)
    for number in range(MANY):
        spec = TIED.replace("name: web", f"name: web{number}")
        (tmp_path / "specs" / f"{number:02}.yaml").write_text(spec)
    (tmp_path / "specs" / "05.yaml").write_text(BROKEN)
    (tmp_path / "specs" / "07.yaml").write_text(TAKING)
    (tmp_path / "specs" / "k8s" / "web.yaml").write_text(MANIFEST)
    return tmp_path


def specs() -> list[str]:
    return [f"specs/{number:02}.yaml" for number in range(MANY)]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but for what killed runs had begun to write."""
    whole = [name for name in files(folder) if not Path(name).name.startswith(".podviz-")]
    return {name: (folder / name).read_bytes() for name in whole}


def run(crew: Crew | None, out: str) -> list[Done]:
    units, _ = gather(specs())
    target = Target(folder=Path(out))
    plan = Plan(order=Order, target=target, crew=(lambda: crew) if crew else None, few=0)
    return list(batch.run(units, plan))


@contextmanager
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


def test_any_executor_gives_the_same_bytes_in_the_same_order(here: Path) -> None:
    alone = run(None, "alone")
    together = run(Crew(threads, threads, 4), "together")
    assert [d.unit.name for d in together] == [d.unit.name for d in alone] == specs()
    assert [d.status for d in together] == [d.status for d in alone]
    assert together[7].outcome == alone[7].outcome
    assert len(files(here / "alone")) == MANY - 1
    assert bytes_of(here / "together") == bytes_of(here / "alone")


def test_processes_give_the_same_as_one(here: Path) -> None:
    one = podviz("render", "specs", "-o", "one", "-j", "1", cwd=here)
    two = podviz("render", "specs", "-o", "two", "-j", "2", cwd=here)
    assert one.status == two.status == 3
    assert one.err.rpartition("; ")[0].replace("one/", "two/") == two.err.rpartition("; ")[0]
    assert bytes_of(here / "two") == bytes_of(here / "one")


def test_no_more_are_begun_than_the_crew_is_wide(here: Path) -> None:
    class Counting(ThreadPoolExecutor):
        most = now = 0

        def submit(self, *words: object, **more: object) -> "Future[object]":  # type: ignore[override]
            Counting.now += 1
            Counting.most = max(Counting.most, Counting.now)
            return super().submit(*words, **more)  # type: ignore[arg-type]

    @contextmanager
    def counted() -> Iterator[Executor]:
        with Counting(2) as executor:
            yield executor

    units, _ = gather(specs())
    plan = Plan(
        order=Order, target=Target(folder=Path("o")), crew=lambda: Crew(counted, counted, 4), few=0
    )
    for _ in batch.run(units, plan):
        Counting.now -= 1
    assert Counting.most <= 6


# ── processes that die ──────────────────────────────────────────────────────────────────────


DRAW = work.draw


def deadly(job: work.Job) -> Outcome:
    """Draws, but for one input, which takes the process with it."""
    if job.name == "specs/03.yaml":
        os._exit(9)
    return DRAW(job)


def dies_once(job: work.Job) -> Outcome:
    """The first process that meets the input dies; the next draws it."""
    mark = Path("died")
    if job.name == "specs/03.yaml" and not mark.exists():
        mark.write_text("")
        os._exit(9)
    return DRAW(job)


@contextmanager
def forked(jobs: int) -> Iterator[Executor]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as executor:
        yield executor


@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize(("draw", "lost"), [(deadly, ["specs/03.yaml"]), (dies_once, [])])
def test_a_process_that_dies_costs_its_input_at_most(
    here: Path, monkeypatch: pytest.MonkeyPatch, draw: object, lost: list[str]
) -> None:
    monkeypatch.setattr(work, "draw", draw)
    done = run(Crew(partial(forked, 2), partial(forked, 1), 6), "out")
    assert [d.unit.name for d in done if d.status == 4] == lost
    for each in done:
        if each.status == 4:
            assert each.outcome.errors[0].text == (
                "specs/03.yaml: the process that drew it died, as one does without memory"
            )
    assert len(files(here / "out")) == MANY - 1 - len(lost)


def test_processes_end_with_the_one_that_began_them(here: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "podviz", "render", "specs", "-o", "out", "-j", "2"],
        cwd=here, env=environment(), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(lambda: files(here / "out") if (here / "out").exists() else [])
    family = children(process.pid)
    assert len(family) >= 2
    process.kill()
    process.wait()
    until(lambda: not [pid for pid in family if is_alive(pid)])


def test_an_interrupt_ends_all_and_leaves_whole_files(here: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "podviz", "render", "specs", "-o", "out", "-j", "2"],
        cwd=here, env=environment(), stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    until(lambda: files(here / "out") if (here / "out").exists() else [])
    family = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
    _, said = process.communicate(timeout=60)
    assert process.returncode in (130, 3)  # or it was done already
    assert b"Traceback" not in said
    until(lambda: not [pid for pid in family if is_alive(pid)])
    for data in bytes_of(here / "out").values():
        ElementTree.fromstring(data)


@pytest.mark.parametrize("later", [0.0, 0.1, 0.2])
def test_an_interrupt_while_processes_begin_is_told_in_a_line(here: Path, later: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "podviz", "render", "specs", "-o", "out", "-j", "2"],
        cwd=here, env=environment(), stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    until(lambda: [pid for pid in children(process.pid) if "forkserver" in words_of(pid)])
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    assert b"resource_tracker" not in said
    if process.returncode != 3:  # it was done already
        assert process.returncode == 130
        assert said.strip().endswith(b"podviz: interrupted")


def words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_a_second_interrupt_ends_at_once() -> None:
    script = """
import os, signal
from podviz.__main__ import _interrupt
signal.signal(signal.SIGINT, _interrupt)
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()
"""
    done = subprocess.run([sys.executable, "-c", script], env=environment(), timeout=60)
    assert done.returncode == 130


def test_killed_fifty_times_no_file_is_broken_and_the_next_run_completes(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME, str(here / ".cache"))
    chance = random.Random(7)
    words = [sys.executable, "-m", "podviz", "render", "specs", "-o", "out", "-f", "svg,txt"]
    for turn in range(50):
        jobs = "2" if turn % 5 == 0 else "1"
        process = subprocess.Popen(
            [*words, "-j", jobs, "--force"] if turn % 2 else [*words, "-j", jobs],
            cwd=here, env=environment(), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.05, 0.6))
        process.kill()
        process.wait()
        for name, data in bytes_of(here / "out").items():
            assert data
            if name.endswith(".svg"):
                ElementTree.fromstring(data)
    done = podviz("render", "specs", "-o", "out", "-f", "svg,txt", cwd=here)
    assert done.status == 3  # one is broken by itself
    good = podviz("render", "specs", "-o", "good", "-f", "svg,txt", "--force", cwd=here)
    assert good.status == 3
    assert bytes_of(here / "out") == bytes_of(here / "good")


def until(condition: object, seconds: float = 60) -> None:
    """Wait for a condition; fail where it never comes."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    """The processes below one, as /proc tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += [int(path.parent.name), *children(int(path.parent.name))]
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# ── other machines ──────────────────────────────────────────────────────────────────────────


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_draws_the_same_though_a_worker_is_killed(here: Path) -> None:
    from distributed import LocalCluster

    local = podviz("render", "specs", "-o", "local", cwd=here)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        protocol="tcp://", host="127.0.0.1",
    ) as cluster:  # fmt: skip
        address = cluster.scheduler_address
        assert address.startswith("tcp://")
        victim = next(iter(cluster.workers.values())).process.process.pid  # type: ignore[union-attr]
        timer = threading.Thread(target=_kill_in_mid_run, args=(here / "far", victim))
        timer.start()
        far = podviz(
            "render", "specs", "-o", "far", "--executor", "dask", "--scheduler", address, cwd=here
        )
        timer.join()
    assert far.status == local.status == 3, far.err
    assert bytes_of(here / "far") == bytes_of(here / "local")
    assert len(files(here / "far")) == MANY


def _kill_in_mid_run(folder: Path, pid: int) -> None:
    until(lambda: folder.exists() and files(folder))
    os.kill(pid, signal.SIGKILL)


def test_dask_and_its_scheduler_go_together(here: Path) -> None:
    for words in (["--executor", "dask"], ["--scheduler", "tcp://127.0.0.1:1"]):
        assert podviz("render", "specs", *words, cwd=here).status == 2
    assert podviz("render", "specs", "--executor", "drummers", cwd=here).status == 2


def test_a_scheduler_that_does_not_answer_is_told(here: Path) -> None:
    words = ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:9")
    done = podviz("render", "specs", *words, cwd=here)
    assert done.status == 2
    assert "--scheduler tcp://127.0.0.1:9: " in done.err
    assert "Traceback" not in done.err


class Lost:
    """A client whose scheduler never answers a job, and dies."""

    status = "running"

    def get_executor(self, *, pure: bool) -> "Lost":
        assert not pure
        return self

    def submit(self, *_: object) -> "Future[object]":
        return Future()


def test_what_is_on_its_way_ends_with_its_scheduler() -> None:
    client = Lost()
    remote = pool._Remote(client)  # type: ignore[arg-type]
    waiting, done = remote.submit(str), remote.submit(str)
    done.set_result("1")
    client.status = "closed"
    assert isinstance(waiting.exception(timeout=20), BrokenExecutor)
    assert done.result() == "1"
    with pytest.raises(BrokenExecutor):
        remote.submit(str)


def test_workers_with_another_podviz_are_refused() -> None:
    with pytest.raises(Exception, match="another podviz is on tcp://b"):
        pool._agree({"tcp://a": pool._own(), "tcp://b": "older"}, "tcp://s")
    with pytest.raises(Exception, match="it has no worker"):
        pool._agree({}, "tcp://s")


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "257", "1.5", ""])
def test_jobs_must_be_a_number(here: Path, jobs: str) -> None:
    done = podviz("render", "specs", "-j", jobs, cwd=here)
    assert done.status == 2
    assert "jobs must be auto, or 1 to 256" in done.err


# ── together ────────────────────────────────────────────────────────────────────────────────


def test_many_small_inputs_go_together_and_heavy_ones_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[str]] = []

    class Noting(Crew):
        def start(self, jobs: Sequence[work.Job]) -> list[Promise]:
            sent.append([job.name for job in jobs])
            return super().start(jobs)

    run(Noting(threads, threads, 1), "out")
    assert max(map(len, sent)) > 1
    told = [name for names in sent for name in names]
    assert list(dict.fromkeys(told)) == specs()  # the one with a manifest beside it goes twice
    sent.clear()
    monkeypatch.setattr(batch, "_HEAVY", 1)
    run(Noting(threads, threads, 1), "again")
    assert set(map(len, sent)) == {1}
    assert bytes_of(here / "again") == bytes_of(here / "out")


def test_a_job_that_trips_its_process_up_costs_no_other_of_its_batch(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trips(job: work.Job) -> Outcome:
        if job.name == "specs/03.yaml":
            raise MemoryError
        return DRAW(job)

    monkeypatch.setattr(work, "draw", trips)
    done = run(Crew(threads, threads, 1), "out")
    assert [d.unit.name for d in done if d.status == 4] == ["specs/03.yaml"]
    assert len(files(here / "out")) == MANY - 2  # and of the broken one
