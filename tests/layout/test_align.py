"""Columns have straight edges, chains become stairs or rows, arrows become level."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.drawing import Rect
from podviz.layout.align import Point, Tie, columns, folded, level, stairs

SIZE = (100.0, 50.0)


def bodies(*bleeds: float) -> list[Rect]:
    """Frames that begin so far behind the left edge of their blocks: doors jut out there."""
    return [Rect(bleed, 0, 100 - bleed, 50) for bleed in bleeds]


def tie(tail: int, head: int, room: float = 0.0) -> Tie:
    """An arrow from middle to middle."""
    return Tie(tail=tail, head=head, tail_y=25, head_y=25, room=room)


# ── columns ─────────────────────────────────────────────────────────────────────────────────


def test_frames_of_one_rank_begin_on_one_line() -> None:
    places = [(0.0, 0.0), (200.0, 0.0), (200.0, 80.0)]
    found, ranks = columns(places, bodies(0, 0, 15), [SIZE] * 3, [], 40)
    assert found == [(0, 0), (155, 0), (140, 80)]
    assert ranks == (0, 1, 1)


def test_ranks_are_no_farther_apart_than_asked() -> None:
    places = [(0.0, 0.0), (500.0, 0.0), (900.0, 0.0)]
    found, ranks = columns(places, bodies(0, 0, 0), [SIZE] * 3, [tie(0, 1), tie(1, 2)], 40)
    assert [x for x, _ in found] == [0, 140, 280]
    assert ranks == (0, 1, 2)


def test_words_widen_the_gap_that_they_stand_in() -> None:
    places = [(0.0, 0.0), (200.0, 0.0), (400.0, 0.0)]
    ties = [tie(0, 1), tie(1, 2, room=60)]
    found, _ = columns(places, bodies(0, 0, 0), [SIZE] * 3, ties, 40)
    gaps = [b[0] - a[0] - 100 for a, b in pairwise(found)]
    assert gaps[0] == 40
    assert gaps[1] >= 60 + 2 * 14  # words, and stubs on both sides


# ── chains ──────────────────────────────────────────────────────────────────────────────────


def test_stairs_go_down_rank_by_rank_from_the_top() -> None:
    places = [(0.0, 30.0), (140.0, 10.0), (280.0, 30.0)]
    assert stairs(places, (0, 1, 2), 50) == ((0, 0), (140, 30), (280, 100))
    assert stairs(places, (0, 1, 2), 0) == ((0, 20), (140, 0), (280, 20))


def test_a_long_chain_folds_into_rows_like_words_into_lines() -> None:
    places = [(i * 140.0, 0.0) for i in range(6)]
    found = folded(places, [SIZE] * 6, tuple(range(6)), 2, 30)
    assert found == ((0, 0), (140, 0), (280, 0), (0, 80), (140, 80), (280, 80))


def test_ranks_are_never_torn_apart_by_a_fold() -> None:
    places = [(i // 2 * 140.0, i % 2 * 70.0) for i in range(8)]
    ranks = tuple(i // 2 for i in range(8))
    found = folded(places, [SIZE] * 8, ranks, 2, 30)
    for a, b in combinations(range(8), 2):
        if ranks[a] == ranks[b]:
            assert found[a][0] == found[b][0]
    assert len({y for _, y in found}) == 4


# ── levels ──────────────────────────────────────────────────────────────────────────────────


def test_a_tail_stands_level_with_its_only_head() -> None:
    found = level([(0.0, 30.0), (200.0, 0.0)], [SIZE] * 2, [tie(0, 1)], 20)
    assert found == [(0, 0), (200, 0)]


def test_a_tail_stands_in_the_middle_of_its_heads() -> None:
    places = [(0.0, 0.0), (200.0, 0.0), (200.0, 80.0), (200.0, 300.0)]
    odd = level(places, [SIZE] * 4, [tie(0, 1), tie(0, 2), tie(0, 3)], 20)
    assert odd[0] == (0, 80)  # level with the middle one
    even = level(places[:3], [SIZE] * 3, [tie(0, 1), tie(0, 2)], 20)
    assert even[0] == (0, 40)  # half way between


def test_docks_decide_what_is_level() -> None:
    door = Tie(tail=0, head=1, tail_y=25, head_y=10)
    (tail, head) = level([(0.0, 0.0), (200.0, 0.0)], [SIZE] * 2, [door], 20)
    assert tail[1] + 25 == head[1] + 10


def test_a_column_whose_boxes_jut_out_differently_is_still_one() -> None:
    heads = [(200.0, 0.0), (194.0, 80.0), (194.0, 160.0)]
    found = level([(0.0, 0.0), *heads], [SIZE] * 4, [tie(0, 1), tie(0, 2), tie(0, 3)], 20)
    assert found[0] == (0, 80)


def test_a_box_that_is_almost_in_line_with_another_comes_to_be() -> None:
    given = [(0.0, 100.0), (200.0, 0.0), (200.0, 200.0), (400.0, 8.0), (600.0, 8.0)]
    ties = [tie(0, 1), tie(0, 2), tie(3, 4)]
    found = level(given, [SIZE] * 5, ties, 20)
    assert found[1][1] == found[3][1] == found[4][1]


def test_a_box_far_from_every_line_stays() -> None:
    given = [(0.0, 100.0), (200.0, 0.0), (200.0, 200.0), (400.0, 60.0), (600.0, 60.0)]
    found = level(given, [SIZE] * 5, [tie(0, 1), tie(0, 2), tie(3, 4)], 20)
    assert found[1][1] != found[3][1]


places = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=2, max_size=8, unique=True
)
ends = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(places, ends)
def test_making_level_never_lets_boxes_touch(
    cells: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    given: list[Point] = [(x * 150.0, y * 75.0) for x, y in cells]
    sizes = [SIZE] * len(given)
    ties = [tie(a, b) for a, b in pairs if a != b and max(a, b) < len(given)]
    found = level(given, sizes, ties, 20)
    assert [x for x, _ in found] == [x for x, _ in given]
    assert min(y for _, y in found) == 0
    rects = [Rect(x, y, *SIZE).grown(9) for x, y in found]
    assert not any(a.overlaps(b, slack=0.01) for a, b in combinations(rects, 2))


def test_a_long_chain_is_folded_into_even_rows() -> None:
    places = [(i * 150.0 + i % 2 * 0.01, 0.0) for i in range(14)]
    placed = folded(places, [(100.0, 40.0)] * 14, range(14), 4, 60)
    rows = [sum(y == top for _, y in placed) for top in sorted({y for _, y in placed})]
    assert rows == [4, 4, 4, 2]
