"""What an input asks not to be told of."""

from textwrap import dedent

import pytest

from podviz import source
from podviz.finding import Finding, Severity
from podviz.judgement.suppress import Waiver, apply, waivers
from podviz.place import Place
from podviz.text import Text

CODES = {
    "pod101": "POD101",
    "pod201": "POD201",
    "port-conflict": "POD201",
    "pod601": "POD601",
    "pod001": "POD001",
}
ALL = frozenset(CODES.values())


def asked(text: str) -> tuple[Waiver, ...]:
    return waivers(source.read(dedent(text).lstrip("\n").encode(), "a.yaml"))


def reaches(text: str) -> list[tuple[str, int, int]]:
    return [(w.word, w.first, w.last) for w in asked(text)]


def finding(line: int, code: str = "POD201", **more: object) -> Finding:
    values: dict[str, object] = {
        "code": code,
        "name": "port-conflict",
        "severity": Severity.ERROR,
        "set": "design",
        "message": Text.same("clash"),
        "place": Place(file="a.yaml", line=line, column=1, end=2),
    }
    return Finding(**(values | more))  # type: ignore[arg-type]


# ── what is asked for ───────────────────────────────────────────────────────────────────────


def test_a_comment_behind_something_speaks_of_its_line() -> None:
    (waiver,) = asked("a: 1\nports: [80]  # podviz: ignore[POD201] the proxy takes over\n")
    assert (waiver.word, waiver.reason) == ("POD201", "the proxy takes over")
    assert (waiver.first, waiver.last) == (2, 2)
    assert (waiver.place.line, waiver.place.column, waiver.place.end) == (2, 31, 37)


def test_a_comment_may_name_several_codes_and_names() -> None:
    assert reaches("a: 1 # podviz: ignore[POD201, port-conflict ,pod601] x") == [
        ("POD201", 1, 1),
        ("port-conflict", 1, 1),
        ("pod601", 1, 1),
    ]


NESTED = """
apiVersion: v1
spec:
  # podviz: ignore[POD101] together
  # and another word

  containers:
    - name: a
      ports:
        - 80
    # podviz: ignore[POD201] twice
    - name: b
      command: |
        one

        two
    - {name: c}
  # podviz: ignore[POD601] alone
  last: 1
  after: 1
"""


def test_a_comment_above_speaks_of_the_whole_node_below() -> None:
    assert reaches(NESTED) == [("POD101", 6, 16), ("POD201", 11, 15), ("POD601", 18, 18)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# podviz: ignore[POD201]\na: 1\nb: 2\n---\nc: 3\n", (2, 3)),
        ("a: 1\n# podviz: ignore[POD201]\n---\nb: 2\nc: 3\n", (4, 5)),
        ("a: 1\n# podviz: ignore[POD201]\n", (2, 2)),
        ("# podviz: ignore[POD201]\n- a: 1\n- b: 2\n", (2, 3)),
        ("x:\n# podviz: ignore[POD201]\n- a: 1\n  b: 1\n- b: 2\n", (3, 4)),
        ("x: [\n  # podviz: ignore[POD201]\n  {a: 1,\n  b: 2},\n  {c: 1}]\n", (3, 4)),
        ("x:\n  - &a {k: 1}\n  # podviz: ignore[POD201]\n  - &b\n    k: 1\n  - *a\n", (4, 4)),
        ("x: &a {k: 1}\n# podviz: ignore[POD201]\ny: *a\nz: 1\n", (3, 3)),
        ("x: 1\r\n# podviz: ignore[POD201]\r\ny:\r\n  z: 1\r\nw: 1\r\n", (3, 4)),
    ],
)
def test_how_far_the_node_below_reaches(text: str, lines: tuple[int, int]) -> None:
    assert reaches(text) == [("POD201", *lines)]


def test_a_whole_file_may_be_meant() -> None:
    (waiver,) = asked("a: 1\n# podviz: file-ignore[POD201] generated\nb: 2\n")
    assert (waiver.first, waiver.reason) == (1, "generated")
    assert waiver.covers(Place(file="a.yaml", line=999, column=1, end=1))
    assert not waiver.covers(Place(file="b.yaml", line=1, column=1, end=1))


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x # podviz: ignore[POD201] y'\n",
        'a: "x\n  # podviz: ignore[POD201] y"\n',
        "a: |\n  # podviz: ignore[POD201]\n  b: 1\n",
        "a: x#podviz: ignore[POD201]\n",
        "a: 1 # podviz: draws this\n",
        "a: 1 # see podviz ignore[POD201]\n",
        '{"a": "# podviz: ignore[POD201]"}',
        "# podviz: ignore[POD201]\n",
        "",
    ],
)
def test_what_is_no_comment_or_no_waiver_asks_for_nothing(text: str) -> None:
    assert asked(text) == ()


@pytest.mark.parametrize(
    "comment", ["ignore", "ignore POD201", "ignore[]", "file-ignore[ ]", "ingore[POD201]"]
)
def test_there_is_no_blanket_form(comment: str) -> None:
    (waiver,) = asked(f"a: 1\nb: 1  # podviz: {comment}\n")
    (told,) = apply([], [waiver], CODES, ALL)
    assert (told.code, told.place.line, told.place.column) == ("POD090", 2, 17) or "[" in comment
    assert told.message.en == "a suppression must name the codes that it means"


ANNOTATED = """
kind: Service
metadata: {name: s}
---
kind: Deployment
metadata:
  name: web
  annotations:
    podviz.io/ignore: "POD201: the proxy; takes over; port-conflict; POD601: alone; pod101"
spec:
  template:
    metadata:
      annotations: {podviz.io/ignore: "POD101: one family"}
    spec:
      containers: []
"""


def test_an_annotation_speaks_of_its_object_or_template() -> None:
    assert reaches(ANNOTATED) == [
        ("POD201", 4, 14),
        ("POD601", 4, 14),
        ("pod101", 4, 14),
        ("POD101", 10, 14),
    ]
    reasons = [w.reason for w in asked(ANNOTATED)]
    assert reasons == ["the proxy; takes over; port-conflict", "alone", "", "one family"]
    assert asked(ANNOTATED)[1].place == Place(file="a.yaml", line=8, column=70, end=76)


def test_an_annotation_may_name_rules_in_words() -> None:
    said = "bare-pod: by hand; port-conflict: one sleeps; POD701: quick"
    text = f'kind: Pod\nmetadata: {{annotations: {{podviz.io/ignore: "{said}"}}}}\n'
    assert [(w.word, w.reason) for w in asked(text)] == [
        ("bare-pod", "by hand"),
        ("port-conflict", "one sleeps"),
        ("POD701", "quick"),
    ]


def test_an_annotation_without_a_code_is_told() -> None:
    (waiver,) = asked('kind: Pod\nmetadata: {annotations: {podviz.io/ignore: "* all"}}\n')
    assert waiver.word == ""


# ── what comes of it ────────────────────────────────────────────────────────────────────────


def waiver(word: str = "POD201", first: int = 2, last: int = 4, reason: str = "meant") -> Waiver:
    place = Place(file="a.yaml", line=first, column=20, end=26)
    return Waiver(word=word, reason=reason, place=place, first=first, last=last)


def test_what_is_covered_is_suppressed_with_its_reason_and_the_rest_stays() -> None:
    told = apply([finding(1), finding(2), finding(4), finding(5)], [waiver()], CODES, ALL)
    assert [f.suppressed for f in told] == [None, "meant", "meant", None]


def test_a_name_is_as_good_as_a_code_and_no_reason_is_an_empty_one() -> None:
    (told,) = apply([finding(2)], [waiver("Port-Conflict", reason="")], CODES, ALL)
    assert told.suppressed == ""


def test_a_waiver_for_another_code_or_file_covers_nothing() -> None:
    elsewhere = finding(2, place=Place(file="b.yaml", line=2, column=1, end=1))
    told = apply([finding(2, "POD101"), elsewhere], [waiver()], CODES, ALL)
    assert [f.suppressed for f in told] == [None, None, None]
    assert told[-1].code == "POD090"


def test_an_idle_waiver_is_told_at_its_word() -> None:
    (told,) = apply([], [waiver()], CODES, ALL)
    assert (told.code, told.name, told.severity) == (
        "POD090",
        "unused-suppression",
        Severity.WARNING,
    )
    assert told.message.en == "suppression of POD201 matches nothing"
    assert told.place == waiver().place


def test_a_waiver_for_what_was_not_looked_for_is_left_alone() -> None:
    assert apply([], [waiver()], CODES, ALL - {"POD201"}) == ()


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    (told,) = apply([], [waiver("POD2O1")], CODES, frozenset())
    assert told.code == "POD090"
    assert told.message.en.startswith("there is no rule 'POD2O1' (did you mean 'POD")
    assert "쓰려고 했나요?" in told.message.ko


def test_what_keeps_an_input_from_being_read_is_always_told() -> None:
    broken = finding(2, "POD001", set="structure")
    told = apply([broken], [waiver("POD001")], CODES, ALL)
    assert [f.suppressed for f in told] == [None, None]
    softer = finding(2, "POD001", set="structure", severity=Severity.WARNING)
    assert apply([softer], [waiver("POD001")], CODES, ALL)[0].suppressed == "meant"
