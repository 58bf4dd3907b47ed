"""A cluster and its Pods, as far as they may be judged."""

import re
from collections import defaultdict
from functools import cached_property
from ipaddress import IPv4Network

from podviz.cluster.relations import Object, Relations
from podviz.model import Cluster, Controller
from podviz.pod import Pod
from podviz.situation import addresses
from podviz.situation.work import LONG, TASKS, Work, works


def version(words: str | None) -> tuple[int, int] | None:
    """`1.33`, `v1.33.2` → (1, 33); None for what is no version of Kubernetes."""
    found = re.match(r"v?(\d+)\.(\d+)", words or "")
    return (int(found[1]), int(found[2])) if found else None


class Ground:
    """One cluster, the versions and ranges that are meant, and its Pods."""

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

    @cached_property
    def every(self) -> tuple[Work, ...]:
        """Every Pod, patches too."""
        return works(self.cluster)

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """The Pods that are judged: no patches, and nothing that an owner in the input made."""
        return tuple(
            work
            for work in self.every
            if not work.is_fragment and next(self.relations.owners(work.top), None) is None
        )

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
            or self.cluster.mixed
            or bool(self.bodiless)
            or any(
                thing.kind in ("Kustomization", "Component", "HelmRelease", "HelmChart")
                for thing in self.cluster.things
            )
        )

    def is_one(self, *things: Object) -> bool:
        """True where the things may stand in one cluster: files that define one object twice are
        variants or examples, and only what one of them holds belongs together."""
        files = {thing.place.file for thing in things if thing.place}
        return not self.cluster.mixed or len(files) < 2

    @cached_property
    def bodiless(self) -> tuple[Controller, ...]:
        """Controllers without a Pod template: patches that change something else."""
        known = (*LONG, *TASKS)
        return tuple(
            c for c in self.cluster.controllers if not self.own and not c.pod and c.kind in known
        )

    @cached_property
    def named(self) -> dict[str, list[Pod | Controller]]:
        """Name → the Pods and controllers that bear it."""
        found: dict[str, list[Pod | Controller]] = defaultdict(list)
        tops: list[Pod | Controller] = [*self.cluster.controllers, *self.cluster.pods]
        for top in tops:
            found[top.name].append(top)
        return found
