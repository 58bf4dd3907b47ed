"""The facts about one cluster that rules judge by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from ipaddress import IPv4Network

from podviz.meta import ServicePort
from podviz.model import (
    Autoscaler,
    Claim,
    Cluster,
    Config,
    Container,
    Controller,
    Mount,
    Pod,
    Port,
    Service,
    Volume,
)
from podviz.relations import Relations, listeners
from podviz.situation import addresses, commands, coupling
from podviz.situation.work import LONG, TASKS, Work, works

_RUN_TIME = frozenset(
    [
        *("pod-template-hash", "controller-revision-hash", "pod-template-generation"),
        *("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"),
        *("controller-uid", "job-name", "batch.kubernetes.io/job-name"),
        *("batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index"),
        *("spilo-role", "role", "cluster-role", "mongodb.com/role"),
    ]
)
"""Labels that a controller or the Pod itself sets while it runs."""


def version(words: str | None) -> tuple[int, int] | None:
    """`1.33`, `v1.33.2` → (1, 33); None for what is no version of Kubernetes."""
    found = re.match(r"v?(\d+)\.(\d+)", words or "")
    return (int(found[1]), int(found[2])) if found else None


class Situation:
    """One cluster, and what follows from it; each fact is worked out once, when it is asked.

    `kubernetes` and `pod_cidr` weigh more than what the cluster itself says.
    """

    def __init__(
        self, cluster: Cluster, *, kubernetes: str | None = None, pod_cidr: str | None = None
    ) -> None:
        self.cluster = cluster
        self.own = cluster.own
        self.relations = Relations(cluster)
        self.kubernetes = version(kubernetes or cluster.kubernetes)
        self.pod_ranges: tuple[IPv4Network, ...] = (
            addresses.network(pod_cidr or cluster.pod_cidr) or addresses.POD_RANGES
        )
        self.service_ranges: tuple[IPv4Network, ...] = (
            addresses.network(cluster.service_cidr) or addresses.SERVICE_RANGES
        )
        self._configs: dict[str, tuple[Config, ...]] = {}
        self._local: dict[str, frozenset[int]] = {}
        self._behind: dict[object, tuple[Work, ...]] = {}

    # ── Pods ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def every(self) -> tuple[Work, ...]:
        """Every Pod, patches too."""
        return works(self.cluster)

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """The Pods that may be judged."""
        return tuple(work for work in self.every if not work.is_fragment)

    @cached_property
    def of(self) -> dict[str, tuple[Work, ...]]:
        """Path of a Pod or controller → its Pods."""
        found: dict[str, list[Work]] = defaultdict(list)
        for work in self.every:
            found[work.top.path].append(work)
        return {path: tuple(each) for path, each in found.items()}

    @cached_property
    def is_open(self) -> bool:
        """True where the input is known to be a part only: what is not there may be elsewhere."""
        if self.own:
            return False
        patches = any(work.is_fragment and not work.is_custom for work in self.every)
        return (
            patches
            or bool(self.bodiless)
            or any(
                thing.kind in ("Kustomization", "Component", "HelmRelease", "HelmChart")
                for thing in self.cluster.things
            )
        )

    @cached_property
    def bodiless(self) -> tuple[Controller, ...]:
        """Controllers without a Pod template: patches that change something else."""
        known = (*LONG, *TASKS)
        return tuple(
            c for c in self.cluster.controllers if not self.own and not c.pod and c.kind in known
        )

    # ── Services ────────────────────────────────────────────────────────────────────────────

    def behind(self, service: Service) -> tuple[Work, ...]:
        """The Pods that a Service sends to, by labels or (in a spec) by name."""
        key = _choice(service)
        if key not in self._behind:
            found: Iterable[Pod | Controller] = self.relations.behind(service)
            if service.target is not None:
                found = self._named.get(service.target, ())
            self._behind[key] = tuple(work for top in found for work in self.of.get(top.path, ()))
        return self._behind[key]

    @cached_property
    def _named(self) -> dict[str, list[Pod | Controller]]:
        found: dict[str, list[Pod | Controller]] = defaultdict(list)
        tops: list[Pod | Controller] = [*self.cluster.controllers, *self.cluster.pods]
        for top in tops:
            found[top.name].append(top)
        return found

    @cached_property
    def alike(self) -> tuple[tuple[Service, ...], ...]:
        """The Services, together where they choose the same Pods."""
        found: dict[object, list[Service]] = defaultdict(list)
        for service in self.cluster.services:
            found[_choice(service)].append(service)
        return tuple(map(tuple, found.values()))

    @cached_property
    def serving(self) -> dict[str, tuple[tuple[Service, ServicePort], ...]]:
        """Path of a container → the Services that reach it, each with its port.

        Of many Services that lead alike to one port only the first few count.
        """
        found: dict[str, list[tuple[Service, ServicePort]]] = defaultdict(list)
        for services in self.alike:
            ways: dict[object, list[tuple[Service, ServicePort]]] = defaultdict(list)
            for service in services:
                for port in service.ports:
                    ways[_way(service, port)].append((service, port))
            for work in self.behind(services[0]):
                for way in ways.values():
                    for path in _reached(work, way[0][1]):
                        found[path] += way[:_FEW]
        return {path: tuple(each) for path, each in found.items()}

    def doors(self, container: Container) -> list[Service]:
        """The Services that reach a container, without those for its metrics alone."""
        found = {}
        for service, port in self.serving.get(container.path, ()):
            named = coupling.is_metric(service.name, None)
            if not named and not coupling.is_metric(port.name, port.port):
                found[service.path] = service
        return list(found.values())

    def served(self, work: Work) -> Iterator[Service]:
        """The Services in front of a Pod."""
        for services in self._served.get(work.path, ()):
            yield from services

    @cached_property
    def _served(self) -> dict[str, list[tuple[Service, ...]]]:
        found: dict[str, list[tuple[Service, ...]]] = defaultdict(list)
        for services in self.alike:
            for work in self.behind(services[0]):
                found[work.path].append(services)
        return found

    def is_set_at_run_time(self, service: Service) -> bool:
        """True where a label that a Service selects is set while the Pod runs."""
        labels = {key: value for key, value in service.selector if not _is_run_time(key)}
        if len(labels) == len(service.selector):
            return False
        return not labels or any(
            work.namespace == service.namespace and labels.items() <= dict(work.pod.labels).items()
            for work in self.every
        )

    # ── what scales and limits ──────────────────────────────────────────────────────────────

    @cached_property
    def scalers(self) -> dict[str, Autoscaler]:
        """Path of a controller → what scales it."""
        found = {}
        for scaler in self.cluster.autoscalers:
            target = self.scaled(scaler)
            if target:
                found[target.path] = scaler
        return found

    def scaled(self, scaler: Autoscaler) -> Controller | None:
        thing = self.relations.scaled(scaler)
        if thing is None and self.own:
            named = self._named.get(scaler.target, [])
            return next((each for each in named if isinstance(each, Controller)), None)
        return thing if isinstance(thing, Controller) else None

    def most(self, controller: Controller) -> int:
        """The most Pods that the controller may have."""
        scaler = self.scalers.get(controller.path)
        said = 1 if controller.replicas is None else controller.replicas
        return max(said, scaler.max or 0) if scaler else said

    def least(self, controller: Controller) -> int:
        """The fewest Pods that the controller may have."""
        scaler = self.scalers.get(controller.path)
        if scaler:
            return 1 if scaler.min is None else scaler.min
        return 1 if controller.replicas is None else controller.replicas

    # ── volumes ─────────────────────────────────────────────────────────────────────────────

    def volume(self, work: Work, mount: Mount) -> Volume | None:
        """The volume behind a mount; None for a claim template, and where there is none."""
        return next((v for v in reversed(work.pod.volumes) if v.name == mount.volume), None)

    def claimed(self, work: Work) -> Iterator[tuple[Volume, Claim]]:
        """The claims of the input that a Pod mounts."""
        for volume in work.pod.volumes:
            if volume.kind == "persistentVolumeClaim" and volume.source:
                found = self.relations.find("PersistentVolumeClaim", volume.source, work.namespace)
                if isinstance(found, Claim):
                    yield volume, found

    def is_template(self, work: Work, mount: Mount) -> bool:
        """True for a mount of what each Pod of a StatefulSet claims for itself."""
        return work.owner is not None and any(c.name == mount.volume for c in work.owner.claims)

    def configs(self, work: Work, container: Container) -> tuple[Config, ...]:
        """The ConfigMaps that a container mounts or takes variables from."""
        known = self._configs.get(container.path)
        if known is None:
            named = dict.fromkeys(_config_names(work, container))
            found = [self.relations.find("ConfigMap", n, work.namespace) for n in named]
            known = tuple(each for each in found if isinstance(each, Config))
            self._configs[container.path] = known
        return known

    def configured_ports(self, work: Work, container: Container) -> frozenset[int]:
        """The ports of localhost that a container's ConfigMaps name."""
        found: frozenset[int] = frozenset()
        for config in self.configs(work, container):
            if config.path not in self._local:
                every = [commands.local_ports(text) for _, text in config.entries]
                self._local[config.path] = frozenset().union(*every)
            found |= self._local[config.path]
        return found

    # ── two containers of a Pod ─────────────────────────────────────────────────────────────

    def shares_volume(self, work: Work, a: Container, b: Container) -> bool:
        """True if both mount a volume that at least one of them may write."""
        theirs = {mount.volume: mount for mount in b.mounts}
        for mount in a.mounts:
            other = theirs.get(mount.volume)
            if other is None or (mount.read_only and other.read_only):
                continue
            volume = self.volume(work, mount)
            if volume is None or not coupling.shown_only(volume.kind):
                return True
        return False

    def calls(self, work: Work, a: Container, b: Container) -> bool:
        """True if `a` names localhost with a port of `b`, or localhost without any port."""
        theirs = {port.number for port in b.ports}
        ports = {port for port, _ in commands.calls(a)} | self.configured_ports(work, a)
        if ports & theirs:
            return True
        return commands.names_localhost(a) and not any(port for port, _ in commands.calls(a))

    def coupled(self, work: Work, a: Container, b: Container) -> bool:
        """True if anything shows that the two belong together."""
        return (
            work.pod.share_processes
            or coupling.same_image(a, b)
            or coupling.web_and_app(a, b)
            or coupling.same_family(a, b)
            or self.shares_volume(work, a, b)
            or self.calls(work, a, b)
            or self.calls(work, b, a)
            or frozenset((a.path, b.path)) in self.linked
            or a.assists == b.name
            or b.assists == a.name
        )

    @cached_property
    def linked(self) -> frozenset[frozenset[str]]:
        """The pairs of things between which a spec draws a link."""
        return frozenset(frozenset((link.tail, link.head)) for link in self.cluster.links)

    # ── ports ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def declared(self) -> dict[int, tuple[tuple[Work, Container, Port], ...]]:
        """Port → the containers of all Pods that declare it."""
        found: dict[int, list[tuple[Work, Container, Port]]] = defaultdict(list)
        for work in self.every:
            for container in work.pod.containers:
                for port in container.ports:
                    found[port.number].append((work, container, port))
        return {number: tuple(each) for number, each in found.items()}


_FEW = 3
"""How many Services that lead alike to one port are looked at."""


def _choice(service: Service) -> object:
    """What two Services have in common that choose the same Pods."""
    outside = service.type == "ExternalName"
    return service.namespace, service.selector, service.target, outside


def _way(service: Service, port: ServicePort) -> object:
    """What two ports of such Services have in common that lead alike to the same containers."""
    target = port.port if port.target is None else port.target
    metric = coupling.is_metric(service.name, None) or coupling.is_metric(port.name, port.port)
    return target, port.protocol, metric


def _is_run_time(key: str) -> bool:
    return key in _RUN_TIME or key.endswith(("/role", "/pod-name", "-role", "/instanceRole"))


def _reached(work: Work, port: ServicePort) -> tuple[str, ...]:
    """The containers that a Service's port leads to; a number that none declares may be the
    only one's."""
    found = [c.path for c, _ in listeners(port, work.pod) if c in work.running]
    if not found and len(work.apps) == 1 and not isinstance(port.target, str):
        return (work.apps[0].path,)
    return tuple(dict.fromkeys(found))


def _config_names(work: Work, container: Container) -> Iterator[str]:
    for reference in container.references:
        if reference.kind == "ConfigMap":
            yield reference.name
    mounted = {mount.volume for mount in container.mounts}
    for volume in work.pod.volumes:
        if volume.name in mounted:
            if volume.kind == "configMap" and volume.source:
                yield volume.source
            yield from (r.name for r in volume.references if r.kind == "ConfigMap")
