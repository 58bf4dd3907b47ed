"""Which names a spec declares, and where."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from podviz.source import tree
from podviz.source.tree import Node, Scalar, Sequence

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


class Inside(Struct, frozen=True, kw_only=True):
    """A container of a Pod, with the ports that it declares."""

    path: str
    name: Scalar
    ports: tuple[int, ...]


class Thing(Struct, frozen=True, kw_only=True):
    """Something with a name. `pod` is the mapping that holds its containers, if it has any."""

    kind: str
    path: str
    name: Scalar
    node: Node
    pod: tree.Mapping | None = None
    containers: tuple[Inside, ...] = ()


class Names(Struct, frozen=True, kw_only=True):
    """Everything at the top of a spec that has a name.

    `named` finds it by its name, `paths` gives the model path of every `Kind/name`,
    `Kind/name/container` and `name/container`.
    """

    things: tuple[Thing, ...]
    named: Mapping[str, tuple[Thing, ...]]
    paths: Mapping[str, str]

    def has(self, name: str, kinds: Collection[str]) -> bool:
        return any(thing.kind in kinds for thing in self.named.get(name, ()))

    def of(self, kinds: Collection[str]) -> list[str]:
        return [thing.name.text for thing in self.things if thing.kind in kinds]


def declared(root: tree.Mapping) -> Names:
    """The names that a spec declares, whatever else may be wrong with it."""
    things = tuple(thing for section in KINDS for thing in _section(root, section))
    named: dict[str, tuple[Thing, ...]] = {}
    paths: dict[str, str] = {}
    for thing in things:
        name = thing.name.text
        named[name] = (*named.get(name, ()), thing)
        paths[thing.path] = thing.path
        for inside in thing.containers:
            paths[inside.path] = inside.path
            paths.setdefault(f"{name}/{inside.name.text}", inside.path)
    return Names(things=things, named=named, paths=paths)


def text(node: Node | None) -> str | None:
    """The words of a scalar that is text, else None."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def items(node: Node | None, key: str) -> tuple[Node, ...]:
    """The entries of the list under `key`, none where there is no list."""
    entry = node.entries.get(key) if isinstance(node, tree.Mapping) else None
    return entry.value.items if entry and isinstance(entry.value, Sequence) else ()


def name_of(node: Node) -> Scalar | None:
    """The name of something that is a mapping with a `name` or only a name."""
    name = node.get("name") if isinstance(node, tree.Mapping) else node
    return name if isinstance(name, Scalar) and text(name) else None


def pod_path(kind: str, path: str) -> str:
    """Where the Pod of a thing stands in the model: a controller's is its template."""
    return f"{path}/pod" if kind in CONTROLLERS else path


def _section(root: tree.Mapping, section: str) -> Iterator[Thing]:
    for node in items(root, section):
        name = name_of(node)
        if name is None:
            continue
        kind = KINDS[section]
        pod = node if kind == "Pod" and isinstance(node, tree.Mapping) else None
        if section == "controllers" and isinstance(node, tree.Mapping):
            kind = text(node.get("kind")) or "controller"
            template = node.get("pod")
            pod = template if isinstance(template, tree.Mapping) else None
        elif section == "configs" and isinstance(node, tree.Mapping):
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


def _inside(pod: tree.Mapping | None, path: str) -> Iterator[Inside]:
    for node in items(pod, "containers"):
        name = name_of(node)
        if name is not None and isinstance(node, tree.Mapping):
            yield Inside(path=f"{path}/{name.text}", name=name, ports=tuple(_ports(node)))


def _ports(container: tree.Mapping) -> Iterator[int]:
    for node in items(container, "ports"):
        number = node.get("port") if isinstance(node, tree.Mapping) else node
        if isinstance(number, Scalar) and isinstance(number.value, int):
            yield number.value


def service_ports(services: Iterable[Thing]) -> list[str]:
    """The ports of Services by number and by name; none where nothing is said of them."""
    known: list[str] = []
    for service in services:
        for node in items(service.node, "ports"):
            inner = (
                [node.get("port"), node.get("name")] if isinstance(node, tree.Mapping) else [node]
            )
            known += [word.text for word in inner if isinstance(word, Scalar)]
    return known
