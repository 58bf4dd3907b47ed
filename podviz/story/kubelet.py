"""What the kubelet of each node does with its Pods and their containers."""

from podviz.cluster import facts
from podviz.pod import Container
from podviz.story.world import OVER, Live, World

STALE = frozenset({"CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull"})
"""States in which a Pod tries again and again in vain."""

_PROBES = frozenset({"readiness", "startup"})
"""Probes that a Pod waits for before it is ready."""


def state(container: Container, pod: Live) -> str:
    """What the kubelet would tell of a container. Native sidecars start before the main containers
    and end after them. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/"""
    how = pod.ended.get(container.name)
    if how is not None:
        is_again = pod.restarts.get(container.name, 0) > 0 and _starts_again(container, pod)
        return "CrashLoopBackOff" if is_again and how == "Error" else how
    if pod.phase == "Terminating":
        return "running" if container.native and pod.ending == 0 else "terminated"
    if pod.phase in OVER:
        return "Completed" if pod.phase == "Succeeded" else "terminated"
    if pod.phase == "Pending" or pod.told in STALE:
        return "waiting"
    if pod.phase == "Starting":
        return _starting(container, pod)
    return "Completed" if facts.role(container).value == "init" else "running"


def _starting(container: Container, pod: Live) -> str:
    """Init containers and native sidecars in their turn, each when the one before it is through;
    the last of them now. https://kubernetes.io/docs/concepts/workloads/pods/init-containers/"""
    if not facts.starts_in_order(container):
        return "waiting"
    first = [c for c in pod.template.containers if facts.starts_in_order(c)]
    return "running" if container.native or container is first[-1] else "Completed"


def _starts_again(container: Container, pod: Live) -> bool:
    """https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy"""
    how = pod.ended.get(container.name)
    return container.native or pod.policy == "Always" or (pod.policy == "OnFailure" and how != DONE)


DONE = "Completed"


def stop(pod: Live, name: str, how: str) -> None:
    """A container ends. If no other is left to run and none starts again, so does the Pod."""
    pod.ended[name] = how
    rest = [c for c in pod.long if c.name not in pod.ended or _starts_again(c, pod)]
    init = [c for c in pod.template.containers if c.name == name and c not in pod.long]
    is_lost = bool(init) and not _starts_again(init[0], pod)
    if rest and not is_lost:
        return
    failed = is_lost or any(pod.ended[c.name] != DONE for c in pod.long)
    end(pod, "Failed" if failed else "Succeeded")


def end(pod: Live, phase: str) -> None:
    """The Pod runs no more; a Job counts it.
    https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy"""
    pod.become(phase)
    if pod.keeper and pod.kind == "Job":
        if phase == "Succeeded":
            pod.keeper.done += 1
        else:
            pod.keeper.failures += 1


# ── one step ────────────────────────────────────────────────────────────────────────────────


def kubelets(world: World) -> None:
    """One step of all nodes that answer."""
    for pod in list(world.pods):
        if pod.node in world.down or pod.told in STALE:
            continue  # nobody there to do anything, or nothing that helps
        if pod.phase == "Terminating":
            _terminate(world, pod)
        elif pod.keeper and (pod.phase == "Dead" or (pod.phase == "Failed" and _is_cleared(pod))):
            world.pods.remove(pod)
        elif pod.ended:
            _restart(pod)
        elif pod.phase == "Pending" and pod.ip is not None and pod.takes_turns:
            pod.become("Starting")
        elif pod.phase == "Starting" or (pod.phase == "Pending" and pod.ip is not None):
            pod.become("Running")
            pod.probing = any(_PROBES & set(c.probes) for c in pod.template.containers)
        elif pod.probing:
            pod.probing = False
        _work(pod)


def _is_cleared(pod: Live) -> bool:
    """Others keep what has failed, as a record.
    https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection"""
    return pod.kind in ("StatefulSet", "DaemonSet")


def _terminate(world: World, pod: Live) -> None:
    """It goes in one step, native sidecars in one more. A Job counts it as a failure."""
    pod.ending += 1
    if pod.has_native and pod.ending == 1:
        return
    world.pods.remove(pod)
    if pod.keeper and pod.kind == "Job" and not pod.keeper.over:
        pod.keeper.failures += 1


def _restart(pod: Live) -> None:
    for container in pod.template.containers:
        if container.name in pod.ended and _starts_again(container, pod):
            del pod.ended[container.name]
            pod.restarts[container.name] = pod.restarts.get(container.name, 0) + 1
            pod.probing = pod.probing or bool(_PROBES & set(container.probes))


def _work(pod: Live) -> None:
    """The Pod of a Job that a CronJob has made does its work and ends."""
    if pod.keeper is None or pod.keeper.above is None or not pod.is_ready:
        return
    pod.worked += 1
    if pod.worked > 1:  # seen at work for one step
        complete(pod)


def complete(pod: Live) -> None:
    """The main containers have done their work. A sidecar that is none of Kubernetes' own goes on,
    and the Pod with it. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers"""
    mains = [c for c in pod.long if facts.role(c).value != "sidecar"] or pod.long
    for container in mains:
        if pod.phase == "Running":
            stop(pod, container.name, DONE)
