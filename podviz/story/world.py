"""The state that a story goes through: Pods that live, what keeps them, the nodes below."""

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.cluster import facts
from podviz.model import Cluster, Controller
from podviz.pod import Container, Pod
from podviz.story.addresses import Addresses

WORKING = frozenset({"Pending", "Starting", "Running", "Unknown"})
"""Phases of a Pod that its controller counts; one that terminates is replaced already."""

OVER = frozenset({"Dead", "Failed", "Succeeded"})
"""Phases of a Pod that never runs again."""


class Live(Struct, eq=False):
    """One Pod.

    `told` is a status that it had before the story and keeps until something happens to it.
    `ended` has for containers that do not run how they ended: Error, Completed, OOMKilled.
    `probing` is true until a probe finds it ready, `ending` counts the steps of its end,
    `worked` those of a Job's Pod.
    """

    path: str
    name: str
    template: Pod
    keeper: "Keeper | None" = None
    revision: int = 0
    ordinal: int | None = None
    node: str | None = None
    ip: str | None = None
    phase: str = "Pending"
    told: str | None = None
    ended: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, int] = field(default_factory=dict)
    probing: bool = False
    ending: int = 0
    worked: int = 0
    slot: str = ""

    @property
    def is_ready(self) -> bool:
        is_well = not self.ended and not self.probing and self.told is None
        return self.phase == "Running" and is_well

    @property
    def is_working(self) -> bool:
        return self.phase in WORKING

    @property
    def kind(self) -> str | None:
        """The kind of what keeps it."""
        return self.keeper.kind if self.keeper else None

    @property
    def namespace(self) -> str:
        return self.keeper.controller.namespace if self.keeper else self.template.namespace

    @property
    def policy(self) -> str:
        """When its containers are started again; a Job's Pod has to say so."""
        return self.template.restart or ("Never" if self.kind == "Job" else "Always")

    @property
    def long(self) -> list[Container]:
        """The containers that make the Pod's end: neither init ones nor native sidecars."""
        return [c for c in self.template.containers if not facts.starts_in_order(c)]

    @property
    def takes_turns(self) -> bool:
        """True where some containers start before the others."""
        return any(facts.starts_in_order(c) for c in self.template.containers)

    @property
    def has_native(self) -> bool:
        """True where some containers end after the others."""
        return any(c.native for c in self.template.containers)

    def become(self, phase: str) -> None:
        """Something happens to it: what was known of its containers is of no account."""
        self.phase, self.told, self.probing, self.ending = phase, None, False, 0
        self.ended = {}


class Keeper(Struct, eq=False):
    """A controller and what it remembers: its templates by revision, the Pods it has made."""

    controller: Controller
    wants: int
    templates: list[Pod]
    revision: int = 0
    """The number of the template that it makes Pods by."""
    met: int | None = None
    """How many Pods were wanted when the controller last looked."""
    sets: dict[int, str] = field(default_factory=dict)
    """The names of ReplicaSets that the cluster tells, by revision."""
    made: int = 0
    failures: int = 0
    done: int = 0
    over: bool = False
    """True for a Job that has finished or given up."""
    above: Controller | None = None
    """The CronJob that made this Job."""

    @property
    def kind(self) -> str:
        return self.controller.kind

    def replica_set(self, revision: int) -> str:
        """The name of the ReplicaSet of a revision."""
        controller = self.controller
        if revision in self.sets:
            return self.sets[revision]
        if revision == 0:
            return facts.replica_set_name(controller)
        images = " ".join(images_of(self.templates[revision]))
        return f"{controller.name}-{facts.generated(f'{controller.path}.{revision}.{images}', 5)}"


def images_of(template: Pod) -> list[str]:
    """What tells the revisions of a controller apart."""
    return [c.image or "" for c in template.containers]


class World:
    """Everything that lives, as one story goes on. Made anew by each `play`; nothing in it is
    shared with another."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.pods: list[Live] = []
        self.keepers: list[Keeper] = []
        self.down: dict[str, int] = {}
        """Node that has failed → how many steps ago."""
        self.cordoned: set[str] = set()
        self.claims = {claim.path: claim for claim in cluster.claims}
        """Claims that there are; those of a StatefulSet stay when their Pods go."""
        self.names = {pod.name for pod in cluster.pods}
        self.addresses = Addresses(cluster)

    def of(self, keeper: Keeper) -> list[Live]:
        return [pod for pod in self.pods if pod.keeper is keeper]

    def working(self, keeper: Keeper) -> list[Live]:
        return [pod for pod in self.of(keeper) if pod.is_working]

    def open_nodes(self) -> list[str]:
        """Nodes that take new Pods."""
        names = [node.name for node in self.cluster.nodes]
        return [n for n in names if n not in self.down and n not in self.cordoned]

    def make(
        self,
        keeper: Keeper,
        *,
        ordinal: int | None = None,
        node: str | None = None,
        revision: int | None = None,
    ) -> Live:
        """A new Pod of a controller, not yet on a node unless one is named, of its revision
        unless another is."""
        revision = keeper.revision if revision is None else revision
        name = self._name(keeper, ordinal, revision)
        template = keeper.templates[revision]
        path = f"{keeper.controller.path}/pod.{keeper.made}"
        keeper.made += 1
        pod = Live(
            path=path, name=name, template=template, keeper=keeper,
            revision=revision, ordinal=ordinal, node=node or template.node,
        )  # fmt: skip
        self.pods.append(pod)
        return pod

    def _name(self, keeper: Keeper, ordinal: int | None, revision: int) -> str:
        """As Kubernetes names it; but for a StatefulSet's, no name is ever given again."""
        controller, number = keeper.controller, keeper.made
        if ordinal is not None:
            return f"{controller.name}-{ordinal}"
        stem = keeper.replica_set(revision) if keeper.kind == "Deployment" else controller.name
        while True:
            name = f"{stem}-{facts.generated(f'{controller.path}.{number}', 5)}"
            number += 1_000
            if name not in self.names:
                self.names.add(name)
                return name

    def roll(self, keeper: Keeper, image: str) -> None:
        """The revision whose first main container runs this image: a new one, or one that has
        been before. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-back-a-deployment"""
        last = keeper.templates[keeper.revision]
        mains = [c for c in last.containers if facts.role(c).value in ("main", "unclear")]
        chosen = (mains or list(last.containers))[:1]
        containers = tuple(
            [replace(c, image=image) if c is chosen[0] else c for c in last.containers]
        )
        wanted = replace(last, containers=containers)
        known = [images_of(template) for template in keeper.templates]
        if images_of(wanted) in known:
            keeper.revision = known.index(images_of(wanted))
        else:
            keeper.templates.append(wanted)
            keeper.revision = len(keeper.templates) - 1
