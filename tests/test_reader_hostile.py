"""Whatever an input holds, reading it ends in sheets, findings or a PodvizError."""

import copy
import json
from pathlib import Path

import pytest
import yaml
from anything import ANYTHING, QUICK
from hypothesis import example, given
from hypothesis import strategies as st

from podviz import source
from podviz.errors import PodvizError
from podviz.reader import Reading, read
from podviz.reports.text import write
from podviz.source.tree import Plain, plain

TEXT = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
VALUES = plain(source.read(TEXT.encode(), "a.yaml").documents[0].root)


def survives(data: bytes) -> Reading | None:
    """Reads the data; checks that every finding can be told."""
    try:
        found = read(data, "a.yaml")
    except PodvizError:
        return None
    places = [(f.place.line, f.place.column) for f in found.findings]
    assert places == sorted(places)
    assert len(set(found.findings)) == len(found.findings)
    for finding in found.findings:
        for place in (finding.place, *finding.related):
            assert 1 <= place.line <= max(1, len(found.lines["a.yaml"]))
            room = (
                len(found.lines["a.yaml"][place.line - 1]) + 2
                if found.lines["a.yaml"]
                else place.end
            )
            assert 1 <= place.column <= place.end <= room
    for lang in ("en", "ko"):
        told = write(found.findings, found.lines, lang=lang)
        told.encode("utf-8")
        assert all(c == "\n" or ord(c) >= 0x20 for c in told)
    return found


@QUICK
@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example(b"\x00\x00")
def test_any_bytes(data: bytes) -> None:
    survives(data)


@QUICK
@given(st.text(alphabet="podviz: 1\n-[]{}&*!|>'\"#%@`,?~<=.가\t\r\\/ab", max_size=120))
@example("? ")
@example("- ? [a]: b")
@example("%YAML 1.3\n---\na")
@example("&a [*a, <<: *a]")
@example("<<: [1, {<<: 2}]")
def test_any_text(words: str) -> None:
    survives(words.encode())
    survives(("podviz: 1\n" + words).encode())


@QUICK
@given(st.data())
def test_the_full_spec_with_a_piece_cut_or_put_in(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, min(len(TEXT), start + 30)))
    put = data.draw(
        st.sampled_from(["", " ", "\n", ":", "- ", "{", "}", "'", "x", "é\u0301", "\t", "\n---\n"])
    )
    survives((TEXT[:start] + put + TEXT[end:]).encode())


def steps(value: Plain, path: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    below: list[tuple[int | str, Plain]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [path, *(deep for key, inner in below for deep in steps(inner, (*path, key)))]


PATHS = steps(VALUES)[1:]


@QUICK
@given(st.data())
def test_the_full_spec_with_values_changed(data: st.DataObject) -> None:
    values = copy.deepcopy(VALUES)
    for _ in range(data.draw(st.integers(1, 3))):
        change(values, data.draw(st.sampled_from(PATHS)), data)
    given = json.dumps(values, ensure_ascii=data.draw(st.booleans()))
    survives(given.encode("utf-8", errors="replace"))


def change(values: Plain, path: tuple[int | str, ...], data: st.DataObject) -> None:
    """Puts something else at the path, takes it out, or gives it another name."""
    holder = values
    for step in path[:-1]:
        try:
            holder = holder[step]  # type: ignore[index, call-overload]
        except (KeyError, IndexError, TypeError):
            return
    last = path[-1]
    if isinstance(holder, dict) and last in holder:
        how = data.draw(st.sampled_from(["replace", "remove", "rename"]))
        value = holder.pop(str(last))
        if how == "rename":
            holder[data.draw(st.text(max_size=8))] = value
        elif how == "replace":
            holder[str(last)] = data.draw(ANYTHING)
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        holder[last] = data.draw(ANYTHING)


@QUICK
@given(ANYTHING)
def test_any_value_under_every_key_of_a_spec(value: Plain) -> None:
    assert isinstance(VALUES, dict)
    for key in VALUES:
        survives(json.dumps({"podviz": 1, "pods": [{"name": "a"}], key: value}).encode())


def test_the_full_spec_survives_a_round_trip_through_yaml() -> None:
    found = survives(yaml.safe_dump(VALUES, allow_unicode=True, sort_keys=False).encode())
    assert found is not None
    assert found.findings == ()
    assert found.sheets == read(TEXT.encode(), "a.yaml").sheets


@pytest.mark.parametrize(
    "data",
    [
        b"podviz: 1\npods: " + b"[" * 5_000,
        b"podviz: 1\npods: " + b"{a: " * 190 + b"}" * 190,
        b"podviz: 1\npods: &a [*a]",
        b"podviz: 1\npods: &a [{name: x, containers: *a}]",
        b"podviz: 1\npods: [&a {name: x}, *a, *a]",
        b"podviz: 1\ntitle: !!python/object:os.system x",
        b"podviz: 1\r\ntitle: \xe9\r\n",
        "podviz: 1\npods: [{name: é}]".encode("utf-16"),
        b"podviz: 1\npods: [{name: a\0b}]",
        b'{"podviz": 1, "pods": [{"name": "a\\u0000b\\ud83d"}]}',
        b"podviz: " + b"9" * 10_000,
        b"podviz: 1\ngrace: 1e999",
        b"podviz: 1\npods: [" + b"{nmae: a}," * 5_000 + b"]",
        b"podviz: 1\n" + b"? " * 100,
        b"=long: 1\npodviz: 1",
    ],
)
def test_hostile_specs(data: bytes) -> None:
    survives(data)
