"""A cluster too large for one figure, divided: an overview, and a figure for each part."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from podviz.cluster.references import references
from podviz.cluster.relations import Object, Relations, kind_of, namespace_of, objects
from podviz.cluster.selection import only
from podviz.model import Autoscaler, Cluster, Controller, Ingress, Service
from podviz.pod import Pod
from podviz.scene.ground import is_cluster_wide, is_quiet
from podviz.sheet import Sheet
from podviz.text import Text

LARGEST = 60
"""Up to so many objects that have a box of their own are one figure."""

_TOGETHER = ("app.kubernetes.io/part-of", "app.kubernetes.io/instance")
"""Labels that say to which application an object belongs.
https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/"""


class Part(Struct, frozen=True, kw_only=True):
    """Some objects that one figure shows; `name` is unique among the parts.

    `namespace` is None where they live in none; `is_whole` is true for all of a namespace.
    """

    name: str
    namespace: str | None
    objects: tuple[Object, ...]
    is_whole: bool = True


def is_large(cluster: Cluster) -> bool:
    """True for more objects than one figure can show."""
    return _size(objects(cluster)) > LARGEST


def _size(things: Iterable[Object]) -> int:
    """About how many boxes the objects will be: Services are mostly capsules."""
    return sum(1 for o in things if not is_quiet(o) and not isinstance(o, Service))


def parts(cluster: Cluster) -> tuple[Part, ...]:
    """Every object in exactly one part: its namespace, or some applications of it.

    A Namespace is in the part of what lives in it.
    """
    used = {namespace_of(o) for o in objects(cluster) if not is_cluster_wide(o)}
    spaces: defaultdict[str | None, list[Object]] = defaultdict(list)
    for thing in objects(cluster):
        spaces[_space(thing, used)].append(thing)
    relations = Relations(cluster)
    made: list[Part] = []
    taken = {space or "default" for space in spaces if space is not None}
    for space, things in spaces.items():
        for part in _of_space(space, things, relations):
            is_free = part.is_whole and space is not None
            name = part.name if is_free else _free(part.name, taken)
            taken.add(name)
            made.append(replace(part, name=name))
    return tuple(made)


def _free(name: str, taken: set[str]) -> str:
    """The name, or where a namespace is called so, one that none can bear."""
    while name in taken:
        name += "+"
    return name


def _space(thing: Object, used: set[str]) -> str | None:
    if not is_cluster_wide(thing):
        return namespace_of(thing)
    named = "" if thing.name == "default" else thing.name
    return named if kind_of(thing) == "Namespace" and named in used else None


def figures(sheet: Sheet) -> Iterator[Sheet]:
    """A sheet for each part; what it refers to elsewhere is not missing."""
    for part in parts(sheet.cluster):
        yield replace(
            sheet,
            cluster=only(sheet.cluster, {o.path for o in part.objects}),
            whole=sheet.whole or sheet.cluster,
            name=f"{sheet.name}-{part.name}" if sheet.name else part.name,
            title=_titled(sheet.title, part.name),
            caption=None,
            view="cluster",
        )


def _titled(title: Text | None, name: str) -> Text:
    return Text(f"{title.ko} · {name}", f"{title.en} · {name}") if title else Text.same(name)


def _of_space(space: str | None, things: list[Object], relations: Relations) -> Iterator[Part]:
    name = "cluster-wide" if space is None else space or "default"
    if _size(things) <= LARGEST:
        yield Part(name=name, namespace=space, objects=tuple(things))
        return
    pages = list(_pages(_applications(things, relations)))
    digits = len(str(len(pages)))
    for number, page in enumerate(pages, start=1):
        numbered = f"{name}-{number:0{digits}}"
        yield Part(name=numbered, namespace=space, objects=tuple(page), is_whole=False)


def _applications(things: Iterable[Object], relations: Relations) -> list[list[Object]]:
    """What refers to one another or belongs to one application, in the order of the first."""
    own = {thing.path: thing for thing in things}
    root = {path: path for path in own}

    def find(path: str) -> str:
        while root[path] != path:
            root[path] = root[root[path]]
            path = root[path]
        return path

    def join(one: str, other: str) -> None:
        if one in root and other in root:
            root[find(other)] = find(one)

    for thing in own.values():
        for other in _tied(thing, relations):
            join(thing.path, other.path)
    first: dict[tuple[str, str], str] = {}
    for thing in own.values():
        for key, value in thing.labels:
            if key in _TOGETHER:
                join(first.setdefault((key, value), thing.path), thing.path)
    groups: defaultdict[str, list[Object]] = defaultdict(list)
    for thing in own.values():
        groups[find(thing.path)].append(thing)
    return list(groups.values())


def _tied(thing: Object, relations: Relations) -> Iterator[Object]:
    """What belongs in one figure with an object: all it leads to but common configuration."""
    yield from relations.owners(thing)
    match thing:
        case Service():
            yield from relations.behind(thing)
        case Ingress():
            for service, _ in relations.entered(thing):
                yield service
        case Autoscaler():
            target = relations.scaled(thing)
            if target:
                yield target
        case Pod() | Controller():
            for reference in references(thing):
                if reference.kind == "PersistentVolumeClaim":
                    claim = relations.find(reference.kind, reference.name, thing.namespace)
                    if claim:
                        yield claim
        case _:
            return


def _pages(groups: list[list[Object]]) -> Iterator[list[Object]]:
    """Groups in their order, together on one page while it has room."""
    page: list[Object] = []
    size = 0
    for group in groups:
        boxes = _size(group)
        if page and size + boxes > LARGEST:
            yield page
            page, size = [], 0
        page += group
        size += boxes
    if page:
        yield page
