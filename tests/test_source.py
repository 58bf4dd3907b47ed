"""Tests of how bytes become documents."""

import codecs
import json

import pytest

from podviz import source
from podviz.errors import InputError
from podviz.source import Source
from podviz.source.tree import Mapping, Plain, Scalar, Sequence, plain


def read(data: str | bytes, name: str = "a.yaml") -> Source:
    return source.read(data.encode() if isinstance(data, str) else data, name)


def values(data: str | bytes, name: str = "a.yaml") -> list[Plain]:
    return [plain(document.root) for document in read(data, name).documents]


def told(data: str | bytes, name: str = "a.yaml") -> list[str]:
    return [
        f"{f.place.line}:{f.place.column}-{f.place.end} {f.code} {f.message.en}"
        for f in read(data, name).findings
    ]


def mapping(data: str) -> Mapping:
    root = read(data).documents[0].root
    assert isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("80", 80),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("010", 10),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        (".5", 0.5),
        (".inf", float("inf")),
        ("-.inf", float("-inf")),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("yes", "yes"),
        ("on", "on"),
        ("n", "n"),
        ("=", "="),
        ("12:30", "12:30"),
        ("2024-02-30", "2024-02-30"),
        ("1_000", "1_000"),
        ("1.27.3", "1.27.3"),
        ("'80'", "80"),
        ('"true"', "true"),
        ("!!str 80", "80"),
        ("!!int '80'", 80),
        ("! 80", "80"),
        ("+", "+"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_words_mean_what_yaml_1_2_says(word: str, value: object) -> None:
    assert values(f"a: {word}\n") == [{"a": value}]


def test_every_value_knows_its_place() -> None:
    root = mapping("이름: 가나다 # 말\nlist:\n  - {a: 'x'}\n")
    title = root.entries["이름"]
    assert (str(title.key.place), title.key.place.end) == ("a.yaml:1:1", 3)
    assert (str(title.value.place), title.value.place.end) == ("a.yaml:1:5", 8)
    found = root.get("list")
    assert isinstance(found, Sequence)
    assert str(found.place) == "a.yaml:3:3"
    inner = found.items[0]
    assert isinstance(inner, Mapping)
    assert (inner.place.column, inner.place.end) == (5, 13)
    quoted = inner.get("a")
    assert isinstance(quoted, Scalar)
    assert (quoted.place.column, quoted.place.end, quoted.plain) == (9, 12, False)


def test_a_value_of_many_lines_ends_with_its_first() -> None:
    root = mapping('a: "one  \n  two"\nb: |\n  text\n')
    first, second = root.entries["a"].value, root.entries["b"].value
    assert (first.place.line, first.place.column, first.place.end) == (1, 4, 8)
    assert (second.place.line, second.place.column, second.place.end) == (3, 4, 5)


def test_an_anchor_is_no_part_of_a_place() -> None:
    root = mapping("a: &x 한글\nb: !!str 5\nc: &y\n  d: 1\n")
    assert [entry.value.place.column for entry in root.entries.values()] == [7, 10, 3]


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_count_alike(breaks: str) -> None:
    text = breaks.join(["a: 1", "b: x", "---", "c: [1,", "  2]", "---", ""])
    assert values(text) == [{"a": 1, "b": "x"}, {"c": [1, 2]}]
    assert read(text).lines[1] == "b: x"
    root = read(text).documents[1].root
    assert str(root.place) == "a.yaml:4:1"


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "a: 한글\n".encode(),
        "a: 한글\n".encode("utf-16"),
        "a: 한글\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "a: 한글\n".encode("utf-16-be"),
        "a: 한글\n".encode("utf-16-be"),
        "a: 한글\n".encode("utf-32"),
    ],
)
def test_encodings_of_yaml_are_read(data: bytes) -> None:
    assert values(data) == [{"a": "한글"}]
    assert str(read(data).documents[0].root.place) == "a.yaml:1:1"


@pytest.mark.parametrize("data", ["", "# nothing\n", "---\n...\n---\n", "\n\n", "--- null\n"])
def test_empty_documents_are_left_out(data: str) -> None:
    found = read(data)
    assert (found.documents, found.findings) == ((), ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: caf\xe9\nb: 1\n", "1:7-8 POD001 not UTF-8 text (byte 0xE9 at offset 6)"),
        (b"\xef\xbb\xbfa: \xff", "1:4-5 POD001 not UTF-8 text (byte 0xFF at offset 6)"),
        (b"a: x\0y\n", "1:5-6 POD001 control character U+0000 is not allowed in YAML"),
        (b"\x89PNG\r\n\x1a\n\0\0", "1:1-1 POD001 this is a PNG file, not YAML"),
        (b"\x1f\x8b\x08\x00", "1:1-1 POD001 this is a gzip file, not YAML"),
        (b"a: \x1b[31m\n", "1:4-5 POD001 control character U+001B is not allowed in YAML"),
    ],
)
def test_what_is_no_text_is_told_once(data: bytes, said: str) -> None:
    assert told(data) == [said]
    assert not read(data).documents


def test_lines_of_a_binary_file_are_not_kept() -> None:
    assert read(b"\x89PNG\r\n\x1a\n\0\0").lines == ()
    assert read(b"a: caf\xe9\0\n").lines == ()
    assert read(b"a: caf\xe9\n").lines == ("a: caf\ufffd", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n\tb: 1\n", "2:1-2 POD001 a tab cannot indent in YAML"),
        ("a: 'x\nb: 1\n", "1:4-6 POD001 this quote is never closed"),
        ("a: x: y\n", "1:5-6 POD001 a ':' cannot stand here"),
        ("a: [1, 2\nb: 1\n", "2:2-3 POD001 ',' or ']' is missing here"),
        ("a: *x\n", "1:4-6 POD001 there is no anchor '&x'"),
        ("a: &x [*x]\n", "1:8-10 POD001 alias '*x' contains itself"),
        ("a: @x\n", "1:4-6 POD001 a value cannot begin with this character"),
        ("a: {<<: 5}\n", "1:9-10 POD001 '<<' must be a mapping or a list of mappings"),
        ("? [a]\n: 1\n", "1:3-6 POD001 a key must be a single word or text"),
        ("a: 1\na: 2\n", "2:1-2 POD005 key 'a' is given twice; the first value is lost"),
        ('{"a": 1, "a": 2}', "1:10-13 POD005 key 'a' is given twice; the first value is lost"),
        ("a: !Ref b\n", "1:4-8 POD001 tag '!Ref' means nothing here and is never run"),
    ],
)
def test_mistakes_of_syntax_are_told_where_they_are(text: str, said: str) -> None:
    assert told(text) == [said]


def test_a_duplicate_key_points_at_the_first() -> None:
    finding = read("a: 1\nb: {c: 1, c: 2}\n").findings[0]
    assert [place.column for place in finding.related] == [5]
    assert values("a: 1\na: 2\n") == [{"a": 2}]


def test_tags_are_never_run(tmp_path: object) -> None:
    text = f"a: !!python/object/apply:os.system ['touch {tmp_path}/ran']\n"
    assert told(text)[0].startswith("1:4-35 POD001 tag '!!python/object/apply:os.system'")
    assert values(text) == [{"a": [f"touch {tmp_path}/ran"]}]


@pytest.mark.parametrize(
    "text",
    [
        "a: {{ .Values.name }}\n",
        "{{- if .Values.on }}\na: 1\n{{- end }}\n",
        "a:\n  {{- toYaml . }}\n",
        "a: {{ x }}\nb: [\n---\nc: {{ y }}\n",
    ],
)
def test_a_template_is_named_as_such_and_once(text: str) -> None:
    findings = read(text).findings
    assert [f.message.en for f in findings] == [
        "this looks like an unrendered template ({{ … }}), not YAML"
    ]
    assert findings[0].help is not None
    assert findings[0].help.en.startswith("render the template first: helm template")


def test_braces_in_quotes_are_no_template() -> None:
    assert told('a: "{{ x }}"\n') == []
    assert "template" not in told('a: "{{ x }}"\nb: [\nc: 1\n')[0]


def test_a_broken_document_loses_no_other() -> None:
    text = "a: 1\n---\nb: [unclosed\n---\nc: 3\n---\nd: 'x\n---\ne: 5\n"
    assert values(text) == [{"a": 1}, {"c": 3}, {"e": 5}]
    assert [f.place.line for f in read(text).findings] == [4, 7]
    assert str(read(text).documents[1].root.place) == "a.yaml:5:1"


def test_after_fifty_lost_documents_the_rest_is_left() -> None:
    assert len(read("---\na: [\n" * 2000).findings) == 50


def test_merge_keys_fill_in_what_is_not_given() -> None:
    text = "x: &x {a: 1, b: 2}\ny: {<<: [*x, {a: 9, c: 3}], b: 5}\nz: {'<<': 1}\n"
    assert values(text) == [
        {"x": {"a": 1, "b": 2}, "y": {"b": 5, "a": 1, "c": 3}, "z": {"<<": 1}},
    ]


@pytest.mark.parametrize("text", ["[" * 30_000, "- " * 30_000, "a: " + "{a: " * 500, "? " * 500])
def test_deep_nesting_ends(text: str) -> None:
    assert [said[-35:] for said in told(text)] == ["POD001 nested more than 200 levels deep"[-35:]]


def test_depth_and_size_have_limits() -> None:
    assert source.read(b"[[[1]]]", "a", max_depth=3).findings == ()
    assert len(source.read(b"[[[1]]]", "a", max_depth=2).findings) == 1
    deepest = source.read(b"[" * 399 + b"]" * 399, "a", max_depth=10**6)
    assert plain(deepest.documents[0].root)
    with pytest.raises(InputError, match=r"big\.yaml: 7 bytes are more than the limit of 6"):
        source.read(b"[[[1]]]", "big.yaml", max_size=6)


def test_an_alias_bomb_ends() -> None:
    lines = ["a: &a [" + ",".join("x" * 10) + "]"]
    for name, below in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{name}: &{name} [" + ",".join([f"*{below}"] * 10) + "]")
    text = "\n".join(lines) + "\n---\nb: 1\n"
    assert told(text) == ["5:29-31 POD001 aliases repeat more than 100000 values"]
    assert values(text) == [{"b": 1}]


def test_json_is_read_by_its_own_rules() -> None:
    value = {"a": ["🚀 가", 1, -2.5, None, True, {}, []], "b\n": {"c/": "\t"}}
    for text in (json.dumps(value), json.dumps(value, indent="\t"), json.dumps(value) + "\n\n"):
        assert values(text) == [value]
        assert values(text, "a.json") == [value]
    assert values('{"a": "\\ud83d"}') == [{"a": "\ufffd"}]
    both = json.dumps({"a": "🚀"}) + "\n---\n" + json.dumps({"b": "🚀"})
    assert values(both) == [{"a": "🚀"}, {"b": "🚀"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,}', "1:9-10 POD001 a key in double quotes was expected here"),
        ('{"a" 1}', "1:6-7 POD001 ':' was expected here"),
        ('{"a": }', "1:7-8 POD001 a value was expected here"),
        ('["a" "b"]', "1:6-7 POD001 ',' was expected here"),
        ("[1] 2", "1:5-6 POD001 something follows the value"),
        ("[1", "1:3-4 POD001 ',' was expected here"),
        ('["a', "1:2-3 POD001 Unterminated string starting at"),
        ("a: 1", "1:1-2 POD001 a value was expected here"),
    ],
)
def test_a_json_file_breaks_the_rules_of_json(text: str, said: str) -> None:
    assert told(text, "a.json") == [said]


def test_lines_end_where_editors_end_them() -> None:
    text = "a: 'x\u2028y\x85z'\nb: {c: 1, c: 2}\n"
    assert told(text) == ["2:11-12 POD005 key 'c' is given twice; the first value is lost"]
    assert len(read(text).lines) == 3


def test_a_long_line_is_read() -> None:
    assert told('a: "' + "A" * 5_000_000 + '"\nb: [1\n')
