"""Workloads as boxes: what stands in their Pods, what they use, how they fare."""

import re
from collections import defaultdict

from msgspec.structs import replace

from podviz.cluster import facts
from podviz.cluster.relations import Object, Workload, kind_of, templates
from podviz.figure import Box, Door, Mark, Role, Shape, Tag
from podviz.model import Controller, Service
from podviz.pod import Container, Pod
from podviz.pod import Role as ContainerRole
from podviz.scene.boxes import (
    container_box,
    in_order,
    name_text,
    pod_box,
    served_label,
    short_image,
    status_tag,
    wants,
)
from podviz.scene.ground import QUIET, Ground
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.words import word

_LIVE = 12
"""Up to so many live Pods of one workload are drawn one by one."""

_LINE = 36  # characters of image and ports that stand on one line
_NAME = 24  # characters of a Service's name that a capsule has room for
_NAMED = 40  # names in a tooltip


def workload_box(ground: Ground, workload: Workload) -> Box:
    """A workload with its containers: laid open while there are few, else one small box."""
    live = ground.live.get(workload.path, ())
    services = ground.doors.get(workload.path, ())
    if isinstance(workload, Controller) and live and len(live) <= _LIVE:
        box = _with_pods(ground, workload, live)
    else:
        box = _laid_open(ground, workload) if ground.is_open else _small(ground, workload)
    return replace(
        box,
        doors=tuple(service_door(s, workload, alone=len(services) == 1) for s in services),
        details=(*box.details, *callers(ground, *services)),
        marks=marks(ground.marked(workload.path)),
        members=(
            *box.members,
            *(p.path for p in live),
            *ground.between.get(workload.path, ()),
            *(path for service in services for path in ground.addresses(service)),
        ),
        status=_fares(live) or box.status,
        tooltip=_tooltip(workload, live),
    )


def callers(ground: Ground, *services: Service) -> tuple[Text, ...]:
    """How many call Services that are called by too many for arrows."""
    count = sum(ground.busy.get(service.path, 0) for service in services)
    return (word("called-by", number=count),) if count else ()


def marks(things: tuple[Object, ...]) -> tuple[Mark, ...]:
    """The things as marks, one for each kind."""
    kinds: defaultdict[str, list[Object]] = defaultdict(list)
    for thing in things:
        kinds[kind_of(thing)].append(thing)
    return tuple(
        Mark(
            kind=clean(kind),
            members=tuple([t.path for t in kinds[kind]]),
            names=tuple([clean(t.name) for t in kinds[kind]]),
        )
        for kind in QUIET
        if kind in kinds
    )


# ── laid open ───────────────────────────────────────────────────────────────────────────────


def _laid_open(ground: Ground, workload: Workload) -> Box:
    """The Pod with a row for each container; a controller's replicas stand behind it."""
    sheet = ground.sheet
    if isinstance(workload, Pod):
        return pod_box(sheet, workload, shape=Shape.POD, inner=Shape.CONTAINER, doors=False)
    pods = templates(workload)
    rows = [_row(sheet, c, pod) for pod in pods for c in _shown(sheet, pod)]
    count = facts.replicas(workload, sheet.cluster)
    return Box(
        id=workload.path,
        about=workload.path,
        kind=clean(workload.kind),
        shape=Shape.POD,
        role=Role.POD,
        name=name_text(workload.name),
        details=(_kind_note(workload, count),),
        children=tuple(rows),
        count=max(count, 1) if workload.kind not in ("Job", "CronJob") else 1,
        place=workload.place,
    )


def _shown(sheet: Sheet, pod: Pod) -> list[Container]:
    return [c for c in in_order(pod) if wants(sheet, "init") or not facts.starts_in_order(c)]


def _row(sheet: Sheet, container: Container, pod: Pod) -> Box:
    """A container with its image and ports."""
    turns = facts.turns(pod)
    row = container_box(sheet, container, container.path, turn=turns.get(container.path))
    ports = _ports(container) if wants(sheet, "ports") else ""
    image = name_text(short_image(container.image or ""))
    short = len(image.en) + len(ports) <= _LINE
    said = [d for d in row.details if ports and short and d == image]
    if said:  # image and port on one line
        both = Text.same(f"{said[0].en} {ports}")
        return replace(row, details=tuple(both if d == said[0] else d for d in row.details))
    return replace(row, details=(*row.details, Text.same(ports))) if ports else row


def _ports(container: Container) -> str:
    ports = list(dict.fromkeys(f":{p.number}" for p in container.ports))
    more = f" +{len(ports) - 3}" if len(ports) > 3 else ""
    return " ".join(ports[:3]) + more


def _kind_note(controller: Controller, count: int) -> Text:
    """`Deployment · 3 replicas`."""
    kind = clean(controller.kind)
    if controller.suspended:
        return word("kind-suspended", kind=kind)
    if controller.schedule:
        return word("kind-schedule", kind=kind, schedule=clean(controller.schedule))
    if controller.kind == "DaemonSet":
        return word("kind-every-node", kind=kind)
    if count != 1 and controller.kind != "Job":
        return word("kind-replicas", kind=kind, number=count)
    return Text.same(kind)


# ── small ───────────────────────────────────────────────────────────────────────────────────


def _small(ground: Ground, workload: Workload) -> Box:
    """One box with the main image, or chips of what stands beside it."""
    sheet = ground.sheet
    pods = templates(workload)
    containers = [c for pod in pods for c in in_order(pod)]
    mains = [c for c in containers if facts.role(c) is ContainerRole.MAIN]
    beside = containers if len(mains) != 1 else [c for c in containers if c is not mains[0]]
    chips = tuple(container_box(sheet, c, c.path, turn=None, shape=Shape.CHIP) for c in beside)
    image = mains[0].image if len(mains) == 1 and wants(sheet, "image") else None
    kind = kind_of(workload)
    details = [Text.same(clean(short_image(image)))] if image else []
    if isinstance(workload, Controller) and (workload.schedule or workload.suspended):
        details.append(_kind_note(workload, 1))
    count = 1
    if isinstance(workload, Controller) and kind not in ("Job", "CronJob", "DaemonSet"):
        count = max(facts.replicas(workload, sheet.cluster), 1)
    return Box(
        id=workload.path,
        about=workload.path,
        kind=clean(kind),
        shape=Shape.WORKLOAD,
        role=Role.OBJECT,
        name=name_text(workload.name),
        details=tuple(details),
        children=tuple(replace(c, details=()) for c in chips),
        count=count,
        members=tuple(c.path for c in mains) if len(mains) == 1 else (),
        status=status_tag(workload) if isinstance(workload, Pod) else None,
        place=workload.place,
    )


# ── live ────────────────────────────────────────────────────────────────────────────────────


def _with_pods(ground: Ground, controller: Controller, live: tuple[Pod, ...]) -> Box:
    """A frame with the live Pods: address, node, state, restarts."""
    many = sum(map(len, ground.live.values())) > _LIVE
    pods = tuple(live_pod(ground.sheet, pod, is_small=many) for pod in live)
    return Box(
        id=controller.path,
        about=controller.path,
        kind=clean(controller.kind),
        shape=Shape.FRAME,
        role=Role.OBJECT,
        name=name_text(controller.name),
        children=pods,
        place=controller.place,
    )


def live_pod(sheet: Sheet, pod: Pod, *, is_small: bool) -> Box:
    """A Pod as it runs, with its node and restarts; a small one has one line for all that, and
    no box for its only container."""
    box = pod_box(sheet, pod, shape=Shape.POD, inner=Shape.CHIP, doors=False)
    told = [word("on-node", node=clean(pod.node))] if pod.node else []
    count = sum(c.restarts or 0 for c in pod.containers)
    if count:
        told.append(word("restart-of-one") if count == 1 else word("restarts-of", number=count))
    if is_small and len(box.children) == 1:
        told = [Text.same(box.ip), *told] if box.ip else told
        box = replace(box, ip=None, children=())
    line = Text(" · ".join(t.ko for t in told), " · ".join(t.en for t in told))
    return replace(box, details=(*box.details, *([line] if told else ())))


def _fares(live: tuple[Pod, ...]) -> Tag | None:
    """How many of the live Pods are ready, those that have ended aside."""
    going = [pod for pod in live if (pod.status or "").lower() not in ("succeeded", "completed")]
    if not going:
        return status_tag(live[0]) if live else None
    ready = sum(facts.is_ready(pod) for pod in going)
    whole = ready == len(going)
    words = word("ready-of", ready=ready, number=len(going))
    return Tag(words=words, role="good" if whole else "init", mark="good" if whole else "clock")


# ── doors and tooltips ──────────────────────────────────────────────────────────────────────


def service_door(service: Service, workload: Workload, *, alone: bool) -> Door:
    """A Service as a capsule with its ports, and its name where the workload's does not tell it."""
    ports = list(dict.fromkeys(map(served_label, service.ports)))
    shown = " ".join(ports[:2])
    more = f" +{len(ports) - 2}" if len(ports) > 2 else ""
    alike = workload.name in service.name or service.name in workload.name
    told = alike if alone else service.name == workload.name
    name = "" if told else _short(service.name, workload.name)
    words = " ".join(filter(None, (name, shown + more)))
    return Door(
        id=f"{service.path}:door",
        label=clean(words or service.name),
        about=service.path,
        kind="Service",
        tooltip=Text.same(clean(f"Service {service.name} {shown}{more}")),
        place=service.place,
    )


def _short(name: str, known: str) -> str:
    """A long Service's name without what the workload's tells already; nothing for one that
    is still too long."""
    short = name if len(name) <= _NAME else re.sub(f"^{re.escape(known)}(?=-)", "…", name)
    return short if len(short) <= _NAME else ""


def _tooltip(workload: Workload, live: tuple[Pod, ...]) -> Text:
    """`Deployment web · app nginx:1.27 · web-1, web-2`."""
    parts = [clean(f"{kind_of(workload)} {workload.name}")]
    for pod in templates(workload):
        parts += [clean(f"{c.name} {c.image or ''}") for c in pod.containers]
    if live and isinstance(workload, Controller):
        parts.append(", ".join(clean(p.name) for p in live[:_NAMED]))
    return Text.same(" · ".join(part.strip() for part in parts))
