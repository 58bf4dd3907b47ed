"""Tests of findings as text."""

import pytest

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.reports.text import WIDTH, window, write
from podviz.text import Text, cells

NAME = "shop.yaml"


def finding(
    column: int = 1, end: int = 2, *, line: int = 1, said: str = "port taken", **more: object
) -> Finding:
    values: dict[str, object] = {
        "code": "POD201",
        "name": "port-conflict",
        "severity": Severity.ERROR,
        "message": Text(ko="포트가 겹칩니다", en=said),
        "place": Place(file=NAME, line=line, column=column, end=end),
    }
    return Finding(**(values | more))  # type: ignore[arg-type]


def test_a_finding_has_place_severity_code_name_excerpt_caret_and_help() -> None:
    lines = [""] * 13 + ["        - {name: app, ports: [8080]}"]
    told = finding(31, 35, line=14, help=Text(ko="하나를 바꾸세요", en="change one of them"))
    assert write([told], {NAME: lines}) == (
        "shop.yaml:14:31: error[POD201] port-conflict: port taken\n"
        "   |\n"
        "14 |         - {name: app, ports: [8080]}\n"
        "   |                               ^^^^\n"
        "   = help: change one of them\n"
    )
    assert "도움말: 하나를 바꾸세요" in write([told], {NAME: lines}, lang="ko")


def test_findings_are_apart_and_none_gives_nothing() -> None:
    assert write([], {}) == ""
    assert write([finding(), finding()], {}).split("\n\n") == [
        "shop.yaml:1:1: error[POD201] port-conflict: port taken",
        "shop.yaml:1:1: error[POD201] port-conflict: port taken\n",
    ]


def test_related_places_have_excerpts_of_their_own() -> None:
    first = Place(file=NAME, line=2, column=1, end=3)
    told = write([finding(line=10, related=(first,))], {NAME: ["x", "ab", *["y"] * 8]})
    assert told.splitlines()[1:] == [
        "   |",
        "10 | y",
        "   | ^",
        "   = see: shop.yaml:2:1",
        "   |",
        " 2 | ab",
        "   | --",
    ]


@pytest.mark.parametrize(
    ("line", "column", "end", "under"),
    [
        ("이름: 웹서버", 5, 8, "      ^^^^^^"),
        ("a: 가 b", 6, 7, "      ^"),
        ("\ta: 1", 2, 3, "    ^"),
        ("a\tb: 1", 3, 4, "    ^"),
        ("é: 1", 3, 4, "  ^"),
        ("e\u0301: 1", 5, 6, "   ^"),
        ("🚀: 1", 4, 5, "    ^"),
        ("a", 2, 2, " ^"),
        ("a", 9, 9, " ^"),
        ("", 1, 1, "^"),
    ],
)
def test_the_caret_stands_under_its_word(line: str, column: int, end: int, under: str) -> None:
    told = write([finding(column, end)], {NAME: [line]})
    assert told.splitlines()[3].removeprefix("  | ") == under


def test_long_lines_are_cut_around_the_caret() -> None:
    line = "가" * 300 + "HERE" + "나" * 5_000_000
    shown, start, length = window(line, 300, 304)
    assert cells(shown) <= WIDTH + 2
    assert shown.startswith("…가")
    assert shown.endswith("나…")
    assert shown.index("HERE") == start - 40
    assert length == 4


def test_a_line_that_fits_is_not_cut() -> None:
    line = "x" * (WIDTH - 4) + "HERE"
    assert window(line, WIDTH - 4, WIDTH) == (line, WIDTH - 4, 4)
    assert window("x" * 500, 0, 400) == ("x" * WIDTH + "…", 0, WIDTH)


def test_control_characters_never_reach_the_terminal() -> None:
    hostile = "a\x1b[31m\x07\x00\u202eb\u2066\x9b\u2028c\ud800"
    told = finding(2, 4, said=f"name '{hostile}'", help=Text.same(hostile))
    told = write([told], {NAME: [hostile, "b"]})
    assert all(c == "\n" or c.isprintable() for c in told)
    assert "\x1b" not in told
    told.encode("utf-8")


def test_colour_is_only_there_when_asked_for() -> None:
    plain = write([finding()], {NAME: ["abc"]})
    coloured = write([finding()], {NAME: ["abc"]}, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[POD201]\x1b[0m" in coloured
    assert "\x1b[1;31m^\x1b[0m" in coloured
    warned = write([finding(severity=Severity.WARNING)], {NAME: ["abc"]}, colour=True)
    assert "\x1b[1;33mwarning[POD201]\x1b[0m" in warned


def test_without_the_line_there_is_no_excerpt() -> None:
    assert write([finding(line=7)], {NAME: ["abc"]}).count("\n") == 1
    assert write([finding()], {}).count("\n") == 1
