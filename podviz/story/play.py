"""A story played: its frames one after the other, each with the cluster at its end."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from podviz import facts
from podviz.meta import Owner
from podviz.model import Cluster, Controller, Service
from podviz.pod import Container, Pod
from podviz.sheet import Event, Frame
from podviz.story.events import happen
from podviz.story.moment import Endpoint, Keeping, Moment
from podviz.story.reactions import act
from podviz.story.world import OVER, Keeper, Live, World

_MOST_STEPS = 2_000
"""Steps after which a cluster that never comes to rest is taken as it is."""


def play(cluster: Cluster, frames: Sequence[Frame]) -> tuple[Moment, ...]:
    """The cluster at the end of each frame.

    The first frame shows it as it has settled; a frame with an event the moment right after it,
    one without lets everyone act until nothing changes, `wait` so many steps. Raises InputError
    where an event finds nothing to happen to.
    """
    world = World(cluster)
    world.begin()
    stage = _Stage()
    moments: list[Moment] = []
    for frame in frames:
        _go_on(world, frame.event)
        moments.append(stage.moment(world))
    return tuple(moments)


def _go_on(world: World, event: Event | None) -> None:
    if event is None:
        for _ in range(_MOST_STEPS):
            before = _state(world)
            act(world)
            if _state(world) == before:
                return
    elif event.kind == "wait":
        for _ in range(event.number or 1):
            act(world)
    else:
        happen(world, event)


def _state(world: World) -> object:
    """All that a step may change."""
    pods = [(p.path, p.phase, p.stuck, p.node, p.ip, p.ending) for p in world.pods]
    kept = [(k.wants, k.made, k.failures, k.done, k.over) for k in world.keepers]
    return pods, kept, dict(world.down)


class _Stage:
    """What is remembered from frame to frame: who stood where, and which addresses served."""

    def __init__(self) -> None:
        self._stood: dict[str, Live] = {}
        self._seen: dict[str, Pod] = {}
        self._served: dict[str, list[str]] = {}
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._first = True

    def moment(self, world: World) -> Moment:
        """The world as it is, compared with the last frame."""
        before = {slot: self._seen[pod.path] for slot, pod in self._stood.items()}
        self._seat(world)
        shown = {pod.path: _concrete(pod) for pod in world.pods}
        cluster = _cluster(world, list(shown.values()))
        known = {pod.path for pod in before.values()}
        born = frozenset() if self._first else frozenset(shown.keys() - known)
        changed = []
        for pod in world.pods:
            old = _before(pod, before)
            fields = _differing(old, shown[pod.path]) if old and not self._first else frozenset()
            if fields or pod.path in born:
                changed.append((pod.path, fields or frozenset({"name", "ip"})))
        ended = {p.path for p in world.pods if p.phase in OVER or p.phase == "Terminating"}
        over = {p.path for p in before.values() if facts.is_dead(p) or p.status in _ENDED}
        moment = Moment(
            cluster=cluster,
            born=born,
            lost=frozenset(ended - over),
            changed=tuple(changed),
            slots=tuple([(pod.path, pod.slot) for pod in world.pods]),
            endpoints=tuple(self._endpoints(world)),
            keepings=tuple(_keepings(world)),
            down=frozenset(world.down),
            cordoned=frozenset(world.cordoned),
        )
        self._seen = shown
        self._stood = {pod.slot: pod for pod in world.pods}
        self._first = False
        return moment

    def _seat(self, world: World) -> None:
        """A slot for every new Pod: on its node one that has become free, else a new one."""
        taken = {pod.slot for pod in world.pods if pod.slot}
        for pod in world.pods:
            here = pod.node or ""
            if pod.slot and pod.slot.partition("#")[0] == here:
                continue
            free = [s for s in self._free(here) if s not in taken]
            kin = [s for s in free if self._stood.get(s) and self._stood[s].keeper is pod.keeper]
            chosen = next(iter(kin), None) or (next(iter(free), None) if here else None)
            if chosen is None:
                chosen = f"{here}#{self._counts[here]}"
                self._counts[here] += 1
            pod.slot = chosen
            taken.add(chosen)

    def _free(self, here: str) -> list[str]:
        return [f"{here}#{i}" for i in range(self._counts[here])]

    def _endpoints(self, world: World) -> list[tuple[str, tuple[Endpoint, ...]]]:
        """Who is ready behind each Service, who no longer, who newly."""
        told = []
        for service in world.cluster.services:
            now = [p.ip for p in world.pods if p.is_ready and p.ip and _serves(service, p)]
            before = self._served.get(service.path, now if self._first else [])
            kept = [Endpoint(ip=ip, state="kept") for ip in before if ip in now]
            gone = [Endpoint(ip=ip, state="gone") for ip in before if ip not in now]
            new = [Endpoint(ip=ip, state="new") for ip in now if ip not in before]
            told.append((service.path, (*kept, *gone, *new)))
            self._served[service.path] = now
        return told


_ENDED = ("Terminating", "Succeeded")


def _before(pod: Live, before: dict[str, Pod]) -> Pod | None:
    """What this Pod was, or what it stands for: who had its name, or its place."""
    same = [old for old in before.values() if old.path == pod.path or old.name == pod.name]
    return next(iter(same), None) or before.get(pod.slot)


def _serves(service: Service, pod: Live) -> bool:
    """True when the Service selects the Pod, by the name of its owner or by labels."""
    if service.type == "ExternalName":
        return False
    owner = pod.keeper.controller.name if pod.keeper else None
    if service.target is not None:
        return service.target in (owner, pod.name)
    labels = set(pod.template.labels)
    return bool(service.selector) and set(service.selector) <= labels


def _differing(old: Pod, new: Pod) -> frozenset[str]:
    """Fields that a reader shall see have changed."""
    if old.path == new.path:
        restarts = [c.restarts or 0 for c in old.containers] != [
            c.restarts or 0 for c in new.containers
        ]
        return frozenset({"restarts"} if restarts else ())
    fields = {name for name in ("name", "ip", "node") if getattr(old, name) != getattr(new, name)}
    if [c.image for c in old.containers] != [c.image for c in new.containers]:
        fields.add("image")
    return frozenset(fields)


# ── the world as a cluster ──────────────────────────────────────────────────────────────────


def _concrete(pod: Live) -> Pod:
    """A Pod as the model has it, alive or dead."""
    keeper = pod.keeper
    owners: tuple[Owner, ...] = ()
    if keeper:
        kind = "ReplicaSet" if keeper.kind == "Deployment" else keeper.kind
        name = (
            keeper.replica_set(pod.revision)
            if keeper.kind == "Deployment"
            else keeper.controller.name
        )
        owners = (Owner(kind=kind, name=name, controller=True),)
    status = {"Starting": "Pending"}.get(pod.phase, pod.phase)
    return replace(
        pod.template,
        path=pod.path,
        name=pod.name,
        node=pod.node,
        ip=pod.ip,
        status=status,
        owners=owners or pod.template.owners,
        containers=tuple([_container(c, pod) for c in pod.template.containers]),
        conditions=(("Ready", str(pod.is_ready)),) if pod.phase in ("Running", "Unknown") else (),
    )


def _container(container: Container, pod: Live) -> Container:
    return replace(
        container,
        path=f"{pod.path}/{container.name}",
        restarts=pod.restarts.get(container.name),
        state=_container_state(container, pod),
        ready=pod.is_ready,
    )


def _container_state(container: Container, pod: Live) -> str:
    """What the kubelet would tell of it. Native sidecars start before the main containers and end
    after them. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/"""
    first = facts.starts_in_order(container)
    if pod.stuck == container.name:
        return "CrashLoopBackOff" if pod.restarts.get(container.name, 0) > 2 else "Error"
    if pod.phase == "Terminating":
        return "running" if container.native and pod.ending == 1 else "terminated"
    if pod.phase in OVER:
        return "Completed" if pod.phase == "Succeeded" else "terminated"
    if pod.phase == "Pending" or (pod.phase == "Starting" and not first):
        return "waiting"
    if facts.role(container).value == "init":
        return "Completed" if pod.phase == "Running" else "running"
    return "running"


def _cluster(world: World, pods: list[Pod]) -> Cluster:
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


def _keepings(world: World) -> list[Keeping]:
    told = []
    for keeper in world.keepers:
        if keeper.kind == "CronJob":
            continue
        has = sum(pod.is_ready for pod in world.of(keeper))
        note = ""
        if keeper.kind == "Job":
            gave_up = keeper.over and keeper.done < keeper.wants
            note = "failed" if gave_up else "" if keeper.over else "running"
            has = keeper.done
        wants = keeper.wants
        if keeper.kind == "DaemonSet" and world.cluster.nodes:
            wants = len(world.cluster.nodes)
        told.append(
            Keeping(kind=keeper.kind, name=keeper.controller.name, wants=wants, has=has, note=note)
        )
    return told
