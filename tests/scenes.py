"""Small models and figures, built by hand in few words."""

from typing import Any

from msgspec.structs import replace

from podviz.figure import Arrow, Box, Door
from podviz.meta import ServicePort
from podviz.model import Cluster, Controller, Link, Node, Service
from podviz.paint import paint
from podviz.pod import Container, Mount, Pod, Port, Resources, Role, Volume
from podviz.sheet import Sheet
from podviz.view import compose
from podviz.views import cluster, network, nodes, overview, owners, pods
from podviz.writer import Style, Work, writer

COMPOSE = {
    "cluster": cluster.compose,
    "network": network.compose,
    "nodes": nodes.compose,
    "overview": overview.compose,
    "owners": owners.compose,
    "pods": pods.compose,
}


# ── models ──────────────────────────────────────────────────────────────────────────────────


def container(name: str, *ports: int | Port, role: str = "", **more: Any) -> Container:
    """Its path is set by the Pod around it."""
    listed = tuple(Port(number=p) if isinstance(p, int) else p for p in ports)
    declared = Role(role) if role else None
    return Container(path=f"Container/{name}", name=name, role=declared, ports=listed, **more)


def mounting(name: str, *mounts: str, role: str = "") -> Container:
    """A container with mounts as the spec writes them: `logs`, `logs:ro`."""
    listed = (
        Mount(volume=m.removesuffix(":ro"), read_only=m.endswith(":ro"), path=f"/{i}")
        for i, m in enumerate(mounts)
    )
    return container(name, role=role, mounts=tuple(listed))


def pod(name: str, *containers: Container, cpu: float | None = None, **more: Any) -> Pod:
    """A Pod on its own; with `cpu` it holds one container that asks for so many cores."""
    if cpu is not None:
        containers = (container("app", requests=Resources(cpu=cpu)),)
    return Pod(path=f"Pod/{name}", name=name, containers=_below(f"Pod/{name}", containers), **more)


def controller(kind: str, name: str, *containers: Container, **more: Any) -> Controller:
    """A controller; its template has these containers, and what `pod` says."""
    path = _path(kind, name, **more)
    about: dict[str, Any] = more.pop("pod", {})
    inner = _below(f"{path}/pod", containers)
    template = Pod(path=f"{path}/pod", name="", containers=inner, **about)
    return Controller(path=path, kind=kind, name=name, pod=template, **more)


def deployment(name: str, *containers: Container, **more: Any) -> Controller:
    return controller("Deployment", name, *(containers or (container("app", 80),)), **more)


def service(name: str, target: str | None = None, *ports: int, **more: Any) -> Service:
    listed = tuple(ServicePort(port=p) for p in ports)
    path = _path("Service", name, **more)
    return Service(path=path, name=name, target=target, ports=listed, **more)


def node(name: str, cpu: float | None = None, **more: Any) -> Node:
    return Node(path=f"Node/{name}", name=name, capacity=Resources(cpu=cpu), **more)


def link(tail: str, head: str, port: int | None = None, **more: Any) -> Link:
    return Link(tail=tail, head=head, port=port, **more)


def volume(name: str, **more: Any) -> Volume:
    return Volume(name=name, **more)


def _path(kind: str, name: str, namespace: str = "", **_: Any) -> str:
    return f"{namespace}/{kind}/{name}" if namespace else f"{kind}/{name}"


def _below(path: str, containers: tuple[Container, ...]) -> tuple[Container, ...]:
    return tuple(replace(c, path=f"{path}/{c.name}") for c in containers)


def sheet(
    show: tuple[str, ...] = (), hide: tuple[str, ...] = (), view: str | None = None, **things: Any
) -> Sheet:
    """A sheet of a cluster of these things."""
    gathered: dict[str, Any] = {k: tuple(v) for k, v in things.items()}
    return Sheet(cluster=Cluster(**gathered), show=frozenset(show), hide=frozenset(hide), view=view)


# ── figures ─────────────────────────────────────────────────────────────────────────────────


class Scene:
    """What a view makes of a sheet: its boxes by id, and its arrows."""

    def __init__(self, view: str, given: Sheet) -> None:
        self.tops, self.arrows = COMPOSE[view](given)
        self.boxes: dict[str, Box] = {}
        for box in (b for top in self.tops for b in top.walk()):
            assert box.id not in self.boxes, f"two boxes {box.id}"
            self.boxes[box.id] = box
        inside = [a for b in self.boxes.values() for a in b.arrows]
        ids = [a.id for a in (*inside, *self.arrows)]
        assert len(ids) == len(set(ids)), f"two arrows of one id in {ids}"
        doors = [d.id for b in self.boxes.values() for d in b.doors]
        assert len(doors) == len({*doors} - {*self.boxes}), f"two doors of one id in {doors}"
        known = {*self.boxes, *doors}
        for arrow in (*inside, *self.arrows):
            assert {arrow.tail, arrow.head} <= known, f"{arrow.id} ends nowhere"

    def ids(self) -> list[str]:
        return [box.id for box in self.tops]

    def ties(self, relation: str | None = None) -> list[tuple[str, str]]:
        """From where to where the arrows run, all or those of one relation."""
        return [(a.tail, a.head) for a in self.arrows if relation in (None, a.relation.value)]

    def inside(self, id: str) -> list[tuple[str, str]]:
        """From where to where the arrows in a box run."""
        return [(a.tail, a.head) for a in self.boxes[id].arrows]

    def arrow(self, tail: str, head: str) -> Arrow:
        return next(a for a in self.arrows if (a.tail, a.head) == (tail, head))

    def doors(self, id: str) -> list[str]:
        return [door.label for door in self.boxes[id].doors]

    def door(self, id: str) -> Door:
        return next(d for b in self.boxes.values() for d in b.doors if d.id == id)

    def details(self, id: str) -> list[str]:
        return [text.en for text in self.boxes[id].details]


def written(given: Sheet, format: str, lang: str = "en", **style: Any) -> str:
    """The text of a sheet's file in one format."""
    return written_bytes(given, format, lang, **style).decode()


def written_bytes(given: Sheet, format: str, lang: str = "en", **style: Any) -> bytes:
    figure = compose(given)
    drawn = paint(figure, lang) if format in ("svg", "png", "json") else None
    return writer(format)(Work(figure=figure, lang=lang, drawing=drawn, style=Style(**style)))
