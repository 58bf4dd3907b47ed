"""Who reaches whom: Services and their Pods, Ingresses, teams of workloads, links."""

import pytest
from msgspec.structs import replace
from scenes import Scene, container, controller, deployment, link, pod, service, sheet, volume

from podviz.figure import Relation, Role, Shape
from podviz.meta import ServicePort
from podviz.model import Autoscaler, Claim, ClaimTemplate, Ingress, IngressPath
from podviz.pod import Port
from podviz.text import Text

APP = (("app", "web"),)


def scene(**things: object) -> Scene:
    return Scene("network", sheet(**things))  # type: ignore[arg-type]


def ingress(name: str, **paths: str) -> Ingress:
    """`ingress("door", root="web:80")`: the path `/root` leads to Service web, port 80."""
    rules = []
    for path, backend in paths.items():
        target, _, port = backend.partition(":")
        rules.append(IngressPath(path=f"/{path}", service=target, port=int(port) if port else None))
    return Ingress(path=f"Ingress/{name}", name=name, paths=tuple(rules))


# ── Services ────────────────────────────────────────────────────────────────────────────────


def test_a_claim_of_two_is_drawn_once() -> None:
    db = controller("StatefulSet", "db", replicas=1, claims=(ClaimTemplate(name="store"),))
    claim = Claim(path="PersistentVolumeClaim/store-db-0", name="store-db-0")
    drawn = scene(controllers=[db], claims=[claim])
    assert drawn.ids() == ["StatefulSet/db", claim.path]
    assert drawn.ties("mounts") == [("StatefulSet/db/pod.0", claim.path)]


def test_paths_that_look_alike_have_an_arrow_each() -> None:
    rules = tuple(IngressPath(path=path, service="web") for path in ("/a", "/a ", "/b"))
    door = Ingress(path="Ingress/door", name="door", paths=rules)
    drawn = scene(ingresses=[door], services=[service("web", None, 80)])
    assert [a.id.partition("→")[2] for a in drawn.arrows] == [
        "Service/web:80/a",
        "Service/web:80/a.2",
        "Service/web:80/b",
    ]


def test_a_service_enters_its_pods_through_the_door_of_its_port() -> None:
    pods = [pod(f"web-{i}", container("app", 80, 9090), labels=APP) for i in range(2)]
    drawn = scene(pods=pods, services=[service("web", None, 80, selector=APP)])
    assert drawn.ties("selects") == [
        ("Service/web", "Pod/web-0/app:80"),
        ("Service/web", "Pod/web-1/app:80"),
    ]
    assert drawn.doors("Service/web") == [":80"]


@pytest.mark.parametrize(
    ("port", "end"),
    [
        (ServicePort(port=80, target=8080), "Pod/web/app:8080"),
        (ServicePort(port=80, target="metrics"), "Pod/web/app:9090"),
        (ServicePort(port=53, protocol="UDP"), "Pod/web/app:53/UDP"),
        (ServicePort(port=53), "Pod/web/app:53"),
        (ServicePort(port=80), "Pod/web"),  # nobody listens there
        (ServicePort(port=8080, protocol="UDP"), "Pod/web"),
    ],
)
def test_a_target_is_a_number_or_a_name_in_its_protocol(port: ServicePort, end: str) -> None:
    named = Port(number=9090, name="metrics")
    given = pod("web", container("app", 8080, named, 53, Port(number=53, protocol="UDP")))
    web = replace(service("web", "web"), ports=(port,))
    drawn = scene(pods=[given], services=[web])
    assert drawn.ties("selects") == [("Service/web", end)]


def test_two_containers_on_one_port_meet_in_one_door() -> None:
    given = pod("web", container("a", 80), container("b", 80))
    drawn = scene(pods=[given], services=[service("web", "web", 80)])
    assert drawn.door("Pod/web/a:80").leads == ("Pod/web/a", "Pod/web/b")
    assert drawn.ties("selects") == [("Service/web", "Pod/web/a:80")]


def test_a_dead_pod_is_kept_near_its_service_without_an_arrow() -> None:
    dead = pod("web-0", container("app", 80), labels=APP, status="Dead")
    live = pod("web-1", container("app", 80), labels=APP, status="Running")
    drawn = scene(pods=[dead, live], services=[service("web", None, 80, selector=APP)])
    assert drawn.ties("near") == [("Service/web", "Pod/web-0")]
    assert drawn.ties("selects") == [("Service/web", "Pod/web-1/app:80")]
    assert drawn.boxes["Pod/web-0"].role is Role.DEAD
    assert drawn.doors("Pod/web-0") == []


def test_a_service_that_selects_nothing_gets_a_stand_in_for_what_it_looks_for() -> None:
    lost = service("web", None, 80, selector=(("app", "web"), ("tier", "front")))
    drawn = scene(services=[lost])
    stand_in = drawn.boxes["Service/web/missing"]
    assert (stand_in.role, stand_in.kind) == (Role.MISSING, "Pod")
    assert stand_in.name.en == "app=web, tier=front"
    assert drawn.arrow("Service/web", stand_in.id).missing


def test_hidden_ports_leave_no_doors() -> None:
    web = pod("web", container("app", 80))
    drawn = scene(hide=("ports",), pods=[web], services=[service("web", "web", 80)])
    assert drawn.ties("selects") == [("Service/web", "Pod/web")]
    assert drawn.doors("Service/web") == drawn.doors("Pod/web") == []


# ── controllers ─────────────────────────────────────────────────────────────────────────────


def test_few_replicas_are_drawn_one_by_one_in_a_frame() -> None:
    web = deployment("web", replicas=4, pod={"labels": APP})
    drawn = scene(controllers=[web], services=[service("web", None, 80, selector=APP)])
    frame = drawn.boxes["Deployment/web"]
    assert (frame.shape, len(frame.children)) == (Shape.FRAME, 4)
    assert drawn.ties("selects")[3] == ("Service/web", "Deployment/web/pod.3/app:80")


@pytest.mark.parametrize(("replicas", "count"), [(5, 5), (0, 1)])
def test_more_replicas_are_one_stack(replicas: int, count: int) -> None:
    web = deployment("web", replicas=replicas, pod={"labels": APP})
    drawn = scene(controllers=[web], services=[service("web", None, 80, selector=APP)])
    assert drawn.boxes["Deployment/web"].shape is Shape.WORKLOAD
    assert drawn.boxes["Deployment/web"].count == count
    assert drawn.ties("selects") == [("Service/web", "Deployment/web")]


def test_an_autoscaler_points_at_what_it_scales() -> None:
    path = "HorizontalPodAutoscaler"
    scalers = [
        Autoscaler(path=f"{path}/a", name="a", target="web", min=1, max=3, cpu=80),
        Autoscaler(path=f"{path}/b", name="b", target="gone"),
        Autoscaler(path=f"{path}/c", name="c", target="gone"),
    ]
    drawn = scene(controllers=[deployment("web")], autoscalers=scalers)
    assert drawn.details(f"{path}/a") == ["CPU 80% · 1–3"]
    assert drawn.ties("scales") == [
        (f"{path}/a", "Deployment/web"),
        (f"{path}/b", "missing/gone"),
        (f"{path}/c", "missing/gone"),
    ]


# ── teams ───────────────────────────────────────────────────────────────────────────────────


NAMES = ("web", "cart", "orders", "mail")


def team(*more: object) -> Scene:
    """Four Deployments with a sidecar each; the first three have a Service."""
    containers = (container("app", 80), container("log", role="sidecar"))
    return scene(
        controllers=[deployment(name, *containers) for name in NAMES],
        services=[*(service(name, name, 80) for name in NAMES[:3]), *more],
        links=[
            link("Deployment/web", "Service/cart"),
            link("Service/orders", "Deployment/mail/pod/app"),
        ],
    )


def test_in_a_team_a_service_of_one_workload_is_its_door() -> None:
    drawn = team()
    assert drawn.ids() == [f"Deployment/{name}" for name in NAMES]
    assert drawn.doors("Deployment/cart") == [":80"]
    assert drawn.door("Service/cart:door").kind == "Service"
    assert drawn.doors("Deployment/mail") == []


def test_in_a_team_links_end_on_doors_and_on_what_stands_for_a_container() -> None:
    assert team().ties() == [
        ("Deployment/web", "Service/cart:door"),
        ("Service/orders:door", "Deployment/mail"),
    ]


def test_in_a_team_a_service_of_several_stays_a_box() -> None:
    wide = service("all", None, 80, selector=())
    drawn = team(wide)
    assert "Service/all" in drawn.ids()


def test_in_a_team_only_what_stands_beside_the_app_is_named() -> None:
    drawn = team()
    assert [c.name.en for c in drawn.boxes["Deployment/web"].children] == ["log"]
    plain = [deployment(f"d{i}", container("app", image="shop/d:1")) for i in range(4)]
    assert scene(controllers=plain).details("Deployment/d0") == ["shop/d:1"]


# ── Ingresses ───────────────────────────────────────────────────────────────────────────────


def test_an_ingress_leads_each_path_to_its_services_door() -> None:
    given = ingress("door", shop="web:80", api="web:8080", old="gone:80", raw="web")
    drawn = scene(
        pods=[pod("web", container("app", 80, 8080))],
        services=[service("web", "web", 80, 8080)],
        ingresses=[given],
    )
    assert drawn.ties("calls") == [
        ("Ingress/door", "Service/web:80"),
        ("Ingress/door", "Service/web:8080"),
        ("Ingress/door", "missing/Service/gone"),
        ("Ingress/door", "Service/web:80"),
    ]
    labels = [a.label.en for a in drawn.arrows if a.label]
    assert labels == ["/shop", "/api", "/old", "/raw"]
    assert drawn.boxes["missing/Service/gone"].role is Role.MISSING
    assert drawn.arrow("Ingress/door", "missing/Service/gone").missing


# ── links ───────────────────────────────────────────────────────────────────────────────────


def test_a_link_with_a_port_enters_by_its_door_and_needs_no_words() -> None:
    pods = [pod("web", container("app")), pod("db", container("pg", 5432))]
    drawn = scene(
        pods=pods,
        links=[
            link("Pod/web/app", "Pod/db/pg", 5432),
            link("Pod/web/app", "Pod/db", 5432, via="TCP"),
            link("Pod/web", "Pod/db", 9999),
        ],
    )
    assert drawn.ties() == [
        ("Pod/web/app", "Pod/db/pg:5432"),
        ("Pod/web/app", "Pod/db/pg:5432"),
        ("Pod/web", "Pod/db"),
    ]
    assert [a.label.en if a.label else None for a in drawn.arrows] == [None, "TCP", ":9999"]


@pytest.mark.parametrize("name", ["db", "pod", "podinfo"])
def test_a_link_to_a_template_ends_in_its_first_replica(name: str) -> None:
    both = [deployment("web"), controller("StatefulSet", name, container("pod", 5432), replicas=2)]
    links = [
        link("Deployment/web/pod/app", f"StatefulSet/{name}/pod/pod", 5432),
        link("Deployment/web", f"StatefulSet/{name}/pod/pod"),
    ]
    assert scene(controllers=both, links=links).ties() == [
        ("Deployment/web/pod.0/app", f"StatefulSet/{name}/pod.0/pod:5432"),
        ("Deployment/web", f"StatefulSet/{name}/pod.0/pod"),
    ]


def test_a_link_to_a_service_ends_at_the_port_that_is_meant() -> None:
    drawn = scene(
        pods=[pod("web", container("app", 80, 81))],
        services=[service("one", "web", 80), service("two", "web", 80, 81)],
        links=[
            link("internet", "Service/one"),
            link("internet", "Service/two", 81),
            link("internet", "Service/two"),
        ],
    )
    assert drawn.ties("calls") == [
        ("address/internet", "Service/one:80"),
        ("address/internet", "Service/two:81"),
        ("address/internet", "Service/two"),
    ]
    assert drawn.ids().count("address/internet") == 1


def test_calls_inside_a_pod_are_drawn_inside_it_and_only_there() -> None:
    pair = pod("pair", container("app", 8080), container("proxy", 15001, role="sidecar"))
    call = link("Pod/pair/proxy", "Pod/pair/app", 8080)
    drawn = scene(pods=[pair, pod("other", container("app"))], links=[call])
    (inner,) = drawn.boxes["Pod/pair"].arrows
    assert (inner.tail, inner.head) == ("Pod/pair/proxy", "Pod/pair/app")
    assert inner.relation is Relation.CALLS
    assert inner.label == Text.same("localhost:8080")
    assert drawn.arrows == ()


def test_a_claim_mounted_by_two_volumes_has_one_arrow() -> None:
    both = tuple(volume(v, kind="persistentVolumeClaim", source="shop") for v in ("a", "b"))
    claim = Claim(path="PersistentVolumeClaim/shop", name="shop")
    drawn = scene(pods=[pod("web", container("app"), volumes=both)], claims=[claim])
    assert drawn.ties("mounts") == [("Pod/web", "PersistentVolumeClaim/shop")]


def test_pods_that_mount_a_claim_point_at_it() -> None:
    data = volume("data", kind="persistentVolumeClaim", source="shop")
    claim = Claim(path="PersistentVolumeClaim/shop", name="shop")
    web = pod("web", container("app"), volumes=(data,))
    db = deployment("db", pod={"volumes": (data,)})
    drawn = scene(pods=[web], controllers=[db], claims=[claim])
    assert drawn.ties("mounts") == [
        ("Pod/web", "PersistentVolumeClaim/shop"),
        ("Deployment/db", "PersistentVolumeClaim/shop"),
    ]


# ── what containers and hosts say ───────────────────────────────────────────────────────────


def test_who_names_a_service_as_a_host_calls_it_once() -> None:
    env = (("API_URL", "http://api:80"),)
    web = deployment("web", container("app", env=env))
    api = deployment("api", container("app", 80), pod={"labels": APP})
    told = {"controllers": [web, api], "services": [service("api", None, 80, selector=APP)]}
    ends = [("Deployment/web", "Service/api:80")]
    assert scene(**told).ties("calls") == ends
    linked = scene(**told, links=[link("Deployment/web", "Service/api", label=Text.same("x"))])
    assert linked.ties("calls") == ends


def test_paths_of_several_hosts_say_their_host() -> None:
    rules = tuple(
        IngressPath(path="/", service="web", port=80, host=h) for h in ("a.io", "b.io", None)
    )
    door = Ingress(path="Ingress/door", name="door", paths=rules)
    drawn = scene(ingresses=[door], services=[service("web", None, 80)])
    assert [a.label.en for a in drawn.arrows if a.label] == ["a.io/", "b.io/", "*/"]
