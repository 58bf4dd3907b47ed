"""The scheduler: every waiting Pod gets its node, if one takes it, and there its address."""

from podviz.cluster.placement import Room
from podviz.story.world import OVER, Live, World


def schedule(world: World) -> None:
    """https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/"""
    waiting = [pod for pod in world.pods if pod.phase == "Pending" and pod.ip is None]
    if not waiting:
        return
    room = Room(world.cluster)
    for pod in world.pods:
        if pod.node and pod.phase not in OVER and pod not in waiting:
            room.take(pod.template, pod.node)
    for pod in waiting:
        if _is_placed(world, pod, room):
            room.take(pod.template, pod.node)
            pod.ip = world.addresses.give(pod.template, pod.node)


def _is_placed(world: World, pod: Live, room: Room) -> bool:
    """A DaemonSet's Pod tolerates a cordoned node; on one that is silent nothing starts.
    https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations"""
    if not world.cluster.nodes:
        return True
    if pod.node is not None:
        tolerates = pod.kind == "DaemonSet"
        if pod.node in world.down or (pod.node in world.cordoned and not tolerates):
            return False
        return tolerates or pod.node not in room.nodes or bool(room.fits(pod.template, pod.node))
    fitting = [name for name in world.open_nodes() if room.fits(pod.template, name)]
    pod.node = min(fitting, key=lambda name: room.load[name], default=None)
    return pod.node is not None
