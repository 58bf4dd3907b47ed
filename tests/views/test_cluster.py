"""A whole cluster: namespaces and what is in them."""

import json

import pytest
from manifests import cluster
from msgspec.structs import replace
from scenes import Scene, container, deployment, pod, service, sheet, written

from podviz.around import Gateway, Thing
from podviz.figure import Box, Shape
from podviz.meta import Owner, Reference
from podviz.model import Claim, Config, Controller, Ingress, IngressPath
from podviz.sheet import Sheet
from podviz.view import compose

WEB = (("app", "web"),)


def scene(**things: object) -> Scene:
    return Scene("cluster", sheet(**things))  # type: ignore[arg-type]


def within(space: str, name: str, *containers: object) -> Controller:
    """A Deployment of a namespace, whose Pods bear its name as label."""
    pod = {"labels": (("app", name),)}
    return deployment(name, *containers, namespace=space, pod=pod)  # type: ignore[arg-type]


def before(space: str, name: str, target: str) -> object:
    return service(name, None, 80, namespace=space, selector=(("app", target),))


def thing(kind: str, name: str, space: str = "", **more: object) -> Thing:
    path = f"{space}/{kind}/{name}" if space else f"{kind}/{name}"
    return Thing(path=path, kind=kind, name=name, namespace=space, **more)  # type: ignore[arg-type]


# ── namespaces ──────────────────────────────────────────────────────────────────────────────


def test_the_default_namespace_alone_has_no_frame() -> None:
    drawn = scene(controllers=[within("", "a"), within("", "b")])
    assert drawn.ids() == ["Deployment/a", "Deployment/b"]


def test_each_of_several_namespaces_is_a_frame_around_its_things() -> None:
    drawn = scene(controllers=[within("shop", "a"), within("", "b"), within("shop", "c")])
    assert drawn.ids() == ["Namespace/shop", "Namespace/default"]
    shop = drawn.boxes["Namespace/shop"]
    assert (shop.shape, shop.kind, shop.name.en) == (Shape.SPACE, "Namespace", "shop")
    assert [c.id for c in shop.children] == ["shop/Deployment/a", "shop/Deployment/c"]


def test_one_namespace_that_is_not_the_default_has_a_frame() -> None:
    assert scene(controllers=[within("shop", "a")]).ids() == ["Namespace/shop"]


def test_a_namespace_of_the_input_is_its_frame_and_no_card() -> None:
    own = replace(thing("Namespace", "shop"), path="Namespace/shop")
    empty = thing("Namespace", "empty")
    drawn = scene(controllers=[within("shop", "a")], things=[own, empty])
    assert drawn.ids() == ["Namespace/shop", "Namespace/empty"]
    assert drawn.boxes["Namespace/empty"].shape is Shape.CARD
    listed = compose(sheet(view="cluster", controllers=[within("shop", "a")], things=[own])).objects
    assert all(o.reason is None for o in listed)


def test_what_lives_in_no_namespace_stands_beside_the_frames() -> None:
    drawn = scene(controllers=[within("shop", "a")], things=[thing("StorageClass", "fast")])
    assert drawn.ids() == ["Namespace/shop", "StorageClass/fast"]


def test_arrows_within_a_namespace_run_inside_its_frame_others_between_frames() -> None:
    both = [within("shop", "a"), within("shop", "b")]
    shared = tuple(replace(w, pod=replace(w.pod, labels=WEB)) for w in both if w.pod)
    cross = Ingress(
        path="edge/Ingress/in",
        name="in",
        namespace="edge",
        paths=(IngressPath(path="/", service="s", port=80, namespace="shop"),),
    )
    drawn = scene(controllers=shared, services=[before("shop", "s", "web")], ingresses=[cross])
    assert drawn.inside("Namespace/shop") == [
        ("shop/Service/s", "shop/Deployment/a"),
        ("shop/Service/s", "shop/Deployment/b"),
    ]
    assert drawn.ties() == [("edge/Ingress/in", "shop/Service/s:80")]


def test_a_stand_in_stands_where_it_was_looked_for() -> None:
    lost = Reference(kind="ConfigMap", name="gone")
    drawn = scene(controllers=[within("shop", "a", container("app", references=(lost,)))])
    assert drawn.inside("Namespace/shop") == [("shop/Deployment/a", "missing/ConfigMap/shop/gone")]


def test_things_of_one_name_in_two_namespaces_are_two() -> None:
    spaces = ("a", "b")
    drawn = scene(
        controllers=[within(s, "web") for s in spaces],
        services=[before(s, "web", "web") for s in spaces],
    )
    assert [c.id for b in drawn.tops for c in b.children] == [
        *("a/Deployment/web", "b/Deployment/web"),
    ]
    assert [d.id for s in spaces for d in drawn.boxes[f"{s}/Deployment/web"].doors] == [
        *("a/Service/web:door", "b/Service/web:door"),
    ]


# ── objects ─────────────────────────────────────────────────────────────────────────────────


def test_what_leads_to_workloads_is_read_first() -> None:
    drawn = scene(
        things=[thing("Widget", "w")],
        claims=[Claim(path="PersistentVolumeClaim/c", name="c")],
        controllers=[within("", "a")],
        services=[service("s")],
        ingresses=[Ingress(path="Ingress/i", name="i")],
        gateways=[Gateway(path="Gateway/g", name="g")],
    )
    assert drawn.ids() == [
        *("Gateway/g", "Ingress/i", "Service/s", "Deployment/a"),
        *("PersistentVolumeClaim/c", "Widget/w"),
    ]


@pytest.mark.parametrize(("count", "cards"), [(3, 3), (4, 1)])
def test_more_than_three_that_are_only_named_are_one_card(count: int, cards: int) -> None:
    drawn = scene(things=[thing("Widget", f"w{i}") for i in range(count)])
    assert len(drawn.tops) == cards
    if cards == 1:
        (card,) = drawn.tops
        assert (card.kind, card.name.en) == ("Widget", "× 4")
        assert drawn.details(card.id) == ["w0", "w1", "w2", "+1"]
        assert card.members == tuple(f"Widget/w{i}" for i in range(4))


def test_alike_things_of_two_namespaces_are_counted_apart() -> None:
    drawn = scene(things=[thing("Widget", f"w{i}", s) for s in ("a", "b") for i in range(5)])
    assert [c.name.en for b in drawn.tops for c in b.children] == ["× 5", "× 5"]


def test_a_stack_may_be_what_owns_a_workload() -> None:
    widgets = [thing("Widget", f"w{i}") for i in range(5)]
    made = replace(within("", "a"), owners=(Owner(kind="Widget", name="w3"),))
    drawn = scene(controllers=[made], things=widgets)
    assert drawn.ties("owns") == [("Widget/w0/others", "Deployment/a")]


def test_configuration_that_no_workload_uses_lies_in_a_tray() -> None:
    settings = Config(path="shop/ConfigMap/c", name="c", namespace="shop")
    role = thing("ClusterRole", "reader")
    drawn = scene(controllers=[within("shop", "a")], configs=[settings], things=[role])
    assert [c.id for c in drawn.boxes["Namespace/shop"].children] == [
        *("shop/Deployment/a", "shop/tray"),
    ]
    tray = drawn.boxes["tray"]
    assert (tray.shape, tray.name.en) == (Shape.TRAY, "Cluster-wide configuration and rights")
    assert [m.members for m in tray.marks] == [("ClusterRole/reader",)]


def test_configuration_alone_is_drawn_as_cards() -> None:
    configs = [Config(path=f"ConfigMap/{i}", name=f"{i}") for i in range(2)]
    assert [b.shape for b in scene(configs=configs).tops] == [Shape.CARD, Shape.CARD]


def test_more_than_six_workloads_are_small_boxes() -> None:
    def shapes(count: int) -> set[Shape]:
        return {
            b.shape for b in scene(controllers=[within("", f"w{i}") for i in range(count)]).tops
        }

    assert shapes(6) == {Shape.POD}
    assert shapes(7) == {Shape.WORKLOAD}


def test_containers_outside_any_pod_stand_beside() -> None:
    loose = container("lonely")
    assert scene(containers=[loose], controllers=[within("", "a")]).ids()[-1] == loose.path


# ── the figure ──────────────────────────────────────────────────────────────────────────────

LARGE = """\
    {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec: {template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web, containers: [{name: a}]}}}
    ---
    {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}
    ---
    {apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}
    ---
    {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r, namespace: shop}}
    """  # noqa: E501 - one line an object


def listed(given: Sheet) -> dict[str, str | None]:
    page = json.loads(written(given, "json"))
    return {o["path"]: o.get("reason") for o in page["objects"]}


def test_every_object_is_listed_with_the_reason_why_it_has_no_box() -> None:
    given = Sheet(cluster=cluster(LARGE), view="cluster")
    assert listed(given) == {
        "Namespace/shop": None,
        "shop/Deployment/web": None,
        "shop/Service/web": None,
        "shop/ServiceAccount/web": "shown as a mark on Deployment web",
        "shop/Role/r": "shown as a mark on Configuration and rights",
    }


def test_the_caption_counts_the_kinds_unless_one_is_given() -> None:
    given = sheet(view="cluster", controllers=[within("", "a")], pods=[pod("p")])
    caption = compose(given).caption
    assert caption
    assert (caption.en, caption.ko) == ("1 Deployment · 1 Pod", "Deployment 1개 · Pod 1개")
    own = compose(replace(given, caption=caption.same("mine"))).caption
    assert own
    assert own.en == "mine"


def test_a_tray_is_told_without_its_kind() -> None:
    given = sheet(view="cluster", pods=[pod("p")], configs=[Config(path="ConfigMap/c", name="c")])
    assert compose(given).summary.en.endswith("Configuration and rights.")


def test_boxes_are_about_what_they_show() -> None:
    def about(box: Box) -> list[str]:
        return [box.about, *(a for c in box.children for a in about(c))]

    given = Sheet(cluster=cluster(LARGE), view="cluster")
    (space,) = Scene("cluster", given).tops
    assert about(space) == [
        *("Namespace/shop", "shop/Deployment/web", "shop/Deployment/web/pod/a", "shop/tray"),
    ]
