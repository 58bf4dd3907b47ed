"""What a cluster holds, as Kubernetes names it; frozen values only.

Every thing has a `path`, its id in figures and findings: `Pod/web/app`,
`Deployment/web/pod/app`, with the namespace in front where there is one.
`place` tells where it stands in the file and takes no part in comparison.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from podviz.meta import (
    Labels,
    Named,
    Owner,
    Places,
    Reference,
    Requirement,
    Selection,
    ServicePort,
)
from podviz.place import Place
from podviz.text import Text

if TYPE_CHECKING:  # most figures are of none of these
    from podviz.around import Budget, Endpoints, Gateway, Policy, Store, Thing


class Role(StrEnum):
    """What a container is for in its Pod."""

    MAIN = "main"
    SIDECAR = "sidecar"
    INIT = "init"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """CPU in cores, memory in bytes; None where nothing is said."""

    cpu: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A port that a container listens on. `host` is the node's port, `public` a claim."""

    number: int
    protocol: str = "TCP"
    name: str | None = None
    public: bool | None = None
    host: int | None = None
    host_ip: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A volume as one container sees it."""

    volume: str
    path: str | None = None
    read_only: bool = False
    sub_path: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What a container keeps: `kind` durable, cache or scratch; `on` the place it lies on."""

    kind: str
    on: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """A lifetime apart from the Pod's own, only to show that there is none."""

    starts: str = "with-pod"
    ends: str = "with-pod"
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """One container. `native` is an init container with `restartPolicy: Always`.

    `reason` tells why `role` was judged so; it is None where the input declares the role.
    `references` are what its variables come from, `probed` the ports that its probes ask,
    `state` and `restarts` what a live one tells. `hooks` are the lifecycle hooks it has,
    `poststart` the command of one.
    """

    path: str
    name: str
    image: str | None = None
    role: Role | None = None
    native: bool = False
    purpose: str | None = None
    assists: str | None = None
    caption: Text | None = None
    ports: tuple[Port, ...] = ()
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: Labels = ()
    mounts: tuple[Mount, ...] = ()
    requests: Resources = Resources()
    limits: Resources = Resources()
    probes: tuple[str, ...] = ()
    prestop: str | None = None
    data: Data | None = None
    node: str | None = None
    lifetime: Lifetime | None = None
    replicas: int | None = None
    reason: Text | None = None
    references: tuple[Reference, ...] = ()
    ephemeral: bool = False
    state: str | None = None
    restarts: int | None = None
    probed: tuple[int | str, ...] = ()
    ready: bool | None = None
    hooks: tuple[str, ...] = ()
    poststart: str | None = None
    privileged: bool = False
    places: Places = field(default=(), compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume of a Pod. `kind` is Kubernetes' word (emptyDir, hostPath, configMap, secret,
    persistentVolumeClaim, …), `source` the object or path that it takes its content from.

    `references` are the objects behind it: one, or all those of a projected volume.
    """

    name: str
    kind: str = "emptyDir"
    source: str | None = None
    caption: Text | None = None
    references: tuple[Reference, ...] = ()
    read_only: bool = False
    medium: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """A Pod, or a controller's Pod template (then `name` is empty, or the template's role).

    `containers` are in the file's order; init containers are those with role init or `native`.
    `bare` says that nobody owns it, `permanent` that somebody believes it lives for ever.
    `hostnames` are the nodes that a required affinity names, `affine` tells of any affinity,
    `aliases` are the addresses of `hostAliases`.
    """

    path: str
    name: str
    namespace: str = ""
    containers: tuple[Container, ...] = ()
    volumes: tuple[Volume, ...] = ()
    labels: Labels = ()
    node: str | None = None
    ip: str | None = None
    status: str | None = None
    permanent: bool = False
    bare: bool = False
    restart: str | None = None
    grace: int | None = None
    host_network: bool = False
    share_processes: bool = False
    service_account: str | None = None
    node_selector: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    conditions: Labels = ()
    host_pid: bool = False
    host_ipc: bool = False
    hostnames: tuple[str, ...] = ()
    affine: bool = False
    aliases: tuple[str, ...] = ()
    places: Places = field(default=(), compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTemplate:
    """What each Pod of a StatefulSet claims for itself."""

    name: str
    size: str | None = None
    access: str = "once"
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """A Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob above its Pods, or a
    custom resource with Pod templates.

    `selector` are the labels and `requirements` the expressions that its Pods must meet.
    `more` are the templates beside `pod` of kinds that have several. `service` governs a
    StatefulSet's names, `ready` is what a live one counts. `surge` is how many Pods more a
    rolling update may start, `concurrency` what a CronJob does with runs that overlap,
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
    concurrency: str | None = None
    selects: bool = True
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    places: Places = field(default=(), compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
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
    places: Places = field(default=(), compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngressPath:
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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingress:
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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Autoscaler:
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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
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
    places: Places = field(default=(), compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A machine of the cluster, real or virtual, and what it has for Pods."""

    path: str
    name: str
    ip: str | None = None
    capacity: Resources = Resources()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    conditions: Labels = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Who talks to whom. `tail` and `head` are model paths, or an address outside the cluster.

    `via` names what carries it: a volume of the Pod, a protocol or an address as the file says.
    """

    tail: str
    head: str
    port: int | None = None
    via: str | None = None
    label: Text | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Everything that one figure may speak of.

    `own` tells a spec: it holds all that there is, and its author chose each thing.
    """

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
    own: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One figure that an input asks for: the scene and how to show it.

    `langs` are the languages that the title is given in. `view` is None when the content
    shall decide. `show` and `hide` name details. `whole` is the cluster that `cluster` is a
    part of: what it refers to there is not missing. `manifests` are files whose objects belong
    to the cluster as far as `asked` lets them in. `expect` are the codes of findings that the
    figure must show, and no others; None where it says nothing of them.
    """

    cluster: Cluster
    name: str | None = None
    title: Text | None = None
    caption: Text | None = None
    notes: Text | None = None
    langs: tuple[str, ...] = ("en",)
    view: str | None = None
    show: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    whole: Cluster | None = None
    manifests: tuple[Named, ...] = ()
    asked: Selection = field(default_factory=Selection)
    expect: tuple[str, ...] | None = None
    place: Place | None = field(default=None, compare=False)
