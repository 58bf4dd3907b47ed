"""Workloads as boxes: what they hold and how they fare."""

import pytest
from msgspec.structs import replace
from scenes import container, controller, deployment, pod, service, sheet

from podviz.figure import Box, Shape
from podviz.meta import Owner, Reference, ServicePort
from podviz.model import Config, Controller
from podviz.pod import Pod, Port
from podviz.scene.ground import survey
from podviz.scene.workloads import marks, service_door, workload_box

SEVEN = [deployment(f"d{i}") for i in range(7)]
WEB = (("app", "web"),)


def drawn(given: Controller | Pod, *beside: Controller | Pod, **things: object) -> Box:
    """The box of a workload that stands beside others."""
    every = (given, *beside)
    things["controllers"] = [w for w in every if isinstance(w, Controller)]
    things["pods"] = [w for w in every if isinstance(w, Pod)]
    return workload_box(survey(sheet(**things)), given)  # type: ignore[arg-type]


def details(box: Box) -> list[str]:
    return [text.en for text in box.details]


def live(name: str, owner: str, *, ready: bool, restarts: int | None = None) -> Pod:
    app = replace(container("app"), restarts=restarts)
    made = pod(name, app, node="n1", status="Running", conditions=(("Ready", str(ready)),))
    return replace(made, owners=(Owner(kind="Deployment", name=owner),))


# ── laid open ───────────────────────────────────────────────────────────────────────────────


def test_a_few_workloads_show_each_container_with_its_image_and_ports() -> None:
    app = container("app", 80, 81, 82, 83, image="nginx:1.27")
    box = drawn(deployment("web", app, container("logs", role="sidecar"), replicas=3))
    assert (box.shape, box.count, box.kind) == (Shape.POD, 3, "Deployment")
    assert details(box) == ["Deployment · 3 replicas"]
    assert [row.name.en for row in box.children] == ["app", "logs"]
    assert details(box.children[0]) == ["nginx:1.27 :80 :81 :82 +1"]


def test_a_long_image_has_its_ports_on_a_line_of_their_own() -> None:
    box = drawn(deployment("web", container("app", 80, image="registry.example/" + "x" * 30)))
    assert details(box.children[0])[1:] == [":80"]


def test_hidden_ports_images_and_init_containers_are_not_shown() -> None:
    setup = container("setup", role="init")
    app = container("app", 80, image="nginx:1")
    web = deployment("web", setup, app)
    assert [c.name.en for c in drawn(web).children] == ["setup", "app"]
    hidden = drawn(web, hide=("ports", "image", "init"))
    assert [(c.name.en, details(c)) for c in hidden.children] == [("app", [])]


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("Deployment", {}, "Deployment"),
        ("Deployment", {"replicas": 1}, "Deployment"),
        ("Deployment", {"replicas": 0}, "Deployment · 0 replicas"),
        ("DaemonSet", {}, "DaemonSet · one on every node"),
        ("CronJob", {"schedule": "0 3 * * *"}, "CronJob · 0 3 * * *"),
        ("CronJob", {"schedule": "0 3 * * *", "suspended": True}, "CronJob · suspended"),
        ("Job", {"replicas": 5}, "Job"),
    ],
)
def test_a_workload_says_its_kind_and_what_it_keeps(
    kind: str, more: dict[str, object], said: str
) -> None:
    box = drawn(controller(kind, "x", container("app"), **more))
    assert details(box) == [said]
    assert box.count == 1


def test_a_kind_with_several_templates_shows_the_containers_of_all() -> None:
    worker = Pod(path="PyTorchJob/x/Worker", name="Worker", containers=(container("work"),))
    box = drawn(controller("PyTorchJob", "x", container("lead"), more=(worker,)))
    assert [c.name.en for c in box.children] == ["lead", "work"]


def test_a_pod_of_its_own_is_drawn_as_a_pod() -> None:
    box = drawn(pod("p", container("app")))
    assert (box.kind, box.shape, box.about) == ("Pod", Shape.POD, "Pod/p")


# ── small ───────────────────────────────────────────────────────────────────────────────────


def test_among_many_a_workload_shows_its_main_image_and_what_stands_beside() -> None:
    app = container("app", 80, image="nginx:1.27@sha256:" + "0" * 64, role="main")
    box = drawn(deployment("web", app, container("logs", role="sidecar"), replicas=3), *SEVEN)
    assert (box.shape, box.count) == (Shape.WORKLOAD, 3)
    assert details(box) == ["nginx:1.27"]
    assert [chip.name.en for chip in box.children] == ["logs"]
    assert box.members == ("Deployment/web/pod/app",)


def test_of_several_main_containers_none_is_left_out() -> None:
    both = [container(name, role="main", image=f"{name}:1") for name in ("a", "b")]
    box = drawn(deployment("web", *both), *SEVEN)
    assert [chip.name.en for chip in box.children] == ["a", "b"]
    assert (details(box), box.members) == ([], ())


def test_a_schedule_is_told_in_the_small_box_too() -> None:
    nightly = controller("CronJob", "x", container("app", image="a:1"), schedule="0 3 * * *")
    assert details(drawn(nightly, *SEVEN)) == ["a:1", "CronJob · 0 3 * * *"]


def test_a_controller_without_a_template_is_drawn_too() -> None:
    bare = replace(deployment("web"), pod=None)
    assert drawn(bare).children == ()
    assert drawn(bare, *SEVEN).children == ()


# ── live ────────────────────────────────────────────────────────────────────────────────────


def test_live_pods_stand_in_their_workload_and_say_where_and_how() -> None:
    pods = [live("a", "web", ready=True, restarts=3), live("b", "web", ready=False)]
    box = drawn(deployment("web"), *pods)
    assert (box.shape, [c.about for c in box.children]) == (Shape.FRAME, ["Pod/a", "Pod/b"])
    assert box.status
    assert (box.status.words.en, box.status.role) == ("1/2 ready", "init")
    assert any("n1" in line for line in details(box.children[0]))
    assert any("3 restarts" in line for line in details(box.children[0]))


def test_more_than_twelve_live_pods_are_one_box_that_counts_them() -> None:
    pods = [live(f"p{i:02}", "web", ready=True) for i in range(13)]
    box = drawn(deployment("web", replicas=13), *pods)
    assert box.shape is Shape.POD
    assert set(box.members) == {p.path for p in pods}
    assert box.status
    assert box.status.words.en == "13/13 ready"
    assert box.tooltip
    assert "p00, p01" in box.tooltip.en


def test_a_replica_set_between_is_a_member_of_the_box() -> None:
    middle = controller("ReplicaSet", "web-1", container("app"))
    middle = replace(middle, owners=(Owner(kind="Deployment", name="web"),))
    assert drawn(deployment("web"), middle).members == ("ReplicaSet/web-1",)


# ── doors, marks, tooltips ──────────────────────────────────────────────────────────────────


def ports(*numbers: int) -> tuple[ServicePort, ...]:
    return tuple(ServicePort(port=n, name=f"p{i}") for i, n in enumerate(numbers))


@pytest.mark.parametrize(
    ("numbers", "label"),
    [((), "s"), ((80,), ":80"), ((80, 81, 82), ":80 :81 +1"), ((53, 53), ":53")],
)
def test_a_capsule_says_its_ports_or_its_name(numbers: tuple[int, ...], label: str) -> None:
    door = service_door(replace(service("s"), ports=ports(*numbers)), deployment("s"), alone=True)
    assert (door.label, door.about, door.kind) == (label, "Service/s", "Service")
    assert door.tooltip
    assert door.tooltip.en.startswith("Service s")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("web", ":80"),
        ("web-admission", "web-admission :80"),
        ("controller-of-the-whole-shop", ":80"),
        ("controller-of-the-whole-shop-admission", "…-admission :80"),
    ],
)
def test_of_several_capsules_each_bears_the_name_that_the_workload_does_not_tell(
    name: str, label: str
) -> None:
    workload = deployment("web" if name.startswith("web") else "controller-of-the-whole-shop")
    door = service_door(replace(service(name), ports=ports(80)), workload, alone=False)
    assert door.label == label


def test_a_capsule_tells_a_protocol_that_is_not_tcp() -> None:
    dns = replace(service("dns"), ports=(ServicePort(port=53, protocol="UDP"),))
    assert service_door(dns, deployment("dns"), alone=True).label == ":53/UDP"


def test_services_stand_on_the_workload_that_they_lead_to() -> None:
    web = deployment("web", pod={"labels": WEB})
    box = drawn(web, services=[service("s", None, 80, selector=WEB)])
    assert [d.id for d in box.doors] == ["Service/s:door"]


def test_marks_are_one_for_each_kind_in_a_fixed_order() -> None:
    things = [
        Config(path="Secret/s", name="s", secret=True),
        Config(path="ConfigMap/b", name="b"),
        Config(path="ConfigMap/a", name="a\x1b"),
    ]
    found = marks(tuple(things))
    assert [(m.kind, m.members) for m in found] == [
        ("ConfigMap", ("ConfigMap/b", "ConfigMap/a")),
        ("Secret", ("Secret/s",)),
    ]
    assert found[0].names[0] == "b"
    assert "\x1b" not in found[0].names[1]


def test_a_workload_bears_what_it_uses_as_marks() -> None:
    app = container("app", references=(Reference(kind="ConfigMap", name="c"),))
    box = drawn(deployment("web", app), configs=[Config(path="ConfigMap/c", name="c")])
    assert [m.kind for m in box.marks] == ["ConfigMap"]


def test_a_tooltip_names_every_container_in_full() -> None:
    image = "registry.example/a/b/c:1@sha256:" + "0" * 64
    box = drawn(deployment("web", container("app", image=image), container("x")))
    assert box.tooltip
    assert box.tooltip.en == f"Deployment web · app {image} · x"


def test_a_port_in_both_protocols_is_told_once_in_a_row() -> None:
    both = (Port(number=53), Port(number=53, protocol="UDP"))
    box = drawn(deployment("dns", container("app", *both, image="dns:1")))
    assert details(box.children[0]) == ["dns:1 :53"]
