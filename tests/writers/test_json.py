"""The figure as JSON: every box with its place, in a fixed order, told in full."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hostile import NAMES, everywhere
from msgspec.structs import replace
from scenes import container, deployment, link, node, pod, service, sheet, volume, written

from podviz.options import VIEWS
from podviz.sheet import Sheet
from podviz.view import compose

WEB = pod("web", container("app", 80, image="nginx:1.27"), volumes=(volume("logs"),), ip="10.0.1.5")
SHEETS: dict[str, Sheet] = {
    "pods": sheet(pods=[WEB]),
    "nodes": sheet(nodes=[node("n1", 2)], pods=[pod("big", cpu=3), pod("a", cpu=1, node="n1")]),
    "owners": sheet(controllers=[deployment("web", replicas=7)]),
    "network": sheet(pods=[WEB], services=[service("shop", "web", 80), service("lost", "gone")]),
}


def told(given: Sheet, lang: str = "en") -> Any:
    return json.loads(written(given, "json", lang))


def boxes(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for box in part.get("boxes", ()):
        yield box
        yield from boxes(box)


@pytest.mark.parametrize("name", SHEETS)
def test_every_box_and_door_stands_inside_the_page(name: str) -> None:
    figure = told(SHEETS[name])
    every = list(boxes(figure))
    assert every
    doors = [door for box in every for door in box.get("doors", ())]
    for part in (*every, *doors):
        x, y, w, h = part["rect"]
        assert x >= 0
        assert y >= 0
        assert x + w <= figure["width"] + 0.01
        assert y + h <= figure["height"] + 0.01
    for box in every:
        for inner in box.get("boxes", ()):
            assert inner["rect"][1] >= box["rect"][1]
            assert sum(inner["rect"][1::2]) <= sum(box["rect"][1::2]) + 0.01


@pytest.mark.parametrize("name", SHEETS)
def test_it_holds_the_whole_figure(name: str) -> None:
    figure, data = compose(SHEETS[name]), told(SHEETS[name], "ko")
    assert (data["podviz"], data["view"], data["lang"]) == (1, name, "ko")
    assert data["summary"] == figure.summary.ko
    listed = [(b["id"], b["kind"], b["name"], b["role"], b["shape"]) for b in boxes(data)]
    assert listed == [(b.id, b.kind, b.name.ko, b.role.value, b.shape.value) for b in figure.walk()]
    arrows = [(a["from"], a["to"], a["relation"]) for a in data.get("arrows", ())]
    assert arrows == [(a.tail, a.head, a.relation.value) for a in figure.arrows]


def test_a_box_tells_what_is_known_of_it_and_nothing_else() -> None:
    (box,) = told(SHEETS["pods"])["boxes"]
    app = box["boxes"][0]
    assert app["details"] == ["nginx:1.27"]
    assert app["reason"] == "no role is declared, so it is main"
    assert box["ip"] == "10.0.1.5"
    assert box["doors"][0]["leads"] == ["Pod/web/app"]
    assert set(app) == {
        "id", "about", "kind", "name", "role", "shape", "reason", "details", "count", "rect",
    }  # fmt: skip


def test_missing_arrows_are_marked() -> None:
    (arrow,) = [a for a in told(SHEETS["network"])["arrows"] if a.get("missing")]
    assert arrow == {
        "id": "Service/lost→Service/lost/missing",
        "from": "Service/lost",
        "to": "Service/lost/missing",
        "relation": "selects",
        "missing": True,
    }


def test_it_reads_as_text_and_is_the_same_each_time() -> None:
    text = written(sheet(pods=[pod("웹", container("app"))]), "json", "ko")
    assert '"name": "웹"' in text
    assert text.endswith("}\n")
    assert text == written(sheet(pods=[pod("웹", container("app"))]), "json", "ko")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_read_back(name: str, view: str) -> None:
    given = replace(everywhere(NAMES[name]), view=view)
    figure, data = compose(given), told(given)
    assert [b["id"] for b in boxes(data)] == [b.id for b in figure.walk()]
    arrows = [a["id"] for b in (data, *boxes(data)) for a in b.get("arrows", ())]
    assert len(arrows) == len(set(arrows))


def test_links_are_told_with_their_words() -> None:
    pods = [pod("web", container("app")), pod("db", container("pg", 5432))]
    linked = sheet(pods=pods, links=[link("Pod/web", "Pod/db", 5432, via="TCP")])
    (arrow,) = told(linked)["arrows"]
    assert (arrow["label"], arrow["to"]) == ("TCP", "Pod/db/pg:5432")
