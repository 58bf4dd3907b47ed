"""Panels, tables and cards in a spec, and what is wrong with them."""

import pytest

from podviz.figure import Sketch
from podviz.reader import read
from podviz.sheet import Cell, Sheet
from podviz.text import Text


def sheet(text: str) -> Sheet:
    reading = read(f"podviz: 1\n{text}".encode(), "x.yaml")
    assert not reading.findings
    return reading.sheets[0]


def told(text: str) -> list[str]:
    found = read(f"podviz: 1\n{text}".encode(), "x.yaml").findings
    return [f"{f.place.line}:{f.place.column} {f.code} {f.message.en}" for f in found]


def test_a_panel_is_a_figure_of_its_own() -> None:
    made = sheet(
        "title: {ko: 가, en: a}\nshow: [labels]\ncompare:\n"
        "  - {verdict: bad, title: {ko: 나, en: b}, because: {ko: 다, en: c}, expect: [POD101],"
        " pods: [{name: x}]}\n"
        "  - {view: pods, show: [replicas], pods: [{name: x}]}\n"
    )
    one, other = made.panels
    assert (one.verdict, one.title, one.because) == ("bad", Text("나", "b"), Text("다", "c"))
    assert one.expect == ("POD101",)
    assert one.langs == other.langs == ("ko", "en")
    assert one.show == {"labels"}
    assert "replicas" in one.hide
    assert "replicas" not in other.hide
    assert (other.verdict, other.view) == (None, "pods")
    assert made.scenes == made.panels
    assert [pod.path for panel in made.panels for pod in panel.cluster.pods] == ["Pod/x", "Pod/x"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("실행", Cell(words=Text.same("실행"))),
        ("{ko: 실행, en: run}", Cell(words=Text("실행", "run"))),
        ("✅", Cell(words=Text("맞음", "yes"), verdict="good")),
        ("❌ 불가", Cell(words=Text.same("불가"), verdict="bad")),
        ("good", Cell(words=Text("맞음", "yes"), verdict="good")),
        ("{ko: ❌ 불가, en: ❌ no}", Cell(words=Text("불가", "no"), verdict="bad")),
        (
            "{verdict: bad, words: {ko: 불가, en: no}}",
            Cell(words=Text("불가", "no"), verdict="bad"),
        ),
        ("{verdict: good}", Cell(words=Text("맞음", "yes"), verdict="good")),
        ("it is good", Cell(words=Text.same("it is good"))),
    ],
)
def test_a_cell_has_words_and_perhaps_a_mark(cell: str, expected: Cell) -> None:
    table = sheet(f"title: t\ntable: {{columns: [a, b], key: 2, rows: [[x, {cell}]]}}").table
    assert table is not None
    assert table.rows[0][1] == expected
    assert table.key == 1


def test_a_card_has_a_picture_of_signs_some_in_a_pod() -> None:
    (card,) = sheet(
        "title: t\ncards: [{title: x, text: y, verdict: good,"
        " picture: [[app, +, sidecar], →, {verdict: bad, words: 10.0.0.1}]}]"
    ).cards
    app, plus, sidecar, arrow = (
        Sketch(words=Text.same(word)) for word in ("app", "+", "sidecar", "→")
    )
    struck = Sketch(words=Text.same("10.0.0.1"), verdict="bad")
    assert card.picture == ((app, plus, sidecar), arrow, struck)
    assert (card.title, card.text, card.verdict) == (Text.same("x"), Text.same("y"), "good")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            "compare: [{pods: [{name: a}]}]",
            ["2:10 POD008 compare must have at least 2 entries"],
        ),
        (
            "compare:\n  - {pods: [{name: a, node: x}, {name: a}]}\n  - {title: empty}",
            ["3:40 POD006 Pod 'a' is declared twice", "4:5 POD003 nothing to draw"],
        ),
        (
            "compare:\n  - {services: [{name: s, selects: web}]}\n  - {pods: [{name: web}]}",
            ["3:36 POD007 selects refers to 'web', which does not exist"],
        ),
        (
            "compare:\n  - {verdict: wrong, pods: [{name: a}]}\n  - {pods: [{nam: web}]}",
            [
                "3:15 POD004 verdict must be one of good, bad, not 'wrong'",
                "4:14 POD002 unknown field 'nam' (did you mean 'name'?)",
            ],
        ),
        (
            "compare: [{pods: [{name: a}]}, {pods: [{name: b}]}]\n"
            "pods: [{name: c}]\ncards: [{title: x}]",
            [
                "3:1 POD008 'pods' cannot stand in one figure with 'compare'",
                "4:1 POD008 'cards' cannot stand in one figure with 'compare'",
            ],
        ),
        (
            "table: {columns: [a, b], key: 3, rows: [[x], [x, y]]}",
            [
                "2:31 POD008 key must be one of the 2 columns, not 3",
                "2:41 POD008 this row has 1 cells, but there are 2 columns",
            ],
        ),
        ("table: {columns: [], rows: []}", [
            "2:18 POD008 columns must not be empty",
            "2:28 POD008 rows must not be empty",
        ]),
        ("cards: [{text: x}]", ["2:9 POD003 'title' is required"]),
        ("cards: [{title: x, picture: app}]", [
            "2:29 POD004 picture must be a list, 'app' is text"]),
        ("table: {columns: [a], rows: [[{verdict: bad, word: x}]]}", [
            "2:46 POD002 unknown field 'word' (did you mean 'words'?)"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(spec: str, expected: list[str]) -> None:
    assert [line.replace("'selects'", "selects") for line in told(spec)] == expected
