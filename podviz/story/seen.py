"""The world as a cluster: what kubectl would tell of it at one moment."""

from msgspec.structs import replace

from podviz.cluster import facts
from podviz.meta import Owner
from podviz.model import Cluster, Controller, Service
from podviz.pod import Container, Pod
from podviz.story.kubelet import state
from podviz.story.moment import Keeping
from podviz.story.start import homes
from podviz.story.world import Keeper, Live, World

ROLLED = frozenset({"Deployment", "StatefulSet", "DaemonSet"})
"""Kinds that replace the Pods of an earlier revision."""


def concrete(pod: Live) -> Pod:
    """A Pod as the model has it, alive or dead."""
    keeper = pod.keeper
    owners: tuple[Owner, ...] = ()
    if keeper:
        is_below = keeper.kind == "Deployment"
        name = keeper.replica_set(pod.revision) if is_below else keeper.controller.name
        kind = "ReplicaSet" if is_below else keeper.kind
        owners = (Owner(kind=kind, name=name, controller=True),)
    phase = {"Starting": "Pending"}.get(pod.phase, pod.phase)
    return replace(
        pod.template,
        path=pod.path,
        name=pod.name,
        namespace=pod.namespace,
        node=pod.node,
        ip=pod.ip,
        status=pod.told or phase,
        owners=owners or pod.template.owners,
        containers=tuple([_container(c, pod) for c in pod.template.containers]),
        conditions=(("Ready", str(pod.is_ready)),) if pod.phase in ("Running", "Unknown") else (),
    )


def _container(container: Container, pod: Live) -> Container:
    return replace(
        container,
        path=f"{pod.path}/{container.name}",
        restarts=pod.restarts.get(container.name),
        state=state(container, pod),
        ready=pod.is_ready,
    )


def cluster(world: World, pods: list[Pod]) -> Cluster:
    """The cluster with all its Pods, and the ReplicaSets, Jobs and claims that came of them."""
    controllers: list[Controller] = []
    for keeper in world.keepers:
        controllers.append(replace(keeper.controller, replicas=keeper.wants, owners=_above(keeper)))
        if keeper.kind == "Deployment":
            controllers += _replica_sets(world, keeper)
        for pod in world.of(keeper):
            for claim in facts.claims_of(keeper.controller, pod.name):
                world.claims.setdefault(claim.path, claim)
    return replace(
        world.cluster,
        pods=tuple(pods),
        controllers=tuple(controllers),
        claims=tuple(world.claims.values()),
    )


def _above(keeper: Keeper) -> tuple[Owner, ...]:
    if keeper.above is None:
        return keeper.controller.owners
    return (Owner(kind="CronJob", name=keeper.above.name, controller=True),)


def _replica_sets(world: World, keeper: Keeper) -> list[Controller]:
    """One for each revision, the old ones with as many Pods as they still have."""
    made = []
    for revision, template in enumerate(keeper.templates):
        name = keeper.replica_set(revision)
        working = [p for p in world.working(keeper) if p.revision == revision]
        space = keeper.controller.path.rpartition("Deployment/")[0]
        made.append(
            Controller(
                path=f"{space}ReplicaSet/{name}",
                kind="ReplicaSet",
                name=name,
                namespace=keeper.controller.namespace,
                replicas=len(working),
                pod=template,
                owners=(Owner(kind="Deployment", name=keeper.controller.name, controller=True),),
            )
        )
    return made


def serves(service: Service, pod: Live) -> bool:
    """True when the Service selects the Pod, by the name of its owner or by labels."""
    if service.type == "ExternalName" or service.namespace != pod.namespace:
        return False
    owner = pod.keeper.controller.name if pod.keeper else None
    if service.target is not None:
        return service.target in (owner, pod.name)
    return bool(service.selector) and set(service.selector) <= set(pod.template.labels)


def keepings(world: World) -> list[Keeping]:
    """What each controller wants and has; a CronJob's schedule."""
    return [_keeping(world, keeper) for keeper in world.keepers]


def _keeping(world: World, keeper: Keeper) -> Keeping:
    has = sum(pod.is_ready for pod in world.of(keeper))
    wants, note = keeper.wants, ""
    if keeper.kind == "Job":
        gave_up = keeper.over and keeper.done < keeper.wants
        note = "failed" if gave_up else "" if keeper.over else "running"
        has = keeper.done
    elif keeper.kind == "CronJob":
        note, wants, has = keeper.controller.schedule or "", 0, 0
    elif keeper.kind == "DaemonSet" and world.cluster.nodes:
        wants = len(homes(world, keeper))
    old = [pod for pod in world.working(keeper) if pod.revision != keeper.revision]
    missing = max(0, wants - len(world.working(keeper))) if keeper.kind != "Job" else 0
    return Keeping(
        kind=keeper.kind,
        name=keeper.controller.name,
        wants=wants,
        has=has,
        old=len(old) if keeper.kind in ROLLED else 0,
        missing=missing,
        note=note,
    )
