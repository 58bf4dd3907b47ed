"""Text is measured as the font sets it, and breaks without losing a letter."""

import re
import unicodedata
from functools import cache

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from podviz import assets, text
from podviz.options import LANGS
from podviz.text import (
    Text,
    cells,
    clean,
    cut_end,
    cut_middle,
    has_glyph,
    number,
    pad,
    width,
    wrap,
    wrap_name,
)

SIZE = 10.0
SLACK = 1e-6

quick = settings(derandomize=True, deadline=None, max_examples=250)
names = st.text(st.sampled_from("abcW0가힣漢-./:_@ é\u0301🐳"), min_size=1, max_size=40)
sentences = st.text(st.sampled_from("abW 가힣漢-. !\u0301🐳  "), max_size=80)
rooms = st.floats(11, 200)  # of the size 10: any single character fits


def solid(words: str) -> str:
    """Without white space."""
    return "".join(words.split())


def fits(lines: list[str], room: float) -> bool:
    return all(width(line, SIZE) <= room + SLACK for line in lines)


# ── width ───────────────────────────────────────────────────────────────────────────────────


@cache
def font(weight: str) -> "hb.Font":
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(assets.font_path(weight)))))


def set_width(words: str, weight: str) -> float:
    """What the OTF itself says, in em: the sum of its glyphs' advances."""
    glyphs = [font(weight).get_nominal_glyph(ord(c)) for c in words]
    assert all(glyphs), f"no glyph in {words!r}"
    units: int = sum(font(weight).get_glyph_h_advance(g) for g in glyphs)
    return units / int(font(weight).face.upem)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "words",
    ["nginx:1.27", "AV To. fi", "가각힣 사이드카", "Pod는 ×3 → “…” ⅓ é", "‘Ω’ — ñ", "e\u0301"],
)
def test_width_is_the_sum_of_the_fonts_advances(words: str, bold: bool) -> None:
    weight = "Bold" if bold else "Regular"
    assert width(words, 7.5, bold=bold) == pytest.approx(7.5 * set_width(words, weight))


@quick
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7A3), max_size=12))
def test_width_of_any_characters_with_glyphs_is_the_fonts(words: str) -> None:
    words = "".join(c for c in words if has_glyph(c))
    assert width(words, 1) == pytest.approx(set_width(words, "Regular"))


def test_a_character_without_a_glyph_counts_one_em() -> None:
    assert not has_glyph("漢")
    assert not has_glyph("🐳")
    assert width("漢🐳", 12) == 24


def test_combining_and_joining_characters_take_no_room() -> None:
    assert width("e\u0301\u200d\ufe0f", 10) == width("e", 10)
    assert width("\u0e31", 10) == 0  # without a glyph of its own


def test_width_grows_with_the_size_and_is_nothing_for_nothing() -> None:
    assert width("app", 20) == pytest.approx(2 * width("app", 10))
    assert width("", 10) == 0


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_a_glyph_is_said_to_be_there_exactly_where_the_font_has_one(weight: str) -> None:
    known = set(font(weight).face.unicodes)
    assert {c for c in range(0x11_0000) if has_glyph(chr(c))} == known


# ── wrap ────────────────────────────────────────────────────────────────────────────────────


def test_two_lines_of_a_title_break_after_its_colon() -> None:
    told = "One lifecycle: up together, down together"
    room = width(told, SIZE, bold=True) * 0.7
    assert wrap(told, SIZE, room, bold=True) == ["One lifecycle:", "up together, down together"]
    assert wrap(told, SIZE, room)[0] != "One lifecycle:"


@quick
@given(sentences, rooms)
def test_wrapping_loses_nothing_and_every_line_fits(words: str, room: float) -> None:
    lines = wrap(words, SIZE, room)
    assert solid("".join(lines)) == solid(words)
    assert fits(lines, room)
    assert all(line.strip() == line and line for line in lines)


@quick
@given(sentences, st.floats(22, 200), st.integers(1, 3))
def test_wrapping_into_few_lines_keeps_to_them(words: str, room: float, most: int) -> None:
    lines = wrap(words, SIZE, room, lines=most)
    assert len(lines) <= most
    assert fits(lines, room)


@quick
@given(st.lists(st.sampled_from(["Pod", "is", "사이드카는", "a"]), min_size=1, max_size=30))
def test_words_that_fit_are_never_broken(words: list[str]) -> None:
    lines = wrap(" ".join(words), SIZE, 60)
    assert [word for line in lines for word in line.split()] == words


def test_lines_are_made_even_without_adding_one() -> None:
    words = "one two three four five six"
    assert wrap(words, SIZE, 100) == ["one two three", "four five six"]


def test_a_break_after_a_full_stop_is_taken_where_it_costs_no_line() -> None:
    words = "It stands. The others run on elsewhere"
    assert wrap(words, SIZE, 150) == ["It stands.", "The others run on elsewhere"]


def test_what_does_not_fit_ends_in_dots() -> None:
    assert wrap("one two three four", SIZE, 40, lines=2) == ["one two", "three f…"]
    assert wrap("", SIZE, 40) == []


# ── names ───────────────────────────────────────────────────────────────────────────────────


@quick
@given(names, st.floats(22, 200), st.integers(1, 3))
def test_a_name_keeps_to_its_lines_and_room(name: str, room: float, most: int) -> None:
    lines = wrap_name(name, SIZE, room, lines=most)
    assert 1 <= len(lines) <= most
    assert fits(lines, room)


@quick
@given(names, st.floats(22, 200))
def test_a_name_is_whole_or_cut_in_the_middle(name: str, room: float) -> None:
    head, dots, tail = solid("".join(wrap_name(name, SIZE, room))).partition("…")
    if dots:
        assert solid(name).startswith(head)
        assert solid(name).endswith(tail)
    else:
        assert head == solid(name)


@quick
@given(names, rooms)
def test_a_name_breaks_only_at_its_joints_where_each_part_fits(name: str, room: float) -> None:
    parts = [p.strip() for p in re.findall(r"[^-./:_@ ]*[-./:_@ ]?", name)]
    if not all(width(p, SIZE) <= room for p in parts):
        return
    seen = 0
    for line in wrap_name(name, SIZE, room, lines=99)[:-1]:
        seen += len(solid(line))
        assert _at_joint(name, seen), f"{name!r} broken after {line!r}"


def _at_joint(name: str, count: int) -> bool:
    """True when the first `count` letters of the name end at a joint or before a space."""
    places = [i for i, c in enumerate(name) if not c.isspace()]
    last = places[count - 1]
    return name[last] in "-./:_@" or name[last + 1].isspace()


def test_a_name_breaks_after_its_joints() -> None:
    assert wrap_name("payment-gateway-7d9f8", SIZE, 60) == ["payment-", "gateway-", "7d9f8"]
    assert wrap_name("registry.io/shop/web:2.4", SIZE, 70) == ["registry.io/", "shop/web:2.4"]


def test_a_version_stays_whole_where_it_fits() -> None:
    assert wrap_name("shop/web:v1.27.3", SIZE, 70) == ["shop/web:", "v1.27.3"]
    assert wrap_name("10.244.100.200", SIZE, 30, lines=4) == ["10.", "244.", "100.", "200"]


def test_no_short_end_stands_alone() -> None:
    assert wrap_name("my-database-0", SIZE, width("my-database-", SIZE) + 1) == [
        "my-",
        "database-0",
    ]
    assert wrap_name("abcdef-0", SIZE, width("abcdef-", SIZE)) == ["abcdef-", "0"]


def test_a_name_past_its_lines_keeps_both_ends() -> None:
    lines = wrap_name("a-very-long-name-of-a-pod-that-nobody-reads-7d9f8-x2k4q", SIZE, 60)
    assert len(lines) == 3
    assert lines[0].startswith("a-very")
    assert lines[-1].endswith("x2k4q")
    assert "…" in "".join(lines)


@quick
@given(names, rooms)
def test_a_cut_name_fits_and_keeps_its_ends(name: str, room: float) -> None:
    short = cut_middle(name, SIZE, room)
    assert width(short, SIZE) <= room + SLACK
    if short != name:
        head, _, tail = short.partition("…")
        assert name.startswith(head)
        assert name.endswith(tail)
        assert 0 <= len(head) - len(tail) <= 1
        assert width(name, SIZE) > room


@quick
@given(sentences, st.floats(22, 200))
def test_a_sentence_cut_at_its_end_fits(words: str, room: float) -> None:
    short = cut_end(words, SIZE, room)
    assert width(short, SIZE) <= room + SLACK
    assert words.startswith(short.removesuffix("…"))


# ── what may be drawn ───────────────────────────────────────────────────────────────────────


@quick
@given(st.text(max_size=40))
def test_clean_words_are_one_line_without_what_steers(words: str) -> None:
    safe = clean(words)
    assert clean(safe) == safe
    assert safe == " ".join(safe.split())
    assert not {unicodedata.category(c) for c in safe} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    "code", [0x1B, 0x07, 0x7F, 0x85 + 1, 0xE000, 0xFFFE, 0xD800, 0x202E, 0x61C]
)
def test_what_could_steer_a_terminal_or_a_reader_is_marked(code: int) -> None:
    assert clean(f"a{chr(code)}b") == "a�b"


def test_white_space_becomes_single_spaces() -> None:
    assert clean(" a\t\nb\u2028c\u3000 d ") == "a b c d"


def test_hangul_in_pieces_is_put_together() -> None:
    pieces = unicodedata.normalize("NFD", "사이드카")
    assert clean(pieces) == "사이드카"
    assert cells(pieces) == 8


def test_emoji_stay_whole() -> None:
    assert clean("👩‍👩‍👧 e\u0301 ✈️") == "👩‍👩‍👧 é ✈️"


# ── terminal columns, languages, numbers ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("app", 3),
        ("사이드카", 8),
        ("漢字", 4),
        ("ｱ", 1),
        ("Ａ", 2),
        ("e\u0301", 1),
        ("🐳", 2),
        ("", 0),
    ],
)
def test_cells_are_counted_by_east_asian_width(words: str, columns: int) -> None:
    assert cells(words) == columns


@quick
@given(st.text(st.sampled_from("ab가漢\u0301🐳"), max_size=12), st.integers(0, 30))
def test_padded_words_take_the_wished_columns_or_their_own(words: str, columns: int) -> None:
    assert cells(pad(words, columns)) == max(cells(words), columns)
    assert pad(words, columns).rstrip(" ") == words


def test_a_text_speaks_both_languages() -> None:
    text = Text("{name} 실행", "{name} runs")
    assert [text.to(lang) for lang in LANGS] == ["{name} 실행", "{name} runs"]
    assert text.format(name=Text("앱", "app")) == Text("앱 실행", "app runs")
    assert Text.same("web") == Text("web", "web")


@pytest.mark.parametrize(
    ("value", "said"), [(0.5, "0.5"), (2.0, "2"), (1.005, "1"), (0.25, "0.25"), (10.0, "10")]
)
def test_numbers_say_no_more_than_needed(value: float, said: str) -> None:
    assert number(value) == said


def test_what_is_very_long_is_cut_before_it_is_measured() -> None:
    name = "a-" * 100_000 + "z"
    assert [line[-1] for line in wrap_name(name, 12, 300, lines=1)] == ["z"]
    assert cut_middle(name, 12, 300).startswith("a-a-a")
    assert text.head("x" * 601) == "x" * 599 + "…"
    assert text.head("x" * 600) == "x" * 600
