"""A Pod laid open: network as roof, containers beside each other, volumes as floor."""

from dataclasses import dataclass, replace
from functools import partial

from podviz.drawing import Group, Item, Panel, Path, Rect, Stroke, Symbol
from podviz.figure import Arrow, Box, Relation, Role, Shape
from podviz.shapes import container, doors, floor, roof, volume
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
_ROW_GAP = 26.0
_EQUAL = 1000.0  # columns are equally wide while that takes no more than this


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The children by what they are, and how wide their columns want to be."""

    first: tuple[Box, ...]
    rest: tuple[Box, ...]
    volumes: tuple[Box, ...]
    init: float
    needs: tuple[float, ...]
    upright: bool
    """True when init containers stand under each other, False in a row."""

    @property
    def first_width(self) -> float:
        count = len(self.first) if not self.upright else min(len(self.first), 1)
        return count * self.init + max(0, count - 1) * _PHASE_GAP

    @property
    def natural(self) -> float:
        across = min(len(self.rest), _MOST_COLUMNS)
        needs = [max(self.needs[i::_MOST_COLUMNS]) for i in range(across)]
        equal = across * max(needs, default=0.0)
        wide = (equal if equal <= _EQUAL else sum(needs)) + max(0, across - 1) * _GAP
        return wide + (self.first_width + _PHASE_GAP if self.first else 0) + 2 * _PAD


def _parts(pen: Pen, box: Box) -> _Parts:
    containers = [c for c in box.children if c.shape is Shape.CONTAINER]
    first = tuple(c for c in containers if c.role is Role.INIT)
    rest = tuple(c for c in containers if c.role is not Role.INIT)
    mounting = {a.tail if a.relation is Relation.WRITES else a.head for a in _mounts(box)}
    needs = [max(container.tall_width(pen, c), doors.needed(pen, box, c.id)) for c in rest]
    if first and rest:  # the second phase's heading stands left of the first column's stems
        heading = 26 + width(pen.say(word("then-together")), pen.size(13), bold=True) + 14
        needs[0] = max(needs[0], heading + doors.needed(pen, box, rest[0].id))
    return _Parts(
        first=first,
        rest=rest,
        volumes=tuple(c for c in box.children if c.shape is Shape.VOLUME),
        init=max([190.0, *(_init_width(pen, c) for c in first)]),
        needs=tuple(needs),
        upright=not any(c.id in mounting for c in first[:-1]),
    )


def _init_width(pen: Pen, box: Box) -> float:
    return min(container.row_size(pen, box)[0] - 10, 260)


def _mounts(box: Box) -> tuple[Arrow, ...]:
    return tuple(a for a in box.arrows if a.relation in (Relation.READS, Relation.WRITES))


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """The whole anatomy; more width lets its columns grow, more height its containers."""
    parts = _parts(pen, box)
    header = titled_width(pen, word("pod"), pen.say(box.name), 15) + 130
    wide = max(room.w or 0, parts.natural, header, roof.text_right(pen, box) + 24)
    spare = (room.h or 0) - _draw(pen, box, parts, wide, 0).height
    return _draw(pen, box, parts, wide, min(max(spare, 0), 120))


def _draw(pen: Pen, box: Box, parts: _Parts, wide: float, spare: float) -> Block:
    columns = _columns(parts, wide)
    planned = _plan(pen, box, parts, columns)
    if planned is None:
        parts = _with_mounts(parts, box)
    items: list[Item] = []
    depth = 44.0 if parts.first or box.doors else 16.0
    first_row = {c.id: columns[c.id] for c in (*parts.first, *parts.rest[:_MOST_COLUMNS])}
    band = roof.draw(pen, box, wide, _HEADER, first_row, depth)
    top = _HEADER + band.height + depth
    items += band.items
    if parts.first:
        items += _phases(pen, parts, columns, _HEADER + band.height + 24)
    groups, bottom = _containers(pen, box, parts, columns, top, spare)
    items += groups
    items += band.over
    written, bottom = _floor(pen, parts, planned, bottom, wide)
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
    x = _PAD + (10 if parts.rest and parts.rest[0].order and not parts.first else 0)
    for i, box in enumerate(parts.first):
        left = x if parts.upright else x + i * (parts.init + _PHASE_GAP)
        columns[box.id] = (left, left + parts.init)
    if parts.first:
        x += parts.first_width + _PHASE_GAP
    widths = _widths(parts, wide - _PAD - x)
    left = x
    for i, box in enumerate(parts.rest):
        if i % _MOST_COLUMNS == 0:
            left = x
        columns[box.id] = (left, left + widths[i % len(widths)])
        left += widths[i % len(widths)] + _GAP
    return columns


def _widths(parts: _Parts, room: float) -> list[float]:
    """Equal columns if each then has what it needs, else what it needs and a share of the rest."""
    across = min(len(parts.rest), _MOST_COLUMNS) or 1
    room -= (across - 1) * _GAP
    needs = [max(parts.needs[i::_MOST_COLUMNS]) for i in range(min(across, len(parts.needs)))]
    if not needs or room / across >= max(needs):
        return [room / across] * across
    spare = (room - sum(needs)) / across
    return [need + spare for need in needs]


def _containers(
    pen: Pen,
    box: Box,
    parts: _Parts,
    columns: dict[str, tuple[float, float]],
    top: float,
    spare: float,
) -> tuple[list[Item], float]:
    rows = [parts.rest[i : i + _MOST_COLUMNS] for i in range(0, len(parts.rest), _MOST_COLUMNS)]
    first, least = _first_size(pen, parts)
    items: list[Item] = []
    y = top
    for row in rows:
        widths = [columns[c.id][1] - columns[c.id][0] for c in row]
        high = max(map(partial(container.tall_height, pen), row, widths)) + spare / len(rows)
        if len(rows) == 1:
            high = max(high, least)
        for c, wide in zip(row, widths, strict=True):
            if row is not rows[0]:
                c = replace(c, doors=tuple(d for d in box.doors if d.leads == (c.id,)))
            block = container.tall(pen, c, wide, high)
            items.append(block.at(columns[c.id][0] - block.body.x, y - block.body.y))
        y += high + _ROW_GAP
    bottom = max(y - _ROW_GAP, top + least) if rows else top + least
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
            high = bottom - top
        start = bottom - count * high - (count - 1) * gap
    for i, c in enumerate(parts.first):
        left, right = columns[c.id]
        tall = high if parts.upright else min(bottom - top, 110.0)
        y = start + i * (high + gap) if parts.upright else bottom - tall
        block = container.row(pen, c, right - left, tall)
        items.append(block.at(left - block.body.x, y))
        if i + 1 == count:
            break
        if parts.upright:
            line = _then((left + right) / 2, y + high, (left + right) / 2, y + high + gap, "down")
        else:
            line = _then(right, y + tall / 2, right + _PHASE_GAP - 10, y + tall / 2, "right")
        id = f"{c.id}→{parts.first[i + 1].id}"
        items.append(Group(items=tuple(line), id=id, classes=("arrow", "then")))
    return items


def _then(
    x1: float, y1: float, x2: float, y2: float, way: str, colour: str = "init.line"
) -> list[Item]:
    back = (0, 6) if way == "down" else (6, 0)
    line = (("M", (x1, y1)), ("L", (x2 - back[0], y2 - back[1])))
    return [Path(steps=line, stroke=Stroke(colour=colour, width=1.8)), head(x2, y2, way, colour)]


def _phases(
    pen: Pen, parts: _Parts, columns: dict[str, tuple[float, float]], y: float
) -> list[Item]:
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


def _plan(
    pen: Pen, box: Box, parts: _Parts, columns: dict[str, tuple[float, float]]
) -> floor.Plan | None:
    """Where the drums stand; None where arrows to them would cross something."""
    mounts = _mounts(box)
    used = {v for a in mounts for v in (a.head, a.tail)}
    if len(parts.rest) > _MOST_COLUMNS or any(v.id not in used for v in parts.volumes):
        return None
    least = {v.id: volume.drum_width(pen, v) for v in parts.volumes}
    return floor.plan(columns, mounts, least)


def _with_mounts(parts: _Parts, box: Box) -> _Parts:
    """The containers naming the volumes that they mount, where no arrow can say it."""
    names = {v.id: v.name for v in parts.volumes}

    def naming(c: Box) -> Box:
        mounted = [
            names[a.head if a.tail == c.id else a.tail]
            for a in _mounts(box)
            if c.id in (a.tail, a.head)
        ]
        if not mounted:
            return c
        said = word("mounts-of", names=", ".join(n.en for n in mounted))
        return replace(c, details=(*c.details, said))

    return replace(
        parts, first=tuple(map(naming, parts.first)), rest=tuple(map(naming, parts.rest))
    )


def _floor(
    pen: Pen, parts: _Parts, planned: floor.Plan | None, bottom: float, wide: float
) -> tuple[list[Item], float]:
    """Drums under the containers that mount them, with arrows; or side by side without any."""
    if not parts.volumes:
        return [], bottom
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
            run(
                pen.say(point.arrow.label),
                size,
                point.x + 9,
                baseline(bottom + 25, size),
                colour="volume.text",
            )
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
