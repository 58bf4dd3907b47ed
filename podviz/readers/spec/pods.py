"""From the grammar of Pods and containers to the model."""

import shlex

from msgspec.structs import replace

from podviz import grammar
from podviz import pod as model
from podviz.meta import Labels, Places
from podviz.place import Place
from podviz.readers.spec.names import items, name_of
from podviz.source.tree import Mapping, Node
from podviz.text import Text


def place_of(node: Node | None) -> Place | None:
    """Where to point at something: at its name if it has one."""
    if node is None:
        return None
    return (name_of(node) or node).place


def words(given: str | grammar.WordsForm | None) -> Text | None:
    """A text in both languages; one that is missing stands in the other."""
    if given is None or isinstance(given, str):
        return Text.same(given) if given else None
    ko, en = given.ko or given.en, given.en or given.ko
    return Text(ko, en) if ko and en else None


def places(node: Node | None) -> Places:
    """Where the fields of a thing stand, each at its value; variables one by one."""
    if not isinstance(node, Mapping):
        return ()
    found: list[tuple[str, Place]] = []
    for key, entry in node.entries.items():
        value = entry.value
        if key == "env" and isinstance(value, Mapping):
            found += [(f"env.{k}", e.value.place) for k, e in value.entries.items()]
        elif key not in _INNER:
            found.append((key, value.place))
    return tuple(found)


_INNER = frozenset(["containers", "volumes", "pod", "ports", "mounts", "labels"])


def resources(given: grammar.Resources | None) -> model.Resources:
    return model.Resources(cpu=given.cpu, memory=given.memory) if given else model.NOTHING_SAID


def pairs(given: dict[str, str]) -> Labels:
    return tuple(given.items())


def pod(given: grammar.Pod, node: Node, path: str) -> model.Pod:
    """A Pod that stands on its own."""
    return replace(
        template(given, node, path),
        name=given.name,
        ip=given.ip,
        status=given.status,
        bare=given.bare,
    )


def template(given: grammar.Template, node: Node | None, path: str) -> model.Pod:
    """The Pod of a controller; it has no name."""
    nodes = items(node, "containers")
    volumes = items(node, "volumes")
    return model.Pod(
        path=path,
        name="",
        containers=tuple(
            [container(c, n, path) for c, n in zip(given.containers, nodes, strict=True)]
        ),
        volumes=tuple([_volume(v, n) for v, n in zip(given.volumes, volumes, strict=True)]),
        labels=pairs(given.labels),
        node=given.node,
        permanent=given.permanent,
        restart=given.restart,
        grace=given.grace,
        places=places(node),
        place=place_of(node),
    )


_VOLUME_KINDS = {"claim": "persistentVolumeClaim"}


def _volume(given: str | grammar.VolumeForm, node: Node) -> model.Volume:
    if isinstance(given, str):
        return model.Volume(name=given, place=node.place)
    return model.Volume(
        name=given.name,
        kind=_VOLUME_KINDS.get(given.kind, given.kind),
        source=given.source,
        caption=words(given.caption),
        place=place_of(node),
    )


def container(given: grammar.Container, node: Node, above: str) -> model.Container:
    """A container below the path `above`. A native one without a role is a sidecar."""
    role = given.role or ("sidecar" if given.native else None)
    inner = node if isinstance(node, Mapping) else None
    ports = zip(given.ports, items(node, "ports"), strict=True)
    mounts = zip(given.mounts, items(node, "mounts"), strict=True)
    return model.Container(
        path=f"{above}/{given.name}",
        name=given.name,
        image=given.image,
        role=model.Role(role) if role else None,
        native=given.native,
        purpose=given.purpose,
        assists=given.assists,
        caption=words(given.caption),
        ports=tuple([_port(p, n) for p, n in ports]),
        command=_line(given.command),
        args=_line(given.args),
        env=pairs(given.env),
        mounts=tuple([_mount(m, n) for m, n in mounts]),
        requests=resources(given.requests),
        limits=resources(given.limits),
        probes=tuple(given.probes),
        prestop=given.prestop,
        data=_data(given.data, inner),
        node=given.node,
        lifetime=_lifetime(given.lifetime, inner),
        replicas=given.replicas,
        places=places(node),
        place=place_of(node),
    )


def _port(given: int | grammar.PortForm, node: Node) -> model.Port:
    if isinstance(given, int):
        return model.Port(number=given, place=node.place)
    number = node.get("port") if isinstance(node, Mapping) else None
    return model.Port(
        number=given.port,
        protocol=given.protocol,
        name=given.name,
        public=given.public,
        host=given.host,
        place=(number or node).place,
    )


def _mount(given: str | grammar.MountForm, node: Node) -> model.Mount:
    if isinstance(given, str):
        volume, path, read_only = split_mount(given)
        return model.Mount(volume=volume, path=path, read_only=read_only, place=node.place)
    volume_node = node.get("volume") if isinstance(node, Mapping) else None
    return model.Mount(
        volume=given.volume,
        path=given.path,
        read_only=given.read_only,
        place=(volume_node or node).place,
    )


def split_mount(given: str) -> tuple[str, str | None, bool]:
    """`logs:/var/log:ro` → the volume, the path or None, whether it may only be read."""
    read_only = given.endswith(":ro")
    volume, _, path = given.removesuffix(":ro").partition(":")
    return volume, path or None, read_only


def _line(given: str | list[str]) -> tuple[str, ...]:
    return tuple(shlex.split(given) if isinstance(given, str) else given)


def _data(given: grammar.Data | None, node: Mapping | None) -> model.Data | None:
    if given is None:
        return None
    place = place_of(node.get("data") if node else None)
    return model.Data(kind=given.kind, on=given.on, place=place)


def _lifetime(given: grammar.Lifetime | None, node: Mapping | None) -> model.Lifetime | None:
    if given is None:
        return None
    place = place_of(node.get("lifetime") if node else None)
    return model.Lifetime(starts=given.starts, ends=given.ends, place=place)
