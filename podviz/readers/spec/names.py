"""Which names a spec declares, and where."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from podviz.tree import Mapping, Node, Scalar, Sequence

KINDS = {
    "nodes": "Node",
    "pods": "Pod",
    "controllers": "",
    "services": "Service",
    "ingresses": "Ingress",
    "autoscalers": "HorizontalPodAutoscaler",
    "claims": "PersistentVolumeClaim",
    "configs": "ConfigMap",
    "containers": "Container",
}
"""Section of the spec → kind of what it declares; a controller says its own."""

CONTROLLERS = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A container of a Pod, with the ports that it declares."""

    path: str
    name: Scalar
    ports: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something with a name. `pod` is the mapping that holds its containers, if it has any."""

    kind: str
    path: str
    name: Scalar
    node: Node
    pod: Mapping | None = None
    containers: tuple[Inside, ...] = ()


class Names:
    """Everything at the top of a spec that has a name, found by name or by path."""

    def __init__(self, root: Mapping) -> None:
        self.things = tuple(thing for section in KINDS for thing in _section(root, section))
        self.named: dict[str, list[Thing]] = {}
        self.paths: dict[str, str] = {}
        for thing in self.things:
            self.named.setdefault(thing.name.text, []).append(thing)
            self.paths.setdefault(thing.path, thing.path)
        for thing in self.things:
            for inside in thing.containers:
                self.paths.setdefault(inside.path, inside.path)
                self.paths.setdefault(f"{thing.name.text}/{inside.name.text}", inside.path)

    def has(self, name: str, kinds: Collection[str]) -> bool:
        return any(thing.kind in kinds for thing in self.named.get(name, ()))

    def of(self, kinds: Collection[str]) -> list[str]:
        return [thing.name.text for thing in self.things if thing.kind in kinds]


def text(node: Node | None) -> str | None:
    """The words of a scalar that is text, else None."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def items(node: Node | None, key: str) -> tuple[Node, ...]:
    """The entries of the list under `key`, none where there is no list."""
    found = node.get(key) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Sequence) else ()


def name_of(node: Node) -> Scalar | None:
    """The name of something that is a mapping with a `name` or only a name."""
    name = node.get("name") if isinstance(node, Mapping) else node
    return name if isinstance(name, Scalar) and text(name) else None


def pod_path(kind: str, path: str) -> str:
    """Where the Pod of a thing stands in the model: a controller's is its template."""
    return f"{path}/pod" if kind in CONTROLLERS else path


def _section(root: Mapping, section: str) -> Iterator[Thing]:
    for node in items(root, section):
        name = name_of(node)
        if name is None:
            continue
        kind = KINDS[section]
        pod = node if kind == "Pod" and isinstance(node, Mapping) else None
        if section == "controllers" and isinstance(node, Mapping):
            kind = text(node.get("kind")) or "controller"
            template = node.get("pod")
            pod = template if isinstance(template, Mapping) else None
        elif section == "configs" and isinstance(node, Mapping):
            secret = node.get("secret")
            kind = "Secret" if isinstance(secret, Scalar) and secret.value is True else kind
        path = f"{kind}/{name.text}"
        yield Thing(
            kind=kind,
            path=path,
            name=name,
            node=node,
            pod=pod,
            containers=tuple(_inside(pod, pod_path(kind, path))),
        )


def _inside(pod: Mapping | None, path: str) -> Iterator[Inside]:
    for node in items(pod, "containers"):
        name = name_of(node)
        if name is not None and isinstance(node, Mapping):
            yield Inside(path=f"{path}/{name.text}", name=name, ports=tuple(_ports(node)))


def _ports(container: Mapping) -> Iterator[int]:
    for node in items(container, "ports"):
        number = node.get("port") if isinstance(node, Mapping) else node
        if isinstance(number, Scalar) and isinstance(number.value, int):
            yield number.value
