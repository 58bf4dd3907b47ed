"""From documents to one Cluster and what is wrong with them."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from podviz.around import Budget, Endpoints, Gateway, Policy, Store, Thing
from podviz.cluster.references import Dangling, dangling
from podviz.cluster.relations import Object, Relations, kind_of
from podviz.finding import Finding, Severity
from podviz.model import Autoscaler, Claim, Cluster, Config, Controller, Ingress, Node, Service
from podviz.pod import Pod
from podviz.readers.manifest import around, flaws, network
from podviz.readers.manifest.heads import Head, heads, named
from podviz.readers.manifest.kinds import templates
from podviz.readers.manifest.pods import pod
from podviz.readers.manifest.workloads import KINDS, controller, custom
from podviz.sheet import Sheet
from podviz.source import Document

READERS: dict[str, Callable[[Head], Object]] = {
    "Pod": pod,
    **dict.fromkeys(KINDS, controller),
    "Service": network.service,
    "Endpoints": network.endpoints,
    "EndpointSlice": network.endpoint_slice,
    "Ingress": network.ingress,
    **dict.fromkeys(network.ROUTES, network.route),
    "Gateway": network.gateway,
    "NetworkPolicy": network.policy,
    "HorizontalPodAutoscaler": around.autoscaler,
    "PodDisruptionBudget": around.budget,
    "PersistentVolumeClaim": around.claim,
    "PersistentVolume": around.store,
    "ConfigMap": around.config,
    "Secret": around.config,
    "Node": around.node,
}
"""Kind of Kubernetes → what reads it; any other becomes a Thing."""


MOST_TOLD = 1_000
"""How many flaws of one input are told."""

MOST_RELATED = 10
"""How many others that refer to the same missing thing are told beside the first."""


def read(
    documents: tuple[Document, ...], several: bool
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """One sheet with everything that the documents hold; none if they hold nothing."""
    cluster, findings = read_cluster(documents)
    if cluster == Cluster():
        return (), findings
    sheet = Sheet(
        cluster=cluster,
        view=_view(cluster),
        place=documents[0].root.place,
    )
    return (sheet,), findings


def _view(cluster: Cluster) -> str:
    """Pods and nothing else are laid open, all else is a cluster."""
    return "pods" if Cluster(pods=cluster.pods) == cluster else "cluster"


def read_cluster(documents: Iterable[Document]) -> tuple[Cluster, tuple[Finding, ...]]:
    """The objects of all documents, of one file or of many, as one cluster.

    Nothing stops it: what cannot be understood is a warning, and all the rest is in the
    cluster. Of two objects with one kind, namespace and name the last one counts.
    """
    given = tuple(documents)
    found: list[Finding] = [softened(f) for d in given for f in d.findings]
    objects: list[Object] = []
    for head in named(heads([d.root for d in given], found), found):
        first = len(found)
        objects.append(_read(head))
        found[first:] = [replace(f, element=head.path) for f in found[first:] if _counts(f, head)]
    cluster = _cluster(objects)
    if any(f.code == "POD006" and _across(f) for f in found):
        cluster = replace(cluster, mixed=True)
    found += _dangling(cluster)
    each = {(f.code, f.place, f.message): f for f in found}  # what is read twice is told once
    return cluster, tuple(each.values())[:MOST_TOLD]


def _counts(finding: Finding, head: Head) -> bool:
    """False for what a custom resource leaves out, as its operator may fill it in."""
    return head.is_built_in or finding.code != "POD003"


def _across(finding: Finding) -> bool:
    """True for what one file says against another."""
    return any(place.file != finding.place.file for place in finding.related)


def softened(finding: Finding) -> Finding:
    """A flaw in the form of a document that could still be read: of a manifest, a warning."""
    return replace(finding, severity=min(finding.severity, Severity.WARNING))


def _read(head: Head) -> Object:
    if head.is_built_in:
        return READERS.get(head.kind, around.thing)(head)
    known = templates(head.kind, head.group)
    return (custom(head, known) if known else None) or around.thing(head)


def _cluster(objects: list[Object]) -> Cluster:
    return Cluster(
        nodes=tuple([o for o in objects if isinstance(o, Node)]),
        pods=tuple([o for o in objects if isinstance(o, Pod)]),
        controllers=tuple([o for o in objects if isinstance(o, Controller)]),
        services=tuple([o for o in objects if isinstance(o, Service)]),
        ingresses=tuple([o for o in objects if isinstance(o, Ingress)]),
        autoscalers=tuple([o for o in objects if isinstance(o, Autoscaler)]),
        claims=tuple([o for o in objects if isinstance(o, Claim)]),
        configs=tuple([o for o in objects if isinstance(o, Config)]),
        endpoints=tuple([o for o in objects if isinstance(o, Endpoints)]),
        gateways=tuple([o for o in objects if isinstance(o, Gateway)]),
        budgets=tuple([o for o in objects if isinstance(o, Budget)]),
        policies=tuple([o for o in objects if isinstance(o, Policy)]),
        stores=tuple([o for o in objects if isinstance(o, Store)]),
        things=tuple([o for o in objects if isinstance(o, Thing)]),
    )


def _dangling(cluster: Cluster) -> list[Finding]:
    """What leads to nothing, told once: a note where such things are often made elsewhere."""
    lost: dict[tuple[str, str, str, str], list[Dangling]] = {}
    for each in dangling(Relations(cluster)):
        if isinstance(each.thing, Autoscaler):
            continue  # a rule of its own tells it: POD606
        within = each.thing.path if each.kind == "volume" else ""
        lost.setdefault((each.kind, each.namespace, each.name, within), []).append(each)
    return [_told(alike) for alike in lost.values()]


def _told(alike: list[Dangling]) -> Finding:
    """One finding for all that refer to the same missing thing, at the first of them."""
    first, *others = alike
    who = f"{kind_of(first.thing)} '{flaws.short(first.thing.name)}'"
    severity = Severity.INFO if first.outside else Severity.WARNING
    related = tuple([each.place for each in others if each.place][:MOST_RELATED])
    place = first.place
    assert place is not None
    finding = flaws.dangling(place, who, first.kind or "Deployment", first.name, severity)
    return replace(finding, element=first.thing.path, related=related)
