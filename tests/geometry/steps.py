"""The path data of SVG as lines through points."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import acos, cos, hypot, pi, sin, sqrt

from .area import Line, Point

_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "A": 7, "Z": 0}
_FINE = 12
"""Into how many straight pieces a curve is cut."""


def subpaths(data: str) -> tuple[Line, ...]:
    """Every part of a path with absolute commands, curves cut into short straight pieces.

    Raises ValueError for a command that podviz does not write.
    """
    done: list[Line] = []
    points: list[Point] = []
    for letter, numbers in _commands(data):
        if letter == "M":
            done += [tuple(points)] if len(points) > 1 else []
            points = [(numbers[0], numbers[1])]
        elif letter == "Z":
            points.append(points[0])
        else:
            points += _reached(letter, numbers, points[-1])
    return (*done, tuple(points)) if len(points) > 1 else tuple(done)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        if letter not in _TAKES:
            raise ValueError(f"path command {letter!r} is not understood")
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", rest)]
        each = _TAKES[letter]
        if not each:
            yield letter, []
            continue
        if not numbers or len(numbers) % each:
            raise ValueError(f"path command {letter!r} takes {each} numbers, not {len(numbers)}")
        for i in range(0, len(numbers), each):
            yield "L" if i and letter == "M" else letter, numbers[i : i + each]


def _reached(letter: str, numbers: list[float], here: Point) -> Iterator[Point]:
    if letter == "H":
        yield numbers[0], here[1]
    elif letter == "V":
        yield here[0], numbers[0]
    elif letter == "A":
        yield from _arc(here, numbers)
    else:
        pairs = [(numbers[i], numbers[i + 1]) for i in range(0, len(numbers), 2)]
        yield from _bent(here, *pairs) if len(pairs) > 1 else pairs


def _bent(*controls: Point) -> Iterator[Point]:
    """A Bézier curve of any degree, by de Casteljau."""
    for i in range(1, _FINE + 1):
        part, row = i / _FINE, list(controls)
        while len(row) > 1:
            row = [
                (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairwise(row)
            ]
        yield row[0]


def _arc(start: Point, numbers: list[float]) -> Iterator[Point]:
    """An unturned elliptic arc (https://www.w3.org/TR/SVG11/implnote.html#ArcConversionEndpointToCenter)."""
    rx, ry, _, large, sweep, *rest = numbers
    end = (rest[0], rest[1])
    hx, hy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    grow = max(1.0, hypot(hx / rx, hy / ry))
    rx, ry = rx * grow, ry * grow
    reach = (hx / rx) ** 2 + (hy / ry) ** 2
    side = sqrt(max(0.0, 1 / reach - 1)) * (1 if large != sweep else -1)
    cx = (start[0] + end[0]) / 2 + side * rx * hy / ry
    cy = (start[1] + end[1]) / 2 - side * ry * hx / rx
    first, last = (_angle((p[0] - cx) / rx, (p[1] - cy) / ry) for p in (start, end))
    turn = (last - first) % (2 * pi)
    turn -= 0 if sweep else 2 * pi
    for i in range(1, _FINE + 1):
        angle = first + turn * i / _FINE
        yield cx + rx * cos(angle), cy + ry * sin(angle)


def _angle(x: float, y: float) -> float:
    angle = acos(max(-1.0, min(1.0, x / hypot(x, y))))
    return angle if y >= 0 else -angle
