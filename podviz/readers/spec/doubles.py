"""What is given twice and can be there only once."""

from collections.abc import Iterable, Iterator

from podviz.finding import Finding
from podviz.place import Place
from podviz.readers.spec import flaws
from podviz.readers.spec.names import Names, Thing, items, name_of, text
from podviz.readers.spec.pods import split_mount
from podviz.source.tree import Mapping, Node, Scalar

Said = Iterable[tuple[str, str, Place]]
"""What kind of thing bears a word, the word, and where it stands."""


def doubles(names: Names) -> Iterator[Finding]:
    """Things of one kind with one name; ports, mounts and addresses that are given again."""
    yield from _twice((thing.kind, thing.name.text, thing.name.place) for thing in names.things)
    for thing in names.things:
        yield from _in_pod(thing)
        if thing.kind == "Service":
            yield from _twice(_ports(thing.node))
        elif thing.kind == "Container":
            yield from _in_container(thing.node)
    yield from _twice(_addresses(names))


def _in_pod(thing: Thing) -> Iterator[Finding]:
    yield from _twice(("container", k.name.text, k.name.place) for k in thing.containers)
    volumes = [name for node in items(thing.pod, "volumes") if (name := name_of(node))]
    claims = [name for node in items(thing.node, "claims") if (name := name_of(node))]
    yield from _twice(("volume", name.text, name.place) for name in volumes)
    yield from _twice(("claim", name.text, name.place) for name in claims)
    for container in items(thing.pod, "containers"):
        yield from _in_container(container)


def _in_container(container: Node) -> Iterator[Finding]:
    yield from _twice(_ports(container))
    yield from _twice(_mounts(container))


def _ports(holder: Node) -> Iterator[tuple[str, str, Place]]:
    """`80`, `53/UDP`: one number may serve several protocols, as it does for DNS."""
    for node in items(holder, "ports"):
        number = node.get("port") if isinstance(node, Mapping) else node
        protocol = text(node.get("protocol")) if isinstance(node, Mapping) else None
        if isinstance(number, Scalar) and isinstance(number.value, int):
            suffix = "" if protocol in (None, "TCP") else f"/{protocol}"
            yield "port", f"{number.value}{suffix}", number.place


def _mounts(container: Node) -> Iterator[tuple[str, str, Place]]:
    """Where something is mounted, or what is, where no path is given.

    `volumeMounts` of a container must not share a path:
    https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
    """
    for node in items(container, "mounts"):
        if isinstance(node, Mapping):
            volume, path = text(node.get("volume")), text(node.get("path"))
        else:
            volume, path, _ = split_mount(text(node) or "")
        if path or volume:
            yield "mount", path or volume or "", node.place


_GONE = frozenset(["Succeeded", "Completed", "Failed", "Error", "Evicted", "Dead", "Gone"])
"""A Pod that is over has given its address back."""


def _addresses(names: Names) -> Iterator[tuple[str, str, Place]]:
    """Addresses of nodes, of Services and of Pods that are there; on the host's network, Pods
    have their node's."""
    of_nodes = {text(_ip(thing)) for thing in names.things if thing.kind == "Node"}
    for thing in names.things:
        address = _ip(thing)
        words = text(address)
        if address is None or not words or words == "None":
            continue
        if thing.kind == "Pod":
            status = thing.node.get("status") if isinstance(thing.node, Mapping) else None
            if words in of_nodes or text(status) in _GONE:
                continue
        yield "ip", words, address.place


def _ip(thing: Thing) -> Node | None:
    has_one = thing.kind in ("Node", "Pod", "Service") and isinstance(thing.node, Mapping)
    return thing.node.get("ip") if has_one and isinstance(thing.node, Mapping) else None


def _twice(said: Said) -> Iterator[Finding]:
    """A finding for each word that something of its kind bears already.

    What an alias repeats stands in one place, which is told alone.
    """
    first: dict[tuple[str, str], Place] = {}
    for kind, word, place in said:
        if (kind, word) in first:
            yield flaws.duplicate(place, first[kind, word], kind, word)
        first.setdefault((kind, word), place)
