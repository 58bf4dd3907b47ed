"""The kinds Kubernetes has, and where others hold Pods."""

from msgspec import Struct

from podviz.cluster.relations import CLUSTER_WIDE
from podviz.pattern import pattern

CORE = ("v1",)
_APPS = ("apps/v1", "apps/v1beta2", "apps/v1beta1", "extensions/v1beta1")

VERSIONS: dict[str, tuple[str, ...]] = {
    "Pod": CORE,
    "Deployment": _APPS,
    "ReplicaSet": _APPS,
    "ReplicationController": CORE,
    "StatefulSet": _APPS,
    "DaemonSet": _APPS,
    "Job": ("batch/v1", "extensions/v1beta1"),
    "CronJob": ("batch/v1", "batch/v1beta1", "batch/v2alpha1"),
    "Service": CORE,
    "Endpoints": CORE,
    "EndpointSlice": ("discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"),
    "Ingress": ("networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"),
    "NetworkPolicy": ("networking.k8s.io/v1", "extensions/v1beta1"),
    "HorizontalPodAutoscaler": (
        "autoscaling/v2",
        "autoscaling/v1",
        "autoscaling/v2beta2",
        "autoscaling/v2beta1",
    ),
    "PodDisruptionBudget": ("policy/v1", "policy/v1beta1"),
    "PersistentVolumeClaim": CORE,
    "PersistentVolume": CORE,
    "StorageClass": ("storage.k8s.io/v1", "storage.k8s.io/v1beta1"),
    "ConfigMap": CORE,
    "Secret": CORE,
    "ServiceAccount": CORE,
    "Node": CORE,
    "Namespace": CORE,
    "ResourceQuota": CORE,
    "LimitRange": CORE,
    "Event": (*CORE, "events.k8s.io/v1"),
    "PodTemplate": CORE,
    "Role": ("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"),
    "RoleBinding": ("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"),
    "ClusterRole": ("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"),
    "ClusterRoleBinding": ("rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1"),
    "Gateway": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1beta1", "v1alpha2")),
    "GatewayClass": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1beta1", "v1alpha2")),
    "HTTPRoute": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1beta1", "v1alpha2")),
    "GRPCRoute": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1alpha2")),
    "TLSRoute": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1alpha3", "v1alpha2")),
    "TCPRoute": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1alpha2")),
    "UDPRoute": tuple(f"gateway.networking.k8s.io/{v}" for v in ("v1", "v1alpha2")),
}
"""Kind → the apiVersions that ever had it, the one of today first.
https://kubernetes.io/docs/reference/using-api/deprecation-guide/"""

_GROUPS = {kind: {v.rpartition("/")[0] for v in known} for kind, known in VERSIONS.items()}


class Templates(Struct, frozen=True, kw_only=True):
    """Where a kind keeps Pod templates: name of the template → the way to it.

    `[]` at the end of a step goes through a list, `*` through a mapping. `replicas` is the way
    to their number; `bare` says that the way leads to a Pod's spec without metadata.
    """

    ways: tuple[tuple[str, str], ...] = (("pod", "spec.template"),)
    replicas: str = "spec.replicas"
    bare: bool = False


_ONE = Templates()
_TRAINING = "spec.{}ReplicaSpecs.*.template"

TEMPLATES: dict[str, dict[str, Templates]] = {
    "": {"PodTemplate": Templates(ways=(("pod", "template"),), replicas="")},
    "argoproj.io": {"Rollout": _ONE},
    "serving.knative.dev": dict.fromkeys(["Service", "Configuration", "Revision"], _ONE)
    | {"Revision": Templates(ways=(("pod", "spec"),), bare=True)},
    "apps.kruise.io": dict.fromkeys(["CloneSet", "StatefulSet", "DaemonSet"], _ONE),
    "apps.openshift.io": {"DeploymentConfig": _ONE},
    "agones.dev": {
        "GameServer": _ONE,
        "Fleet": Templates(ways=(("pod", "spec.template.spec.template"),)),
    },
    "leaderworkerset.x-k8s.io": {
        "LeaderWorkerSet": Templates(
            ways=(
                ("leader", "spec.leaderWorkerTemplate.leaderTemplate"),
                ("worker", "spec.leaderWorkerTemplate.workerTemplate"),
            )
        )
    },
    "jobset.x-k8s.io": {
        "JobSet": Templates(ways=(("job", "spec.replicatedJobs[].template.spec.template"),))
    },
    "elasticsearch.k8s.elastic.co": {
        "Elasticsearch": Templates(
            ways=(("pod", "spec.nodeSets[].podTemplate"),), replicas="spec.nodeSets[].count"
        )
    },
    "kibana.k8s.elastic.co": {
        "Kibana": Templates(ways=(("pod", "spec.podTemplate"),), replicas="spec.count")
    },
    "beat.k8s.elastic.co": {
        "Beat": Templates(
            ways=(("pod", "spec.daemonSet.podTemplate"), ("pod", "spec.deployment.podTemplate")),
            replicas="spec.deployment.replicas",
        )
    },
    "ray.io": {
        "RayCluster": Templates(
            ways=(
                ("head", "spec.headGroupSpec.template"),
                ("worker", "spec.workerGroupSpecs[].template"),
            )
        ),
        "RayService": Templates(
            ways=(
                ("head", "spec.rayClusterConfig.headGroupSpec.template"),
                ("worker", "spec.rayClusterConfig.workerGroupSpecs[].template"),
            )
        ),
        "RayJob": Templates(
            ways=(
                ("head", "spec.rayClusterSpec.headGroupSpec.template"),
                ("worker", "spec.rayClusterSpec.workerGroupSpecs[].template"),
            )
        ),
    },
    "kubeflow.org": {
        kind: Templates(ways=(("pod", _TRAINING.format(word)),))
        for kind, word in (
            ("PyTorchJob", "pytorch"),
            ("TFJob", "tf"),
            ("MPIJob", "mpi"),
            ("XGBoostJob", "xgb"),
        )
    }
    | {"Notebook": _ONE},
    "batch.volcano.sh": {"Job": Templates(ways=(("pod", "spec.tasks[].template"),))},
    "flink.apache.org": {"FlinkDeployment": Templates(ways=(("pod", "spec.podTemplate"),))},
    "keda.sh": {"ScaledJob": Templates(ways=(("pod", "spec.jobTargetRef.template"),), replicas="")},
    "cert-manager.io": {},
}
"""API group → kind → where its Pod templates are."""

KNOWN_KINDS = frozenset([*VERSIONS, *CLUSTER_WIDE])


def group_of(version: str) -> str:
    """`apps/v1` → `apps`, `v1` → the core group, which is empty."""
    return version.rpartition("/")[0]


def is_built_in(kind: str, group: str) -> bool:
    """True for a kind that Kubernetes itself (or its Gateway API) has in this group."""
    return group in _GROUPS.get(kind, ())


def templates(kind: str, group: str) -> Templates | None:
    """Where a custom resource keeps its Pod templates, if it is known to have any."""
    return TEMPLATES.get(group, {}).get(kind)


_LIST = pattern(r"([A-Z]\w*)?List")


def listed(kind: str) -> str | None:
    """`List` → empty, `PodList` → `Pod`; None for a kind that is no list."""
    found = _LIST.fullmatch(kind)
    return None if found is None else found[1] or ""
