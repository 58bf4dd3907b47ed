"""What Kubernetes documents, a row for each behaviour with the page that says so."""

import pytest
from told import (
    CLAIMS,
    SIDE,
    WEB,
    bare,
    cluster,
    controller,
    played,
    running,
    seen,
    statuses,
    template,
)

from podviz.errors import InputError
from podviz.model import Autoscaler, Cluster, Service

PAGE = "https://kubernetes.io/docs/"
LIFE = "concepts/workloads/pods/pod-lifecycle/"
DEPLOYMENT = "concepts/workloads/controllers/deployment/"
SETS = "concepts/workloads/controllers/"
TAINTS = "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions"
DRAIN = "tasks/administer-cluster/safely-drain-node/"

STATEFUL = controller("StatefulSet", "db", claims=CLAIMS)
DAEMON = controller("DaemonSet", "log", replicas=None)
JOB = controller("Job", "load", replicas=1, retries=1, pod=template(restart="Never"))

ENDS: list[tuple[str, Cluster, list[str | None], list[str]]] = [
    # page, what there is, what happens, the status of all Pods at the end
    (LIFE + "#pod-lifetime", cluster(bare()), ["kill web", None], ["Dead"]),
    (LIFE + "#restart-policy", cluster(bare()), ["crash web/app", None], ["Running"]),
    (
        LIFE + "#restart-policy",
        cluster(bare(restart="Never")),
        ["crash web/app", None],
        ["Failed"],
    ),
    (SETS + "replicaset/", cluster(controller("ReplicaSet")), ["kill web", None], ["Running"] * 2),
    (DEPLOYMENT, cluster(controller()), ["kill web", None], ["Running"] * 2),
    (DEPLOYMENT + "#scaling-a-deployment", cluster(controller()), ["scale web 4"], ["Running"] * 2),
    (
        DEPLOYMENT + "#scaling-a-deployment",
        cluster(controller()),
        ["scale web 4", None],
        ["Running"] * 4,
    ),
    (DEPLOYMENT + "#scaling-a-deployment", cluster(controller()), ["scale web 0", None], []),
    (
        "tasks/run-application/horizontal-pod-autoscale/",
        cluster(controller(), Autoscaler(path="h", name="h", target="web", min=2, max=3)),
        ["scale web 9", None],
        ["Running"] * 3,
    ),
    (SETS + "statefulset/", cluster(STATEFUL), ["kill db-1", None], ["Running"] * 2),
    (SETS + "daemonset/", cluster(DAEMON, nodes=3), [None], ["Running"] * 3),
    (SETS + "daemonset/", cluster(DAEMON, nodes=2), ["kill log", None], ["Running"] * 2),
    (DRAIN, cluster(DAEMON, nodes=2), ["drain n1", None], ["Running"] * 2),
    (DRAIN, cluster(bare(node="n1"), nodes=2), ["drain n1", None], []),
    (DRAIN, cluster(bare(node="n1"), nodes=2), ["drain n1"], ["Terminating"]),
    (TAINTS, cluster(bare(node="n1"), nodes=2), ["fail n1"], ["Unknown"]),
    (TAINTS, cluster(bare(node="n1"), nodes=2), ["fail n1", "wait 1"], ["Unknown"]),
    (TAINTS, cluster(bare(node="n1"), nodes=2), ["fail n1", "wait 2"], ["Terminating"]),
    (SETS + "daemonset/#taints-and-tolerations", cluster(DAEMON, nodes=2), ["fail n1", None],
     ["Unknown", "Running"]),
    (SETS + "job/", cluster(JOB), ["run load", None], ["Succeeded"]),
    (SETS + "job/", cluster(JOB), ["crash load/app", None], ["Failed", "Running"]),
    (
        SETS + "job/#pod-backoff-failure-policy",
        cluster(JOB),
        ["crash load/app", None, "crash load/app", None],
        ["Failed", "Failed"],
    ),
    (
        SETS + "job/#handling-pod-and-container-failures",
        cluster(controller("Job", "load", replicas=1, pod=template(restart="OnFailure"))),
        ["crash load/app", None],
        ["Running"],
    ),
    (SETS + "cron-jobs/", cluster(controller("CronJob", "night")), [None], []),
    (SETS + "cron-jobs/", cluster(controller("CronJob", "night")), ["run night", None],
     ["Succeeded"]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "given", "events", "expected"), ENDS)
def test_it_ends_as_documented(
    page: str, given: Cluster, events: list[str | None], expected: list[str]
) -> None:
    assert statuses(played(given, events)[-1]) == expected, PAGE + page


def test_a_deployment_replaces_under_a_new_name_and_ip() -> None:
    first, dead, healed = played(cluster(controller()), ["kill web", None])
    gone = first.cluster.pods[0]
    (new,) = [pod for pod in healed.cluster.pods if pod.path in healed.born]
    assert dead.lost == {gone.path}
    assert new.name != gone.name
    assert new.ip != gone.ip
    assert dict(healed.slots)[new.path] == dict(first.slots)[gone.path]
    assert dict(healed.changed)[new.path] == {"name", "ip"}


def test_a_crash_keeps_name_node_and_ip_and_counts() -> None:
    first, hurt, well = played(cluster(bare(), nodes=0), ["crash web/app", None])
    (before,), (at,), (after,) = first.cluster.pods, hurt.cluster.pods, well.cluster.pods
    assert (at.name, at.ip, after.ip) == (before.name, before.ip, before.ip)
    assert [c.state for c in at.containers] == ["Error"]
    assert [c.restarts for c in after.containers] == [1]
    assert [c.state for c in after.containers] == ["running"]


def test_a_stateful_pod_keeps_its_name_and_claim_but_not_its_ip() -> None:
    first, _, back = played(cluster(STATEFUL), ["kill db-0", None])
    before = next(pod for pod in first.cluster.pods if pod.name == "db-0")
    after = next(pod for pod in back.cluster.pods if pod.name == "db-0")
    assert after.ip != before.ip
    assert dict(back.changed)[after.path] == {"ip"}
    claims = [claim.name for claim in first.cluster.claims]
    assert claims == [claim.name for claim in back.cluster.claims] == ["data-db-0", "data-db-1"]


def test_a_stateful_pod_on_a_silent_node_is_not_replaced() -> None:
    last = played(cluster(STATEFUL, nodes=2), ["fail n1", None])[-1]
    assert seen(last) == [("db-0", "n1", "Terminating"), ("db-1", "n2", "Running")]


def test_a_stateful_set_goes_up_in_order_and_down_in_reverse() -> None:
    moments = played(cluster(STATEFUL), ["scale db 4", "wait 1", "wait 1", None, "scale db 1",
                                         "wait 1", "wait 1", None])  # fmt: skip
    names = [[pod.name for pod in moment.cluster.pods] for moment in moments]
    assert names[2] == ["db-0", "db-1", "db-2"]
    assert names[4] == ["db-0", "db-1", "db-2", "db-3"]
    going = [[p.name for p in m.cluster.pods if p.status == "Terminating"] for m in moments[6:8]]
    assert going == [["db-3"], ["db-2"]]
    assert names[-1] == ["db-0"]


@pytest.mark.parametrize(("replicas", "most", "least"), [(4, 5, 3), (3, 4, 3), (10, 13, 8)])
def test_a_rolling_update_keeps_within_its_limits(replicas: int, most: int, least: int) -> None:
    """25 % each by default, surge rounded up, unavailable rounded down: DEPLOYMENT."""
    events: list[str | None] = ["roll web nginx:1.28", *["wait 1"] * 30]
    moments = played(cluster(controller(replicas=replicas)), events)
    there = [sum(p.status != "Terminating" for p in m.cluster.pods) for m in moments]
    ready = [len(running(m)) for m in moments]
    assert max(there) == most
    assert min(ready) == least
    assert {p.containers[0].image for p in moments[-1].cluster.pods} == {"nginx:1.28"}


def test_a_rolling_update_has_two_replica_sets_and_leaves_the_old_one_empty() -> None:
    last = played(cluster(controller()), ["roll web nginx:1.28", None])[-1]
    sets = [(c.replicas, c.pod) for c in last.cluster.controllers if c.kind == "ReplicaSet"]
    assert [count for count, _ in sets] == [0, 2]
    owners = {pod.owners[0].name for pod in last.cluster.pods}
    assert owners == {last.cluster.controllers[2].name}


def test_recreate_ends_all_old_pods_before_the_first_new_one() -> None:
    events: list[str | None] = ["roll web nginx:1.28", *["wait 1"] * 6]
    moments = played(cluster(controller(strategy="Recreate")), events)
    for moment in moments:
        images = {p.containers[0].image for p in moment.cluster.pods}
        assert len(images) < 2
    assert any(not running(moment) for moment in moments)
    assert len(running(moments[-1])) == 2


def test_a_service_follows_the_ready_endpoints() -> None:
    web = Service(path="Service/web", name="web", target="web")
    first, dead, healed = played(cluster(controller(), web), ["kill web", None])
    (gone, stays) = (pod.ip for pod in first.cluster.pods)
    told = [
        {end.ip: end.state for end in dict(moment.endpoints)["Service/web"]}
        for moment in (first, dead, healed)
    ]
    (new,) = set(told[2]) - {stays}
    assert told == [
        {gone: "kept", stays: "kept"},
        {stays: "kept", gone: "gone"},
        {stays: "kept", new: "new"},
    ]


def test_native_sidecars_start_before_and_stop_after_the_main_containers() -> None:
    given = cluster(controller(replicas=1, pod=template(WEB, SIDE)))
    moments = played(given, ["kill web", "wait 1", "wait 1", "wait 1", "scale web 0", "wait 1",
                             "wait 1", "wait 1"])  # fmt: skip
    told = [[[c.state for c in p.containers] for p in m.cluster.pods] for m in moments]
    assert told[2] == [["waiting", "waiting"]]
    assert told[3] == [["waiting", "running"]]
    assert told[4] == [["running", "running"]]
    assert told[6] == [["terminated", "terminated"]]
    assert told[7] == [["terminated", "running"]]
    assert told[8] == []


def test_a_replacement_goes_where_there_is_room_and_no_silence() -> None:
    last = played(cluster(controller(replicas=2), nodes=3), ["fail n1", None])[-1]
    nodes = [(pod.node, pod.status) for pod in last.cluster.pods]
    assert nodes == [("n1", "Terminating"), ("n2", "Running"), ("n3", "Running")]


def test_a_pod_that_finds_no_node_waits() -> None:
    last = played(cluster(controller(), nodes=1), ["drain n1", None])[-1]
    assert statuses(last) == ["Pending", "Pending"]
    assert {pod.node for pod in last.cluster.pods} == {None}


@pytest.mark.parametrize("event", ["kill nobody", "scale nobody 2", "crash nobody/app"])
def test_what_meets_nobody_is_told(event: str) -> None:
    with pytest.raises(InputError):
        played(cluster(controller()), [event])


def test_a_dead_pod_cannot_be_killed_again() -> None:
    with pytest.raises(InputError, match="no Pod of 'web' runs"):
        played(cluster(bare()), ["kill web", "kill web"])
