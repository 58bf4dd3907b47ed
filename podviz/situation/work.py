"""One Pod of a cluster with the controller that makes it."""

from functools import cached_property

from podviz.cluster.relations import kind_of
from podviz.cluster.roles import judged
from podviz.meta import Labels, Owner
from podviz.model import Cluster, Controller
from podviz.pod import Container, Pod, Role

LONG = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")
"""Controllers whose Pods are meant to run for ever."""

TASKS = ("Job", "CronJob")


class Work:
    """A Pod and who makes it. What is asked of it is worked out once."""

    def __init__(self, pod: Pod, owner: Controller | None, *, own: bool) -> None:
        self.owner = owner
        self.own = own
        self.top: Pod | Controller = owner or pod
        self.pod = judged(pod, self.top.name) if own else pod

    @property
    def path(self) -> str:
        return self.pod.path

    @property
    def kind(self) -> str:
        return kind_of(self.top)

    @property
    def title(self) -> str:
        return f"{self.kind}/{self.top.name}"

    @property
    def namespace(self) -> str:
        return self.top.namespace

    @property
    def is_task(self) -> bool:
        return self.kind in TASKS

    @property
    def is_custom(self) -> bool:
        """True for a custom resource, whose operator may add to the Pod."""
        return self.kind not in (*LONG, *TASKS, "Pod")

    @property
    def is_short(self) -> bool:
        """True for Pods that end by themselves, or that a test or an installation starts."""
        if self.is_task or self.is_hook:
            return True
        return self.owner is None and not self.own and self.pod.restart in ("Never", "OnFailure")

    @cached_property
    def inits(self) -> tuple[Container, ...]:
        """Init containers that end, without native sidecars."""
        return tuple(c for c in self.pod.containers if c.role is Role.INIT and not c.native)

    @cached_property
    def natives(self) -> tuple[Container, ...]:
        return tuple(c for c in self.pod.containers if c.native)

    @cached_property
    def apps(self) -> tuple[Container, ...]:
        """Ordinary containers."""
        return tuple(
            c
            for c in self.pod.containers
            if not c.native and not c.ephemeral and c.role is not Role.INIT
        )

    @cached_property
    def running(self) -> tuple[Container, ...]:
        """What runs as long as the Pod."""
        return (*self.natives, *self.apps)

    @cached_property
    def mains(self) -> tuple[Container, ...]:
        """Ordinary containers that are no sidecars, unclear ones too."""
        return tuple(c for c in self.apps if c.role is not Role.SIDECAR)

    @cached_property
    def sidecars(self) -> tuple[Container, ...]:
        return tuple(c for c in self.running if c.native or c.role is Role.SIDECAR)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {c.path: i for i, c in enumerate(self.pod.containers)}

    def overlap(self, a: Container, b: Container) -> bool:
        """True if the two run at the same time.

        https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
        """
        if a.ephemeral or b.ephemeral:
            return False
        ends = [c for c in (a, b) if c.role is Role.INIT and not c.native]
        if not ends:
            return True
        other = b if ends[0] is a else a
        return len(ends) == 1 and other.native and self.before(other, ends[0])

    def before(self, a: Container, b: Container) -> bool:
        """True if the file names `a` first."""
        return self._order[a.path] < self._order[b.path]

    # ── who judges it ───────────────────────────────────────────────────────────────────────

    @cached_property
    def is_fragment(self) -> bool:
        """True for what looks like a patch: no image, or neither selector nor labels."""
        if self.own or not isinstance(self.top, Pod | Controller):
            return False
        containers = self.pod.containers
        if not containers or any(not c.image for c in self.apps + self.inits + self.natives):
            return True
        owner = self.owner
        return (
            owner is not None and owner.kind in LONG and not owner.selects and not self.pod.labels
        )

    @property
    def annotations(self) -> Labels:
        return (*self.top.annotations, *self.pod.annotations)

    @property
    def owners(self) -> tuple[Owner, ...]:
        return self.top.owners or self.pod.owners

    @cached_property
    def is_live(self) -> bool:
        """True for what a live cluster told, not what a file asks for."""
        if self.own:
            return False
        if isinstance(self.top, Controller):
            return self.top.ready is not None
        return self.pod.status is not None or self.pod.ip is not None

    @cached_property
    def is_hook(self) -> bool:
        """True for what Helm or Argo start for a moment."""
        return any(
            key.startswith(("helm.sh/hook", "argocd.argoproj.io/hook"))
            for key, _ in self.annotations
        )

    @cached_property
    def is_control_plane(self) -> bool:
        """True for what the kubelet starts from files on a control-plane node."""
        labels = dict(self.pod.labels)
        if self.owner is None and labels.get("tier") == "control-plane":
            return True
        if any(key.startswith("kubernetes.io/config.") for key, _ in self.annotations):
            return True
        return self.owner is None and self.namespace == "kube-system" and self.pod.host_network

    @property
    def is_exempt(self) -> bool:
        """True for what owner rules do not speak of."""
        return bool(self.owners) or self.is_live or self.is_hook or self.is_control_plane


def works(cluster: Cluster) -> tuple[Work, ...]:
    """Every Pod of a cluster: templates of controllers first, then those that stand alone."""
    found = []
    for controller in cluster.controllers:
        for pod in (*((controller.pod,) if controller.pod else ()), *controller.more):
            found.append(Work(pod, controller, own=cluster.own))
    found += [Work(pod, None, own=cluster.own) for pod in cluster.pods]
    return tuple(found)
