"""Who reaches whom: Ingress → Service → Pods, and links between them."""

from msgspec.structs import replace

from podviz.cluster import facts
from podviz.figure import Box, Relation, Role, Shape
from podviz.model import Controller, Link, Service
from podviz.pod import Pod
from podviz.pod import Role as ContainerRole
from podviz.scene import traffic
from podviz.scene.boxes import (
    arrow,
    common,
    container_box,
    few,
    loose_container,
    name_text,
    pod_box,
    said,
    wants,
)
from podviz.scene.ground import survey
from podviz.scene.links import numbered
from podviz.scene.objects import (
    claim_drum,
    controller_card,
    controller_details,
    route_card,
    scaler_card,
    service_card,
)
from podviz.scene.traffic import Gathering
from podviz.scene.workloads import callers, service_door
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.view import Scene

_TEAM = 4
"""From so many controllers on, each is one box and a Service of one controller its door."""


def compose(sheet: Sheet) -> Scene:
    """Doors to the cluster first, then Services, workloads, Pods, and what lies outside."""
    scene, ground = Gathering(sheet), survey(sheet)
    doors = _service_doors(sheet)
    for ingress in sheet.cluster.ingresses:
        scene.add(route_card(ingress))
    for service in sheet.cluster.services:
        if service.path not in doors:
            card = service_card(sheet, service)
            scene.add(replace(card, details=(*card.details, *callers(ground, service))))
    for scaler in sheet.cluster.autoscalers:
        scene.add(scaler_card(scaler))
    for controller in sheet.cluster.controllers:
        own = [s for s in sheet.cluster.services if doors.get(s.path) == controller.path]
        box = _workload(sheet, controller, own)
        scene.add(replace(box, details=(*box.details, *callers(ground, *own))))
        for service in own:
            scene.at[service.path] = f"{service.path}:door"
    for pod in sheet.cluster.pods:
        scene.add(_pod(sheet, pod))
    for claim in sheet.cluster.claims:
        scene.add(claim_drum(claim))
    for container in sheet.cluster.containers:
        scene.add(loose_container(sheet, container))
    traffic.ingress_arrows(scene)
    for service in sheet.cluster.services:
        if service.path not in doors:
            traffic.service_arrows(scene, service)
    traffic.scaler_arrows(scene)
    traffic.claim_arrows(scene)
    traffic.link_arrows(scene)
    traffic.call_arrows(scene, ground)
    return tuple(scene.boxes), numbered(scene.arrows)


def _service_doors(sheet: Sheet) -> dict[str, str]:
    """In a team's view: Service path → the only controller behind it."""
    if len(sheet.cluster.controllers) < _TEAM:
        return {}
    chosen = {s.path: facts.selected(s, sheet.cluster) for s in sheet.cluster.services}
    return {
        path: found[0].path
        for path, found in chosen.items()
        if len(found) == 1 and isinstance(found[0], Controller)
    }


# ── boxes ───────────────────────────────────────────────────────────────────────────────────


def _workload(sheet: Sheet, controller: Controller, services: list[Service]) -> Box:
    """A frame with its Pods while there are few, else one box with its Services as doors."""
    cluster = sheet.cluster
    count = facts.replicas(controller, cluster)
    if len(cluster.controllers) < _TEAM and controller.pod and 0 < count <= _most(sheet):
        pods = _replicas(sheet, controller)
        return Box(
            id=controller.path,
            about=controller.path,
            kind=clean(controller.kind),
            shape=Shape.FRAME,
            role=Role.OBJECT,
            name=name_text(controller.name),
            children=pods,
            roomy=True,
            tooltip=Text.same(clean(f"{controller.kind} {controller.name} ×{count}")),
            place=controller.place,
        )
    card = controller_card(sheet, controller, cluster)
    containers = controller.pod.containers if controller.pod else ()
    mains = [c for c in containers if facts.role(c) is ContainerRole.MAIN]
    beside = containers if len(mains) > 1 else [c for c in containers if c not in mains]
    chips = tuple(container_box(sheet, c, c.path, turn=None, shape=Shape.CHIP) for c in beside)
    image = mains[0].image if len(mains) == 1 and not chips and wants(sheet, "image") else None
    details: tuple[Text, ...] = (Text.same(clean(image)),) if image else ()
    if controller.kind in ("CronJob", "Job"):
        details = controller_details(controller, cluster) + details
    doors = tuple(service_door(s, controller, alone=len(services) == 1) for s in services)
    return replace(
        card, shape=Shape.WORKLOAD, details=details, children=chips, doors=doors, count=count or 1
    )


_STACKED = 1_000
"""Replicas that are drawn as a stack where they are not wanted one by one."""


def _most(sheet: Sheet) -> int:
    """Up to so many replicas stand in a frame."""
    return facts.FEW if wants(sheet, "replicas") else _STACKED


def _replicas(sheet: Sheet, controller: Controller) -> tuple[Box, ...]:
    """Its Pods one by one, or the first as a stack of them."""
    pods = facts.pods_of(controller, sheet.cluster)
    if len(pods) <= few(sheet):
        return tuple(_pod(sheet, pod, small=True) for pod in pods)
    return (replace(_pod(sheet, pods[0], small=True), name=common(pods), count=len(pods)),)


def _pod(sheet: Sheet, pod: Pod, *, small: bool = False) -> Box:
    several = any(len(p.containers) > 1 for p in sheet.cluster.pods)
    inner = (
        Shape.CONTAINER if not small and several and len(sheet.cluster.pods) <= 4 else Shape.CHIP
    )
    box = pod_box(sheet, pod, shape=Shape.POD, inner=inner, doors=True)
    own = {c.id for c in box.children}
    calls = [k for k in sheet.cluster.links if k.tail in own and k.head in own]
    if inner is Shape.CHIP or not calls:
        return box
    inside = numbered(arrow(k.tail, k.head, Relation.CALLS, label=_said(k)) for k in calls)
    return replace(box, arrows=inside)


def _said(link: Link) -> Text:
    """What an arrow inside a Pod says in its tooltip."""
    return said(link.label) or Text.same(f"localhost:{link.port}" if link.port else "localhost")
