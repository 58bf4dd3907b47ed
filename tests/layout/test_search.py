"""The cheapest way: short, few bends, on its own bus, off all others; none if there is none."""

from itertools import pairwise

from wires import crossed, is_orthogonal, wire

from podviz.drawing import Rect
from podviz.layout.search import search
from podviz.layout.wire import Segment

BOXES = {"a": Rect(0, 0, 100, 50), "b": Rect(300, 0, 100, 50)}


def test_a_free_way_is_straight() -> None:
    assert search(wire(BOXES, "a", "b"), []) == ((100, 25), (300, 25))


def test_the_way_around_a_wall_is_the_shorter_one() -> None:
    boxes = BOXES | {"wall": Rect(180, -20, 40, 400)}
    line = search(wire(boxes, "a", "b"), [])
    assert line is not None
    assert is_orthogonal(line)
    assert crossed(line, boxes) == []
    assert min(y for _, y in line) < -20
    assert max(y for _, y in line) <= 50


def test_a_box_that_is_walled_in_is_not_reached() -> None:
    ring = {
        "north": Rect(250, -60, 200, 20),
        "south": Rect(250, 90, 200, 20),
        "west": Rect(250, -60, 20, 170),
        "east": Rect(430, -60, 20, 170),
    }
    assert search(wire(BOXES | ring, "a", "b"), []) is None


def test_a_wire_takes_the_bus_of_its_own_tail() -> None:
    boxes = {"a": Rect(0, 0, 100, 50), "b": Rect(300, 200, 100, 50)}
    bus = [Segment((100, 25), (210, 25), "a", "c"), Segment((210, 25), (210, 400), "a", "c")]
    line = search(wire(boxes, "a", "b"), bus)
    assert line == ((100, 25), (210, 25), (210, 225), (300, 225))


def test_a_wire_keeps_off_the_lines_of_others() -> None:
    boxes = {"a": Rect(0, 0, 100, 50), "b": Rect(300, 200, 100, 50)}
    foreign = [Segment((200, -300), (200, 600), "x", "y")]
    line = search(wire(boxes, "a", "b"), foreign)
    assert line is not None
    upright = [a[0] for a, b in pairwise(line) if a[0] == b[0]]
    assert upright
    assert all(abs(x - 200) > 5 for x in upright)


def test_docks_on_other_sides_are_taken_where_the_first_are_shut() -> None:
    shut = {"wall": Rect(108, -40, 20, 130)}
    line = search(wire(BOXES | shut, "a", "b"), [])
    assert line is not None
    assert line[0][0] != 100
    assert crossed(line, BOXES | shut) == []
