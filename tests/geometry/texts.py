"""Text stands in its box, apart from other text, under nothing and over nothing."""

from collections.abc import Iterator
from itertools import combinations

from .area import crosses
from .picture import Box, Picture, Shape, Word, stands_in

_APART = 1.0
"""Points between two texts on one line, and between a text and its box."""

_SLACK = 0.5

_CLEAR = -1.0
"""Shapes and boxes that the text does not stand on come no nearer than a point."""


def check(picture: Picture) -> Iterator[str]:
    words = list(picture.words())
    for place, word in words:
        yield from _glyphs(word)
        ground = ground_of(place, word, picture)
        yield from _leaves(word, ground, picture)
        yield from _under(word, place, ground, picture)
        yield from _covers(word, picture)
    for (_, one), (_, other) in combinations(words, 2):
        if one.area.grown(_APART / 2, 0).overlaps(other.area.grown(_APART / 2, 0)):
            yield f"text {one.words!r} touches text {other.words!r}"


def _glyphs(word: Word) -> Iterator[str]:
    if word.lacking:
        yield f"text {word.words!r}: the embedded font lacks {word.lacking!r}"
    if word.unheld:
        yield f"text {word.words!r}: no textLength holds {word.unheld!r} of another font"


def ground_of(place: int, word: Word, picture: Picture) -> int:
    """Where among the items the filled shape is that the text stands on; -1 for the page."""
    below = range(place - 1, -1, -1)
    return next((i for i in below if _carries(picture.items[i], word)), -1)


def _carries(item: object, word: Word) -> bool:
    return isinstance(item, Shape) and item.filled and item.area.holds(word.area, _SLACK)


def _leaves(word: Word, ground: int, picture: Picture) -> Iterator[str]:
    """Text keeps within its box, or within a sign of that box, and on the page."""
    by = picture.page.excess(word.area)
    if by > 0:
        yield f"text {word.words!r} leaves the page by {by:.1f}"
    holder = word.holder
    if holder is None:
        return
    by = holder.area.excess(word.area.grown(_APART, 0))
    if by <= 0:
        return
    sign = picture.items[ground] if ground >= 0 else None
    if not (isinstance(sign, Shape) and sign.is_sign and sign.holder is holder):
        yield f"text {word.words!r} leaves its box {holder.id} by {by:.1f}"


def _under(word: Word, place: int, ground: int, picture: Picture) -> Iterator[str]:
    """Nothing between the text and its ground, and nothing over it."""
    for i in range(ground + 1, len(picture.items)):
        item = picture.items[i]
        if isinstance(item, Shape) and not _is_foreign(item, word) and _meets(item, word):
            where = f"box {item.holder.id}" if item.holder else "the page"
            by = f"arrow {item.arrow}" if item.arrow else f"a shape of {where}"
            yield f"text {word.words!r} is touched by {by}"
        elif not isinstance(item, Shape | Word) and item.area.overlaps(word.area, _SLACK):
            yield f"text {word.words!r} touches symbol {item.name}"


def _is_foreign(shape: Shape, word: Word) -> bool:
    """True for what lies within a box that the text is not in: that box is judged itself."""
    box = shape.holder
    own = word.holder.line if word.holder else ()
    return box is not None and box not in own and box.area.holds(shape.area, 1)


def _meets(shape: Shape, word: Word) -> bool:
    if shape.filled:
        return shape.area.overlaps(word.area, _CLEAR)
    inside = word.area.grown(-_SLACK / 2)
    return any(crosses(line, inside) for line in shape.lines)


def _covers(word: Word, picture: Picture) -> Iterator[str]:
    """Boxes that the text is not in; an arrow's words may stand where its ends do."""
    own: tuple[Box, ...] = word.holder.line if word.holder else ()
    for box in picture.boxes:
        if box in own or any(inner.leads_to(box) for inner in own):
            continue
        if not box.area.overlaps(word.area, _CLEAR):
            continue
        if stands_in(word, box, picture):
            continue
        yield f"text {word.words!r} touches box {box.id}"
