"""Names that lead nowhere."""

from collections.abc import Iterator

from podviz.finding import Finding
from podviz.readers.spec import flaws
from podviz.readers.spec.names import CONTROLLERS, Names, Thing, items, name_of, service_ports, text
from podviz.readers.spec.pods import split_mount
from podviz.readers.spec.scene import split_backend
from podviz.source.tree import Entry, Mapping, Node, Scalar
from podviz.text import Text


def dangling(names: Names) -> Iterator[Finding]:
    """References to names that the spec does not declare."""
    for thing in names.things:
        if thing.pod is not None:
            yield from _pod(thing, thing.pod, names)
        elif isinstance(thing.node, Mapping):
            yield from _thing(thing.kind, thing.node, names)


def _refers(node: Node | None, key: str, names: Names, *kinds: str) -> Iterator[Finding]:
    """A finding unless the text at `node` names something of these kinds."""
    name = text(node)
    if node is not None and name and not names.has(name, kinds):
        yield flaws.dangling(node.place, key, name, names.of(kinds), _other_kind(name, names))


def _other_kind(name: str, names: Names) -> Text | None:
    """Says what bears the name although it cannot be meant."""
    kinds = [thing.kind for thing in names.named.get(name, ())]
    return Text(f"'{name}'은(는) {kinds[0]}입니다", f"'{name}' is a {kinds[0]}") if kinds else None


def _thing(kind: str, node: Mapping, names: Names) -> Iterator[Finding]:
    if kind == "Service":
        yield from _refers(node.get("selects"), "selects", names, "Pod", *CONTROLLERS)
    elif kind == "HorizontalPodAutoscaler":
        yield from _refers(node.get("target"), "target", names, *CONTROLLERS)
    elif kind == "Ingress":
        paths = node.get("paths")
        for entry in paths.entries.values() if isinstance(paths, Mapping) else ():
            yield from _backend(entry, names)
    elif kind == "Container":
        yield from _container(node, names.of(("Container",)), [], names)


def _backend(entry: Entry, names: Names) -> Iterator[Finding]:
    """The Service of a path, and its port."""
    node = entry.value
    named = node.get("service") if isinstance(node, Mapping) else node
    service, port = split_backend(text(named) or "")
    if not named or not service:
        return
    if not names.has(service, ("Service",)):
        known = names.of(("Service",))
        help = _other_kind(service, names)
        yield flaws.dangling(named.place, entry.key.text, service, known, help)
        return
    asked: Node | None = named
    if isinstance(node, Mapping):
        asked = node.get("port")
        port = asked.text if isinstance(asked, Scalar) else None
    known = service_ports(thing for thing in names.named[service] if thing.kind == "Service")
    if asked is not None and port is not None and known and str(port) not in known:
        yield flaws.closed(asked.place, service, port, known)


def _node(node: Mapping, names: Names) -> Iterator[Finding]:
    """`node` must be one of the spec's nodes, if it has any."""
    if names.of(("Node",)):
        yield from _refers(node.get("node"), "node", names, "Node")


def _pod(thing: Thing, pod: Mapping, names: Names) -> Iterator[Finding]:
    yield from _node(pod, names)
    for volume in items(pod, "volumes"):
        yield from _volume(volume, names)
    volumes = items(pod, "volumes") + items(thing.node, "claims")
    known = [name.text for name in map(name_of, volumes) if name]
    siblings = [inside.name.text for inside in thing.containers]
    for container in items(pod, "containers"):
        if isinstance(container, Mapping):
            yield from _container(container, siblings, known, names)


def _container(
    node: Mapping, siblings: list[str], volumes: list[str], names: Names
) -> Iterator[Finding]:
    yield from _node(node, names)
    yield from _among(node.get("assists"), "assists", siblings)
    for mount in items(node, "mounts"):
        yield from _among(mount, "mounts", volumes)


def _among(node: Node | None, key: str, known: list[str]) -> Iterator[Finding]:
    """A finding unless a volume or container of the same Pod is meant."""
    named = node.get("volume") if isinstance(node, Mapping) else node
    name = split_mount(text(named) or "")[0]
    if named and name and name not in known:
        yield flaws.dangling(named.place, key, name, known)


_SHOWN = {"claim": "PersistentVolumeClaim", "configMap": "ConfigMap", "secret": "Secret"}


def _volume(volume: Node, names: Names) -> Iterator[Finding]:
    """`from` must be one of the spec's own claims or configs, if it has any of that kind."""
    if isinstance(volume, Mapping):
        kind = _SHOWN.get(text(volume.get("kind")) or "", "")
        if names.of((kind,)):
            yield from _refers(volume.get("from"), "from", names, kind)
