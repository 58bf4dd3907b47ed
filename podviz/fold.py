"""Many alike leaves of one box, set in rows inside a frame."""

from collections import Counter, defaultdict

from podviz.boxes import arrow
from podviz.figure import Arrow, Box, Relation, Role, Shape
from podviz.words import word

_FEW = 6
"""Up to so many leaves have an arrow each; a fan of more would be a tower."""


def folded(
    boxes: tuple[Box, ...], arrows: tuple[Arrow, ...]
) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    """The boxes and arrows with one frame, and one arrow to it, for more than six alike leaves
    of one tail. A leaf has no other arrow; alike are boxes of one shape and kind."""
    frames = {ids[0]: _frame(key, ids, boxes) for key, ids in _fans(boxes, arrows).items()}
    inside = {c.id: frame.id for frame in frames.values() for c in frame.children}
    if not frames:
        return boxes, arrows
    kept = [frames.get(b.id, b) for b in boxes if b.id in frames or b.id not in inside]
    owner = {inner: b.id for b in boxes for inner in _ids(b)}
    drawn: dict[str, Arrow] = {}
    for one in arrows:
        frame = inside.get(owner.get(one.head, ""))
        made = arrow(one.tail, frame, one.relation, place=one.place) if frame else one
        drawn.setdefault(made.id, made)
    return tuple(kept), tuple(drawn.values())


def _ids(box: Box) -> list[str]:
    return [key for inner in box.walk() for key in (inner.id, *(d.id for d in inner.doors))]


Key = tuple[str, Relation, Shape, str]


def _fans(boxes: tuple[Box, ...], arrows: tuple[Arrow, ...]) -> dict[Key, list[str]]:
    """(tail, relation, shape, kind) → its leaves by id, where they are many."""
    top = {b.id: b for b in boxes}
    owner = {inner: b.id for b in boxes for inner in _ids(b)}
    touched = Counter(owner[end] for a in arrows for end in {a.tail, a.head} if end in owner)
    fans: defaultdict[Key, list[str]] = defaultdict(list)
    for one in arrows:
        head = owner.get(one.head, "")
        if head in top and touched[head] == 1 and not one.label and not one.missing:
            leaf = top[head]
            if one.tail in owner and owner[one.tail] != head and leaf.role is not Role.MISSING:
                fans[one.tail, one.relation, leaf.shape, leaf.kind].append(head)
    return {key: ids for key, ids in fans.items() if len(ids) > _FEW}


def _frame(key: Key, ids: list[str], boxes: tuple[Box, ...]) -> Box:
    tail, relation, _, kind = key
    leaves = tuple(b for b in boxes if b.id in set(ids))
    return Box(
        id=f"{tail}/{relation.value}/{kind}",
        about=tail,
        kind=kind,
        shape=Shape.FRAME,
        role=Role.OBJECT,
        name=word("many-of", number=len(leaves)),
        children=leaves,
    )
