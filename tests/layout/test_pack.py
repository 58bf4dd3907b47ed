"""Boxes without arrows fill a page, row by row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.drawing import Rect
from podviz.layout.pack import Packed, Size, pack

WIDE = 16 / 9


def rects(sizes: Sequence[Size], packed: Packed) -> list[Rect]:
    return [Rect(*at, *size) for at, size in zip(packed.positions, sizes, strict=True)]


def rows(packed: Packed) -> list[int]:
    """How many boxes start at each height, from the top."""
    return [count for _, count in sorted(Counter(y for _, y in packed.positions).items())]


def shape(packed: Packed) -> float:
    return max(packed.width / packed.height, packed.height / packed.width)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, [1]),
        (2, [2]),
        (3, [3]),
        (4, [2, 2]),
        (5, [3, 2]),
        (6, [3, 3]),
        (7, [4, 3]),
        (8, [4, 4]),
        (9, [5, 4]),
        (10, [5, 5]),
        (11, [4, 4, 3]),
        (12, [4, 4, 4]),
        (13, [5, 4, 4]),
        (40, [8, 8, 8, 8, 8]),
    ],
)
def test_alike_boxes_stand_in_even_rows(count: int, expected: list[int]) -> None:
    assert rows(pack([(100, 100)] * count, gap=0, ratio=WIDE)) == expected


def test_a_grid_is_regular() -> None:
    packed = pack([(100, 60)] * 5, gap=10, ratio=WIDE)
    assert packed.positions == ((0, 0), (110, 0), (220, 0), (0, 70), (110, 70))
    assert (packed.width, packed.height) == (320, 130)


def test_nothing_takes_no_room() -> None:
    assert pack([], gap=10, ratio=WIDE) == Packed(positions=(), width=0, height=0)


def test_rows_are_aligned_at_their_top() -> None:
    packed = pack([(100, 60), (100, 90), (100, 80), (100, 70)], gap=10, ratio=1.2)
    assert [y for _, y in packed.positions] == [0, 0, 100, 100]


def test_no_last_row_holds_a_single_leftover() -> None:
    sizes = [(100.0 + i % 3, 90.0) for i in range(7)]
    assert rows(pack(sizes, gap=10, ratio=WIDE)) == [4, 3]


def test_a_title_above_makes_rows_longer() -> None:
    squares = [(100.0, 100.0)] * 9
    assert rows(pack(squares, gap=0, ratio=1)) == [3, 3, 3]
    assert rows(pack(squares, gap=0, ratio=1, head=250)) == [5, 4]


def test_a_row_longer_than_allowed_is_broken() -> None:
    squares = [(100.0, 100.0)] * 3
    assert rows(pack(squares, gap=10, ratio=WIDE)) == [2, 1]
    assert rows(pack(squares, gap=10, ratio=WIDE, max_ratio=4)) == [3]


def test_a_single_long_box_stays_as_it_is() -> None:
    assert pack([(900, 50)], gap=10, ratio=WIDE).width == 900
    packed = pack([(900, 50), (40, 30), (50, 30)], gap=10, ratio=WIDE)
    assert packed.width == 900


def test_short_boxes_stand_in_even_stacks_beside_a_tall_one() -> None:
    packed = pack([(200, 400), *[(90, 60)] * 6], gap=10, ratio=WIDE)
    stacks = [(210, 0), (210, 70), (210, 140), (310, 0), (310, 70), (310, 140)]
    assert packed.positions == ((0, 0), *stacks)
    assert (packed.width, packed.height) == (400, 400)


def test_short_boxes_before_a_tall_one_are_stacked_too() -> None:
    packed = pack([*[(90, 60)] * 4, (200, 400), *[(90, 60)] * 4], gap=10, ratio=WIDE)
    assert packed.height == 400
    assert packed.width == 400


def test_without_order_the_tallest_come_first() -> None:
    sizes = [(100.0, 20.0), (100.0, 90.0), (100.0, 60.0)]
    packed = pack(sizes, gap=10, ratio=WIDE, order=False)
    assert packed.positions[1] == (0, 0)


sizes = st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=40)
alike = st.lists(st.tuples(st.floats(100, 190), st.floats(70, 130)), min_size=1, max_size=60)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(sizes, st.floats(0, 30), st.booleans())
def test_boxes_keep_their_distance_and_none_is_lost(
    sizes: list[Size], gap: float, order: bool
) -> None:
    packed = pack(sizes, gap=gap, ratio=WIDE, order=order)
    found = rects(sizes, packed)
    grown = [Rect(r.x, r.y, r.w + gap, r.h + gap) for r in found]
    assert not any(a.overlaps(b, slack=1e-3) for a, b in combinations(grown, 2))
    assert min(r.x for r in found) == min(r.y for r in found) == 0
    assert max(r.right for r in found) == pytest.approx(packed.width)
    assert max(r.bottom for r in found) == pytest.approx(packed.height)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(alike)
def test_the_shape_stays_within_bounds_and_order_is_kept(sizes: list[Size]) -> None:
    packed = pack(sizes, gap=12, ratio=WIDE)
    assert shape(packed) <= 3
    reading = [(y, x) for x, y in packed.positions]
    assert reading == sorted(reading)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(1, 400), st.floats(20, 300), st.floats(20, 300))
def test_rows_of_a_grid_differ_by_one_at_most(count: int, w: float, h: float) -> None:
    found = rows(pack([(w, h)] * count, gap=10, ratio=WIDE))
    assert sum(found) == count
    assert max(found) - min(found) <= 1
    assert found == sorted(found, reverse=True)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(60, 200), st.floats(40, 300)), min_size=30, max_size=90))
def test_many_boxes_come_near_the_wished_shape(sizes: list[Size]) -> None:
    packed = pack(sizes, gap=10, ratio=WIDE)
    assert WIDE / 1.7 < packed.width / packed.height < WIDE * 1.7


class Counted(list[Size]):
    """Boxes that count how often they are looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Size]:
        self.looks += len(self)
        return super().__iter__()

    def __getitem__(self, index: Any) -> Any:
        self.looks += 1
        return super().__getitem__(index)


@pytest.mark.parametrize("rise", [0.0, 1.0])  # heights at random, and box by box
def test_work_grows_with_the_number_of_boxes_alone(rise: float) -> None:
    looks = []
    for count in (500, 4000):
        heights = (40 + (i * rise or i * 53 % 260) for i in range(count))
        boxes = Counted((60.0 + i * 37 % 140, height) for i, height in enumerate(heights))
        pack(boxes, gap=10, ratio=WIDE)
        looks.append(boxes.looks / count)
    assert looks[1] < 2 * looks[0]


def test_boxes_without_width_are_set_too() -> None:
    assert len(pack([(0, 10), (0, 20), (0, 90)], gap=0, ratio=WIDE).positions) == 3
