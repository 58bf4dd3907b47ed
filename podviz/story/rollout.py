"""How a Deployment comes from one ReplicaSet to the next."""

import math
from collections import Counter
from collections.abc import Callable, Mapping

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
    elif not old:
        fill(world, keeper, new)
    elif keeper.met not in (None, keeper.wants):
        _rescale(world, keeper, every, keeper.met or 0)
    else:
        _roll_on(world, keeper, new, old)
    keeper.met = keeper.wants


def _rescale(world: World, keeper: Keeper, every: list[Live], was: int) -> None:
    """Other replicas in the middle of a rollout: every ReplicaSet gets its share, the only one
    that has Pods all. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#proportional-scaling"""
    sizes = Counter(pod.revision for pod in every)
    wants, before = (n + limits(keeper, n)[0] if n else 0 for n in (keeper.wants, was))
    alone = dict.fromkeys(sizes, keeper.wants)
    wanted = alone if len(sizes) == 1 else shares(sizes, wants, before)
    for revision, size in wanted.items():
        own = [pod for pod in every if pod.revision == revision]
        for _ in range(size - len(own)):
            world.make(keeper, revision=revision)
        terminate(leaving(own)[: max(0, len(own) - size)])


def shares(sizes: Mapping[int, int], wants: int, before: int) -> dict[int, int]:
    """Revision → Pods of each ReplicaSet when there may be `wants` in all, where it were `before`:
    in proportion, and to the largest what is left over."""
    left = wants - sum(sizes.values())
    order = sorted(sizes, key=lambda n: (-sizes[n], -n if left > 0 else n))
    nearer = min if left > 0 else max
    given = {}
    for revision in order:
        share = math.floor(sizes[revision] * wants / max(before, 1) + 0.5) - sizes[revision]
        part = nearer(share, left)
        given[revision] = sizes[revision] + part
        left -= part
    given[order[0]] = max(0, given[order[0]] + left)
    return given


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
