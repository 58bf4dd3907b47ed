"""Which Pods stand on which machine; idle machines and waiting Pods too."""

from dataclasses import replace

from podviz import facts
from podviz.boxes import arrow, missing_card, name_text, pod_box, service_card, wants
from podviz.figure import Arrow, Box, Meter, Relation, Role, Shape, Tag
from podviz.model import Node, Pod, Sheet
from podviz.text import Text, clean, number
from podviz.view import Scene
from podviz.words import word


def compose(sheet: Sheet) -> Scene:
    """Nodes in the file's order, then the lane of Pods without a node, then Services."""
    placed = facts.placed(sheet.cluster)
    names = {n.name for n in sheet.cluster.nodes}
    largest = max((n.capacity.cpu or 0 for n in sheet.cluster.nodes), default=0)
    boxes = [
        _node(sheet, node, [p for p, where in placed if where == node.name], largest)
        for node in sheet.cluster.nodes
    ]
    waiting = [p for p, where in placed if where not in names]
    if waiting:
        boxes.append(_lane(sheet, waiting, largest))
    services, arrows = _services(sheet, {p.path for p, _ in placed})
    return tuple(services + boxes), tuple(arrows)


def _node(sheet: Sheet, node: Node, pods: list[Pod], largest: float) -> Box:
    path = node.path
    children = tuple(_pod(sheet, pod) for pod in pods)
    if not children:
        slot = Box(
            id=f"{path}/slot", about=path, kind="Slot", shape=Shape.SLOT, role=Role.NODE, name=word("no-pods")
        )
        children = (slot,)
    requests = [cpu for pod in pods if (cpu := facts.cpu_request(pod)) is not None]
    meter = None
    if node.capacity.cpu and (requests or not pods):
        meter = Meter(
            label=word("cpu"), parts=tuple(requests), capacity=node.capacity.cpu, largest=largest
        )
    labels = ", ".join(f"{k}={v}" for k, v in node.labels)
    return Box(
        id=path,
        about=path,
        kind="Node",
        shape=Shape.NODE,
        role=Role.NODE,
        name=name_text(node.name),
        details=(Text.same(clean(labels)),) if labels and wants(sheet, "labels") else (),
        ip=clean(node.ip) if node.ip and wants(sheet, "ip") else None,
        status=None if pods else Tag(words=word("idle"), role="node"),
        children=children,
        meter=meter,
        tooltip=Text.same(f"Node {clean(node.name)} · {len(pods)} Pods"),
        place=node.place,
    )


def _pod(sheet: Sheet, pod: Pod) -> Box:
    box = pod_box(sheet, pod, shape=Shape.POD, inner=Shape.CHIP, doors=False)
    cpu = facts.cpu_request(pod)
    if cpu is not None and not wants(sheet, "requests"):
        box = replace(box, details=(*box.details, word("cpu-of", number=number(cpu))))
    return box


def _lane(sheet: Sheet, pods: list[Pod], largest: float) -> Box:
    """Pods without a node; one that asks for more than any node has shows by how much."""
    return Box(
        id="lane",
        about="lane",
        kind="Lane",
        shape=Shape.LANE,
        role=Role.WAITING,
        name=word("waits-for-node"),
        children=tuple(_waiting(sheet, pod, largest) for pod in pods),
    )


def _waiting(sheet: Sheet, pod: Pod, largest: float) -> Box:
    box = _pod(sheet, pod)
    asked = facts.cpu_request(pod)
    if asked is None or not largest:
        return box
    meter = Meter(label=word("cpu"), parts=(asked,), capacity=largest, largest=max(asked, largest))
    return replace(box, meter=meter)


def _services(sheet: Sheet, drawn: set[str]) -> tuple[list[Box], list[Arrow]]:
    """Services with an arrow to each of their Pods, wherever it stands."""
    boxes, arrows = [], []
    for service in sheet.cluster.services:
        boxes.append(service_card(sheet, service))
        ends = [e for e in facts.endpoints(service, sheet.cluster) if e in drawn]
        arrows += [arrow(service.path, e, Relation.SELECTS) for e in ends]
        if not ends:
            card = missing_card(f"{service.path}/missing", "Pod", word("no-pod-matches"))
            boxes.append(card)
            arrows.append(arrow(service.path, card.id, Relation.SELECTS, missing=True))
    return boxes, arrows
