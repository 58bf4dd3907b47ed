"""What comes with podviz is whole: advances, marks, icons, words, patterns."""

import json
import runpy
import string
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import diagrams
import pytest
from PIL import Image, ImageChops, ImageStat

from podviz import assets, fonts, patterns
from podviz.figure import Relation
from podviz.reader import read
from podviz.shapes.ink import MARK
from podviz.words import word

TOOL = Path(__file__).parents[1] / "tools" / "make_assets.py"


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


# ── fonts ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("weight", assets.WEIGHTS)
def test_the_advance_table_is_what_the_tool_makes_of_the_fonts(weight: str) -> None:
    made = runpy.run_path(str(TOOL))["advances"](assets.font_path(weight))
    kept = json.loads((assets.FOLDER / "advances.json").read_bytes())[weight]
    assert json.loads(json.dumps(made)) == kept


@pytest.mark.parametrize("weight", assets.WEIGHTS)
def test_the_latin_subset_is_cut_from_the_font(weight: str) -> None:
    assert assets.latin_font(weight) == fonts.cut(weight, "".join(sorted(assets.LATIN)))


@pytest.mark.parametrize("weight", assets.WEIGHTS)
def test_the_table_of_latin_widths_is_a_part_of_the_other(weight: str) -> None:
    tool = runpy.run_path(str(TOOL))
    widths = tool["latin"](tool["advances"](assets.font_path(weight)))
    assert {letter: assets.advance(weight, letter) for letter in assets.LATIN} == widths


def test_both_weights_have_the_same_characters() -> None:
    for code in range(0x3000):
        both = [assets.advance(weight, chr(code)) for weight in ("Regular", "Bold")]
        assert (both[0] is None) == (both[1] is None)


def test_the_fonts_licence_comes_with_them() -> None:
    licence = (assets.FOLDER / "fonts" / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


# ── marks and icons ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", assets.marks())
def test_a_mark_is_small_and_sound(name: str) -> None:
    markup = assets.marks()[name]
    assert len(markup.encode()) < 150
    parts = ElementTree.fromstring(f"<g>{markup}</g>")
    assert {part.tag for part in parts} <= {"path", "rect", "circle", "ellipse"}
    used = {part.get(a) for part in parts for a in ("fill", "stroke")}
    assert used <= {None, "currentColor"}


def test_every_mark_that_a_role_is_drawn_with_exists() -> None:
    assert set(MARK.values()) <= set(assets.marks())


@pytest.mark.parametrize("kind", assets.ICONS)
def test_every_kind_has_its_icon(kind: str) -> None:
    icon = Image.open(BytesIO(assets.icon(kind)))
    assert icon.size == (128, 128)
    theirs = Path(str(diagrams.__file__)).parent.parent / "resources" / "k8s"
    original = Image.open(theirs / f"{assets.ICONS[kind]}.png").convert("RGBa").resize(icon.size)
    apart = ImageChops.difference(original, icon.convert("RGBA").convert("RGBa"))
    assert max(ImageStat.Stat(apart).mean) < 4  # of 255


def test_a_kind_without_an_icon_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        assets.icon("Teapot")


# ── words ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", assets.words())
def test_every_word_is_said_in_both_languages_with_the_same_arguments(key: str) -> None:
    ko, en = assets.words()[key]
    assert ko.strip() == ko != ""
    assert en.strip() == en != ""
    assert placeholders(ko) == placeholders(en)


def test_a_word_is_filled_in_in_both_languages() -> None:
    said = word("missing-kind", kind="Service")
    assert (said.ko, said.en) == ("Service · 없음", "Service · missing")
    with pytest.raises(KeyError):
        word("no-such-word")


def test_every_relation_of_an_arrow_can_be_told() -> None:
    drawn = set(Relation) - {Relation.NEAR}
    assert {f"tells-{relation.value}" for relation in drawn} <= set(assets.words())


# ── patterns ────────────────────────────────────────────────────────────────────────────────


def test_every_pattern_has_a_title_and_every_title_a_pattern() -> None:
    files = {path.stem for path in (assets.FOLDER / "patterns").glob("*.yaml")}
    assert set(patterns.titles()) == files


@pytest.mark.parametrize("pattern", patterns.titles())
def test_a_pattern_is_a_spec_without_flaws(pattern: str) -> None:
    text = patterns.text(pattern, "shop-web")
    reading = read(text.encode(), f"{pattern}.yaml")
    assert not reading.findings
    assert len(reading.sheets) == 1
    assert "shop-web" in text
    assert "NAME" not in text
