"""The state that a story goes through: Pods that live, what keeps them, the nodes below."""

from ipaddress import IPv4Network, ip_address, ip_network

from msgspec import Struct, field
from msgspec.structs import replace

from podviz import facts
from podviz.model import Cluster, Controller
from podviz.placement import Room
from podviz.pod import Pod

WORKING = frozenset({"Pending", "Starting", "Running", "Unknown"})
"""Phases of a Pod that its controller counts; one that terminates is replaced already."""

OVER = frozenset({"Dead", "Failed", "Succeeded"})
"""Phases of a Pod that never runs again."""

_RANGE = "10.244.0.0/16"
"""Where Pods get their addresses if the cluster does not say: what most installers take."""


class Live(Struct, eq=False):
    """One Pod. `stuck` names a container that waits to be restarted; `ending` counts the steps
    of its end."""

    path: str
    name: str
    template: Pod
    keeper: "Keeper | None" = None
    revision: int = 0
    ordinal: int | None = None
    node: str | None = None
    ip: str | None = None
    phase: str = "Pending"
    restarts: dict[str, int] = field(default_factory=dict)
    stuck: str | None = None
    ending: int = 0
    slot: str = ""

    @property
    def is_ready(self) -> bool:
        return self.phase == "Running" and self.stuck is None

    @property
    def is_working(self) -> bool:
        return self.phase in WORKING

    @property
    def takes_turns(self) -> bool:
        """True where some containers start before the others and end after them."""
        return any(facts.starts_in_order(c) for c in self.template.containers)


class Keeper(Struct, eq=False):
    """A controller and what it remembers: its templates by revision, the Pods it has made."""

    controller: Controller
    wants: int
    templates: list[Pod]
    made: int = 0
    failures: int = 0
    done: int = 0
    over: bool = False
    """True for a Job that has finished or given up."""
    above: Controller | None = None
    """The CronJob that made this Job."""

    @property
    def revision(self) -> int:
        return len(self.templates) - 1

    @property
    def kind(self) -> str:
        return self.controller.kind

    def replica_set(self, revision: int) -> str:
        """The name of the ReplicaSet of a revision."""
        controller = self.controller
        if revision == 0:
            return facts.replica_set_name(controller)
        images = " ".join(c.image or "" for c in self.templates[revision].containers)
        return f"{controller.name}-{facts.generated(f'{controller.path}.{revision}.{images}', 5)}"


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
        self._names: set[str] = set()
        self._given: dict[str, int] = {}
        self._taken = {pod.ip for pod in cluster.pods if pod.ip}

    # ── who is there ────────────────────────────────────────────────────────────────────────

    def of(self, keeper: Keeper) -> list[Live]:
        return [pod for pod in self.pods if pod.keeper is keeper]

    def working(self, keeper: Keeper) -> list[Live]:
        return [pod for pod in self.of(keeper) if pod.is_working]

    def open_nodes(self) -> list[str]:
        """Nodes that take new Pods."""
        names = [node.name for node in self.cluster.nodes]
        return [n for n in names if n not in self.down and n not in self.cordoned]

    # ── making a Pod ────────────────────────────────────────────────────────────────────────

    def make(self, keeper: Keeper, *, ordinal: int | None = None, node: str | None = None) -> Live:
        """A new Pod of a controller, not yet on a node unless one is named."""
        name = self._name(keeper, ordinal)
        template = keeper.templates[-1]
        path = f"{keeper.controller.path}/pod.{keeper.made}"
        keeper.made += 1
        pod = Live(
            path=path, name=name, template=template, keeper=keeper,
            revision=keeper.revision, ordinal=ordinal, node=node or template.node,
        )  # fmt: skip
        self.pods.append(pod)
        return pod

    def _name(self, keeper: Keeper, ordinal: int | None) -> str:
        """As Kubernetes names it; but for a StatefulSet's, no name is ever given again."""
        controller, number = keeper.controller, keeper.made
        if ordinal is not None:
            return f"{controller.name}-{ordinal}"
        stem = (
            keeper.replica_set(keeper.revision) if keeper.kind == "Deployment" else controller.name
        )
        while True:
            name = f"{stem}-{facts.generated(f'{controller.path}.{number}', 5)}"
            number += 1_000
            if name not in self._names:
                self._names.add(name)
                return name

    # ── the scheduler ───────────────────────────────────────────────────────────────────────

    def schedule(self) -> None:
        """Every Pod without an address gets its node, if one takes it, and its address."""
        for pod in self.pods:
            if pod.phase == "Pending" and pod.ip is None and self._placed(pod):
                pod.ip = self._address(pod)

    def _placed(self, pod: Live) -> bool:
        if not self.cluster.nodes:
            return True
        room = Room(self.cluster)
        for other in self.pods:
            if other is not pod and other.node and other.phase not in OVER:
                room.take(other.template, other.node)
        allowed = self.open_nodes()
        if pod.node is not None:
            tolerates = pod.keeper is not None and pod.keeper.kind == "DaemonSet"
            if pod.node in self.down or (pod.node in self.cordoned and not tolerates):
                return False
            return tolerates or bool(room.fits(pod.template, pod.node))
        fitting = [name for name in allowed if room.fits(pod.template, name)]
        pod.node = min(fitting, key=lambda name: room.load[name], default=None)
        return pod.node is not None

    def _address(self, pod: Live) -> str:
        """The next address of the node's own range, never one that has been given before."""
        if pod.template.host_network:
            return next((n.ip for n in self.cluster.nodes if n.name == pod.node and n.ip), "")
        names = [node.name for node in self.cluster.nodes]
        place = names.index(pod.node) + 1 if pod.node in names else 0
        whole = self._range()
        while True:
            number = self._given.get(pod.node or "", 3) + 1
            self._given[pod.node or ""] = number
            address = str(whole.network_address + (place % 256) * 256 + number)
            if address not in self._taken and ip_address(address) in whole:
                self._taken.add(address)
                return address

    def _range(self) -> IPv4Network:
        """What the cluster says, else where the addresses that it gives lie."""
        known = next((pod.ip for pod in self.cluster.pods if pod.ip and ":" not in pod.ip), None)
        said = self.cluster.pod_cidr or (f"{known}/16" if known else _RANGE)
        found = ip_network(said, strict=False)
        is_fit = isinstance(found, IPv4Network) and found.prefixlen <= 16
        return found if isinstance(found, IPv4Network) and is_fit else IPv4Network(_RANGE)

    # ── the beginning ───────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """All Pods run on their nodes, as in a cluster that has been left alone."""
        self.pods += map(self._given_pod, self.cluster.pods)
        for live in self.pods:
            if live.ip is None and (live.node or not self.cluster.nodes):
                live.ip = self._address(live)
        for controller in self.cluster.controllers:
            self._keep(controller)

    def _given_pod(self, pod: Pod) -> Live:
        """A Pod that the cluster names itself: it runs unless it says otherwise."""
        self._names.add(pod.name)
        known = WORKING | OVER | {"Terminating"}
        phase = pod.status if pod.status in known else "Running"
        return Live(
            path=pod.path,
            name=pod.name,
            template=pod,
            node=pod.node,
            ip=pod.ip,
            phase="Dead" if facts.is_dead(pod) else phase,
        )

    def _keep(self, controller: Controller) -> None:
        template = controller.pod or Pod(path=f"{controller.path}/pod", name="")
        keeper = Keeper(
            controller=controller,
            wants=facts.replicas(controller, self.cluster),
            templates=[template],
        )
        self.keepers.append(keeper)
        if controller.kind == "CronJob":
            return
        nodes = [node.name for node in self.cluster.nodes]
        for number in range(keeper.wants):
            self.make(
                keeper,
                ordinal=number if controller.kind == "StatefulSet" else None,
                node=nodes[number] if controller.kind == "DaemonSet" and nodes else None,
            )
            self.schedule()
        for pod in self.of(keeper):
            pod.phase = "Running" if pod.ip is not None else "Pending"

    # ── the ReplicaSets below Deployments ───────────────────────────────────────────────────

    def roll(self, keeper: Keeper, image: str) -> None:
        """A new revision, whose first main container runs another image."""
        last = keeper.templates[-1]
        mains = [c for c in last.containers if facts.role(c).value in ("main", "unclear")]
        chosen = (mains or list(last.containers))[:1]
        containers = tuple([replace(c, image=image) if c in chosen else c for c in last.containers])
        keeper.templates.append(replace(last, containers=containers))
