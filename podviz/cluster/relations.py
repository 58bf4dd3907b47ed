"""Who is meant by whom: selectors, Services, owners."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from msgspec.structs import replace

from podviz.around import Budget, Endpoints, Gateway, Policy, Store, Thing
from podviz.cluster.borne import asked, is_given
from podviz.meta import Labels, Requirement, Selector, ServicePort
from podviz.model import Autoscaler, Claim, Cluster, Config, Controller, Ingress, Node, Service
from podviz.pod import Container, Pod, Port

Object = (
    Autoscaler
    | Budget
    | Claim
    | Config
    | Controller
    | Endpoints
    | Gateway
    | Ingress
    | Node
    | Pod
    | Policy
    | Service
    | Store
    | Thing
)
Workload = Pod | Controller

CLUSTER_WIDE = frozenset(
    [
        *("APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterIssuer"),
        *("ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "FlowSchema"),
        *("GatewayClass", "IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node"),
        *("PersistentVolume", "PodSecurityPolicy", "PriorityClass", "RuntimeClass"),
        *("PriorityLevelConfiguration", "StorageClass", "ValidatingAdmissionPolicy"),
        *("ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration"),
        *("VolumeAttachment", "VolumeSnapshotClass", "VolumeSnapshotContent"),
    ]
)
"""Kinds that live in no namespace, whatever their metadata says."""


def matches(selector: Selector, labels: Labels) -> bool:
    """True if the labels meet all that the selector asks; an empty selector asks nothing.

    https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
    """
    borne = dict(labels)
    return all(borne.get(k) == v for k, v in selector.labels) and all(
        _meets(requirement, borne) for requirement in selector.requirements
    )


def _meets(asked: Requirement, borne: dict[str, str]) -> bool:
    match asked.operator:
        case "In":
            return borne.get(asked.key) in asked.values
        case "NotIn":
            return borne.get(asked.key) not in asked.values
        case "Exists":
            return asked.key in borne
        case "DoesNotExist":
            return asked.key not in borne
        case _:
            return False


def kind_of(thing: Object) -> str:
    """The kind as Kubernetes calls it."""
    known = _KINDS.get(type(thing))
    if known:
        return known
    if isinstance(thing, Config):
        return "Secret" if thing.secret else "ConfigMap"
    assert isinstance(thing, Controller | Thing | Ingress | Endpoints)
    return thing.kind


_KINDS: dict[type, str] = {
    Autoscaler: "HorizontalPodAutoscaler",
    Budget: "PodDisruptionBudget",
    Claim: "PersistentVolumeClaim",
    Gateway: "Gateway",
    Node: "Node",
    Pod: "Pod",
    Policy: "NetworkPolicy",
    Service: "Service",
    Store: "PersistentVolume",
}


def namespace_of(thing: Object) -> str:
    """The namespace, empty for `default` and for what lives in none."""
    return "" if isinstance(thing, Node | Store) else thing.namespace


def objects(cluster: Cluster) -> Iterator[Object]:
    """Every object of the cluster, kind by kind; files for tools are none."""
    yield from cluster.nodes
    yield from cluster.controllers
    yield from cluster.pods
    yield from cluster.services
    yield from cluster.endpoints
    yield from cluster.ingresses
    yield from cluster.gateways
    yield from cluster.autoscalers
    yield from cluster.budgets
    yield from cluster.policies
    yield from cluster.claims
    yield from cluster.stores
    yield from cluster.configs
    yield from (thing for thing in cluster.things if not is_for_a_tool(thing.kind, thing.group))


def is_for_a_tool(kind: str, group: str) -> bool:
    """True for what is written like an object, but that no API server ever gets: the files of
    kustomize, kind and kubeadm, and the settings of Kubernetes' own programs.

    https://kubernetes.io/docs/reference/config-api/
    """
    if not group:
        return kind in ("Kustomization", "Component")
    return group in _TOOLS or group.endswith("config.k8s.io")


_TOOLS = frozenset(["kind.x-k8s.io", "kubeadm.k8s.io", "audit.k8s.io", "skaffold"])


def templates(workload: Workload) -> tuple[Pod, ...]:
    """The Pod itself, or the Pods that a controller makes."""
    if isinstance(workload, Pod):
        return (workload,)
    return (*((workload.pod,) if workload.pod else ()), *workload.more)


def _of_template(selector: Selector, workload: Workload) -> Selector:
    """What a selector asks of the labels in the file: a controller's Pods are given some more."""
    if isinstance(workload, Pod) or not any(is_given(key) for key, _ in selector.labels):
        return selector
    return replace(selector, labels=asked(selector.labels, workload))


class Relations:
    """What leads where in one cluster; built once, asked often."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    @cached_property
    def _named(self) -> dict[tuple[str, str, str], Object]:
        """Kind, namespace and name → object."""
        return {(kind_of(o), namespace_of(o), o.name): o for o in objects(self.cluster)}

    @cached_property
    def _spaces(self) -> dict[str, list[tuple[Workload, Pod]]]:
        """Namespace → its workloads with the Pods whose labels count, in the file's order."""
        found: dict[str, list[tuple[Workload, Pod]]] = defaultdict(list)
        workloads: list[Workload] = [*self.cluster.controllers, *self.cluster.pods]
        for workload in workloads:
            for pod in templates(workload):
                found[workload.namespace].append((workload, pod))
        return found

    @cached_property
    def _bearing(self) -> dict[tuple[str, str, str], list[tuple[Workload, Pod]]]:
        """Namespace, label and value → who bears it."""
        found: dict[tuple[str, str, str], list[tuple[Workload, Pod]]] = defaultdict(list)
        for namespace, pairs in self._spaces.items():
            for workload, pod in pairs:
                for key, value in dict(pod.labels).items():
                    found[namespace, key, value].append((workload, pod))
        return found

    def find(self, kind: str, name: str, namespace: str = "") -> Object | None:
        """The object of this kind and name, if the cluster has it."""
        return self._named.get((kind, namespace, name))

    def selected(self, selector: Selector, namespace: str) -> tuple[Workload, ...]:
        """The Pods and controllers of a namespace whose Pods meet a selector.

        An empty selector selects all of them: it is for the caller to say whether his kind
        means that.
        """
        known = self._chosen.get((selector, namespace))
        if known is None:
            known = self._chosen[selector, namespace] = self._choose(selector, namespace)
        return known

    @cached_property
    def _chosen(self) -> dict[tuple[Selector, str], tuple[Workload, ...]]:
        """What was asked before, as many Services may ask the same."""
        return {}

    def _choose(self, selector: Selector, namespace: str) -> tuple[Workload, ...]:
        candidates = self._spaces.get(namespace, [])
        for key, value in selector.labels:
            bearing = self._bearing.get((namespace, key, value), [])
            if len(bearing) < len(candidates) and not is_given(key):
                candidates = bearing
        chosen = {
            w.path: w for w, pod in candidates if matches(_of_template(selector, w), pod.labels)
        }
        return tuple(chosen.values())

    def behind(self, service: Service) -> tuple[Workload, ...]:
        """The Pods and controllers behind a Service; without a selector there are none."""
        if not service.selector or service.type == "ExternalName":
            return ()
        return self.selected(Selector(labels=service.selector), service.namespace)

    def endpoints(self, service: Service) -> tuple[Endpoints, ...]:
        """The addresses that are kept for a Service."""
        return self._kept.get((service.namespace, service.name), ())

    @cached_property
    def _kept(self) -> dict[tuple[str, str], tuple[Endpoints, ...]]:
        found: dict[tuple[str, str], list[Endpoints]] = defaultdict(list)
        for endpoints in self.cluster.endpoints:
            found[endpoints.namespace, endpoints.service].append(endpoints)
        return {key: tuple(kept) for key, kept in found.items()}

    def protected(self, budget: Budget) -> tuple[Workload, ...]:
        """The Pods and controllers that a PodDisruptionBudget speaks of."""
        chosen = budget.selector
        if chosen is None or (chosen == Selector() and not budget.matches_all):
            return ()
        return self.selected(chosen, budget.namespace)

    def governed(self, policy: Policy) -> tuple[Workload, ...]:
        """The Pods and controllers that a NetworkPolicy holds for: all, if it selects none."""
        return self.selected(policy.selector or Selector(), policy.namespace)

    def scaled(self, scaler: Autoscaler) -> Object | None:
        """What a HorizontalPodAutoscaler scales."""
        kinds = (scaler.target_kind,) if scaler.target_kind else SCALED
        found = (self.find(kind, scaler.target, scaler.namespace) for kind in kinds)
        return next((thing for thing in found if thing), None)

    def entered(self, ingress: Ingress) -> Iterator[tuple[Service, ServicePort | None]]:
        """The Services that an Ingress or route leads to, each with the port it names."""
        for path in ingress.paths:
            space = ingress.namespace if path.namespace is None else path.namespace
            service = self.find(path.kind, path.service, space)
            if isinstance(service, Service):
                yield service, port_of(service, path.port)

    def owners(self, thing: Object) -> Iterator[Object]:
        """The owners of a thing that the cluster holds."""
        for owner in thing.owners:
            found = self.find(owner.kind, owner.name, namespace_of(thing))
            found = found or self.find(owner.kind, owner.name)
            if found:
                yield found

    def top(self, thing: Object) -> Object:
        """The thing at the top of the chain of owners; a circle ends where it began."""
        seen = {thing.path}
        while True:
            above = next(self.owners(thing), None)
            if above is None or above.path in seen:
                return thing
            seen.add(above.path)
            thing = above


SCALED = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")
"""What an autoscaler may scale that names no kind."""


def port_of(service: Service, port: int | str | None) -> ServicePort | None:
    """The Service's port of this number or name; its only one where none is named."""
    if port is None:
        return service.ports[0] if len(service.ports) == 1 else None
    return next((p for p in service.ports if port in (p.port, p.name)), None)


def listeners(port: ServicePort, pod: Pod) -> tuple[tuple[Container, Port], ...]:
    """The containers of a Pod that a Service's port leads to, and their ports."""
    target = port.port if port.target is None else port.target
    return tuple(
        (container, own)
        for container in pod.containers
        for own in container.ports
        if target in (own.number, own.name) and own.protocol == port.protocol
    )
