"""Arrows of who reaches whom, between boxes that a view has gathered."""

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.cluster import facts
from podviz.figure import Arrow, Box, Relation, Shape
from podviz.meta import ServicePort
from podviz.model import Controller, Service
from podviz.pod import Container, Pod, Port
from podviz.scene.boxes import (
    arrow,
    name_text,
    port_label,
    said,
    wants,
)
from podviz.scene.ground import Ground
from podviz.scene.links import drawn_at, is_declared, numbered
from podviz.scene.objects import (
    address_card,
    claim_drum,
    claims_drum,
    door_of,
    missing_card,
)
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.words import word


class Gathering(Struct, frozen=True):
    """Boxes and arrows as they gather; `at` tells where arrows to a model path end."""

    sheet: Sheet
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    at: dict[str, str] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        self.boxes.append(box)
        for inner in box.walk():
            self.at.setdefault(inner.id, inner.id)
            self.at.setdefault(inner.about, inner.id)


def ingress_arrows(scene: Gathering) -> None:
    services = {s.name: s for s in scene.sheet.cluster.services}
    arrows: list[Arrow] = []
    for ingress in scene.sheet.cluster.ingresses:
        many = len({rule.host for rule in ingress.paths}) > 1
        for rule in ingress.paths:
            said_path = f"{rule.host or '*'}{rule.path}" if many else rule.path
            label = Text.same(clean(said_path)) if said_path else None
            service = services.get(rule.service)
            if service is None:
                card = missing_card(
                    f"missing/Service/{rule.service}", "Service", name_text(rule.service)
                )
                if card.id not in scene.at:
                    scene.add(card)
                end, missing = card.id, True
            else:
                end, missing = _service_end(scene, service, rule.port), False
            made = arrow(
                ingress.path, end, Relation.CALLS, label=label, missing=missing, place=rule.place
            )
            more = f"/{said_path}" if many else rule.path or ""
            arrows.append(replace(made, id=f"{made.id}{clean(more)}"))
    scene.arrows.extend(numbered(arrows))


def _service_end(scene: Gathering, service: Service, port: int | str | None) -> str:
    """The Service's own door for this port (the first where none is named), or the Service."""
    first = service.ports[0].port if service.ports else None
    door = door_of(scene.sheet, service, first if port is None else port)
    if door and scene.at.get(service.path) == service.path:
        return door
    return scene.at[service.path]


def service_arrows(scene: Gathering, service: Service) -> None:
    """To every live Pod behind it, through the door of its target port."""
    ends: list[str] = []
    closed = _closed(scene, service)
    for chosen in facts.selected(service, scene.sheet.cluster):
        if isinstance(chosen, Pod) and not facts.is_ready(chosen):
            scene.arrows.append(arrow(service.path, chosen.path, Relation.NEAR))
        elif isinstance(chosen, Pod):
            ends += _pod_ends(scene, chosen, service)
        else:
            drawn = next(b for b in scene.boxes if b.id == chosen.path)
            if drawn.shape is Shape.FRAME:
                standing = {child.id for child in drawn.children}
                for pod in facts.behind(service, chosen, scene.sheet.cluster):
                    ends += _pod_ends(scene, pod, service) if pod.path in standing else []
            else:
                ends.append(chosen.path)
    scene.arrows.extend(
        arrow(service.path, end, Relation.SELECTS, missing=end in closed)
        for end in dict.fromkeys(ends)
    )
    if (service.selector or service.target) and not facts.selected(service, scene.sheet.cluster):
        wished = ", ".join(f"{k}={v}" for k, v in service.selector)
        card = missing_card(
            f"{service.path}/missing", "Pod", name_text(wished or service.target or "?")
        )
        scene.add(card)
        scene.arrows.append(arrow(service.path, card.id, Relation.SELECTS, missing=True))


def _closed(scene: Gathering, service: Service) -> set[str]:
    """The Pods behind a Service that declare ports, but none that it sends to."""
    pods: list[Pod] = []
    for chosen in facts.selected(service, scene.sheet.cluster):
        cluster = scene.sheet.cluster
        pods += [chosen] if isinstance(chosen, Pod) else facts.behind(service, chosen, cluster)
    return {
        pod.path
        for pod in pods
        if service.ports
        and any(c.ports for c in pod.containers)
        and not any(_target_port(pod, port) for port in service.ports)
    }


def _pod_ends(scene: Gathering, pod: Pod, service: Service) -> list[str]:
    """The doors of the target ports, or the Pod."""
    if not wants(scene.sheet, "ports"):
        return [pod.path]
    doors = [_target_door(scene, pod, port) for port in service.ports]
    found = [d for d in doors if d]
    return found or [pod.path]


def _target_door(scene: Gathering, pod: Pod, wanted: ServicePort) -> str | None:
    found = _target_port(pod, wanted)
    return _door_of(scene, found[0].path, port_label(found[1])) if found else None


def _target_port(pod: Pod, wanted: ServicePort) -> tuple[Container, Port] | None:
    """The container's port that a Service's port leads to, by number or by name."""
    target = wanted.target if wanted.target is not None else wanted.port
    for container in pod.containers:
        for port in container.ports:
            if target in (port.number, port.name) and port.protocol == wanted.protocol:
                return container, port
    return None


def _door_of(scene: Gathering, container: str, label: str) -> str | None:
    """The door of this port that leads to the container, wherever several containers meet;
    a label without a protocol means any, TCP first."""
    for box in scene.boxes:
        for inner in box.walk():
            own = [d for d in inner.doors if container in d.leads]
            for door in (*own, *(replace(d, label=d.label.split("/")[0]) for d in own)):
                if door.label == label:
                    return door.id
    return None


def scaler_arrows(scene: Gathering) -> None:
    for scaler in scene.sheet.cluster.autoscalers:
        target = next((c for c in scene.sheet.cluster.controllers if c.name == scaler.target), None)
        if target:
            scene.arrows.append(
                arrow(scaler.path, target.path, Relation.SCALES, label=word("scales"))
            )
        else:
            card = missing_card(f"missing/{scaler.target}", "Deployment", name_text(scaler.target))
            if card.id not in scene.at:
                scene.add(card)
            scene.arrows.append(arrow(scaler.path, card.id, Relation.SCALES, missing=True))


def call_arrows(scene: Gathering, ground: Ground) -> None:
    """From workloads to the Services that they name as hosts, unless a link says so already."""
    linked = {(k.tail, k.head) for k in scene.sheet.cluster.links}
    for path, services in ground.calls.items():
        tail = drawn_at(path, scene.at, scene.sheet.cluster)
        for service in services:
            known = any(t.startswith(path) and h == service.path for t, h in linked)
            if tail and not known:
                only = service.ports[0].port if len(service.ports) == 1 else None
                head = (
                    scene.at[service.path] if only is None else _service_end(scene, service, only)
                )
                scene.arrows.append(arrow(tail, head, Relation.CALLS))


def claim_arrows(scene: Gathering) -> None:
    """From each Pod or workload to the claims that it mounts; templates give each Pod its own."""
    for controller in scene.sheet.cluster.controllers:
        _template_claims(scene, controller)
    names = {c.name: c.path for c in scene.sheet.cluster.claims}
    users = [(pod.path, pod) for pod in scene.sheet.cluster.pods]
    users += [(c.path, c.pod) for c in scene.sheet.cluster.controllers if c.pod]
    for path, pod in users:
        for source in facts.claimed(pod):
            if source in names:
                scene.arrows.append(arrow(path, names[source], Relation.MOUNTS))


def _template_claims(scene: Gathering, controller: Controller) -> None:
    if not controller.claims:
        return
    pods = facts.pods_of(controller, scene.sheet.cluster)
    if any(b.id == controller.path and b.shape is Shape.FRAME for b in scene.boxes):
        for pod in pods:
            for claim in facts.claims_of(controller, pod.name):
                if claim.path not in scene.at:  # declared as well, or of another's template
                    scene.add(claim_drum(claim))
                scene.arrows.append(arrow(pod.path, claim.path, Relation.MOUNTS))
        return
    for claim in facts.claims_of(controller, pods[0].name if pods else controller.name):
        if claim.path not in scene.at:
            scene.add(claims_drum(claim, len(pods)))
        scene.arrows.append(arrow(controller.path, claim.path, Relation.MOUNTS))


def link_arrows(scene: Gathering) -> None:
    drawn = {(a.tail, a.head) for b in scene.boxes for a in b.arrows}
    for i, link in enumerate(scene.sheet.cluster.links):
        if (link.tail, link.head) in drawn:
            continue
        tail = _link_end(scene, link.tail, None)
        head = _link_end(scene, link.head, link.port)
        if not tail or not head or tail == head or _inside(tail, head):
            continue
        label = said(link.label) or (Text.same(clean(link.via)) if link.via else None)
        if label is None and link.port and ":" not in head:
            label = Text.same(f":{link.port}")
        made = arrow(tail, head, Relation.CALLS, label=label, place=link.place)
        scene.arrows.append(replace(made, id=f"{made.id}.{i}"))


def _link_end(scene: Gathering, end: str, port: int | None) -> str | None:
    """Where an arrow to a model path, or to an address, ends; None for what is not drawn."""
    cluster = scene.sheet.cluster
    service = next((s for s in cluster.services if s.path == end), None)
    if service and port is None and len(service.ports) == 1:
        port = service.ports[0].port
    if service and port is not None:
        return _service_end(scene, service, port)
    at = drawn_at(end, scene.at, cluster)
    if at is None and not is_declared(end, cluster):
        scene.add(address_card(end))
        scene.at[end] = at = f"address/{end}"
    if at is None or port is None:
        return at
    return _door_of(scene, at, f":{port}") or _door_under(scene, at, port) or at


def _door_under(scene: Gathering, id: str, port: int) -> str | None:
    """The door of this port on the box itself."""
    for box in scene.boxes:
        for inner in box.walk():
            if inner.id == id:
                return next(
                    (d.id for d in inner.doors if d.label.split("/")[0] == f":{port}"), None
                )
    return None


def _inside(tail: str, head: str) -> bool:
    """True when one end lies inside the other: there is nothing to draw between them."""
    return tail.startswith(f"{head}/") or head.startswith(f"{tail}/")
