"""A figure in words, for those who cannot see it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from podviz.figure import UNSAID, Arrow, Box, Door, Fact, Figure, Noted, Pin, Relation, Role, Shape
from podviz.text import NOTHING, Text, number
from podviz.words import word

_MOST = 60
"""Sentences of one kind that are told; the others are counted."""


def telling(figure: Figure) -> Figure:
    """The figure with its summary: all that is told of it, in one line."""
    told = sentences(figure)
    return replace(figure, summary=_joined(told, ". ", "."))


def sentences(figure: Figure) -> tuple[Text, ...]:
    """What is in the figure, who leads to whom, and what is wrong, a sentence each."""
    caption = [figure.caption] if figure.caption else []
    names = _Names.of(figure)
    boxes = _few(
        [text for box in paired(figure.boxes) for text in _tells(box, names) if text != NOTHING]
    )
    tops = [box for box in figure.boxes if box.shape not in _SCENES]
    arrows = _few([*_inside(tops, names), *[_arrow(a, names.whole) for a in figure.arrows]])
    return (*caption, *boxes, *arrows, *map(_finding, figure.findings))


def paired(boxes: Sequence[Box]) -> Sequence[Box]:
    """Cards in the order in which they are read: each myth before what is true instead."""
    half = len(boxes) // 2
    verdicts = [box.verdict for box in boxes if box.shape is Shape.TILE]
    if not half or verdicts != ["bad"] * half + ["good"] * half:
        return boxes
    return [box for pair in zip(boxes[:half], boxes[half:], strict=True) for box in pair]


def _few(told: list[Text]) -> list[Text]:
    """The first of many, and how many more there are."""
    rest = len(told) - _MOST
    return [*told[:_MOST], word("tells-more", number=rest)] if rest > 1 else told


def _joined(told: Sequence[Text], between: str, end: str = "") -> Text:
    return Text(between.join([t.ko for t in told]) + end, between.join([t.en for t in told]) + end)


def _finding(noted: Noted) -> Text:
    """`1. error POD201: …`, how often, and why it does not count."""
    severity = word(f"severity-{noted.severity}")
    aside = [word("tells-more", number=noted.more)] if noted.more else []
    aside += [word("suppressed", why=noted.suppressed)] if noted.suppressed else []
    ko, en = (
        f"{noted.number}. {severity.to(lang)} {noted.code}: {noted.message.to(lang)}"
        + "".join(f" ({said.to(lang)})" for said in aside)
        for lang in ("ko", "en")
    )
    return Text(ko, en)


# ── boxes ───────────────────────────────────────────────────────────────────────────────────

_SCENES = (Shape.PANEL, Shape.MOMENT)


def _tells(box: Box, names: "_Names") -> Iterator[Text]:
    """The sentences of a box on top: one, but for what is a figure in the figure."""
    if box.shape in _SCENES:
        yield _headed(box, "verdict")
        for child in box.children:
            yield _told(child)
        if box.shape is Shape.PANEL:
            yield from _inside(box.children, names)
            yield from [_arrow(arrow, names.whole) for arrow in box.arrows]
        yield from map(_fact, box.facts)
        if box.caption:
            yield box.caption
    elif box.shape is Shape.TILE:
        head = _headed(box, "card")
        yield _joined((head, box.caption), ": ") if box.caption else head
    elif box.shape is Shape.TABLE:
        for row in box.children[1:]:
            yield _row(box.children[0], row)
    else:
        yield _told(box)


def _headed(box: Box, kind: str) -> Text:
    """`1. Running`, `Bad: two services in one Pod`."""
    parts = [Text.same(f"{box.order}.")] if box.order else []
    if box.verdict:
        said = word(f"{kind}-{box.verdict}")
        parts.append(Text(f"{said.ko}:", f"{said.en}:") if box.name.en else said)
    return _joined((*parts, box.name) if box.name.en else tuple(parts), " ")


def _fact(fact: Fact) -> Text:
    """`Endpoints: 10.0.1.4, no longer 10.0.1.5`."""
    values = [word(f"tells-{state}", what=what) for what, state in fact.values]
    return _joined((fact.label, _joined(values, ", ")), ": ")


def _row(heads: Box, row: Box) -> Text:
    """`Network: Container its own; Pod shared`."""
    cells = [
        _joined((head.name, cell.name), ": ")
        for head, cell in zip(heads.children[1:], row.children[1:], strict=True)
    ]
    return _joined((row.name, _joined(cells, "; ")), " – ")


def _told(box: Box) -> Text:
    """`Pod web, 10.0.1.5, Running: app (main, nginx:1.27, port 80), logs (sidecar · log)`."""
    head, inner = _head(box), _children(box)
    return _joined((head, inner), ": ") if inner else head


def _children(box: Box) -> Text | None:
    """What stands in a box: names, and in brackets what is said of each and stands in it."""
    told = []
    nested = False
    for child in box.children:
        inner = _children(child)
        nested = nested or inner is not None
        facts = [_joined(said, ", ")] if (said := _facts(child, box)) else []
        facts += [inner] if inner else []
        name = _named(child)
        aside = _joined(facts, ": ")
        told.append(Text(f"{name.ko} ({aside.ko})", f"{name.en} ({aside.en})") if facts else name)
    return _joined(told, "; " if nested else ", ") if told else None


def _head(box: Box) -> Text:
    return _joined((_named(box), *_facts(box, None)), ", ")


def _named(box: Box) -> Text:
    """`Pod web`, `노드 worker-1`, `web`."""
    if box.kind in UNSAID:
        return box.name
    kind = Text.same(box.kind)
    if box.shape is Shape.VOLUME and box.kind == "Volume":
        kind = box.tag.words if box.tag else word("volume")
    elif box.kind == "Node":
        kind = word("node")
    return _joined((kind, box.name), " ")


def _facts(box: Box, parent: Box | None) -> list[Text]:
    """What is said of a box beside its name: role, state, address, ports, number, findings."""
    told = [box.tag.words] if box.tag and box.shape is not Shape.VOLUME else []
    told += [Text.same(box.ip)] if box.ip else []
    told += [box.status.words] if box.status else []
    if box.role is Role.DEAD and not box.status and (not parent or parent.role is not Role.DEAD):
        told.append(word("dead"))
    if box.role is Role.MISSING and box.shape in (Shape.CARD, Shape.VOLUME):
        told.append(word("legend-missing"))
    told += [detail for said in box.details if (detail := _detail(said, box)) != NOTHING]
    doors = [d for d in box.doors if not d.leads]
    doors += [d for d in parent.doors if box.id in d.leads] if parent else []
    told += map(_door, doors)
    told += _metered(box)
    told += [Text.same(f"×{box.count}")] if box.count > 1 else []
    told += [box.caption] if box.caption else []
    pins = box.pins + tuple([pin for door in doors for pin in door.pins])
    return told + ([_pinned(pins)] if pins else [])


def _detail(said: Text, box: Box) -> Text:
    """A line below a name, without the kind; one that is a port alone says so."""
    if said.en.startswith(":"):
        return word("tells-port", port=said.en[1:])
    ko, en = (line.removeprefix(box.kind).removeprefix(" · ") for line in (said.ko, said.en))
    return Text(ko, en) if said.en.startswith(box.kind) else said


def _door(door: Door) -> Text:
    """`port 80`, `Service web:80`."""
    port = word("tells-port", port=door.label.removeprefix(":"))
    told = port if door.label.startswith(":") else Text.same(door.label)
    return _joined((Text.same("Service"), told), " ") if door.kind == "Service" else told


def _metered(box: Box) -> list[Text]:
    """How much of a node is asked for; for a Pod that waits, what there is room for."""
    meter = box.meter
    if meter is None:
        return []
    if meter.verdict:
        return [meter.label, meter.verdict]
    used = Text.same(number(sum(meter.parts)))
    return [_joined((meter.label, used, word("meter-of", whole=number(meter.capacity))), " ")]


def _pinned(pins: tuple[Pin, ...]) -> Text:
    numbers = sorted({pin.number for pin in pins})
    return word("tells-pins", numbers=", ".join(map(str, numbers)))


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


class _Names(NamedTuple):
    """What arrows end on, by id. `within` a Pod its containers have their own names, and a door
    that of the only one behind it; on the `whole` figure all is told with its kind and its Pod."""

    within: dict[str, Text]
    whole: dict[str, Text]

    @classmethod
    def of(cls, figure: Figure) -> "_Names":
        within: dict[str, Text] = {}
        whole: dict[str, Text] = {}
        for box in figure.walk():
            whole.setdefault(box.id, _named(box))
            within[box.id] = _named(box)
            if box.shape in (Shape.POD, Shape.ANATOMY):
                for child in box.children:
                    whole[child.id] = _joined((_named(box), child.name), "/")
        for box in figure.walk():
            for door in box.doors:
                whole[door.id] = whole[box.id]
                lead = door.leads[0] if len(door.leads) == 1 else box.id
                within[door.id] = within.get(lead, whole[box.id])
        return cls(within, whole)


def _inside(boxes: Sequence[Box], names: _Names) -> Iterator[Text]:
    """The arrows inside boxes; a story tells its own by its facts."""
    for box in boxes:
        for inner in box.walk():
            yield from [_arrow(arrow, names.within) for arrow in inner.arrows]


def _arrow(arrow: Arrow, names: dict[str, Text]) -> Text:
    tail, head = (names.get(end, Text.same(end)) for end in (arrow.tail, arrow.head))
    if arrow.missing and arrow.relation is Relation.READS:
        tail, head = head, tail  # drawn towards what is not there, not from it
    told = word(f"tells-{arrow.relation.value}", tail=tail, head=head)
    aside = [arrow.label] if arrow.label and arrow.relation is Relation.CALLS else []
    aside += [_pinned(arrow.pins)] if arrow.pins else []
    if not aside:
        return told
    said = _joined(aside, ", ")
    return Text(f"{told.ko} ({said.ko})", f"{told.en} ({said.en})")
