"""Views that know no namespaces, of a cluster that has some or is alive."""

from collections import defaultdict
from collections.abc import Callable

from msgspec.structs import replace

from podviz.cluster.relations import CLUSTER_WIDE, Relations, kind_of, namespace_of, objects
from podviz.cluster.selection import only
from podviz.figure import Arrow, Box, Relation
from podviz.model import Cluster, Controller, Ingress, Node
from podviz.pod import Pod
from podviz.scene.fold import folded
from podviz.scene.objects import space_box
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.words import word

Scene = tuple[tuple[Box, ...], tuple[Arrow, ...]]

ALIVE = ("pods", "nodes", "network")
"""Views that would draw the Pods that controllers make: not beside those that there are."""


def composed(view: str, compose: Callable[[Sheet], Scene], sheet: Sheet) -> Scene:
    """The scene of a view; each namespace has a frame and is composed alone, so that what has the
    same name elsewhere is not meant."""
    if sheet.cluster.own and sheet.whole is None and view != "nodes":
        return compose(sheet)  # a spec knows neither
    if view not in ALIVE:
        return _composed(view, compose, sheet)
    cluster = settled(sheet.cluster)
    made = _makers(sheet.cluster, {c.path for c in cluster.controllers})
    boxes, arrows = _composed(view, compose, replace(sheet, cluster=cluster))
    return tuple(_standing(box, made) for box in boxes), arrows


def _composed(view: str, compose: Callable[[Sheet], Scene], sheet: Sheet) -> Scene:
    cluster = sheet.cluster
    if view == "nodes" and not cluster.nodes:
        names = dict.fromkeys(pod.node for pod in cluster.pods if pod.node)
        cluster = replace(
            cluster, nodes=tuple([Node(path=f"Node/{name}", name=name) for name in names])
        )
    sheet = replace(sheet, cluster=cluster)
    things = [o for o in objects(cluster) if kind_of(o) not in CLUSTER_WIDE]
    spaces = dict.fromkeys(namespace_of(o) for o in things)
    if set(spaces) <= {""}:
        return compose(sheet)
    if view == "nodes":
        boxes, arrows = compose(sheet)
        told = _spaces_of_pods(cluster) if len(spaces) > 1 else {}
        return tuple(_told(box, told) for box in boxes), arrows
    relations = Relations(cluster)
    frames: list[Box] = []
    for space in spaces:
        part = only(cluster, {o.path for o in things if namespace_of(o) == space})
        part = replace(part, ingresses=tuple(map(_local, part.ingresses)))
        if frames:
            part = replace(part, containers=())
        inner, arrows = folded(*compose(replace(sheet, cluster=part)))
        if inner:
            thing = relations.find("Namespace", space or "default")
            lines = tuple([a for a in arrows if a.relation is not Relation.NEAR])
            frames.append(space_box(space, thing, inner, lines))
    return tuple(frames), ()


def settled(cluster: Cluster) -> Cluster:
    """The cluster without controllers whose Pods there are, or which others have made."""
    relations = Relations(cluster)
    makers: set[str] = set()
    for pod in cluster.pods:
        makers |= {o.path for o in relations.owners(pod)} | {relations.top(pod).path}
    makers |= {
        c.path
        for c in cluster.controllers
        if any(isinstance(o, Controller) for o in relations.owners(c))
    }
    return replace(
        cluster, controllers=tuple([c for c in cluster.controllers if c.path not in makers])
    )


def _makers(cluster: Cluster, kept: set[str]) -> dict[str, tuple[str, ...]]:
    """Path of a live Pod → the controllers that it stands for, each with one Pod alone."""
    relations = Relations(cluster)
    first: dict[str, str] = {}
    for pod in cluster.pods:
        first.setdefault(relations.top(pod).path, pod.path)
    made: defaultdict[str, list[str]] = defaultdict(list)
    for controller in cluster.controllers:
        stands = first.get(relations.top(controller).path)
        if stands and controller.path not in kept:
            made[stands].append(controller.path)
    return {path: tuple(paths) for path, paths in made.items()}


def _standing(box: Box, made: dict[str, tuple[str, ...]]) -> Box:
    """The box with the controllers that the Pods in it stand for."""
    inner = tuple(_standing(child, made) for child in box.children)
    return replace(box, children=inner, members=(*box.members, *made.get(box.about, ())))


def _local(ingress: Ingress) -> Ingress:
    """The Ingress or route with only what it leads to in its own namespace."""
    own = (None, ingress.namespace)
    return replace(ingress, paths=tuple([p for p in ingress.paths if p.namespace in own]))


# ── on nodes, Pods of all namespaces stand beside each other ────────────────────────────────


def _spaces_of_pods(cluster: Cluster) -> dict[str, str]:
    """Path of a Pod, or of a controller → its namespace."""
    workloads: list[Pod | Controller] = [*cluster.pods, *cluster.controllers]
    return {w.path: w.namespace or "default" for w in workloads}


def _told(box: Box, spaces: dict[str, str]) -> Box:
    """The box with the namespace of every Pod in it."""
    space = spaces.get(box.about) or spaces.get(box.about.rpartition("/pod")[0])
    if box.kind == "Pod" and space:
        kind = word("space")
        line = Text(f"{kind.ko} {clean(space)}", f"{kind.en} {clean(space)}")
        return replace(box, details=(*box.details, line))
    return replace(box, children=tuple(_told(child, spaces) for child in box.children))
