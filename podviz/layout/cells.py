"""What lies where: found by cells of the plane, so that far things are never looked at."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_SIDE = 64.0  # of a cell, in points: about a label's width, a small box's height
_NONE: Mapping[Hashable, list[Any]] = {}


class Cells(Generic[T]):
    """Things by the rectangle that each takes."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], dict[Hashable, list[T]]] = defaultdict(dict)

    def add(
        self,
        thing: T,
        left: float,
        top: float,
        right: float,
        bottom: float,
        family: Hashable = None,
    ) -> None:
        for cell in _cells(left, top, right, bottom):
            self._cells[cell].setdefault(family, []).append(thing)

    def near(
        self, left: float, top: float, right: float, bottom: float, but: Container[Hashable] = ()
    ) -> Iterator[T]:
        """Whatever may touch the rectangle, without the families in `but`; the same thing may
        come more than once."""
        for cell in _cells(left, top, right, bottom):
            for family, things in self._cells.get(cell, _NONE).items():
                if family not in but:
                    yield from things


def _cells(left: float, top: float, right: float, bottom: float) -> Iterator[tuple[int, int]]:
    rows = range(int(top // _SIDE), int(bottom // _SIDE) + 1)
    for x in range(int(left // _SIDE), int(right // _SIDE) + 1):
        for y in rows:
            yield x, y
