"""How a story begins: the cluster as it is given, with the Pods that its controllers have."""

import re

from podviz.cluster import facts
from podviz.model import Controller
from podviz.pod import Pod
from podviz.story.kubelet import STALE
from podviz.story.scheduler import schedule
from podviz.story.world import Keeper, Live, World, images_of

STEPS_GONE = 1_000
"""A node that is silent from the start has been so for long."""

_PHASES = {
    "Pending": "Pending",
    "ContainerCreating": "Pending",
    "ImagePullBackOff": "Pending",
    "ErrImagePull": "Pending",
    "Succeeded": "Succeeded",
    "Completed": "Succeeded",
    "Failed": "Failed",
    "Evicted": "Failed",
    "Dead": "Dead",
    "Gone": "Dead",
    "Unknown": "Unknown",
    "Terminating": "Terminating",
}
"""What a Pod's status says → its phase; it runs with any other."""

_CRASHED = frozenset({"Error", "OOMKilled"})


def begin(world: World) -> None:
    """All is as in a cluster that has been left alone, but for what its Pods' statuses tell."""
    for node in world.cluster.nodes:
        if dict(node.conditions).get("Ready") in ("False", "Unknown"):
            world.down[node.name] = STEPS_GONE
    for controller in world.cluster.controllers:
        if not _owner(world, controller, "Deployment"):
            world.keepers.append(_keeper(world, controller))
    for pod in world.cluster.pods:
        world.pods.append(_live(world, pod))
    for keeper in world.keepers:
        _count(world, keeper)
        heed_autoscaler(world, keeper)
        _fill(world, keeper)


# ── controllers ─────────────────────────────────────────────────────────────────────────────


def _owner(world: World, owned: Controller | Pod, kind: str = "") -> Controller | None:
    """The controller of the cluster that has made it."""
    by_name = {(c.kind, c.namespace, c.name): c for c in world.cluster.controllers}
    owners = [o for o in owned.owners if o.controller or len(owned.owners) == 1]
    found = [by_name.get((o.kind, owned.namespace, o.name)) for o in owners]
    return next((c for c in found if c and kind in ("", c.kind)), None)


def _keeper(world: World, controller: Controller) -> Keeper:
    """With the revisions of the ReplicaSets that the cluster tells, the one that counts last."""
    template = controller.pod or Pod(path=f"{controller.path}/pod", name="")
    sets = [c for c in world.cluster.controllers if _owner(world, c, "Deployment") is controller]
    old = [c for c in sets if c.pod and images_of(c.pod) != images_of(template)]
    now = [c for c in sets if c not in old]
    above = _owner(world, controller, "CronJob")
    wants = 1 if controller.replicas is None else controller.replicas
    return Keeper(
        controller=controller,
        wants=wants,
        templates=[*(c.pod for c in old if c.pod), template],
        revision=len(old),
        sets={i: c.name for i, c in enumerate([*old, *now[:1]])},
        above=above,
    )


def heed_autoscaler(world: World, keeper: Keeper) -> None:
    """An autoscaler keeps the replicas within its bounds, unless there shall be none.
    https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"""
    controller = keeper.controller
    for scaler in world.cluster.autoscalers:
        is_meant = scaler.target_kind in (None, controller.kind)
        is_meant = is_meant and scaler.namespace == controller.namespace
        if is_meant and scaler.target == controller.name and keeper.wants:
            keeper.wants = max(keeper.wants, 1 if scaler.min is None else scaler.min)
            keeper.wants = min(keeper.wants, scaler.max or keeper.wants)


def parallel(keeper: Keeper) -> int:
    """How many Pods of a Job work at one time.
    https://kubernetes.io/docs/concepts/workloads/controllers/job/#controlling-parallelism"""
    if keeper.over or keeper.controller.suspended:
        return 0
    most = keeper.wants if keeper.controller.parallel is None else keeper.controller.parallel
    return max(0, min(most, keeper.wants - keeper.done))


def _count(world: World, keeper: Keeper) -> None:
    """What a Job has done so far, by the Pods that are over."""
    if keeper.kind == "Job":
        phases = [pod.phase for pod in world.of(keeper)]
        keeper.done += phases.count("Succeeded")
        keeper.failures += phases.count("Failed")
        keeper.over = keeper.done >= keeper.wants


def _fill(world: World, keeper: Keeper) -> None:
    """The Pods that the cluster does not tell of."""
    there = [pod for pod in world.of(keeper) if pod.phase != "Terminating"]
    made: list[Live] = []
    if keeper.kind == "StatefulSet":
        known = {pod.ordinal for pod in world.of(keeper)}
        for number in range(keeper.wants):
            if number not in known:
                made.append(world.make(keeper, ordinal=number))
                schedule(world)
                if made[-1].ip is None:
                    break  # those after it wait for it
    elif keeper.kind == "DaemonSet" and world.cluster.nodes:
        manned = {pod.node for pod in there}
        for name in homes(world, keeper):
            if name not in manned and name not in world.down:
                made.append(world.make(keeper, node=name))
    elif keeper.kind != "CronJob":
        working = [pod for pod in there if pod.is_working]
        wants = parallel(keeper) if keeper.kind == "Job" else keeper.wants
        made += [world.make(keeper) for _ in range(wants - len(working))]
    schedule(world)
    for pod in made:
        if pod.ip is not None:
            pod.become("Running")


def homes(world: World, keeper: Keeper) -> list[str]:
    """The nodes that a DaemonSet has a Pod on."""
    return [n.name for n in facts.daemon_nodes(keeper.controller, world.cluster)]


# ── Pods that the cluster tells of ──────────────────────────────────────────────────────────


def _live(world: World, pod: Pod) -> Live:
    """It does as its status says, under the controller that owns it."""
    keeper, revision = _kept(world, pod)
    number = re.search(r"-([0-9]+)$", pod.name)
    status = pod.status
    live = Live(
        path=pod.path,
        name=pod.name,
        template=pod,
        keeper=keeper,
        revision=revision,
        ordinal=int(number[1]) if number and keeper and keeper.kind == "StatefulSet" else None,
        node=pod.node,
        ip=pod.ip,
        phase=_PHASES.get(status or "", "Dead" if facts.is_dead(pod) else "Running"),
    )
    is_known = status in _PHASES or status in STALE
    live.told = status if is_known and status != live.phase else None
    if status in _CRASHED and pod.containers:
        live.ended[pod.containers[0].name] = status or ""
    for container in pod.containers:
        if container.restarts:
            live.restarts[container.name] = container.restarts
    if live.ip is None and (live.node or not world.cluster.nodes):
        live.ip = world.addresses.give(pod, live.node)
    if live.ip is None and live.phase == "Running":
        live.phase = "Pending"  # no node has it
    if live.node in world.down and live.phase == "Running":
        live.phase = "Unknown"
    return live


def _kept(world: World, pod: Pod) -> tuple[Keeper | None, int]:
    """Whose Pod it is, a Deployment's through its ReplicaSet, and of which revision."""
    owner = _owner(world, pod)
    above = _owner(world, owner, "Deployment") if owner else None
    for keeper in world.keepers:
        if above and keeper.controller is above and owner:
            named = {name: revision for revision, name in keeper.sets.items()}
            return keeper, named.get(owner.name, keeper.revision)
        if keeper.controller is owner:
            return keeper, keeper.revision
    return None, 0
