"""Which objects of a sheet have a box, and why the others have none."""

from collections import Counter
from collections.abc import Iterator

from podviz.cluster.relations import CLUSTER_WIDE, kind_of, namespace_of, objects
from podviz.figure import Box, Listed
from podviz.model import Cluster
from podviz.text import Text
from podviz.words import counted, word


def census(cluster: Cluster, boxes: tuple[Box, ...]) -> tuple[Listed, ...]:
    """Every object of the cluster, with the reason where it has no box and no door."""
    every = [b for box in boxes for b in box.walk()]
    told = {b.about for b in every} | {d.about for b in every for d in b.doors}
    heads = {path[:i] for path in told for i, sign in enumerate(path) if sign in "/:"}
    others = dict(_others(every))
    listed = []
    for thing in objects(cluster):
        shown = thing.path in told or thing.path in heads
        reason = None if shown else others.get(thing.path)
        listed.append(
            Listed(
                path=thing.path,
                kind=kind_of(thing),
                name=thing.name,
                namespace=namespace_of(thing) or None,
                reason=None if shown else reason or word("no-box-view"),
                is_lost=not shown and reason is None,
                place=thing.place,
            )
        )
    return tuple(listed)


def _others(every: list[Box]) -> Iterator[tuple[str, Text]]:
    """What a box shows besides itself: as a mark, or as one of several."""
    for box in every:
        who = Text(*(f"{box.kind} {name}" for name in (box.name.ko, box.name.en)))
        who = box.name if box.kind in ("Tray", box.name.en) else who
        for mark in box.marks:
            for path in mark.members:
                yield path, word("no-box-mark", who=who)
        for path in box.members:
            yield path, word("no-box-member", who=who)


# ── in numbers ──────────────────────────────────────────────────────────────────────────────

_COUNTED = 5
"""How many kinds a tally counts."""

_LEADING = ("Service", "Ingress", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute")


def tally(cluster: Cluster) -> Text:
    """`2 Namespaces · 13 Deployments · 1 StatefulSet`: workloads first, then what leads there."""
    spaces = {namespace_of(o) for o in objects(cluster) if kind_of(o) not in CLUSTER_WIDE}
    kinds = Counter(kind_of(o) for o in objects(cluster))
    workloads = {"Pod", *(c.kind for c in cluster.controllers)}

    def rank(kind: str) -> tuple[int, int, str]:
        place = 0 if kind in workloads else 1 if kind in _LEADING else 2
        return place, -kinds[kind], kind

    said = [counted("Namespace", len(spaces))] if len(spaces) > 1 else []
    shown = sorted((k for k in kinds if k != "Namespace" or len(kinds) == 1), key=rank)
    most = _COUNTED - len(said)
    said += [counted(kind, kinds[kind]) for kind in shown[:most]]
    rest = sum(kinds[kind] for kind in shown[most:])
    said += [word("more-of", number=rest)] if rest else []
    return Text(" · ".join(t.ko for t in said), " · ".join(t.en for t in said))
