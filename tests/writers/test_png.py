"""A PNG has the wished size and really shows its text."""

import pytest
from hostile import NAMES, everywhere
from msgspec.structs import replace
from pixels import Row, rows, size
from scenes import container, pod, service, sheet, written_bytes

from podviz import theme
from podviz.drawing import Drawing, Group, Rect, Run, Symbol
from podviz.errors import DrawError
from podviz.figure import Figure
from podviz.text import Text, width
from podviz.writer import Style, Work, writer

SUMMARY = Text.same("a page")
WEB = sheet(
    pods=[pod("웹", container("app", 80, image="nginx:1.27"))], services=[service("shop", "웹", 80)]
)


def page(*words: str, wide: float = 120.0, high: float = 24.0, size: float = 16.0) -> bytes:
    """A page by hand with these words beside each other, one pixel a point."""
    runs, x = [], 4.0
    for line in words:
        runs.append(Run(x=x, y=18, words=line, size=size, width=width(line, size)))
        x += width(line, size)
    return drawn(Group(items=tuple(runs)), wide=wide, high=high)


def drawn(group: Group, *, wide: float = 120.0, high: float = 24.0, **style: object) -> bytes:
    made = Drawing(
        width=wide, height=high, lang="ko", title="", summary=SUMMARY, name="", items=(group,)
    )
    figure = Figure(name="", view="pods", summary=SUMMARY)
    asked = Style(**({"scale": 1.0} | style))  # type: ignore[arg-type]
    return writer("png")(Work(figure=figure, lang="ko", drawing=made, style=asked))


def ink(picture: list[Row]) -> int:
    """How many pixels are darker than half."""
    return sum(sum(pixel[:3]) < 384 for row in picture for pixel in row)


# ── size ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ({"scale": None}, (240, 48)),
        ({}, (120, 24)),
        ({"scale": 0.5}, (60, 12)),
        ({"scale": 2.5}, (300, 60)),
    ],
)
def test_a_point_is_two_pixels_or_as_many_as_wished(
    style: dict[str, float], expected: tuple[int, int]
) -> None:
    assert size(drawn(Group(items=()), **style)) == expected


def test_a_wished_width_keeps_the_shape_of_the_page() -> None:
    assert size(drawn(Group(items=()), scale=None, width=999)) == (999, 200)
    assert size(drawn(Group(items=()), scale=None, width=1)) == (1, 1)


def test_what_no_memory_would_hold_is_refused_with_advice() -> None:
    with pytest.raises(DrawError, match=r"too large: give --width or --scale"):
        drawn(Group(items=()), wide=30_000, high=30_000)


# ── what it shows ───────────────────────────────────────────────────────────────────────────


def test_korean_text_is_drawn() -> None:
    assert ink(rows(page())) == 0
    single = [rows(page(syllable)) for syllable in "사이드카"]
    assert all(ink(picture) > 20 for picture in single)
    assert ink(rows(page("사이드카"))) > 2 * max(map(ink, single))


def test_syllables_are_no_empty_boxes() -> None:
    """Without its glyph every character would be the same box."""
    shapes = [rows(page(syllable)) for syllable in "가각간힣"]
    assert all(a != b for i, a in enumerate(shapes) for b in shapes[:i])
    boxes = [rows(page(character)) for character in "漢字"]
    assert boxes[0] == boxes[1]
    assert ink(boxes[0]) > 10


def test_bold_text_has_more_ink() -> None:
    plain, bold = (
        ink(
            rows(drawn(Group(items=(Run(x=4, y=18, words="사이드카", size=16, width=60, bold=b),))))
        )
        for b in (False, True)
    )
    assert bold > plain


def test_icons_are_drawn_in_their_own_colours() -> None:
    icon = Symbol(name="Pod", rect=Rect(0, 0, 24, 24))
    pixels = {pixel[:3] for row in rows(drawn(Group(items=(icon,)))) for pixel in row}
    assert any(blue > 200 and red < 100 for red, _, blue in pixels)


@pytest.mark.parametrize("name", ["light", "dark", "auto"])
def test_the_page_has_the_ground_of_its_theme(name: str) -> None:
    canvas = theme.colours(name)["canvas"]
    (corner, *_), *_ = rows(drawn(Group(items=()), theme=name))
    assert "#" + "".join(f"{c:02X}" for c in corner[:3]) == canvas


def test_a_whole_figure_is_drawn_the_same_each_time() -> None:
    first = written_bytes(WEB, "png", "ko", width=300)
    assert first == written_bytes(WEB, "png", "ko", width=300)
    assert size(first)[0] == 300
    assert ink(rows(first)) > 100


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_drawn(name: str) -> None:
    made = written_bytes(replace(everywhere(NAMES[name]), view="network"), "png", width=200)
    assert size(made)[0] == 200
