"""The small signs: tags, capsules, stacks, drums, heads, elbows."""

from itertools import pairwise

import pytest
from pieces import PEN, box, doors, tag

from podviz.drawing import Panel, Path, Rect, Run
from podviz.figure import Door, Role, Shape
from podviz.shapes.block import Pen
from podviz.shapes.ink import (
    COLOUR,
    capsule_width,
    draw_capsule,
    draw_tag,
    drum,
    frame,
    lid_height,
    name_para,
    prose_para,
    run,
    spine,
    stack,
    stack_reach,
    tag_height,
    tag_width,
    times_pill,
    turn_square,
)
from podviz.shapes.lines import elbow, head

RECT = Rect(10, 20, 100, 50)


def ends(path: Path) -> list[tuple[float, float]]:
    """Where each step of a path ends."""
    return [(ns[-2], ns[-1]) for letter, ns in path.steps if letter in "MLQCA"]


# ── text ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("anchor", "left"), [("start", 100.0), ("middle", 90.0), ("end", 80.0)])
def test_a_run_stands_left_of_or_around_its_anchor(anchor: str, left: float) -> None:
    drawn = run("漢漢", 10, 100, 50, anchor=anchor)  # without a glyph: an em each
    assert (drawn.x, drawn.y, drawn.width) == (left, 50, 20)


def test_small_text_is_raised_to_the_floor_of_the_page() -> None:
    large = Pen(lang="en", floor=12)
    assert [large.size(s) for s in (9, 12, 26)] == [12, 12, 26]
    assert name_para(large, "web", 11, 200).size == 12
    assert tag_height(large) - tag_height(PEN) == pytest.approx(2.4)


def test_lines_of_a_paragraph_stand_one_below_the_other() -> None:
    para = prose_para(PEN, "one two three four five six", 10, 60)
    drawn = [item for item in para.draw(0, 0) if isinstance(item, Run)]
    assert [r.words for r in drawn] == list(para.lines)
    assert all(round(b.y - a.y, 6) == 14.2 for a, b in pairwise(drawn))
    assert para.height == pytest.approx(14.2 * len(drawn))
    assert para.width == max(r.width for r in drawn)


# ── tags and capsules ───────────────────────────────────────────────────────────────────────


def test_a_tag_is_as_wide_as_its_words_and_mark() -> None:
    pill, mark, words = draw_tag(PEN, tag("Running"), 5, 7)
    assert isinstance(pill, Panel)
    assert isinstance(words, Run)
    assert pill.rect == Rect(5, 7, tag_width(PEN, tag("Running")), 20)
    assert pill.rect.right - (words.x + words.width) == pytest.approx(8)
    assert mark.rect.x == 13  # type: ignore[union-attr]


def test_a_capsule_holds_its_label_and_a_services_icon() -> None:
    port = doors(8080)[0]
    before = Door(id="s", label=":8080", about="s", kind="Service")
    assert capsule_width(PEN, before) == capsule_width(PEN, port) + 20
    drawn = draw_capsule(PEN, before, 3, 50)
    assert drawn.box == Rect(3, 39, capsule_width(PEN, before), 22)
    assert drawn.classes == ("door", "service")
    assert drawn.id == "s"


def test_numbers_of_turns_and_replicas_stand_in_the_middle_of_their_sign() -> None:
    for panel, words in (turn_square(PEN, 12, 50, 60), times_pill(PEN, 12, RECT)):
        assert isinstance(panel, Panel)
        assert isinstance(words, Run)
        middle = words.x + words.width / 2
        assert middle == pytest.approx(panel.rect.centre[0])
        assert words.width < panel.rect.w
        assert words.colour == "on"


# ── frames ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
def test_a_dash_says_what_is_not_there_or_does_not_last(role: Role) -> None:
    drawn = frame(box(Shape.CARD, "x", role=role), RECT, radius=10, width=1.8)
    dashed = role in (Role.INIT, Role.MISSING, Role.DEAD, Role.WAITING)
    assert drawn.stroke is not None
    assert bool(drawn.stroke.dash) == dashed
    assert drawn.fill == f"{COLOUR[role]}.fill"
    assert drawn.stroke.colour == f"{COLOUR[role]}.line"


def test_a_spine_stays_inside_the_left_edge() -> None:
    drawn = spine(RECT, 10, 5)
    xs = [x for x, _ in ends(drawn)]
    assert (min(xs), max(xs)) == (10, 15)
    assert all(20 <= y <= 70 for _, y in ends(drawn))


@pytest.mark.parametrize(("count", "layers"), [(1, 0), (2, 1), (3, 2), (99, 2)])
def test_a_stack_has_one_layer_for_two_and_two_from_three(count: int, layers: int) -> None:
    drawn = stack(RECT, count, radius=10, offset=3, fill="pod.fill", line="pod.line")
    assert [p.rect for p in drawn if isinstance(p, Panel)] == [
        RECT.moved(3 * i, 3 * i) for i in range(layers, 0, -1)
    ]
    assert stack_reach(count, 3) == 3 * layers


# ── drums ───────────────────────────────────────────────────────────────────────────────────


def test_a_drums_lid_lies_inside_its_rectangle() -> None:
    for item in drum(RECT, role="volume"):
        assert isinstance(item, Path)
        assert all(10 <= x <= 110 and 20 <= y <= 70 for x, y in ends(item))


@pytest.mark.parametrize(
    ("x", "upper", "lower"), [(60, 20, 32), (10, 26, 26), (110, 26, 26), (0, 26, 26)]
)
def test_arrows_end_on_the_curve_of_the_lid(x: float, upper: float, lower: float) -> None:
    assert lid_height(RECT, x) == (upper, lower)


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("way", "behind"), [("right", (-1, 0)), ("left", (1, 0)), ("down", (0, -1)), ("up", (0, 1))]
)
def test_a_head_has_its_tip_at_the_point_and_its_body_behind(
    way: str, behind: tuple[int, int]
) -> None:
    tip, one, other = ends(head(50, 60, way, "edge"))
    assert tip == (50, 60)
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    assert middle == (50 + 7 * behind[0], 60 + 7 * behind[1])
    assert abs(one[0] - other[0]) + abs(one[1] - other[1]) == 7


def test_an_elbow_rounds_its_corners_by_no_more_than_half_a_stretch() -> None:
    steps = elbow([(0, 0), (10, 0), (10, 100), (90, 100)], radius=8)
    assert steps == (
        ("M", (0, 0)),
        ("L", (5, 0)),
        ("Q", (10, 0, 10, 5)),
        ("L", (10, 92)),
        ("Q", (10, 100, 18, 100)),
        ("L", (90, 100)),
    )


def test_a_straight_line_and_a_corner_without_length_are_drawn_too() -> None:
    assert elbow([(0, 0), (9, 0)]) == (("M", (0, 0)), ("L", (9, 0)))
    assert elbow([(0, 0), (0, 0), (9, 0)])[-1] == ("L", (9, 0))
