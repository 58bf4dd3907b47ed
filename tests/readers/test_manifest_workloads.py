"""Controllers of manifests and custom resources with Pod templates."""

import pytest
from manifests import cluster, controller, only

from podviz.around import Thing
from podviz.meta import Requirement
from podviz.model import ClaimTemplate

TEMPLATE = "{metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: nginx}]}}"


def made(kind: str, version: str, spec: str, status: str = "") -> str:
    rest = f"\nstatus: {status}" if status else ""
    return f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web}}\nspec: {spec}{rest}\n"


@pytest.mark.parametrize("kind", ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"])
def test_a_controller_and_its_template(kind: str) -> None:
    found = controller(
        made(kind, "apps/v1", f"{{selector: {{matchLabels: {{app: web}}}}, template: {TEMPLATE}}}")
    )
    assert (found.kind, found.name, found.path) == (kind, "web", f"{kind}/web")
    assert found.selector == (("app", "web"),)
    assert found.pod
    assert found.pod.path == f"{kind}/web/pod"
    assert [c.path for c in found.pod.containers] == [f"{kind}/web/pod/app"]
    assert found.pod.labels == (("app", "web"),)


def test_a_deployment_in_full() -> None:
    found = controller(
        made(
            "Deployment",
            "apps/v1",
            "{replicas: 3, strategy: {type: Recreate}, selector: {matchExpressions: "
            f"[{{key: app, operator: In, values: [web, www]}}]}}, template: {TEMPLATE}}}",
            "{readyReplicas: 2}",
        )
    )
    assert (found.replicas, found.strategy, found.ready) == (3, "Recreate", 2)
    assert found.selector == ()
    assert found.requirements == (
        Requirement(key="app", operator="In", values=("web", "www")),
    )  # fmt: skip


def test_a_replication_controller_selects_by_plain_labels_or_its_template() -> None:
    given = made("ReplicationController", "v1", f"{{selector: {{a: b}}, template: {TEMPLATE}}}")
    assert controller(given).selector == (("a", "b"),)
    given = made("ReplicationController", "v1", f"{{template: {TEMPLATE}}}")
    assert controller(given).selector == (("app", "web"),)


def test_a_stateful_set_claims_for_its_pods() -> None:
    found = controller(
        made(
            "StatefulSet",
            "apps/v1",
            f"{{serviceName: db, template: {TEMPLATE}, volumeClaimTemplates: [{{metadata: "
            "{name: data}, spec: {accessModes: [ReadWriteMany], resources: {requests: "
            "{storage: 10Gi}}}}]}",
        )
    )
    assert found.service == "db"
    assert found.claims == (ClaimTemplate(name="data", size="10Gi", access="many"),)


def test_a_claim_takes_the_place_of_a_volume_of_its_name() -> None:
    """https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/stateful-set-v1/"""
    own = "{name: data, persistentVolumeClaim: {claimName: data}}"
    volumes = f"volumes: [{own}, {{name: tmp, emptyDir: {{}}}}]"
    template = f"{{spec: {{containers: [{{name: a, image: i}}], {volumes}}}}}"
    claims = "volumeClaimTemplates: [{metadata: {name: data}}]"
    found = controller(made("StatefulSet", "apps/v1", f"{{template: {template}, {claims}}}"))
    assert found.pod
    assert [volume.name for volume in found.pod.volumes] == ["tmp"]
    assert [claim.name for claim in found.claims] == ["data"]


def test_jobs_and_cron_jobs() -> None:
    job = controller(made("Job", "batch/v1", f"{{backoffLimit: 2, template: {TEMPLATE}}}"))
    assert (job.retries, job.replicas, job.selector) == (2, None, ())
    cron = controller(
        made(
            "CronJob",
            "batch/v1beta1",
            "{schedule: '*/5 * * * *', suspend: true, jobTemplate: {spec: {parallelism: 2, "
            f"backoffLimit: 1, template: {TEMPLATE}}}}}}}",
        )
    )
    assert (cron.schedule, cron.suspended, cron.retries, cron.replicas) == (
        "*/5 * * * *",
        True,
        1,
        2,
    )
    assert cron.pod
    assert cron.pod.path == "CronJob/web/pod"


@pytest.mark.parametrize(
    ("kind", "version", "spec", "pods"),
    [
        ("Rollout", "argoproj.io/v1alpha1", f"{{template: {TEMPLATE}}}", ["pod"]),
        ("Service", "serving.knative.dev/v1", f"{{template: {TEMPLATE}}}", ["pod"]),
        ("DeploymentConfig", "apps.openshift.io/v1", f"{{template: {TEMPLATE}}}", ["pod"]),
        (
            "LeaderWorkerSet",
            "leaderworkerset.x-k8s.io/v1",
            f"{{leaderWorkerTemplate: {{leaderTemplate: {TEMPLATE}, workerTemplate: {TEMPLATE}}}}}",
            ["leader", "worker"],
        ),
        (
            "RayCluster",
            "ray.io/v1",
            f"{{headGroupSpec: {{template: {TEMPLATE}}}, workerGroupSpecs: "
            f"[{{template: {TEMPLATE}}}, {{template: {TEMPLATE}}}]}}",
            ["head", "worker", "worker-2"],
        ),
        (
            "PyTorchJob",
            "kubeflow.org/v1",
            f"{{pytorchReplicaSpecs: {{Master: {{template: {TEMPLATE}}}}}}}",
            ["pod"],
        ),
    ],
)
def test_pod_templates_in_custom_resources(
    kind: str, version: str, spec: str, pods: list[str]
) -> None:
    found = controller(made(kind, version, spec))
    assert found.pod
    steps = [pod.path.rpartition("/")[2] for pod in (found.pod, *found.more)]
    assert steps == pods
    assert found.pod.containers


def test_a_custom_kind_of_a_known_name_is_told_apart_by_its_group() -> None:
    found = cluster(
        made("Service", "serving.knative.dev/v1", f"{{template: {TEMPLATE}}}")
        + "---\n"
        + made("Service", "v1", "{selector: {app: web}}")
    )
    assert [c.path for c in found.controllers] == ["Service.serving.knative.dev/web"]
    assert [s.path for s in found.services] == ["Service/web"]


def test_a_custom_resource_without_its_template_is_a_thing() -> None:
    found = only(made("Rollout", "argoproj.io/v1alpha1", "{workloadRef: {name: x}}"))
    assert isinstance(found, Thing)
    assert (found.kind, found.group, found.path) == ("Rollout", "argoproj.io", "Rollout/web")


def test_a_template_in_an_unknown_kind_is_no_guess() -> None:
    found = only(made("Gate", "example.com/v1", f"{{template: {TEMPLATE}}}"))
    assert isinstance(found, Thing)
