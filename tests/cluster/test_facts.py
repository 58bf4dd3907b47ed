"""What follows from a cluster: roles, turns, selection, names, places."""

import re

import pytest
from scenes import container, controller, deployment, node, pod, service, volume

from podviz.cluster import facts, placement
from podviz.model import ClaimTemplate, Cluster
from podviz.pod import Container, Pod, Role

EVERY_NODE = Cluster(nodes=(node("n1"), node("n2")))
GENERATED = "[bcdfghjklmnpqrstvwxz2456789]{5}"


# ── roles and turns ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "role", "reason"),
    [
        (container("app"), Role.MAIN, "no role is declared, so it is main"),
        (container("app", role="main"), Role.MAIN, "role declared in the spec: main"),
        (container("logs", role="sidecar"), Role.SIDECAR, "role declared in the spec: sidecar"),
        (container("wait", role="init"), Role.INIT, "role declared in the spec: init"),
        (
            container("proxy", native=True),
            Role.SIDECAR,
            "an init container with restartPolicy: Always",
        ),
        (
            container("proxy", native=True, role="main"),
            Role.MAIN,
            "role declared in the spec: main",
        ),
    ],
)
def test_a_role_is_declared_or_follows(given: Container, role: Role, reason: str) -> None:
    assert facts.role(given) is role
    assert facts.role_reason(given).en == reason


def test_init_containers_and_native_sidecars_start_in_the_files_order() -> None:
    given = pod(
        "web",
        container("app"),
        container("migrate", role="init"),
        container("proxy", native=True, role="sidecar"),
        container("logs", role="sidecar"),
        container("check", role="init"),
    )
    assert facts.turns(given) == {"Pod/web/migrate": 1, "Pod/web/proxy": 2, "Pod/web/check": 3}


def test_a_pod_without_init_containers_has_no_turns() -> None:
    assert facts.turns(pod("web", container("app"))) == {}


# ── selection ───────────────────────────────────────────────────────────────────────────────


WEB = deployment("web", pod={"labels": (("app", "web"), ("tier", "front"))})
DB = pod("db", labels=(("app", "db"),))
ALONE = pod("web", labels=())
CLUSTER = Cluster(controllers=(WEB,), pods=(DB, ALONE))


@pytest.mark.parametrize(
    ("target", "selector", "chosen"),
    [
        ("db", (), (DB,)),
        (None, (("app", "web"),), (WEB,)),
        (None, (("tier", "front"), ("app", "web")), (WEB,)),
        (None, (("app", "web"), ("tier", "back")), ()),
        ("web", (), (WEB, ALONE)),  # a name that two things bear
        (None, (), ()),  # an empty selector selects nothing
        ("nobody", (), ()),
    ],
)
def test_a_service_selects_by_name_or_by_all_its_labels(
    target: str | None, selector: tuple[tuple[str, str], ...], chosen: tuple[object, ...]
) -> None:
    assert facts.selected(service("s", target, 80, selector=selector), CLUSTER) == chosen


def test_a_service_sends_to_live_pods_and_to_each_of_a_controller() -> None:
    dead = pod("old", labels=(("app", "web"),), status="Failed")
    live = pod("new", labels=(("app", "web"),), status="Running")
    three = deployment("web", replicas=3, pod={"labels": (("app", "web"),)})
    cluster = Cluster(controllers=(three,), pods=(dead, live))
    web = service("s", None, 80, selector=(("app", "web"),))
    for path in ("Deployment/web/pod.0", "Deployment/web/pod.2", "Pod/new"):
        assert facts.is_served(web, path, cluster)
    for path in ("Pod/old", "Deployment/web", "Deployment/web/pod.0/app"):
        assert not facts.is_served(web, path, cluster)
    assert not facts.is_idle(web, cluster)
    assert facts.is_idle(web, Cluster(pods=(dead,)))


@pytest.mark.parametrize("status", ["Dead", "failed", "Evicted", "gone"])
def test_a_dead_pod_is_one_whose_status_says_so(status: str) -> None:
    assert facts.is_dead(pod("a", status=status))
    assert not facts.is_dead(pod("a", status="Running"))
    assert not facts.is_dead(pod("a"))


# ── names ───────────────────────────────────────────────────────────────────────────────────


def names(given: object, cluster: Cluster = Cluster()) -> list[str]:  # noqa: B008 - frozen
    return [p.name for p in facts.pods_of(given, cluster)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("Deployment", f"web-{GENERATED}-{GENERATED}"),
        ("ReplicaSet", f"web-{GENERATED}"),
        ("DaemonSet", f"web-{GENERATED}"),
        ("Job", f"web-{GENERATED}"),
        ("CronJob", f"web-[0-9]{{8}}-{GENERATED}"),
    ],
)
def test_pods_are_named_as_their_controller_names_them(kind: str, pattern: str) -> None:
    found = names(controller(kind, "web", container("app"), replicas=4))
    assert len(set(found)) == 4
    assert all(re.fullmatch(pattern, name) for name in found)


def test_a_stateful_sets_pods_are_counted_from_zero() -> None:
    assert names(controller("StatefulSet", "db", replicas=3)) == ["db-0", "db-1", "db-2"]


def test_a_deployments_pods_bear_the_name_of_its_replica_set() -> None:
    web = deployment("web", replicas=2)
    assert all(n.startswith(f"{facts.replica_set_name(web)}-") for n in names(web))
    nightly = controller("CronJob", "report")
    assert names(nightly)[0].startswith(f"{facts.job_name(nightly)}-")


def test_names_are_the_same_in_every_run_and_differ_between_controllers() -> None:
    assert facts.generated("Deployment/web.0", 5) == "2trtr"
    assert names(deployment("web")) == names(deployment("web"))
    assert names(deployment("web"))[0][4:] != names(deployment("api"))[0][4:]


def test_claims_are_named_after_their_template_and_pod() -> None:
    db = controller("StatefulSet", "db", claims=(ClaimTemplate(name="data", size="1Gi"),))
    (claim,) = facts.claims_of(db, "db-0")
    assert (claim.name, claim.size, claim.access) == ("data-db-0", "1Gi", "once")
    assert claim.path == "PersistentVolumeClaim/data-db-0"


def test_a_pod_claims_each_claim_once() -> None:
    kinds = [("a", "pvc"), ("b", "pvc"), ("c", "other")]
    volumes = [volume(v, kind="persistentVolumeClaim", source=s) for v, s in kinds]
    given = pod("web", volumes=(*volumes, volume("d", source="pvc"), volume("e")))
    assert facts.claimed(given) == ("pvc", "other")


# ── how many ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "replicas", "cluster", "count"),
    [
        ("Deployment", None, Cluster(), 1),
        ("Deployment", 0, Cluster(), 0),
        ("Deployment", 3, EVERY_NODE, 3),
        ("DaemonSet", None, EVERY_NODE, 2),
        ("DaemonSet", None, Cluster(), 1),
        ("Job", None, EVERY_NODE, 1),
    ],
)
def test_a_controller_keeps_as_many_pods_as_it_says(
    kind: str, replicas: int | None, cluster: Cluster, count: int
) -> None:
    given = controller(kind, "web", container("app"), replicas=replicas)
    assert facts.replicas(given, cluster) == count
    made = facts.pods_of(given, cluster)
    assert [p.path for p in made] == [f"{kind}/web/pod.{i}" for i in range(count)]
    assert [c.path for p in made for c in p.containers] == [f"{p.path}/app" for p in made]


# ── where they stand ────────────────────────────────────────────────────────────────────────


def places(cluster: Cluster) -> list[tuple[str, str | None]]:
    return [(s.pod.name, s.node) for s in placement.placed(cluster)]


def asking(kind: str, name: str, cpu: float, **more: object) -> object:
    asked = pod("x", cpu=cpu).containers
    return controller(kind, name, *asked, **more)


def test_a_pod_stands_where_it_says_even_on_no_node_of_ours() -> None:
    cluster = Cluster(
        nodes=(node("n1"),), pods=(pod("a", node="n1"), pod("b"), pod("c", node="n9"))
    )
    assert places(cluster) == [("a", "n1"), ("b", None), ("c", "n9")]


def test_a_controllers_pods_go_to_the_emptiest_node() -> None:
    cluster = Cluster(
        nodes=(node("n1"), node("n2"), node("n3")),
        pods=(pod("a", node="n1"), pod("b", node="n1"), pod("c", node="n2")),
        controllers=(controller("StatefulSet", "db", replicas=3),),
    )
    assert places(cluster)[3:] == [("db-0", "n3"), ("db-1", "n2"), ("db-2", "n3")]


def test_a_daemon_set_stands_on_every_node_once() -> None:
    cluster = Cluster(nodes=(node("n1"), node("n2")), controllers=(controller("DaemonSet", "log"),))
    assert [s.node for s in placement.placed(cluster)] == ["n1", "n2"]


def test_a_pod_that_fits_on_no_node_waits() -> None:
    cluster = Cluster(
        nodes=(node("n1", 2), node("n2", 4)),
        pods=(pod("a", cpu=3, node="n2"),),
        controllers=(asking("StatefulSet", "db", 1.5, replicas=3),),  # type: ignore[arg-type]
    )
    assert places(cluster)[1:] == [("db-0", "n1"), ("db-1", None), ("db-2", None)]


def test_a_node_without_a_capacity_takes_any_pod() -> None:
    cluster = Cluster(
        nodes=(node("n1"),),
        controllers=(asking("StatefulSet", "db", 64.0, replicas=2),),  # type: ignore[arg-type]
    )
    assert [s.node for s in placement.placed(cluster)] == ["n1", "n1"]


def test_cpu_requests_are_summed_without_init_containers() -> None:
    asked = pod("x", cpu=0.5).containers[0]
    waits = pod("x", cpu=9).containers[0]
    init = Container(path="i", name="i", role=Role.INIT, requests=waits.requests)
    assert facts.cpu_request(Pod(path="p", name="p", containers=(asked, asked, init))) == 1.0
    assert facts.cpu_request(pod("x", container("app"))) is None


def test_of_many_replicas_counts_are_placed() -> None:
    many = deployment("web", replicas=150_000)
    stands = placement.placed(Cluster(nodes=(node("n1"), node("n2")), controllers=(many,)))
    assert [(s.node, s.count) for s in stands] == [("n1", 75_000), ("n2", 75_000)]
