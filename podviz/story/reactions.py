"""What controllers, the scheduler and the kubelets do about it, one step after the other."""

import math
from collections.abc import Callable

from podviz.story.events import STARTS
from podviz.story.world import OVER, Keeper, Live, World

_PATIENCE = 1
"""Steps that Pods stay on a silent node: one for the 300 s that they tolerate it.
https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions"""

_SHARE = 0.25
"""Of the replicas, how many more or fewer a rolling update may have, unless it says otherwise.
https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment"""


def act(world: World) -> None:
    """One step of everyone: kubelets, the eviction of silent nodes, controllers, scheduler."""
    _kubelets(world)
    _evict(world)
    for keeper in list(world.keepers):
        _KEEPS[keeper.kind](world, keeper)
    world.schedule()


# ── kubelets ────────────────────────────────────────────────────────────────────────────────


def _kubelets(world: World) -> None:
    for pod in list(world.pods):
        if pod.node in world.down:
            continue  # nobody there to do anything
        if pod.phase == "Terminating":
            pod.ending += 1
            if not pod.takes_turns or pod.ending > 1:  # sidecars end after the main containers
                world.pods.remove(pod)
        elif pod.phase in ("Dead", "Failed") and pod.keeper is not None:
            if pod.phase == "Dead" or pod.keeper.kind != "Job":
                world.pods.remove(pod)
        elif pod.stuck is not None:
            pod.stuck = None
        elif pod.phase == "Starting":
            pod.phase = "Running"
        elif pod.phase == "Pending" and pod.ip is not None:
            pod.phase = "Starting" if pod.takes_turns else "Running"
        _finish(pod)


def _finish(pod: Live) -> None:
    """The Pod of a Job that a CronJob has made does its work and ends."""
    keeper = pod.keeper
    if keeper and keeper.above and pod.phase == "Running" and pod.ending == 0:
        pod.ending = 1  # seen at work for one step
    elif keeper and keeper.above and pod.phase == "Running":
        pod.phase = "Succeeded"
        keeper.done += 1


def _evict(world: World) -> None:
    """What does not tolerate a silent node for ever is told to end, and stays until the node
    answers. DaemonSet Pods tolerate it."""
    for node, steps in world.down.items():
        world.down[node] = min(steps + 1, _PATIENCE + 1)
        if steps < _PATIENCE:
            continue
        for pod in world.pods:
            is_daemon = pod.keeper is not None and pod.keeper.kind == "DaemonSet"
            if pod.node == node and pod.phase == "Unknown" and not is_daemon:
                pod.phase = "Terminating"


# ── controllers ─────────────────────────────────────────────────────────────────────────────


def _deployment(world: World, keeper: Keeper) -> None:
    """https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"""
    _heed_autoscaler(world, keeper)
    every = world.working(keeper)
    new = [pod for pod in every if pod.revision == keeper.revision]
    old = [pod for pod in every if pod.revision != keeper.revision]
    if not old:
        _recreated(world, keeper, new)
    elif keeper.controller.strategy == "Recreate":
        _terminate(old)
    else:
        _roll_on(world, keeper, new, old)


def _recreated(world: World, keeper: Keeper, new: list[Live]) -> None:
    """As many as wanted; with Recreate not before the last old one has gone."""
    gone = all(p.revision == keeper.revision for p in world.of(keeper) if p.phase == "Terminating")
    if gone or keeper.controller.strategy != "Recreate":
        _fill(world, keeper, new)


def _roll_on(world: World, keeper: Keeper, new: list[Live], old: list[Live]) -> None:
    """One step of a rolling update: more new ones, or else fewer old ones, such that enough are
    ready and not too many there."""
    wants = keeper.wants
    surge, short = _limits(keeper)
    more = min(wants - len(new), wants + surge - len(new) - len(old))
    if more > 0:
        for _ in range(more):
            world.make(keeper)
        return
    waiting = [pod for pod in new if not pod.is_ready]
    spare = len(new) + len(old) - (wants - short) - len(waiting)
    order = sorted(old, key=lambda pod: pod.is_ready)  # those that serve nobody go first
    unready = [pod for pod in order if not pod.is_ready]
    _terminate(order[: max(0, spare, min(len(unready), spare))])


def _limits(keeper: Keeper) -> tuple[int, int]:
    """How many more than wanted there may be, rounded up, and how many fewer, rounded down."""
    given = keeper.controller.surge
    if isinstance(given, str) and given.rstrip("%").isdecimal():
        surge = math.ceil(int(given.rstrip("%")) / 100 * keeper.wants)
    else:
        surge = given if isinstance(given, int) else math.ceil(_SHARE * keeper.wants)
    short = math.floor(_SHARE * keeper.wants)
    return surge, short if surge or short else 1


def _heed_autoscaler(world: World, keeper: Keeper) -> None:
    """An autoscaler keeps the replicas within its bounds.
    https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"""
    for scaler in world.cluster.autoscalers:
        if scaler.target == keeper.controller.name and keeper.wants:
            keeper.wants = max(keeper.wants, 1 if scaler.min is None else scaler.min)
            keeper.wants = min(keeper.wants, scaler.max or keeper.wants)


def _replica_set(world: World, keeper: Keeper) -> None:
    """https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/"""
    _heed_autoscaler(world, keeper)
    _fill(world, keeper, world.working(keeper))


def _fill(world: World, keeper: Keeper, there: list[Live]) -> None:
    for _ in range(keeper.wants - len(there)):
        world.make(keeper)
    if len(there) > keeper.wants:
        beside = {
            id(pod): sum(other.node == pod.node for other in there) if pod.node else 0
            for pod in there
        }
        # Not ready ones go first, then where most stand, then the youngest.
        # https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset
        order = sorted(
            enumerate(there), key=lambda each: (each[1].is_ready, -beside[id(each[1])], -each[0])
        )
        _terminate([pod for _, pod in order[: len(there) - keeper.wants]])


def _terminate(pods: list[Live]) -> None:
    for pod in pods:
        pod.phase, pod.stuck, pod.ending = "Terminating", None, 0


def _stateful_set(world: World, keeper: Keeper) -> None:
    """One Pod at a time, in order up and in reverse down.
    https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees"""
    _heed_autoscaler(world, keeper)
    by_number = {pod.ordinal: pod for pod in world.of(keeper) if pod.phase not in OVER}
    for number in range(keeper.wants):
        pod = by_number.get(number)
        if pod is None:
            world.make(keeper, ordinal=number)
            return
        if not pod.is_ready:
            return
    beyond = [n for n in by_number if n is not None and n >= keeper.wants]
    if beyond:
        last = by_number[max(beyond)]
        if last.is_working:
            _terminate([last])
        return
    stale = [p for p in by_number.values() if p.revision != keeper.revision and p.is_working]
    if stale and keeper.controller.strategy != "OnDelete":
        _terminate([max(stale, key=lambda pod: pod.ordinal or 0)])


def _daemon_set(world: World, keeper: Keeper) -> None:
    """One Pod on each node; it tolerates that a node is cordoned, but starts on no silent one.
    https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations"""
    there = [pod for pod in world.of(keeper) if pod.phase not in OVER]
    if not world.cluster.nodes:
        _fill(world, keeper, world.working(keeper))
        return
    manned = {pod.node for pod in there}
    for node in world.cluster.nodes:
        if node.name not in manned and node.name not in world.down:
            world.make(keeper, node=node.name)
            manned.add(node.name)
    stale = [p for p in there if p.revision != keeper.revision and p.is_working]
    others = [p for p in world.of(keeper) if p.node not in world.down]
    if stale and all(p.is_ready for p in others) and keeper.controller.strategy != "OnDelete":
        reachable = [p for p in stale if p.node not in world.down]
        _terminate(reachable[:1])


def _job(world: World, keeper: Keeper) -> None:
    """New Pods for those that have failed, until it is done or gives up.
    https://kubernetes.io/docs/concepts/workloads/controllers/job/"""
    limit = STARTS if keeper.controller.retries is None else keeper.controller.retries
    if keeper.done >= keeper.wants:
        keeper.over = True
    elif keeper.failures > limit:
        keeper.over = True
        _terminate(world.working(keeper))
    else:
        for _ in range(keeper.wants - keeper.done - len(world.working(keeper))):
            world.make(keeper)


def _cron_job(world: World, keeper: Keeper) -> None:
    """It waits for its time: the event `run`."""


def _custom(world: World, keeper: Keeper) -> None:
    _fill(world, keeper, world.working(keeper))


class _Keeps(dict[str, Callable[[World, Keeper], None]]):
    def __missing__(self, kind: str) -> Callable[[World, Keeper], None]:
        return _custom


_KEEPS = _Keeps(
    Deployment=_deployment,
    ReplicaSet=_replica_set,
    StatefulSet=_stateful_set,
    DaemonSet=_daemon_set,
    Job=_job,
    CronJob=_cron_job,
)
