"""What lies where: found by cells of the plane, so that far things are never looked at."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_SIDE = 64.0  # of a cell, in points: about a label's width, a small box's height


class Cells(Generic[T]):
    """Things by the rectangle that each takes."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[T]] = defaultdict(list)

    def add(self, thing: T, left: float, top: float, right: float, bottom: float) -> None:
        for cell in _cells(left, top, right, bottom):
            self._cells[cell].append(thing)

    def near(self, left: float, top: float, right: float, bottom: float) -> Iterator[T]:
        """Whatever may touch the rectangle; the same thing may come more than once."""
        for cell in _cells(left, top, right, bottom):
            if cell in self._cells:
                yield from self._cells[cell]


def _cells(left: float, top: float, right: float, bottom: float) -> Iterator[tuple[int, int]]:
    rows = range(int(top // _SIDE), int(bottom // _SIDE) + 1)
    for x in range(int(left // _SIDE), int(right // _SIDE) + 1):
        for y in rows:
            yield x, y
