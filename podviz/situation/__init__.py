"""The facts about one cluster that rules judge by."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from podviz.model import Autoscaler, Claim, Config, Controller
from podviz.pod import Container, Mount, Port, Volume
from podviz.situation import commands, coupling
from podviz.situation.doors import Doors
from podviz.situation.work import Work

_MOST = 40
"""Of a Pod with more containers only the first are asked whom they call."""


class Situation(Doors):
    """One cluster, and what follows from it; each fact is worked out once, when it is asked.

    `kubernetes` and `pod_cidr` weigh more than what the cluster itself says.
    """

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
            named = self.named.get(scaler.target, [])
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

    @cached_property
    def _configs(self) -> dict[str, tuple[Config, ...]]:
        """What was asked before, by container."""
        return {}

    @cached_property
    def _local(self) -> dict[str, frozenset[int]]:
        """What was asked before, by ConfigMap."""
        return {}

    def configs(self, work: Work, container: Container) -> tuple[Config, ...]:
        """The ConfigMaps that a container mounts or takes variables from."""
        known = self._configs.get(container.path)
        if known is None:
            named = dict.fromkeys(_config_names(work, container))
            found = [self.relations.find("ConfigMap", n, work.namespace) for n in named]
            known = tuple(each for each in found if isinstance(each, Config))
            self._configs[container.path] = known
        return known

    def is_set_elsewhere(self, work: Work, container: Container) -> bool:
        """True where a ConfigMap that a container reads is not in the input."""
        return len(self.configs(work, container)) < len(set(_config_names(work, container)))

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
        ports = {port for port, _ in commands.calls(a)} | commands.web_ports(a)
        if theirs & (ports | self.configured_ports(work, a)):
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

    def share_a_caller(self, work: Work, a: Container, b: Container) -> bool:
        """True if a third container calls both over localhost, or others of their images: all are
        one product."""
        ones, others = (
            [c for c in work.running if coupling.same_image(c, each)] for each in (a, b)
        )
        return any(
            any(self.calls(work, third, c) for c in ones)
            and any(self.calls(work, third, c) for c in others)
            for third in work.running[:_MOST]
            if third not in ones and third not in others
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
