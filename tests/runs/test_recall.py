"""What a run draws that an earlier one did not; through the command, in one process."""

import os
import re
import time
from pathlib import Path

import pytest
from shell import BROKEN, MANIFEST, SPEC, TIED, Ran, Run, files, podviz

from podviz.runs.cache import HOME

TAKING = """\
podviz: 1
title: Taken in
manifests: [k8s/web.yaml]
"""
GUILTY = """\
podviz: 1
title: Two that listen on one port
pods:
  - {name: web, containers: [{name: a, ports: [80]}, {name: b, role: sidecar, ports: [80]}]}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME, str(tmp_path / ".cache"))
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(TIED)
    (tmp_path / "specs" / "b.yaml").write_text(SPEC)
    return tmp_path


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(capfdbinary)


def counts(done: Ran) -> tuple[int, int, int, int]:
    """Figures drawn and fresh, files written and unchanged."""
    found = re.search(r"(\d+) drawn, (\d+) fresh; (\d+) files? \w+, (\d+) unchanged", done.err)
    assert found, done.err
    drawn, fresh, written, unchanged = map(int, found.groups())
    return drawn, fresh, written, unchanged


def reasons(done: Ran) -> list[str]:
    """What --why tells."""
    return re.findall(r"^podviz: (\S+ (?:drawn|written|would be drawn): .*)$", done.err, re.M)


def test_a_second_run_draws_nothing(run: Run, here: Path) -> None:
    assert counts(run("render", "specs")) == (3, 0, 3, 0)
    before = {path: (here / "output" / path).stat().st_mtime_ns for path in files(here / "output")}
    assert counts(run("render", "specs")) == (0, 3, 0, 3)
    assert before == {p: (here / "output" / p).stat().st_mtime_ns for p in files(here / "output")}


def test_only_what_changed_is_drawn_and_the_reason_told(run: Run, here: Path) -> None:
    assert reasons(run("render", "specs", "--why")) == [
        "specs/a.yaml drawn: it was never drawn",
        "specs/b.yaml drawn: it was never drawn",
    ]
    (here / "specs" / "b.yaml").write_text(SPEC.replace("logs", "trace"))
    done = run("render", "specs", "--why")
    assert counts(done) == (2, 1, 2, 1)
    assert reasons(done) == ["specs/b.yaml drawn: it has changed"]


def test_other_options_and_settings_are_reasons(run: Run, here: Path) -> None:
    run("render", "specs/a.yaml")
    done = run("render", "specs/a.yaml", "--why", "--theme", "dark")
    assert reasons(done) == ["specs/a.yaml drawn: the options are others"]
    assert reasons(run("render", "specs/a.yaml", "--why", "--theme", "dark")) == []
    (here / "podviz.toml").write_text('ignore = ["POD2"]\n')
    done = run("render", "specs/a.yaml", "--why", "--theme", "dark")
    assert reasons(done) == ["specs/a.yaml drawn: the settings have changed"]


def test_another_podviz_is_a_reason(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("render", "specs/a.yaml")
    monkeypatch.setattr("podviz.runs.fingerprint.full", lambda: "new")
    monkeypatch.setattr("podviz.runs.fingerprint.quick", lambda: "new")
    done = run("render", "specs/a.yaml", "--why")
    assert reasons(done) == ["specs/a.yaml drawn: podviz, or what it draws with, has changed"]


def test_a_file_that_is_taken_in_is_a_reason(run: Run, here: Path) -> None:
    (here / "specs" / "k8s").mkdir()
    (here / "specs" / "k8s" / "web.yaml").write_text(MANIFEST)
    (here / "specs" / "t.yaml").write_text(TAKING)
    run("render", "specs/t.yaml")
    assert run("render", "specs/t.yaml").err == "podviz: output/t.svg unchanged\n"
    (here / "specs" / "k8s" / "web.yaml").write_text(MANIFEST.replace("app", "api"))
    done = run("render", "specs/t.yaml", "--why")
    assert reasons(done) == [
        "specs/t.yaml drawn: k8s/web.yaml, which it takes in, has changed",
    ]
    assert b"api" in (here / "output" / "t.svg").read_bytes()
    (here / "specs" / "k8s" / "web.yaml").unlink()
    done = run("render", "specs/t.yaml")
    assert done.status == 3
    assert "k8s/web.yaml" in done.err
    again = run("render", "specs/t.yaml")
    assert (again.status, again.err) == (done.status, done.err)


def test_an_output_that_is_gone_or_another_is_written_again_and_not_drawn(
    run: Run, here: Path
) -> None:
    run("render", "specs", "-f", "svg,png")
    good = (here / "output" / "a.svg").read_bytes()
    (here / "output" / "a.svg").write_bytes(good[:99])
    (here / "output" / "b.ko.png").unlink()
    done = run("render", "specs", "-f", "svg,png", "--why")
    assert counts(done) == (0, 3, 2, 4)
    assert reasons(done) == [
        "specs/a.yaml written: output/a.svg is another",
        "specs/b.yaml written: output/b.ko.png is missing",
    ]
    assert (here / "output" / "a.svg").read_bytes() == good
    assert (here / "output" / "b.ko.png").read_bytes()[:4] == b"\x89PNG"


def test_a_fresh_run_says_the_same_and_ends_the_same(run: Run, here: Path) -> None:
    (here / "specs" / "guilty.yaml").write_text(GUILTY)
    (here / "specs" / "broken.yaml").write_text(BROKEN)
    first, second = run("render", "specs"), run("render", "specs")
    assert first.status == second.status == 3
    assert "error[POD201]" in second.err
    assert "error[POD008]" in second.err
    assert first.err.rpartition("podviz: ")[0] == second.err.rpartition("podviz: ")[0]
    alone = run("render", "specs/guilty.yaml")
    assert alone.status == 1
    assert run("render", "specs/guilty.yaml").status == 1


def test_force_draws_all(run: Run, here: Path) -> None:
    run("render", "specs")
    done = run("render", "specs", "--force", "--why")
    assert counts(done) == (3, 0, 0, 3)
    assert reasons(done)[0] == "specs/a.yaml drawn: --force asks for it"


def test_a_dry_run_draws_and_writes_nothing(run: Run, here: Path) -> None:
    run("render", "specs/a.yaml")
    before = files(here)
    done = run("render", "specs", "--dry-run")
    assert done.status == 0
    assert reasons(done) == ["specs/b.yaml would be drawn: it was never drawn"]
    assert done.err.endswith("podviz: 1 input would be drawn, 1 fresh\n")
    assert files(here) == before
    assert run("render", "specs", "--dry-run", "--view", "sideways").status == 2


def test_check_compares_what_is_fresh_as_well(run: Run, here: Path) -> None:
    run("render", "specs")
    assert run("render", "specs", "--check").status == 0
    (here / "output" / "a.svg").write_text("mine")
    done = run("render", "specs", "--check")
    assert done.status == 1
    assert "output/a.svg would change" in done.err
    assert (here / "output" / "a.svg").read_text() == "mine"


def test_what_would_be_done_is_told_as_such(run: Run, here: Path) -> None:
    run("render", "specs", "-o", "out")
    gone = min((here / "out").iterdir())
    gone.unlink()
    for word in ("--check", "--dry-run"):
        said = run("render", "specs", "-o", "out", "--why", word).err
        assert f"would be written: out/{gone.name} is missing" in said


def test_settings_that_cannot_be_read_are_told_whatever_is_kept(run: Run, here: Path) -> None:
    run("render", "specs", "-o", "out")
    (here / "podviz.toml").write_text("#" * 2_000_000)
    done = run("render", "specs", "-o", "out")
    assert done.status == 3
    assert done.err.startswith("podviz: podviz.toml: 2,000,000 bytes are more than the limit")


def test_the_page_of_all_figures_is_bound_from_what_is_kept(run: Run, here: Path) -> None:
    run("render", "specs", "-f", "html")
    page = (here / "output" / "index.html").read_bytes()
    assert run("render", "specs", "-f", "html").err == "podviz: output/index.html unchanged\n"
    (here / "output" / "index.html").unlink()
    run("render", "specs", "-f", "html")
    assert (here / "output" / "index.html").read_bytes() == page


def test_what_goes_to_stdout_may_come_from_what_is_kept(run: Run, here: Path) -> None:
    first = run("render", "specs/a.yaml", "-o", "-", "-f", "txt")
    assert run("render", "specs/a.yaml", "-o", "-", "-f", "txt").out == first.out != b""


def test_outputs_whose_spec_is_gone_are_named_and_pruned(run: Run, here: Path) -> None:
    run("render", "specs")
    (here / "output" / "mine.svg").write_text("not of podviz")
    (here / "specs" / "b.yaml").unlink()
    done = run("render", "specs")
    told = [line for line in done.err.splitlines() if "is gone" in line]
    assert len(told) == 2
    assert told[0].endswith("output/b.en.svg: what it was drawn from is gone (--prune removes it)")
    (here / "output" / "b.en.svg").write_text("by hand")
    done = run("render", "specs", "--prune")
    assert "b.en.svg: what it was drawn from is gone: left, since somebody changed it" in done.err
    assert "b.ko.svg: what it was drawn from is gone: removed" in done.err
    assert files(here / "output") == ["a.svg", "b.en.svg", "mine.svg"]


def test_pruning_is_for_folders(run: Run, here: Path) -> None:
    assert run("render", "specs/a.yaml", "-o", "a.svg", "--prune").status == 2
    assert run("render", "specs", "--check", "--prune").status == 2


@pytest.mark.parametrize("home", ["", "/dev/null/nowhere"])
def test_without_a_cache_all_is_drawn(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv(HOME, home)
    assert counts(run("render", "specs")) == (3, 0, 3, 0)
    assert counts(run("render", "specs")) == (3, 0, 0, 3)


def test_what_failed_to_be_drawn_is_tried_again(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("podviz.pipeline.writer", lambda _: fail)
        assert run("render", "specs/a.yaml").status == 4
    assert run("render", "specs/a.yaml").status == 0


def test_a_fresh_run_loads_nothing_that_draws(here: Path) -> None:
    podviz("render", "specs", cwd=here)
    told = podviz("render", "specs", cwd=here, PYTHONPROFILEIMPORTTIME="1").err
    assert "0 drawn, 3 fresh" in told
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines() if "|" in line}
    assert "podviz.runs.recall" in loaded
    heavy = {"pydantic", "diagrams", "wasmtime", "rich", "yaml", "uharfbuzz", "podviz.pipeline"}
    assert not heavy & loaded


def test_time_alone_changes_nothing(run: Run, here: Path) -> None:
    run("render", "specs")
    later = time.time() + 1000
    for path in (here / "specs").iterdir():
        os.utime(path, (later, later))
    assert counts(run("render", "specs")) == (0, 3, 0, 3)
