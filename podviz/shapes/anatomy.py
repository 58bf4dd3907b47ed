"""A Pod laid open: network as roof, containers beside each other, volumes as floor."""

from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from podviz.drawing import Item, Panel, Rect, Symbol
from podviz.figure import Box, Relation, Role, Shape
from podviz.shapes import container, doors, drums, phases, roof, volume
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.doors import Columns
from podviz.shapes.ink import (
    baseline,
    draw_tag,
    frame,
    run,
    tag_height,
    tag_width,
    titled,
    titled_width,
)
from podviz.text import Text, cut_end
from podviz.words import word

_PAD, _GAP = 20.0, 14.0
_HEADER, _MOST_COLUMNS = 50.0, 8
_ROW_GAP = 26.0
_TALLEST = 240.0  # a long chain of init containers stretches the others no further
_EQUAL = 1000.0  # columns are equally wide while that takes no more than this


class _Parts(Struct, frozen=True):
    """The children by what they are, and how wide their columns want to be."""

    first: tuple[Box, ...]
    rest: tuple[Box, ...]
    volumes: tuple[Box, ...]
    init: float
    needs: tuple[float, ...]

    @property
    def across(self) -> int:
        """How many columns the containers take, their rows as equal as they can be."""
        rows = -(-len(self.rest) // _MOST_COLUMNS) or 1
        return -(-len(self.rest) // rows) or 1

    @property
    def columns(self) -> list[float]:
        """What each column needs, whatever row its containers stand in."""
        return [max(self.needs[i :: self.across]) for i in range(min(self.across, len(self.needs)))]

    @property
    def natural(self) -> float:
        needs = self.columns
        equal = len(needs) * max(needs, default=0.0)
        wide = (equal if equal <= _EQUAL else sum(needs)) + max(0, len(needs) - 1) * _GAP
        first = phases.total(self.init, len(self.first)) + phases.GAP if self.first else 0
        return wide + first + 2 * _PAD


def _parts(pen: Pen, box: Box) -> _Parts:
    containers = [c for c in box.children if c.shape is Shape.CONTAINER]
    first = tuple(c for c in containers if c.role is Role.INIT)
    rest = tuple(c for c in containers if c.role is not Role.INIT)
    needs = [max(container.tall_width(pen, c), doors.needed(pen, box, c.id)) for c in rest]
    if first and rest:  # the second phase's heading stands left of the first column's stems
        heading = phases.heading_width(pen, rest) + 14
        needs[0] = max(needs[0], heading + doors.needed(pen, box, rest[0].id))
    return _Parts(
        first=first,
        rest=rest,
        volumes=tuple(c for c in box.children if c.shape is Shape.VOLUME),
        init=phases.column_width(pen, first),
        needs=tuple(needs),
    )


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """The whole anatomy; more width lets its columns grow, more height its containers."""
    parts = _parts(pen, box)
    header = titled_width(pen, word("pod"), pen.say(box.name), 15) + 74
    header += tag_width(pen, box.status) + 16 if box.status else 0.0
    drum = max((volume.drum_width(pen, v) for v in parts.volumes), default=0.0)
    wide = max(parts.natural, header, roof.text_right(pen, box) + 24, drum + 2 * _PAD, room.w or 0)
    spare = (room.h or 0) - _draw(pen, box, parts, wide, 0).height
    return _draw(pen, box, parts, wide, min(max(spare, 0), 120))


def _draw(pen: Pen, box: Box, parts: _Parts, wide: float, spare: float) -> Block:
    columns = _columns(parts, wide)
    planned = drums.planned(pen, box, parts.volumes, columns, parts.first)
    if planned is None:
        told = partial(drums.with_mounts, box=box)
        parts = replace(
            parts, first=tuple(map(told, parts.first)), rest=tuple(map(told, parts.rest))
        )
    items: list[Item] = []
    depth = 44.0 if parts.first or box.doors else 16.0
    first_row = {c.id: columns[c.id] for c in (*parts.first, *parts.rest[: parts.across])}
    band = roof.draw(pen, box, wide, _HEADER, first_row, depth)
    top = _HEADER + band.height + depth
    items += band.items
    if parts.first:
        starts = [columns[c.id][0] for c in (*parts.first[:1], *parts.rest[:1])]
        items += phases.headings(pen, parts.rest, starts, _HEADER + band.height + 24)
    groups, bottoms = _containers(pen, box, parts, columns, top, spare)
    items += groups
    items += band.over
    lowest = max([top, *bottoms.values()])
    if planned:
        written, bottom = drums.floor(pen, box, planned, columns, bottoms, wide - _PAD)
    else:
        written, bottom = drums.shelf(pen, parts.volumes, lowest + _GAP, _PAD, wide - _PAD)
    items += written
    bottom = max(bottom, lowest)
    body = Rect(0, 0, wide, bottom + _PAD)
    outline = frame(box, body, radius=14, width=2.2)
    edge = Panel(rect=body, stroke=outline.stroke, radius=14, cut=outline.cut)
    return finish(box, body, [outline, *items, edge, *_header(pen, box, wide)])


def _header(pen: Pen, box: Box, wide: float) -> list[Item]:
    items: list[Item] = [Symbol(name="Pod", rect=Rect(15, 9, 32, 32))]
    room = wide - 54 - _PAD
    if box.status:
        tag = tag_width(pen, box.status)
        items += draw_tag(pen, box.status, wide - 15 - tag, 25 - tag_height(pen) / 2)
        room -= tag + 8
    size, small = pen.size(15), pen.size(12)
    said = " · ".join(pen.say(d) for d in box.details)
    name = titled_width(pen, word("pod"), pen.say(box.name), 15)
    if said and name < room - 60:
        said = cut_end(said, small, room - name - 18)
        items.append(run(said, small, 54 + name + 18, baseline(25, small), colour="quiet"))
        room = name
    return items + titled(pen, word("pod"), pen.say(box.name), 15, 54, baseline(25, size), room)


# ── columns ─────────────────────────────────────────────────────────────────────────────────


def _columns(parts: _Parts, wide: float) -> Columns:
    """Left and right edge of every container by id."""
    columns: Columns = {}
    x = _PAD + (10 if parts.rest and parts.rest[0].order and not parts.first else 0)
    deep = phases.rows(len(parts.first))
    for i, box in enumerate(parts.first):
        left = x + i // deep * (parts.init + phases.GAP)
        columns[box.id] = (left, left + parts.init)
    if parts.first:
        x += phases.total(parts.init, len(parts.first)) + phases.GAP
    widths = _widths(parts, wide - _PAD - x)
    left = x
    for i, box in enumerate(parts.rest):
        if i % parts.across == 0:
            left = x
        columns[box.id] = (left, left + widths[i % len(widths)])
        left += widths[i % len(widths)] + _GAP
    return columns


def _widths(parts: _Parts, room: float) -> list[float]:
    """Equal columns if each then has what it needs, else what it needs and a share of the rest."""
    across, needs = parts.across, parts.columns
    room -= (across - 1) * _GAP
    if not needs or room / across >= max(needs):
        return [room / across] * across
    spare = (room - sum(needs)) / across
    return [need + spare for need in needs]


def _below(child: Box, box: Box) -> Box:
    """A container that no roof stands over: its ports on its own border, its calls in words."""
    own = tuple(d for d in box.doors if d.leads == (child.id,))
    ids = {child.id, *(d.id for d in own)}
    calls = [a.label for a in box.arrows if a.relation is Relation.CALLS and a.tail in ids]
    said = [Text(f"→ {t.ko}", f"→ {t.en}") for t in calls if t]
    return replace(child, doors=own, details=(*child.details, *said))


def _containers(
    pen: Pen, box: Box, parts: _Parts, columns: Columns, top: float, spare: float
) -> tuple[list[Item], dict[str, float]]:
    """Init containers in their column, the others in rows; and the bottom of each by id."""
    column = phases.Column(pen, parts.first, parts.init)
    rows = [parts.rest[i : i + parts.across] for i in range(0, len(parts.rest), parts.across)]
    items: list[Item] = []
    bottoms: dict[str, float] = {}
    y, first = top, 0.0
    for row in rows:
        widths = [columns[c.id][1] - columns[c.id][0] for c in row]
        natural = max(map(partial(container.tall_height, pen), row, widths))
        if row is rows[0]:
            natural = first = max(natural, column.height if len(parts.first) == 1 else 0.0)
        high = natural + spare / len(rows)
        if len(rows) == 1:
            high = max(high, min(column.height, _TALLEST))
        for c, wide in zip(row, widths, strict=True):
            if row is not rows[0]:
                c = _below(c, box)
            block = container.tall(pen, c, wide, high, natural)
            items.append(block.at(columns[c.id][0] - block.body.x, y - block.body.y))
            bottoms[c.id] = y + high
        y += high + _ROW_GAP
    bottom = max([top + column.height, *bottoms.values()])
    if parts.first:
        drawn, ends = column.draw(columns, top, bottom, first or bottom - top)
        items += drawn
        bottoms |= ends
    return items, bottoms
