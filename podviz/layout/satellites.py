"""Autoscalers above and claims below a workload: one block for the layout."""

from collections import Counter

from msgspec.structs import replace

from podviz.drawing import Group
from podviz.figure import Arrow, Box, Relation, Shape
from podviz.shapes.block import Block

_GAP = 30.0


def mounted(
    boxes: list[Box], blocks: list[Block], arrows: tuple[Arrow, ...], owner: dict[str, str]
) -> tuple[list[Box], list[Block], dict[str, str]]:
    """The boxes, blocks and owners with satellites standing on and under what they belong to.

    Left to right an autoscaler's arrow would have to cross those of the Services; above, it
    crosses nothing. A workload's claims stand below it, as they do on a slide.
    """
    above, below = _satellites(boxes, arrows, owner)
    by_id = {b.id: block for b, block in zip(boxes, blocks, strict=True)}
    moons = {moon: planet for planet, ids in (*above.items(), *below.items()) for moon in ids}
    kept = [b for b in boxes if b.id not in moons]
    merged = [
        _stacked(
            [by_id[m] for m in above.get(b.id, ())],
            by_id[b.id],
            [by_id[m] for m in below.get(b.id, ())],
        )
        for b in kept
    ]
    return kept, merged, {key: moons.get(box, box) for key, box in owner.items()}


def _satellites(
    boxes: list[Box], arrows: tuple[Arrow, ...], owner: dict[str, str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Box → the autoscaler above it; workload → the claim below it. Each has one arrow only."""
    ends = Counter(owner[end] for a in arrows for end in (a.tail, a.head))
    workloads = {b.id for b in boxes if b.shape is Shape.WORKLOAD}
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for arrow in arrows:
        tail, head = owner[arrow.tail], owner[arrow.head]
        if arrow.relation is Relation.SCALES and ends[tail] == 1 and head not in above:
            above[head] = [tail]
        if (
            arrow.relation is Relation.MOUNTS
            and ends[head] == 1
            and tail in workloads
            and tail not in below
        ):
            below[tail] = [head]
    return above, below


def _stacked(upper: list[Block], middle: Block, lower: list[Block]) -> Block:
    """All under each other, with the left edges of their frames in line."""
    if not upper and not lower:
        return middle
    column = [*upper, middle, *lower]
    left = max(block.body.x for block in column)
    items: list[Group] = []
    y = 0.0
    for block in column:
        items.append(block.at(left - block.body.x, y))
        y += block.height + _GAP
    at = items[len(upper)]
    return Block(
        width=max(g.dx + b.width for g, b in zip(items, column, strict=True)),
        height=y - _GAP,
        group=replace(Group(items=tuple(items)), box=middle.body.moved(at.dx, at.dy)),
    )
