"""What is inside a Pod: containers in order, doors, volumes, calls over localhost."""

import pytest
from scenes import (
    Scene,
    container,
    controller,
    deployment,
    link,
    mounting,
    node,
    pod,
    service,
    sheet,
    volume,
)

from podviz.figure import Role, Shape
from podviz.model import Claim, ClaimTemplate
from podviz.pod import Port, Resources
from podviz.text import Text

WEB = pod(
    "web",
    container("logs", role="sidecar", purpose="log"),
    container("proxy", 15001, native=True),
    container("app", 8080, image="shop/web:2.4"),
    container("migrate", role="init"),
    ip="10.0.1.5",
    status="Running",
    labels=(("app", "web"),),
)


def scene(**things: object) -> Scene:
    return Scene("pods", sheet(**things))  # type: ignore[arg-type]


# ── containers ──────────────────────────────────────────────────────────────────────────────


def test_containers_stand_by_what_they_are_for() -> None:
    web = scene(pods=[WEB]).boxes["Pod/web"]
    assert [(c.name.en, c.role, c.order) for c in web.children] == [
        ("migrate", Role.INIT, 2),
        ("app", Role.MAIN, None),
        ("logs", Role.SIDECAR, None),
        ("proxy", Role.SIDECAR, 1),
    ]


def test_a_pod_tells_its_address_and_status() -> None:
    web = scene(pods=[WEB]).boxes["Pod/web"]
    assert (web.kind, web.shape, web.ip) == ("Pod", Shape.ANATOMY, "10.0.1.5")
    assert web.status is not None
    assert (web.status.words.en, web.status.mark) == ("Running", "good")


def test_tags_tell_role_and_purpose() -> None:
    boxes = scene(pods=[WEB]).boxes
    tags = {b.name.en: b.tag.words for b in boxes.values() if b.tag}
    assert tags["logs"] == Text("사이드카 · 로그", "sidecar · log")
    assert tags["proxy"].en == "sidecar · native"
    assert tags["app"].en == "main"


@pytest.mark.parametrize(
    ("count", "shape"), [(1, Shape.ANATOMY), (4, Shape.ANATOMY), (5, Shape.POD)]
)
def test_up_to_four_pods_are_laid_open(count: int, shape: Shape) -> None:
    drawn = scene(pods=[pod(f"p{i}", container("app")) for i in range(count)])
    assert {b.shape for b in drawn.tops} == {shape}
    assert len(drawn.tops) == count


def test_a_controllers_template_is_drawn_under_its_name() -> None:
    drawn = scene(controllers=[deployment("shop", replicas=3)])
    (box,) = drawn.tops
    assert (box.id, box.name.en, box.count) == ("Deployment/shop/pod", "shop", 1)
    assert box.children[0].id == "Deployment/shop/pod/app"


def test_many_templates_say_how_many_pods_come_of_them() -> None:
    many = [deployment(f"d{i}", replicas=i) for i in range(5)]
    assert scene(controllers=many).details("Deployment/d2/pod") == ["2 replicas"]


def test_a_container_outside_any_pod_is_drawn_alone() -> None:
    drawn = scene(pods=[pod("web", container("app"))], containers=[container("stray")])
    assert drawn.ids() == ["Pod/web", "Container/stray"]


# ── ports ───────────────────────────────────────────────────────────────────────────────────


def test_two_containers_on_one_port_meet_in_one_door() -> None:
    clash = pod("clash", container("web", 80), container("api", 80, 8080))
    drawn = scene(pods=[clash])
    assert drawn.doors("Pod/clash") == [":80", ":8080"]
    assert drawn.door("Pod/clash/web:80").leads == ("Pod/clash/web", "Pod/clash/api")


def test_one_number_in_two_protocols_is_two_doors() -> None:
    dns = pod("dns", container("bind", 53, Port(number=53, protocol="UDP", name="dns-udp")))
    drawn = scene(pods=[dns])
    assert drawn.doors("Pod/dns") == [":53", ":53/UDP"]
    assert drawn.door("Pod/dns/bind:53/UDP").tooltip == Text.same("bind · :53/UDP · dns-udp")


# ── volumes ─────────────────────────────────────────────────────────────────────────────────


def test_data_flows_from_who_writes_to_who_reads() -> None:
    given = pod(
        "web", mounting("app", "logs"), mounting("ship", "logs:ro"), volumes=(volume("logs"),)
    )
    box = scene(pods=[given]).boxes["Pod/web"]
    drum = "Pod/web/volume/logs"
    assert [(a.tail, a.relation.value, a.head) for a in box.arrows] == [
        ("Pod/web/app", "writes", drum),
        (drum, "reads", "Pod/web/ship"),
    ]


def test_a_volume_is_shared_when_two_containers_mount_it() -> None:
    one = pod("one", mounting("app", "conf", "conf:ro"), volumes=(volume("conf"),))
    two = pod("two", mounting("app", "conf"), mounting("b", "conf"), volumes=(volume("conf"),))
    boxes = scene(pods=[one, two]).boxes
    assert boxes["Pod/one/volume/conf"].tag is None
    shared = boxes["Pod/two/volume/conf"].tag
    assert shared is not None
    assert shared.words.en == "Shared volume"


def test_a_volume_mounted_twice_has_one_arrow_with_both_paths() -> None:
    given = pod("web", mounting("app", "conf", "conf"), volumes=(volume("conf"),))
    (arrow,) = scene(pods=[given]).boxes["Pod/web"].arrows
    assert arrow.tooltip == Text.same("app · /0, /1")


@pytest.mark.parametrize(
    ("kind", "source", "note"),
    [
        ("emptyDir", None, "emptyDir · gone with the Pod"),
        ("persistentVolumeClaim", "shop-data", "claim shop-data"),
        ("configMap", "settings", "configMap · settings"),
        ("downwardAPI", None, "downwardAPI"),
    ],
)
def test_a_volume_says_what_it_is_made_of(kind: str, source: str | None, note: str) -> None:
    given = pod("web", container("app"), volumes=(volume("v", kind=kind, source=source),))
    assert scene(pods=[given]).details("Pod/web/volume/v") == [note]


def test_a_claim_stands_outside_the_pods_that_mount_it() -> None:
    data = volume("data", kind="persistentVolumeClaim", source="shop-data")
    claim = Claim(path="PersistentVolumeClaim/shop-data", name="shop-data", size="10Gi")
    drawn = scene(pods=[pod("web", container("app"), volumes=(data,))], claims=[claim])
    assert drawn.ids() == ["Pod/web", "PersistentVolumeClaim/shop-data"]
    assert drawn.ties("mounts") == [("Pod/web", "PersistentVolumeClaim/shop-data")]


# ── who talks to whom ───────────────────────────────────────────────────────────────────────


def test_a_call_over_localhost_runs_from_door_to_door() -> None:
    given = pod("web", container("app", 8080), container("proxy", 15001, 8443, role="sidecar"))
    calls = [link("Pod/web/proxy", "Pod/web/app", 8080)]
    drawn = scene(pods=[given], links=calls)
    (call,) = drawn.boxes["Pod/web"].arrows
    assert (call.tail, call.head) == ("Pod/web/proxy:15001", "Pod/web/app:8080")
    assert call.label == Text.same("localhost:8080")
    assert drawn.arrows == ()


def test_a_call_finds_the_door_of_any_protocol() -> None:
    dns = container("dns", Port(number=53, protocol="UDP"))
    given = pod("web", container("app"), dns)
    drawn = scene(pods=[given], links=[link("Pod/web/app", "Pod/web/dns")])
    (call,) = drawn.boxes["Pod/web"].arrows
    assert (call.head, call.label) == ("Pod/web/dns:53/UDP", Text.same("localhost:53"))


def test_what_is_hidden_calls_nobody() -> None:
    given = pod("web", container("app", 80), container("wait", role="init"))
    hidden = {"hide": ("init",), "pods": (given,)}
    drawn = Scene("pods", sheet(**hidden, links=[link("Pod/web/wait", "Pod/web/app")]))
    assert drawn.boxes["Pod/web"].arrows == ()
    assert drawn.arrows == ()


def test_a_caller_without_a_port_starts_at_itself_and_twice_is_two_arrows() -> None:
    given = pod("web", container("app", 8080), container("agent", role="sidecar"))
    call = link("Pod/web/agent", "Pod/web/app")
    said = link("Pod/web/agent", "Pod/web/app", label=Text("긁는다", "scrapes"))
    arrows = scene(pods=[given], links=[call, said]).boxes["Pod/web"].arrows
    assert [a.tail for a in arrows] == ["Pod/web/agent"] * 2
    assert [a.label.en for a in arrows if a.label] == ["localhost:8080", "scrapes"]
    assert len({a.id for a in arrows}) == 2


def test_links_between_pods_run_from_pod_to_pod_each_by_its_own() -> None:
    pods = [pod("web", container("app")), pod("db", container("pg", 5432, 9187))]
    links = [link("Pod/web/app", "Pod/db/pg", 5432), link("Pod/web/app", "Pod/db/pg", 9187)]
    drawn = scene(pods=pods, links=links)
    assert drawn.ties("calls") == [("Pod/web", "Pod/db")] * 2
    assert [a.label for a in drawn.arrows] == [Text.same(":5432"), Text.same(":9187")]


def test_an_address_gets_a_box_once() -> None:
    links = [link("203.0.113.9", "Pod/web"), link("Pod/web/app", "203.0.113.9")]
    drawn = scene(pods=[pod("web", container("app"))], links=links)
    assert drawn.ids() == ["Pod/web", "address/203.0.113.9"]
    assert drawn.ties() == [("address/203.0.113.9", "Pod/web"), ("Pod/web", "address/203.0.113.9")]


def test_a_link_to_a_controller_ends_at_its_template() -> None:
    both = [deployment("web"), controller("StatefulSet", "db", container("pg", 5432))]
    drawn = scene(controllers=both, links=[link("Deployment/web", "StatefulSet/db/pod/pg", 5432)])
    assert drawn.ties() == [("Deployment/web/pod", "StatefulSet/db/pod")]


def test_what_is_declared_but_not_drawn_here_is_no_address() -> None:
    drawn = scene(
        pods=[pod("web", container("app"))],
        services=[service("shop", "web", 80)],
        nodes=[node("n1")],
        links=[link("203.0.113.9", "Service/shop"), link("Pod/web", "Node/n1")],
    )
    assert drawn.ids() == ["Pod/web"]
    assert drawn.arrows == ()


# ── details ─────────────────────────────────────────────────────────────────────────────────


def details(show: tuple[str, ...] = (), hide: tuple[str, ...] = ()) -> Scene:
    asked = container("app", 8080, image="shop/web:2.4", requests=Resources(cpu=0.5, memory=2**28))
    given = pod(
        "web",
        asked,
        container("wait", role="init"),
        mounting("ship", "logs:ro"),
        volumes=(volume("logs"),),
        ip="10.0.1.5",
        labels=(("app", "web"),),
        bare=True,
    )
    return Scene("pods", sheet(show=show, hide=hide, pods=[given]))


def test_details_are_shown_unless_hidden() -> None:
    plain = details()
    assert plain.details("Pod/web/app") == ["shop/web:2.4"]
    assert plain.details("Pod/web") == ["no owner"]
    assert set(plain.boxes) == {
        "Pod/web", "Pod/web/app", "Pod/web/wait", "Pod/web/ship", "Pod/web/volume/logs",
    }  # fmt: skip


def test_hidden_details_are_left_out() -> None:
    bare = details(hide=("image", "ports", "ip", "volumes", "init"))
    assert set(bare.boxes) == {"Pod/web", "Pod/web/app", "Pod/web/ship"}
    assert bare.details("Pod/web/app") == []
    assert bare.doors("Pod/web") == []
    assert bare.boxes["Pod/web"].ip is None
    assert bare.boxes["Pod/web"].arrows == ()


def test_wished_details_are_added() -> None:
    rich = details(show=("requests", "labels"))
    assert rich.details("Pod/web/app") == ["shop/web:2.4", "CPU 0.5 · memory 256 Mi"]
    assert rich.details("Pod/web") == ["no owner", "app=web", "CPU 0.5"]


def test_what_each_pod_of_a_set_claims_is_a_volume_of_its_pod() -> None:
    pg = mounting("pg", "store")
    db = controller("StatefulSet", "db", pg, claims=(ClaimTemplate(name="store"),))
    drawn = Scene("pods", sheet(controllers=[db]))
    (drum,) = [b for b in drawn.tops[0].children if b.shape is Shape.VOLUME]
    assert (drum.name.en, drum.details[0].en) == ("store", "claim store-db-…")
    assert [a.head for a in drawn.tops[0].arrows] == [drum.id]
