"""Which objects the documents hold, and what each is called."""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from msgspec import Struct
from msgspec.structs import replace

from podviz.cluster.relations import CLUSTER_WIDE, is_for_a_tool
from podviz.finding import Finding, Severity
from podviz.meta import Labels, Owner
from podviz.place import Place
from podviz.readers.manifest import flaws
from podviz.readers.manifest.fields import Field
from podviz.readers.manifest.kinds import (
    KNOWN_KINDS,
    VERSIONS,
    group_of,
    is_built_in,
    listed,
)
from podviz.readers.manifest.names import Names
from podviz.source.tree import Mapping, Node, Scalar, Sequence

_SPELT = {kind.lower(): kind for kind in KNOWN_KINDS}


class Wide(TypedDict):
    """What every object has, as arguments of its class."""

    path: str
    name: str
    labels: Labels
    annotations: Labels
    owners: tuple[Owner, ...]
    place: Place


class Common(Wide):
    """The same for what lives in a namespace."""

    namespace: str


class Head(Struct, frozen=True, kw_only=True):
    """One object as it was found: its kind and how it is named.

    `namespace` is empty for the namespace `default`. `given` is the name in the file, None if
    there is none; then `name` stands in.
    """

    root: Field
    kind: str
    version: str
    namespace: str
    given: str | None
    name: str = ""
    path: str = ""

    @property
    def group(self) -> str:
        return group_of(self.version)

    @property
    def is_built_in(self) -> bool:
        return not self.version or is_built_in(self.kind, self.group)

    @property
    def shown_kind(self) -> str:
        """The kind as paths say it: with its group where Kubernetes has one of that name."""
        if self.kind in VERSIONS and not self.is_built_in:
            return f"{self.kind}.{self.group}"
        return self.kind

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What no two objects of a cluster have in common."""
        group = "" if self.is_built_in else self.group
        return group, self.kind, self.namespace, self.name

    @property
    def place(self) -> Place:
        return _place(self.root)

    def wide(self) -> Wide:
        """Path, name, labels and so on."""
        metadata = self.root.get("metadata")
        return Wide(
            path=self.path,
            name=self.name,
            labels=metadata.get("labels").pairs(),
            annotations=metadata.get("annotations").pairs(),
            owners=_owners(metadata.get("ownerReferences")),
            place=self.place,
        )

    def common(self) -> Common:
        return Common(**self.wide(), namespace=self.namespace)


def _place(root: Field) -> Place:
    """Where to point at an object: at its name if it has one."""
    metadata = root.node.get("metadata") if isinstance(root.node, Mapping) else None
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return (name if isinstance(name, Scalar) else root.node or root.above or root).place


def _owners(field: Field) -> tuple[Owner, ...]:
    owners = []
    for each in field.mappings():
        kind, name = each.get("kind").word(), each.get("name").word()
        if kind and name:
            controller = each.get("controller").truth()
            owners.append(Owner(kind=kind, name=name, controller=controller, place=each.place))
    return tuple(owners)


def heads(roots: Iterable[Node], found: list[Finding]) -> Iterator[Head]:
    """The objects of all documents in order, those of lists one by one."""
    waiting = [(Field(root, found), "") for root in roots]
    waiting.reverse()
    while waiting:
        field, kind = waiting.pop()
        if isinstance(field.node, Sequence):
            found.append(flaws.no_object(field.place, field.node))
            waiting += [(item, "") for item in reversed(field.items())]
        elif isinstance(field.node, Mapping):
            inside = _listed(field)
            if inside is None:
                yield from _head(field, kind, found)
            else:
                waiting += [(Field(i.node, found), inside[0]) for i in reversed(inside[1])]
        elif field.node is not None:
            found.append(flaws.no_object(field.place, field.node))


def _listed(field: Field) -> tuple[str, tuple[Field, ...]] | None:
    """The kind of the items and the items of a `List` or `XList`; None for what is no list."""
    kind = field.get("kind").node
    of = listed(kind.text) if isinstance(kind, Scalar) else None
    if of is None:
        return None
    items = field.get("items")
    if of and of not in KNOWN_KINDS and not isinstance(items.node, Sequence):
        return None
    return of, items.items()


def _head(root: Field, of: str, found: list[Finding]) -> Iterator[Head]:
    kind = root.get("kind")
    said = kind.word() or of
    if not said:
        if kind.node is None:
            found.append(flaws.no_kind(root.place))
        return
    version = _version(root, said, of, found)
    metadata = root.get("metadata")
    namespace = metadata.get("namespace").word() or ""
    if namespace == "default" or said in CLUSTER_WIDE:
        namespace = ""
    name = metadata.get("name").word()
    yield Head(root=root, kind=said, version=version, namespace=namespace, given=name)


def _version(root: Field, kind: str, of: str, found: list[Finding]) -> str:
    """The apiVersion, told if the kind is none of it."""
    field = root.get("apiVersion")
    version = field.word() or ""
    known = VERSIONS.get(kind, ())
    if not version and not of:
        if field.node is None and not is_for_a_tool(kind, ""):
            found.append(flaws.missing(root.place, "apiVersion"))
    elif version and is_built_in(kind, group_of(version)) and version not in known:
        found.append(flaws.strange_version(field.place, version, kind, known))
    meant = _SPELT.get(kind.lower())
    if meant and meant != kind:
        found.append(flaws.strange_kind(root.get("kind").place, kind, meant))
    return version


# ── names ───────────────────────────────────────────────────────────────────────────────────


def escaped(name: str) -> str:
    """A name as a step of a path."""
    return name.replace("%", "%25").replace("/", "%2F")


def _path(head: Head, name: str) -> str:
    steps = [head.namespace] if head.namespace else []
    return "/".join(map(escaped, [*steps, head.shown_kind, name]))


def named(given: Iterable[Head], found: list[Finding]) -> list[Head]:
    """Each object once, with its name and path; of two with one name the last.

    The path is `Kind/name`, with the namespace in front unless it is `default`; so it does not
    change when other files are read along. A nameless object is called after its
    `generateName`, or `unnamed`, and numbered.
    """
    all_heads = list(given)
    names = Names(_path(head, head.given) for head in all_heads if head.given)
    objects: dict[tuple[str, str, str, str], Head] = {}
    for head in all_heads:
        name = head.given or _stand_in(head, names, found)
        made = replace(head, name=name, path=_path(head, name))
        first = objects.pop(made.key, None)
        if first:
            found.append(flaws.twice(made.place, first.place, made.kind, name))
        objects[made.key] = made
    return _distinct(objects.values())


def _stand_in(head: Head, names: Names, found: list[Finding]) -> str:
    """A name that nothing else has, the same in every run."""
    prefix = head.root.get("metadata", "generateName").word()
    base = f"{prefix}?" if prefix else "unnamed"
    path = _path(head, base)
    name = base + names.free(path, "" if prefix else "-").removeprefix(path)
    if is_for_a_tool(head.kind, head.group):
        return name
    told = flaws.missing(head.root.place, "metadata.name", name)
    if prefix:
        told = replace(told, severity=Severity.INFO)
    found.append(told)
    return name


def _distinct(objects: Iterable[Head]) -> list[Head]:
    """Objects of different groups may share a kind and name; their paths must differ."""
    names = Names()
    return [replace(head, path=names.free(head.path, "~")) for head in objects]
