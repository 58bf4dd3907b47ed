"""The page: its shape, its margins, the size of its text."""

from collections.abc import Iterator

from .area import Area, union
from .picture import Item, Picture, Word

_LONGEST = 3.0
_LEAST, _WIDEST, _PART = 4.0, 26.0, 0.04
"""Margins: at least 4 points; at most 4 % of the width, or 26 points where that is more."""

_SMALLEST = 60
_NARROW, _WIDE = 4 / 3, 2.0


def check(picture: Picture, *, lecture: bool) -> Iterator[str]:
    ratio = picture.width / picture.height
    single = sum(box.parent is None for box in picture.boxes) == 1
    if not single and not 1 / _LONGEST - 0.001 <= ratio <= _LONGEST + 0.001:
        size = f"{picture.width:.0f} × {picture.height:.0f}"
        yield f"the picture is a ribbon: {size} is {ratio:.2f}:1"
    yield from _margins(picture)
    if lecture:
        yield from _slide(picture, ratio)


def _margins(picture: Picture) -> Iterator[str]:
    areas = [_line_box(item) for item in picture.items] + [box.area for box in picture.boxes]
    if not areas:
        yield "the picture is empty"
        return
    content = union(areas)
    sides = {
        "left": content.left,
        "top": content.top,
        "right": picture.width - content.right,
        "bottom": picture.height - content.bottom,
    }
    most = max(_WIDEST, picture.width * _PART)
    for side, margin in sides.items():
        if margin < _LEAST:
            yield f"only {margin:.1f} points are left at the {side} edge of the page"
        elif margin > most + 0.1:
            yield f"the {side} margin of {margin:.1f} points is more than {most:.1f}"


def _line_box(item: Item) -> Area:
    """Text takes a line's height of room, not its ink's."""
    return item.area.grown(0, 0.15 * item.size) if isinstance(item, Word) else item.area


def _slide(picture: Picture, ratio: float) -> Iterator[str]:
    """What the last row can read."""
    least = picture.height / _SMALLEST
    for _, word in picture.words():
        if word.size < least - 0.01:
            yield f"text {word.words!r} of {word.size:g} points is below {least:.1f}, height / 60"
    if not _NARROW - 0.005 <= ratio <= _WIDE + 0.005:
        yield f"the slide's ratio of {ratio:.2f} is not between 4:3 and 2:1"
