"""The volumes of an open Pod: drums on its floor, and arrows of who writes and reads."""

from msgspec.structs import replace

from podviz.drawing import Group, Item, Path, Rect, Stroke, Symbol
from podviz.figure import Arrow, Box, Relation
from podviz.shapes import floor as plans
from podviz.shapes import volume
from podviz.shapes.block import Pen
from podviz.shapes.doors import Columns
from podviz.shapes.floor import Plan, Point
from podviz.shapes.ink import baseline, lid_height, run
from podviz.shapes.lines import elbow, head
from podviz.text import Text, width
from podviz.words import word

_ARROWS = 50.0  # between containers and drums
_DRUM, _GAP = 58.0, 12.0
_SHELF_GAP = 14.0


def _mounts(box: Box) -> tuple[Arrow, ...]:
    return tuple(a for a in box.arrows if a.relation in (Relation.READS, Relation.WRITES))


def planned(
    pen: Pen, box: Box, volumes: tuple[Box, ...], columns: Columns, first: tuple[Box, ...]
) -> Plan | None:
    """Where the drums stand; None where there is none, or arrows would cross something.

    Of the init containers under each other only the last stands over the floor; the mounts of
    the others leave their right side and run down beside them. For several columns of them
    there is no plan.
    """
    mounts = _mounts(box)
    used = {v for a in mounts for v in (a.head, a.tail)}
    if len({columns[c.id] for c in first}) > 1 and used & {c.id for c in first}:
        return None
    rows = {right for _, right in columns.values()}
    if (
        not volumes
        or len(rows) + len(first[1:]) < len(columns)
        or any(v.id not in used for v in volumes)
    ):
        return None
    least = {v.id: volume.drum_width(pen, v) for v in volumes}
    return plans.plan(columns, mounts, least, {c.id for c in first[:-1]}, pen.deadline)


def with_mounts(child: Box, box: Box) -> Box:
    """The container naming the volumes that it reads and writes, where no arrow can say it."""
    names = {c.id: c.name for c in box.children}
    reads = [names[a.tail] for a in _mounts(box) if a.head == child.id and a.tail in names]
    writes = [names[a.head] for a in _mounts(box) if a.tail == child.id and a.head in names]
    said = [_said(key, some) for key, some in (("reads-of", reads), ("writes-of", writes)) if some]
    return replace(child, details=(*child.details, *said))


def _said(key: str, names: list[Text]) -> Text:
    return word(key, names=Text(", ".join(n.ko for n in names), ", ".join(n.en for n in names)))


def floor(
    pen: Pen, box: Box, plan: Plan, columns: Columns, bottoms: dict[str, float], right: float
) -> tuple[list[Item], float]:
    """Drums under the containers that mount them, with arrows; and their bottom."""
    items: list[Item] = []
    rects: dict[str, Rect] = {}
    top = max(bottoms.values()) + _ARROWS
    for v in box.children:
        if v.id in plan.drums:
            left, end, row = plan.drums[v.id]
            rects[v.id] = Rect(left, top + row * (_DRUM + _GAP), end - left, _DRUM)
            items.append(volume.drum_at(pen, v, rects[v.id]))
    xs = sorted(p.x for p in plan.points)
    for point in plan.points:
        after = [x for x in xs if x > point.x]
        worded = not after or after[0] - point.x > 44
        beside = columns[point.column][1] if point.beside else None
        items.append(_mount(pen, point, rects[point.volume], bottoms[point.column], beside, worded))
    if plan.rows == 1:
        items += _lifecycle(pen, max(r.right for r in rects.values()) + 16, right, top)
    return items, top + plan.rows * (_DRUM + _GAP) - _GAP


def _mount(
    pen: Pen, point: Point, drum: Rect, bottom: float, beside: float | None, worded: bool
) -> Group:
    """An arrow down when the container writes, up when it reads; from its right side `beside`
    if others stand below it."""
    upper, _ = lid_height(drum, point.x)
    x, y = point.x, bottom
    near = [(x, y)] if beside is None else [(beside, y - 14), (x, y - 14)]
    reads = point.arrow.relation is Relation.READS
    if reads and beside is None:
        corners, tip, way = [(x, upper), (x, y + 6)], (x, y), "up"
    elif reads and beside is not None:
        corners, tip, way = (
            [(x, upper), (x, y - 14), (beside + 6, y - 14)],
            (beside, y - 14),
            "left",
        )
    else:
        corners, tip, way = [*near, (x, upper - 6)], (x, upper), "down"
    items: list[Item] = [
        Path(steps=elbow(corners, radius=6), stroke=Stroke(colour="volume.line", width=1.8)),
        head(*tip, way, "volume.line"),
    ]
    if worded and point.arrow.label:
        size = pen.size(12)
        base = baseline(drum.y - _ARROWS + 25, size) if beside is None else None
        if base is not None and drum.y - _ARROWS <= y + 1:
            said = pen.say(point.arrow.label)
            items.append(run(said, size, x + 9, base, colour="volume.text"))
    return Group(
        items=tuple(items),
        id=point.arrow.id,
        classes=("arrow", point.arrow.relation.value),
        tooltip=point.arrow.tooltip,
    )


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


def shelf(
    pen: Pen, volumes: tuple[Box, ...], top: float, left: float, right: float
) -> tuple[list[Item], float]:
    """Volumes without arrows, in rows; and their bottom."""
    if not volumes:
        return [], 0.0
    items: list[Item] = []
    each = max(volume.drum_width(pen, v) for v in volumes)
    across = max(1, int((right - left + _SHELF_GAP) // (each + _SHELF_GAP)))
    across = min(across, len(volumes))
    each = min((right - left - (across - 1) * _SHELF_GAP) / across, 320)
    y = top
    for i, v in enumerate(volumes):
        y = top + i // across * (_DRUM + _GAP)
        rect = Rect(left + i % across * (each + _SHELF_GAP), y, each, _DRUM)
        items.append(volume.drum_at(pen, v, rect))
    return items, y + _DRUM
