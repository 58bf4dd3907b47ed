"""Where arrows may dock, and what stands in their way."""

from collections import Counter
from dataclasses import dataclass, replace

from podviz.drawing import Group, Item, Panel, Rect, Run, Symbol
from podviz.figure import Arrow, Box, Shape
from podviz.layout import label
from podviz.layout.part import Routed
from podviz.layout.route import route
from podviz.layout.wire import Dock, Wire
from podviz.shapes.block import Pen
from podviz.shapes.ink import stack_reach


@dataclass(frozen=True, slots=True)
class _Spot:
    """A named part of the picture, where it stands, and inside what."""

    rect: Rect
    inside: tuple[str, ...]
    door: bool
    roomy: bool = False
    """True for frames inside which arrows run."""


def label_width(pen: Pen, arrow: Arrow) -> float:
    return pen.width(pen.say(arrow.label), pen.size(11), bold=True) if arrow.label else 0.0


def routes(
    pen: Pen, boxes: list[Box], groups: tuple[Group, ...], arrows: tuple[Arrow, ...], way: str
) -> tuple[Routed, ...]:
    spots: dict[str, _Spot] = {}
    solids: list[tuple[str, Rect, tuple[str, ...]]] = []
    for group in groups:
        _survey(group, 0.0, 0.0, (), spots, solids)
    for box in boxes:
        if box.children and box.shape in (Shape.NODE, Shape.FRAME):
            spots[box.id] = replace(spots[box.id], roomy=True)
    behind = {b.id: stack_reach(b.count, 4 if b.shape is Shape.POD else 3) for b in boxes}
    tails, heads = Counter(a.tail for a in arrows), Counter(a.head for a in arrows)
    wires = [
        replace(
            _wire(a, spots, solids, way, behind.get(a.tail, 0.0)),
            label=label_width(pen, a),
            lone=tails[a.tail] == heads[a.head] == 1,
        )
        for a in arrows
    ]
    paths = route(wires)
    size = pen.size(11)
    sizes = [(label_width(pen, a), size * 1.2) if a.label else None for a in arrows]
    solid = [s.rect for s in spots.values() if not s.roomy] + [r for _, r, _ in solids]
    labels = label.place(paths, sizes, solid)
    return tuple(
        Routed(arrow=a, points=p, label=at) for a, p, at in zip(arrows, paths, labels, strict=True)
    )


def _survey(
    item: Item,
    dx: float,
    dy: float,
    inside: tuple[str, ...],
    spots: dict[str, _Spot],
    solids: list[tuple[str, Rect, tuple[str, ...]]],
) -> None:
    """Collect named boxes, and every word and mark, each with the boxes that it stands in."""
    match item:
        case Group():
            x, y = dx + item.dx, dy + item.dy
            if item.id is not None and item.box is not None:
                door = "door" in item.classes
                spots[item.id] = _Spot(item.box.moved(x, y), inside, door)
                inside = (*inside, item.id)
            for inner in item.items:
                _survey(inner, x, y, inside, spots, solids)
        case Run():
            rect = Rect(item.x + dx, item.y + dy - item.size * 0.8, item.width, item.size)
            solids.append(("", rect, inside))
        case Symbol():
            solids.append(("", item.rect.moved(dx, dy), inside))
        case Panel() if item.radius >= 9 and item.rect.h <= 24 and item.fill:
            solids.append(("", item.rect.moved(dx, dy), inside))
        case _:
            pass


def _wire(
    arrow: Arrow,
    spots: dict[str, _Spot],
    solids: list[tuple[str, Rect, tuple[str, ...]]],
    way: str,
    behind: float,
) -> Wire:
    tail, head = spots[arrow.tail], spots[arrow.head]
    into = head.inside[:-1] if head.door else head.inside  # a door is entered from outside
    open_ids = {*tail.inside, *into}
    walls = []
    for key, spot in spots.items():
        around = spot.inside[:-1] if spot.door else spot.inside  # a door juts out of its box
        if key in open_ids or any(i not in open_ids for i in around):
            continue
        if spot.door and key == arrow.head:
            continue
        walls.append(spot.rect)
    walls += [r for _, r, inside in solids if inside and all(i in open_ids for i in inside)]
    borders = tuple(spots[i].rect for i in open_ids)
    if behind:
        tail = replace(tail, rect=Rect(tail.rect.x, tail.rect.y, tail.rect.w + behind, tail.rect.h))
    tails, heads = _docks(tail, head, way, spots)
    return Wire(
        tail=arrow.tail,
        head=arrow.head,
        tails=tails,
        heads=heads,
        walls=tuple(walls),
        borders=borders,
    )


def _docks(
    tail: _Spot, head: _Spot, way: str, spots: dict[str, _Spot]
) -> tuple[tuple[Dock, ...], tuple[Dock, ...]]:
    """Docks on facing sides first, then the others."""
    leave, enter = _facing(tail.rect, head.rect, way)
    leaves = [leave, *(w for w in _WAYS if w != leave)]
    enters = [enter, *(w for w in _WAYS if w != enter)]
    if tail.door:
        tail = spots[tail.inside[-1]]
    heads = tuple(_dock(head.rect, w, door=head.door) for w in enters)
    if head.door:
        heads = tuple(d for d in heads if d.way != (1, 0))
    return tuple(_dock(tail.rect, w) for w in leaves), heads


_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def _facing(tail: Rect, head: Rect, way: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The way that leads off the tail, and the way that leads off the head."""
    beside = head.x >= tail.right + 20 or head.right + 20 <= tail.x
    stacked = head.y >= tail.bottom + 20 or head.bottom + 20 <= tail.y
    if beside and (way == "LR" or not stacked):
        return ((1, 0), (-1, 0)) if head.x >= tail.right else ((-1, 0), (1, 0))
    if stacked:
        return ((0, 1), (0, -1)) if head.y >= tail.bottom else ((0, -1), (0, 1))
    return ((1, 0), (-1, 0))


def _dock(rect: Rect, way: tuple[int, int], *, door: bool = False) -> Dock:
    cx, cy = rect.centre
    if way[0]:
        slide = 0.0 if door else max(0.0, rect.h / 2 - 14)
        x = rect.right if way[0] > 0 else rect.x
        x, cy = round(x, 2), round(cy, 2)
        return Dock(x=x, y=cy, way=way, low=cy - slide, high=cy + slide)
    slide = 0.0 if door else max(0.0, rect.w / 2 - 16)
    x = rect.x + rect.w * 0.25 if door else cx
    x, y = round(x, 2), round(rect.bottom if way[1] > 0 else rect.y, 2)
    return Dock(x=x, y=y, way=way, low=x - slide, high=x + slide)
