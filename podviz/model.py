"""What a cluster holds, as Kubernetes names it; frozen values only.

Every thing has a `path`, its id in figures and findings: `Pod/web/app`,
`Deployment/web/pod/app`, with the namespace in front where there is one.
`place` tells where it stands in the file and takes no part in comparison.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from podviz.place import Place
from podviz.text import Text

Labels = tuple[tuple[str, str], ...]


class Role(StrEnum):
    """What a container is for in its Pod."""

    MAIN = "main"
    SIDECAR = "sidecar"
    INIT = "init"


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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A volume as one container sees it."""

    volume: str
    path: str | None = None
    read_only: bool = False
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
    """One container. `native` is an init container with `restartPolicy: Always`."""

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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume of a Pod. `kind` is Kubernetes' word (emptyDir, hostPath, configMap, secret,
    persistentVolumeClaim, …), `source` the object or path that it takes its content from."""

    name: str
    kind: str = "emptyDir"
    source: str | None = None
    caption: Text | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """A Pod, or a controller's Pod template (then `name` is empty).

    `containers` are in the file's order; init containers are those with role init or `native`.
    `bare` says that nobody owns it, `permanent` that somebody believes it lives for ever.
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
    """A Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob above its Pods."""

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
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePort:
    """A Service's own port and the container port (number or name) that it leads to."""

    port: int
    target: int | str | None = None
    name: str | None = None
    protocol: str = "TCP"
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A Service. It selects by `selector` (labels) or, in a spec, by `target` (a name)."""

    path: str
    name: str
    namespace: str = ""
    type: str = "ClusterIP"
    ip: str | None = None
    target: str | None = None
    selector: Labels = ()
    ports: tuple[ServicePort, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngressPath:
    """One path of an Ingress and the Service behind it."""

    path: str
    service: str
    port: int | str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingress:
    path: str
    name: str
    namespace: str = ""
    host: str | None = None
    paths: tuple[IngressPath, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Autoscaler:
    """A HorizontalPodAutoscaler. `cpu` is the target utilisation in percent."""

    path: str
    name: str
    target: str
    namespace: str = ""
    min: int | None = None
    max: int | None = None
    cpu: int | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A PersistentVolumeClaim. `access` is once, many or read-only."""

    path: str
    name: str
    namespace: str = ""
    size: str | None = None
    access: str = "once"
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A ConfigMap, or a Secret if `secret`."""

    path: str
    name: str
    namespace: str = ""
    secret: bool = False
    entries: Labels = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    path: str
    name: str
    ip: str | None = None
    capacity: Resources = Resources()
    labels: Labels = ()
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
    """Everything that one figure may speak of."""

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
    kubernetes: str | None = None
    pod_cidr: str | None = None
    service_cidr: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One figure that an input asks for: the scene and how to show it.

    `langs` are the languages that the title is given in. `view` is None when the content
    shall decide. `show` and `hide` name details.
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
    place: Place | None = field(default=None, compare=False)
