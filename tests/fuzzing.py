"""Documents that were changed at random, and their judgement."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

import yaml
from any_manifests import manifests
from hypothesis import strategies as st

from podviz import source
from podviz.errors import PodvizError
from podviz.options import DETAILS, VIEWS
from podviz.order import Order
from podviz.pipeline import Result, run
from podviz.reports.text import write
from podviz.source.tree import Plain, plain

HERE = Path(__file__).parent
PATIENCE = 20.0
"""Seconds of work that one document may take in all."""

STANDSTILL = 300.0
"""Seconds after which one that does not even work hangs: a busy machine may keep it waiting."""


# ── where mutations start ───────────────────────────────────────────────────────────────────


def _documents(path: Path) -> list[Plain]:
    try:
        return [plain(d.root) for d in source.read(path.read_bytes(), path.name).documents]
    except PodvizError:
        return []


_FILES = [HERE / "everything.yaml", HERE / "readers" / "manifest.yaml"]
_FILES += sorted(p.with_name("input.yaml") for p in (HERE / "golden").glob("*/sketch.txt"))
TEXTS = [path.read_bytes() for path in _FILES]
VALUES = [value for path in _FILES for value in _documents(path)]

Way = tuple[int | str, ...]


def ways(value: Plain, above: Way = ()) -> Iterator[Way]:
    """Every way into a value, but the empty one."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*above, step)
            yield from ways(inner, (*above, step))


KEYS = sorted({str(way[-1]) for value in VALUES for way in ways(value)})

odd_words = st.sampled_from(
    [
        *("", " ", "\x1b[31m", "\x00", "\u202e", "]]>", "<script>", "&amp;", '"', "\\N", "%s"),
        *("가" * 40, "x" * 300, "👩‍👩‍👧", "\ud800", "-", "/", "a/b", "..", ":", "-1", "1e999"),
        *("web", "app", "Pod", "List", "PodList", "Deployment", "v1", "podviz", "default", "10Gi"),
    ]
)  # fmt: skip
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-2, 99_999),
    st.floats(),
    st.text(max_size=6),
    odd_words,
)
keys = st.one_of(st.sampled_from(KEYS), odd_words)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=5,
)


# ── values ──────────────────────────────────────────────────────────────────────────────────


def _holder(value: Plain, way: Way) -> dict[int | str, Plain] | list[Plain]:
    for step in way[:-1]:
        value = value[step]  # type: ignore[index, call-overload]
    assert isinstance(value, dict | list)
    return value  # type: ignore[return-value]


def _apart(value: Plain) -> Plain:
    """A copy in which no two places share a value: else one put into itself would be endless."""
    match value:
        case dict():
            return {key: _apart(inner) for key, inner in value.items()}
        case list():
            return [_apart(inner) for inner in value]
        case _:
            return value


def _mutated(draw: st.DrawFn, value: Plain) -> Plain:
    """The value with one thing changed: swapped, dropped, doubled, renamed, nested, replaced."""
    known = list(ways(value))
    if not known:
        return draw(anything)
    way = draw(st.sampled_from(known))
    holder, step = _holder(value, way), way[-1]
    held = holder[step]  # type: ignore[call-overload, index]
    ways_out = ["replace", "swap", "drop", "double", "rename", "nest", "type", "word"]
    how = draw(st.sampled_from(ways_out))
    if how == "drop":
        del holder[step]  # type: ignore[arg-type]
    elif how == "swap":
        other = draw(st.sampled_from(known))
        if other[: len(way)] != way and way[: len(other)] != other:
            beyond = _holder(value, other)
            holder[step], beyond[other[-1]] = beyond[other[-1]], held  # type: ignore[index, call-overload]
    elif how == "double" and isinstance(holder, list):
        holder += [_apart(held) for _ in range(draw(st.sampled_from([1, 2, 30])))]
    elif how == "double":
        holder[draw(keys)] = _apart(held)
    elif how == "rename" and isinstance(holder, dict):
        holder[draw(keys)] = holder.pop(step)
    elif how == "nest":
        for _ in range(draw(st.sampled_from([1, 2, 150, 250]))):
            held = [held]
        holder[step] = held  # type: ignore[index, call-overload]
    elif how == "type":
        holder[step] = _of_another_type(held)  # type: ignore[index, call-overload]
    elif how == "word":
        holder[step] = draw(odd_words)  # type: ignore[index, call-overload]
    else:
        holder[step] = draw(anything)  # type: ignore[index, call-overload]
    return value


def _of_another_type(value: Plain) -> Plain:
    match value:
        case dict():
            return list(value.values())
        case list():
            return {str(i): inner for i, inner in enumerate(value)}
        case str():
            return [value]
        case None:
            return {}
        case _:
            return str(value)


# ── text ────────────────────────────────────────────────────────────────────────────────────

SNIPPETS = (
    *(b"&a ", b"*a", b"<<: *a\n", b"&a [*a]", b"!!python/object:os.system ", b"!x ", b"? ", b"- "),
    *(b"\n---\n", b"\n...\n", b"\t", b"|\n", b">-\n", b"'", b'"', b"{", b"}", b"[", b"]", b": "),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\r\n", b"{{ .Values.x }}", b"#", b"~"),
    *(b"podviz: 1\n", b"kind: List\n", b"apiVersion: v1\n", b"0x1F", b"2024-02-30", b"="),
)  # fmt: skip


def _garbled(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with one thing changed: cut, flipped, put in, a line doubled or dropped."""
    at = draw(st.integers(0, max(0, len(data) - 1)))
    how = draw(st.sampled_from(["cut", "flip", "put", "put", "line", "lines", "take"]))
    lines = data.splitlines(keepends=True)
    number = draw(st.integers(0, max(0, len(lines) - 1)))
    match how:
        case "cut":
            return data[:at]
        case "flip" if data:
            return data[:at] + bytes([data[at] ^ draw(st.integers(1, 255))]) + data[at + 1 :]
        case "take":
            return data[:at] + data[at + draw(st.integers(1, 30)) :]
        case "line":
            return b"".join((*lines[: number + 1], *lines[number:]))
        case "lines":
            return b"".join((*lines[:number], *lines[number + 1 :]))
        case _:
            return data[:at] + draw(st.sampled_from(SNIPPETS)) + data[at:]


def _as_json(values: list[Plain]) -> str:
    return "\n---\n".join(json.dumps(value) for value in values)


def _as_yaml(values: list[Plain]) -> str:
    try:
        return yaml.safe_dump_all(values, allow_unicode=True, sort_keys=False)
    except RecursionError:  # its own, for what is nested many times over
        return _as_json(values)


WRITERS: tuple[Callable[[list[Plain]], str], ...] = (_as_yaml, _as_json)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A file of a few documents, changed in a few places; mostly manifests, since a spec with
    a flaw is not drawn at all."""
    start = draw(st.sampled_from(["text", "spec", *["manifest"] * 3, *["cluster"] * 3]))
    if start == "text":
        data = draw(st.sampled_from(TEXTS))
        times = draw(st.integers(1, 3))
    else:
        values = draw(STARTS[start])
        for _ in range(draw(st.integers(1, 2 if start == "spec" else 6))):
            which = draw(st.integers(0, len(values) - 1))
            values[which] = _mutated(draw, values[which])
        data = draw(st.sampled_from(WRITERS))(values).encode(errors="replace")
        times = draw(st.sampled_from([0] * 9 + [1]))
    for _ in range(times):
        data = _garbled(draw, data)
    return data


def _some_of(values: list[Plain]) -> st.SearchStrategy[list[Plain]]:
    picked = st.lists(st.sampled_from(range(len(values))), min_size=1, max_size=5)
    return picked.map(lambda numbers: [_apart(values[i]) for i in numbers])


STARTS: dict[str, st.SearchStrategy[list[Plain]]] = {
    "spec": _some_of([v for v in VALUES if isinstance(v, dict) and "podviz" in v]),
    "manifest": _some_of([v for v in VALUES if isinstance(v, dict) and "kind" in v]),
    "cluster": manifests.map(lambda made: [_apart(value) for value in made]),
}

_details = st.frozensets(st.sampled_from(DETAILS), max_size=2)
_formats = st.sampled_from([("svg", "txt", "dot", "json")] * 60 + [("png",)])
orders = st.fixed_dictionaries(
    {
        "formats": _formats,
        "langs": st.sampled_from([("ko",), ("en",)]),
        "view": st.sampled_from([None, None, None, *VIEWS]),
        "show": _details,
        "hide": _details,
        "deadline": st.just(PATIENCE / 2),
    }
).map(lambda words: Order(**words))


# ── what must hold ──────────────────────────────────────────────────────────────────────────


class Hung(BaseException):
    """A document took too long; no Exception, so that nothing on the way takes it for its own."""


@contextmanager
def patience() -> Iterator[None]:
    """Raises Hung where what is done works longer than PATIENCE, or does not end at all."""

    def ring(_: int, __: FrameType | None) -> None:
        raise Hung(f"more than {PATIENCE:g} seconds of work, or a standstill of {STANDSTILL:g}")

    clocks = (
        (signal.SIGPROF, signal.ITIMER_PROF, PATIENCE),
        (signal.SIGALRM, signal.ITIMER_REAL, STANDSTILL),
    )
    before = [signal.signal(bell, ring) for bell, _, _ in clocks]
    for _, clock, seconds in clocks:
        signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        for (bell, clock, _), handler in zip(clocks, before, strict=True):
            signal.setitimer(clock, 0)
            signal.signal(bell, handler)


def survives(data: bytes, order: Order) -> Result:
    """Draws a document; whatever it holds, podviz must not fail, hang or write half a file."""
    with patience():
        result = run(data, "a.yaml", order)
        told = [write(result.findings, result.lines, lang=lang) for lang in ("en", "ko")]
    for error in result.errors:
        assert "please report" not in str(error), str(error)
        assert "deadline" not in str(error), str(error)
    assert 0 <= result.status <= 4
    assert result.made or result.errors or result.findings
    assert all(c == "\n" or ord(c) >= 0x20 for text in told for c in text)
    for made in result.made:
        if made.format == "svg":
            ElementTree.fromstring(made.data)
        elif made.format == "json":
            listed = [
                (thing["path"], thing.get("place"))  # of a comparison each panel may hold a path
                for thing in json.loads(made.data).get("objects", ())  # a table has none
            ]
            assert len(set(listed)) == len(listed)
        elif made.format != "png":
            made.data.decode()
    return result
