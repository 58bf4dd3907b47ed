"""Whatever touches a rectangle is found, and what is far is not looked at."""

from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.drawing import Rect
from podviz.layout.cells import Cells

sides = st.floats(0, 300)
places = st.floats(-500, 500)
rects = st.builds(Rect, places, places, sides, sides)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(rects, max_size=90), rects)
def test_what_overlaps_is_always_found(things: list[Rect], asked: Rect) -> None:
    cells: Cells[Rect] = Cells()
    for thing in things:
        cells.add(thing, thing.x, thing.y, thing.right, thing.bottom)
    near = set(cells.near(asked.x, asked.y, asked.right, asked.bottom))
    met = {t for t in things if t.overlaps(asked)}
    assert met <= near <= set(things)
    assert cells.is_met(asked.x, asked.y, asked.right, asked.bottom) is bool(met)


def test_what_is_far_is_not_found() -> None:
    cells: Cells[str] = Cells()
    for i in range(100):  # of a few all are looked through
        cells.add("far", 1000 + i, 1000, 1010 + i, 1010)
    assert not list(cells.near(0, 0, 200, 200))


def test_a_family_can_be_left_out() -> None:
    cells: Cells[str] = Cells()
    cells.add("own", 0, 0, 10, 10, "bus")
    cells.add("other", 0, 0, 10, 10)
    assert list(cells.near(0, 0, 1, 1, ("bus",))) == ["other"]
