"""Names that are given twice, and names that lead nowhere."""

from collections.abc import Iterable, Iterator

from podviz.finding import Finding
from podviz.readers.spec import flaws
from podviz.readers.spec.ends import end_names, find_end
from podviz.readers.spec.names import CONTROLLERS, Names, Thing, items, name_of, text
from podviz.readers.spec.pods import split_mount
from podviz.readers.spec.scene import split_backend
from podviz.source.tree import Entry, Mapping, Node, Scalar
from podviz.text import Text


def duplicates(names: Names) -> Iterator[Finding]:
    """Things of one kind, containers of a Pod and volumes of a Pod that share a name."""
    yield from _twice((thing.kind, thing.name) for thing in names.things)
    for thing in names.things:
        yield from _twice(("container", inside.name) for inside in thing.containers)
        for kind, holder in (("volume", thing.pod), ("claim", thing.node)):
            named = [name_of(node) for node in items(holder, f"{kind}s")]
            yield from _twice((kind, name) for name in named if name)


def _twice(named: Iterable[tuple[str, Scalar]]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Scalar] = {}
    for kind, name in named:
        before = first.setdefault((kind, name.text), name)
        if before is not name and before.place != name.place:
            yield flaws.duplicate(name.place, before.place, kind, name.text)


def dangling(root: Mapping, names: Names) -> Iterator[Finding]:
    """References to names that the spec does not declare."""
    for thing in names.things:
        if thing.pod is not None:
            yield from _pod(thing, thing.pod, names)
        elif isinstance(thing.node, Mapping):
            yield from _thing(thing.kind, thing.node, names)
    for link in items(root, "links"):
        if isinstance(link, Mapping):
            yield from _link(link, names)


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
        yield from _node(node, names)


def _backend(entry: Entry, names: Names) -> Iterator[Finding]:
    node = entry.value
    named = node.get("service") if isinstance(node, Mapping) else node
    service = split_backend(text(named) or "")[0]
    if named and service and not names.has(service, ("Service",)):
        known = names.of(("Service",))
        help = _other_kind(service, names)
        yield flaws.dangling(named.place, entry.key.text, service, known, help)


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
            yield from _node(container, names)
            yield from _among(container.get("assists"), "assists", siblings)
            for mount in items(container, "mounts"):
                yield from _among(mount, "mounts", known)


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


_OUTSIDE = Text(
    "그림 밖의 것이라면 {{address: '{name}'}}로 쓰세요",
    "for something outside the figure write {{address: '{name}'}}",
)


def _link(link: Mapping, names: Names) -> Iterator[Finding]:
    for key in ("from", "to"):
        node = link.get(key)
        words = text(node)
        if node is None or not words or find_end(words, names, spoken_to=key == "to"):
            continue
        help = _OUTSIDE.format(name=flaws.short(words))
        yield flaws.dangling(node.place, key, words, end_names(names), help)
