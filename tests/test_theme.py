"""Colours keep their contrast, in both themes, wherever they meet."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path as File

import pytest

from podviz import theme
from podviz.drawing import Group, Item, Panel, Path, Rect, Run, Symbol, moved
from podviz.intake import Unit, beside
from podviz.judgement.judging import DEFAULT, judged
from podviz.options import VIEWS
from podviz.paint import paint
from podviz.pipeline import sheets
from podviz.view import compose

ROOT = File(__file__).parents[1]
ROLES = sorted({token.split(".")[0] for token in theme.LIGHT if "." in token})
TEXT, LINE = 4.5, 3.0

themes = pytest.mark.parametrize("name", ["light", "dark"])


def ratio(name: str, one: str, other: str) -> float:
    colours = theme.colours(name)
    return theme.contrast(colours[one], colours[other])


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#FFFFFF", "#777777") == theme.contrast("#777777", "#FFFFFF")
    assert theme.contrast("#326CE5", "#326CE5") == 1


def test_both_themes_have_the_same_tokens_as_whole_colours() -> None:
    assert set(theme.LIGHT) == set(theme.DARK)
    colours = [*theme.LIGHT.values(), *theme.DARK.values()]
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)
    assert theme.colours("auto") is theme.colours("light") is theme.LIGHT


# ── token by token ──────────────────────────────────────────────────────────────────────────


@themes
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ink", ["ink", "quiet", "own"])
def test_text_is_legible_on_its_fill(name: str, role: str, ink: str) -> None:
    token = f"{role}.text" if ink == "own" else ink
    assert ratio(name, token, f"{role}.fill") >= TEXT


@themes
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ground", ["canvas", "surface"])
def test_a_roles_text_is_legible_outside_its_box(name: str, role: str, ground: str) -> None:
    assert ratio(name, f"{role}.text", ground) >= TEXT


@themes
@pytest.mark.parametrize("ink", ["ink", "quiet"])
@pytest.mark.parametrize("ground", ["canvas", "surface"])
def test_plain_text_is_legible_on_the_page(name: str, ink: str, ground: str) -> None:
    assert ratio(name, ink, ground) >= TEXT


@themes
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ground", ["canvas", "surface", "own"])
def test_a_roles_border_is_seen(name: str, role: str, ground: str) -> None:
    token = f"{role}.fill" if ground == "own" else ground
    assert ratio(name, f"{role}.line", token) >= LINE


@themes
@pytest.mark.parametrize("ground", ["canvas", "surface", "pod.fill"])
def test_an_arrow_is_seen_where_it_runs(name: str, ground: str) -> None:
    arrows = ("edge", "volume.line", "init.line", "bad.line", "pod.line")
    assert all(ratio(name, arrow, ground) >= LINE for arrow in arrows)


@themes
@pytest.mark.parametrize("filled", ["pod.line", "init.line", "edge"])
def test_text_on_a_filled_sign_is_legible(name: str, filled: str) -> None:
    assert ratio(name, "on", filled) >= TEXT


@pytest.mark.parametrize("role", ["good", "bad", "init", "info", "pod", "sidecar"])
def test_a_filled_tag_has_a_ground_that_bears_text(role: str) -> None:
    assert ratio("light", "on", f"{role}.text") >= TEXT
    assert ratio("dark", "on", f"{role}.line") >= TEXT


# ── word by word ────────────────────────────────────────────────────────────────────────────


def cases() -> Iterator[tuple[str, File, str | None]]:
    for path in sorted((ROOT / "specs").rglob("*.yaml")):
        yield path.stem, path, None
    everything = ROOT / "tests" / "everything.yaml"
    for view in VIEWS:
        yield f"everything-{view}", everything, view


SHEETS = {name: (path, view) for name, path, view in cases()}


@pytest.mark.parametrize("name", SHEETS)
def test_every_word_and_mark_of_a_figure_is_seen_on_what_it_stands_on(name: str) -> None:
    path, view = SHEETS[name]
    sheet = sheets(
        path.read_bytes(), name, load=partial(beside, Unit(name=name, path=path, stem=File(name)))
    )[0]
    figure = compose(sheet, view, [judged(scene.cluster, DEFAULT) for scene in sheet.scenes])
    placed = list(grounds(paint(figure, "ko").items))
    assert {"ink", "quiet", "pod.text", "on"} & {token for token, _, _ in placed}
    for colours in (theme.LIGHT, theme.DARK):
        for token, ground, least in placed:
            assert theme.contrast(colours[token], colours[ground]) >= least, (token, ground)


def grounds(items: tuple[Item, ...]) -> Iterator[tuple[str, str, float]]:
    """The colour of each word and mark, the fill under its middle, and the contrast due."""
    fills: list[tuple[Rect, str]] = []
    for item in flat(items, 0, 0):
        if isinstance(item, Panel | Path) and item.fill and item.fill in theme.LIGHT:
            fills.append((extent(item), item.fill))
        elif isinstance(item, Run):
            middle = Rect(item.x + item.width / 2, item.y - 0.3 * item.size, 0.1, 0.1)
            yield item.colour, under(fills, middle), TEXT
        elif isinstance(item, Symbol) and item.colour:
            yield item.colour, under(fills, Rect(*item.rect.centre, 0.1, 0.1)), LINE


def under(fills: list[tuple[Rect, str]], spot: Rect) -> str:
    return next((fill for rect, fill in reversed(fills) if rect.overlaps(spot)), "canvas")


def extent(item: Panel | Path) -> Rect:
    if isinstance(item, Panel):
        return item.rect
    whole = [(letter, ns) for letter, ns in item.steps if letter in "MLQCA"]
    xs = list(chain.from_iterable(ns[-2::2] for _, ns in whole))
    ys = list(chain.from_iterable(ns[-1::2] for _, ns in whole))
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def flat(items: tuple[Item, ...], dx: float, dy: float) -> Iterator[Item]:
    """The items that are no groups, where they stand on the page, in the order drawn."""
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items, dx + item.dx, dy + item.dy)
        else:
            yield moved(item, dx, dy)
