"""From a sheet to a figure: the contract of views, and how a figure tells itself."""

from collections.abc import Callable, Sequence
from importlib import import_module

from podviz.cluster.census import census, tally
from podviz.cluster.relations import objects
from podviz.errors import InputError
from podviz.figure import Arrow, Box, Figure, Relation
from podviz.finding import Finding
from podviz.options import VIEWS
from podviz.scene import panels
from podviz.scene.apart import composed
from podviz.scene.boxes import legend, said
from podviz.scene.fold import folded
from podviz.scene.pins import pinned
from podviz.scene.telling import telling
from podviz.sheet import Sheet
from podviz.text import Text

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
    every, noted = pinned(list(zip(sheet.scenes, scenes, told, strict=True)))
    boxes, ties = _together(sheet, every)
    arrows = tuple(a for a in ties if a.relation is not Relation.NEAR)
    return telling(
        Figure(
            name=sheet.name or "",
            view="compare" if sheet.panels else names[0],
            title=said(sheet.title),
            caption=said(sheet.caption) or _tallied(sheet, names[0]),
            boxes=boxes,
            arrows=arrows,
            near=tuple(a for a in ties if a.relation is Relation.NEAR),
            legend=() if sheet.panels and "legend" not in sheet.show else legend(sheet, boxes),
            findings=noted,
            langs=sheet.langs,
            objects=tuple(
                [
                    listed
                    for scene, (own, _) in zip(sheet.scenes, every, strict=True)
                    for listed in census(scene.cluster, own)
                ]
            ),
        )
    )


def _tallied(sheet: Sheet, view: str) -> Text | None:
    """How many there are of each kind, where the view calls for it."""
    return tally(sheet.cluster) if view in _COUNTED and not sheet.panels else None


def _story(sheet: Sheet, findings: Sequence[Finding]) -> Figure:
    """The figure of a story: a box for each of its frames."""
    from podviz.scene.moments import frame, restarts
    from podviz.story import play

    moments = play(sheet.cluster, sheet.frames)
    counts = any(restarts(pod) for moment in moments for pod in moment.cluster.pods)
    told = zip(sheet.frames, moments, strict=True)
    boxes = tuple(
        [
            frame(sheet, given, moment, turn, counts=counts)
            for turn, (given, moment) in enumerate(told, start=1)
        ]
    )
    frames, noted = pinned([(sheet, ((box,), ()), findings) for box in boxes])
    boxes = tuple([box for drawn, _ in frames for box in drawn])
    return telling(
        Figure(
            name=sheet.name or "",
            view="story",
            title=said(sheet.title),
            caption=said(sheet.caption),
            boxes=boxes,
            findings=noted,
            langs=sheet.langs,
            objects=census(sheet.cluster, boxes),
        )
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
        if not any(objects(sheet.cluster)):
            raise InputError(f"{where}nothing to draw, there is no object of a cluster in it")
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
