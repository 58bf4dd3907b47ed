"""Things of the model as boxes of a figure: the same in every view."""

from os.path import commonprefix
from typing import TypeVar

from msgspec.structs import replace

from podviz.cluster import facts
from podviz.figure import Arrow, Box, Door, Relation, Role, Shape, Sign, Tag
from podviz.meta import ServicePort
from podviz.pod import Container, Pod, Port, Volume
from podviz.pod import Role as ContainerRole
from podviz.sheet import Sheet
from podviz.text import Text, clean, number
from podviz.words import word

_SHOWN = frozenset({"image", "ports", "ip", "volumes", "replicas", "init", "legend", "findings"})
"""Details that a figure shows unless it hides them."""

_ROLES = {
    ContainerRole.MAIN: (Role.MAIN, "app", "container"),
    ContainerRole.SIDECAR: (Role.SIDECAR, "sidecar", "sidecar"),
    ContainerRole.INIT: (Role.INIT, "init", "init"),
    ContainerRole.UNCLEAR: (Role.UNCLEAR, "info", "unclear"),
}

_STATUS = {
    "running": ("running", "good", "good"),
    "pending": ("pending", "init", "clock"),
    "containercreating": ("starting", "init", "clock"),
    "starting": ("starting", "init", "clock"),
    "succeeded": ("succeeded", "good", "good"),
    "completed": ("succeeded", "good", "good"),
    "failed": ("failed", "bad", "bad"),
    "terminating": ("terminating", "dead", "clock"),
    "unknown": ("unknown", "info", "unclear"),
}


_Port = TypeVar("_Port", Port, ServicePort)

_DOORS = 6
"""Of more ports so many are doors."""

_WELL = (
    "",
    "running",
    "waiting",
    "terminated",
    "Completed",
    "ContainerCreating",
    "PodInitializing",
)
"""States of a container in a Pod that is on its way."""


def name_text(name: str) -> Text:
    """A name as it may be drawn: one line without control characters."""
    return Text.same(clean(name) or "?")


def said(text: Text | None) -> Text | None:
    """What a file says, as it may be drawn: one line without control characters; None for
    nothing but white space."""
    if text is None:
        return None
    ko, en = clean(text.ko), clean(text.en)
    return Text(ko or en, en or ko) if ko or en else None


def wants(sheet: Sheet, detail: str) -> bool:
    """True when the figure shows this detail."""
    return detail in sheet.show or (detail in _SHOWN and detail not in sheet.hide)


def few(sheet: Sheet) -> int:
    """Up to so many replicas are drawn one by one, more as a stack."""
    return facts.FEW if wants(sheet, "replicas") else 1


def status_tag(pod: Pod) -> Tag | None:
    """The Pod's status as a tag with a mark: what its containers wait for, or else its phase.

    https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states
    """
    if not pod.status:
        return None
    stuck = next((c.state for c in pod.containers if (c.state or "") not in _WELL), None)
    if stuck and pod.status in ("Pending", "Running"):
        return Tag(words=name_text(stuck), role="bad", mark="warn")
    if pod.status == "Running" and dict(pod.conditions).get("Ready") == "False":
        return Tag(words=word("not-ready"), role="init", mark="clock")
    if pod.status.lower() in _STATUS:
        key, role, mark = _STATUS[pod.status.lower()]
        return Tag(words=word(key), role=role, mark=mark)
    if facts.is_dead(pod):
        told = {"gone": word("gone"), "evicted": name_text(pod.status)}
        words = told.get(pod.status.lower()) or word("dead")
        return Tag(words=words, role="dead", mark="dead")
    return Tag(words=name_text(pod.status), role="bad", mark="warn")


# ── containers ──────────────────────────────────────────────────────────────────────────────


def container_box(
    sheet: Sheet, container: Container, id: str, *, turn: int | None, shape: Shape = Shape.CONTAINER
) -> Box:
    """A container with its role as tag, its image and what it does."""
    judged = facts.role(container)
    role, _, _ = _ROLES[judged]
    details: list[Text] = []
    if wants(sheet, "image") and container.image:
        details.append(name_text(short_image(container.image)))
    if wants(sheet, "requests"):
        details += _requests(container)
    if wants(sheet, "probes") and container.probes:
        details.append(Text.same(" · ".join(container.probes)))
    return Box(
        id=id,
        about=container.path,
        kind="Container",
        shape=shape,
        role=role,
        name=name_text(container.name),
        details=_ports(sheet, container) if shape is Shape.CHIP else tuple(details),
        caption=said(container.caption),
        tag=role_tag(container),
        order=turn,
        reason=facts.role_reason(container),
        tooltip=_container_tooltip(container),
        place=container.place,
    )


def _ports(sheet: Sheet, container: Container) -> tuple[Text, ...]:
    """A chip says its ports, where the figure shows them."""
    if not container.ports or not wants(sheet, "ports"):
        return ()
    return (Text.same(" ".join(port_label(p) for p in container.ports[:3])),)


def short_image(image: str) -> str:
    """An image as it is shown: the digest is for machines, where a tag says the same."""
    name, _, digest = image.partition("@")
    if not digest or not name:
        return image
    tagged = ":" in name.rpartition("/")[2]
    return name if tagged else f"{name}@{digest[:14]}…"


def loose_container(sheet: Sheet, container: Container) -> Box:
    """A container outside any Pod: with what a Pod would have said for it, and without a role,
    which only a Pod gives."""
    box = container_box(sheet, container, container.path, turn=None)
    count = (Text.same(f"×{container.replicas}"),) if container.replicas else ()
    declared = container.role is not None and container.reason is None
    details = (*box.details, *_ports(sheet, container), *count)
    return replace(box, details=details, tag=box.tag if declared else None)


def role_tag(container: Container) -> Tag:
    """`sidecar · log`: the role and what it is for."""
    judged = facts.role(container)
    _, colour, mark = _ROLES[judged]
    words = word(judged.value)
    if container.native:
        words = Text(f"{words.ko} · {word('native').ko}", f"{words.en} · {word('native').en}")
    if container.purpose:
        try:
            purpose = word(f"purpose-{container.purpose}")
        except KeyError:
            purpose = name_text(container.purpose)
        words = Text(f"{words.ko} · {purpose.ko}", f"{words.en} · {purpose.en}")
    return Tag(words=words, role=colour, mark=mark)


def _requests(container: Container) -> list[Text]:
    said = []
    if container.requests.cpu is not None:
        said.append(word("cpu-of", number=number(container.requests.cpu)))
    if container.requests.memory is not None:
        said.append(word("memory-of", number=size(container.requests.memory)))
    return [Text(" · ".join(t.ko for t in said), " · ".join(t.en for t in said))] if said else []


def size(amount: float) -> str:
    """Bytes in the largest binary unit that leaves at least one."""
    for unit, factor in (("Ti", 2**40), ("Gi", 2**30), ("Mi", 2**20), ("Ki", 2**10)):
        if amount >= factor:
            return f"{number(amount / factor)} {unit}"
    return number(amount)


def _container_tooltip(container: Container) -> Text:
    role = word(facts.role(container).value)
    parts = [clean(container.name)]
    parts += [clean(container.image)] if container.image else []
    parts += [port_label(p) for p in container.ports]

    def line(lang: str) -> str:
        return " · ".join([*parts, role.to(lang), facts.role_reason(container).to(lang)])

    return Text(line("ko"), line("en"))


# ── ports ───────────────────────────────────────────────────────────────────────────────────


def port_label(port: Port) -> str:
    """`:80`, or `:53/UDP` where it is not TCP."""
    return f":{port.number}" + ("" if port.protocol == "TCP" else f"/{port.protocol}")


def served_label(port: ServicePort) -> str:
    """The same of a Service's port."""
    return port_label(Port(number=port.port, protocol=port.protocol))


def with_doors(ports: tuple[_Port, ...]) -> tuple[_Port, ...]:
    """The ports of a container or a Service that have a door each: all, unless they are many."""
    return ports if len(ports) <= _DOORS + 1 else ports[:_DOORS]


def _counted(sheet: Sheet, container: Container) -> tuple[Text, ...]:
    """How many ports have no door."""
    more = len(container.ports) - len(with_doors(container.ports))
    return (word("more-ports", number=more),) if more and wants(sheet, "ports") else ()


def pod_doors(sheet: Sheet, pod: Pod, ids: dict[str, str]) -> tuple[Door, ...]:
    """One door per port and protocol of the Pod; `ids` are the containers' box ids by path.

    Containers on one port meet in one door, for the Pod has one port space.
    """
    if not wants(sheet, "ports"):
        return ()
    doors: dict[str, Door] = {}
    for container in pod.containers:
        for port in with_doors(container.ports):
            label = port_label(port)
            known = doors.get(label)
            box = ids[container.path]
            leads = (*known.leads, box) if known else (box,)
            doors[label] = Door(
                id=known.id if known else f"{box}{label}",
                label=label,
                about=f"{container.path}{label}",
                leads=leads,
                tooltip=Text.same(
                    clean(" · ".join(filter(None, (container.name, label, port.name))))
                ),
                place=known.place if known else port.place,
            )
    return tuple(doors.values())


# ── Pods ────────────────────────────────────────────────────────────────────────────────────


def pod_box(
    sheet: Sheet, pod: Pod, *, shape: Shape, inner: Shape, doors: bool, tag: bool = True
) -> Box:
    """A Pod with its containers: main first, sidecars after it, in anatomy and rows alike."""
    turns = facts.turns(pod)
    dead = facts.is_dead(pod)
    shown = [c for c in in_order(pod) if wants(sheet, "init") or not facts.starts_in_order(c)]
    children = tuple(
        container_box(
            sheet,
            c,
            c.path,
            turn=turns.get(c.path) if inner is not Shape.CHIP else None,
            shape=inner,
        )
        for c in shown
    )
    if doors:
        children = tuple(
            replace(
                box, details=(*(() if inner is Shape.CHIP else box.details), *_counted(sheet, c))
            )
            for box, c in zip(children, shown, strict=True)
        )
    if dead:
        children = tuple(replace(c, role=Role.DEAD) for c in children)
        doors = False
    ids = {c.path: c.path for c in pod.containers}
    return Box(
        id=pod.path,
        about=pod.path,
        kind="Pod",
        shape=shape,
        role=Role.DEAD if dead else Role.POD,
        name=name_text(pod.name),
        details=pod_details(sheet, pod),
        status=status_tag(pod) if tag else None,
        ip=clean(pod.ip) if pod.ip and wants(sheet, "ip") else None,
        doors=pod_doors(sheet, pod, ids) if doors else (),
        children=children,
        tooltip=_pod_tooltip(pod),
        place=pod.place,
    )


def in_order(pod: Pod) -> list[Container]:
    """Init containers in their turn, then main and unclear ones, then sidecars."""
    rank = {
        ContainerRole.INIT: 0,
        ContainerRole.MAIN: 1,
        ContainerRole.UNCLEAR: 1,
        ContainerRole.SIDECAR: 2,
    }
    return sorted(pod.containers, key=lambda c: rank[facts.role(c)])


def pod_details(sheet: Sheet, pod: Pod) -> tuple[Text, ...]:
    """Lines under a Pod's name that the figure asks for."""
    details: list[Text] = []
    if pod.bare:
        details.append(word("no-owner"))
    if wants(sheet, "labels") and pod.labels:
        details.append(Text.same(clean(", ".join(f"{k}={v}" for k, v in pod.labels))))
    cpu = facts.cpu_request(pod)
    if wants(sheet, "requests") and cpu is not None:
        details.append(word("cpu-of", number=number(cpu)))
    return tuple(details)


def _pod_tooltip(pod: Pod) -> Text:
    parts = [f"Pod {clean(pod.name)}", pod.ip, pod.status, pod.node]
    return Text.same(" · ".join(clean(p) for p in parts if p))


def common(pods: tuple[Pod, ...]) -> Text:
    """What the names of alike Pods share up to a `-`; `…` where they share nothing."""
    shared = commonprefix([pod.name for pod in pods])  # noqa: RUF071 - character by character is meant
    return name_text(shared[: max(shared.rfind("-"), 0)] or "…")


def volume_box(pod: Pod, volume: Volume, *, shared: bool) -> Box:
    """A volume of a Pod as a drum that says what it is made of."""
    return Box(
        id=f"{pod.path}/volume/{volume.name}",
        about=f"{pod.path}/volume/{volume.name}",
        kind="Volume",
        shape=Shape.VOLUME,
        role=Role.VOLUME,
        name=name_text(volume.name),
        details=(_volume_note(volume),),
        tag=Tag(words=word("shared-volume"), role="volume") if shared else None,
        tooltip=Text.same(clean(f"{volume.name} · {volume.kind} {volume.source or ''}")),
        place=volume.place,
    )


def _volume_note(volume: Volume) -> Text:
    caption = said(volume.caption)
    if caption:
        kind = "PVC" if volume.kind == "persistentVolumeClaim" else clean(volume.kind)
        return Text(f"{kind} · {caption.ko}", f"{kind} · {caption.en}")
    if volume.kind == "emptyDir":
        return word("emptydir-note")
    if volume.kind == "persistentVolumeClaim":
        return word("claim-note", source=clean(volume.source or volume.name))
    if volume.source:
        return word("from-source", kind=clean(volume.kind), source=clean(volume.source))
    return Text.same(clean(volume.kind))


def arrow(tail: str, head: str, relation: Relation, **more: object) -> Arrow:
    """An arrow whose id says where it runs."""
    return Arrow(id=f"{tail}→{head}", tail=tail, head=head, relation=relation, **more)  # type: ignore[arg-type]


def legend(sheet: Sheet, boxes: tuple[Box, ...]) -> tuple[Sign, ...]:
    """The signs that occur in these boxes without a word of their own."""
    if not wants(sheet, "legend"):
        return ()
    every = [b for box in boxes for b in box.walk() if b.shape is not Shape.TILE]
    chips = [b for b in every if b.shape is Shape.CHIP]
    found = {
        "sidecar": any(b.role is Role.SIDECAR for b in chips),
        "init": any(b.role is Role.INIT for b in chips),
        "turn": _native_alone(every),
        "replicas": any(b.count > 1 for b in every if b.shape is not Shape.CARD),
        "mark": any(b.marks for b in every if b.shape is not Shape.TRAY),
        "service": any(d.kind == "Service" for b in every for d in b.doors),
    }
    return tuple(Sign(sign=s, words=word(f"legend-{s}")) for s, occurs in found.items() if occurs)


def _native_alone(every: list[Box]) -> bool:
    """True where a turn is numbered without the headings that explain it: no init container."""
    turns = [b for b in every if b.order is not None]
    return bool(turns) and all(b.role is not Role.INIT for b in turns)
