"""What controllers, the scheduler and the kubelets do about it, one step after the other."""

from collections.abc import Callable

from podviz.story.eviction import evict
from podviz.story.kubelet import kubelets
from podviz.story.rollout import deployment, limits
from podviz.story.scheduler import schedule
from podviz.story.start import heed_autoscaler, homes, parallel
from podviz.story.surplus import fill, terminate
from podviz.story.world import OVER, Keeper, World

_RETRIES = 6
"""A Job gives up after so many retries unless it says otherwise.
https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy"""

_KEPT = {True: 3, False: 1}
"""Whether it has succeeded → how many finished Jobs a CronJob keeps.
https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits"""


def act(world: World) -> None:
    """One step of everyone: kubelets, evictions, controllers, scheduler."""
    kubelets(world)
    evict(world)
    for keeper in list(world.keepers):
        _KEEPS[keeper.kind](world, keeper)
    schedule(world)


def _replica_set(world: World, keeper: Keeper) -> None:
    """https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/"""
    heed_autoscaler(world, keeper)
    fill(world, keeper, world.working(keeper))


def _stateful_set(world: World, keeper: Keeper) -> None:
    """One Pod at a time, in order up and in reverse down.
    https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees"""
    heed_autoscaler(world, keeper)
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
            terminate([last])
        return
    stale = [p for p in by_number.values() if p.revision != keeper.revision and p.is_working]
    if stale and keeper.controller.strategy != "OnDelete":
        terminate([max(stale, key=lambda pod: pod.ordinal or 0)])


def _daemon_set(world: World, keeper: Keeper) -> None:
    """One Pod on each node; it tolerates that a node is cordoned, but starts on no silent one.
    https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations"""
    if not world.cluster.nodes:
        fill(world, keeper, world.working(keeper))
    manned = {pod.node for pod in world.of(keeper) if pod.phase not in OVER}
    nodes = homes(world, keeper)
    for name in nodes:
        if name not in manned and name not in world.down:
            world.make(keeper, node=name)
    if keeper.controller.strategy != "OnDelete":
        _renew(world, keeper, nodes)


def _renew(world: World, keeper: Keeper, nodes: list[str]) -> None:
    """Old Pods go as long as few enough nodes are without a ready one; those that serve nobody
    go at once. https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/"""
    there = world.working(keeper)
    stale = [pod for pod in there if pod.revision != keeper.revision]
    new = [pod for pod in there if pod not in stale]
    held = {pod.node for pod in stale}
    lacking = [name for name in nodes if name not in {p.node for p in new if p.is_ready} | held]
    spare = max(1, limits(keeper, len(nodes), surge=0, short=1)[1]) - len(lacking)
    ready = [pod for pod in stale if pod.is_ready]
    terminate([pod for pod in stale if not pod.is_ready] + ready[: max(0, spare)])


def _job(world: World, keeper: Keeper) -> None:
    """New Pods for those that have failed, until it is done or gives up.
    https://kubernetes.io/docs/concepts/workloads/controllers/job/"""
    working = world.working(keeper)
    if keeper.done >= keeper.wants:
        keeper.over = True
    elif _gives_up(keeper, sum(sum(pod.restarts.values()) for pod in working)):
        keeper.over = True
        terminate(working)
    else:
        for _ in range(parallel(keeper) - len(working)):
            world.make(keeper)


def _gives_up(keeper: Keeper, restarts: int) -> bool:
    """The Pods that have failed and the restarts of those at work are counted each on its own."""
    limit = _RETRIES if keeper.controller.retries is None else keeper.controller.retries
    return keeper.failures > limit or restarts >= max(limit, 1)


def _cron_job(world: World, keeper: Keeper) -> None:
    """It waits for its time, the event `run`, and keeps few of the Jobs that have finished."""
    own = [k for k in world.keepers if k.above is keeper.controller and k.over]
    for is_done, most in _KEPT.items():
        alike = [job for job in own if (job.done >= job.wants) is is_done]
        for job in alike[:-most]:
            world.keepers.remove(job)
            world.pods = [pod for pod in world.pods if pod.keeper is not job]


class _Keeps(dict[str, Callable[[World, Keeper], None]]):
    def __missing__(self, kind: str) -> Callable[[World, Keeper], None]:
        return _replica_set


_KEEPS = _Keeps(
    Deployment=deployment,
    StatefulSet=_stateful_set,
    DaemonSet=_daemon_set,
    Job=_job,
    CronJob=_cron_job,
)
