"""Services, and the containers that they reach."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from podviz.cluster.relations import listeners
from podviz.meta import ServicePort
from podviz.model import Controller, Service
from podviz.pod import Container, Pod
from podviz.situation import coupling
from podviz.situation.ground import Ground
from podviz.situation.work import Work

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


class Doors(Ground):
    """The ways from Services to the containers of a cluster."""

    @cached_property
    def _behind(self) -> dict[object, tuple[Work, ...]]:
        """What was asked before, as many Services choose alike."""
        return {}

    def behind(self, service: Service) -> tuple[Work, ...]:
        """The Pods that a Service sends to, by labels or (in a spec) by name."""
        key = _choice(service)
        if key not in self._behind:
            found: Iterable[Pod | Controller] = self.relations.behind(service)
            if service.target is not None:
                found = self.named.get(service.target, ())
            self._behind[key] = tuple(work for top in found for work in self.of.get(top.path, ()))
        return self._behind[key]

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
        set_later = {key for key, _ in service.selector} - labels.keys()
        said = [dict(work.pod.labels) for work in self.every if work.namespace == service.namespace]
        return any(
            labels.items() <= given.items() and not set_later <= given.keys() for given in said
        )


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
