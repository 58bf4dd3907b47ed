"""Text stands out from what it stands on."""

from collections.abc import Iterator

from .picture import Picture, Shape
from .texts import ground_of

_LEAST = 4.5
"""WCAG 2.2, 1.4.3: contrast of text (https://www.w3.org/TR/WCAG22/#contrast-minimum)."""


def check(picture: Picture) -> Iterator[str]:
    for place, word in picture.words():
        ground = ground_of(place, word, picture)
        shape = picture.items[ground] if ground >= 0 else None
        under = shape.colour if isinstance(shape, Shape) else picture.colour
        found = contrast(word.colour, under) if under.startswith("#") else 1.0
        if found < _LEAST - 0.005:
            yield f"text {word.words!r}: {word.colour} on {under} has a contrast of {found:.1f}:1"


def contrast(one: str, other: str) -> float:
    """From 1 for equal colours to 21 for black on white; colours are `#RRGGBB`."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
