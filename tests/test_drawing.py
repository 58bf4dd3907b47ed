"""Rectangles, moves, and where the named boxes of a page stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.drawing import (
    Drawing,
    Group,
    Item,
    Panel,
    Path,
    Rect,
    Run,
    Symbol,
    boxes_of,
    moved,
)
from podviz.text import Text

whole = st.integers(-50, 50).map(float)
sides = st.integers(0, 60).map(float)
rects = st.builds(Rect, whole, whole, sides, sides)


def run(words: str, x: float = 0, y: float = 0) -> Run:
    return Run(x=x, y=y, words=words, size=10, width=30)


def page(*items: Item) -> Drawing:
    return Drawing(
        width=100, height=50, lang="en", title="", summary=Text.same(""), name="", items=items
    )


# ── rectangles ──────────────────────────────────────────────────────────────────────────────


def test_a_rectangle_knows_its_sides_and_centre() -> None:
    rect = Rect(10, 20, 30, 40)
    assert (rect.right, rect.bottom, rect.centre) == (40, 60, (25, 40))
    assert rect.grown(5) == Rect(5, 15, 40, 50)
    assert rect.grown(5).grown(-5) == rect
    assert rect.union(Rect(0, 50, 5, 5)) == Rect(0, 20, 40, 40)


def test_rectangles_that_only_touch_do_not_overlap() -> None:
    assert not Rect(0, 0, 10, 10).overlaps(Rect(10, 0, 10, 10))
    assert Rect(0, 0, 10, 10).overlaps(Rect(9, 9, 10, 10))
    assert not Rect(0, 0, 10, 10).overlaps(Rect(9, 9, 10, 10), slack=1)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(rects, rects, whole, whole)
def test_overlap_is_mutual_and_moves_along(one: Rect, other: Rect, dx: float, dy: float) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.moved(dx, dy).overlaps(other.moved(dx, dy)) == one.overlaps(other)
    assert one.union(other) == other.union(one)
    around = one.union(other)
    assert around.union(one) == around


# ── moves ───────────────────────────────────────────────────────────────────────────────────


def test_every_item_moves() -> None:
    rect = Rect(0, 0, 10, 10)
    assert moved(Panel(rect=rect), 3, 4) == Panel(rect=Rect(3, 4, 10, 10))
    assert moved(Symbol(name="Pod", rect=rect), 3, 4) == Symbol(name="Pod", rect=Rect(3, 4, 10, 10))
    assert moved(run("app"), 3, 4) == run("app", 3, 4)
    assert moved(Group(items=(), dx=1, dy=2), 3, 4) == Group(items=(), dx=4, dy=6)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (("M", (1, 2)), ("M", (4, 6))),
        (("H", (1,)), ("H", (4,))),
        (("V", (1,)), ("V", (5,))),
        (("C", (1, 1, 2, 2, 3, 3)), ("C", (4, 5, 5, 6, 6, 7))),
        (("Q", (1, 1, 2, 2)), ("Q", (4, 5, 5, 6))),
        (("A", (8, 8, 0, 0, 1, 5, 5)), ("A", (8, 8, 0, 0, 1, 8, 9))),
        (("Z", ()), ("Z", ())),
    ],
)
def test_every_step_of_a_path_moves_only_where_it_ends(
    step: tuple[str, tuple[float, ...]], expected: tuple[str, tuple[float, ...]]
) -> None:
    assert moved(Path(steps=(step,)), 3, 4) == Path(steps=(expected,))


# ── pages ───────────────────────────────────────────────────────────────────────────────────


def test_boxes_stand_where_all_groups_around_them_move_them() -> None:
    door = Group(items=(), id="door", dx=1, dy=1, box=Rect(0, 0, 4, 4))
    pod = Group(items=(run("web"), door), id="pod", dx=10, dy=20, box=Rect(2, 2, 30, 30))
    without_frame = Group(items=(), id="free")
    drawn = page(Group(items=(pod,), dx=100), without_frame)
    assert drawn.boxes() == {"pod": Rect(112, 22, 30, 30), "door": Rect(111, 21, 4, 4)}
    assert dict(boxes_of((pod,), 5, 5))["door"] == Rect(16, 26, 4, 4)


def test_letters_are_those_of_all_text_however_deep() -> None:
    inner = Group(items=(run("앱"), Symbol(name="Pod", rect=Rect(0, 0, 1, 1))))
    assert page(run("ab"), Group(items=(inner,))).letters() == {"a", "b", "앱"}
    assert page().letters() == set()
