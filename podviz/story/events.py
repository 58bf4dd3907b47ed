"""What happens to a cluster from outside: the moment right after it, before anyone reacts."""

from collections.abc import Sequence
from typing import NoReturn

from msgspec.structs import replace

from podviz.cluster import facts
from podviz.errors import SpecError
from podviz.finding import Finding, Severity
from podviz.sheet import Event
from podviz.story import kubelet
from podviz.story.eviction import drain
from podviz.story.scheduler import schedule
from podviz.story.start import parallel
from podviz.story.world import Keeper, Live, World
from podviz.text import Text

_SCALED = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet")
_ROLLED = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")
_RUN = ("Job", "CronJob")


def happen(world: World, event: Event) -> None:
    """The event alone. Raises SpecError where there is nothing that it could happen to."""
    match event.kind:
        case "kill":
            _kill(world, _pods(world, event)[0])
        case "crash":
            _crash(world, event)
        case "fail":
            _fail(world, event)
        case "drain":
            _drain(world, event)
        case "scale":
            _keeper(world, event, _SCALED).wants = event.number or 0
        case "roll":
            world.roll(_keeper(world, event, _ROLLED), event.image or "")
        case "run":
            _run(world, event)
        case _:
            raise AssertionError(event.kind)


# ── what it cannot happen to ────────────────────────────────────────────────────────────────


_PATIENCE = Text(
    "먼저 시간을 보내세요: 사건 없는 장면이나 wait",
    "let time pass before it: a frame without an event, or wait",
)


def _refuse(event: Event, code: str, ko: str, en: str, help: Text | None = None) -> NoReturn:
    """Raises the SpecError that tells it at the event's place."""
    where = f"{event.place}: " if event.place else ""
    name = {"POD007": "dangling-reference", "POD008": "invalid-value"}[code]
    found = []
    if event.place:
        finding = Finding(
            code=code,
            name=name,
            severity=Severity.ERROR,
            message=Text(ko, en),
            place=event.place,
            help=help,
        )
        found.append(finding)
    raise SpecError(where + en, found)


def _pods(world: World, event: Event, target: str | None = None) -> list[Live]:
    """The Pod of this name, or those that a controller of this name has; the ones that run
    first."""
    target = event.target if target is None else target
    named = [pod for pod in world.pods if pod.name == target]
    kept = [
        pod
        for keeper in world.keepers
        if target in (keeper.controller.name, keeper.above.name if keeper.above else None)
        for pod in world.of(keeper)
    ]
    found = [pod for pod in named + kept if pod.is_working]
    if not found:
        _nobody(event, target)
    return sorted(found, key=lambda pod: pod.phase == "Pending")


def _nobody(event: Event, target: str) -> NoReturn:
    _refuse(
        event,
        "POD008",
        f"이야기의 이 시점에 실행 중인 '{target}' Pod가 없습니다",
        f"no Pod of '{target}' runs at this point of the story",
        _PATIENCE,
    )


def _keeper(world: World, event: Event, kinds: Sequence[str]) -> Keeper:
    named = [k for k in world.keepers if k.controller.name == event.target]
    found = [k for k in named if k.kind in kinds]
    if found:
        return found[0]
    listed = ", ".join(kinds)
    if named:
        _refuse(
            event,
            "POD008",
            f"{event.kind}: {listed} 가운데 하나여야 합니다. "
            f"'{event.target}'은(는) {named[0].kind}입니다",
            f"{event.kind} must name one of {listed}; '{event.target}' is a {named[0].kind}",
        )
    _refuse(
        event,
        "POD007",
        f"'{event.kind}'가 가리키는 '{event.target}'이(가) 없습니다",
        f"'{event.kind}' refers to '{event.target}', which does not exist",
    )


def _node(world: World, event: Event) -> str:
    if event.target not in {node.name for node in world.cluster.nodes}:
        _refuse(
            event,
            "POD007",
            f"'{event.kind}'가 가리키는 노드 '{event.target}'이(가) 없습니다",
            f"'{event.kind}' refers to node '{event.target}', which does not exist",
        )
    return event.target


# ── Pods ────────────────────────────────────────────────────────────────────────────────────


def _kill(world: World, pod: Live) -> None:
    """On a node that is silent nobody can tell that it has ended: it only shall.
    https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/"""
    if pod.node in world.down:
        pod.become("Terminating")
    else:
        kubelet.end(pod, "Dead")


def _crash(world: World, event: Event) -> None:
    """The container ends. The kubelet starts it again where the Pod stands, unless the Pod says
    Never. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy"""
    target, _, name = event.target.rpartition("/")
    pods = _pods(world, event, target or name)
    for pod in pods:
        own = [c for c in pod.template.containers if c.name == name or not target]
        runs = [c for c in own if kubelet.state(c, pod) == "running" and pod.phase != "Unknown"]
        mains = [c for c in runs if facts.role(c).value == "main"]
        if runs:
            kubelet.stop(pod, (mains or runs)[0].name, "Error")
            return
        if not own:
            _refuse(
                event,
                "POD007",
                f"Pod '{pod.name}'에는 컨테이너 '{name}'이(가) 없습니다",
                f"Pod '{pod.name}' has no container '{name}'",
            )
    _refuse(
        event,
        "POD008",
        f"이야기의 이 시점에 '{event.target}'의 컨테이너는 실행 중이 아닙니다",
        f"no container of '{event.target}' runs at this point of the story",
        _PATIENCE,
    )


# ── nodes ───────────────────────────────────────────────────────────────────────────────────


def _fail(world: World, event: Event) -> None:
    """The node is silent: nobody knows what its Pods do.
    https://kubernetes.io/docs/concepts/architecture/nodes/#condition"""
    node = _node(world, event)
    if node in world.down:
        _refuse(
            event,
            "POD008",
            f"노드 '{node}'은(는) 이미 실패했습니다",
            f"node '{node}' has failed already",
        )
    world.down[node] = 0
    for pod in world.pods:
        if pod.node == node and pod.phase in ("Running", "Starting"):
            pod.become("Unknown")


def _drain(world: World, event: Event) -> None:
    """The node takes no new Pods, and those of no DaemonSet are told to end."""
    node = _node(world, event)
    world.cordoned.add(node)
    drain(world, node)


# ── Jobs ────────────────────────────────────────────────────────────────────────────────────


def _run(world: World, event: Event) -> None:
    """A CronJob makes a Job; a Job's Pods come to their end."""
    keeper = _keeper(world, event, _RUN)
    if keeper.kind == "CronJob":
        _start(world, keeper)
        return
    running = [pod for pod in world.of(keeper) if pod.is_ready]
    if not running:
        _nobody(event, event.target)
    for pod in running:
        kubelet.complete(pod)


def _start(world: World, keeper: Keeper) -> None:
    """What it does while an earlier Job still works is for its policy to say.
    https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy"""
    controller = keeper.controller
    at_work = [k for k in world.keepers if k.above is controller and not k.over]
    if controller.suspended or (at_work and controller.concurrency == "Forbid"):
        return
    if controller.concurrency == "Replace":
        for old in at_work:
            world.pods = [pod for pod in world.pods if pod.keeper is not old]
            world.keepers.remove(old)
    name = facts.job_name(controller, keeper.made)
    keeper.made += 1
    space = controller.path.rpartition("CronJob/")[0]
    job = replace(controller, path=f"{space}Job/{name}", kind="Job", name=name, schedule=None)
    wants = 1 if controller.replicas is None else controller.replicas
    made = Keeper(controller=job, wants=wants, templates=list(keeper.templates), above=controller)
    world.keepers.append(made)
    for _ in range(parallel(made)):
        world.make(made)
    schedule(world)
