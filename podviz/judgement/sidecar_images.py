"""Sidecar images that a team knows beside those of podviz."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from msgspec.structs import replace

from podviz.cluster.images import repository
from podviz.cluster.roles import judged
from podviz.model import Cluster, Controller
from podviz.pod import Container, Pod, Role

_DEFAULT = "kubectl.kubernetes.io/default-container"


def declare(cluster: Cluster, patterns: Sequence[str]) -> Cluster:
    """The cluster with role sidecar on containers whose image fits a pattern (`team/proxy`,
    `*-agent`), and the roles beside them judged anew. Roles that the input declares stay, and so
    does a container that runs alone."""
    if not patterns:
        return cluster
    low = tuple(pattern.lower() for pattern in patterns)
    return replace(
        cluster,
        pods=tuple(_pod(pod, pod.name, cluster, low) for pod in cluster.pods),
        controllers=tuple(_controller(each, cluster, low) for each in cluster.controllers),
    )


def _controller(controller: Controller, cluster: Cluster, patterns: Sequence[str]) -> Controller:
    pod = controller.pod
    return replace(
        controller,
        pod=_pod(pod, controller.name, cluster, patterns) if pod else None,
        more=tuple(_pod(each, controller.name, cluster, patterns) for each in controller.more),
    )


def _pod(pod: Pod, workload: str, cluster: Cluster, patterns: Sequence[str]) -> Pod:
    running = [c for c in pod.containers if c.role is not Role.INIT and not c.ephemeral]
    fitting = {c.path for c in running if _is_open(c) and _fits(c.image, patterns)}
    if len(running) < 2 or not fitting:
        return pod
    containers = []
    for container in pod.containers:
        if container.path in fitting:
            containers.append(replace(container, role=Role.SIDECAR, reason=None))
        elif container.reason and container.role is not Role.INIT:
            containers.append(replace(container, role=None, reason=None))
        else:
            containers.append(container)
    made = replace(pod, containers=tuple(containers))
    if cluster.own:
        return made
    return judged(made, workload, default=dict(pod.annotations).get(_DEFAULT))


def _is_open(container: Container) -> bool:
    """True unless the input itself says what the container is for."""
    return not container.native and (container.role is None or container.reason is not None)


def _fits(image: str | None, patterns: Sequence[str]) -> bool:
    return image is not None and any(
        fnmatchcase(path, pattern) for path in repository(image) for pattern in patterns
    )
