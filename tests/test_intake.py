"""Which files a run reads."""

import os
from pathlib import Path

import pytest

from podviz.errors import InputError
from podviz.intake import Unit, gather


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(path)


def names(*words: str, output: Path | None = None) -> list[str]:
    units, errors = gather(words, output)
    assert errors == []
    return [unit.name for unit in units]


def test_a_file_is_named_as_given_and_its_output_by_its_stem(here: Path) -> None:
    make("a/b.c.yaml")
    units, _ = gather(["./a/b.c.yaml"])
    assert units == [
        Unit(name="./a/b.c.yaml", path=Path("a/b.c.yaml"), stem=Path("b.c")),
    ]


def test_an_empty_path_is_wrong_usage(here: Path) -> None:
    make("a.yaml")
    units, (error,) = gather(["", "a.yaml"])
    assert [u.name for u in units] == ["a.yaml"]
    assert (error.status, str(error)[:15]) == (2, "a PATH is empty")


def test_a_folder_gives_its_yaml_and_json_in_order_of_name(here: Path) -> None:
    make("s/b.yaml", "s/a/z.yml", "s/a.json", "s/c.YAML", "s/notes.md", "s/yaml", "s/가.yaml")
    assert names("s") == ["s/a/z.yml", "s/a.json", "s/b.yaml", "s/c.YAML", "s/가.yaml"]
    units, _ = gather(["s"])
    assert [str(u.stem) for u in units] == ["a/z", "a", "b", "c", "가"]


def test_hidden_files_and_folders_are_passed_over_unless_named(here: Path) -> None:
    make("s/.git/a.yaml", "s/.a.yaml", "s/a.yaml")
    assert names("s") == ["s/a.yaml"]
    assert names("s/.git", "s/.a.yaml") == ["s/.git/a.yaml", "s/.a.yaml"]


def test_the_output_folder_is_no_input_unless_named(here: Path) -> None:
    make("a.yaml", "output/a.json", "sub/output/b.yaml")
    assert names(".", output=Path("output")) == ["a.yaml", "sub/output/b.yaml"]
    assert names("output", output=Path("output")) == ["output/a.json"]


def test_links_are_followed_but_never_in_a_circle(here: Path) -> None:
    make("s/a/x.yaml", "elsewhere/y.yaml")
    Path("s/a/up").symlink_to("..")
    Path("s/b").symlink_to("../elsewhere")
    Path("s/z.yaml").symlink_to("a/x.yaml")
    assert names("s") == ["s/a/x.yaml", "s/b/y.yaml", "s/z.yaml"]


def test_an_input_named_twice_is_read_once(here: Path) -> None:
    make("s/a.yaml")
    assert names("s/a.yaml", "./s/a.yaml", "s", "-", "-") == ["s/a.yaml", "<stdin>"]


def test_deep_folders_are_walked(here: Path) -> None:
    deep = "/".join(["d"] * 1200)
    path = Path()
    for _ in range(1200):
        path = path / "d"
        path.mkdir()
    make("keep.txt", str(path / "a.yaml"))
    found = names("d")
    (path / "a.yaml").unlink()
    os.removedirs(path)  # what clears up after tests goes no deeper than Python's stack
    assert found == [f"{deep}/a.yaml"]


def test_each_path_that_gives_nothing_is_told_and_the_others_are_read(here: Path) -> None:
    make("a.yaml")
    Path("empty").mkdir()
    Path("also").mkdir()
    units, errors = gather(["empty", "b.yaml", "a.yaml", "also"])
    assert [u.name for u in units] == ["a.yaml"]
    assert [str(e) for e in errors] == [
        "empty: no .yaml, .yml, .json file in this folder",
        "b.yaml: no such file or folder (did you mean 'a.yaml'?)",
        "also: no .yaml, .yml, .json file in this folder",
    ]
    assert {e.status for e in errors} == {3}


def test_a_unit_gives_its_bytes_up_to_the_limit(here: Path) -> None:
    make("a.yaml")
    (unit,), _ = gather(["a.yaml"])
    assert unit.load() == b"a.yaml"
    with pytest.raises(InputError, match="more than the limit of 5"):
        unit.load(5)
