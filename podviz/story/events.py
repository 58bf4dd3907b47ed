"""What happens to a cluster from outside: the moment right after it, before anyone reacts."""

from msgspec.structs import replace

from podviz.errors import InputError
from podviz.sheet import Event
from podviz.story.world import OVER, Keeper, Live, World

STARTS = 6
"""A Job gives up after so many retries unless it says otherwise.
https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy"""


def happen(world: World, event: Event) -> None:
    """The event alone. Raises InputError where there is nothing that it could happen to."""
    match event.kind:
        case "kill":
            _end(_pod(world, event), "Dead")
        case "crash":
            name, _, container = event.target.rpartition("/")
            _crash(_pod(world, replace(event, target=name or container)), container)
        case "fail":
            _fail(world, event.target)
        case "drain":
            _drain(world, event.target)
        case "scale":
            _keeper(world, event).wants = event.number or 0
        case "roll":
            world.roll(_keeper(world, event), event.image or "")
        case "run":
            _run(world, _keeper(world, event))
        case _:
            raise AssertionError(event.kind)


def _pod(world: World, event: Event) -> Live:
    """The Pod of this name, or the first that a controller of this name has."""
    found = [p for p in world.pods if p.name == event.target and p.phase not in OVER]
    found += [
        pod
        for keeper in world.keepers
        if keeper.controller.name == event.target
        or (keeper.above and keeper.above.name == event.target)
        for pod in world.of(keeper)
        if pod.is_working
    ]
    if not found:
        where = f"{event.place}: " if event.place else ""
        raise InputError(f"{where}no Pod of '{event.target}' runs at this point of the story")
    return found[0]


def _keeper(world: World, event: Event) -> Keeper:
    found = [k for k in world.keepers if k.controller.name == event.target]
    if not found:
        where = f"{event.place}: " if event.place else ""
        raise InputError(f"{where}there is no controller '{event.target}'")
    return found[0]


def _end(pod: Live, phase: str) -> None:
    """The Pod runs no more; of a Job, that is a failure."""
    pod.phase, pod.stuck = phase, None
    if pod.keeper and pod.keeper.kind == "Job":
        pod.keeper.failures += 1


def _crash(pod: Live, container: str) -> None:
    """The container ends. The kubelet starts it again where the Pod stands, unless the Pod says
    Never. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy"""
    names = [c.name for c in pod.template.containers]
    hurt = container if container in names else (names[0] if names else "")
    is_job = pod.keeper is not None and pod.keeper.kind == "Job"
    policy = pod.template.restart or ("Never" if is_job else "Always")
    if policy == "Never":
        _end(pod, "Failed")
        return
    pod.restarts[hurt] = pod.restarts.get(hurt, 0) + 1
    pod.stuck = hurt
    if is_job and pod.keeper:
        pod.keeper.failures += 1


def _fail(world: World, node: str) -> None:
    """The node is silent: nobody knows what its Pods do.
    https://kubernetes.io/docs/concepts/architecture/nodes/#condition"""
    world.down[node] = 0
    for pod in world.pods:
        if pod.node == node and pod.phase in ("Running", "Starting"):
            pod.phase, pod.stuck = "Unknown", None


def _drain(world: World, node: str) -> None:
    """The node takes no new Pods, and those of no DaemonSet are told to end.
    https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"""
    world.cordoned.add(node)
    for pod in world.pods:
        is_daemon = pod.keeper is not None and pod.keeper.kind == "DaemonSet"
        if pod.node == node and pod.is_working and not is_daemon:
            pod.phase, pod.stuck, pod.ending = "Terminating", None, 0


def _run(world: World, keeper: Keeper) -> None:
    """A CronJob makes a Job; a Job's Pods come to their end."""
    if keeper.kind == "CronJob":
        keeper.made += 1
        name = f"{keeper.controller.name}-{keeper.made}"
        space = keeper.controller.path.rpartition("CronJob/")[0]
        job = replace(
            keeper.controller, path=f"{space}Job/{name}", kind="Job", name=name, schedule=None
        )
        made = Keeper(controller=job, wants=1, templates=list(keeper.templates))
        made.above = keeper.controller
        world.keepers.append(made)
        world.make(made)
        world.schedule()
        return
    for pod in world.working(keeper):
        pod.phase, pod.stuck = "Succeeded", None
        keeper.done += 1
