"""One frame of a story: the cluster as it is then, and what has changed since the last."""

from msgspec import Struct

from podviz.model import Cluster


class Endpoint(Struct, frozen=True, kw_only=True):
    """The address of a Pod behind a Service. `state` is kept, new or gone."""

    ip: str
    state: str = "kept"


class Keeping(Struct, frozen=True, kw_only=True):
    """How many Pods a controller wants, and how many of them are ready (of a Job: done)."""

    kind: str
    name: str
    wants: int
    has: int
    old: int = 0
    """How many Pods are of an earlier revision that a rollout is to replace."""
    missing: int = 0
    """How many of the wanted are not even starting."""
    note: str = ""
    """`failed` for a Job that has given up, `running` for one that works, the schedule of a
    CronJob, else empty."""

    @property
    def is_met(self) -> bool:
        return self.wants == self.has and not self.old and self.note != "failed"


class Moment(Struct, frozen=True, kw_only=True):
    """A cluster at the end of a frame.

    Its Pods are all concrete, those of controllers too, with their owners; one that has just
    ended is still there. `born` are the paths of Pods that are new since the last frame, `lost`
    of those that have ended in this one. `changed` names by path the fields of a Pod that differ
    from what stood in its place before: name, ip, node, image, restarts; and of a container its
    image. `slots` is the place in the
    picture of each Pod by path: nothing that survives changes it, and a replacement on the same
    node takes that of the Pod which is gone. `endpoints` are told by Service path, `keepings`
    in the order of the controllers; `down` are the names of nodes that have failed, `cordoned`
    of those that are drained.
    """

    cluster: Cluster
    born: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    changed: tuple[tuple[str, frozenset[str]], ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    endpoints: tuple[tuple[str, tuple[Endpoint, ...]], ...] = ()
    keepings: tuple[Keeping, ...] = ()
    down: frozenset[str] = frozenset()
    cordoned: frozenset[str] = frozenset()
