"""A Pod laid open: network as roof, containers beside each other, volumes as floor."""

from dataclasses import dataclass

from podviz.drawing import Group, Item, Panel, Path, Rect, Stroke, Symbol
from podviz.figure import Arrow, Box, Relation, Role, Shape
from podviz.shapes import container, floor, roof, volume
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import (
    baseline,
    draw_tag,
    frame,
    head,
    lid_height,
    run,
    tag_height,
    tag_width,
    titled,
    titled_width,
    turn_square,
)
from podviz.text import width
from podviz.words import word

SHAPES = (Shape.ANATOMY,)

_PAD, _GAP, _PHASE_GAP = 20.0, 14.0, 40.0
_HEADER, _MOST_COLUMNS = 50.0, 8
_ARROWS = 50.0  # between containers and drums
_DRUM, _DRUM_GAP = 58.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The children by what they are, and how wide their columns want to be."""

    first: tuple[Box, ...]
    rest: tuple[Box, ...]
    volumes: tuple[Box, ...]
    init: float
    column: float
    upright: bool
    """True when init containers stand under each other, False in a row."""

    @property
    def first_width(self) -> float:
        count = len(self.first) if not self.upright else min(len(self.first), 1)
        return count * self.init + max(0, count - 1) * _PHASE_GAP

    @property
    def natural(self) -> float:
        across = min(len(self.rest), _MOST_COLUMNS)
        wide = across * self.column + max(0, across - 1) * _GAP
        return wide + (self.first_width + _PHASE_GAP if self.first else 0) + 2 * _PAD


def _parts(pen: Pen, box: Box) -> _Parts:
    containers = [c for c in box.children if c.shape is Shape.CONTAINER]
    first = tuple(c for c in containers if c.role is Role.INIT)
    rest = tuple(c for c in containers if c.role is not Role.INIT)
    mounting = {a.tail if a.relation is Relation.WRITES else a.head for a in _mounts(box)}
    wide = [max(container.tall_width(pen, c), roof.ports_width(pen, box, c.id)) for c in rest]
    return _Parts(
        first=first,
        rest=rest,
        volumes=tuple(c for c in box.children if c.shape is Shape.VOLUME),
        init=max([190.0, *(_init_width(pen, c) for c in first)]),
        column=max([container.NARROWEST, *wide]),
        upright=not any(c.id in mounting for c in first[:-1]),
    )


def _init_width(pen: Pen, box: Box) -> float:
    return min(container.row_size(pen, box)[0] - 10, 260)


def _mounts(box: Box) -> tuple[Arrow, ...]:
    return tuple(a for a in box.arrows if a.relation in (Relation.READS, Relation.WRITES))


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """The whole anatomy; asked for more width, its columns grow, for more height, its containers."""
    parts = _parts(pen, box)
    header = titled_width(pen, word("pod"), pen.say(box.name), 15) + 130
    wide = max(room.w or 0, parts.natural, header, roof.text_right(pen, box) + 24)
    spare = (room.h or 0) - _draw(pen, box, parts, wide, 0).height
    return _draw(pen, box, parts, wide, min(max(spare, 0), 120))


def _draw(pen: Pen, box: Box, parts: _Parts, wide: float, spare: float) -> Block:
    columns = _columns(parts, wide)
    items: list[Item] = []
    depth = 44.0 if parts.first or box.doors else 16.0
    band = roof.draw(pen, box, wide, _HEADER, columns, depth)
    top = _HEADER + band.height + depth
    items += band.items
    if parts.first:
        items += _phases(pen, parts, columns, _HEADER + band.height + 24)
    groups, bottom = _containers(pen, parts, columns, top, spare)
    items += groups
    items += band.over
    written, bottom = _floor(pen, box, parts, columns, bottom, wide)
    items += written
    body = Rect(0, 0, wide, bottom + _PAD)
    outline = frame(box, body, radius=14, width=2.2)
    edge = Panel(rect=body, stroke=outline.stroke, radius=14)
    return finish(box, body, [outline, *items, edge, *_header(pen, box, wide)])


def _header(pen: Pen, box: Box, wide: float) -> list[Item]:
    items: list[Item] = [Symbol(name="Pod", rect=Rect(15, 9, 32, 32))]
    room = wide - 54 - _PAD
    if box.status:
        tag = tag_width(pen, box.status)
        items += draw_tag(pen, box.status, wide - 15 - tag, 25 - tag_height(pen) / 2)
        room -= tag + 8
    size = pen.size(15)
    return items + titled(pen, word("pod"), pen.say(box.name), 15, 54, baseline(25, size), room)


# ── columns ─────────────────────────────────────────────────────────────────────────────────


def _columns(parts: _Parts, wide: float) -> dict[str, tuple[float, float]]:
    """Left and right edge of every container by id."""
    columns: dict[str, tuple[float, float]] = {}
    x = _PAD + (10 if any(c.order for c in parts.rest) and not parts.first else 0)
    for i, box in enumerate(parts.first):
        left = x if parts.upright else x + i * (parts.init + _PHASE_GAP)
        columns[box.id] = (left, left + parts.init)
    if parts.first:
        x += parts.first_width + _PHASE_GAP
    across = min(len(parts.rest), _MOST_COLUMNS) or 1
    column = (wide - _PAD - x - (across - 1) * _GAP) / across
    for i, box in enumerate(parts.rest):
        left = x + (i % across) * (column + _GAP)
        columns[box.id] = (left, left + column)
    return columns


def _containers(
    pen: Pen, parts: _Parts, columns: dict[str, tuple[float, float]], top: float, spare: float
) -> tuple[list[Item], float]:
    rows = [parts.rest[i : i + _MOST_COLUMNS] for i in range(0, len(parts.rest), _MOST_COLUMNS)]
    first, least = _first_size(pen, parts)
    items: list[Item] = []
    y = top
    for row in rows:
        wide = columns[row[0].id][1] - columns[row[0].id][0]
        high = max(container.tall_height(pen, c, wide) for c in row) + spare / len(rows)
        if len(rows) == 1:
            high = max(high, least)
        for c in row:
            block = container.tall(pen, c, wide, high)
            items.append(block.at(columns[c.id][0] - block.body.x, y))
        y += high + _GAP
    bottom = max(y - _GAP, top + least) if rows else top + least
    items += _first_column(pen, parts, columns, top, bottom, first)
    return items, bottom


def _first_size(pen: Pen, parts: _Parts) -> tuple[float, float]:
    """Height of one init container and of their column."""
    if not parts.first:
        return 0.0, 0.0
    one = max(container.row(pen, c, parts.init).body.h for c in parts.first)
    one = max(one, 64.0)
    if not parts.upright:
        return one, one
    return one, len(parts.first) * one + (len(parts.first) - 1) * 20


def _first_column(
    pen: Pen,
    parts: _Parts,
    columns: dict[str, tuple[float, float]],
    top: float,
    bottom: float,
    high: float,
) -> list[Item]:
    """Init containers in their order, an arrow from each to the next."""
    items: list[Item] = []
    count = len(parts.first)
    if parts.upright and count:
        gap = min((bottom - top - count * high) / max(count - 1, 1), 28) if count > 1 else 0
        if count == 1:
            high = min(bottom - top, max(high, 110))
        start = bottom - count * high - (count - 1) * gap
    for i, c in enumerate(parts.first):
        left, right = columns[c.id]
        y = start + i * (high + gap) if parts.upright else top
        tall = high if parts.upright else bottom - top
        block = container.row(pen, c, right - left, tall)
        items.append(block.at(left - block.body.x, y))
        if i + 1 == count:
            break
        if parts.upright:
            items += _then((left + right) / 2, y + high, (left + right) / 2, y + high + gap, "down")
        else:
            items += _then(right, y + tall / 2, right + _PHASE_GAP - 10, y + tall / 2, "right")
    return items


def _then(x1: float, y1: float, x2: float, y2: float, way: str, colour: str = "init.line") -> list[Item]:
    back = (0, 6) if way == "down" else (6, 0)
    line = (("M", (x1, y1)), ("L", (x2 - back[0], y2 - back[1])))
    return [Path(steps=line, stroke=Stroke(colour=colour, width=1.8)), head(x2, y2, way, colour)]


def _phases(pen: Pen, parts: _Parts, columns: dict[str, tuple[float, float]], y: float) -> list[Item]:
    """`1 first, in order → 2 then, together` above the columns."""
    items: list[Item] = []
    starts = [columns[parts.first[0].id][0]]
    if parts.rest:
        starts.append(columns[parts.rest[0].id][0])
    size = pen.size(13)
    ends = []
    for i, (x, key) in enumerate(zip(starts, ("first-in-order", "then-together"), strict=False)):
        words = pen.say(word(key))
        items += turn_square(pen, i + 1, x + 9, y, "edge", side=18)
        items.append(run(words, size, x + 26, baseline(y, size), bold=True))
        ends.append(x + 26 + width(words, size, bold=True))
    if len(starts) == 2 and starts[1] - ends[0] > 30:
        items += _then(ends[0] + 12, y, starts[1] - 8, y, "right", "edge")
    return items


# ── floor ───────────────────────────────────────────────────────────────────────────────────


def _floor(
    pen: Pen,
    box: Box,
    parts: _Parts,
    columns: dict[str, tuple[float, float]],
    bottom: float,
    wide: float,
) -> tuple[list[Item], float]:
    """Drums under the containers that mount them, with arrows; or side by side without any."""
    if not parts.volumes:
        return [], bottom
    mounts = _mounts(box)
    used = {v for a in mounts for v in (a.head, a.tail)}
    least = {v.id: volume.drum_width(pen, v) for v in parts.volumes if v.id in used}
    lowest = columns if len(parts.rest) <= _MOST_COLUMNS else {}
    planned = floor.plan(lowest, mounts, least) if lowest and len(least) == len(parts.volumes) else None
    if planned is None:
        return _drum_row(pen, parts, bottom + _GAP, wide)
    items: list[Item] = []
    drums: dict[str, Rect] = {}
    top = bottom + _ARROWS
    for v in parts.volumes:
        left, right, row = planned.drums[v.id]
        drums[v.id] = Rect(left, top + row * (_DRUM + _DRUM_GAP), right - left, _DRUM)
        items.append(volume.drum_at(pen, v, drums[v.id]))
    for i, point in enumerate(planned.points):
        items.append(_mount(pen, point, drums[point.volume], bottom, _word_side(planned, i)))
    if planned.rows == 1:
        items += _lifecycle(pen, max(d.right for d in drums.values()) + 16, wide - _PAD, top)
    return items, top + planned.rows * (_DRUM + _DRUM_GAP) - _DRUM_GAP


def _lifecycle(pen: Pen, left: float, right: float, top: float) -> list[Item]:
    """What all containers share besides, where the floor has room for it."""
    first, second = pen.say(word("one-lifecycle")), pen.say(word("live-and-die-together"))
    size, small = pen.size(13), pen.size(12)
    if left + 32 + max(width(first, size, bold=True), width(second, small)) > right:
        return []
    return [
        Symbol(name="clock", rect=Rect(left, top + 5, 22, 22), colour="quiet"),
        run(first, size, left + 31, baseline(top + 8, size), bold=True),
        run(second, small, left + 31, baseline(top + 28, small), colour="quiet"),
    ]


def _word_side(planned: floor.Plan, index: int) -> bool:
    """True when the room right of a mount point holds its word."""
    xs = sorted(p.x for p in planned.points)
    x = planned.points[index].x
    after = [other for other in xs if other > x]
    return not after or after[0] - x > 44


def _mount(pen: Pen, point: floor.Point, drum: Rect, bottom: float, worded: bool) -> Group:
    """An arrow down when the container writes, up when it reads."""
    upper, _ = lid_height(drum, point.x)
    reads = point.arrow.relation is Relation.READS
    start, end = (upper, bottom + 6) if reads else (bottom, upper - 6)
    tip, way = (bottom, "up") if reads else (upper, "down")
    items: list[Item] = [
        Path(
            steps=(("M", (point.x, start)), ("L", (point.x, end))),
            stroke=Stroke(colour="volume.line", width=1.8),
        ),
        head(point.x, tip, way, "volume.line"),
    ]
    if worded and point.arrow.label:
        size = pen.size(12)
        items.append(
            run(pen.say(point.arrow.label), size, point.x + 9, baseline(bottom + 25, size), colour="volume.text")
        )
    return Group(
        items=tuple(items),
        id=point.arrow.id,
        classes=("arrow", point.arrow.relation.value),
        tooltip=point.arrow.tooltip,
    )


def _drum_row(pen: Pen, parts: _Parts, top: float, wide: float) -> tuple[list[Item], float]:
    """Volumes without arrows, in rows under the containers."""
    items: list[Item] = []
    each = max(volume.drum_width(pen, v) for v in parts.volumes)
    across = max(1, int((wide - 2 * _PAD + _GAP) // (each + _GAP)))
    across = min(across, len(parts.volumes))
    each = min((wide - 2 * _PAD - (across - 1) * _GAP) / across, 320)
    y = top
    for i, v in enumerate(parts.volumes):
        column, row = i % across, i // across
        y = top + row * (_DRUM + _DRUM_GAP)
        rect = Rect(_PAD + column * (each + _GAP), y, each, _DRUM)
        items.append(volume.drum_at(pen, v, rect))
    return items, y + _DRUM
