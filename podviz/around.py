"""Objects that only manifests bring: addresses, gateways, policies, storage, anything else."""

from podviz.meta import Labels, Owner, Reference, Selector, ServicePort
from podviz.place import Place
from podviz.value import Placed


class Endpoints(Placed, frozen=True, kw_only=True, eq=False):
    """Addresses behind a Service, by hand or as a live cluster tells them.

    `kind` is Endpoints or EndpointSlice; `targets` are the Pods that the addresses belong to.
    """

    path: str
    name: str
    service: str
    namespace: str = ""
    kind: str = "Endpoints"
    addresses: tuple[str, ...] = ()
    targets: tuple[Reference, ...] = ()
    ports: tuple[int, ...] = ()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Gateway(Placed, frozen=True, kw_only=True, eq=False):
    """A Gateway of the Gateway API and the ports that it listens on."""

    path: str
    name: str
    namespace: str = ""
    controller: str | None = None
    ports: tuple[ServicePort, ...] = ()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Budget(Placed, frozen=True, kw_only=True, eq=False):
    """A PodDisruptionBudget; numbers of Pods, or percents as text.

    `selector` None selects nothing, `matches_all` tells whether an empty one selects all.
    """

    path: str
    name: str
    namespace: str = ""
    selector: Selector | None = None
    matches_all: bool = True
    min_available: int | str | None = None
    max_unavailable: int | str | None = None
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Peer(Placed, frozen=True, kw_only=True, eq=False):
    """Whom a NetworkPolicy lets in (`inbound`) or out to.

    Pods by `pods` in its own namespace or in those of `namespaces`, or the addresses `block`;
    with none of the three, everybody. `ports` are numbers, names or ranges; none means all.
    """

    inbound: bool
    pods: Selector | None = None
    namespaces: Selector | None = None
    block: str | None = None
    ports: tuple[str, ...] = ()
    place: Place | None = None


class Policy(Placed, frozen=True, kw_only=True, eq=False):
    """A NetworkPolicy; its empty selector selects every Pod of the namespace."""

    path: str
    name: str
    namespace: str = ""
    selector: Selector | None = None
    types: tuple[str, ...] = ()
    peers: tuple[Peer, ...] = ()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Store(Placed, frozen=True, kw_only=True, eq=False):
    """A PersistentVolume: `kind` and `source` as of a Pod's volume, `claim` who holds it."""

    path: str
    name: str
    kind: str | None = None
    source: str | None = None
    size: str | None = None
    access: str = "once"
    storage_class: str | None = None
    claim: Reference | None = None
    node: str | None = None
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None


class Thing(Placed, frozen=True, kw_only=True, eq=False):
    """Any other object: its kind and name, what it refers to, a few words worth telling.

    `group` is the API group, empty for the core.
    """

    path: str
    kind: str
    name: str
    namespace: str = ""
    group: str = ""
    details: Labels = ()
    references: tuple[Reference, ...] = ()
    labels: Labels = ()
    annotations: Labels = ()
    owners: tuple[Owner, ...] = ()
    place: Place | None = None
