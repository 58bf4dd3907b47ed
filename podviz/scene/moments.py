"""The frames of a story as boxes: who is there, who is new, who is gone."""

from msgspec.structs import replace

from podviz.cluster import facts
from podviz.figure import Arrow, Box, Door, Fact, Relation, Role, Shape, Tag
from podviz.model import Node, Service
from podviz.pod import Container, Pod
from podviz.scene.boxes import arrow, name_text, pod_box, said, served_label, short_image, wants
from podviz.sheet import Frame, Sheet
from podviz.story import Keeping, Moment
from podviz.text import Text, clean
from podviz.words import word

_UNSEEN = 1
"""Services up to this number have a box with arrows; more are capsules on their Pods."""


def frame(sheet: Sheet, given: Frame, moment: Moment, turn: int, *, counts: bool = False) -> Box:
    """One frame: Services, nodes with their Pods or the Pods alone, and what is so below.
    `counts` tells the restarts of each Pod, of none too."""
    prefix = f"frame.{turn}/"
    arrowed = len(moment.cluster.services) == _UNSEEN and not moment.cluster.nodes
    pods = [_pod(sheet, pod, moment, prefix, arrowed, counts) for pod in moment.cluster.pods]
    services = [
        _service(service, moment, prefix, turn) for service in moment.cluster.services if arrowed
    ]
    arrows = tuple(
        [
            _arrow(service, pod, prefix)
            for service in moment.cluster.services
            for pod in moment.cluster.pods
            if arrowed and _is_behind(service, pod, moment)
        ]
    )
    nodes = [_node(node, moment, pods, prefix) for node in moment.cluster.nodes]
    waiting = [pod for pod in pods if nodes and (pod.slot or "").startswith("#")]
    return Box(
        id=prefix.rstrip("/"),
        about=prefix.rstrip("/"),
        kind="Frame",
        shape=Shape.MOMENT,
        role=Role.OBJECT,
        name=said(given.title) or Text.same(""),
        order=turn,
        children=(*services, *nodes, *(waiting if nodes else pods)),
        arrows=arrows,
        facts=(*_endpoints(moment), *map(_keeping, moment.keepings)),
        members=_told(sheet),
        place=given.place,
    )


def _told(sheet: Sheet) -> tuple[str, ...]:
    """What is told of below a frame and has no box."""
    scene = sheet.cluster
    return (*(c.path for c in scene.controllers), *(s.path for s in scene.services))


# ── Pods ────────────────────────────────────────────────────────────────────────────────────


def _pod(sheet: Sheet, pod: Pod, moment: Moment, prefix: str, arrowed: bool, counts: bool) -> Box:
    """A Pod with its status; who is new says so, and what differs from before is stressed."""
    box = pod_box(sheet, pod, shape=Shape.POD, inner=Shape.CHIP, doors=False)
    ended = facts.is_dead(pod) or pod.status == "Terminating"
    is_new = pod.path in moment.born and pod.status == "Running"
    new = Tag(words=word("new"), role="good", mark="good", filled=True)
    details = [*box.details, *_claims(pod, moment)]
    details += [_restarts(pod)] if counts else []
    children = tuple(
        [
            replace(
                child,
                id=prefix + child.id,
                role=_role(child, container, ended),
                details=_image(sheet, container),
                changed=dict(moment.changed).get(container.path, frozenset()),
            )
            for child, container in zip(box.children, _drawn(box, pod), strict=True)
        ]
    )
    return replace(
        box,
        id=prefix + box.id,
        role=Role.DEAD if ended else box.role,
        details=tuple(details),
        status=new if is_new else box.status,
        children=children,
        doors=() if arrowed or ended else _doors(pod, moment, prefix),
        slot=dict(moment.slots)[pod.path],
        changed=dict(moment.changed).get(pod.path, frozenset()),
    )


def restarts(pod: Pod) -> int:
    """How often containers of the Pod have been started again."""
    return sum(c.restarts or 0 for c in pod.containers)


def _restarts(pod: Pod) -> Text:
    number = restarts(pod)
    return word("restart-of-one") if number == 1 else word("restarts-of", number=number)


def _role(box: Box, container: Container, ended: bool) -> Role:
    """A container that does not run looks so, though its Pod does; and one that still runs,
    though its Pod ends."""
    if container.state == "waiting":
        return Role.WAITING
    is_well = container.state == "running" or (container.state == "Completed" and not ended)
    return box.role if is_well else Role.DEAD


def _drawn(box: Box, pod: Pod) -> list[Container]:
    """The containers behind the boxes, in the order of the boxes."""
    by_path = {container.path: container for container in pod.containers}
    return [by_path[child.about] for child in box.children]


def _image(sheet: Sheet, container: Container) -> tuple[Text, ...]:
    if not container.image or not wants(sheet, "image"):
        return ()
    return (name_text(short_image(container.image)),)


def _claims(pod: Pod, moment: Moment) -> list[Text]:
    """What a StatefulSet's Pod keeps when it is replaced."""
    owner = pod.owners[0].name if pod.owners and pod.owners[0].kind == "StatefulSet" else None
    keeper = next((c for c in moment.cluster.controllers if c.name == owner), None)
    claims = facts.claims_of(keeper, pod.name) if keeper else ()
    return [word("keeps-claim", claim=clean(claim.name)) for claim in claims]


def _doors(pod: Pod, moment: Moment, prefix: str) -> tuple[Door, ...]:
    """A capsule for each Service that sends to the Pod now."""
    return tuple(
        [
            Door(
                id=f"{prefix}{pod.path}@{service.name}",
                label=clean(service.name),
                about=service.path,
                kind="Service",
                tooltip=Text.same(clean(f"Service {service.name}")),
                place=service.place,
            )
            for service in moment.cluster.services
            if _is_behind(service, pod, moment)
        ]
    )


def _is_behind(service: Service, pod: Pod, moment: Moment) -> bool:
    """True when the Service sends to the Pod at this moment."""
    ends = dict(moment.endpoints).get(service.path, ())
    return any(end.ip == pod.ip and end.state != "gone" for end in ends)


# ── around them ─────────────────────────────────────────────────────────────────────────────


def _leads(service: Service, moment: Moment) -> bool:
    """True while some Pod stands behind the Service."""
    ends = dict(moment.endpoints).get(service.path, ())
    return any(end.state != "gone" for end in ends)


def _service(service: Service, moment: Moment, prefix: str, turn: int) -> Box:
    """A Service, which no event changes; without a Pod behind it, it leads nowhere."""
    if _leads(service, moment):
        status = Tag(words=word("unchanged"), role="good", mark="good")
    else:
        status = Tag(words=word("leads-nowhere"), role="bad", mark="bad")
    ports = " ".join(map(served_label, service.ports))
    details = [Text.same(said) for said in (clean(service.ip or ""), ports) if said]
    return Box(
        id=prefix + service.path,
        about=service.path,
        kind="Service",
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(service.name),
        details=tuple(details[:1]),
        status=status if turn > 1 else None,
        tooltip=Text.same(clean(f"Service {service.name} {ports}")),
        place=service.place,
    )


def _arrow(service: Service, pod: Pod, prefix: str) -> Arrow:
    return arrow(prefix + service.path, prefix + pod.path, Relation.SELECTS)


def _node(node: Node, moment: Moment, pods: list[Box], prefix: str) -> Box:
    """A node with the Pods on it; a silent one is grey, a drained one says so."""
    silent = node.name in moment.down
    status = None
    if silent:
        status = Tag(words=word("silent"), role="bad", mark="bad")
    elif node.name in moment.cordoned:
        status = Tag(words=word("drained"), role="init", mark="clock")
    return Box(
        id=prefix + node.path,
        about=node.path,
        kind="Node",
        shape=Shape.NODE,
        role=Role.DEAD if silent else Role.NODE,
        name=name_text(node.name),
        status=status,
        ip=clean(node.ip) if node.ip else None,
        children=tuple([pod for pod in pods if (pod.slot or "").rpartition("#")[0] == node.name]),
        slot=node.name,
        place=node.place,
    )


def _endpoints(moment: Moment) -> list[Fact]:
    """The addresses behind each Service."""
    services = {service.path: service for service in moment.cluster.services}
    several = len(services) > 1
    told = []
    for path, ends in moment.endpoints:
        name = clean(services[path].name)
        label = word("endpoints-of", name=name) if several else word("endpoints")
        values = tuple([(Text.same(end.ip), end.state) for end in ends])
        none = all(end.state == "gone" for end in ends)
        if not values:
            values = ((word("none"), "bad"),)
        told.append(Fact(label=label, values=values, verdict="bad" if none else None))
    return told


def _keeping(given: Keeping) -> Fact:
    """`wants 2, has 1`; of a CronJob its schedule."""
    if given.kind == "CronJob":
        schedule = Text.same(clean(given.note))
        label = Text.same(clean(f"CronJob {given.name}"))
        return Fact(label=label, values=((schedule, "kept"),))
    key = (
        "job-gives-up" if given.note == "failed" else "job-does" if given.kind == "Job" else "wants"
    )
    key = "wants-renewed" if given.old else key
    says = word(key, wants=given.wants, has=given.has, old=given.old)
    verdict = "good" if given.is_met else None if given.note == "running" else "bad"
    return Fact(
        label=Text.same(clean(f"{given.kind} {given.name}")),
        values=((says, "kept" if given.is_met or given.note == "running" else "bad"),),
        verdict=verdict,
        missing=given.missing,
    )
