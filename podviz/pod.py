"""A Pod and what is in it, as Kubernetes names it; frozen values only."""

from enum import StrEnum

from msgspec import Struct

from podviz.meta import Labels, Owner, Places, Reference
from podviz.place import Place
from podviz.text import Text
from podviz.value import Placed


class Role(StrEnum):
    """What a container is for in its Pod."""

    MAIN = "main"
    SIDECAR = "sidecar"
    INIT = "init"
    UNCLEAR = "unclear"


class Resources(Struct, frozen=True, kw_only=True):
    """CPU in cores, memory in bytes; None where nothing is said."""

    cpu: float | None = None
    memory: float | None = None


NOTHING_SAID = Resources()


class Port(Placed, frozen=True, kw_only=True, eq=False):
    """A port that a container listens on. `host` is the node's port, `public` a claim."""

    number: int
    protocol: str = "TCP"
    name: str | None = None
    public: bool | None = None
    host: int | None = None
    host_ip: str | None = None
    place: Place | None = None


class Mount(Placed, frozen=True, kw_only=True, eq=False):
    """A volume as one container sees it."""

    volume: str
    path: str | None = None
    read_only: bool = False
    sub_path: str | None = None
    place: Place | None = None


class Data(Placed, frozen=True, kw_only=True, eq=False):
    """What a container keeps: `kind` durable, cache or scratch; `on` the place it lies on."""

    kind: str
    on: str | None = None
    place: Place | None = None


class Lifetime(Placed, frozen=True, kw_only=True, eq=False):
    """A lifetime apart from the Pod's own, only to show that there is none."""

    starts: str = "with-pod"
    ends: str = "with-pod"
    place: Place | None = None


class Container(Placed, frozen=True, kw_only=True, eq=False):
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
    requests: Resources = NOTHING_SAID
    limits: Resources = NOTHING_SAID
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
    places: Places = ()
    place: Place | None = None

    @property
    def argv(self) -> tuple[str, ...]:
        """Command and arguments, word by word."""
        return (*self.command, *self.args)


class Volume(Placed, frozen=True, kw_only=True, eq=False):
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
    place: Place | None = None


class Pod(Placed, frozen=True, kw_only=True, eq=False):
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
    places: Places = ()
    place: Place | None = None
