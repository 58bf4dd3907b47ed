"""Words of arrows stand on their line, clear of boxes, of other lines and of each other."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.drawing import Rect
from podviz.layout.label import place
from podviz.layout.wire import Label

SIZE = (40.0, 12.0)
LEVEL = ((0.0, 0.0), (200.0, 0.0))
BENT = ((0.0, 0.0), (30.0, 0.0), (30.0, 100.0), (60.0, 100.0))

Line = tuple[tuple[float, float], ...]


def words(label: Label | None) -> Rect:
    assert label is not None
    return Rect(label.x - SIZE[0] / 2, label.y - SIZE[1] / 2, *SIZE)


def single(line: Line, *walls: Rect) -> Label:
    (label,) = place([line], [SIZE], walls)
    assert label is not None
    return label


def test_words_stand_in_the_middle_of_a_level_stretch() -> None:
    label = single(LEVEL)
    assert (label.x, label.y, label.stretch) == (100, 0, 0)


def test_of_several_stretches_the_one_at_the_head_is_taken() -> None:
    steps = ((0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (220.0, 50.0))
    label = single(steps)
    assert (label.x, label.y, label.stretch) == (160, 50, 2)


def test_beside_an_upright_stretch_where_no_level_one_holds_them() -> None:
    label = single(BENT)
    assert label.stretch is None
    assert label.y == 50
    assert words(label).x > 30


def test_on_the_other_side_where_the_first_is_taken() -> None:
    assert words(single(BENT, Rect(32, -10, 100, 120))).right < 30


def test_words_move_along_their_line_away_from_a_wall() -> None:
    wall = Rect(80, -20, 40, 40)
    label = single(LEVEL, wall)
    assert label.stretch == 0
    assert not words(label).overlaps(wall)


def test_words_keep_off_the_lines_of_others() -> None:
    crossing = ((100.0, -50.0), (100.0, 50.0))
    label, none = place([LEVEL, crossing], [SIZE, None], [])
    assert none is None
    rect = words(label)
    assert rect.right < 100 or rect.x > 100


def test_words_keep_off_each_other() -> None:
    near = ((0.0, 8.0), (200.0, 8.0))
    one, other = place([LEVEL, near], [SIZE, SIZE], [])
    assert not words(one).overlaps(words(other))


def test_a_line_without_words_has_no_place() -> None:
    assert place([LEVEL], [None], []) == (None,)
    assert place([], [], []) == ()


def test_where_nothing_is_free_the_words_are_kept() -> None:
    assert single(LEVEL, Rect(-500, -500, 1000, 1000)) is not None


coordinates = st.integers(0, 12).map(lambda n: n * 40.0)


@st.composite
def bent_lines(draw: st.DrawFn) -> Line:
    """A level, an upright and a level stretch."""
    x, y, mid, end, low = (draw(coordinates) for _ in range(5))
    return ((x, y), (mid, y), (mid, low), (end, low))


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(bent_lines(), min_size=1, max_size=6))
def test_words_are_cut_into_the_level_stretch_that_they_name(lines: list[Line]) -> None:
    labels = place(lines, [SIZE] * len(lines), [])
    for line, label in zip(lines, labels, strict=True):
        if label and label.stretch is not None:
            (xa, ya), (xb, yb) = list(pairwise(line))[label.stretch]
            assert ya == yb == label.y
            assert min(xa, xb) < words(label).x
            assert words(label).right < max(xa, xb)


@pytest.mark.parametrize("count", [2, 5])
def test_lines_with_room_between_them_each_bear_their_words(count: int) -> None:
    lines = [((0.0, i * 30.0), (200.0, i * 30.0)) for i in range(count)]
    labels = place(lines, [SIZE] * count, [])
    assert [label.stretch if label else None for label in labels] == [0] * count
    assert not any(words(a).overlaps(words(b)) for a, b in combinations(labels, 2))


def test_where_words_find_no_room_they_are_set_narrower() -> None:
    line = ((0.0, 0.0), (60.0, 0.0))
    walls = [Rect(0, -40, 60, 30), Rect(0, 10, 60, 30)]
    wide, narrow = (200.0, 12.0), (20.0, 12.0)
    (label,) = place([line], [wide], walls, narrower=[[narrow]])
    assert label
    assert (label.width, label.height, label.stretch) == (*narrow, 0)
    (label,) = place([LEVEL], [SIZE], [], narrower=[[narrow]])
    assert label
    assert label.width == SIZE[0]


def test_beside_a_frame_words_stand_beyond_its_side() -> None:
    upright = ((0.0, 0.0), (0.0, 60.0))
    frame = Rect(8, -100, 4, 300)
    box = Rect(-300, -100, 295, 300)
    (label,) = place([upright], [SIZE], [frame, box])
    assert words(label).x > frame.right
