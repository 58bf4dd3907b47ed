"""A whole cluster: namespaces, workloads with their containers, and what leads to them."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from podviz.around import Gateway, Store, Thing
from podviz.cluster.relations import Object, kind_of, namespace_of, objects
from podviz.figure import Arrow, Box, Role, Shape
from podviz.model import Autoscaler, Claim, Controller, Ingress, Service
from podviz.pod import Pod
from podviz.scene.boxes import loose_container
from podviz.scene.calls import ties
from podviz.scene.fold import folded
from podviz.scene.ground import Ground, is_cluster_wide, survey
from podviz.scene.objects import (
    claim_drum,
    gateway_card,
    plain_card,
    route_card,
    scaler_card,
    service_card,
    space_box,
    stacked,
    store_drum,
    thing_card,
)
from podviz.scene.workloads import callers, marks, workload_box
from podviz.sheet import Sheet
from podviz.view import Scene
from podviz.words import word

_ALIKE = 3
"""Up to so many objects of a kind that is only named have a card each."""

Space = str | None
"""A namespace, empty for the default one; None for what lives in none."""


def compose(sheet: Sheet) -> Scene:
    """One frame for each namespace, unless all is in the default one; what lives in none
    beside them."""
    ground = survey(sheet)
    spaces: defaultdict[Space, list[Box]] = defaultdict(list)
    at: dict[str, str] = {path: f"{path}:door" for path in sorted(ground.capsules)}
    for space, box in _boxes(ground):
        spaces[space].append(box)
        at |= dict.fromkeys((box.about, *box.members), box.id)
        at |= {inner.about: inner.id for child in box.children for inner in child.walk()}
    for container in sheet.cluster.containers:
        spaces[None].append(loose_container(sheet, container))
        at[container.path] = container.path
    made = ties(ground, at)
    for outer in made.boxes:
        spaces[outer.space].append(outer.box)
    for space, tray in _trays(ground):
        spaces[space].append(tray)
    beside = spaces.pop(None, [])
    if set(spaces) <= {""}:
        return folded((*spaces.get("", ()), *beside), made.arrows)
    return _framed(ground, spaces, beside, made.arrows)


def _framed(
    ground: Ground,
    spaces: dict[Space, list[Box]],
    beside: list[Box],
    arrows: tuple[Arrow, ...],
) -> Scene:
    """Arrows within a namespace run inside its frame, the others between the frames."""
    home = {id: space for space, boxes in spaces.items() for box in boxes for id in _ids(box)}
    inside: defaultdict[Space, list[Arrow]] = defaultdict(list)
    across: list[Arrow] = []
    for arrow in arrows:
        space = home.get(arrow.tail)
        near = space is not None and home.get(arrow.head) == space
        (inside[space] if near else across).append(arrow)
    frames = []
    for space, boxes in spaces.items():
        thing = ground.relations.find("Namespace", space or "default")
        frames.append(space_box(space or "", thing, *folded(tuple(boxes), tuple(inside[space]))))
    return (*frames, *beside), tuple(across)


def _ids(box: Box) -> list[str]:
    return [id for inner in box.walk() for id in (inner.id, *(d.id for d in inner.doors))]


# ── boxes ───────────────────────────────────────────────────────────────────────────────────


def _boxes(ground: Ground) -> Iterable[tuple[Space, Box]]:
    """Every object that has a box, in the order of reading: doors to the cluster, Services,
    workloads, storage, all else; alike ones that are only named as one."""
    alike: defaultdict[tuple[Space, str], list[Box]] = defaultdict(list)
    for thing in _in_order(ground):
        space = None if is_cluster_wide(thing) else namespace_of(thing)
        if isinstance(thing, Controller | Pod):
            yield space, workload_box(ground, thing)
        elif isinstance(thing, Service | Ingress | Gateway | Autoscaler | Claim | Store):
            yield space, _box(ground, thing)
        else:
            alike[space, kind_of(thing)].append(_box(ground, thing))
    for (space, _), cards in alike.items():
        for card in [stacked(cards)] if len(cards) > _ALIKE else cards:
            yield space, card


def _in_order(ground: Ground) -> list[Object]:
    cluster = ground.sheet.cluster
    first: list[Object] = [*cluster.gateways, *cluster.ingresses, *cluster.services]
    first += [*cluster.autoscalers, *ground.workloads, *cluster.claims, *cluster.stores]
    known = {*(thing.path for thing in first), *ground.inside}
    later = [thing for thing in objects(cluster) if thing.path not in known]
    return [
        thing
        for thing in (*first, *later)
        if thing.path not in ground.capsules
        and not ground.is_mark(thing)
        and not _is_frame(ground, thing)
    ]


def _is_frame(ground: Ground, thing: Object) -> bool:
    """True for a Namespace object around whose things there is a frame."""
    return kind_of(thing) == "Namespace" and thing.name in ground.spaces


def _box(ground: Ground, thing: Object) -> Box:
    match thing:
        case Service():
            card = service_card(ground.sheet, thing)
            details = (*card.details, *callers(ground, thing))
            return replace(card, details=details, members=ground.addresses(thing))
        case Ingress():
            return route_card(thing)
        case Gateway():
            return gateway_card(thing)
        case Autoscaler():
            return scaler_card(thing)
        case Claim():
            return claim_drum(thing)
        case Store():
            return store_drum(thing)
        case Thing():
            return thing_card(thing)
        case _:
            return plain_card(thing, kind_of(thing))


def _trays(ground: Ground) -> Iterable[tuple[Space, Box]]:
    """What no workload shows as a mark, by namespace."""
    told = {thing.path for path in ground.used for thing in ground.marked(path)}
    told |= {path for s in ground.sheet.cluster.services for path in ground.addresses(s)}
    left: defaultdict[Space, list[Object]] = defaultdict(list)
    for thing in objects(ground.sheet.cluster):
        if ground.is_mark(thing) and thing.path not in told:
            left[None if is_cluster_wide(thing) else namespace_of(thing)].append(thing)
    for space, things in left.items():
        yield (
            space,
            Box(
                id=f"{space or ''}/tray" if space is not None else "tray",
                about=f"{space or ''}/tray" if space is not None else "tray",
                kind="Tray",
                shape=Shape.TRAY,
                role=Role.OBJECT,
                name=word("tray-wide" if space is None else "tray"),
                marks=marks(tuple(things)),
            ),
        )
