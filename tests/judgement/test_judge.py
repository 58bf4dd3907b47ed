"""From a cluster to findings."""

from judged import cluster, deployment, found, lines
from msgspec.structs import replace

from podviz.finding import Severity
from podviz.judgement.judge import judge
from podviz.model import Cluster
from podviz.shelf import find_rule
from podviz.situation import Situation

BARE = """\
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop}
spec:
  terminationGracePeriodSeconds: 0
  containers: [{name: c, image: i}]
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: c, image: i}]}
"""


def test_nothing_is_found_in_nothing() -> None:
    assert judge(Cluster()) == ()


def test_findings_stand_in_the_order_of_the_file() -> None:
    assert lines(found(BARE)) == [(3, "POD601"), (5, "POD701"), (10, "POD601")]
    assert [f.place.line for f in found(BARE)] == [3, 5, 10]


def test_a_finding_tells_all_that_reports_need() -> None:
    first, second, _ = found(BARE)
    assert (first.code, first.name, first.set) == ("POD601", "bare-pod", "design")
    assert first.severity is Severity.WARNING
    assert first.message.en.startswith("Pod/b: Pod without a controller")
    assert first.message.ko.startswith("Pod/b: 상위 객체 없이")
    assert first.help is not None
    assert first.object == first.element == second.object == "shop/Pod/b"
    assert first.args == (("pod", "Pod/b"),)
    assert first.place.column == 18


def test_the_same_input_gives_the_same_findings() -> None:
    one, other = cluster(BARE), cluster(BARE)
    assert judge(one) == judge(one) == judge(other)


def test_only_the_rules_that_are_given_judge() -> None:
    rule = find_rule("grace-period-zero")
    assert rule is not None
    assert {f.code for f in judge(cluster(BARE), rules=[rule])} == {"POD701"}
    assert judge(cluster(BARE), rules=[]) == ()


def test_the_version_that_is_asked_for_weighs_more_than_the_clusters() -> None:
    text = deployment(
        "initContainers: [{name: n, image: i, restartPolicy: Always}],"
        " containers: [{name: a, image: k}]"
    )
    old = replace(cluster(text), kubernetes="1.20")
    assert [f.code for f in judge(old)] == ["POD304"]
    assert judge(old, kubernetes="1.33") == ()


def test_the_range_of_pods_may_be_given() -> None:
    text = deployment("containers: [{name: a, image: i, args: ['--api=172.20.1.1']}]")
    assert judge(cluster(text)) == ()
    assert [f.code for f in judge(cluster(text), pod_cidr="172.20.0.0/16")] == ["POD511"]
    assert judge(cluster(text), pod_cidr="fd00::/8") == ()


def test_what_a_file_does_not_place_is_told_at_the_beginning() -> None:
    unplaced = tuple(replace(pod, place=None) for pod in cluster(BARE).pods)
    places = {(f.place.line, f.place.column) for f in judge(Cluster(pods=unplaced))}
    assert (1, 1) in places


def test_of_services_that_are_alike_only_a_few_are_looked_at() -> None:
    """Otherwise a thousand Services before a thousand Pods would be a million pairs."""
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: s%d}\n"
        "spec: {selector: {app: a}, ports: [{port: 80}, {port: 81, targetPort: 90}]}\n"
    )
    pod = "containers: [{name: c, image: i, ports: [{containerPort: 80}, {containerPort: 90}]}]"
    text = deployment(pod) + "".join(service % i for i in range(50))
    situation = Situation(cluster(text))
    (work,) = situation.works
    assert len(situation.serving[work.apps[0].path]) == 6
    assert len(list(situation.served(work))) == 50


LIVE = """\
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: db}
    spec:
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec: {containers: [{name: db, image: "postgres:16"}]}
    status: {readyReplicas: 1}
  - apiVersion: apps/v1
    kind: ReplicaSet
    metadata: {name: db-7d9f8b6c54, ownerReferences: [{kind: Deployment, name: db}]}
    spec:
      selector: {matchLabels: {app: db, pod-template-hash: 7d9f8b6c54}}
      template:
        metadata: {labels: {app: db, pod-template-hash: 7d9f8b6c54}}
        spec: {containers: [{name: db, image: "postgres:16"}]}
    status: {readyReplicas: 1}
  - apiVersion: v1
    kind: Pod
    metadata:
      name: db-7d9f8b6c54-x2k4q
      labels: {app: db, pod-template-hash: 7d9f8b6c54}
      ownerReferences: [{kind: ReplicaSet, name: db-7d9f8b6c54, controller: true}]
    spec: {nodeName: n1, containers: [{name: db, image: "postgres:16"}]}
    status: {phase: Running, podIP: 10.244.1.7}
"""


def test_what_an_owner_in_the_input_made_is_told_at_the_owner_alone() -> None:
    assert [(f.code, f.object) for f in found(LIVE)] == [("POD501", "Deployment/db")]
