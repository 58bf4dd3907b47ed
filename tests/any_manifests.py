"""Any manifests that one cluster may hold: a hypothesis strategy."""

from typing import Any

from hypothesis import strategies as st

Manifest = dict[str, Any]

NAMES = ("web", "db", "a", "pod", "web-7d9f8")
SPACES = (None, None, "default", "shop", "pay")
APPS = ("web", "db", "api")
PLAIN = (
    *("ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "PersistentVolume"),
    *("Namespace", "Node", "StorageClass", "ClusterRole", "Role", "LimitRange", "Endpoints"),
    *("Widget", "CustomResourceDefinition", "Gateway", "PriorityClass"),
)
SCALED = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet")

names = st.sampled_from(NAMES)
apps = st.sampled_from(APPS).map(lambda app: {"app": app})


@st.composite
def metadata(draw: st.DrawFn, owned: bool = False) -> Manifest:
    made: Manifest = {"name": draw(names)}
    space = draw(st.sampled_from(SPACES))
    made |= {"namespace": space} if space else {}
    made |= {"labels": draw(apps)} if draw(st.booleans()) else {}
    if owned and draw(st.booleans()):
        kind = draw(st.sampled_from((*SCALED, "Job", "Widget")))
        made["ownerReferences"] = [{"kind": kind, "name": draw(names), "controller": True}]
    return made


@st.composite
def containers(draw: st.DrawFn) -> list[Manifest]:
    made = []
    for name in draw(st.lists(st.sampled_from(["app", "log", "istio-proxy"]), max_size=3)):
        one: Manifest = {"name": name, "image": f"{name}:1"}
        if draw(st.booleans()):
            one["ports"] = [{"containerPort": draw(st.sampled_from([80, 5432]))}]
        if draw(st.booleans()):
            one["envFrom"] = [{"configMapRef": {"name": draw(names)}}]
        made.append(one)
    return made


@st.composite
def pod_specs(draw: st.DrawFn) -> Manifest:
    made: Manifest = {"containers": draw(containers())}
    if draw(st.booleans()):
        made["initContainers"] = [{"name": "setup", "restartPolicy": draw(st.just("Always"))}]
    volumes: list[Manifest] = [
        {"persistentVolumeClaim": {"claimName": draw(names)}},
        {"secret": {"secretName": draw(names)}},
        {"emptyDir": {}},
    ]
    kept = draw(st.lists(st.sampled_from(volumes), max_size=2))
    made["volumes"] = [{"name": f"v{i}", **v} for i, v in enumerate(kept)]
    return made | ({"serviceAccountName": draw(names)} if draw(st.booleans()) else {})


@st.composite
def workloads(draw: st.DrawFn) -> Manifest:
    kind = draw(st.sampled_from((*SCALED, "Job", "CronJob")))
    template = {"metadata": {"labels": draw(apps)}, "spec": draw(pod_specs())}
    spec: Manifest = {"template": template}
    if kind in SCALED and draw(st.booleans()):
        spec["replicas"] = draw(st.sampled_from([0, 1, 3, 9]))
    if kind == "StatefulSet" and draw(st.booleans()):
        spec["volumeClaimTemplates"] = [{"metadata": {"name": "data"}, "spec": {}}]
    if kind == "CronJob":
        spec = {"schedule": "0 3 * * *", "jobTemplate": {"spec": spec}}
    version = "batch/v1" if kind in ("Job", "CronJob") else "apps/v1"
    return {"apiVersion": version, "kind": kind, "metadata": draw(metadata(True)), "spec": spec}


@st.composite
def pods(draw: st.DrawFn) -> Manifest:
    spec = draw(pod_specs())
    made = {"apiVersion": "v1", "kind": "Pod", "metadata": draw(metadata(True)), "spec": spec}
    if draw(st.booleans()):
        spec["nodeName"] = draw(names)
        made["status"] = {"phase": draw(st.sampled_from(["Running", "Failed", "Pending"]))}
    return made


@st.composite
def services(draw: st.DrawFn) -> Manifest:
    ports = st.lists(st.sampled_from([80, 53]), max_size=2)
    spec: Manifest = {"ports": [{"port": p, "name": f"p{i}"} for i, p in enumerate(draw(ports))]}
    way = draw(st.sampled_from(["labels", "labels", "name", "nothing"]))
    if way == "labels":
        spec["selector"] = draw(apps)
    elif way == "name":
        spec |= {"type": "ExternalName", "externalName": "db.example"}
    return {"apiVersion": "v1", "kind": "Service", "metadata": draw(metadata()), "spec": spec}


@st.composite
def doors(draw: st.DrawFn) -> Manifest:
    """An Ingress or a route of the Gateway API."""
    if draw(st.booleans()):
        backend = {"service": {"name": draw(names), "port": {"number": 80}}}
        paths = [{"path": p, "backend": backend} for p in draw(st.lists(st.sampled_from("/ab")))]
        version, kind = "networking.k8s.io/v1", "Ingress"
        spec: Manifest = {"rules": [{"http": {"paths": paths}}]}
    else:
        version, kind = "gateway.networking.k8s.io/v1", "HTTPRoute"
        ends = [{"name": draw(names), "port": 80, "namespace": draw(st.sampled_from(["", "shop"]))}]
        spec = {"parentRefs": [{"name": draw(names)}], "rules": [{"backendRefs": ends}]}
    return {"apiVersion": version, "kind": kind, "metadata": draw(metadata()), "spec": spec}


@st.composite
def keepers(draw: st.DrawFn) -> Manifest:
    """What speaks of workloads: autoscalers, budgets, policies."""
    kind = draw(
        st.sampled_from(["HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"])
    )
    spec: Manifest = {
        "HorizontalPodAutoscaler": {
            "scaleTargetRef": {"kind": draw(st.sampled_from(SCALED)), "name": draw(names)},
            "maxReplicas": 3,
        },
        "PodDisruptionBudget": {"minAvailable": 1, "selector": {"matchLabels": draw(apps)}},
        "NetworkPolicy": {"podSelector": {"matchLabels": draw(apps)}},
    }[kind]
    versions = {"HorizontalPodAutoscaler": "autoscaling/v2", "PodDisruptionBudget": "policy/v1"}
    version = versions.get(kind, "networking.k8s.io/v1")
    return {"apiVersion": version, "kind": kind, "metadata": draw(metadata()), "spec": spec}


plain = st.builds(
    lambda kind, meta: {"apiVersion": "v1", "kind": kind, "metadata": meta},
    st.sampled_from(PLAIN),
    metadata(),
)
manifests = st.lists(
    st.one_of(workloads(), workloads(), pods(), services(), doors(), keepers(), plain),
    min_size=1,
    max_size=10,
)
"""Up to ten objects; two of one kind and name are one to the reader."""
