"""How a Deployment comes from one ReplicaSet to the next."""

import math
from collections.abc import Callable

from podviz.story.start import heed_autoscaler
from podviz.story.surplus import fill, leaving, terminate
from podviz.story.world import Keeper, Live, World

_SHARE = "25%"
"""Of the replicas, how many more or fewer a rolling update may have, unless it says otherwise.
https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment"""


def deployment(world: World, keeper: Keeper) -> None:
    """https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"""
    heed_autoscaler(world, keeper)
    every = world.working(keeper)
    new = [pod for pod in every if pod.revision == keeper.revision]
    old = [pod for pod in every if pod.revision != keeper.revision]
    if keeper.controller.strategy == "Recreate":
        terminate(old)
        going = [p for p in world.of(keeper) if p.phase == "Terminating"]
        if not any(pod.revision != keeper.revision for pod in going):
            fill(world, keeper, new)
    elif old:
        _roll_on(world, keeper, new, old)
    else:
        fill(world, keeper, new)


def _roll_on(world: World, keeper: Keeper, new: list[Live], old: list[Live]) -> None:
    """One step of a rolling update: more new ones, or else fewer old ones, such that enough are
    ready and not too many there. Of the old ones those that serve nobody go first, then those of
    the oldest ReplicaSet."""
    wants = keeper.wants
    surge, short = limits(keeper, wants)
    more = min(wants - len(new), wants + surge - len(new) - len(old))
    if more > 0:
        for _ in range(more):
            world.make(keeper)
        return
    terminate(leaving(new)[: max(0, len(new) - wants)])
    waiting = [pod for pod in new if not pod.is_ready]
    spare = len(new) + len(old) - (wants - short) - len(waiting)
    born = {pod.revision: number for number, pod in reversed(list(enumerate(world.of(keeper))))}
    order = sorted(leaving(old), key=lambda pod: (pod.is_ready, born[pod.revision]))
    terminate(order[: max(0, spare)])


def limits(
    keeper: Keeper, wants: int, *, surge: int | str = _SHARE, short: int | str = _SHARE
) -> tuple[int, int]:
    """How many more than wanted there may be, rounded up, and how many fewer, rounded down; one
    fewer where it would be none of either."""
    controller = keeper.controller
    more = _amount(controller.surge, surge, wants, math.ceil)
    fewer = _amount(controller.unavailable, short, wants, math.floor)
    return more, fewer if more or fewer else 1


def _amount(
    given: int | str | None, usual: int | str, wants: int, rounded: Callable[[float], int]
) -> int:
    said = usual if given is None else given
    if isinstance(said, int):
        return said
    share = said.rstrip("%")
    return rounded(int(share) * wants / 100) if share.isdecimal() else 0
