"""How a story begins: the cluster as it is given, its addresses, its places."""

import pytest
from msgspec import structs
from told import (
    CLAIMS,
    LABELLED,
    STATEFUL,
    bare,
    cluster,
    controller,
    played,
    replica_sets,
    served,
    statuses,
    template,
)

from podviz.meta import Owner
from podviz.model import Node, Service
from podviz.pod import Pod


def owned(name: str, kind: str, owner: str, **more: object) -> Pod:
    return bare(name, owners=(Owner(kind=kind, name=owner, controller=True),), **more)


def test_pods_of_a_live_cluster_belong_to_their_controllers() -> None:
    web = controller(replicas=2)
    below = controller(
        "ReplicaSet", "web-5d9", owners=(Owner(kind="Deployment", name="web", controller=True),)
    )
    pods = [owned(f"web-5d9-{end}", "ReplicaSet", "web-5d9") for end in ("aaaaa", "bbbbb")]
    first, _, healed = played(cluster(web, below, *pods), ["kill web", None])
    assert [pod.name for pod in first.cluster.pods] == ["web-5d9-aaaaa", "web-5d9-bbbbb"]
    assert [(keeping.wants, keeping.has) for keeping in first.keepings] == [(2, 2)]
    assert replica_sets(healed) == [("web-5d9", 2)]
    assert all(pod.name.startswith("web-5d9-") for pod in healed.cluster.pods)


def test_what_a_live_cluster_lacks_is_made() -> None:
    first = played(cluster(STATEFUL, owned("db-1", "StatefulSet", "db")), [])[0]
    assert sorted(pod.name for pod in first.cluster.pods) == ["db-0", "db-1"]


def test_pods_on_a_node_that_is_not_ready_are_out_of_sight_from_the_start() -> None:
    lost = Node(path="Node/x", name="x", conditions=(("Ready", "Unknown"),))
    first, last = played(cluster(bare(node="x"), lost, nodes=1), [None])
    assert (statuses(first), statuses(last)) == (["Unknown"], ["Terminating"])
    assert first.down == {"x"}


def test_a_service_follows_pods_of_its_own_namespace() -> None:
    web = Service(path="Service/web", name="web", namespace="other", selector=(("app", "web"),))
    first = played(cluster(controller(namespace="shop", pod=LABELLED), web), [])[0]
    assert served(first) == []


@pytest.mark.parametrize(
    ("given", "nodes", "expected"),
    [
        ("10.1.0.0/16", 1, ["10.1.1.4", "10.1.1.5"]),
        ("10.1.2.0/24", 1, ["10.1.2.4", "10.1.2.5"]),
        ("10.1.16.0/20", 1, ["10.1.17.4", "10.1.17.5"]),
        ("fd00:10::/64", 1, ["fd00:10::104", "fd00:10::105"]),
        (None, 0, ["10.244.0.4", "10.244.0.5"]),
    ],
)
def test_pods_get_addresses_of_the_cluster_s_range(
    given: str | None, nodes: int, expected: list[str]
) -> None:
    made = structs.replace(cluster(controller(), nodes=nodes), pod_cidr=given)
    assert [pod.ip for pod in played(made, [])[0].cluster.pods] == expected


def test_a_range_that_is_used_up_leaves_pods_waiting() -> None:
    made = structs.replace(cluster(controller(replicas=6)), pod_cidr="10.1.2.0/29")
    assert statuses(played(made, [])[0]) == ["Running"] * 4 + ["Pending"] * 2


def test_pods_of_the_host_s_network_share_the_node_s_address() -> None:
    home = Node(path="Node/x", name="x", ip="192.168.0.7")
    agent = controller("DaemonSet", "log", replicas=None, pod=template(host_network=True))
    first, _, back = played(cluster(agent, home), ["kill log", None])
    assert [p.ip for m in (first, back) for p in m.cluster.pods] == ["192.168.0.7"] * 2


def test_a_pod_that_comes_back_later_takes_its_old_place() -> None:
    given = cluster(controller("StatefulSet", "db", replicas=3, claims=CLAIMS))
    events: list[str | None] = ["kill db-2", "kill db-0", "wait 1", "wait 1", None]
    moments = played(given, events)
    slots = [
        {p.name: dict(moment.slots)[p.path] for p in moment.cluster.pods}
        for moment in (moments[0], moments[-1])
    ]
    assert slots[0] == slots[1]
    back = next(pod for pod in moments[4].cluster.pods if pod.name == "db-2")
    assert dict(moments[4].changed)[back.path] == {"ip"}


def test_the_sign_of_a_slot_may_stand_in_a_node_s_name() -> None:
    given = cluster(controller(), Node(path="Node/a#1", name="a#1"))
    first, dead, _ = played(given, ["kill web", None])
    assert dict(first.slots) == dict(dead.slots)


def test_a_node_that_only_a_pod_names_is_there_too() -> None:
    first = played(cluster(bare(node="gone"), controller(replicas=1), nodes=1), [])[0]
    assert [node.name for node in first.cluster.nodes] == ["n1", "gone"]
    assert dict(first.slots)["Pod/web"] == "gone#0"
