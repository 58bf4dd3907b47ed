"""Arrows and stems run around boxes and signs, and arrows apart from each other."""

from collections.abc import Iterator
from itertools import combinations

from .area import Line, Point, crosses, together
from .ends import NEAR, Ends, ends_of
from .picture import Arrow, Box, Picture, Shape

_NEAR = 1.5
_RUN = 4.0
"""So many points may two arrows run along each other before it counts."""


def check(picture: Picture) -> Iterator[str]:
    found = [(arrow, ends_of(arrow, picture)) for arrow in picture.arrows]
    for arrow, ends in found:
        allowed = _allowed(arrow, ends)
        yield from _through(arrow.name, arrow.lines, allowed, picture)
        yield from _over_signs(arrow, picture)
        around = arrow.holder.area if arrow.holder else picture.page
        if any(not around.contains(p) for line in arrow.lines for p in line):
            yield f"{arrow.name} leaves {arrow.holder.id if arrow.holder else 'the page'}"
    yield from _stems(picture)
    for (one, ends), (other, more) in combinations(found, 2):
        if not ends.shares(more):
            along = together(one.lines, other.lines, _NEAR)
            if along > _RUN:
                yield f"{one.name} runs on {other.name} for {along:.0f} points"


def _allowed(arrow: Arrow, ends: Ends) -> set[Box]:
    """What an arrow may run through: what holds its ends, and it."""
    around = {b for end in (*ends.tails, *ends.heads) for b in end.line[1:]}
    return around | set(arrow.holder.line if arrow.holder else ())


def _through(
    name: str, lines: tuple[Line, ...], allowed: set[Box], picture: Picture
) -> Iterator[str]:
    """The outermost foreign boxes that the lines run through, and marks wherever they are."""
    hit: set[Box] = set()
    for box in picture.boxes:
        if box in allowed or hit & set(box.line):
            continue
        if any(crosses(line, box.inside) for line in lines):
            hit.add(box)
            yield f"{name} runs through box {box.id}"
    for mark in picture.marks():
        if mark.holder in hit:
            continue
        if any(crosses(line, mark.area.grown(-1)) for line in lines):
            yield f"{name} runs through symbol {mark.name}"


def _over_signs(arrow: Arrow, picture: Picture) -> Iterator[str]:
    """Pills, tags and squares that were there before the arrow."""
    for place, shape in picture.shapes():
        if place >= arrow.place or not shape.is_sign or shape.arrow is not None:
            continue
        if any(crosses(line, shape.area.grown(-1.5)) for line in arrow.lines):
            owner = shape.holder.id if shape.holder else "the page"
            yield f"{arrow.name} runs over a sign of {owner}"


# ── stems ───────────────────────────────────────────────────────────────────────────────────


def _stems(picture: Picture) -> Iterator[str]:
    """Lines without a head: from a door to what stands behind it, or right across a box."""
    heads = {a.place for a in picture.arrows if a.id is None}
    for place, shape in picture.shapes():
        if shape.filled or place in heads or shape.arrow or _is_closed(shape) or not shape.holder:
            continue
        lines = tuple(line for line in shape.lines if not _is_divider(line, shape.holder))
        name = f"a line of box {shape.holder.id}"
        yield from _through(name, lines, _reached(shape, picture), picture)
        yield from _short(lines, picture)


def _short(lines: tuple[Line, ...], picture: Picture) -> Iterator[str]:
    """Stems that begin at a door and stop before what stands behind it."""
    for line in lines:
        doors = [b for b in picture.boxes if b.is_door and b.area.contains(line[0], NEAR)]
        behind = (b for b in picture.boxes if not b.is_door)
        if doors and all(b.off_border(line[-1]) > NEAR for b in behind):
            yield f"a stem of door {doors[0].id} ends before any box"


def _is_closed(shape: Shape) -> bool:
    return all(line[0] == line[-1] for line in shape.lines)


def _is_divider(line: Line, holder: Box) -> bool:
    return all(holder.area.distance(p) <= 2 for p in (line[0], line[-1]))


def _reached(shape: Shape, picture: Picture) -> set[Box]:
    """Where a stem starts or ends, and what is around that."""
    ends: list[Point] = [p for line in shape.lines for p in (line[0], line[-1])]
    own = set(shape.holder.line if shape.holder else ())
    return own | {b for b in picture.boxes if any(b.inside.contains(p) for p in ends)}
