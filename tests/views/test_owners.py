"""Who makes whom: controllers, their ReplicaSets and Jobs, Pods, claims, autoscalers."""

import pytest
from msgspec.structs import replace
from scenes import Scene, container, controller, deployment, pod, sheet, volume

from podviz.cluster import facts
from podviz.figure import Role, Shape
from podviz.model import Autoscaler, Claim, ClaimTemplate


def scene(**things: object) -> Scene:
    return Scene("owners", sheet(**things))  # type: ignore[arg-type]


def names(drawn: Scene) -> list[str]:
    return [box.name.en for box in drawn.tops]


def test_a_deployment_owns_a_replica_set_which_owns_the_pods() -> None:
    web = deployment("web", replicas=2)
    drawn = scene(controllers=[web])
    assert [b.kind for b in drawn.tops] == ["Deployment", "ReplicaSet", "Pod", "Pod"]
    assert drawn.ties("owns") == [
        ("Deployment/web", "Deployment/web/ReplicaSet"),
        ("Deployment/web/ReplicaSet", "Deployment/web/pod.0"),
        ("Deployment/web/ReplicaSet", "Deployment/web/pod.1"),
    ]
    assert drawn.boxes["Deployment/web/ReplicaSet"].name.en == facts.replica_set_name(web)
    assert drawn.details("Deployment/web/ReplicaSet") == ["2 replicas"]


def test_a_claim_of_two_is_drawn_once() -> None:
    """`store-db-0` is declared, and what db's template makes is the same."""
    db = controller("StatefulSet", "db", replicas=1, claims=(ClaimTemplate(name="store"),))
    other = controller("StatefulSet", "0", replicas=0, claims=(ClaimTemplate(name="store-db"),))
    claim = Claim(path="PersistentVolumeClaim/store-db-0", name="store-db-0")
    drawn = scene(controllers=[db, other], claims=[claim])
    assert names(drawn).count("store-db-0") == 1
    assert drawn.ties("mounts") == [("StatefulSet/db/pod.0", claim.path)]


def test_a_cron_job_owns_a_job_which_owns_the_pod() -> None:
    nightly = controller("CronJob", "report", container("app"), schedule="0 3 * * *", retries=2)
    drawn = scene(controllers=[nightly])
    assert [b.kind for b in drawn.tops] == ["CronJob", "Job", "Pod"]
    assert drawn.details("CronJob/report") == ["schedule 0 3 * * *", "up to 2 retries"]
    assert drawn.boxes["CronJob/report/Job"].name.en == facts.job_name(nightly)


@pytest.mark.parametrize("kind", ["ReplicaSet", "StatefulSet", "DaemonSet", "Job"])
def test_other_controllers_own_their_pods_themselves(kind: str) -> None:
    drawn = scene(controllers=[controller(kind, "x", container("app"))])
    assert drawn.ties("owns") == [(f"{kind}/x", f"{kind}/x/pod.0")]


@pytest.mark.parametrize(
    ("kind", "replicas", "said"),
    [
        ("Deployment", 1, ["1 replica"]),
        ("StatefulSet", 3, ["3 replicas"]),
        ("DaemonSet", None, ["one on every node"]),
        ("Job", None, []),
    ],
)
def test_a_controller_says_what_it_keeps(kind: str, replicas: int | None, said: list[str]) -> None:
    given = controller(kind, "x", container("app"), replicas=replicas)
    assert scene(controllers=[given]).details(f"{kind}/x") == said


def test_a_controller_without_a_template_stands_alone() -> None:
    given = replace(deployment("web", replicas=2), pod=None)
    assert [b.kind for b in scene(controllers=[given]).tops] == ["Deployment", "ReplicaSet"]


@pytest.mark.parametrize(("replicas", "pods"), [(4, 4), (5, 1), (0, 0)])
def test_up_to_four_replicas_are_drawn_one_by_one(replicas: int, pods: int) -> None:
    drawn = scene(controllers=[deployment("web", replicas=replicas)])
    assert [b.kind for b in drawn.tops].count("Pod") == pods


def test_more_replicas_are_a_stack_under_their_common_name() -> None:
    web = deployment("web", replicas=9)
    stack = scene(controllers=[web]).tops[-1]
    assert (stack.count, stack.name.en) == (9, facts.replica_set_name(web))


# ── claims ──────────────────────────────────────────────────────────────────────────────────


def stateful(replicas: int) -> Scene:
    db = controller(
        "StatefulSet",
        "db",
        container("pg"),
        replicas=replicas,
        claims=(ClaimTemplate(name="data"),),
    )
    return scene(controllers=[db])


def test_each_pod_of_a_stateful_set_has_its_own_claim() -> None:
    assert stateful(2).ties("mounts") == [
        ("StatefulSet/db/pod.0", "PersistentVolumeClaim/data-db-0"),
        ("StatefulSet/db/pod.1", "PersistentVolumeClaim/data-db-1"),
    ]


def test_the_claims_of_a_stack_are_one_drum() -> None:
    drawn = stateful(7)
    assert names(drawn) == ["db", "db", "data-db-0 … 6"]
    assert drawn.tops[-1].shape is Shape.VOLUME


def test_claims_of_the_spec_are_drawn_once_mounted_or_not() -> None:
    claims = [Claim(path=f"PersistentVolumeClaim/{n}", name=n) for n in ("used", "spare")]
    data = volume("data", kind="persistentVolumeClaim", source="used")
    pods = [pod(n, container("app"), volumes=(data,)) for n in ("a", "b")]
    drawn = scene(pods=pods, claims=claims)
    assert names(drawn) == ["a", "used", "b", "spare"]
    assert drawn.ties("mounts") == [
        ("Pod/a", "PersistentVolumeClaim/used"),
        ("Pod/b", "PersistentVolumeClaim/used"),
    ]


# ── autoscalers and Pods of nobody ──────────────────────────────────────────────────────────


def test_an_autoscaler_stands_before_what_it_scales() -> None:
    scaler = Autoscaler(path="HorizontalPodAutoscaler/web", name="web", target="web", max=9)
    drawn = scene(controllers=[deployment("web")], autoscalers=[scaler])
    assert drawn.ids()[0] == scaler.path
    assert drawn.ties("scales") == [(scaler.path, "Deployment/web")]
    assert drawn.details(scaler.path) == ["1–9 replicas"]


def test_a_missing_target_is_drawn_once_as_missing() -> None:
    path = "HorizontalPodAutoscaler"
    scalers = [Autoscaler(path=f"{path}/{n}", name=n, target="gone", cpu=50) for n in "ab"]
    drawn = scene(autoscalers=scalers)
    assert drawn.ids() == [f"{path}/a", "missing/gone", f"{path}/b"]
    assert drawn.boxes["missing/gone"].role is Role.MISSING
    assert all(a.missing for a in drawn.arrows)


def test_pods_of_their_own_stand_beside_and_say_their_node() -> None:
    drawn = scene(pods=[pod("web", container("app"), node="n1", bare=True)])
    assert drawn.details("Pod/web") == ["no owner", "on n1"]
    assert drawn.arrows == ()


def test_a_claim_that_a_template_mounts_hangs_on_its_pods() -> None:
    held = volume("store", kind="persistentVolumeClaim", source="data")
    web = deployment("web", container("app"), pod={"volumes": (held,)})
    claim = Claim(path="PersistentVolumeClaim/data", name="data")
    drawn = scene(controllers=[web], claims=[claim])
    assert drawn.ties("mounts") == [("Deployment/web/pod.0", claim.path)]
