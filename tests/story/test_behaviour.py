"""What Kubernetes documents, a row for each behaviour with the page that says so."""

import pytest
from told import (
    CRON,
    DAEMON,
    DOOR,
    HELPER,
    JOB,
    LABELLED,
    PICKY,
    SIDE,
    STATEFUL,
    WEB,
    bare,
    budget,
    cluster,
    controller,
    cron,
    job,
    labelled,
    played,
    seen,
    statuses,
    template,
)

from podviz.model import Autoscaler, Cluster, Service

PAGE = "https://kubernetes.io/docs/"
LIFE = "concepts/workloads/pods/pod-lifecycle/"
DEPLOYMENT = "concepts/workloads/controllers/deployment/"
SETS = "concepts/workloads/controllers/"
TAINTS = "concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions"
DISRUPT = "tasks/run-application/configure-pdb/"
SCHEDULING = "concepts/scheduling-eviction/"
DRAIN = "tasks/administer-cluster/safely-drain-node/"

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
    (SETS + "cron-jobs/", cluster(CRON), [None], []),
    (SETS + "cron-jobs/", cluster(CRON), ["run night", None], ["Succeeded"]),
    (SETS + "cron-jobs/", cluster(CRON), ["run night", "wait 1", "crash night/app", None],
     ["Failed", "Succeeded"]),
    (SETS + "cron-jobs/#jobs-history-limits", cluster(CRON), ["run night", None] * 5,
     ["Succeeded"] * 3),
    (SETS + "cron-jobs/#concurrency-policy", cluster(cron(concurrency="Allow")),
     ["run night", "run night"], ["Pending"] * 2),
    (SETS + "cron-jobs/#concurrency-policy", cluster(cron(concurrency="Forbid")),
     ["run night", "run night"], ["Pending"]),
    (SETS + "cron-jobs/#concurrency-policy", cluster(cron(concurrency="Replace")),
     ["run night", "wait 1", "run night"], ["Pending"]),
    (SETS + "cron-jobs/#schedule-suspension", cluster(cron(suspended=True)), ["run night"], []),
    (SETS + "job/#suspending-a-job", cluster(job(suspended=True)), [None], []),
    (SETS + "job/#controlling-parallelism", cluster(job(replicas=3, parallel=2)), [None],
     ["Running"] * 2),
    (SETS + "job/#controlling-parallelism", cluster(job(replicas=3, parallel=2)),
     ["run load", None], ["Succeeded"] * 2 + ["Running"]),
    (SETS + "job/#pod-backoff-failure-policy", cluster(job(retries=0)), ["crash load/app", None],
     ["Failed"]),
    # the restarts of a Pod at work reach the limit, and the Pod goes with the Job
    (SETS + "job/#pod-backoff-failure-policy",
     cluster(job(retries=2, pod=template(restart="OnFailure"))),
     ["crash load/app", None, "crash load/app", None], []),
    # a Pod that is evicted has failed
    (SETS + "job/#handling-pod-and-container-failures", cluster(job(retries=0), nodes=2),
     ["drain n1", None], []),
    (SETS + "job/#handling-pod-and-container-failures", cluster(job(retries=1), nodes=2),
     ["drain n1", None], ["Running"]),
    ("concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers",
     cluster(job(pod=template(WEB, SIDE, restart="Never"))), ["run load", None], ["Succeeded"]),
    # a sidecar that is none of Kubernetes' own keeps the Pod, and the Job with it
    ("concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers",
     cluster(job(pod=template(WEB, HELPER, restart="Never"))), ["run load", None], ["Running"]),
    # the Pod fails when the last of its containers has ended
    (LIFE + "#pod-phase", cluster(bare("web", WEB, HELPER, restart="Never")),
     ["crash web/app", None], ["Running"]),
    (LIFE + "#pod-phase", cluster(bare("web", WEB, HELPER, restart="Never")),
     ["crash web/app", "crash web/logs", None], ["Failed"]),
    (SCHEDULING + "assign-pod-node/#nodeselector", cluster(PICKY, labelled("n1"), nodes=1), [None],
     ["Running"] * 2),
    (SCHEDULING + "assign-pod-node/#nodeselector", cluster(PICKY, labelled("n1"), nodes=1),
     ["drain n1-ssd", None], ["Pending"] * 2),
    # two Pods of one node cannot take the same port of it
    ("concepts/configuration/overview/", cluster(controller(pod=template(DOOR)), nodes=2),
     ["scale web 3", None], ["Running"] * 2 + ["Pending"]),
    (DISRUPT, cluster(controller(replicas=2, pod=LABELLED), budget(min_available=2), nodes=2),
     ["drain n1", None], ["Running"] * 2),
    (DISRUPT, cluster(controller(replicas=4, pod=LABELLED), budget(min_available="75%"), nodes=2),
     ["drain n1"], ["Terminating"] + ["Running"] * 3),
    (DISRUPT, cluster(controller(replicas=4, pod=LABELLED), budget(max_unavailable=1), nodes=2),
     ["drain n1", None], ["Running"] * 4),
    # what a Pod of the cluster is at stays so until something happens to it
    (LIFE + "#pod-phase", cluster(bare(status="Pending")), [], ["Pending"]),
    (LIFE + "#pod-phase", cluster(bare(status="Pending")), ["wait 1"], ["Running"]),
    (LIFE + "#pod-phase", cluster(bare(), nodes=1), [], ["Pending"]),
    (LIFE + "#pod-phase", cluster(bare(), nodes=1), [None], ["Running"]),
    (LIFE + "#how-pods-handle-problems-with-containers",
     cluster(bare(status="CrashLoopBackOff")), [None], ["CrashLoopBackOff"]),
    ("concepts/containers/images/#imagepullbackoff", cluster(bare(status="ImagePullBackOff")),
     [None], ["ImagePullBackOff"]),
    ("tasks/run-application/force-delete-stateful-set-pod/", cluster(STATEFUL, nodes=2),
     ["fail n1", "kill db-0", None], ["Terminating", "Running"]),
    (TAINTS, cluster(controller(replicas=1), nodes=2), ["kill web", "wait 1", "fail n1", None],
     ["Terminating", "Running"]),
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


def test_what_is_wanted_and_not_even_starting_is_missing() -> None:
    first, asked, grown = played(cluster(controller()), ["scale web 4", None])
    assert [m.keepings[0].missing for m in (first, asked, grown)] == [0, 2, 0]


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


def test_a_replacement_goes_where_there_is_room_and_no_silence() -> None:
    last = played(cluster(controller(replicas=2), nodes=3), ["fail n1", None])[-1]
    nodes = [(pod.node, pod.status) for pod in last.cluster.pods]
    assert nodes == [("n1", "Terminating"), ("n2", "Running"), ("n3", "Running")]


def test_a_pod_that_finds_no_node_waits() -> None:
    last = played(cluster(controller(), nodes=1), ["drain n1", None])[-1]
    assert statuses(last) == ["Pending", "Pending"]
    assert {pod.node for pod in last.cluster.pods} == {None}
