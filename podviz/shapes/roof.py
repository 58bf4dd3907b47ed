"""The shared network as the roof of a Pod: one IP, one port space, localhost."""

from dataclasses import dataclass, replace

from podviz.drawing import Group, Item, Panel, Path, Rect, Stroke, Symbol
from podviz.figure import Arrow, Box, Door, Relation
from podviz.shapes.block import Pen
from podviz.shapes.ink import CAPSULE, baseline, capsule_width, draw_capsule, elbow, head, run
from podviz.text import width
from podviz.words import word

HEIGHT = 58.0
_LANE = 26.0
_TEXT_LEFT = 54.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Capsule:
    """A door on the roof's lower line: its middle, and the columns it leads to."""

    door: Door
    x: float
    wide: float
    stems: tuple[float, ...]


def capsules(pen: Pen, box: Box, columns: dict[str, tuple[float, float]]) -> tuple[Capsule, ...]:
    """Doors above their container's right end, side by side; a door with several containers
    behind it stands between them."""
    taken: dict[str, float] = {}
    placed = []
    for door in reversed(box.doors):
        wide = capsule_width(pen, door)
        leads = [lead for lead in door.leads if lead in columns]
        if not leads:
            continue
        if len(leads) == 1:
            right = taken.get(leads[0], columns[leads[0]][1] - 14)
            x = right - wide / 2
            taken[leads[0]] = right - wide - 6
            stems: tuple[float, ...] = (x,)
        else:
            middles = [(columns[c][0] + columns[c][1]) / 2 for c in leads]
            x, stems = sum(middles) / len(middles), tuple(middles)
        placed.append(Capsule(door=door, x=x, wide=wide, stems=stems))
    return tuple(reversed(placed))


def ports_width(pen: Pen, box: Box, column: str) -> float:
    """The room that a column's own capsules need side by side."""
    own = [d for d in box.doors if d.leads == (column,)]
    return sum(capsule_width(pen, d) + 6 for d in own) + 22 if own else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Roof:
    """The drawn band and how high it became."""

    height: float
    items: tuple[Item, ...]
    over: tuple[Item, ...]
    """Capsules and calls: drawn after the containers' stems."""


def _lines(pen: Pen, box: Box) -> tuple[str, str, str]:
    ip = box.ip or ""
    return (
        pen.say(word("one-ip")),
        ip,
        pen.say(word("one-port-space")),
    )


def text_right(pen: Pen, box: Box) -> float:
    """Where the roof's own words end, from the Pod's left edge."""
    first, ip, second = _lines(pen, box)
    upper = width(first + "  ", pen.size(14)) + width(ip, pen.size(14), bold=True)
    return _TEXT_LEFT + max(upper, width(second, pen.size(11)))


def draw(
    pen: Pen,
    box: Box,
    wide: float,
    top: float,
    columns: dict[str, tuple[float, float]],
    depth: float,
) -> Roof:
    """The band at `top` over the whole width; stems reach down by `depth` to the containers."""
    doors = capsules(pen, box, columns)
    wanted = [a for a in box.arrows if a.relation is Relation.CALLS]
    calls = _apart([_call(a, doors, columns) for a in wanted])
    beside = min((min(c.x1, c.x2) for c in calls), default=wide) > text_right(pen, box) + 16
    high = HEIGHT if beside else HEIGHT - 6
    lanes = len(calls) if not beside else max(0, len(calls) - 1)
    high += lanes * _LANE + (8 if calls and not beside else 0)
    under = top + high
    rect = Rect(1.1, top, wide - 2.2, high)
    line = Stroke(colour="band.line", width=1)
    items: list[Item] = [
        Panel(rect=rect, fill="band.fill"),
        Path(
            steps=(
                ("M", (1.1, top)),
                ("H", (wide - 1.1,)),
                ("M", (1.1, under)),
                ("H", (wide - 1.1,)),
            ),
            stroke=line,
        ),
        Symbol(name="network", rect=Rect(19, top + 14, 26, 26), colour="band.text"),
    ]
    items += _words(pen, box, top)
    items += _stems(doors, columns, under, depth)
    over: list[Item] = []
    for i, call in enumerate(calls):
        over += _draw_call(
            pen,
            call,
            under + depth if call.bare else under - CAPSULE / 2,
            under,
            under - CAPSULE / 2 - 24 - i * _LANE,
        )
    over += [draw_capsule(pen, c.door, c.x - c.wide / 2, under) for c in doors]
    return Roof(height=high, items=tuple(items), over=tuple(over))


def _words(pen: Pen, box: Box, top: float) -> list[Item]:
    first, ip, second = _lines(pen, box)
    size = pen.size(14)
    items: list[Item] = [run(first, size, _TEXT_LEFT, baseline(top + 18, size), colour="band.text")]
    if ip:
        shift = width(first + "  ", size)
        items.append(
            run(
                ip,
                size,
                _TEXT_LEFT + shift,
                baseline(top + 18, size),
                bold=True,
                colour="band.text",
            )
        )
    small = pen.size(11)
    items.append(run(second, small, _TEXT_LEFT, baseline(top + 36, small), colour="band.text"))
    return items


def _stems(
    doors: tuple[Capsule, ...], columns: dict[str, tuple[float, float]], under: float, depth: float
) -> list[Item]:
    stroke = Stroke(colour="pod.line", width=1.8)
    items: list[Item] = []
    for capsule in doors:
        for x in capsule.stems:
            if abs(x - capsule.x) < 1:
                steps = elbow([(x, under), (x, under + depth)])
            else:
                middle = under + min(depth / 2, 20)
                steps = elbow(
                    [(capsule.x, under), (capsule.x, middle), (x, middle), (x, under + depth)]
                )
            items.append(Path(steps=steps, stroke=stroke))
    return items


# ── calls over localhost ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    arrow: Arrow
    x1: float
    x2: float
    bare: bool
    """True when the caller has no port of its own to start from."""


def _call(
    arrow: Arrow, doors: tuple[Capsule, ...], columns: dict[str, tuple[float, float]]
) -> _Call:
    """From the caller's door (or its top) to the door that is called."""
    head_door = next(
        (c for c in doors if arrow.head in (c.door.id, *c.door.leads)),
        None,
    )
    tail_doors = [
        c for c in doors if arrow.tail in (c.door.id, *c.door.leads) and c is not head_door
    ]
    end = head_door.x if head_door else _top(columns, arrow.head)
    if tail_doors:
        return _Call(arrow=arrow, x1=tail_doors[0].x, x2=end, bare=False)
    return _Call(arrow=arrow, x1=_top(columns, arrow.tail), x2=end, bare=True)


def _apart(calls: list[_Call]) -> list[_Call]:
    """Longer calls on higher lanes, and ends that meet on one capsule moved beside each other
    so that no two lines cross: what goes left on the left, and there the lower lane first."""
    calls = sorted(calls, key=lambda c: (abs(c.x1 - c.x2), c.x1))
    met: dict[float, list[tuple[int, str]]] = {}
    for lane, call in enumerate(calls):
        met.setdefault(round(call.x1, 1), []).append((lane, "x1"))
        met.setdefault(round(call.x2, 1), []).append((lane, "x2"))
    result = list(calls)
    for here, ends in met.items():
        if len(ends) < 2 or {end for _, end in ends} == {"x2"}:
            continue  # calls that only arrive share their last stretch, as a bus does
        ends.sort(key=lambda e: _end_rank(calls[e[0]], e[0], here))
        for k, (lane, end) in enumerate(ends):
            shift = (k - (len(ends) - 1) / 2) * 13
            moved = getattr(calls[lane], end) + shift
            result[lane] = replace(result[lane], **{end: moved})
    return result


def _end_rank(call: _Call, lane: int, here: float) -> tuple[bool, int]:
    other = call.x2 if abs(call.x1 - here) < 0.2 else call.x1
    right = other > here
    return right, -lane if right else lane


def _top(columns: dict[str, tuple[float, float]], column: str) -> float:
    _, right = columns.get(column, (0.0, 0.0))
    return right - 30


def _draw_call(pen: Pen, call: _Call, start: float, under: float, y: float) -> list[Item]:
    """A line inside the roof with its words on it."""
    points = [(call.x1, start), (call.x1, y), (call.x2, y), (call.x2, under - CAPSULE / 2 - 6)]
    stroke = Stroke(colour="band.line", width=1.8)
    items: list[Item] = [head(call.x2, under - CAPSULE / 2, "down", "band.line")]
    if not call.arrow.label:
        items.append(Path(steps=elbow(points), stroke=stroke))
    else:
        size = pen.size(12)
        words = pen.say(call.arrow.label)
        wide = width(words, size, bold=True)
        middle = (call.x1 + call.x2) / 2
        gap = (wide / 2 + 8) * (1 if call.x2 > call.x1 else -1)
        before = elbow([*points[:2], (middle - gap, y)])
        after = elbow([(middle + gap, y), *points[2:]])
        items.append(Path(steps=(*before, *after), stroke=stroke))
        items.append(
            run(
                words,
                size,
                middle,
                baseline(y, size),
                bold=True,
                colour="band.text",
                anchor="middle",
            )
        )
    return [
        Group(
            items=tuple(items),
            id=call.arrow.id,
            classes=("arrow", "calls"),
            tooltip=call.arrow.tooltip,
        )
    ]
