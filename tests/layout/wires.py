"""Wires between boxes by hand, and what a routed line must keep to."""

from itertools import pairwise

from podviz.drawing import Rect
from podviz.layout.wire import Dock, Spot, Wire

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))

Line = tuple[Spot, ...]


def dock(rect: Rect, way: tuple[int, int]) -> Dock:
    """The middle of the side that `way` leads off; it may slide along most of it."""
    x, y = rect.centre
    if way[0]:
        x = rect.right if way[0] > 0 else rect.x
        return Dock(x=x, y=y, way=way, low=rect.y + 10, high=rect.bottom - 10)
    y = rect.bottom if way[1] > 0 else rect.y
    return Dock(x=x, y=y, way=way, low=rect.x + 10, high=rect.right - 10)


def docks(rect: Rect, first: tuple[int, int]) -> tuple[Dock, ...]:
    return tuple(dock(rect, way) for way in (first, *(s for s in SIDES if s != first)))


def wire(
    boxes: dict[str, Rect],
    tail: str,
    head: str,
    *,
    leave: tuple[int, int] = (1, 0),
    enter: tuple[int, int] = (-1, 0),
    lone: bool = False,
    label: float = 0.0,
    borders: tuple[Rect, ...] = (),
) -> Wire:
    """From one box to another; every box is a wall."""
    return Wire(
        tail=tail,
        head=head,
        tails=docks(boxes[tail], leave),
        heads=docks(boxes[head], enter),
        walls=tuple(boxes.values()),
        borders=borders,
        lone=lone,
        label=label,
    )


# ── what a line must keep to ────────────────────────────────────────────────────────────────


def is_orthogonal(line: Line) -> bool:
    """True when every stretch is level or upright and no corner is told twice."""
    return all((a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise(line))


def is_on_border(spot: Spot, rect: Rect) -> bool:
    x, y = spot
    on_side = (x in (rect.x, rect.right)) and rect.y <= y <= rect.bottom
    on_top = (y in (rect.y, rect.bottom)) and rect.x <= x <= rect.right
    return on_side or on_top


def crossed(line: Line, boxes: dict[str, Rect]) -> list[str]:
    """The boxes whose inside the line runs through."""
    return [
        name for name, rect in boxes.items() if any(_enters(a, b, rect) for a, b in pairwise(line))
    ]


def _enters(a: Spot, b: Spot, rect: Rect) -> bool:
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    inner = rect.grown(-0.5)
    return left < inner.right and right > inner.x and top < inner.bottom and bottom > inner.y


def length(line: Line) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(line))
