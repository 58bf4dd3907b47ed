"""What follows from a cluster: roles, turns, who is selected, which Pods there will be."""

from collections.abc import Iterable

from msgspec.structs import replace

from podviz.cluster.borne import asked, given
from podviz.meta import Labels
from podviz.model import Claim, Cluster, Controller, Node, Service
from podviz.pod import Container, Pod, Role
from podviz.text import Text
from podviz.words import word

_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
"""The letters of generated names: no vowels, nothing that looks alike (apimachinery's rand)."""


def role(container: Container) -> Role:
    """Declared, or sidecar if native, or main."""
    if container.role is not None:
        return container.role
    return Role.SIDECAR if container.native else Role.MAIN


def role_reason(container: Container) -> Text:
    """Why `role` says what it says."""
    if container.reason is not None:
        return container.reason
    if container.role is not None:
        return word("reason-declared", role=container.role.value)
    return word("reason-native") if container.native else word("reason-default")


def starts_in_order(container: Container) -> bool:
    """True for init containers and native sidecars: the kubelet starts them one after another."""
    return container.native or role(container) is Role.INIT


def turns(pod: Pod) -> dict[str, int]:
    """Container path → its turn from 1, for those that start in order."""
    ordered = [c.path for c in pod.containers if starts_in_order(c)]
    return {path: i for i, path in enumerate(ordered, start=1)}


def generated(seed: str, length: int) -> str:
    """A name as Kubernetes generates it, the same for the same seed."""
    return "".join(_ALPHABET[b % len(_ALPHABET)] for b in _digest(seed)[:length])


def _digest(seed: str) -> bytes:
    from hashlib import sha256  # most figures name nothing that Kubernetes would

    return sha256(seed.encode()).digest()


def _matches(selector: Labels, labels: Labels) -> bool:
    return bool(selector) and set(selector) <= set(labels)


def selected(service: Service, cluster: Cluster) -> tuple[Pod | Controller, ...]:
    """The Pods and controllers behind a Service, by name or by labels, in the file's order."""
    if service.type == "ExternalName":
        return ()
    chosen: list[Pod | Controller] = []
    for controller in cluster.controllers:
        labels = controller.pod.labels if controller.pod else ()
        if controller.namespace == service.namespace and (
            service.target == controller.name
            or (service.selector and set(asked(service.selector, controller)) <= set(labels))
        ):
            chosen.append(controller)
    for pod in cluster.pods:
        if pod.namespace == service.namespace and (
            service.target == pod.name or _matches(service.selector, pod.labels)
        ):
            chosen.append(pod)
    return tuple(chosen)


def behind(service: Service, controller: Controller, cluster: Cluster) -> tuple[Pod, ...]:
    """Those of a selected controller's Pods that the Service means: it may ask for one by name."""
    return tuple([p for p in pods_of(controller, cluster) if _means(service, controller, p.name)])


def _means(service: Service, controller: Controller, pod: str) -> bool:
    """True when a Service that selects a controller sends to its Pod of this name too."""
    wished = asked(service.selector, controller)
    return service.target == controller.name or set(service.selector) <= {
        *wished,
        *given(controller, pod),
    }


def is_dead(pod: Pod) -> bool:
    """True when the Pod's status says that it does not run any more."""
    return (pod.status or "").lower() in {
        "dead",
        "gone",
        "failed",
        "evicted",
        "terminated",
        "killed",
    }


def is_ready(pod: Pod) -> bool:
    """True when Services may send to the Pod: it is ready, or runs as far as its status tells."""
    told = dict(pod.conditions).get("Ready")
    if told is not None:
        return told == "True"
    return (pod.status or "running").lower() == "running"


# ── Pods that a controller makes ────────────────────────────────────────────────────────────

FEW = 4
"""Up to so many replicas are drawn one by one."""


def replicas(controller: Controller, cluster: Cluster) -> int:
    """How many Pods the controller keeps: a DaemonSet one per node, others what they say or 1."""
    if controller.kind == "DaemonSet" and cluster.nodes:
        return len(daemon_nodes(controller, cluster))
    return 1 if controller.replicas is None else controller.replicas


def replica_set_name(controller: Controller) -> str:
    """The name of a Deployment's ReplicaSet: its own with a hash behind."""
    return f"{controller.name}-{generated(controller.path, 5)}"


def job_name(controller: Controller, turn: int = 0) -> str:
    """The name of a CronJob's Job: its own with the minute of its time behind; every `turn` of
    it, from 0, is a day later."""
    number = int.from_bytes(_digest(controller.path), "big") % 10_000_000
    return f"{controller.name}-{28_000_000 + number + turn * 1_440}"


def pods_of(controller: Controller, cluster: Cluster, most: int | None = None) -> tuple[Pod, ...]:
    """The Pods that the controller would make, named as Kubernetes names them; the first `most`
    of them if that is given."""
    count = replicas(controller, cluster)
    template = controller.pod or Pod(path=f"{controller.path}/pod", name="")
    is_daemon = controller.kind == "DaemonSet" and cluster.nodes
    homes = daemon_nodes(controller, cluster) if is_daemon else ()
    made = []
    for i in range(count if most is None else min(count, most)):
        path = f"{template.path}.{i}"
        name = _pod_name(controller, i)
        node = homes[i].name if homes else template.node
        containers = tuple(replace(c, path=f"{path}/{c.name}") for c in template.containers)
        made.append(replace(template, path=path, name=name, node=node, containers=containers))
    return tuple(made)


def _pod_name(controller: Controller, index: int) -> str:
    tail = generated(f"{controller.path}.{index}", 5)
    match controller.kind:
        case "StatefulSet":
            return f"{controller.name}-{index}"
        case "Deployment":
            return f"{replica_set_name(controller)}-{tail}"
        case "CronJob":
            return f"{job_name(controller)}-{tail}"
        case _:
            return f"{controller.name}-{tail}"


def claims_of(controller: Controller, pod_name: str) -> tuple[Claim, ...]:
    """The claims that a StatefulSet's Pod owns: `TEMPLATE-POD`."""
    space = f"{controller.namespace}/" if controller.namespace else ""
    return tuple(
        Claim(
            path=f"{space}PersistentVolumeClaim/{t.name}-{pod_name}",
            name=f"{t.name}-{pod_name}",
            namespace=controller.namespace,
            size=t.size,
            access=t.access,
            place=t.place,
        )
        for t in controller.claims
    )


def claimed(pod: Pod) -> tuple[str, ...]:
    """The names of the claims that a Pod mounts, each once."""
    found = [v.source for v in pod.volumes if v.kind == "persistentVolumeClaim" and v.source]
    return tuple(dict.fromkeys(found))


# ── where Pods stand ────────────────────────────────────────────────────────────────────────


def may_stand(pod: Pod, node: Node, cluster: Cluster) -> bool:
    """True where neither the Pod's node selector nor its affinity keeps it from the node. A label
    that no node of the cluster bears is one that the input does not tell.

    https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
    """
    if pod.hostnames and node.name not in pod.hostnames:
        return False
    borne = dict(node.labels)
    told = {key for each in cluster.nodes for key, _ in each.labels}
    return all(borne.get(key) == value for key, value in pod.node_selector if key in told)


def daemon_nodes(controller: Controller, cluster: Cluster) -> tuple[Node, ...]:
    """The nodes that a DaemonSet has a Pod on."""
    pod = controller.pod
    return tuple([n for n in cluster.nodes if pod is None or may_stand(pod, n, cluster)])


def host_ports(pod: Pod) -> frozenset[tuple[int, str]]:
    """The ports of its node that a Pod takes, with their protocol: on one node no two can."""
    ports = [port for container in pod.containers for port in container.ports]
    if pod.host_network:
        return frozenset((port.host or port.number, port.protocol) for port in ports)
    return frozenset((port.host, port.protocol) for port in ports if port.host)


def cpu_request(pod: Pod) -> float | None:
    """The sum of the CPU requests of what runs long, in cores; None if nothing is requested."""
    return _sum(c.requests.cpu for c in pod.containers if role(c) is not Role.INIT)


def memory_request(pod: Pod) -> float | None:
    """The sum of the memory requests of what runs long, in bytes; None if nothing is requested."""
    return _sum(c.requests.memory for c in pod.containers if role(c) is not Role.INIT)


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def is_served(service: Service, path: str, cluster: Cluster) -> bool:
    """True when the Service sends to the Pod at this path, a controller's Pod too."""
    return any(_is_at(service, chosen, path) for chosen in selected(service, cluster))


def _is_at(service: Service, chosen: Pod | Controller, path: str) -> bool:
    if isinstance(chosen, Pod):
        return chosen.path == path and is_ready(chosen)
    index = path.removeprefix(f"{chosen.path}/pod.")
    return index.isdecimal() and _means(service, chosen, _pod_name(chosen, int(index)))


def is_idle(service: Service, cluster: Cluster) -> bool:
    """True when no Pod stands behind the Service."""
    return not any(
        is_ready(chosen) if isinstance(chosen, Pod) else replicas(chosen, cluster) > 0
        for chosen in selected(service, cluster)
    )
