"""What is asked for by namespace, label, kind and name."""

import pytest
from manifests import cluster
from scenes import container, deployment, link, node, pod, service, sheet

from podviz.cluster.relations import objects
from podviz.cluster.selection import Selection, label_selector, only, selected
from podviz.errors import UsageError
from podviz.meta import Requirement, Selector
from podviz.model import Cluster

SHOP = cluster(
    """\
    {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec: {template: {metadata: {labels: {app: web, tier: front}}, spec: {containers: []}}}
    ---
    {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, labels: {app: web}}}
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: web-settings, labels: {tier: back}}}
    ---
    {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: door, namespace: default}}
    ---
    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: wall}}
    """
)


def paths(found: Cluster) -> list[str]:
    return [thing.path for thing in objects(found)]


def asked(**words: object) -> list[str]:
    return paths(selected(SHOP, Selection(**words)))  # type: ignore[arg-type]


def requirement(key: str, operator: str, *values: str) -> Selector:
    return Selector(requirements=(Requirement(key=key, operator=operator, values=values),))


# ── what is kept ────────────────────────────────────────────────────────────────────────────


def test_nothing_asked_is_no_selection_and_keeps_everything() -> None:
    assert not Selection()
    assert selected(SHOP, Selection()) == SHOP
    assert Selection(kinds=("pod",))


def test_a_namespace_keeps_what_lives_in_it() -> None:
    assert asked(namespaces=("shop",)) == ["shop/Deployment/web", "shop/Service/web"]
    assert "ConfigMap/web-settings" in asked(namespaces=("default",))
    assert "Ingress/door" in asked(namespaces=("default",))
    assert len(asked(namespaces=("default", "shop"))) == 6
    assert asked(namespaces=("elsewhere",)) == []


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("Deployment", "shop/Deployment/web"),
        ("deployments", "shop/Deployment/web"),
        ("deploy", "shop/Deployment/web"),
        ("svc", "shop/Service/web"),
        ("services", "shop/Service/web"),
        ("ing", "Ingress/door"),
        ("ingresses", "Ingress/door"),
        ("cm", "ConfigMap/web-settings"),
        ("netpol", "NetworkPolicy/wall"),
        ("networkpolicies", "NetworkPolicy/wall"),
        ("ns", "Namespace/shop"),
    ],
)
def test_a_kind_is_named_as_kubectl_names_it(word: str, path: str) -> None:
    assert asked(kinds=(word,)) == [path]


def test_names_may_hold_signs_for_other_letters() -> None:
    assert asked(names=("web",)) == ["shop/Deployment/web", "shop/Service/web"]
    assert asked(names=("web*",))[-1] == "ConfigMap/web-settings"
    assert asked(names=("d??r", "w?ll")) == ["Ingress/door", "NetworkPolicy/wall"]
    assert asked(names=("WEB",)) == []


def test_labels_are_those_of_the_object_or_of_the_pods_that_it_makes() -> None:
    front = Selector(labels=(("tier", "front"),))
    assert asked(labels=front) == ["shop/Deployment/web"]
    web = Selector(labels=(("app", "web"),))
    assert asked(labels=web) == ["shop/Deployment/web", "shop/Service/web"]
    assert asked(labels=requirement("tier", "Exists")) == [
        "shop/Deployment/web",
        "ConfigMap/web-settings",
    ]


def test_all_that_is_asked_must_hold() -> None:
    assert asked(kinds=("svc", "deploy"), namespaces=("shop",), names=("w*",)) == [
        "shop/Deployment/web",
        "shop/Service/web",
    ]
    assert asked(kinds=("svc",), namespaces=("default",)) == []


def test_links_between_what_is_kept_stay() -> None:
    given = sheet(
        pods=[pod("a", container("app")), pod("ab", container("app"))],
        services=[service("s", "a", 80)],
        links=[link("Pod/a/app", "Service/s"), link("Pod/ab/app", "Pod/a")],
    ).cluster
    kept = only(given, {"Pod/a", "Service/s"})
    assert paths(kept) == ["Pod/a", "Service/s"]
    assert [k.head for k in kept.links] == ["Service/s"]


def test_every_kind_of_object_can_be_left_out() -> None:
    given = sheet(nodes=[node("n")], controllers=[deployment("web")], pods=[pod("p")]).cluster
    assert only(given, set()) == Cluster()


# ── kubectl's selectors ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("app=web", Selector(labels=(("app", "web"),))),
        ("app==web", Selector(labels=(("app", "web"),))),
        (" app = web , tier=front ", Selector(labels=(("app", "web"), ("tier", "front")))),
        ("app=", Selector(labels=(("app", ""),))),
        ("app.kubernetes.io/name=web", Selector(labels=(("app.kubernetes.io/name", "web"),))),
        ("tier!=db", requirement("tier", "NotIn", "db")),
        ("env in (a, b)", requirement("env", "In", "a", "b")),
        ("env in ( a ,b )", requirement("env", "In", "a", "b")),
        ("env in (,a)", requirement("env", "In", "", "a")),
        ("env in(a)", requirement("env", "In", "a")),
        ("env notin (a,b)", requirement("env", "NotIn", "a", "b")),
        ("env", requirement("env", "Exists")),
        ("!env", requirement("env", "DoesNotExist")),
        ("in", requirement("in", "Exists")),
    ],
)
def test_a_selector_is_read_as_kubectl_reads_it(words: str, expected: Selector) -> None:
    assert label_selector(words) == expected


def test_terms_of_all_sorts_stand_beside_each_other() -> None:
    found = label_selector("app=web,tier!=db,env in (a, b),!canary")
    assert found.labels == (("app", "web"),)
    assert [(r.key, r.operator, r.values) for r in found.requirements] == [
        ("tier", "NotIn", ("db",)),
        ("env", "In", ("a", "b")),
        ("canary", "DoesNotExist", ()),
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("=web", "app=web,", ",", "app=a b", "app>1", "app=-web", "app=web=x", "-app", "app in"),
        *("app in ()x", "app in a,b", "app in (a", "app within (a)", "(app)", "!!app", "app: web"),
        *("app in (a;b)", "app in ((a))", "app in ()", "app notin ( )"),
    ],
)
def test_a_wrong_selector_is_refused_with_what_would_be_right(words: str) -> None:
    with pytest.raises(UsageError, match=r"selector: .* is no label: say app=web"):
        label_selector(words)
