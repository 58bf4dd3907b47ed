"""The frames of a story: one plan for all, so that nothing that stays ever moves."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from podviz import shapes
from podviz.drawing import Group, Path, Rect, Step, Stroke
from podviz.figure import Box, Role, Shape
from podviz.layout.part import FLATTEST, MARGINS, RATIO, Part, Routed
from podviz.shapes import moment
from podviz.shapes.block import Block, Pen, Room
from podviz.shapes.lines import head
from podviz.shapes.moment import NODE_HEAD, NODE_PAD, PAD, Plan
from podviz.shapes.pod import insets

_GAP, _ARROW, _ROW = 10.0, 36.0, 20.0
_BUS = 26.0  # how far Pods stand in from where the trunk of a Service's arrows runs down
_NARROWEST = 1.46  # width : height; narrower pages get wider frames
_GROWS = 4.0  # spare height that chips heed
_SHORT = 0.3  # weight of the empty places of a short last row, of frames or of Pods
_OFF = 1.2  # pages so far from 16:9 are as good as any
_SOME = 4  # fewer Pods may leave a short row
_MOST = 3
"""In a frame, or in a node of it, Pods stand in so many columns at most."""


class _Cell(Struct, frozen=True):
    """The size of the boxes of all slots: what juts out at the left, and the frame itself."""

    left: float
    wide: float
    high: float


def placed(pen: Pen, boxes: tuple[Box, ...], head: float, only: int | None = None) -> Part:
    """All frames in rows with arrows between them, or the one numbered `only` from 1."""
    chosen = boxes if only is None else boxes[only - 1 : only]
    ways = [(columns, wide) for columns in _columns(boxes) for wide in range(1, len(chosen) + 1)]
    plans = {columns: _plan(pen, boxes, columns) for columns, _ in ways}

    def page(way: tuple[int, int]) -> float:
        across, down = _size(plans[way[0]], len(chosen), way[1], head)
        far = max(across / down, down / across) / _OFF
        empty = -len(chosen) % way[1] / len(chosen) + _short(boxes, way[0]) / 2
        return max(across, down) * max(far, 1.0) * (1 + _SHORT * empty)

    columns, wide = min(ways, key=lambda way: round(page(way)))
    across, down = _size(plans[columns], len(chosen), wide, head)
    missing = (across / FLATTEST - down / RATIO) / ceil(len(chosen) / wide)
    plan = _plan(pen, boxes, columns, max(0.0, missing))
    across, down = _size(plan, len(chosen), wide, head)
    if across < down / RATIO * _NARROWEST:
        whole = down / RATIO * _NARROWEST - MARGINS + _ARROW
        plan = _plan(pen, boxes, columns, least=whole / wide - _ARROW)
    return _set(pen, chosen, plan, wide)


def _size(plan: Plan, count: int, wide: int, head: float) -> tuple[float, float]:
    """The width of a page of `count` frames, `wide` in a row, and the one that its height asks
    for at 16:9."""
    rows = ceil(count / wide)
    whole = min(wide, count) * (plan.wide + _ARROW) - _ARROW + MARGINS
    return whole, (rows * (plan.high + _ROW) - _ROW + head + PAD) * RATIO


def _columns(boxes: Sequence[Box]) -> list[int]:
    """In how many columns the Pods of a frame, or of a node, may stand."""
    slots = _slots(boxes)
    most = max((len(own) for own in slots.values()), default=1)
    return list(range(1, min(_MOST, most) + 1))


def _short(boxes: Sequence[Box], columns: int) -> float:
    """How much of its Pods' number the last row of a frame, or of a node, lacks in so many
    columns."""
    counts = [len(own) for own in _slots(boxes).values()]
    return max([-count % columns / count for count in counts if count >= _SOME], default=0.0)


def _slots(boxes: Sequence[Box]) -> dict[str, list[str]]:
    """Node, or nothing → the slots that some frame uses there, in order."""
    found: dict[str, set[str]] = {}
    for box in boxes:
        for inner in box.walk():
            if inner.shape is Shape.POD and inner.slot:
                found.setdefault(inner.slot.rpartition("#")[0], set()).add(inner.slot)
    return {
        node: sorted(own, key=lambda slot: int(slot.rpartition("#")[2]))
        for node, own in found.items()
    }


# ── the plan ────────────────────────────────────────────────────────────────────────────────


def _plan(
    pen: Pen, boxes: tuple[Box, ...], columns: int, missing: float = 0.0, least: float = 0.0
) -> Plan:
    """`missing` is the height by which frames may grow: their Pods do; `least`
    the width that they have at least."""
    every = [inner for box in boxes for inner in box.walk()]
    cell = _cell(pen, [b for b in every if b.shape is Shape.POD])
    slots = _slots(boxes)
    rows = max(1, sum(ceil(len(own) / columns) for own in slots.values()))
    cell = replace(cell, high=cell.high + min(missing / rows, 0.8 * cell.high))
    nodes = list(dict.fromkeys(b.slot or "" for b in every if b.shape is Shape.NODE))
    services = {b.about: b for b in every if b.shape is Shape.CARD}
    indent = _BUS if services else 0.0
    cell = replace(cell, left=cell.left + indent)
    grids = {node: _grid(slots.get(node, []), columns, cell) for node in (*nodes, "")}
    pods = max((w for _, w, _ in grids.values()), default=0.0) + (2 * NODE_PAD if nodes else 0.0)
    heads = [moment.node_width(pen, b) for b in every if b.shape is Shape.NODE]
    cards = {
        path: max(moment.card_width(pen, b) for b in every if b.about == path) for path in services
    }
    inner = max([pods, *heads, *cards.values()])
    wide = max(
        inner + 2 * PAD,
        least,
        *(moment.heading(pen, box) for box in boxes),
        *(moment.facts_width(pen, box) for box in boxes),
    )
    places: dict[str, Rect] = {}
    lines = max(len(moment.head_lines(pen, box, wide)) for box in boxes)
    y = moment.HEAD + (lines - 1) * pen.size(16) * 1.42
    for path in cards:
        places[path] = Rect(PAD, y, wide - 2 * PAD, moment.CARD)
        y += moment.CARD + _GAP + 6
    for node in nodes:
        inside, _, high = grids[node]
        whole = NODE_HEAD + max(high, cell.high / 2) + NODE_PAD
        places[f"node {node}"] = Rect(PAD, y, wide - 2 * PAD, whole)
        _put(places, inside, PAD + NODE_PAD, y + NODE_HEAD, wide - 2 * PAD - 2 * NODE_PAD, cell)
        y += whole + _GAP
    inside, _, high = grids[""]
    _put(places, inside, PAD, y, wide - 2 * PAD, cell)
    y += high + _GAP if inside else 0.0
    label = max(moment.label_width(pen, box) for box in boxes)
    foot = max(moment.facts_height(pen, box, wide, label) for box in boxes)
    facts = y + 4
    return Plan(
        wide=wide,
        high=facts + foot + (6 if foot else 0),
        facts=facts,
        label=label,
        places=places,
        rooms=_rooms(pen, [b for b in every if b.shape is Shape.POD], places),
    )


def _cell(pen: Pen, pods: list[Box]) -> _Cell:
    """The largest of all that ever stands in a slot."""
    blocks = [shapes.draw(pen, pod) for pod in pods]
    left = max((b.body.x for b in blocks), default=0.0)
    wide = max((b.body.w for b in blocks), default=0.0)
    room = _most(pen, pods, wide)
    high = max((shapes.draw(pen, pod, room).body.h for pod in pods), default=0.0)
    return _Cell(left, wide, high)


def _most(pen: Pen, pods: Sequence[Box], wide: float) -> Room:
    """A room of this width in which name and containers of each of the Pods stand alike."""
    room = Room(w=wide)
    for _ in range(2):  # what stands on top first, what follows below it then
        told = [insets(pen, box, room) for box in pods]
        room = Room(
            w=wide,
            indent=max((each.indent for each in told), default=0.0),
            head=max((each.head for each in told), default=0.0),
            top=max((each.top for each in told), default=0.0),
        )
    return room


def _rooms(pen: Pen, pods: Sequence[Box], places: dict[str, Rect]) -> dict[str, Room]:
    """Slot → the room of all that ever stand in it."""
    own: dict[str, list[Box]] = {}
    for box in pods:
        own.setdefault(box.slot or "", []).append(box)
    rooms = {slot: _most(pen, each, places[slot].w) for slot, each in own.items()}
    return {
        slot: replace(room, spare=_spare(pen, own[slot], room, places[slot].h))
        for slot, room in rooms.items()
    }


def _spare(pen: Pen, pods: Sequence[Box], room: Room, high: float) -> float:
    """The height that chips may fill in a slot: none where those of its Pods ever differ, for
    then they would move from frame to frame."""
    chips = {tuple((c.name, c.details, len(c.pins)) for c in pod.children) for pod in pods}
    if len(chips) > 1 or any(pod.doors or pod.arrows for pod in pods):
        return 0.0
    spare = min(high - shapes.draw(pen, pod, room).body.h for pod in pods)
    return spare if spare > _GROWS else 0.0


def _grid(
    slots: list[str], columns: int, cell: _Cell
) -> tuple[list[tuple[str, int, int]], float, float]:
    """Slot, column and row; the room that all take."""
    count = min(columns, len(slots)) or 1
    inside = [(slot, i % count, i // count) for i, slot in enumerate(slots)]
    rows = ceil(len(slots) / count)
    wide = count * (cell.left + cell.wide + _GAP) - _GAP
    return inside, wide, max(rows * (cell.high + _GAP) - _GAP, 0.0)


def _put(
    places: dict[str, Rect],
    inside: list[tuple[str, int, int]],
    x: float,
    y: float,
    room: float,
    cell: _Cell,
) -> None:
    """Every slot with its frame; frames grow a little to fill the room."""
    count = max((column for _, column, _ in inside), default=0) + 1
    wide = (room + _GAP) / count - _GAP - cell.left
    for slot, column, row in inside:
        left = x + column * (wide + cell.left + _GAP) + cell.left
        places[slot] = Rect(left, y + row * (cell.high + _GAP), wide, cell.high)


# ── the frames ──────────────────────────────────────────────────────────────────────────────


def _set(pen: Pen, boxes: Sequence[Box], plan: Plan, columns: int) -> Part:
    groups: list[Group] = []
    routes: list[Routed] = []
    for i, box in enumerate(boxes):
        x = i % columns * (plan.wide + _ARROW)
        y = i // columns * (plan.high + _ROW)
        if i and i % columns:
            groups.append(_next(boxes[i - 1], box, x, y + moment.HEAD / 2))
        groups.append(_frame(pen, box, plan).at(x, y))
        routes += [routed.moved(x, y) for routed in _routes(box, plan)]
    rows = ceil(len(boxes) / columns)
    return Part(
        width=min(columns, len(boxes)) * (plan.wide + _ARROW) - _ARROW,
        height=rows * (plan.high + _ROW) - _ROW,
        groups=tuple(groups),
        routes=tuple(routes),
    )


def _next(before: Box, box: Box, x: float, y: float) -> Group:
    """The arrow in the gap, at the height of the headings."""
    line: tuple[Step, ...] = (("M", (x - _ARROW, y)), ("H", (x - 6,)))
    stem = Path(steps=line, stroke=Stroke(colour="edge", width=1.8))
    return Group(
        items=(stem, head(x, y, "right", "edge")),
        id=f"{before.id}→{box.id}",
        classes=("arrow", "next"),
    )


def _frame(pen: Pen, box: Box, plan: Plan) -> Block:
    inside: list[Group] = []
    for child in box.children:
        if child.shape is Shape.NODE:
            pods = [_seated(pen, pod, plan) for pod in child.children]
            pods += _empty(box, plan, child.slot or "")
            inside.append(moment.node(pen, child, plan.places[f"node {child.slot}"], pods))
        elif child.shape is Shape.CARD:
            inside.append(moment.card(pen, child, plan.places[child.about]))
        else:
            inside.append(_seated(pen, child, plan))
    return moment.framed(pen, box, plan, [*inside, *_empty(box, plan, "")])


def _empty(box: Box, plan: Plan, node: str) -> list[Group]:
    """A dashed place on the node for each Pod that a frame lacks, as far as another frame has
    one there."""
    taken = {inner.slot for inner in box.walk() if inner.shape is Shape.POD}
    down = {inner.slot for inner in box.walk() if inner.role is Role.DEAD}
    free = [
        (slot, rect)
        for slot, rect in plan.places.items()
        if "#" in slot and slot not in taken and slot.rpartition("#")[0] not in down
    ]
    return [
        moment.place(f"{box.id}/{slot}", rect)
        for slot, rect in free[: sum(fact.missing for fact in box.facts)]
        if slot.rpartition("#")[0] == node
    ]


def _seated(pen: Pen, box: Box, plan: Plan) -> Group:
    """A Pod whose frame fills its slot."""
    rect = plan.places[box.slot or ""]
    block = shapes.draw(pen, box, replace(plan.rooms[box.slot or ""], h=rect.h))
    return block.at(rect.x - block.body.x, rect.y - block.body.y)


def _routes(box: Box, plan: Plan) -> list[Routed]:
    """Down from the Service along its left, and into each Pod behind it."""
    by_id = {inner.id: inner for inner in box.walk()}
    made = []
    for arrow in box.arrows:
        tail = plan.places[by_id[arrow.tail].about]
        slot = plan.places[by_id[arrow.head].slot or ""]
        x, y = slot.x - _BUS / 2, slot.y + min(slot.h / 2, 30.0)
        made.append(Routed(arrow, ((x, tail.bottom), (x, y), (slot.x, y))))
    return made
