"""Arrows of a cluster, and stand-ins for what is not there."""

import pytest
from msgspec.structs import replace
from scenes import Scene, container, controller, deployment, link, pod, service, sheet, volume

from podviz.around import Endpoints, Gateway, Store, Thing
from podviz.figure import Role
from podviz.meta import Owner, Reference, ServicePort
from podviz.model import Autoscaler, Claim, ClaimTemplate, Config, Ingress, IngressPath
from podviz.pod import Container

WEB = (("app", "web"),)


def scene(**things: object) -> Scene:
    return Scene("cluster", sheet(**things))  # type: ignore[arg-type]


def ingress(*paths: IngressPath, **more: object) -> Ingress:
    return Ingress(path="Ingress/in", name="in", paths=paths, **more)  # type: ignore[arg-type]


def to(name: str, path: str = "/", port: int | str | None = 80) -> IngressPath:
    return IngressPath(path=path, service=name, port=port)


def labelled(name: str) -> object:
    return deployment(name, pod={"labels": WEB})


def using(*references: Reference, claim: str = "") -> Container:
    return container("app", references=references)


# ── doors to the cluster ────────────────────────────────────────────────────────────────────


def test_an_ingress_leads_to_the_capsule_of_a_service() -> None:
    drawn = scene(
        controllers=[labelled("web")],
        services=[service("web", None, 80, selector=WEB)],
        ingresses=[ingress(to("web"))],
    )
    assert drawn.ties() == [("Ingress/in", "Service/web:door")]
    assert drawn.arrow("Ingress/in", "Service/web:door").label is None


@pytest.mark.parametrize(
    ("port", "end"),
    [
        (80, "Service/s:80"),
        ("http", "Service/s/missing/http"),
        (81, "Service/s/missing/81"),
        (None, "Service/s:80"),
    ],
)
def test_of_a_card_an_ingress_enters_the_door_of_its_port(port: int | str | None, end: str) -> None:
    both = [labelled("a"), labelled("b")]
    given = service("s", None, 80, selector=WEB)
    drawn = scene(controllers=both, services=[given], ingresses=[ingress(to("s", port=port))])
    assert drawn.ties("calls") == [("Ingress/in", end)]
    assert drawn.ties("selects") == [
        ("Service/s", "Deployment/a"),
        ("Service/s", "Deployment/b"),
    ]


def test_of_a_card_with_several_ports_none_is_guessed() -> None:
    given = service("s", None, 80, 81, selector=WEB)
    drawn = scene(services=[given], ingresses=[ingress(to("s", port=None))])
    assert drawn.ties("calls") == [("Ingress/in", "Service/s")]


def test_a_port_of_two_protocols_is_two_doors() -> None:
    both = (ServicePort(port=53, protocol="UDP", name="dns"), ServicePort(port=53, name="tcp"))
    drawn = scene(services=[replace(service("dns", None, 80), ports=(*both, ServicePort(port=9)))])
    assert drawn.doors("Service/dns") == [":53/UDP", ":53", ":9"]


def test_where_ports_are_hidden_arrows_end_on_the_card() -> None:
    both = [labelled("a"), labelled("b")]
    given = service("s", None, 80, selector=WEB)
    drawn = scene(hide=("ports",), controllers=both, services=[given], ingresses=[ingress(to("s"))])
    assert drawn.ties("calls") == [("Ingress/in", "Service/s")]


def test_several_paths_stand_on_one_arrow_for_each_service() -> None:
    paths = [to("web", f"/{i}") for i in range(4)]
    drawn = scene(
        controllers=[labelled("web")],
        services=[service("web", None, 80, selector=WEB)],
        ingresses=[ingress(*paths)],
    )
    label = drawn.arrow("Ingress/in", "Service/web:door").label
    assert label
    assert label.en == "/0 · /1 +2"


def test_a_gateway_leads_to_its_routes() -> None:
    gate = Gateway(path="Gateway/g", name="g")
    route = ingress(gateways=(Reference(kind="Gateway", name="g"),))
    assert scene(gateways=[gate], ingresses=[route]).ties() == [("Gateway/g", "Ingress/in")]


# ── Services ────────────────────────────────────────────────────────────────────────────────


def test_a_service_without_a_pod_gets_a_stand_in_for_what_it_looks_for() -> None:
    drawn = scene(services=[service("s", selector=WEB)])
    (tie,) = drawn.ties("selects")
    assert tie == ("Service/s", "Service/s/missing")
    assert drawn.boxes["Service/s/missing"].role is Role.MISSING
    assert drawn.boxes["Service/s/missing"].name.en == "app=web"


def test_a_service_without_a_selector_selects_nothing() -> None:
    assert scene(controllers=[labelled("web")], services=[service("s")]).ties() == []


def test_an_external_name_and_addresses_by_hand_stand_outside() -> None:
    named = service("mail", type="ExternalName", external="smtp.example")
    kept = Endpoints(path="Endpoints/db", name="db", service="db", addresses=("10.0.0.9",))
    drawn = scene(services=[named, service("db")], endpoints=[kept])
    assert ("Service/mail", "address/smtp.example") in drawn.ties("calls")
    (tie,) = [t for t in drawn.ties("calls") if t[0] == "Service/db"]
    assert drawn.boxes[tie[1]].role is Role.OUTSIDE
    assert "10.0.0.9" in drawn.boxes[tie[1]].name.en


# ── scaling, storage, configuration ─────────────────────────────────────────────────────────


def test_an_autoscaler_points_at_what_it_scales_or_at_what_is_missing() -> None:
    own = Autoscaler(path="HorizontalPodAutoscaler/a", name="a", target="web")
    lost = Autoscaler(
        path="HorizontalPodAutoscaler/b", name="b", target="gone", target_kind="StatefulSet"
    )
    drawn = scene(controllers=[deployment("web")], autoscalers=[own, lost])
    assert drawn.ties("scales") == [
        ("HorizontalPodAutoscaler/a", "Deployment/web"),
        ("HorizontalPodAutoscaler/b", "missing/StatefulSet//gone"),
    ]
    assert drawn.arrows[-1].missing


def mounting_claim(name: str, claim: str) -> object:
    own = volume(
        "v",
        kind="persistentVolumeClaim",
        source=claim,
        references=(Reference(kind="PersistentVolumeClaim", name=claim),),
    )
    return deployment(name, pod={"volumes": (own,)})


def test_workloads_lead_to_their_claims_and_claims_to_their_volumes() -> None:
    bound = Claim(path="PersistentVolumeClaim/data", name="data", volume="disk")
    store = Store(
        path="PersistentVolume/disk",
        name="disk",
        claim=Reference(kind="PersistentVolumeClaim", name="data", namespace=""),
    )
    drawn = scene(controllers=[mounting_claim("db", "data")], claims=[bound], stores=[store])
    assert drawn.ties("mounts") == [
        ("Deployment/db", "PersistentVolumeClaim/data"),
        ("PersistentVolumeClaim/data", "PersistentVolume/disk"),
    ]


def test_each_pod_of_a_stateful_set_claims_for_itself() -> None:
    db = controller(
        "StatefulSet", "db", container("app"), replicas=3, claims=(ClaimTemplate(name="data"),)
    )
    drawn = scene(controllers=[db])
    assert drawn.ties("mounts") == [("StatefulSet/db", "PersistentVolumeClaim/data-db-0")]
    assert drawn.boxes["PersistentVolumeClaim/data-db-0"].name.en == "data-db-0 … 2"
    there = Claim(path="PersistentVolumeClaim/data-db-0", name="data-db-0")
    assert scene(controllers=[db], claims=[there]).ties("mounts") == []


def test_configuration_that_is_shown_leads_to_who_uses_it() -> None:
    web = deployment("web", using(Reference(kind="ConfigMap", name="c")))
    settings = Config(path="ConfigMap/c", name="c")
    assert scene(controllers=[web], configs=[settings]).ties() == []
    shown = scene(show=("config",), controllers=[web], configs=[settings])
    assert shown.ties("reads") == [("ConfigMap/c", "Deployment/web")]


def test_a_custom_resource_owns_what_was_made_for_it() -> None:
    widget = Thing(path="Widget/w", kind="Widget", name="w")
    made = replace(deployment("web"), owners=(Owner(kind="Widget", name="w"),))
    assert scene(controllers=[made], things=[widget]).ties("owns") == [
        ("Widget/w", "Deployment/web")
    ]


def test_links_of_a_spec_end_on_boxes_capsules_and_addresses() -> None:
    drawn = scene(
        controllers=[labelled("web"), deployment("db")],
        services=[service("web", None, 80, selector=WEB)],
        links=[
            link("Internet", "Service/web"),
            link("Deployment/web/pod/app", "Deployment/db", via="SQL"),
            link("Deployment/web", "Deployment/web"),
        ],
    )
    assert drawn.ties("calls") == [
        ("address/Internet", "Service/web:door"),
        ("Deployment/web/pod/app", "Deployment/db"),
    ]
    assert drawn.arrows[1].label
    assert drawn.arrows[1].label.en == "SQL"


# ── what is not there ───────────────────────────────────────────────────────────────────────


def needing(name: str, *wanted: str, kind: str = "ConfigMap", optional: bool = False) -> object:
    return deployment(
        name, using(*(Reference(kind=kind, name=w, optional=optional) for w in wanted))
    )


def test_missing_things_are_drawn_once_for_all_who_refer_to_them() -> None:
    drawn = scene(controllers=[needing("a", "gone"), needing("b", "gone")])
    assert drawn.ties("reads") == [
        ("Deployment/a", "missing/ConfigMap//gone"),
        ("Deployment/b", "missing/ConfigMap//gone"),
    ]
    assert all(a.missing for a in drawn.arrows)


def test_more_than_two_missing_things_of_a_kind_are_one_stand_in() -> None:
    drawn = scene(controllers=[needing("a", "x", "y", "z"), needing("b", "x", "y")])
    many = drawn.boxes["Deployment/a/missing/ConfigMap"]
    assert (many.count, many.name.en) == (1, "x, y, z")
    assert many.tooltip
    assert many.tooltip.en == "ConfigMap: x, y, z"
    assert [head for tail, head in drawn.ties("reads") if tail == "Deployment/b"] == [
        "missing/ConfigMap//x",
        "missing/ConfigMap//y",
    ]


def test_what_may_be_missing_is_not_missed() -> None:
    assert scene(controllers=[needing("a", "gone", optional=True)]).ties() == []


def test_what_stands_elsewhere_in_the_whole_is_not_missing() -> None:
    part = sheet(controllers=[needing("a", "c")])
    settings = Config(path="ConfigMap/c", name="c")
    whole = replace(part.cluster, configs=(settings,), pods=(pod("p"),))
    assert Scene("cluster", replace(part, whole=whole)).ties() == []
    assert len(Scene("cluster", part).ties()) == 1


def test_an_ingress_to_a_service_that_is_not_there_calls_a_stand_in() -> None:
    drawn = scene(ingresses=[ingress(to("gone"))])
    assert drawn.ties("calls") == [("Ingress/in", "missing/Service//gone")]
