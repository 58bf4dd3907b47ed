"""What runs first in a Pod: init containers in their order, and the headings above."""

from podviz.drawing import Group, Item, Path, Stroke
from podviz.figure import Box
from podviz.shapes import container
from podviz.shapes.block import Pen
from podviz.shapes.doors import Columns
from podviz.shapes.ink import baseline, run, turn_square
from podviz.shapes.lines import elbow, head
from podviz.text import width
from podviz.words import word

GAP = 40.0
"""Between the column of init containers and the others, in points."""

_NARROWEST, _WIDEST = 190.0, 260.0
_MOST_ROWS = 4  # init containers under each other
_LOWEST, _LEAST_GAP, _MOST_GAP = 64.0, 20.0, 28.0


def column_width(pen: Pen, boxes: tuple[Box, ...]) -> float:
    """The width of the init containers' column."""
    if len(boxes) == 1:
        return max(_NARROWEST, min(container.tall_width(pen, boxes[0]), _WIDEST))
    wished = [min(container.row_size(pen, c)[0] - 10, _WIDEST) for c in boxes]
    return max([_NARROWEST, *wished])


def rows(count: int) -> int:
    """How many of so many init containers stand under each other."""
    return -(-count // -(-count // _MOST_ROWS)) if count else 0


def total(each: float, count: int) -> float:
    """The width of all columns of so many init containers."""
    across = -(-count // _MOST_ROWS)
    return across * each + max(0, across - 1) * GAP


class Column:
    """Init containers under each other, an arrow from each to the next; many in columns, and
    a single one like the containers beside it."""

    def __init__(self, pen: Pen, boxes: tuple[Box, ...], wide: float) -> None:
        self._pen, self._boxes, self._wide = pen, boxes, wide
        alone = len(boxes) == 1
        heights = [
            container.tall_height(pen, c, wide) if alone else container.row(pen, c, wide).body.h
            for c in boxes
        ]
        self._one = max([_LOWEST, *heights])
        self._rows = rows(len(boxes))

    @property
    def height(self) -> float:
        """The least height of the whole column, in points."""
        return self._rows * self._one + max(0, self._rows - 1) * _LEAST_GAP

    def draw(
        self, columns: Columns, top: float, bottom: float, natural: float
    ) -> tuple[list[Item], dict[str, float]]:
        """The column from `top` to at most `bottom`; and the bottom of each container by id.
        `natural` is the natural height of the containers beside it."""
        count = self._rows
        room = bottom - top
        high = (
            room if count == 1 else min(self._one * 1.25, (room - (count - 1) * _MOST_GAP) / count)
        )
        high = max(high, self._one)
        gap = min((room - count * high) / max(count - 1, 1), _MOST_GAP * 1.5)
        items: list[Item] = []
        ends: dict[str, float] = {}
        for i, c in enumerate(self._boxes):
            left, right = columns[c.id]
            y = top + i % count * (high + gap)
            if len(self._boxes) == 1:
                block = container.tall(self._pen, c, right - left, high, natural)
            else:
                block = container.row(self._pen, c, right - left, high)
            items.append(block.at(left - block.body.x, y))
            ends[c.id] = y + high
            if i + 1 < len(self._boxes):
                middle = (left + right) / 2
                line = then(middle, y + high, middle, y + high + gap, "down")
                if (i + 1) % count == 0:
                    line = _over(right, y + high / 2, right + GAP - 10, top + high / 2)
                id = f"{c.id}→{self._boxes[i + 1].id}"
                items.append(Group(items=tuple(line), id=id, classes=("arrow", "then")))
        return items, ends


def _over(x1: float, y1: float, x2: float, y2: float) -> list[Item]:
    """An arrow from the foot of one column to the top of the next."""
    middle = (x1 + x2) / 2
    steps = elbow([(x1, y1), (middle, y1), (middle, y2), (x2 - 6, y2)], radius=6)
    line = Path(steps=steps, stroke=Stroke(colour="init.line", width=1.8))
    return [line, head(x2, y2, "right", "init.line")]


def then(
    x1: float, y1: float, x2: float, y2: float, way: str, colour: str = "init.line"
) -> list[Item]:
    """An arrow of order, to the right or down."""
    back = (0, 6) if way == "down" else (6, 0)
    line = (("M", (x1, y1)), ("L", (x2 - back[0], y2 - back[1])))
    return [Path(steps=line, stroke=Stroke(colour=colour, width=1.8)), head(x2, y2, way, colour)]


def _second(rest: tuple[Box, ...]) -> str:
    """A native sidecar starts in its turn, so that nothing waits for all to be finished."""
    return "then-stays" if any(c.order for c in rest) else "then-together"


def heading_width(pen: Pen, rest: tuple[Box, ...]) -> float:
    """The width of the second phase's heading."""
    return 26 + width(pen.say(word(_second(rest))), pen.size(13), bold=True)


def headings(pen: Pen, rest: tuple[Box, ...], starts: list[float], y: float) -> list[Item]:
    """`1 first, in order → 2 then, together` above the columns that start at `starts`."""
    items: list[Item] = []
    size = pen.size(13)
    ends = []
    for i, (x, key) in enumerate(zip(starts, ("first-in-order", _second(rest)), strict=False)):
        words = pen.say(word(key))
        items += turn_square(pen, i + 1, x + 9, y, "edge", side=18)
        items.append(run(words, size, x + 26, baseline(y, size), bold=True))
        ends.append(x + 26 + width(words, size, bold=True))
    if len(starts) == 2 and starts[1] - ends[0] > 30:
        items += then(ends[0] + 12, y, starts[1] - 8, y, "right", "edge")
    return items
