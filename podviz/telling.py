"""A figure in words, for those who cannot see it."""

from collections.abc import Iterator

from msgspec.structs import replace

from podviz.figure import UNSAID, Arrow, Box, Fact, Figure, Noted, Shape
from podviz.text import NOTHING, Text
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
    boxes = _few([text for box in figure.boxes for text in _tells(box) if text != NOTHING])
    arrows = _few(list(_arrows(figure)))
    return (*caption, *boxes, *arrows, *map(_finding, figure.findings))


def _few(told: list[Text]) -> list[Text]:
    """The first of many, and how many more there are."""
    rest = len(told) - _MOST
    return [*told[:_MOST], word("tells-more", number=rest)] if rest > 1 else told


def _joined(told: tuple[Text, ...], between: str, end: str = "") -> Text:
    return Text(between.join(t.ko for t in told) + end, between.join(t.en for t in told) + end)


def _finding(noted: Noted) -> Text:
    """`1. error POD201: …`, and why it does not count."""
    severity = word(f"severity-{noted.severity}")
    why = word("suppressed", why=noted.suppressed) if noted.suppressed else None
    ko, en = (
        f"{noted.number}. {severity.to(lang)} {noted.code}: {noted.message.to(lang)}"
        + (f" ({why.to(lang)})" if why else "")
        for lang in ("ko", "en")
    )
    return Text(ko, en)


# ── boxes ───────────────────────────────────────────────────────────────────────────────────


def _tells(box: Box) -> Iterator[Text]:
    """The sentences of a box on top: one, but for what is a figure in the figure."""
    if box.shape is Shape.PANEL:
        yield _headed(box, "verdict")
        for child in box.children:
            yield from _tells(child)
        if box.caption:
            yield box.caption
    elif box.shape is Shape.MOMENT:
        yield _headed(box, "verdict")
        for child in box.children:
            yield from _tells(child)
        yield from map(_fact, box.facts)
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
    return _joined((fact.label, _joined(tuple(values), ", ")), ": ")


def _row(heads: Box, row: Box) -> Text:
    """`Network: Container its own, Pod shared`."""
    cells = [
        _joined((head.name, cell.name), " ")
        for head, cell in zip(heads.children[1:], row.children[1:], strict=True)
    ]
    return _joined((row.name, _joined(tuple(cells), ", ")), ": ")


def _told(box: Box) -> Text:
    """A box and, in brackets, what stands in it."""
    told = _naming(box)
    if not box.children:
        return told
    inner = _joined(tuple([_told(child) for child in box.children]), ", ")
    return Text(f"{told.ko} ({inner.ko})", f"{told.en} ({inner.en})")


def _naming(box: Box) -> Text:
    """`Pod web 10.0.1.5 Running ×3`."""

    def line(lang: str) -> str:
        kind = "" if box.kind in UNSAID else f"{box.kind} "
        parts = [kind + box.name.to(lang), box.ip or ""]
        if box.tag and box.shape is not Shape.VOLUME:
            parts.append(box.tag.words.to(lang))
        if box.status:
            parts.append(box.status.words.to(lang))
        parts += [d.label for d in box.doors]
        parts += [d.to(lang) for d in box.details if "image" in box.changed]
        parts += [f"×{box.count}" if box.count > 1 else ""]
        return " ".join(p for p in parts if p)

    return Text(line("ko"), line("en"))


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


def _arrows(figure: Figure) -> Iterator[Text]:
    """Who leads to whom; a story tells it by its facts."""
    every = list(figure.walk())
    names = {b.id: b for b in every}
    names |= {d.id: names.get(d.leads[0], b) if d.leads else b for b in every for d in b.doors}
    inside = [a for b in every if b.shape is not Shape.MOMENT for a in b.arrows]
    for arrow in (*inside, *figure.arrows):
        yield _arrow(arrow, names)


def _arrow(arrow: Arrow, names: dict[str, Box]) -> Text:
    tail, head = names.get(arrow.tail), names.get(arrow.head)
    return word(
        f"tells-{arrow.relation.value}",
        tail=tail.name if tail else arrow.tail,
        head=head.name if head else arrow.head,
    )
