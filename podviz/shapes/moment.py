"""One frame of a story: a numbered heading, who is there, and what is so."""

from msgspec import Struct

from podviz.assets import icon_of
from podviz.drawing import Group, Item, Panel, Path, Rect, Step, Stroke, Symbol
from podviz.figure import Box, Fact
from podviz.shapes.block import Block, Pen, Room, finish
from podviz.shapes.ink import (
    LINE,
    baseline,
    draw_tag,
    run,
    stressed,
    struck,
    tag_height,
    tag_width,
    titled,
    titled_width,
    turn_square,
)
from podviz.text import Text, width, wrap

PAD, HEAD = 16.0, 56.0
"""Clear room around what is in a frame, and the height of its heading, in points."""

NODE_HEAD, NODE_PAD, CARD = 40.0, 12.0, 52.0
_SQUARE, _MARK, _ICON = 24.0, 18.0, 28.0
_FACTS, _LABEL = 12.0, 14.0


class Plan(Struct, frozen=True):
    """What all frames of a story share: their size, and where everything stands in them.

    `places` are frames of Services and nodes by model path, and of Pods by slot, within the
    frame; `rooms` tell by slot where names and containers of its Pods stand. `facts` is the
    height where the facts begin, `label` the width of their first column.
    """

    wide: float
    high: float
    facts: float
    label: float
    places: dict[str, Rect]
    rooms: dict[str, Room] = {}


def draw(pen: Pen, box: Box, room: Room) -> Block:
    """An empty frame with its heading; `framed` fills it by a plan."""
    high = room.h or HEAD + PAD
    plan = Plan(wide=room.w or heading(pen, box), high=high, facts=high, label=0.0, places={})
    return framed(pen, box, plan, [])


def heading(pen: Pen, box: Box) -> float:
    """The width that the heading wants, of a long title only a part."""
    wide = width(pen.say(box.name), pen.size(16), bold=True)
    return PAD + _SQUARE + 12 + min(wide, 220.0) + PAD


def head_lines(pen: Pen, box: Box, wide: float) -> list[str]:
    return wrap(pen.say(box.name), pen.size(16), wide - 2 * PAD - _SQUARE - 12, bold=True)


def framed(pen: Pen, box: Box, plan: Plan, inside: list[Group]) -> Block:
    """The frame with its heading, `inside` and its facts."""
    body = Rect(0, 0, plan.wide, plan.high)
    stroke = Stroke(colour="line", width=1.4)
    items: list[Item] = [Panel(rect=body, fill="surface", stroke=stroke, radius=14)]
    size = pen.size(16)
    middle = HEAD / 2
    if box.order:
        items += turn_square(pen, box.order, PAD + _SQUARE / 2, middle, "quiet", _SQUARE)
    for i, line in enumerate(head_lines(pen, box, plan.wide)):
        y = baseline(middle + i * size * LINE, size)
        items.append(run(line, size, PAD + _SQUARE + 12, y, bold=True))
    items += inside
    items += _facts(pen, box.facts, plan)
    return finish(box, body, items)


# ── facts ───────────────────────────────────────────────────────────────────────────────────


def label_width(pen: Pen, box: Box) -> float:
    """The width of the first column of the facts."""
    size = pen.size(_FACTS)
    return max((min(width(pen.say(f.label), size), 150.0) for f in box.facts), default=0.0)


def facts_width(pen: Pen, box: Box) -> float:
    """The width that the facts want; long rows of values break."""
    size = pen.size(_FACTS)
    rows = [sum(width(pen.say(v), size, bold=True) + 12 for v, _ in f.values) for f in box.facts]
    return 2 * PAD + label_width(pen, box) + _LABEL + min(max(rows, default=0.0), 230.0) + 26


def facts_height(pen: Pen, box: Box, wide: float, label: float) -> float:
    """The height of all facts with the line above them, none where there are none."""
    if not box.facts:
        return 0.0
    step = pen.size(_FACTS) * 1.7
    return 14 + sum(len(_rows(pen, f, wide, label)) for f in box.facts) * step + 6


def _rows(pen: Pen, fact: Fact, wide: float, label: float) -> list[list[tuple[Text, str]]]:
    """The values in as many rows as they need."""
    size, room = pen.size(_FACTS), wide - 2 * PAD - label - _LABEL - 24
    rows: list[list[tuple[Text, str]]] = [[]]
    used = 0.0
    for value in fact.values:
        need = width(pen.say(value[0]), size, bold=value[1] != "kept") + 12
        if rows[-1] and used + need > room:
            rows.append([])
            used = 0.0
        rows[-1].append(value)
        used += need
    return rows


def _facts(pen: Pen, facts: tuple[Fact, ...], plan: Plan) -> list[Item]:
    if not facts:
        return []
    size = pen.size(_FACTS)
    step = size * 1.7
    rule: tuple[Step, ...] = (("M", (PAD, plan.facts)), ("H", (plan.wide - PAD,)))
    items: list[Item] = [Path(steps=rule, stroke=Stroke(colour="line", width=1))]
    y = plan.facts + 14
    for fact in facts:
        middle = y + step / 2
        label = wrap(pen.say(fact.label), size, plan.label + 0.1)[:1]
        items += [run(w, size, PAD, baseline(middle, size), colour="quiet") for w in label]
        for row in _rows(pen, fact, plan.wide, plan.label):
            x = PAD + plan.label + _LABEL
            for value, state in row:
                said = run(
                    pen.say(value),
                    size,
                    x,
                    baseline(y + step / 2, size),
                    bold=state in ("new", "bad"),
                    colour="quiet" if state == "gone" else "ink",
                )
                items.append(
                    struck(said) if state == "gone" else stressed(said) if state == "new" else said
                )
                x += said.width + 12
            y += step
        if fact.verdict:
            mark = Rect(plan.wide - PAD - _MARK, middle - _MARK / 2, _MARK, _MARK)
            items.append(Symbol(name=fact.verdict, rect=mark, colour=f"{fact.verdict}.line"))
    return items


def place(id: str, rect: Rect) -> Group:
    """An empty place, dashed: a Pod is missing here."""
    frame = Panel(rect=rect, stroke=Stroke(colour="line", width=1.4, dash=(5, 4)), radius=14)
    return Group(items=(frame,), id=id, classes=("slot",), box=rect)


# ── Services ────────────────────────────────────────────────────────────────────────────────


def card_width(pen: Pen, box: Box) -> float:
    """The width that a Service wants: its name, and its status beside it."""
    tag = tag_width(pen, box.status) + 12 if box.status else 0.0
    said = titled_width(pen, _KIND, pen.say(box.name), 14)
    return 14 + 30 + 10 + said + tag + 14


_KIND = Text.same("Service")


def card(pen: Pen, box: Box, rect: Rect) -> Group:
    """A Service: kind and name on one line, its address below, its status on the right."""
    stroke = Stroke(colour="app.line", width=1.6)
    icon = Rect(rect.x + 14, rect.y + rect.h / 2 - 15, 30, 30)
    items: list[Item] = [
        Panel(rect=rect, fill="app.fill", stroke=stroke, radius=10),
        Symbol(name=icon_of(box.kind), rect=icon),
    ]
    x, room = icon.right + 10, rect.right - icon.right - 24
    if box.status:
        tag = tag_width(pen, box.status)
        middle = rect.y + (rect.h - tag_height(pen)) / 2
        items += draw_tag(pen, box.status, rect.right - 14 - tag, middle)
        room -= tag + 12
    size, middle = pen.size(12), rect.y + rect.h / 2
    above = 9.0 if box.details else 0.0
    name = baseline(middle - above, pen.size(14))
    items += titled(pen, _KIND, pen.say(box.name), 14, x, name, room)
    for detail in box.details[:1]:
        items.append(run(pen.say(detail), size, x, baseline(middle + 10, size), colour="quiet"))
    return Group(items=tuple(items), id=box.id, classes=("service",), tooltip=box.tooltip, box=rect)


# ── nodes ───────────────────────────────────────────────────────────────────────────────────


def node_width(pen: Pen, box: Box) -> float:
    """The width that the heading of a node wants."""
    tag = tag_width(pen, box.status) + 10 if box.status else 0.0
    said = titled_width(pen, Text("노드", "Node"), pen.say(box.name), 14)
    return NODE_PAD + _ICON + 8 + said + tag + NODE_PAD


def node(pen: Pen, box: Box, rect: Rect, inside: list[Group]) -> Group:
    """A node with the Pods on it; `inside` stands in the frame's own coordinates."""
    silent = box.role.value == "dead"
    role = "dead" if silent else "node"
    stroke = Stroke(colour=f"{role}.line", width=1.8, dash=(6, 4) if silent else ())
    middle = rect.y + NODE_HEAD / 2
    icon = Rect(rect.x + NODE_PAD, middle - _ICON / 2, _ICON, _ICON)
    items: list[Item] = [
        Panel(rect=rect, fill=f"{role}.fill" if silent else "canvas", stroke=stroke, radius=14),
        Symbol(name=icon_of("Node"), rect=icon, opacity=0.45 if silent else 1.0),
    ]
    room = rect.right - NODE_PAD - icon.right - 8
    if box.status:
        tag = tag_width(pen, box.status)
        x = rect.right - NODE_PAD - tag
        items += draw_tag(pen, box.status, x, middle - tag_height(pen) / 2)
        room -= tag + 10
    y = baseline(middle, pen.size(14))
    items += titled(pen, Text("노드", "Node"), pen.say(box.name), 14, icon.right + 8, y, room)
    items += inside
    return Group(items=tuple(items), id=box.id, classes=("node",), tooltip=box.tooltip, box=rect)
