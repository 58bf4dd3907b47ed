"""What objects name, and what of it is not there."""

from collections.abc import Iterator

from msgspec import Struct

from podviz.around import Endpoints, Store, Thing
from podviz.cluster.relations import (
    SCALED,
    Object,
    Relations,
    Workload,
    namespace_of,
    objects,
    templates,
)
from podviz.meta import Reference
from podviz.model import Autoscaler, Controller, Ingress
from podviz.place import Place
from podviz.pod import Pod


class Dangling(Struct, frozen=True, kw_only=True):
    """A reference that leads to nothing in the cluster.

    `thing` is who refers, `kind` and `name` what is not there, in `namespace`; a `volume` is
    one of a Pod. `outside` says that such things are often made elsewhere (Secrets by hand).
    """

    thing: Object
    kind: str
    name: str
    namespace: str
    outside: bool = False
    place: Place | None = None


_EVERYWHERE = frozenset(
    [
        ("ConfigMap", "kube-root-ca.crt"),
        ("ServiceAccount", "default"),
        ("Role", "extension-apiserver-authentication-reader"),
        *(("ClusterRole", name) for name in ("cluster-admin", "admin", "edit", "view")),
    ]
)
"""What every cluster has.
https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings"""

_MADE_ELSEWHERE = frozenset(
    [
        *("ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount", "Role", "ClusterRole"),
        *("Gateway", "Pod"),
    ]
)


def dangling(relations: Relations) -> Iterator[Dangling]:
    """Every reference that leads to nothing, in the order of objects.

    What is optional, what every cluster has and the owners of live things do not count.
    """
    for thing in objects(relations.cluster):
        if isinstance(thing, Pod | Controller):
            yield from _mounts(thing)
        for reference in references(thing):
            space = reference.namespace
            space = namespace_of(thing) if space is None else space
            if reference.optional or _is_there(reference, space, relations):
                continue
            yield Dangling(
                thing=thing,
                kind=reference.kind,
                name=reference.name,
                namespace=space,
                outside=reference.kind in _MADE_ELSEWHERE,
                place=reference.place or thing.place,
            )


def _mounts(workload: Workload) -> Iterator[Dangling]:
    """Mounts of volumes that neither the Pod nor its StatefulSet's claims have."""
    claims = workload.claims if isinstance(workload, Controller) else ()
    for pod in templates(workload):
        known = {*(v.name for v in pod.volumes), *(c.name for c in claims)}
        for mount in (m for c in pod.containers for m in c.mounts if m.volume not in known):
            yield Dangling(
                thing=workload,
                kind="volume",
                name=mount.volume,
                namespace=workload.namespace,
                place=mount.place,
            )


def _is_there(reference: Reference, space: str, relations: Relations) -> bool:
    if (reference.kind, reference.name) in _EVERYWHERE or reference.name.startswith("system:"):
        return True
    if reference.kind == "field" or relations.find(reference.kind, reference.name, space):
        return True
    if reference.via == "scaleTargetRef" and not reference.kind:
        return any(relations.find(kind, reference.name, space) for kind in SCALED)
    return relations.find(reference.kind, reference.name) is not None and (
        reference.kind.startswith("Cluster")
    )


def references(thing: Object) -> Iterator[Reference]:
    """What an object names: configuration, claims, Services, what it scales."""
    match thing:
        case Pod() | Controller():
            for pod in templates(thing):
                yield from _of_pod(pod)
        case Ingress():
            for path in thing.paths:
                yield Reference(
                    kind=path.kind,
                    name=path.service,
                    namespace=path.namespace,
                    via="backend",
                    place=path.place,
                )
            yield from thing.gateways
            yield from thing.secrets
        case Autoscaler() if thing.target:
            kind = thing.target_kind or ""
            yield Reference(kind=kind, name=thing.target, via="scaleTargetRef")
        case Store() if thing.claim:
            yield thing.claim
        case Endpoints():
            yield from thing.targets
        case Thing():
            yield from thing.references


def _of_pod(pod: Pod) -> Iterator[Reference]:
    for volume in pod.volumes:
        yield from volume.references
    for container in pod.containers:
        yield from container.references
    if pod.service_account:
        yield Reference(kind="ServiceAccount", name=pod.service_account, via="serviceAccountName")
