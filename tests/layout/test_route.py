"""Arrows are orthogonal, end on borders, share buses and cross no box."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wires import Line, crossed, is_on_border, is_orthogonal, length, wire

from podviz.drawing import Rect
from podviz.layout.route import route
from podviz.layout.wire import TRACK, Wire

LEFT, RIGHT = Rect(0, 0, 100, 50), Rect(200, 0, 100, 50)
COLUMN = {f"b{i}": Rect(300, i * 80, 100, 50) for i in range(4)} | {"a": Rect(0, 120, 100, 50)}


def single(given: Wire) -> Line:
    (line,) = route([given])
    return line


# ── one wire ────────────────────────────────────────────────────────────────────────────────


def test_boxes_beside_each_other_are_joined_straight() -> None:
    assert single(wire({"a": LEFT, "b": RIGHT}, "a", "b")) == ((100, 25), (200, 25))


def test_a_lone_wire_slides_to_be_straight_where_it_may() -> None:
    boxes = {"a": LEFT, "b": RIGHT.moved(0, 20)}
    assert single(wire(boxes, "a", "b", lone=True)) == ((100, 40), (200, 40))
    assert len(single(wire(boxes, "a", "b"))) == 4
    apart = {"a": LEFT, "b": RIGHT.moved(0, 60)}
    assert len(single(wire(apart, "a", "b", lone=True))) == 4


def test_a_trunk_runs_in_the_middle_of_the_gap() -> None:
    boxes = {"a": LEFT, "b": RIGHT.moved(0, 100)}
    assert single(wire(boxes, "a", "b")) == ((100, 25), (150, 25), (150, 125), (200, 125))


def test_words_make_the_last_stretch_long() -> None:
    boxes = {"a": LEFT, "b": RIGHT.moved(0, 100)}
    (_, corner, _, end) = single(wire(boxes, "a", "b", label=40))
    assert end[0] - corner[0] > 60


def test_down_a_column_wires_run_from_bottom_to_top() -> None:
    boxes = {"a": LEFT, "b": LEFT.moved(0, 150)}
    line = single(wire(boxes, "a", "b", leave=(0, 1), enter=(0, -1)))
    assert line == ((50, 50), (50, 150))


def test_a_wire_goes_around_what_stands_between() -> None:
    boxes = {"a": LEFT, "wall": Rect(130, -100, 40, 250), "b": RIGHT}
    line = single(wire(boxes, "a", "b"))
    assert crossed(line, boxes) == []
    assert is_orthogonal(line)
    assert length(line) < 100 + 2 * 160


def test_a_wire_back_to_the_left_is_routed_too() -> None:
    boxes = {"a": RIGHT, "b": LEFT}
    line = single(wire(boxes, "a", "b"))
    assert crossed(line, boxes) == []
    assert is_on_border(line[0], RIGHT)
    assert is_on_border(line[-1], LEFT)


def test_a_wire_never_runs_along_a_frame_that_it_enters() -> None:
    frame = Rect(160, -60, 300, 200)
    boxes = {"a": LEFT.moved(0, 60), "b": RIGHT}
    given = wire(boxes, "a", "b", borders=(frame,))
    line = single(given)
    upright = [a[0] for a, b in pairwise(line) if a[0] == b[0]]
    assert all(abs(x - frame.x) >= 5 for x in upright)


# ── several ─────────────────────────────────────────────────────────────────────────────────


def test_wires_of_one_tail_share_their_trunk() -> None:
    lines = route([wire(COLUMN, "a", f"b{i}") for i in range(4)])
    assert {line[0] for line in lines} == {(100, 145)}
    assert {line[1] for line in lines} == {(200, 145)}
    assert [line[-1] for line in lines] == [(300, i * 80 + 25) for i in range(4)]


def test_wires_into_one_head_share_their_last_stretch() -> None:
    turned = {name: Rect(-r.x - r.w, r.y, r.w, r.h) for name, r in COLUMN.items()}
    lines = route([wire(turned, f"b{i}", "a") for i in range(4)])
    assert len({line[-2:] for line in lines}) == 1


def test_wires_of_others_run_a_track_apart() -> None:
    boxes = {
        "a": Rect(0, 0, 100, 50),
        "b": Rect(0, 100, 100, 50),
        "c": Rect(300, 120, 100, 50),
        "d": Rect(300, 220, 100, 50),
    }
    one, other = route([wire(boxes, "a", "c"), wire(boxes, "b", "d")])
    trunks = [a[0] for line in (one, other) for a, b in pairwise(line) if a[0] == b[0]]
    assert len(trunks) == 2
    assert abs(trunks[0] - trunks[1]) >= TRACK - 0.5


def test_nothing_is_routed_without_wires() -> None:
    assert route([]) == ()


# ── any boxes ───────────────────────────────────────────────────────────────────────────────

_CELL = 160.0


@st.composite
def scenes(draw: st.DrawFn) -> tuple[dict[str, Rect], list[Wire]]:
    """Boxes in the cells of a grid, with room between all of them, and wires among them."""
    cells = draw(st.lists(st.integers(0, 15), min_size=2, max_size=9, unique=True))
    boxes = {}
    for cell in cells:
        w, h = draw(st.sampled_from([(60.0, 40.0), (100.0, 100.0), (90.0, 25.0)]))
        x, y = draw(st.tuples(st.integers(0, 20), st.integers(0, 20)))
        boxes[f"b{cell}"] = Rect(cell % 4 * _CELL + x, cell // 4 * _CELL + y, w, h)
    pairs = st.tuples(st.sampled_from(list(boxes)), st.sampled_from(list(boxes)))
    ends = draw(st.lists(pairs.filter(lambda p: p[0] != p[1]), min_size=1, max_size=5, unique=True))
    sides = st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)])
    made = [wire(boxes, a, b, leave=draw(sides), enter=draw(sides)) for a, b in ends]
    return boxes, made


@settings(derandomize=True, deadline=None, max_examples=80)
@given(scenes())
def test_where_boxes_leave_room_no_wire_crosses_one(
    scene: tuple[dict[str, Rect], list[Wire]],
) -> None:
    boxes, wires = scene
    lines = route(wires)
    assert len(lines) == len(wires)
    for one, line in zip(wires, lines, strict=True):
        assert is_orthogonal(line)
        assert is_on_border(line[0], boxes[one.tail])
        assert is_on_border(line[-1], boxes[one.head])
        assert crossed(line, boxes) == []
    assert route(wires) == lines


@pytest.mark.parametrize("count", [1, 30])
def test_many_wires_are_routed_in_time(count: int) -> None:
    boxes = {f"t{i}": Rect(0, i * 60, 80, 30) for i in range(count)}
    boxes |= {f"h{i}": Rect(400, i * 60, 80, 30) for i in range(count)}
    wires = [wire(boxes, f"t{i}", f"h{(i * 7 + 3) % count}") for i in range(count)]
    lines = route(wires)
    assert all(crossed(line, boxes) == [] for line in lines)
