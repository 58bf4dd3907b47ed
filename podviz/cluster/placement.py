"""Which node each Pod stands on, as the scheduler would have it."""

from msgspec import Struct

from podviz.cluster import facts
from podviz.model import Cluster, Controller
from podviz.pod import Pod

_SINGLY = 60
"""Of a controller with more replicas only counts are placed, not Pods."""


class Stand(Struct, frozen=True):
    """A Pod, or `count` alike ones, on a node; `node` is None where none takes them."""

    pod: Pod
    node: str | None
    count: int = 1


class Room:
    """What the nodes have left as Pods are placed. An amount that a node does not tell is no
    limit."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.nodes = {node.name: node for node in cluster.nodes}
        self.load = dict.fromkeys(self.nodes, 0)
        self.ports: dict[str, set[tuple[int, str]]] = {name: set() for name in self.nodes}
        self.cpu = {n.name: n.capacity.cpu for n in cluster.nodes}
        self.memory = {n.name: n.capacity.memory for n in cluster.nodes}

    def fits(self, pod: Pod, node: str) -> int:
        """How many such Pods the node still takes; a great number where nothing limits it."""
        ports = facts.host_ports(pod)
        if ports & self.ports[node] or not facts.may_stand(pod, self.nodes[node], self.cluster):
            return 0
        asked = (facts.cpu_request(pod), facts.memory_request(pod))
        rooms = [
            int((left + 1e-9) // wish)
            for wish, left in zip(asked, (self.cpu[node], self.memory[node]), strict=True)
            if wish and left is not None
        ]
        return max(0, min([*rooms, 1 if ports else 1 << 30]))

    def take(self, pod: Pod, node: str | None, count: int = 1) -> None:
        if node not in self.load:
            return
        self.load[node] += count
        self.ports[node] |= facts.host_ports(pod)
        for left, wish in (
            (self.cpu, facts.cpu_request(pod)),
            (self.memory, facts.memory_request(pod)),
        ):
            amount = left[node]
            left[node] = None if amount is None else amount - count * (wish or 0.0)

    def best(self, pod: Pod) -> str | None:
        """The node with the fewest Pods of those that take one more."""
        fitting = [node for node in self.load if self.fits(pod, node)]
        return min(fitting, key=lambda node: self.load[node], default=None)


def placed(cluster: Cluster) -> tuple[Stand, ...]:
    """Every Pod with its node. A Pod that names its node stands there, one of `pods` without a
    node waits. A controller's Pod goes to the node with the fewest Pods that has the CPU and
    memory it requests, as the scheduler's default scoring prefers.
    """
    room = Room(cluster)
    stands: list[Stand] = []
    for pod in cluster.pods:
        room.take(pod, pod.node)
        stands.append(Stand(pod, pod.node))
    for controller in cluster.controllers:
        if facts.replicas(controller, cluster) > max(_SINGLY, len(cluster.nodes)):
            stands += _counted(controller, cluster, room)
            continue
        for pod in facts.pods_of(controller, cluster):
            node = pod.node or room.best(pod)
            room.take(pod, node)
            stands.append(Stand(pod, node))
    return tuple(stands)


def _counted(controller: Controller, cluster: Cluster, room: Room) -> list[Stand]:
    """The replicas shared out evenly, as far as the nodes take them; one Stand a node."""
    left = facts.replicas(controller, cluster)
    examples = facts.pods_of(controller, cluster, most=len(cluster.nodes) + 1)
    stands: list[Stand] = []
    nodes = [examples[0].node] if examples[0].node else sorted(room.load, key=room.load.__getitem__)
    for i, node in enumerate(nodes):
        pod = examples[min(i, len(examples) - 1)]
        share = -(-left // (len(nodes) - i))
        count = min(share, room.fits(pod, node)) if node in room.load else share
        if count:
            room.take(pod, node, count)
            stands.append(Stand(pod, node, count))
        left -= count
    return [*stands, Stand(examples[-1], None, left)] if left else stands
