"""One deadline for a whole layout: every loop asks it, and it changes no picture."""

from collections.abc import Callable
from math import inf

import pytest
from wires import wire

from podviz.drawing import Rect
from podviz.errors import DeadlineError
from podviz.figure import Arrow, Box, Relation, Role, Shape
from podviz.layout.align import Tie, level
from podviz.layout.deadline import NEVER, Deadline
from podviz.layout.graph import Graph, place
from podviz.layout.label import place as put
from podviz.layout.pack import pack
from podviz.layout.route import route
from podviz.layout.search import search
from podviz.shapes import draw
from podviz.shapes.block import Pen
from podviz.shapes.floor import plan
from podviz.text import Text

PAST = Deadline(seconds=2, end=-inf)
BOXES = {"a": Rect(0, 0, 100, 50), "b": Rect(300, 0, 100, 50)}
SIZES = ((50.0, 20.0), (50.0, 30.0))
MOUNT = Arrow(id="c→v", tail="c", head="v", relation=Relation.WRITES)
BOX = Box(
    id="p",
    about="p",
    kind="Service",
    shape=Shape.CARD,
    role=Role.OBJECT,
    name=Text.same("p"),
)

LOOPS: dict[str, Callable[[Deadline], object]] = {
    "routing": lambda d: route([wire(BOXES, "a", "b")], d),
    "the search for a way": lambda d: search(wire(BOXES, "a", "b"), [], d),
    "placing words": lambda d: put([((0, 0), (200, 0))], [(40, 12)], [], d),
    "levelling": lambda d: level([(0, 0), (99, 0)], SIZES, [Tie(0, 1, 5, 5)], 10, d),
    "packing": lambda d: pack(SIZES, gap=9, ratio=1.6, deadline=d),
    "drums": lambda d: plan({"c": (0, 90)}, (MOUNT,), {"v": 50}, deadline=d),
    "drawing a box": lambda d: draw(Pen(lang="en", deadline=d), BOX),
    "Graphviz": lambda d: place(Graph(sizes=((7.0, 9.0),) * 2, edges=((0, 1),)), deadline=d),
}


@pytest.mark.parametrize("loop", LOOPS)
def test_every_part_of_a_layout_ends_at_the_deadline(loop: str) -> None:
    with pytest.raises(DeadlineError, match=r"^the layout took longer than 2 s: draw fewer"):
        LOOPS[loop](PAST)
    assert LOOPS[loop](NEVER) == LOOPS[loop](Deadline.of(300))


def test_a_deadline_that_runs_is_not_started_again() -> None:
    assert Deadline.of(PAST) is PAST
    assert PAST.left() == 0
    assert 0 < Deadline.of(300).left() <= 300


def test_deadlines_are_equal_so_that_equal_graphs_are_laid_out_once() -> None:
    assert PAST == NEVER
    assert hash(PAST) == hash(NEVER)
