"""Pods that have to leave a node: because it is silent, or because it is drained."""

import math

from podviz.around import Budget
from podviz.cluster.relations import matches
from podviz.story.world import WORKING, Live, World

PATIENCE = 1
"""Steps that Pods stay on a silent node: one for the 300 s that they tolerate it.
https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions"""


def evict(world: World) -> None:
    """What does not tolerate a silent node for ever is told to end, and stays until the node
    answers; a drain goes on where a budget has held it up. DaemonSet Pods stay."""
    for node, steps in world.down.items():
        world.down[node] = min(steps + 1, PATIENCE + 1)
        if steps < PATIENCE:
            continue
        for pod in world.pods:
            if pod.node == node and pod.phase in WORKING and pod.kind != "DaemonSet":
                pod.become("Terminating")
    for node in sorted(world.cordoned):
        drain(world, node)


def drain(world: World, node: str) -> None:
    """Pods of no DaemonSet are told to end, as many as their budgets allow.
    https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"""
    for pod in world.pods:
        if pod.node != node or not pod.is_working or pod.kind == "DaemonSet":
            continue
        if not pod.is_ready or all(_allows(world, each) for each in _budgets(world, pod)):
            pod.become("Terminating")


def _budgets(world: World, pod: Live) -> list[Budget]:
    return [each for each in world.cluster.budgets if _is_of(each, pod)]


def _is_of(budget: Budget, pod: Live) -> bool:
    if budget.selector is None or budget.namespace != pod.namespace:
        return False
    asks = budget.selector.labels or budget.selector.requirements or budget.matches_all
    return bool(asks) and matches(budget.selector, pod.template.labels)


def _allows(world: World, budget: Budget) -> bool:
    """True while more Pods are ready than have to be; percents of all that are wanted are rounded
    up. https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages"""
    meant = [pod for pod in world.pods if _is_of(budget, pod)]
    keepers = {id(pod.keeper): pod.keeper for pod in meant if pod.keeper}
    wanted = sum(keeper.wants for keeper in keepers.values())
    wanted += sum(pod.keeper is None and pod.is_working for pod in meant)
    least = _amount(budget.min_available, wanted)
    if least is None:
        most = _amount(budget.max_unavailable, wanted)
        least = 0 if most is None else wanted - most
    return sum(pod.is_ready for pod in meant) > least


def _amount(given: int | str | None, whole: int) -> int | None:
    if isinstance(given, str):
        share = given.rstrip("%")
        return math.ceil(int(share) / 100 * whole) if share.isdecimal() else None
    return given
