"""What objects of several kinds have in common."""

from msgspec import Struct, field

from podviz.place import Place
from podviz.value import Placed

Labels = tuple[tuple[str, str], ...]
Places = tuple[tuple[str, Place], ...]
"""Where single fields of a thing stand, by the name of the field; `env.NAME` for a variable."""


def spot(places: Places, *fields: str) -> Place | None:
    """Where the first of these fields stands that the file gives."""
    found = dict(places)
    return next((found[field] for field in fields if field in found), None)


class Requirement(Struct, frozen=True, kw_only=True):
    """One of a selector's `matchExpressions`; `operator` is In, NotIn, Exists or DoesNotExist."""

    key: str
    operator: str
    values: tuple[str, ...] = ()


class Selector(Struct, frozen=True, kw_only=True):
    """Labels and requirements that must all hold; an empty one is no missing one."""

    labels: Labels = ()
    requirements: tuple[Requirement, ...] = ()


class Reference(Placed, frozen=True, kw_only=True, eq=False):
    """A thing's word for another thing: its kind and name, perhaps one `key` of it.

    `namespace` None means the namespace of who refers. `via` is the field or variable that
    does it; `optional` says that the other thing may be missing.
    """

    kind: str
    name: str
    namespace: str | None = None
    key: str | None = None
    via: str | None = None
    optional: bool = False
    place: Place | None = None


class Owner(Placed, frozen=True, kw_only=True, eq=False):
    """Who made a thing and takes it along when it goes (`ownerReferences`)."""

    kind: str
    name: str
    controller: bool = False
    place: Place | None = None


class ServicePort(Placed, frozen=True, kw_only=True, eq=False):
    """A Service's own port and the container port (number or name) that it leads to."""

    port: int
    target: int | str | None = None
    name: str | None = None
    protocol: str = "TCP"
    node: int | None = None
    place: Place | None = None


class Selection(Struct, frozen=True, kw_only=True):
    """Which objects are asked for; empty fields ask for everything.

    `kinds` are as kubectl takes them (`Deployment`, `deployments`, `deploy`), `names` may hold
    `*` and `?`.
    """

    namespaces: tuple[str, ...] = ()
    labels: Selector = field(default_factory=Selector)
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Selection()


class Named(Struct, frozen=True, kw_only=True):
    """A file or folder as an input names it, relative to itself."""

    path: str
    place: Place
