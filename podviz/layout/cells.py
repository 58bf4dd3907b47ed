"""What lies where: found by cells of the plane, so that far things are never looked at."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_SIDE = 64.0  # of a cell, in points: about a label's width, a small box's height
_FEW = 64  # things that are looked through faster than found
_Extent = tuple[float, float, float, float]
_NONE: Mapping[Hashable, list[Any]] = {}


class Cells(Generic[T]):
    """Things by the rectangle that each takes."""

    def __init__(self) -> None:
        self._few: list[tuple[T, Hashable, float, float, float, float]] = []
        self._cells: defaultdict[tuple[int, int], dict[Hashable, list[T]]] = defaultdict(dict)
        self._rects: defaultdict[tuple[int, int], list[_Extent]] = defaultdict(list)
        self._is_many = False

    def add(
        self,
        thing: T,
        left: float,
        top: float,
        right: float,
        bottom: float,
        family: Hashable = None,
    ) -> None:
        if self._is_many:
            self._add(thing, family, left, top, right, bottom)
            return
        self._few.append((thing, family, left, top, right, bottom))
        if len(self._few) > _FEW:
            self._is_many = True
            for each in self._few:
                self._add(*each)

    def _add(
        self, thing: T, family: Hashable, left: float, top: float, right: float, bottom: float
    ) -> None:
        for cell in _cells(left, top, right, bottom):
            self._cells[cell].setdefault(family, []).append(thing)
            self._rects[cell].append((left, top, right, bottom))

    def near(
        self, left: float, top: float, right: float, bottom: float, but: Container[Hashable] = ()
    ) -> Iterator[T]:
        """Whatever may touch the rectangle, without the families in `but`; the same thing may
        come more than once, and of a few also what is far."""
        if not self._is_many:
            for thing, family, *_ in self._few:
                if family not in but:
                    yield thing
            return
        for cell in _cells(left, top, right, bottom):
            for family, things in self._cells.get(cell, _NONE).items():
                if family not in but:
                    yield from things

    def is_met(self, left: float, top: float, right: float, bottom: float) -> bool:
        """True where something overlaps the rectangle."""
        if not self._is_many:
            for _, _, x, y, end, foot in self._few:
                if left < end and right > x and top < foot and bottom > y:
                    return True
            return False
        return any(
            left < end and right > x and top < foot and bottom > y
            for cell in _cells(left, top, right, bottom)
            for x, y, end, foot in self._rects.get(cell, ())
        )


def _cells(left: float, top: float, right: float, bottom: float) -> Iterator[tuple[int, int]]:
    rows = range(int(top // _SIDE), int(bottom // _SIDE) + 1)
    for x in range(int(left // _SIDE), int(right // _SIDE) + 1):
        for y in rows:
            yield x, y
