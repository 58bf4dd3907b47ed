"""Who is meant by whom, as Kubernetes means it."""

import pytest
from manifests import cluster

from podviz.around import Budget, Policy
from podviz.cluster import facts
from podviz.cluster.relations import Relations, kind_of, listeners, matches, objects, port_of
from podviz.meta import Requirement, Selector
from podviz.model import Cluster, Service
from podviz.pod import Pod

LABELS = (("app", "web"), ("tier", "front"))


def asking(operator: str, *values: str, key: str = "app") -> Selector:
    return Selector(requirements=(Requirement(key=key, operator=operator, values=values),))


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (Selector(), True),
        (Selector(labels=(("app", "web"),)), True),
        (Selector(labels=(("app", "api"),)), False),
        (asking("In", "web", "api"), True),
        (asking("In", "api"), False),
        (asking("NotIn", "api"), True),
        (asking("NotIn", "web"), False),
        (asking("NotIn", "x", key="absent"), True),
        (asking("Exists"), True),
        (asking("Exists", key="absent"), False),
        (asking("DoesNotExist", key="absent"), True),
        (asking("DoesNotExist"), False),
        (asking("Guess"), False),
    ],
)
def test_what_a_selector_selects(selector: Selector, expected: bool) -> None:
    assert matches(selector, LABELS) is expected


def pods(*spaces: str) -> tuple[Pod, ...]:
    return tuple(
        Pod(path=f"{space}/Pod/web", name="web", namespace=space, labels=LABELS) for space in spaces
    )


def behind(service: Service, *spaces: str) -> list[str]:
    return [w.path for w in Relations(Cluster(pods=pods(*spaces))).behind(service)]


def test_a_service_selects_in_its_own_namespace_alone() -> None:
    shop = Service(path="s", name="s", namespace="shop", selector=(("app", "web"),))
    assert behind(shop, "", "shop", "other") == ["shop/Pod/web"]


@pytest.mark.parametrize("kind", ["ClusterIP", "ExternalName"])
def test_a_service_without_selector_selects_nothing(kind: str) -> None:
    selector = (("app", "web"),) if kind == "ExternalName" else ()
    assert behind(Service(path="s", name="s", type=kind, selector=selector), "") == []


def test_an_empty_selector_means_what_the_kind_says() -> None:
    relations = Relations(Cluster(pods=pods("", "shop")))
    policy = Policy(path="n", name="n", selector=Selector())
    assert [w.path for w in relations.governed(policy)] == ["/Pod/web"]
    today = Budget(path="b", name="b", selector=Selector())
    assert [w.path for w in relations.protected(today)] == ["/Pod/web"]
    old = Budget(path="b", name="b", selector=Selector(), matches_all=False)
    assert relations.protected(old) == ()
    assert relations.protected(Budget(path="b", name="b")) == ()


SHOP = """\
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: app, ports: [{containerPort: 8080, name: http}]}]}
    ---
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata: {name: web-1, ownerReferences: [{kind: Deployment, name: web}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-1-a
      labels: {app: web}
      ownerReferences: [{kind: ReplicaSet, name: web-1}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: http, name: main}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      defaultBackend: {service: {name: web, port: {name: main}}}
      rules: [{http: {paths: [{backend: {service: {name: web, port: {number: 9}}}}]}}]
    ---
    apiVersion: autoscaling/v1
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 3}
    """


def test_what_leads_where_in_a_shop() -> None:
    relations = Relations(cluster(SHOP))
    (service,) = relations.cluster.services
    assert [w.path for w in relations.behind(service)] == ["Deployment/web", "Pod/web-1-a"]
    (scaler,) = relations.cluster.autoscalers
    scaled = relations.scaled(scaler)
    assert scaled
    assert scaled.path == "Deployment/web"
    (ingress,) = relations.cluster.ingresses
    assert [(s.name, p.port if p else None) for s, p in relations.entered(ingress)] == [
        ("web", 80),
        ("web", None),
    ]


def test_a_pod_belongs_to_the_top_of_its_owners() -> None:
    relations = Relations(cluster(SHOP))
    (pod,) = relations.cluster.pods
    assert [o.path for o in relations.owners(pod)] == ["ReplicaSet/web-1"]
    assert relations.top(pod).path == "Deployment/web"


def test_a_port_by_name_leads_to_its_container() -> None:
    found = cluster(SHOP)
    port = port_of(found.services[0], "main")
    assert port
    pod = found.controllers[0].pod
    assert pod
    assert [(c.name, p.number) for c, p in listeners(port, pod)] == [("app", 8080)]
    assert port_of(found.services[0], None) == port
    assert port_of(found.services[0], 81) is None


def test_every_object_has_the_kind_that_kubernetes_gives_it() -> None:
    assert [kind_of(thing) for thing in objects(cluster(SHOP))] == [
        *("Deployment", "ReplicaSet", "Pod", "Service", "Ingress", "HorizontalPodAutoscaler"),
    ]


# ── labels that a controller gives its Pods ─────────────────────────────────────────────────

SET = """
kind: StatefulSet
apiVersion: apps/v1
metadata: {name: db}
spec:
  replicas: 2
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: pg}]}}
"""


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ((("statefulset.kubernetes.io/pod-name", "db-1"),), True),
        ((("app", "db"), ("statefulset.kubernetes.io/pod-name", "db-0")), True),
        ((("app", "db"), ("apps.kubernetes.io/pod-index", "1")), True),
        ((("app", "web"), ("statefulset.kubernetes.io/pod-name", "db-0")), False),
        ((("statefulset.kubernetes.io/pod-name", "db-2"),), False),
        ((("statefulset.kubernetes.io/pod-name", "db-01"),), False),
        ((("statefulset.kubernetes.io/pod-name", "other-0"),), False),
        ((("job-name", "db"),), False),
    ],
)
def test_a_service_may_ask_for_one_pod_of_a_set(
    selector: tuple[tuple[str, str], ...], found: bool
) -> None:
    whole = cluster(SET)
    service = Service(path="s", name="s", selector=selector)
    assert bool(Relations(whole).behind(service)) is found
    assert bool(facts.selected(service, whole)) is found


def test_a_service_for_one_pod_reaches_no_other() -> None:
    whole = cluster(SET)
    one = Service(path="s", name="s", selector=(("statefulset.kubernetes.io/pod-name", "db-1"),))
    made = facts.pods_of(whole.controllers[0], whole)
    assert [facts.is_served(one, pod.path, whole) for pod in made] == [False, True]
    assert [pod.name for pod in facts.behind(one, whole.controllers[0], whole)] == ["db-1"]


def test_a_job_gives_its_pods_its_name() -> None:
    whole = cluster(SET.replace("StatefulSet", "Job").replace("apps/v1", "batch/v1"))
    service = Service(path="s", name="s", selector=(("job-name", "db"),))
    assert Relations(whole).behind(service) == whole.controllers
