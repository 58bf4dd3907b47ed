"""What is inside a Pod: containers, their order, ports, network and volumes."""

from collections.abc import Iterator

from msgspec.structs import replace

from podviz.figure import Arrow, Box, Door, Relation, Shape
from podviz.model import Cluster, Controller, Link
from podviz.pod import Container, Mount, Pod, Volume
from podviz.scene.boxes import arrow, loose_container, pod_box, said, volume_box, wants
from podviz.scene.links import link_ends, numbered
from podviz.scene.objects import claim_drum, controller_details
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.view import Scene
from podviz.words import word

_OPENED = 4
"""Up to so many Pods are laid open; more are drawn small."""


def compose(sheet: Sheet) -> Scene:
    """Every Pod and Pod template, laid open while there are few."""
    cluster = sheet.cluster
    pods = [(pod, ()) for pod in cluster.pods] + _templates(cluster)
    opened = len(pods) <= _OPENED
    boxes = [
        replace(opened_pod(sheet, pod), count=1) if opened else _small(sheet, pod)
        for pod, _ in pods
    ]
    boxes = [
        replace(box, details=(*box.details, *details)) if not opened else box
        for box, (_, details) in zip(boxes, pods, strict=True)
    ]
    boxes += [loose_container(sheet, c) for c in cluster.containers]
    arrows = _links(cluster, boxes)
    claims, mounts = _claims(cluster, [p for p, _ in pods])
    return tuple(boxes + claims), (*arrows, *mounts)


def _templates(cluster: Cluster) -> list[tuple[Pod, tuple[Text, ...]]]:
    """Each controller's template under the controller's name."""
    made = []
    for controller in cluster.controllers:
        if controller.pod:
            volumes = (*controller.pod.volumes, *_claimed(controller, controller.pod))
            pod = replace(controller.pod, name=controller.name, volumes=volumes)
            made.append((pod, controller_details(controller, cluster)))
    return made


def _claimed(controller: Controller, pod: Pod) -> Iterator[Volume]:
    """What each Pod of a StatefulSet claims for itself, as a volume of its Pod."""
    for claim in controller.claims:
        if all(claim.name != volume.name for volume in pod.volumes):
            yield Volume(
                name=claim.name,
                kind="persistentVolumeClaim",
                source=f"{claim.name}-{controller.name}-…",
                place=claim.place,
            )


def _small(sheet: Sheet, pod: Pod) -> Box:
    return pod_box(sheet, pod, shape=Shape.POD, inner=Shape.CONTAINER, doors=True)


def opened_pod(sheet: Sheet, pod: Pod) -> Box:
    """A Pod laid open, with what runs inside it: mounts and calls over localhost."""
    box = pod_box(sheet, pod, shape=Shape.ANATOMY, inner=Shape.CONTAINER, doors=True)
    if not wants(sheet, "volumes"):
        volumes: tuple[Box, ...] = ()
        mounts: tuple[Arrow, ...] = ()
    else:
        volumes, mounts = _volumes(pod)
    children = {c.id for c in box.children}
    inside = [k for k in sheet.cluster.links if k.tail in children and k.head in children]
    calls = numbered(_call(link, pod, box.doors) for link in inside)
    mounts = tuple(m for m in mounts if m.tail in children or m.head in children)
    return replace(box, children=(*box.children, *volumes), arrows=(*mounts, *calls))


def _volumes(pod: Pod) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    for volume in pod.volumes:
        users = [(c, m) for c in pod.containers for m in c.mounts if m.volume == volume.name]
        box = volume_box(pod, volume, shared=len({c.path for c, _ in users}) > 1)
        boxes.append(box)
        arrows += _mounts(users, box)
    return tuple(boxes), tuple(arrows)


def _mounts(users: list[tuple[Container, Mount]], volume: Box) -> Iterator[Arrow]:
    """One arrow for each container and direction, however many paths it mounts the volume at."""
    ways: dict[tuple[str, bool], list[tuple[Container, Mount]]] = {}
    for container, mount in users:
        ways.setdefault((container.path, mount.read_only), []).append((container, mount))
    for (_, reads), same in ways.items():
        paths = ", ".join(mount.path for _, mount in same if mount.path)
        yield _mount(same[0][0], volume, reads=reads, path=paths or None)


def _mount(container: Container, volume: Box, *, reads: bool, path: str | None) -> Arrow:
    relation = Relation.READS if reads else Relation.WRITES
    tail, head = (volume.id, container.path) if reads else (container.path, volume.id)
    tooltip = Text.same(clean(f"{container.name} · {path}")) if path else None
    return arrow(tail, head, relation, label=word(relation.value), tooltip=tooltip)


# ── who talks to whom ───────────────────────────────────────────────────────────────────────


def _call(link: Link, pod: Pod, doors: tuple[Door, ...]) -> Arrow:
    """A call over localhost: from the caller's first door to the port that it names, or the
    callee's first."""
    callee = next(c for c in pod.containers if c.path == link.head)
    port = link.port or next((p.number for p in callee.ports), None)
    label = said(link.label) or Text.same(f"localhost:{port}" if port else "localhost")
    own = [d for d in doors if link.head in d.leads]
    head = next((d for d in own if d.label.split("/")[0] == f":{port}"), None)
    tail = next((d for d in doors if link.tail in d.leads and d is not head), None)
    return arrow(
        tail.id if tail else link.tail,
        head.id if head else link.head,
        Relation.CALLS,
        label=label,
        place=link.place,
    )


def _links(cluster: Cluster, boxes: list[Box]) -> tuple[Arrow, ...]:
    """Links between boxes of the figure; an address that a link names becomes a box. What the
    cluster declares and this view does not draw has no arrow."""
    known = {b.id: top.id for top in boxes for b in top.walk()}
    arrows = []
    for link in cluster.links:
        ends = link_ends(link, known, boxes, cluster)
        if ends:
            label = said(link.label) or (Text.same(f":{link.port}") if link.port else None)
            arrows.append(arrow(*ends, Relation.CALLS, label=label, place=link.place))
    return numbered(arrows)


def _claims(cluster: Cluster, pods: list[Pod]) -> tuple[list[Box], list[Arrow]]:
    """Claims outside the Pods that mount them: they outlive them."""
    boxes = [claim_drum(c) for c in cluster.claims]
    arrows = []
    for claim in cluster.claims:
        for pod in pods:
            if any(
                v.kind == "persistentVolumeClaim" and v.source == claim.name for v in pod.volumes
            ):
                arrows.append(arrow(pod.path, claim.path, Relation.MOUNTS))
    return boxes, arrows
