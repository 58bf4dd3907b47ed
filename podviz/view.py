"""From a sheet to a figure: the contract of views, and how a figure tells itself."""

from collections.abc import Callable, Sequence
from importlib import import_module

from podviz import panels
from podviz.apart import composed
from podviz.boxes import legend, said
from podviz.census import census, tally
from podviz.errors import InputError
from podviz.figure import UNSAID, Arrow, Box, Figure, Noted, Relation, Shape
from podviz.finding import Finding
from podviz.fold import folded
from podviz.moments import frame
from podviz.pins import pinned
from podviz.sheet import Sheet
from podviz.story import play
from podviz.text import Text
from podviz.words import word

VIEWS = ("pods", "nodes", "owners", "network", "cluster", "overview")

_COUNTED = ("cluster", "overview")
"""Views whose caption, where none is given, says how many there are of each kind."""

_AS_IT_IS = (*_COUNTED, "table", "cards")
"""Views that know namespaces, or need not know them."""

Scene = tuple[tuple[Box, ...], tuple[Arrow, ...]]
Compose = Callable[[Sheet], Scene]
"""What a file in `views/` brings as `compose`: the boxes and arrows of one sheet."""


def compose(
    sheet: Sheet, view: str | None = None, findings: Sequence[Sequence[Finding]] = ()
) -> Figure:
    """The figure of a sheet, in the view asked for or the one that its content calls for.

    `findings` are those of each of its scenes. Raises InputError when there is nothing to draw.
    """
    if sheet.frames:
        return _story(sheet, [f for each in findings for f in each])
    names = [_plain(scene) or view or scene.view or called_for(scene) for scene in sheet.scenes]
    scenes = [_scene(*pair) for pair in zip(sheet.scenes, names, strict=True)]
    if sheet.panels:
        scenes = [panels.apart(scene, turn) for turn, scene in enumerate(scenes, start=1)]
    told = findings or [()] * len(scenes)
    each = zip(sheet.scenes, [boxes for boxes, _ in scenes], told, strict=True)
    every, noted = pinned(list(each))
    scenes = [(boxes, ties) for boxes, (_, ties) in zip(every, scenes, strict=True)]
    boxes, ties = _together(sheet, scenes)
    arrows = tuple(a for a in ties if a.relation is not Relation.NEAR)
    return Figure(
        name=sheet.name or "",
        view="compare" if sheet.panels else names[0],
        title=said(sheet.title),
        caption=said(sheet.caption) or (tally(sheet.cluster) if names[0] in _COUNTED else None),
        boxes=boxes,
        arrows=arrows,
        near=tuple(a for a in ties if a.relation is Relation.NEAR),
        legend=() if sheet.panels and "legend" not in sheet.show else legend(sheet, boxes),
        findings=noted,
        summary=_summary(sheet, boxes, arrows, noted),
        langs=sheet.langs,
        objects=tuple(
            [
                listed
                for scene, own in zip(sheet.scenes, every, strict=True)
                for listed in census(scene.cluster, own)
            ]
        ),
    )


def _story(sheet: Sheet, findings: Sequence[Finding]) -> Figure:
    """The figure of a story: a box for each of its frames."""
    told = zip(sheet.frames, play(sheet.cluster, sheet.frames), strict=True)
    boxes = tuple(
        [frame(sheet, given, moment, turn) for turn, (given, moment) in enumerate(told, start=1)]
    )
    (boxes,), noted = pinned([(sheet, boxes, findings)])
    return Figure(
        name=sheet.name or "",
        view="story",
        title=said(sheet.title),
        caption=said(sheet.caption),
        boxes=boxes,
        findings=noted,
        summary=_summary(sheet, boxes, (), noted),
        langs=sheet.langs,
        objects=census(sheet.cluster, boxes),
    )


def _plain(sheet: Sheet) -> str | None:
    """The view of a figure without a scene, whatever view is asked for."""
    return "table" if sheet.table else "cards" if sheet.cards else None


def _scene(sheet: Sheet, name: str) -> Scene:
    composer: Compose = import_module(f"podviz.views.{name}").compose
    scene = composer(sheet) if name in _AS_IT_IS else composed(name, composer, sheet)
    boxes, ties = folded(*scene)
    if not boxes:
        where = f"{sheet.place.file}: " if sheet.place else ""
        others = ", ".join(v for v in VIEWS if v != name)
        raise InputError(f"{where}nothing to draw in the view {name!r}; there are also {others}")
    return boxes, ties


def _together(sheet: Sheet, scenes: Sequence[Scene]) -> Scene:
    """The only scene, or a panel around each."""
    if not sheet.panels:
        return scenes[0]
    pairs = zip(sheet.panels, scenes, strict=True)
    return tuple(
        [panels.panel(one, turn, scene) for turn, (one, scene) in enumerate(pairs, start=1)]
    ), ()


def called_for(sheet: Sheet) -> str:
    """The view that shows what this sheet is about."""
    cluster = sheet.cluster
    if cluster.nodes:
        return "nodes"
    if cluster.services or cluster.ingresses or _between_pods(sheet):
        return "network"
    if cluster.controllers or cluster.autoscalers:
        return "owners"
    return "pods"


def _between_pods(sheet: Sheet) -> bool:
    """True when a link leaves its Pod."""
    return any(_pod(link.tail) != _pod(link.head) for link in sheet.cluster.links)


def _pod(path: str) -> str:
    """The Pod or template around a container; of other things, the path itself."""
    parts = path.split("/")
    return "/".join(parts[:2] if parts[0] == "Pod" else parts[:3])


# ── the figure in words ─────────────────────────────────────────────────────────────────────


def _summary(
    sheet: Sheet, boxes: tuple[Box, ...], arrows: tuple[Arrow, ...], noted: tuple[Noted, ...]
) -> Text:
    """What a reader who cannot see the figure is told, in sentences."""
    every = [b for box in boxes for b in box.walk()]
    names = {b.id: b for b in every}
    names |= {d.id: names.get(d.leads[0], b) if d.leads else b for b in every for d in b.doors}
    told = [_tells(box) for box in boxes]
    inside = [a for b in every for a in b.arrows]
    told += [_tells_arrow(a, names) for a in (*inside, *arrows)]
    told += [_tells_finding(n) for n in noted]
    caption = said(sheet.caption)
    if caption:
        told.insert(0, caption)
    return Text(". ".join(t.ko for t in told) + ".", ". ".join(t.en for t in told) + ".")


def _tells_finding(noted: Noted) -> Text:
    """`1. error POD201: …`."""
    severity = word(f"severity-{noted.severity}")
    ko, en = (
        f"{noted.number}. {severity.to(lang)} {noted.code}: {noted.message.to(lang)}"
        for lang in ("ko", "en")
    )
    return Text(ko, en)


def _tells(box: Box) -> Text:
    told = _naming(box)
    if not box.children:
        return told
    inner = [_tells(c) for c in box.children]
    return Text(
        f"{told.ko} ({', '.join(t.ko for t in inner)})",
        f"{told.en} ({', '.join(t.en for t in inner)})",
    )


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
        parts += [f"×{box.count}" if box.count > 1 else ""]
        return " ".join(p for p in parts if p)

    return Text(line("ko"), line("en"))


def _tells_arrow(arrow: Arrow, names: dict[str, Box]) -> Text:
    tail, head = names.get(arrow.tail), names.get(arrow.head)
    return word(
        f"tells-{arrow.relation.value}",
        tail=tail.name if tail else arrow.tail,
        head=head.name if head else arrow.head,
    )
