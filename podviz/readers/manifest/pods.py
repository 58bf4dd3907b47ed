"""Pods and Pod templates of a manifest."""

from collections.abc import Iterator

from msgspec.structs import replace

from podviz.cluster.roles import judged
from podviz.finding import Finding
from podviz.meta import Labels
from podviz.pod import Container, Pod, Role
from podviz.readers.manifest import flaws
from podviz.readers.manifest.containers import containers
from podviz.readers.manifest.fields import Field, places
from podviz.readers.manifest.heads import Common, Head
from podviz.readers.manifest.volumes import volumes
from podviz.text import Text

ROLE = "podviz.io/role."
DEFAULT = "kubectl.kubernetes.io/default-container"
_DECLARABLE = ("main", "sidecar")
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PLACED = (
    *(("node", "nodeName"), ("restart", "restartPolicy"), ("node_selector", "nodeSelector")),
    *(("grace", "terminationGracePeriodSeconds"), ("host_network", "hostNetwork")),
    *(("host_pid", "hostPID"), ("host_ipc", "hostIPC"), ("hostnames", "affinity")),
    *(("aliases", "hostAliases"), ("containers", "containers")),
)


def pod(head: Head) -> Pod:
    """A Pod as it stands in a file, or as a live cluster tells of it."""
    common = head.common()
    made = _pod(head.root.get("spec"), common["path"], common["annotations"], head.name)
    made = _live(made, head.root)
    return _with(made, head, common)


def _with(made: Pod, head: Head, common: Common) -> Pod:
    return replace(
        made,
        name=head.name,
        namespace=head.namespace,
        labels=common["labels"],
        owners=common["owners"],
        place=common["place"],
    )


def template(field: Field, path: str, workload: str, *, bare: bool = False) -> Pod:
    """The Pod of a template; `bare` where the field is a Pod's spec without metadata."""
    if bare:
        return _pod(field, path, (), workload)
    metadata = field.get("metadata")
    noted = metadata.get("annotations")
    made = _pod(field.get("spec"), path, noted.pairs(), workload)
    standing = tuple([(f"annotation.{key}", each.place) for key, each in noted.fields()])
    return replace(made, labels=metadata.get("labels").pairs(), places=made.places + standing)


def _pod(spec: Field, path: str, annotations: Labels, workload: str) -> Pod:
    declared = _declared(annotations, spec)
    affinity = spec.get("affinity")
    made = Pod(
        path=path,
        name="",
        containers=containers(spec, path, declared),
        volumes=volumes(spec),
        node=spec.get("nodeName").word(),
        restart=spec.get("restartPolicy").word(),
        grace=spec.get("terminationGracePeriodSeconds").whole(),
        host_network=spec.get("hostNetwork").truth(),
        share_processes=spec.get("shareProcessNamespace").truth(),
        service_account=(
            spec.get("serviceAccountName").word() or spec.get("serviceAccount").word()
        ),
        node_selector=spec.get("nodeSelector").pairs(),
        annotations=annotations,
        host_pid=spec.get("hostPID").truth(),
        host_ipc=spec.get("hostIPC").truth(),
        hostnames=tuple(_hostnames(affinity.get("nodeAffinity", _REQUIRED))),
        affine=affinity.node is not None,
        aliases=tuple([a for e in spec.get("hostAliases").mappings() if (a := e.get("ip").word())]),
        places=places(spec, *_PLACED),
        place=spec.place,
    )
    return judged(made, workload, default=dict(annotations).get(DEFAULT))


def _hostnames(field: Field) -> Iterator[str]:
    """The nodes that a required affinity names; none where one of its terms, of which any may
    hold, names no node."""
    terms = [tuple(_named_nodes(term)) for term in field.get("nodeSelectorTerms").mappings()]
    if all(terms):
        for names in terms:
            yield from names


def _named_nodes(term: Field) -> Iterator[str]:
    """The nodes that a term of an affinity names."""
    asked = [
        *((e.get("key").text(), e) for e in term.get("matchExpressions").mappings()),
        *(("name", e) for e in term.get("matchFields").mappings()),
    ]
    for key, each in asked:
        if key in ("kubernetes.io/hostname", "name") and each.get("operator").text() == "In":
            yield from each.get("values").words()


def _declared(annotations: Labels, spec: Field) -> Labels:
    """Container → role, as the annotations `podviz.io/role.<container>` declare."""
    declared = []
    for key, value in annotations:
        if key.startswith(ROLE) and value in _DECLARABLE:
            declared.append((key.removeprefix(ROLE), value))
        elif key.startswith(ROLE):
            spec.found.append(_strange_role(key, value, spec))
    return tuple(declared)


def _strange_role(key: str, value: str, spec: Field) -> Finding:
    listed = ", ".join(_DECLARABLE)
    message = Text(
        f"'{flaws.short(key)}': {listed} 가운데 하나여야 합니다",
        f"'{flaws.short(key)}' must be one of {listed}, not '{flaws.short(value)}'",
    )
    return flaws.flaw("POD008", spec.place, message)


# ── what a live cluster tells ───────────────────────────────────────────────────────────────


def _live(pod: Pod, root: Field) -> Pod:
    """The Pod with what its status says."""
    status = root.get("status")
    if status.node is None:
        return pod
    going = root.get("metadata", "deletionTimestamp").node is not None
    states = {}
    for key in ("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"):
        for each in status.get(key).mappings():
            states[each.get("name").word()] = each
    return replace(
        pod,
        ip=status.get("podIP").word(),
        status="Terminating" if going else _phase(status),
        conditions=conditions(status),
        containers=tuple([_seen(c, states.get(c.name)) for c in pod.containers]),
    )


def _phase(status: Field) -> str | None:
    """The reason where there is one (`Evicted`), or else the phase."""
    return status.get("reason").word() or status.get("phase").word()


def conditions(status: Field) -> Labels:
    """Type and status of each condition."""
    told = [
        (c.get("type").word(), c.get("status").word()) for c in status.get("conditions").mappings()
    ]
    return tuple([(kind, said) for kind, said in told if kind and said])


def _seen(container: Container, status: Field | None) -> Container:
    if status is None:
        return container
    return replace(
        container,
        state=_state(status.get("state")),
        restarts=status.get("restartCount").whole(),
        ready=None if container.role is Role.INIT else status.get("ready").truth(),
    )


def _state(field: Field) -> str | None:
    """`running`, or why it waits or ended: `CrashLoopBackOff`."""
    for key, state in field.fields():
        return state.get("reason").word() or key if key != "running" else key
    return None
