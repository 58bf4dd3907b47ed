"""Views without namespaces, of clusters with namespaces and live Pods."""

import pytest

from podviz.figure import Figure, Shape
from podviz.meta import Owner
from podviz.model import Cluster, Controller, Ingress, IngressPath, Service
from podviz.pod import Container, Pod
from podviz.scene.apart import settled
from podviz.sheet import Sheet
from podviz.view import compose


def web(space: str) -> tuple[Controller, Service, Ingress]:
    path = f"{space}/Deployment/web"
    pod = Pod(
        path=f"{path}/pod",
        name="",
        namespace=space,
        labels=(("app", "web"),),
        containers=(Container(path=f"{path}/pod/app", name="app"),),
    )
    return (
        Controller(path=path, kind="Deployment", name="web", namespace=space, pod=pod),
        Service(
            path=f"{space}/Service/web", name="web", namespace=space, selector=(("app", "web"),)
        ),
        Ingress(
            path=f"{space}/Ingress/in",
            name="in",
            namespace=space,
            paths=(IngressPath(path="/", service="web"),),
        ),
    )


BLUE, GREEN = web("blue"), web("green")
TWINS = Cluster(
    controllers=(BLUE[0], GREEN[0]),
    services=(BLUE[1], GREEN[1]),
    ingresses=(BLUE[2], GREEN[2]),
)


def drawn(view: str, cluster: Cluster) -> Figure:
    return compose(Sheet(cluster=cluster), view)


@pytest.mark.parametrize("view", ["pods", "owners", "network"])
def test_each_namespace_has_a_frame_and_no_arrow_leaves_it(view: str) -> None:
    figure = drawn(view, TWINS)
    assert [(b.shape, b.name.en) for b in figure.boxes] == [
        (Shape.SPACE, "blue"),
        (Shape.SPACE, "green"),
    ]
    assert not figure.arrows
    for frame in figure.boxes:
        ends = {end for a in frame.arrows for end in (a.tail, a.head)}
        assert all(end.startswith(f"{frame.name.en}/") for end in ends)


def test_ids_are_unique_in_every_view() -> None:
    for view in ("pods", "nodes", "owners", "network", "cluster", "overview"):
        ids = [b.id for b in drawn(view, TWINS).walk()]
        assert len(ids) == len(set(ids)), view


def live(name: str, owner: str, kind: str) -> Pod:
    owners = (Owner(kind=kind, name=owner, controller=True),)
    return Pod(
        path=f"blue/Pod/{name}",
        name=name,
        namespace="blue",
        node="node-1",
        status="Running",
        labels=(("app", "web"),),
        containers=(Container(path=f"blue/Pod/{name}/app", name="app"),),
        owners=owners,
    )


REPLICA_SET = Controller(
    path="blue/ReplicaSet/web-1",
    kind="ReplicaSet",
    name="web-1",
    namespace="blue",
    owners=(Owner(kind="Deployment", name="web", controller=True),),
)
LIVE = Cluster(
    controllers=(BLUE[0], REPLICA_SET),
    pods=(live("web-1-a", "web-1", "ReplicaSet"), live("web-1-b", "web-1", "ReplicaSet")),
    services=(BLUE[1],),
)


def test_live_pods_stand_for_all_that_made_them() -> None:
    assert settled(LIVE).controllers == ()
    assert settled(TWINS) == TWINS


def test_nodes_hold_the_live_pods_alone() -> None:
    figure = drawn("nodes", LIVE)
    pods = [b.name.en for b in figure.walk() if b.kind == "Pod"]
    assert pods == ["web-1-a", "web-1-b"]
    assert [b.name.en for b in figure.boxes] == ["node-1"]


def test_owners_are_those_that_the_cluster_tells_of() -> None:
    (frame,) = drawn("owners", LIVE).boxes
    assert {(a.tail, a.head) for a in frame.arrows} == {
        ("blue/Deployment/web", "blue/ReplicaSet/web-1"),
        ("blue/ReplicaSet/web-1", "blue/Pod/web-1-a"),
        ("blue/ReplicaSet/web-1", "blue/Pod/web-1-b"),
    }
