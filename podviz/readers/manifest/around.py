"""What stands around workloads in a manifest."""

from collections.abc import Iterator

from podviz.around import Budget, Store, Thing
from podviz.meta import Labels, Reference
from podviz.model import Autoscaler, Claim, Config, Node
from podviz.readers.manifest import flaws
from podviz.readers.manifest.fields import Field, resources, selector
from podviz.readers.manifest.heads import Head
from podviz.readers.manifest.pods import conditions
from podviz.readers.manifest.volumes import telling
from podviz.readers.manifest.workloads import access, size
from podviz.source.tree import Mapping


def autoscaler(head: Head) -> Autoscaler:
    """A HorizontalPodAutoscaler of any version."""
    spec = head.root.get("spec")
    target = spec.get("scaleTargetRef")
    name = target.get("name").word()
    if name is None:
        head.root.found.append(flaws.missing(target.place, "spec.scaleTargetRef.name"))
    metrics = list(_metrics(spec.get("metrics")))
    cpu = spec.get("targetCPUUtilizationPercentage").whole()
    return Autoscaler(
        target=name or "",
        target_kind=target.get("kind").word(),
        min=spec.get("minReplicas").whole(),
        max=spec.get("maxReplicas").whole(1),
        cpu=cpu if cpu is not None else next((n for w, n in metrics if w == _CPU and n), None),
        metrics=tuple([words for words, _ in metrics]) or ((_CPU,) if cpu is not None else ()),
        utilised=tuple(_utilised(spec, cpu)) or _unsaid(head, metrics, cpu),
        **head.common(),
    )


_CPU = "Resource cpu"


def _metrics(field: Field) -> Iterator[tuple[str, int | None]]:
    """Each metric as `Resource cpu` and its target utilisation in percent."""
    for each in field.mappings():
        kind = each.get("type").word() or "?"
        origin = each.get(kind[:1].lower() + kind[1:])
        named = origin.get("name").word() or origin.get("metricName").word()
        named = named or origin.get("metric", "name").word()
        share = origin.get("target", "averageUtilization").whole()
        if share is None:
            share = origin.get("targetAverageUtilization").whole()
        yield f"{kind} {named}" if named else kind, share


def _utilised(spec: Field, cpu: int | None) -> Iterator[tuple[str, str]]:
    """The resources whose use is compared with what is requested, and of which container."""
    if cpu is not None:
        yield "cpu", ""
    for each in spec.get("metrics").mappings():
        kind = each.get("type").word()
        if kind not in ("Resource", "ContainerResource"):
            continue
        origin = each.get(kind[:1].lower() + kind[1:])
        shares = (
            origin.get("target", "averageUtilization"),
            origin.get("targetAverageUtilization"),
        )
        name = origin.get("name").word()
        if name and any(share.node is not None for share in shares):
            yield name, origin.get("container").word() or ""


_ELSEWHERE = "autoscaling.alpha.kubernetes.io/metrics"
"""Where version 1 keeps the metrics that it has no field for."""


def _unsaid(head: Head, metrics: list[tuple[str, int | None]], cpu: int | None) -> Labels:
    """Without any metric the autoscaler aims at 80% of the CPU that is requested.

    https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
    """
    noted = {key for key, _ in head.common()["annotations"]}
    return () if metrics or cpu is not None or _ELSEWHERE in noted else (("cpu", ""),)


def budget(head: Head) -> Budget:
    """A PodDisruptionBudget; the empty selector of v1beta1 selected nothing.

    https://kubernetes.io/docs/tasks/run-application/configure-pdb/
    """
    spec = head.root.get("spec")
    return Budget(
        selector=selector(spec.get("selector")),
        matches_all=head.version != "policy/v1beta1",
        min_available=spec.get("minAvailable").either(),
        max_unavailable=spec.get("maxUnavailable").either(),
        **head.common(),
    )


def claim(head: Head) -> Claim:
    spec = head.root.get("spec")
    return Claim(
        size=size(spec),
        access=access(spec),
        storage_class=spec.get("storageClassName").word(),
        volume=spec.get("volumeName").word(),
        status=head.root.get("status", "phase").word(),
        **head.common(),
    )


def store(head: Head) -> Store:
    """A PersistentVolume."""
    spec = head.root.get("spec")
    kind, source = telling(spec)
    held = spec.get("claimRef")
    name = held.get("name").word()
    space = held.get("namespace").word()
    return Store(
        kind=kind,
        source=source,
        size=spec.get("capacity", "storage").word(),
        access=access(spec),
        storage_class=spec.get("storageClassName").word(),
        claim=Reference(
            kind="PersistentVolumeClaim",
            name=name,
            namespace="" if space in (None, "default") else space,
            via="claimRef",
            place=held.place,
        )
        if name
        else None,
        **head.wide(),
    )


def config(head: Head) -> Config:
    """A ConfigMap with its texts, or a Secret with the names of its entries alone."""
    root, secret = head.root, head.kind == "Secret"
    entries: Labels
    if secret:
        entries = (*_keys(root.get("data")), *_keys(root.get("stringData")))
    else:
        entries = (*root.get("data").pairs(), *_keys(root.get("binaryData")))
    kind = root.get("type").word() if secret else None
    standing = [] if secret else [(f"entry.{k}", f.place) for k, f in root.get("data").fields()]
    return Config(
        secret=secret, entries=entries, type=kind, places=tuple(standing), **head.common()
    )


def _keys(field: Field) -> Labels:
    if field.node is not None and not isinstance(field.node, Mapping):
        field.complain(flaws.MAPPING)
    entries = field.node.entries if isinstance(field.node, Mapping) else ()
    return tuple([(key, "") for key in entries])


def node(head: Head) -> Node:
    status = head.root.get("status")
    room = status.get("allocatable")
    addresses = {
        a.get("type").word(): a.get("address").word() for a in status.get("addresses").mappings()
    }
    return Node(
        ip=addresses.get("InternalIP"),
        capacity=resources(room if room.node is not None else status.get("capacity")),
        conditions=conditions(status),
        **head.wide(),
    )


# ── everything else ─────────────────────────────────────────────────────────────────────────

_TELLING = {
    "StorageClass": ("provisioner",),
    "IngressClass": ("spec", "controller"),
    "GatewayClass": ("spec", "controllerName"),
    "CustomResourceDefinition": ("spec", "names", "kind"),
}
"""Kind → the way to the one field worth telling."""


def thing(head: Head) -> Thing:
    """An object of any other kind: its name, and what RBAC, accounts and webhooks refer to."""
    way = _TELLING.get(head.kind) if head.kind in _TELLING else None
    told = head.root.get(*way) if way else None
    words = told.text() if told and told.node is not None else None
    return Thing(
        kind=head.shown_kind,
        group=head.group,
        details=((way[-1], words),) if way and words else (),
        references=tuple(_references(head)),
        **head.common(),
    )


def _references(head: Head) -> Iterator[Reference]:
    root = head.root
    if head.kind in ("RoleBinding", "ClusterRoleBinding"):
        for each in root.get("subjects").mappings():
            if each.get("kind").word() == "ServiceAccount":
                yield from _reference(each, "ServiceAccount", "subjects")
        role = root.get("roleRef")
        yield from _reference(role, role.get("kind").word() or "ClusterRole", "roleRef")
    elif head.kind == "ServiceAccount":
        for key in ("secrets", "imagePullSecrets"):
            for each in root.get(key).mappings():
                yield from _reference(each, "Secret", key)
    elif head.kind in ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"):
        for each in root.get("webhooks").mappings():
            yield from _reference(each.get("clientConfig", "service"), "Service", "webhooks")
    elif head.kind == "APIService":
        yield from _reference(root.get("spec", "service"), "Service", "service")


def _reference(field: Field, kind: str, via: str) -> Iterator[Reference]:
    name = field.get("name").word()
    space = field.get("namespace").word()
    if name:
        yield Reference(
            kind=kind,
            name=name,
            namespace="" if space == "default" else space,
            via=via,
            place=field.place,
        )
