"""Drawing items become SVG elements: moved, escaped, coloured, each id once."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podviz import theme
from podviz.drawing import Group, Item, Panel, Path, Rect, Run, Stroke, Symbol
from podviz.markup import Markup, escape, number, slug, symbol_id, token_class
from podviz.text import Text, width

RECT = Rect(1, 2, 30, 40)


def markup(theme_name: str = "light", *, outline: bool = False) -> Markup:
    return Markup(prefix="p", lang="en", theme_name=theme_name, outline=outline)


def element(item: Item, *, of: Markup | None = None) -> ElementTree.Element:
    """The one element that an item becomes, moved by (10, 20)."""
    written = "".join((of or markup()).items((item,), 10, 20))
    return ElementTree.fromstring(written)


def run(words: str, **more: object) -> Run:
    size, bold = 10.0, bool(more.get("bold", False))
    wide = width(words, size, bold=bold)
    return Run(x=1, y=2, words=words, size=size, width=wide, **more)  # type: ignore[arg-type]


# ── numbers, ids, escapes ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "said"),
    [(1.0, "1"), (0.5, "0.5"), (1.005, "1"), (-0.001, "0"), (1234.5678, "1234.57"), (-3, "-3")],
)
def test_numbers_are_short(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Pod/web/app", "Pod.web.app"),
        ("Pod/web/app:80", "Pod.web.app-port-80"),
        ("a→b", "a--to--b"),
        ("사이드카 1", "사이드카-1"),
        ('x"<>&', "x_22__3c__3e__26_"),
    ],
)
def test_ids_speak(words: str, id: str) -> None:
    assert slug(words) == id


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_escaped_text_is_read_back_as_it_was(words: str) -> None:
    read = ElementTree.fromstring(f'<a b="{escape(words)}">{escape(words)}</a>')
    assert read.text == (words or None)
    assert read.get("b") == words


# ── items ───────────────────────────────────────────────────────────────────────────────────


def test_a_panel_is_a_rectangle_in_the_colours_of_its_tokens() -> None:
    stroke = Stroke(colour="pod.line", width=1.8, dash=(5, 3.5))
    drawn = element(Panel(rect=RECT, fill="pod.fill", stroke=stroke, radius=14))
    assert drawn.tag == "rect"
    assert drawn.attrib == {
        "x": "11", "y": "22", "width": "30", "height": "40", "rx": "14",
        "fill": theme.LIGHT["pod.fill"], "stroke": theme.LIGHT["pod.line"],
        "stroke-width": "1.8", "stroke-dasharray": "5 3.5",
    }  # fmt: skip


def test_cut_corners_are_straight() -> None:
    drawn = element(Panel(rect=RECT, cut=4))
    assert drawn.tag == "path"
    assert drawn.get("d") == "M15 22L37 22L41 26L41 58L37 62L15 62L11 58L11 26Z"
    assert drawn.get("fill") == "none"


def test_a_path_moves_with_its_group() -> None:
    line = Path(steps=(("M", (0, 0)), ("H", (5,)), ("A", (8, 8, 0, 0, 1, 13, 8)), ("Z", ())))
    drawn = element(Group(items=(line,), dx=1, dy=1))
    assert drawn.get("d") == "M11 21H16A8 8 0 0 1 24 29Z"


def test_a_group_has_an_id_classes_a_frame_and_a_tooltip() -> None:
    inner = Group(items=(), id="Pod/web/app:80", classes=("door",), box=RECT, dx=1)
    drawn = element(
        Group(items=(inner,), id="Pod/web", classes=("pod", "x y"), tooltip=Text("포드", "a <Pod>"))
    )
    assert (drawn.get("id"), drawn.get("class")) == ("p-Pod.web", "pod x-y")
    assert drawn.findtext("title") == "a <Pod>"
    door = drawn.find("g")
    assert door is not None
    assert door.attrib == {
        "id": "p-Pod.web.app-port-80", "class": "door", "data-box": "12 22 30 40",
    }  # fmt: skip


def test_no_id_is_given_twice() -> None:
    groups = tuple(Group(items=(), id=id) for id in ("Pod/a.b", "Pod/a/b", "Pod/a/b", "Pod/c"))
    root = ElementTree.fromstring(f"<g>{''.join(markup().items(groups))}</g>")
    assert [g.get("id") for g in root] == ["p-Pod.a.b", "p-Pod.a.b_", "p-Pod.a.b__", "p-Pod.c"]


def test_a_mark_is_coloured_and_an_icon_is_not() -> None:
    of = markup()
    mark = element(Symbol(name="good", rect=RECT, colour="good.line", opacity=0.45), of=of)
    icon = element(Symbol(name="Pod", rect=RECT), of=of)
    assert (mark.get("href"), mark.get("color")) == ("#p-mark-good", theme.LIGHT["good.line"])
    assert mark.get("opacity") == "0.45"
    assert (icon.get("href"), icon.get("color"), icon.get("opacity")) == ("#p-icon-pod", None, None)
    assert of.symbols == {"good", "Pod"}
    assert symbol_id("Pod") == "icon-pod"


# ── text ────────────────────────────────────────────────────────────────────────────────────


def test_text_stands_on_its_baseline_and_its_letters_are_gathered() -> None:
    of = markup()
    drawn = element(run("앱 & app", bold=True, colour="quiet"), of=of)
    assert drawn.text == "앱 & app"
    assert drawn.attrib == {
        "x": "11", "y": "22", "font-size": "10", "font-weight": "700",
        "fill": theme.LIGHT["quiet"],
    }  # fmt: skip
    assert of.letters == {False: set(), True: set("앱 &ap")}


def test_only_a_line_with_foreign_characters_is_held_to_its_width() -> None:
    assert element(run("plain")).get("textLength") is None
    held = element(run("漢字"))
    assert (held.get("textLength"), held.get("lengthAdjust")) == ("20", "spacingAndGlyphs")


def test_outlined_text_is_paths_that_say_what_they_spell() -> None:
    of = markup(outline=True)
    drawn = element(run('"가"'), of=of)
    assert drawn.get("aria-label") == '"가"'
    assert [p.tag for p in drawn] == ["path"] * 3
    assert of.letters == {False: set(), True: set()}
    shifts = [float(p.get("transform", "")[10:-1]) for p in drawn]
    assert shifts == sorted(set(shifts))


def test_an_outlined_character_without_a_glyph_is_an_empty_box() -> None:
    boxes = {p.get("d") for p in element(run("漢🐳"), of=markup(outline=True))}
    assert len(boxes) == 1
    assert len(element(run(" \u200d"), of=markup(outline=True))) == 0


# ── themes ──────────────────────────────────────────────────────────────────────────────────


def test_the_dark_theme_has_its_own_values() -> None:
    drawn = element(Panel(rect=RECT, fill="canvas"), of=markup("dark"))
    assert drawn.get("fill") == theme.DARK["canvas"]
    assert drawn.get("class") is None


def test_with_auto_each_token_is_a_class_too() -> None:
    of = markup("auto")
    stroke = Stroke(colour="pod.line", width=1)
    drawn = element(Panel(rect=RECT, fill="pod.fill", stroke=stroke), of=of)
    element(Symbol(name="good", rect=RECT, colour="good.line"), of=of)
    assert drawn.get("fill") == theme.LIGHT["pod.fill"]
    assert drawn.get("class") == "fill-pod-fill stroke-pod-line"
    assert of.tokens == {("fill", "pod.fill"), ("stroke", "pod.line"), ("color", "good.line")}
    assert token_class("color", "good.line") == "color-good-line"


def test_a_hatch_is_a_pattern_of_its_role() -> None:
    of = markup()
    assert element(Panel(rect=RECT, fill="hatch.bad"), of=of).get("fill") == "url(#p-hatch-bad)"
    assert of.hatches == {"bad"}
