"""Many alike leaves of one box, set in rows inside a frame."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from podviz.figure import Arrow, Box, Relation, Role, Shape
from podviz.scene.boxes import arrow
from podviz.words import word

_FEW = 6
"""Up to so many leaves have an arrow each; a fan of more would be a tower."""

_TIES = 3
"""A leaf has at most so many arrows, all of them those of its neighbours in the frame."""


class _Tie(Struct, frozen=True):
    """One arrow as a leaf sees it: who is at the other end, and whether it leads to the leaf."""

    other: str
    relation: Relation
    is_head: bool
    missing: bool


_Key = tuple[frozenset[_Tie], Shape, str]


def folded(
    boxes: tuple[Box, ...], arrows: tuple[Arrow, ...]
) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    """The boxes and arrows with a frame, and one arrow to it, where more than six alike boxes
    hang on one other. Those in one frame have the same arrows; words on them go into the boxes."""
    owner = {inner: b.id for b in boxes for inner in _ids(b)}
    fans = _fans(boxes, arrows, owner)
    if not fans:
        return boxes, arrows
    said = {owner[a.head]: a.label for a in arrows if a.label and a.head in owner}
    top = {b.id: b for b in boxes}
    frames: dict[str, Box] = {}
    for key, ids in fans.items():
        leaves = [top[id] for id in ids]
        leaves = [
            replace(b, details=(said[b.id], *b.details)) if b.id in said else b for b in leaves
        ]
        frames[ids[0]] = _frame(key, tuple(leaves), {f.id for f in frames.values()})
    inside = {c.id: frame.id for frame in frames.values() for c in frame.children}
    kept = [frames.get(b.id, b) for b in boxes if b.id in frames or b.id not in inside]
    drawn: dict[str, Arrow] = {}
    for one in arrows:
        tail = inside.get(owner.get(one.tail, ""), one.tail)
        head = inside.get(owner.get(one.head, ""), one.head)
        if (tail, head) != (one.tail, one.head):
            one = arrow(tail, head, one.relation, missing=one.missing, place=one.place)
        drawn.setdefault(one.id, one)
    return tuple(kept), tuple(drawn.values())


def _ids(box: Box) -> list[str]:
    return [key for inner in box.walk() for key in (inner.id, *(d.id for d in inner.doors))]


def _fans(
    boxes: tuple[Box, ...], arrows: tuple[Arrow, ...], owner: dict[str, str]
) -> dict[_Key, list[str]]:
    """The same arrows, shape and kind → the leaves that have them, where they are many."""
    ties: defaultdict[str, list[_Tie]] = defaultdict(list)
    for id, tie in _ties(arrows, owner):
        ties[id].append(tie)
    leaves = [b for b in boxes if 0 < len(ties[b.id]) <= _TIES and _is_leaf(b)]
    crowd = Counter((tie, b.shape, b.kind) for b in leaves for tie in set(ties[b.id]))
    fans: defaultdict[_Key, list[str]] = defaultdict(list)
    for leaf in leaves:
        own = frozenset(ties[leaf.id])
        if max(crowd[tie, leaf.shape, leaf.kind] for tie in own) > _FEW:
            fans[own, leaf.shape, leaf.kind].append(leaf.id)
    return {key: ids for key, ids in fans.items() if len(ids) > 1}


def _ties(arrows: tuple[Arrow, ...], owner: dict[str, str]) -> Iterator[tuple[str, _Tie]]:
    """Every arrow, from both its ends."""
    for one in arrows:
        tail, head = owner.get(one.tail, one.tail), owner.get(one.head, one.head)
        yield head, _Tie(one.tail, one.relation, True, one.missing)
        yield tail, _Tie(one.head, one.relation, False, one.missing)


def _is_leaf(box: Box) -> bool:
    """True for boxes that may stand in a frame: no frames themselves, nothing that is missing."""
    return box.shape not in (Shape.SPACE, Shape.FRAME) and box.role is not Role.MISSING


def _frame(key: _Key, leaves: tuple[Box, ...], taken: set[str]) -> Box:
    ties, _, kind = key
    first = min(ties, key=lambda tie: (not tie.is_head, tie.other, tie.relation))
    id = f"{first.other}/{first.relation.value}/{kind}"
    while id in taken:
        id += "'"
    return Box(
        id=id,
        about=first.other,
        kind=kind,
        shape=Shape.FRAME,
        role=Role.OBJECT,
        name=word("many-of", number=len(leaves)),
        children=leaves,
    )
