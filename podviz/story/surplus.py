"""As many Pods as are wanted: which are made, and which have to go."""

from collections.abc import Sequence

from podviz.story.world import Keeper, Live, World

_PHASES = ("Pending", "Unknown", "Starting", "Running")


def fill(world: World, keeper: Keeper, there: Sequence[Live]) -> None:
    for _ in range(keeper.wants - len(there)):
        world.make(keeper)
    terminate(leaving(there)[: max(0, len(there) - keeper.wants)])


def leaving(pods: Sequence[Live]) -> list[Live]:
    """In the order in which a ReplicaSet lets them go: those without a node first, then those
    that do not run, that are not ready, where most stand, that were restarted, the youngest.
    https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset"""
    nodes = [pod.node for pod in pods if pod.node]

    def rank(each: tuple[int, Live]) -> tuple[object, ...]:
        number, pod = each
        return (
            pod.ip is not None,
            _PHASES.index(pod.phase) if pod.phase in _PHASES else -1,
            pod.is_ready,
            -nodes.count(pod.node or ""),
            -sum(pod.restarts.values()),
            -number,
        )

    return [pod for _, pod in sorted(enumerate(pods), key=rank)]


def terminate(pods: Sequence[Live]) -> None:
    for pod in pods:
        pod.become("Terminating")
