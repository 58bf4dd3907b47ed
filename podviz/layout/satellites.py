"""Autoscalers above what they scale: one block for the layout."""

from collections import Counter
from dataclasses import replace

from podviz.drawing import Group
from podviz.figure import Arrow, Box, Relation
from podviz.shapes.block import Block

_GAP = 34.0


def mounted(
    boxes: list[Box], blocks: list[Block], arrows: tuple[Arrow, ...], owner: dict[str, str]
) -> tuple[list[Box], list[Block], dict[str, str]]:
    """The boxes, blocks and owners with each autoscaler standing on the box that it scales.

    Left to right its arrow would have to cross those of the Services; above, it crosses nothing.
    """
    above = _pairs(arrows, owner)
    by_id = {b.id: block for b, block in zip(boxes, blocks, strict=True)}
    kept = [b for b in boxes if b.id not in above.values()]
    merged = [
        _stacked(by_id[above[b.id]], by_id[b.id]) if b.id in above else by_id[b.id] for b in kept
    ]
    below = {scaler: box for box, scaler in above.items()}
    return kept, merged, {key: below.get(box, box) for key, box in owner.items()}


def _pairs(arrows: tuple[Arrow, ...], owner: dict[str, str]) -> dict[str, str]:
    """Box → the one autoscaler that stands on it: one with no other arrow."""
    ends = Counter(owner[end] for a in arrows for end in (a.tail, a.head))
    pairs: dict[str, str] = {}
    for arrow in arrows:
        scaler, box = owner[arrow.tail], owner[arrow.head]
        if arrow.relation is Relation.SCALES and ends[scaler] == 1 and scaler != box:
            pairs.setdefault(box, scaler)
    return pairs


def _stacked(upper: Block, lower: Block) -> Block:
    """Both blocks with the left edges of their frames in line."""
    left = max(upper.body.x, lower.body.x)
    drop = upper.height + _GAP
    items = (upper.at(left - upper.body.x, 0), lower.at(left - lower.body.x, drop))
    frame = lower.body.moved(left - lower.body.x, drop)
    return Block(
        width=max(g.dx + b.width for g, b in zip(items, (upper, lower), strict=True)),
        height=drop + lower.height,
        group=replace(Group(items=items), box=frame),
    )
