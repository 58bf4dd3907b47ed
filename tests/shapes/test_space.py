"""A namespace around what is in it, and a tray of marks."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pieces import PEN, box, draw, escaping, items, overlapping, rects, said

from podviz.drawing import Panel, Rect, Symbol
from podviz.figure import Box, Mark, Shape
from podviz.layout.arrange import arrange
from podviz.layout.part import Engine, Part
from podviz.shapes.block import Block
from podviz.shapes.space import HEAD, PAD


def mark(kind: str, *names: str) -> Mark:
    return Mark(kind=kind, members=tuple(f"{kind}/{n}" for n in names), names=names)


@contextmanager
def holding(space: Box, part: Part) -> Iterator[None]:
    """The pen knows what is in a namespace, as the layout tells it."""
    PEN.insides[space.id] = part
    yield
    del PEN.insides[space.id]


def spaced(name: str, *children: Box, wide: float | None = None) -> tuple[Block, Part]:
    space = box(Shape.SPACE, name, *children)
    part = arrange(PEN, children, (), head=HEAD, least=0, engine=Engine())
    with holding(space, part):
        return draw(space, wide), part


# ── namespaces ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 2, 7])
def test_all_that_is_in_a_namespace_stands_below_its_heading(count: int) -> None:
    children = tuple(box(Shape.CARD, f"card-{i}") for i in range(count))
    block, part = spaced("shop", *children)
    inside = Rect(PAD, HEAD, part.width, part.height)
    for name, rect in rects(block).items():
        if name != "shop":
            assert inside.grown(0.01).overlaps(rect)
            assert rect.y >= HEAD - 0.01
            assert rect.right <= block.body.right - PAD + 0.01
            assert rect.bottom <= block.body.bottom - PAD + 0.01
    assert "shop" in said(block)
    assert overlapping(block) == []


@pytest.mark.parametrize("name", ["shop", "a-namespace-with-a-long-name", "x" * 63])
def test_a_heading_stays_in_its_frame(name: str) -> None:
    block, _ = spaced(name, box(Shape.CARD, "c"))
    assert escaping(block) == []


def test_a_namespace_takes_the_room_that_it_is_given() -> None:
    block, _ = spaced("shop", box(Shape.CARD, "c"), wide=900)
    assert block.body.w == 900


# ── trays ───────────────────────────────────────────────────────────────────────────────────


def tray(*marks: Mark) -> Box:
    return box(Shape.TRAY, "Configuration and rights", marks=marks)


def test_a_tray_has_a_line_for_each_kind_with_an_icon_and_the_names() -> None:
    block = draw(tray(mark("ConfigMap", "web"), mark("Secret", "a", "b")))
    assert said(block) == "Configuration and rights ConfigMap web Secret ×2 a, b"
    assert sum(isinstance(i, Symbol) for i in items(block)) == 2
    assert escaping(block) == []
    assert overlapping(block) == []


@pytest.mark.parametrize("count", [3, 40, 400])
def test_many_names_wrap_into_three_lines_at_most(count: int) -> None:
    block = draw(tray(mark("ConfigMap", *(f"settings-{i:03}" for i in range(count)))))
    assert block.height < 120
    assert block.body.w <= 520
    assert escaping(block) == []
    assert overlapping(block) == []


def test_a_long_name_is_cut_and_a_wide_tray_has_room_for_more() -> None:
    long = tray(mark("ServiceAccount", *("x" * 63 + str(i) for i in range(5))))
    assert escaping(draw(long)) == []
    wide = draw(long, wide=1200)
    assert wide.body.w == 1200
    assert escaping(wide) == []


def test_an_empty_tray_is_a_panel_with_its_name() -> None:
    block = draw(tray())
    assert said(block) == "Configuration and rights"
    assert any(isinstance(i, Panel) for i in items(block))
