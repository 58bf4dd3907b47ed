"""Doors stand side by side on a roof, and spread along a border where they would meet."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import PEN, box, doors, draw, rects

from podviz.figure import Box, Door, Shape
from podviz.shapes.border import spread
from podviz.shapes.doors import Capsule, needed, placed

COLUMNS = {"a": (20.0, 220.0), "b": (240.0, 440.0), "c": (460.0, 660.0)}
quick = settings(derandomize=True, deadline=None, max_examples=150)


def door(label: str, *leads: str) -> Door:
    return Door(id=f"{leads}{label}", label=label, about=label, leads=leads)


def roofed(*own: Door) -> Box:
    return box(Shape.ANATOMY, "p", *(box(Shape.CONTAINER, c) for c in COLUMNS), doors=own)


def capsules(*own: Door) -> tuple[Capsule, ...]:
    return placed(PEN, roofed(*own), COLUMNS).capsules


# ── on a roof ───────────────────────────────────────────────────────────────────────────────


def test_doors_of_a_container_stand_above_its_right_end_in_their_order() -> None:
    one, other = capsules(door(":80", "a"), door(":443", "a"))
    assert one.x + one.wide / 2 < other.x - other.wide / 2
    assert other.x + other.wide / 2 == COLUMNS["a"][1] - 14
    assert one.stems == (one.x,)


def test_a_door_of_two_containers_stands_between_with_a_stem_to_each() -> None:
    (capsule,) = capsules(door(":80", "a", "c"))
    first, last = capsule.stems
    assert COLUMNS["a"][0] < first < COLUMNS["a"][1]
    assert COLUMNS["c"][0] < last < COLUMNS["c"][1]
    assert capsule.x == (first + last) / 2


def test_a_door_of_what_is_not_drawn_is_left_out() -> None:
    assert capsules(door(":80", "hidden"), door(":81")) == ()


leads = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True).map(tuple)


@quick
@given(st.lists(leads, max_size=6))
def test_capsules_and_stems_never_meet(given: list[tuple[str, ...]]) -> None:
    own = [door(f":{8000 + i}", *to) for i, to in enumerate(given)]
    made = roofed(*own)
    wide = {c: max(200.0, needed(PEN, made, c)) for c in COLUMNS}
    columns, left = {}, 20.0
    for c in COLUMNS:
        columns[c] = (left, left + wide[c])
        left += wide[c] + 20
    found = placed(PEN, made, columns).capsules
    assert len(found) == len(own)
    for one, other in combinations(found, 2):
        assert abs(one.x - other.x) >= (one.wide + other.wide) / 2 + 4
    stems = sorted(x for capsule in found for x in capsule.stems)
    assert all(b - a > 5 for a, b in pairwise(stems))
    for capsule in found:
        for lead, x in zip(capsule.door.leads, capsule.stems, strict=True):
            assert columns[lead][0] < x < columns[lead][1]


# ── on a border ─────────────────────────────────────────────────────────────────────────────


def test_doors_that_do_not_meet_stand_where_they_wish() -> None:
    assert spread([100, 20, 60], 30, 0, 200) == [100, 20, 60]


def test_doors_that_meet_move_apart_in_their_order() -> None:
    assert spread([50, 50, 52], 30, 0, 200) == [50, 80, 110]
    assert spread([190, 190, 190], 30, 0, 200) == [140, 170, 200]


@quick
@given(st.lists(st.floats(0, 300), max_size=8), st.floats(10, 40))
def test_spread_doors_keep_order_distance_and_bounds(wished: list[float], step: float) -> None:
    found = spread(wished, step, 20, 280)
    order = sorted(range(len(wished)), key=lambda i: wished[i])
    assert all(found[b] - found[a] >= step - 1e-6 for a, b in pairwise(order))
    assert all(y >= 20 - 1e-6 for y in found)
    if (len(wished) - 1) * step <= 260:
        assert all(y <= 280 + 1e-6 for y in found)


@pytest.mark.parametrize("count", [1, 2, 12])
def test_a_pod_grows_with_its_doors(count: int) -> None:
    chip = box(Shape.CHIP, "app")
    own = doors(*range(8000, 8000 + count), lead="app")
    block = draw(box(Shape.POD, "web", chip, doors=own))
    found = [rect for id, rect in rects(block).items() if ":" in id]
    assert len(found) == count
    assert all(abs(a.centre[1] - b.centre[1]) >= 26 - 0.1 for a, b in pairwise(found))
    assert all(rect.centre[0] == pytest.approx(block.body.x) for rect in found)
    assert all(block.body.y < rect.y and rect.bottom <= block.body.bottom + 4 for rect in found)
