"""Many inputs: one bad one stops no other."""

from pathlib import Path

import pytest
from shell import BROKEN, SPEC, TIED, files

from podviz import batch
from podviz.batch import Done
from podviz.intake import Unit, gather
from podviz.outbox import Target
from podviz.pipeline import Order

TEXT = Order(formats=("txt",))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*paths: str, order: Order = TEXT, check: bool = False) -> list[Done]:
    units, _ = gather(paths)
    return list(batch.run(units, order, Target(folder=Path("out")), check=check))


def test_one_bad_input_stops_no_other(here: Path) -> None:
    for name, spec in {"a": TIED, "b": BROKEN, "c": "", "d": TIED}.items():
        Path(f"{name}.yaml").write_text(spec)
    Path("gone.yaml").symlink_to("nothing")
    done = run("a.yaml", "b.yaml", "c.yaml", "gone.yaml", "d.yaml")
    assert [d.status for d in done] == [0, 3, 3, 3, 0]
    assert files(Path("out")) == ["a.txt", "d.txt"]


def test_an_input_that_trips_podviz_up_stops_no_other(here: Path) -> None:
    Path("a.yaml").write_text(TIED)
    nameless = Unit(name="nameless", path=Path("a\0b"), stem=Path("b"))
    (good,), _ = gather(["a.yaml"])
    first, second = batch.run([nameless, good], TEXT, Target(folder=Path("out")))
    assert [str(e) for e in first.result.errors] == ["nameless: embedded null byte"]
    assert (first.status, second.status) == (3, 0)


def test_a_format_that_fails_keeps_no_other_from_being_written(here: Path) -> None:
    Path("a.yaml").write_text(TIED)
    (done,) = run("a.yaml", order=Order(formats=("txt", "sculpture", "dot")))
    assert done.status == 4
    assert files(Path("out")) == ["a.dot", "a.txt"]


def test_what_changed_and_what_did_not_is_told(here: Path) -> None:
    Path("a.yaml").write_text(SPEC)
    (first,) = run("a.yaml")
    assert (first.changed, first.fresh) == ((Path("out/a.ko.txt"), Path("out/a.en.txt")), ())
    Path("out/a.en.txt").write_text("stale")
    (second,) = run("a.yaml", check=True)
    assert (second.changed, second.fresh) == ((Path("out/a.en.txt"),), (Path("out/a.ko.txt"),))
    assert Path("out/a.en.txt").read_text() == "stale"
    assert second.status == 0


def test_a_file_takes_one_result_and_none_of_several(here: Path) -> None:
    Path("a.yaml").write_text(SPEC)
    units, _ = gather(["a.yaml"])
    (done,) = batch.run(units, TEXT, Target(file=Path("a.txt")))
    assert done.status == 2
    said = "a.yaml gives 2 results, and -o a.txt takes one: name a folder"
    assert str(done.errors[0]) == f"{said}, or one --lang"
    Path("a.yaml").write_text(
        "---\n".join(f"podviz: 1\nname: {n}\npods: [{{name: a}}]\n" for n in "ab")
    )
    (done,) = batch.run(units, TEXT, Target(file=Path("a.txt")))
    assert str(done.errors[0]) == said
    assert files(here) == ["a.yaml"]


def test_a_place_that_takes_no_file_keeps_no_other_from_being_written(here: Path) -> None:
    Path("a.yaml").write_text(SPEC)
    Path("out/a.ko.txt").mkdir(parents=True)
    (done,) = run("a.yaml")
    assert [str(e) for e in done.errors] == ["out/a.ko.txt: a folder is in the way"]
    assert done.changed == (Path("out/a.en.txt"),)
    assert done.status == 4


def test_results_come_one_by_one(here: Path) -> None:
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(TIED)
    units, _ = gather(["a.yaml", "b.yaml"])
    steps = batch.run(units, TEXT, Target(folder=Path("out")))
    next(steps)
    assert files(Path("out")) == ["a.txt"]
