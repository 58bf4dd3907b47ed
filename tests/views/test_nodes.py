"""Which Pods stand on which machine, who waits, and who reaches them."""

import pytest
from msgspec.structs import replace
from scenes import Scene, container, controller, deployment, link, node, pod, service, sheet

from podviz.figure import Role, Shape
from podviz.meta import ServicePort
from podviz.model import Node
from podviz.pod import Resources
from podviz.text import Text


def scene(**things: object) -> Scene:
    return Scene("nodes", sheet(**things))  # type: ignore[arg-type]


def inside(drawn: Scene, id: str) -> list[str]:
    return [child.id for child in drawn.boxes[id].children]


# ── placement ───────────────────────────────────────────────────────────────────────────────


def test_pods_stand_in_the_node_that_they_name() -> None:
    drawn = scene(
        nodes=[node("n1", ip="192.168.0.1"), node("n2")],
        pods=[pod("a", container("app"), node="n2"), pod("b", container("app"), node="n1")],
    )
    assert drawn.ids() == ["Node/n1", "Node/n2"]
    assert inside(drawn, "Node/n1") == ["Pod/b"]
    assert inside(drawn, "Node/n2") == ["Pod/a"]
    assert drawn.boxes["Node/n1"].ip == "192.168.0.1"
    assert {c.shape for c in drawn.boxes["Pod/a"].children} == {Shape.CHIP}


def test_a_container_put_on_another_node_is_torn_off_its_pod() -> None:
    torn = replace(container("logs"), node="n2")
    drawn = scene(
        nodes=[node("n1"), node("n2")], pods=[pod("a", container("app"), torn, node="n1")]
    )
    assert inside(drawn, "Node/n1") == ["Pod/a"]
    assert inside(drawn, "Pod/a") == ["Pod/a/app"]
    assert inside(drawn, "Node/n2") == ["Pod/a@n2"]
    assert inside(drawn, "Pod/a@n2") == ["Pod/a/logs"]
    assert drawn.boxes["Pod/a@n2"].role is Role.MISSING
    assert drawn.boxes["Node/n2"].status is None


def test_a_pod_without_a_node_stands_where_its_first_container_is_put() -> None:
    parts = [replace(container(name), node=on) for name, on in (("app", "n1"), ("logs", "n2"))]
    drawn = scene(nodes=[node("n1"), node("n2")], pods=[pod("a", *parts)])
    assert drawn.ids() == ["Node/n1", "Node/n2"]
    assert inside(drawn, "Node/n1") == ["Pod/a"]
    assert inside(drawn, "Node/n2") == ["Pod/a@n2"]


def test_an_idle_node_is_drawn_with_an_empty_place() -> None:
    drawn = scene(nodes=[node("n1"), node("n2")], pods=[pod("a", container("app"), node="n1")])
    idle = drawn.boxes["Node/n2"]
    assert inside(drawn, "Node/n2") == ["Node/n2/slot"]
    assert idle.status is not None
    assert idle.status.words.en == "idle"
    assert drawn.boxes["Node/n1"].status is None
    assert drawn.boxes["Node/n2/slot"].shape is Shape.SLOT


def test_replicas_are_drawn_one_by_one_on_their_nodes() -> None:
    web = controller("StatefulSet", "web", container("app"), replicas=6)
    drawn = scene(nodes=[node("n1"), node("n2")], controllers=[web])
    assert [b.name.en for b in drawn.boxes["Node/n1"].children] == ["web-0", "web-2", "web-4"]
    assert len(drawn.boxes["Node/n2"].children) == 3


def test_pods_without_a_node_wait_in_the_lane() -> None:
    drawn = scene(
        nodes=[node("n1", 2)],
        pods=[pod("a", cpu=1, node="n1"), pod("big", cpu=3), pod("lost", cpu=1, node="n9")],
    )
    assert drawn.ids() == ["Node/n1", "lane"]
    assert drawn.boxes["lane"].role is Role.WAITING
    assert inside(drawn, "lane") == ["Pod/big", "Pod/lost"]
    meter = drawn.boxes["Pod/big"].meter
    assert meter is not None
    assert (meter.parts, meter.capacity, meter.largest) == ((3,), 2, 3)


def test_without_capacities_nothing_is_measured() -> None:
    drawn = scene(nodes=[node("n1")], pods=[pod("a", cpu=1, node="n1"), pod("b", cpu=1)])
    assert drawn.boxes["Node/n1"].meter is None
    assert drawn.boxes["Pod/b"].meter is None


def test_meters_of_a_figure_share_the_largest_node() -> None:
    drawn = scene(
        nodes=[node("n1", 2), node("n2", 4)],
        pods=[pod("a", cpu=0.5, node="n1"), pod("b", cpu=1, node="n1"), pod("c", node="n2")],
    )
    small, large = drawn.boxes["Node/n1"].meter, drawn.boxes["Node/n2"].meter
    assert small is not None
    assert (small.parts, small.capacity, small.largest) == ((0.5, 1), 2, 4)
    assert large is None  # its Pod says nothing of what it needs
    assert drawn.details("Pod/a") == ["CPU 0.5"]


# ── who reaches them ────────────────────────────────────────────────────────────────────────

LABELS = (("app", "web"),)


def test_a_service_is_a_capsule_on_each_of_its_pods() -> None:
    web = deployment("web", replicas=2, pod={"labels": LABELS})
    shop = service("shop", None, 80, 443, 9000, selector=LABELS)
    drawn = scene(nodes=[node("n1")], controllers=[web], services=[shop])
    assert drawn.ids() == ["Node/n1"]
    assert drawn.doors("Deployment/web/pod.0") == [":80 :443"]
    assert drawn.door("Deployment/web/pod.1@Service/shop").kind == "Service"


def test_several_services_are_told_apart_by_name() -> None:
    given = pod("web", container("app"), node="n1")
    both = [service("shop", "web", 80), service("admin", "web")]
    drawn = scene(nodes=[node("n1")], pods=[given], services=both)
    assert drawn.doors("Pod/web") == ["shop:80", "admin"]


def test_a_service_without_live_pods_stands_beside_the_nodes() -> None:
    dead = pod("web", container("app"), node="n1", status="Dead")
    drawn = scene(nodes=[node("n1")], pods=[dead], services=[service("shop", "web", 80)])
    assert drawn.ids() == ["Node/n1", "Service/shop"]
    assert drawn.ties("near") == [("Service/shop", "Pod/web")]


def test_a_service_of_a_controller_without_replicas_stands_before_it() -> None:
    web = deployment("web", replicas=0, pod={"labels": LABELS})
    both = [service("shop", "web", 80), service("admin", None, 81, selector=LABELS)]
    drawn = scene(nodes=[node("n1")], controllers=[web], services=both)
    assert drawn.ids() == ["Node/n1", "Service/shop", "Deployment/web", "Service/admin"]
    assert drawn.details("Deployment/web") == ["0 replicas"]
    ends = ["Service/shop", "Service/admin"]
    assert drawn.ties("selects") == [(end, "Deployment/web") for end in ends]
    assert not any(a.missing for a in drawn.arrows)


def test_only_a_service_that_looks_for_what_is_not_there_has_a_stand_in() -> None:
    given = [service("lost", None, 80, selector=LABELS), service("bare", None, 80)]
    drawn = scene(nodes=[node("n1")], services=given)
    assert drawn.ids() == ["Node/n1", "Service/lost", "Service/lost/missing", "Service/bare"]
    assert drawn.boxes["Service/lost/missing"].name == Text.same("app=web")
    assert drawn.arrow("Service/lost", "Service/lost/missing").missing


def test_one_port_of_two_protocols_is_two_doors() -> None:
    ports = (ServicePort(port=53), ServicePort(port=53, protocol="UDP"))
    dns = replace(service("dns", "web"), ports=ports)
    drawn = scene(nodes=[node("n1")], services=[dns])
    assert drawn.doors("Service/dns") == [":53", ":53/UDP"]
    assert [d.id for d in drawn.boxes["Service/dns"].doors] == [
        "Service/dns:53",
        "Service/dns:53/UDP",
    ]


@pytest.mark.parametrize(
    ("head", "port", "end", "words"),
    [
        ("Pod/db", None, "Pod/db", None),
        ("Pod/db/pg", 5432, "Pod/db/pg", ":5432"),
        ("Deployment/web", None, "Deployment/web/pod.0", None),
        ("Deployment/web/pod/app", 80, "Deployment/web/pod.0/app", ":80"),
        ("Service/shop", 80, "Deployment/web/pod.0@Service/shop", ":80"),
        ("Service/idle", None, "Service/idle", None),
        ("api.example.com", None, "address/api.example.com", None),
    ],
)
def test_a_link_ends_at_what_stands_for_it(
    head: str, port: int | None, end: str, words: str | None
) -> None:
    drawn = scene(
        nodes=[node("n1"), node("n2")],
        pods=[pod("a", container("app"), node="n1"), pod("db", container("pg", 5432), node="n2")],
        controllers=[deployment("web", replicas=2, pod={"labels": LABELS})],
        services=[service("shop", None, 80, selector=LABELS), service("idle", "nobody", 1)],
        links=[link("Pod/a", head, port)],
    )
    assert drawn.ties("calls") == [("Pod/a", end)]
    label = drawn.arrow("Pod/a", end).label
    assert (label.en if label else None) == words
    assert [i for i in drawn.ids() if i.startswith("address/")] == ([end] if "." in head else [])


def test_nodes_keep_lanes_free_only_where_links_run() -> None:
    pods = [pod("a", container("app"), node="n1"), pod("b", container("app"), node="n1")]
    plain = scene(nodes=[node("n1")], pods=pods)
    linked = scene(nodes=[node("n1")], pods=pods, links=[link("Pod/a", "Pod/b")])
    assert (plain.boxes["Node/n1"].roomy, linked.boxes["Node/n1"].roomy) == (False, True)


def test_hidden_requests_leave_neither_meter_nor_words() -> None:
    machine = Node(path="Node/n", name="n", capacity=Resources(cpu=4, memory=2**30))
    asks = pod("a", cpu=1, node="n")
    shown = scene(nodes=[machine], pods=[asks])
    hidden = scene(nodes=[machine], pods=[asks], hide=frozenset({"requests"}))
    assert shown.boxes["Node/n"].meter
    assert [d.en for d in shown.boxes["Pod/a"].details] == ["CPU 1"]
    assert (hidden.boxes["Node/n"].meter, hidden.boxes["Node/n"].details) == (None, ())
    assert hidden.boxes["Pod/a"].details == ()


def test_an_evicted_pod_says_so() -> None:
    drawn = scene(nodes=[node("n")], pods=[pod("a", node="n", status="Evicted")])
    tag = drawn.boxes["Pod/a"].status
    assert tag
    assert tag.words == Text.same("Evicted")
