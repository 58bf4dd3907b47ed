"""Every object is told: as a box, or why it has none."""

import pytest
from scenes import container, deployment, node, pod, service, sheet

from podviz.around import Thing
from podviz.cluster.census import census, tally
from podviz.figure import Box, Door, Mark, Role, Shape
from podviz.model import Claim, Config, Controller
from podviz.text import Text
from podviz.view import compose


def box(id: str, kind: str = "Deployment", **more: object) -> Box:
    given = {"shape": Shape.CARD, "role": Role.OBJECT, "name": Text.same(id)} | more
    return Box(id=id, about=id, kind=kind, **given)  # type: ignore[arg-type]


WEB = sheet(controllers=[deployment("web")]).cluster
SETTINGS = Config(path="ConfigMap/web", name="web")


def only_reason(*boxes: Box) -> str | None:
    (listed,) = census(WEB, boxes)
    return listed.reason.en if listed.reason else None


def test_what_a_box_a_door_or_something_within_is_about_is_drawn() -> None:
    assert only_reason(box("Deployment/web")) is None
    door = Door(id="d", label=":80", about="Deployment/web")
    assert only_reason(box("x", doors=(door,))) is None
    assert only_reason(box("x", children=(box("Deployment/web/pod/app"),))) is None


@pytest.mark.parametrize("about", ["Deployment/web:80", "Deployment/web/pod", "Deployment/web"])
def test_a_port_or_a_pod_of_an_object_stands_for_it(about: str) -> None:
    assert only_reason(box(about)) is None


@pytest.mark.parametrize("about", ["Deployment/web-2", "Deployment/we", "shop/Deployment/web"])
def test_a_like_name_stands_for_no_other(about: str) -> None:
    assert only_reason(box(about)) == "this view has no place for it"


def test_a_mark_or_a_box_of_several_tells_of_its_things() -> None:
    mark = Mark(kind="ConfigMap", members=("Deployment/web",), names=("web",))
    assert only_reason(box("x", marks=(mark,))) == "shown as a mark on Deployment x"
    tray = box("t", kind="Tray", name=Text.same("Configuration"), marks=(mark,))
    assert only_reason(tray) == "shown as a mark on Configuration"
    assert only_reason(box("x", members=("Deployment/web",))) == (
        "one of those that Deployment x stands for"
    )
    several = box("x", name=Text.same("Deployment"), members=("Deployment/web",))
    assert only_reason(several) == "one of those that Deployment stands for"


def test_only_what_nothing_tells_of_is_lost() -> None:
    cluster = sheet(controllers=[deployment("web")], configs=[SETTINGS]).cluster
    mark = Mark(kind="ConfigMap", members=("ConfigMap/web",), names=("web",))
    web, settings = census(cluster, (box("x", marks=(mark,)),))
    assert (web.is_lost, settings.is_lost) == (True, False)
    assert (web.path, web.kind, web.name, web.namespace) == (
        *("Deployment/web", "Deployment", "web"),
        None,
    )


def test_a_figure_names_what_its_view_leaves_out() -> None:
    given = sheet(view="pods", pods=[pod("p", container("app"))], configs=[SETTINGS])
    assert compose(given).left_out == ("ConfigMap/web",)
    assert compose(given, "cluster").left_out == ()


# ── in numbers ──────────────────────────────────────────────────────────────────────────────


def test_workloads_are_counted_first_then_what_leads_to_them() -> None:
    custom = Controller(path="Widget/w", kind="Widget", name="w")
    found = sheet(
        configs=[SETTINGS],
        claims=[Claim(path="PersistentVolumeClaim/c", name="c")],
        services=[service("a"), service("b")],
        controllers=[deployment("a"), deployment("b"), custom],
        pods=[pod("p")],
    ).cluster
    assert tally(found).en == "2 Deployments · 1 Pod · 1 Widget · 2 Services · 1 ConfigMap · +1"
    assert tally(found).ko.startswith("Deployment 2개 · Pod 1개")


def test_namespaces_are_counted_where_there_are_several() -> None:
    both = [deployment("a"), deployment("b", namespace="shop")]
    assert tally(sheet(controllers=both).cluster).en == "2 Namespaces · 2 Deployments"
    own = Thing(path="Namespace/shop", kind="Namespace", name="shop")
    assert tally(sheet(controllers=both[:1], things=[own]).cluster).en == "1 Deployment"
    assert tally(sheet(things=[own]).cluster).en == "1 Namespace"


def test_plurals_are_formed_as_words_end() -> None:
    def things(kind: str, number: int) -> str:
        made = [Thing(path=f"{kind}/{i}", kind=kind, name=f"{i}") for i in range(number)]
        return tally(sheet(things=made).cluster).en

    assert things("Ingress", 2) == "2 Ingresses"
    assert things("Endpoints", 2) == "2 Endpoints"
    assert things("NetworkPolicy", 2) == "2 NetworkPolicies"
    assert things("Gateway", 2) == "2 Gateways"
    assert things("Node", 1234) == "1,234 Nodes"


def test_nodes_are_counted_too() -> None:
    assert tally(sheet(nodes=[node("n")], pods=[pod("p")]).cluster).en == "1 Pod · 1 Node"
