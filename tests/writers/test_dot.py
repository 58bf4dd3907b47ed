"""DOT that Graphviz reads: a node per box without boxes, a cluster per other, arrows between."""

import json
from typing import Any

import pytest
from hostile import NAMES, everywhere
from msgspec.structs import replace
from scenes import container, deployment, link, node, pod, service, sheet, volume, written

from podviz.figure import Box, Figure, Shape
from podviz.layout import engine
from podviz.options import VIEWS
from podviz.sheet import Sheet
from podviz.view import compose

FRAMES = (Shape.NODE, Shape.LANE, Shape.FRAME, Shape.ANATOMY, Shape.POD)

TEAM = sheet(
    controllers=[
        deployment(n, container("app", 80), container("log", 9, role="sidecar")) for n in "abcd"
    ],
    services=[service("a", "a", 80)],
    links=[link("Deployment/a/pod/log", "Deployment/b"), link("Deployment/c", "Service/a", 80)],
)
MIXED = sheet(
    pods=[
        pod("web", container("app", 80), container("log", role="sidecar"), volumes=(volume("v"),)),
        pod("db", container("pg", 5432)),
    ],
    services=[service("shop", "web", 80), service("lost", "gone")],
    links=[link("Pod/web/app", "Pod/db/pg", 5432)],
)


def laid(given: Sheet, lang: str = "en") -> Any:
    """What Graphviz makes of the file."""
    return json.loads(engine.run(written(given, "dot", lang), deadline=30))


def leaves(figure: Figure) -> list[Box]:
    """The boxes that are drawn as nodes: those that frame nothing."""
    found: list[Box] = []
    waiting = list(figure.boxes)
    while waiting:
        box = waiting.pop(0)
        if box.children and box.shape in FRAMES:
            waiting[:0] = box.children
        else:
            found.append(box)
    return found


def nodes(graph: Any) -> list[Any]:
    return [o for o in graph["objects"] if not o["name"].startswith("cluster")]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("given", [MIXED, TEAM], ids=["Pods", "team"])
def test_graphviz_keeps_one_node_for_each_leaf_and_every_arrow(given: Sheet, view: str) -> None:
    given = replace(given, view=view)
    figure, graph = compose(given), laid(given)
    assert len(nodes(graph)) == len(leaves(figure))
    arrows = [a for b in figure.walk() for a in b.arrows] + list(figure.arrows)
    assert len(graph.get("edges", [])) == len(arrows)


def test_a_node_says_kind_name_role_and_ports() -> None:
    labels = {o["label"] for o in laid(replace(MIXED, view="network"))["objects"] if "label" in o}
    assert "Service shop\\n:80" in labels
    assert "log (sidecar)" in labels
    assert "Pod gone" in labels


def test_a_workload_says_what_runs_beside_its_main_container() -> None:
    text = written(replace(TEAM, view="network"), "dot")
    assert text.count("\\nlog (sidecar) :9") == 4


def test_an_arrow_to_a_frame_ends_at_its_border() -> None:
    graph = laid(sheet(nodes=[node("n1")], pods=[pod("a", container("app"), node="n1")],
                       links=[link("internet", "Pod/a")]))  # fmt: skip
    (edge,) = graph["edges"]
    clusters = {o["_gvid"]: o["name"] for o in graph["objects"] if o["name"].startswith("cluster")}
    assert edge["lhead"] in clusters.values()


def test_missing_arrows_are_dashed_and_mounts_green() -> None:
    edges = laid(replace(MIXED, view="network"))["edges"]
    assert [e.get("style") for e in edges].count("dashed") == 1
    claimed = pod("p", container("a"), volumes=(volume("v"),))
    assert "#0D9488" not in written(sheet(pods=[claimed]), "dot").partition("->")[2]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_labels_and_nothing_else(name: str, view: str) -> None:
    given = replace(everywhere(NAMES[name]), view=view)
    figure, graph = compose(given), laid(given)
    assert len(nodes(graph)) == len(leaves(figure))
    assert all(o["name"][0] in "nc" for o in graph["objects"])


def test_the_same_figure_is_the_same_file() -> None:
    assert written(MIXED, "dot", "ko") == written(MIXED, "dot", "ko")
