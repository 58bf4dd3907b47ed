"""Controllers, and custom resources with Pod templates."""

from collections.abc import Iterator

from msgspec.structs import replace

from podviz.meta import Selector
from podviz.model import ClaimTemplate, Controller
from podviz.pod import Pod
from podviz.readers.manifest.fields import Field, places, selector
from podviz.readers.manifest.heads import Head
from podviz.readers.manifest.kinds import Templates
from podviz.readers.manifest.names import Names
from podviz.readers.manifest.pods import template
from podviz.source.tree import Mapping, Scalar, Sequence

KINDS = frozenset(
    [
        *("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet"),
        *("Job", "CronJob"),
    ]
)
_BY_LABELS_ALONE = frozenset(["Deployment", "ReplicaSet", "ReplicationController", "DaemonSet"])
"""Kinds whose selector, in old versions, is the template's labels where none is given."""

_PLACED = (
    *(("replicas", "replicas"), ("selector", "selector"), ("strategy", "strategy")),
    *(("concurrency", "concurrencyPolicy"), ("retries", "backoffLimit")),
)
_MODES = {"ReadWriteMany": "many", "ReadOnlyMany": "read-only"}


def controller(head: Head) -> Controller:
    """One of Kubernetes' own controllers."""
    common = head.common()
    spec = head.root.get("spec")
    job = spec.get("jobTemplate", "spec") if head.kind == "CronJob" else spec
    path = f"{common['path']}/pod"
    inner = job.get("template")
    pod = template(inner, path, head.name) if inner.node is not None else None
    selects = _selects(head, job, pod)
    claims = _claims(spec.get("volumeClaimTemplates")) if head.kind == "StatefulSet" else ()
    return Controller(
        kind=head.kind,
        replicas=_replicas(head.kind, spec, job),
        schedule=spec.get("schedule").word() if head.kind == "CronJob" else None,
        strategy=_strategy(spec),
        retries=job.get("backoffLimit").whole() if job is not spec or head.kind == "Job" else None,
        claims=claims,
        pod=_without_volumes(pod, claims) if pod and claims else pod,
        selector=selects.labels,
        requirements=selects.requirements,
        service=spec.get("serviceName").word() if head.kind == "StatefulSet" else None,
        ready=_ready(head),
        suspended=spec.get("suspend").truth(),
        surge=_rolling(spec, "maxSurge") if head.kind == "Deployment" else None,
        unavailable=_rolling(spec, "maxUnavailable"),
        parallel=_parallel(head.kind, job),
        concurrency=spec.get("concurrencyPolicy").word() if head.kind == "CronJob" else None,
        selects=job.get("selector").node is not None,
        places=places(spec, *_PLACED),
        **common,
    )


def _without_volumes(pod: Pod, claims: tuple[ClaimTemplate, ...]) -> Pod:
    """A claim takes precedence over any volume in the template with the same name.
    https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/stateful-set-v1/"""
    names = {claim.name for claim in claims}
    return replace(pod, volumes=tuple([v for v in pod.volumes if v.name not in names]))


def _replicas(kind: str, spec: Field, job: Field) -> int | None:
    if kind in ("Job", "CronJob"):
        asked = job.get("completions").whole()
        return job.get("parallelism").whole() if asked is None else asked
    return None if kind == "DaemonSet" else spec.get("replicas").whole()


def _strategy(spec: Field) -> str | None:
    for key in ("strategy", "updateStrategy"):
        if isinstance(spec.node, Mapping) and key in spec.node.entries:
            return spec.get(key, "type").word()
    return None


def _rolling(spec: Field, key: str) -> int | str | None:
    """How many Pods more, or fewer, there may be in a rolling update, as the file says it."""
    given = [spec.get("strategy"), spec.get("updateStrategy")]
    strategy = next((field for field in given if field.node is not None), given[0])
    rolling = strategy.get("rollingUpdate") if strategy.node is not None else strategy
    return rolling.get(key).either() if rolling.node is not None else None


def _parallel(kind: str, job: Field) -> int | None:
    """https://kubernetes.io/docs/concepts/workloads/controllers/job/#controlling-parallelism"""
    if kind not in ("Job", "CronJob"):
        return None
    asked = job.get("parallelism").whole()
    return 1 if asked is None else asked


def _ready(head: Head) -> int | None:
    status = head.root.get("status")
    if status.node is None:
        return None
    word = "numberReady" if head.kind == "DaemonSet" else "readyReplicas"
    return status.get(word).whole()


def _selects(head: Head, spec: Field, pod: Pod | None) -> Selector:
    """What the controller's Pods must bear."""
    field = spec.get("selector")
    if head.kind == "ReplicationController":
        found = Selector(labels=field.pairs()) if field.node is not None else None
    else:
        found = selector(field)
    if found is None and head.kind in _BY_LABELS_ALONE and pod:
        return Selector(labels=pod.labels)
    return found or Selector()


def _claims(field: Field) -> tuple[ClaimTemplate, ...]:
    made = []
    for each in field.mappings():
        named = each.get("metadata", "name")
        name = named.word()
        if name:
            spec = each.get("spec")
            made.append(
                ClaimTemplate(name=name, size=size(spec), access=access(spec), place=named.place)
            )
    return tuple(made)


def size(spec: Field) -> str | None:
    """What a claim asks for, as the file writes it."""
    field = spec.get("resources", "requests", "storage")
    return field.word() if field.node is not None else None


def access(spec: Field) -> str:
    """`once`, `many` or `read-only`: the most that a claim allows."""
    modes = {_MODES.get(mode, "once") for mode in spec.get("accessModes").words()}
    return next((m for m in ("many", "once", "read-only") if m in modes), "once")


# ── custom resources ────────────────────────────────────────────────────────────────────────


def custom(head: Head, known: Templates) -> Controller | None:
    """A custom resource above the Pods of its templates; None if it holds none."""
    pods: list[Pod] = []
    names = Names()
    common = head.common()
    for role, way in known.ways:
        for field in follow(head.root, way):
            if field.node is None:
                continue
            path = f"{common['path']}/{names.free(role)}"
            pods.append(template(field, path, head.name, bare=known.bare))
    if not pods:
        return None
    labels = selector(head.root.get("spec", "selector")) if _selector_given(head.root) else None
    counts = [f.whole() for f in follow(head.root, known.replicas)] if known.replicas else []
    return Controller(
        kind=head.shown_kind,
        replicas=sum(c for c in counts if c is not None) if any(counts) else None,
        pod=pods[0],
        more=tuple(pods[1:]),
        selector=labels.labels if labels else (),
        requirements=labels.requirements if labels else (),
        **common,
    )


def _selector_given(root: Field) -> bool:
    """True for a selector in the form of Deployments; others are not ours to judge."""
    field = root.get("spec").node
    given = field.get("selector") if isinstance(field, Mapping) else None
    return isinstance(given, Mapping) and "matchLabels" in given.entries


def follow(root: Field, way: str) -> Iterator[Field]:
    """The fields at the end of a way; what has another shape there is passed over."""
    fields = [root]
    for step in way.split("."):
        fields = [below for field in fields for below in _step(field, step)]
    yield from fields


def _step(field: Field, step: str) -> Iterator[Field]:
    if not isinstance(field.node, Mapping):
        return
    if step == "*":
        yield from (below for _, below in field.fields())
        return
    below = field.get(step.removesuffix("[]"))
    if not step.endswith("[]"):
        if not isinstance(below.node, Scalar) or below.node.value is not None:
            yield below
    elif isinstance(below.node, Sequence):
        yield from below.items()
