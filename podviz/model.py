"""What a cluster holds, as Kubernetes names it; frozen values only.

Every thing has a `path`, its id in figures and findings: `Pod/web/app`,
`Deployment/web/pod/app`, with the namespace in front where there is one.
`place` tells where it stands in the file and takes no part in comparison.
"""

from typing import TYPE_CHECKING, ClassVar

from podviz.meta import (
    Labels,
    Owner,
    Places,
    Reference,
    Requirement,
    ServicePort,
)
from podviz.place import Place
from podviz.pod import NOTHING_SAID, Container, Pod, Resources
from podviz.text import Text
from podviz.value import Placed

if TYPE_CHECKING:  # most figures are of none of these
    from podviz.around import Budget, Endpoints, Gateway, Policy, Store, Thing


class ClaimTemplate(Placed, frozen=True, kw_only=True, eq=False):
    """What each Pod of a StatefulSet claims for itself."""

    name: str
    size: str | None = None
    access: str = "once"
    place: Place | None = None


class Controller(Placed, frozen=True, kw_only=True, eq=False):
    """A Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob above its Pods, or a
    custom resource with Pod templates.

    `selector` are the labels and `requirements` the expressions that its Pods must meet.
    `more` are the templates beside `pod` of kinds that have several. `service` governs a
    StatefulSet's names, `ready` is what a live one counts. `surge` is how many Pods more a
    rolling update may start, `unavailable` how many fewer may serve, `parallel` how many Pods
    a Job has at one time, `concurrency` what a CronJob does with runs that overlap,
    `selects` whether the file gives a selector.
    """

    path: str
    kind: str
    name: str
    namespace: str = ""
    replicas: int | None = None
    schedule: str | None = None
    strategy: str | None = None
    retries: int | None = None
    claims: tuple[ClaimTemplate, ...] = ()
    pod: Pod | None = None
    selector: Labels = ()
    requirements: tuple[Requirement, ...] = ()
    more: tuple[Pod, ...] = ()
    service: str | None = None
    ready: int | None = None
    suspended: bool = False
    surge: int | str | None = None
    unavailable: int | str | None = None
    parallel: int | None = None
    concurrency: str | None = None
    selects: bool = True
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    places: Places = ()
    place: Place | None = None


class Service(Placed, frozen=True, kw_only=True, eq=False):
    """A Service. It selects by `selector` (labels) or, in a spec, by `target` (a name).

    One of type ExternalName leads to the host `external`.
    """

    path: str
    name: str
    namespace: str = ""
    type: str = "ClusterIP"
    ip: str | None = None
    target: str | None = None
    selector: Labels = ()
    ports: tuple[ServicePort, ...] = ()
    external: str | None = None
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    places: Places = ()
    place: Place | None = None


class IngressPath(Placed, frozen=True, kw_only=True, eq=False):
    """One path of an Ingress and the Service behind it.

    `host` None means the Ingress' own. `kind` is another kind than Service where a route leads
    to one, in `namespace` if not in its own.
    """

    path: str
    service: str
    port: int | str | None = None
    host: str | None = None
    kind: str = "Service"
    namespace: str | None = None
    place: Place | None = None


class Ingress(Placed, frozen=True, kw_only=True, eq=False):
    """An Ingress, or a route of the Gateway API with its `gateways`.

    `host` is its only host; where it has several, each of its paths names its own.
    """

    path: str
    name: str
    namespace: str = ""
    host: str | None = None
    paths: tuple[IngressPath, ...] = ()
    kind: str = "Ingress"
    gateways: tuple[Reference, ...] = ()
    controller: str | None = None
    secrets: tuple[Reference, ...] = ()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Autoscaler(Placed, frozen=True, kw_only=True, eq=False):
    """A HorizontalPodAutoscaler. `cpu` is the target utilisation in percent.

    `metrics` are all that it looks at, such as `Resource memory` or `External queue`;
    `utilised` are the resources whose use it compares with what is requested, each with the
    container that it looks at, empty for all of the Pod.
    """

    path: str
    name: str
    target: str
    namespace: str = ""
    min: int | None = None
    max: int | None = None
    cpu: int | None = None
    target_kind: str | None = None
    metrics: tuple[str, ...] = ()
    utilised: Labels = ()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Claim(Placed, frozen=True, kw_only=True, eq=False):
    """A PersistentVolumeClaim. `access` is once, many or read-only."""

    path: str
    name: str
    namespace: str = ""
    size: str | None = None
    access: str = "once"
    storage_class: str | None = None
    volume: str | None = None
    status: str | None = None
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Config(Placed, frozen=True, kw_only=True, eq=False):
    """A ConfigMap, or a Secret if `secret`; the entries of a manifest's Secret have no values."""

    path: str
    name: str
    namespace: str = ""
    secret: bool = False
    entries: Labels = ()
    type: str | None = None
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    places: Places = ()
    place: Place | None = None


class Node(Placed, frozen=True, kw_only=True, eq=False):
    """A machine of the cluster, real or virtual, and what it has for Pods."""

    path: str
    name: str
    ip: str | None = None
    capacity: Resources = NOTHING_SAID
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    conditions: Labels = ()
    place: Place | None = None


class Link(Placed, frozen=True, kw_only=True, eq=False):
    """Who talks to whom. `tail` and `head` are model paths, or an address outside the cluster.

    `via` names what carries it: a volume of the Pod, a protocol or an address as the file says.
    """

    tail: str
    head: str
    port: int | None = None
    via: str | None = None
    label: Text | None = None
    place: Place | None = None


class Cluster(Placed, frozen=True, kw_only=True, eq=False):
    """Everything that one figure may speak of.

    `own` tells a spec: it holds all that there is, and its author chose each thing. `mixed` tells
    files of which two define one object: variants or examples side by side, not one cluster.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"own", "mixed"})

    nodes: tuple[Node, ...] = ()
    pods: tuple[Pod, ...] = ()
    controllers: tuple[Controller, ...] = ()
    services: tuple[Service, ...] = ()
    ingresses: tuple[Ingress, ...] = ()
    autoscalers: tuple[Autoscaler, ...] = ()
    claims: tuple[Claim, ...] = ()
    configs: tuple[Config, ...] = ()
    links: tuple[Link, ...] = ()
    containers: tuple[Container, ...] = ()
    endpoints: "tuple[Endpoints, ...]" = ()
    gateways: "tuple[Gateway, ...]" = ()
    budgets: "tuple[Budget, ...]" = ()
    policies: "tuple[Policy, ...]" = ()
    stores: "tuple[Store, ...]" = ()
    things: "tuple[Thing, ...]" = ()
    kubernetes: str | None = None
    pod_cidr: str | None = None
    service_cidr: str | None = None
    own: bool = False
    mixed: bool = False
