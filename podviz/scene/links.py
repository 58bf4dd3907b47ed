"""Links between things: where their ends are drawn."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from podviz.figure import Arrow, Box
from podviz.model import Cluster, Link
from podviz.scene.objects import address_card


def link_ends(
    link: Link, drawn: dict[str, str], boxes: list[Box], cluster: Cluster
) -> tuple[str, str] | None:
    """The ids of the boxes at both ends; None where one is declared but not drawn, or where
    both are the same.

    `drawn` tells which model path is which box. An address gets a box, added to `boxes`.
    """
    at = {path: drawn_at(path, drawn, cluster) for path in (link.tail, link.head)}
    outside = [path for path, box in at.items() if box is None]
    if any(is_declared(path, cluster) for path in outside):
        return None
    for path in outside:
        card = address_card(path)
        boxes.append(card)
        drawn[path] = at[path] = card.id
    tail, head = at[link.tail], at[link.head]
    return (tail, head) if tail and head and tail != head else None


def drawn_at(path: str, drawn: Mapping[str, str], cluster: Cluster) -> str | None:
    """The box that stands for a model path: its own, its first replica's, or that of what it
    is in; None where nothing of it is drawn."""
    while True:
        for known in (path, *_replicas(path, cluster)):
            if known in drawn:
                return drawn[known]
        path, slash, _ = path.rpartition("/")
        if not slash:
            return None


def _replicas(path: str, cluster: Cluster) -> Iterator[str]:
    """Where a controller, or something in its template, is drawn if not by itself."""
    for controller in cluster.controllers:
        template = f"{controller.path}/pod"
        if path == controller.path:
            yield from (f"{template}.0", template)
        elif path == template or path.startswith(f"{template}/"):
            yield f"{template}.0{path.removeprefix(template)}"


def declared(cluster: Cluster) -> list[str]:
    """The path of everything in the cluster that may be drawn or linked."""
    return [
        *(thing.path for thing in cluster.nodes),
        *(thing.path for thing in cluster.pods),
        *(thing.path for thing in cluster.controllers),
        *(thing.path for thing in cluster.services),
        *(thing.path for thing in cluster.ingresses),
        *(thing.path for thing in cluster.autoscalers),
        *(thing.path for thing in cluster.claims),
        *(thing.path for thing in cluster.configs),
        *(thing.path for thing in cluster.containers),
    ]


def is_declared(path: str, cluster: Cluster) -> bool:
    """True for the path of something in the cluster, False for an address."""
    return any(path == thing or path.startswith(f"{thing}/") for thing in declared(cluster))


def numbered(arrows: Iterable[Arrow]) -> tuple[Arrow, ...]:
    """The arrows, with a number behind every id that another bore before."""
    met: Counter[str] = Counter()
    result = []
    for arrow in arrows:
        met[arrow.id] += 1
        again = met[arrow.id] > 1
        result.append(replace(arrow, id=f"{arrow.id}.{met[arrow.id]}") if again else arrow)
    return tuple(result)
