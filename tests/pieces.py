"""Boxes of figures by hand, and what of a drawn block can be measured."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from podviz import shapes
from podviz.drawing import Group, Item, Rect, Run, boxes_of, moved
from podviz.figure import Box, Door, Role, Shape, Tag
from podviz.shapes.block import Block, Pen, Room
from podviz.text import Text

PEN = Pen(lang="en")
ROLES = {
    Shape.ANATOMY: ("Pod", Role.POD),
    Shape.POD: ("Pod", Role.POD),
    Shape.CONTAINER: ("Container", Role.MAIN),
    Shape.CHIP: ("Container", Role.MAIN),
    Shape.VOLUME: ("Volume", Role.VOLUME),
    Shape.NODE: ("Node", Role.NODE),
    Shape.LANE: ("Lane", Role.WAITING),
    Shape.SLOT: ("Slot", Role.NODE),
    Shape.CARD: ("Service", Role.OBJECT),
    Shape.WORKLOAD: ("Deployment", Role.OBJECT),
    Shape.ADDRESS: ("Address", Role.OUTSIDE),
    Shape.FRAME: ("Deployment", Role.OBJECT),
    Shape.SPACE: ("Namespace", Role.OBJECT),
    Shape.TRAY: ("Tray", Role.OBJECT),
}


def box(shape: Shape, name: str, *children: Box, **more: Any) -> Box:
    """A box of this shape with the kind and role that it has in figures."""
    kind, role = ROLES[shape]
    given = {"role": role, "kind": kind} | more
    return Box(id=name, about=name, shape=shape, name=Text.same(name), children=children, **given)


def tag(words: str) -> Tag:
    return Tag(words=Text.same(words), role="good", mark="good")


def doors(*numbers: int, lead: str = "") -> tuple[Door, ...]:
    leads = (lead,) if lead else ()
    return tuple(
        Door(id=f"{lead}:{n}", label=f":{n}", about=f"{lead}:{n}", leads=leads) for n in numbers
    )


def draw(given: Box, wide: float | None = None, high: float | None = None) -> Block:
    return shapes.draw(PEN, given, Room(w=wide, h=high))


# ── measures ────────────────────────────────────────────────────────────────────────────────


def items(block: Block) -> Iterator[Item]:
    """All that is no group, where it stands in the block."""
    return _flat((block.group,), 0, 0)


def _flat(given: tuple[Item, ...], dx: float, dy: float) -> Iterator[Item]:
    for item in given:
        if isinstance(item, Group):
            yield from _flat(item.items, dx + item.dx, dy + item.dy)
        else:
            yield moved(item, dx, dy)


def words(block: Block) -> list[tuple[str, Rect]]:
    """Every line of text with the room that it takes."""
    found = [i for i in items(block) if isinstance(i, Run)]
    return [(r.words, Rect(r.x, r.y - 0.75 * r.size, r.width, 0.95 * r.size)) for r in found]


def said(block: Block) -> str:
    """All words of a block, as they stand."""
    return " ".join(line for line, _ in words(block))


def rects(block: Block) -> dict[str, Rect]:
    """Where every named part stands in the block."""
    return dict(boxes_of((block.group,)))


def escaping(block: Block) -> list[str]:
    """Words that leave the block's frame, but for those of doors, pills and turns on it."""
    own = block.body
    border = [r.grown(1) for id, r in rects(block).items() if ":" in id]
    stray = []
    for line, rect in words(block):
        sign = line.startswith("×") or (line.isdigit() and rect.x < own.x)
        on_border = sign or any(rect.overlaps(r) for r in border)
        if not on_border and not is_within(rect, own):
            stray.append(line)
    return stray


def is_within(inner: Rect, outer: Rect) -> bool:
    room = outer.grown(0.01)
    return (
        room.x <= inner.x
        and room.y <= inner.y
        and inner.right <= room.right
        and inner.bottom <= room.bottom
    )


def overlapping(block: Block) -> list[tuple[str, str]]:
    """Lines of text that run into each other."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(words(block), 2)
        if a.overlaps(b, slack=0.6)
    ]
