"""Which Pods stand on which machine; idle machines and waiting Pods too."""

from msgspec.structs import replace

from podviz.cluster import facts, placement
from podviz.cluster.placement import Stand
from podviz.figure import Arrow, Box, Door, Meter, Relation, Role, Shape, Tag
from podviz.model import Node
from podviz.pod import Pod
from podviz.scene.boxes import arrow, name_text, pod_box, said, served_label, size, wants
from podviz.scene.links import link_ends
from podviz.scene.objects import controller_card, missing_card, service_card
from podviz.sheet import Sheet
from podviz.text import Text, clean, number
from podviz.view import Scene
from podviz.words import word

_IDLE = Tag(words=word("idle"), role="node")


def compose(sheet: Sheet) -> Scene:
    """Nodes in the file's order, the lane of Pods without a node, Services without Pods."""
    stands = tuple([_home(stand) for stand in placement.placed(sheet.cluster)])
    names = {n.name for n in sheet.cluster.nodes}
    largest = max((n.capacity.cpu or 0 for n in sheet.cluster.nodes), default=0)
    boxes = [
        _node(sheet, node, [s for s in stands if s.node == node.name], stands, largest)
        for node in sheet.cluster.nodes
    ]
    waiting = [s for s in stands if s.node not in names]
    if waiting:
        boxes.append(_lane(sheet, waiting, stands))
    services, arrows = _idle_services(sheet)
    boxes += services
    arrows += _links(sheet, boxes)
    return tuple(boxes), tuple(arrows)


def _home(stand: Stand) -> Stand:
    """A Pod without a node stands where the first of its containers is put."""
    first = next((c.node for c in stand.pod.containers if c.node), None)
    return stand if stand.pod.node or not first else replace(stand, node=first)


def _node(
    sheet: Sheet, node: Node, stands: list[Stand], every: tuple[Stand, ...], largest: float
) -> Box:
    path = node.path
    children = tuple([_whole(sheet, stand) for stand in stands])
    children += tuple([_torn(sheet, s, node) for s in every if _is_torn(s, node)])
    if not children:
        slot = Box(
            id=f"{path}/slot",
            about=path,
            kind="Slot",
            shape=Shape.SLOT,
            role=Role.NODE,
            name=word("no-pods"),
        )
        children = (slot,)
    requests = [
        cpu * stand.count for stand in stands if (cpu := facts.cpu_request(stand.pod)) is not None
    ]
    meter = None
    told = "requests" not in sheet.hide
    if told and node.capacity.cpu and (requests or not stands):
        meter = Meter(
            label=word("cpu"), parts=tuple(requests), capacity=node.capacity.cpu, largest=largest
        )
    memory = _memory(node, stands) if told else ()
    labels = ", ".join(f"{k}={v}" for k, v in node.labels)
    return Box(
        id=path,
        about=path,
        kind="Node",
        shape=Shape.NODE,
        role=Role.NODE,
        name=name_text(node.name),
        details=(
            *memory,
            *((Text.same(clean(labels)),) if labels and wants(sheet, "labels") else ()),
        ),
        ip=clean(node.ip) if node.ip and wants(sheet, "ip") else None,
        status=None if any(c.shape is Shape.POD for c in children) else _IDLE,
        children=children,
        meter=meter,
        roomy=bool(sheet.cluster.links),
        tooltip=Text.same(f"Node {clean(node.name)} · {sum(s.count for s in stands)} Pods"),
        place=node.place,
    )


def _is_torn(stand: Stand, node: Node) -> bool:
    """True where a spec puts a container of the Pod on this node, and the Pod on another."""
    return stand.node != node.name and any(c.node == node.name for c in stand.pod.containers)


def _whole(sheet: Sheet, stand: Stand) -> Box:
    """The Pod, but for containers that a spec puts on other nodes."""
    box = _pod(sheet, stand)
    away = {c.path for c in stand.pod.containers if c.node and c.node != stand.node}
    return replace(box, children=tuple([c for c in box.children if c.about not in away]))


def _torn(sheet: Sheet, stand: Stand, node: Node) -> Box:
    """What a spec puts on another node than its Pod: dashed, for no Pod can be torn."""
    here = {c.path for c in stand.pod.containers if c.node == node.name}
    box = _pod(sheet, stand)
    return replace(
        box,
        id=f"{box.id}@{node.name}",
        about=f"{box.about}@{node.name}",
        role=Role.MISSING,
        ip=None,
        status=None,
        details=(word("torn-off"),),
        doors=(),
        children=tuple([c for c in box.children if c.about in here]),
    )


def _memory(node: Node, stands: list[Stand]) -> tuple[Text, ...]:
    """`memory 1.5 / 4 Gi`: what is requested of what the node has."""
    if not node.capacity.memory:
        return ()
    asked = sum((facts.memory_request(s.pod) or 0.0) * s.count for s in stands)
    used, whole = size(asked), size(node.capacity.memory)
    return (word("memory-of", number=f"{used} / {whole}"),)


def _pod(sheet: Sheet, stand: Stand) -> Box:
    pod = stand.pod
    box = pod_box(sheet, pod, shape=Shape.POD, inner=Shape.CHIP, doors=False)
    box = replace(box, doors=_service_doors(sheet, pod.path), count=stand.count)
    cpu = facts.cpu_request(pod)
    if cpu is not None and "requests" not in (*sheet.show, *sheet.hide):
        box = replace(box, details=(*box.details, word("cpu-of", number=number(cpu))))
    return box


def _lane(sheet: Sheet, waiting: list[Stand], stands: tuple[Stand, ...]) -> Box:
    """Pods without a node; one that asks for more than any node has shows by how much."""
    room = _room(sheet, stands)
    scale = max([*room, *(facts.cpu_request(s.pod) or 0.0 for s in waiting)])
    return Box(
        id="lane",
        about="lane",
        kind="Lane",
        shape=Shape.LANE,
        role=Role.WAITING,
        name=word("waits-for-node"),
        children=tuple(_waiting(sheet, stand, room, scale) for stand in waiting),
    )


def _waiting(sheet: Sheet, stand: Stand, room: tuple[float, float], scale: float) -> Box:
    """`room` is the CPU of the largest node, and the most that is free on any."""
    box = _pod(sheet, stand)
    asked, (largest, free) = facts.cpu_request(stand.pod), room
    if asked is None or not largest:
        return box
    limit, key = (largest, "largest-node") if asked > largest else (free, "most-free")
    never, now = word("fits-nowhere"), word("fits-nowhere-now")
    verdict = never if asked > largest else now if asked > free else word("would-fit")
    meter = Meter(
        label=word(key, number=number(limit)),
        parts=(asked,),
        capacity=limit,
        largest=scale,
        verdict=verdict,
    )
    return replace(box, meter=meter)


def _room(sheet: Sheet, stands: tuple[Stand, ...]) -> tuple[float, float]:
    """The CPU of the largest node, and the most that the Pods leave free on any."""
    free = {n.name: n.capacity.cpu or 0.0 for n in sheet.cluster.nodes}
    largest = max(free.values(), default=0.0)
    for stand in stands:
        if stand.node in free:
            free[stand.node] -= (facts.cpu_request(stand.pod) or 0.0) * stand.count
    return largest, max([0.0, *free.values()])


# ── who reaches them ────────────────────────────────────────────────────────────────────────


def _service_doors(sheet: Sheet, path: str) -> tuple[Door, ...]:
    """The Services before one Pod, as capsules on its border; named where there are several."""
    cluster = sheet.cluster
    several = len(cluster.services) > 1
    doors = []
    for service in cluster.services:
        if not facts.is_served(service, path, cluster):
            continue
        ports = " ".join(map(served_label, service.ports[:2]))
        label = f"{clean(service.name)}{ports}" if several or not ports else ports
        doors.append(
            Door(
                id=f"{path}@{service.path}",
                label=label,
                about=service.path,
                kind="Service",
                tooltip=Text.same(clean(f"Service {service.name} {ports}")),
                place=service.place,
            )
        )
    return tuple(doors)


def _idle_services(sheet: Sheet) -> tuple[list[Box], list[Arrow]]:
    """Services without live Pods: near the dead or waiting Pods that they select, before the
    controllers without replicas, or with a stand-in for what is not there at all."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    for service in sheet.cluster.services:
        if not facts.is_idle(service, sheet.cluster):
            continue
        boxes.append(service_card(sheet, service))
        chosen = facts.selected(service, sheet.cluster)
        for thing in chosen:
            if isinstance(thing, Pod):
                arrows.append(arrow(service.path, thing.path, Relation.NEAR))
                continue
            if all(box.id != thing.path for box in boxes):
                boxes.append(controller_card(sheet, thing, sheet.cluster))
            arrows.append(arrow(service.path, thing.path, Relation.SELECTS))
        wished = ", ".join(f"{k}={v}" for k, v in service.selector) or service.target
        if wished and not chosen:
            card = missing_card(f"{service.path}/missing", "Pod", name_text(wished))
            boxes.append(card)
            arrows.append(arrow(service.path, card.id, Relation.SELECTS, missing=True))
    return boxes, arrows


def _links(sheet: Sheet, boxes: list[Box]) -> list[Arrow]:
    """Links between what the nodes hold; an address that a link names becomes a box. What the
    cluster declares and this view does not draw has no arrow."""
    at: dict[str, str] = {}
    for inner in (inner for box in boxes for inner in box.walk()):
        at.setdefault(inner.about, inner.id)
        for door in inner.doors:
            at.setdefault(door.about, door.id)
    arrows = []
    for i, link in enumerate(sheet.cluster.links):
        ends = link_ends(link, at, boxes, sheet.cluster)
        if ends:
            label = said(link.label) or (Text.same(f":{link.port}") if link.port else None)
            made = arrow(*ends, Relation.CALLS, label=label, place=link.place)
            arrows.append(replace(made, id=f"{made.id}.{i}"))
    return arrows
