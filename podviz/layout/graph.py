"""Boxes tied by arrows: who stands in which column and row.

`diagrams` writes the graph, Graphviz ranks and orders it, and what comes back is where each box
stands. Labels are empty and every size is fixed, so no font takes part; curves are not asked
for, since arrows are routed elsewhere. How far the ranks stand apart is set here, since only
here it is known which gap has to hold words.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct, json

from podviz.layout import engine as graphviz
from podviz.layout.deadline import Deadline

if TYPE_CHECKING:
    from diagrams import Diagram

Point = tuple[float, float]
Edge = tuple[int, int]
Ranks = tuple[tuple[int, ...], ...]
"""The boxes of each rank in the order in which they stand: columns for `LR`, rows for `TB`."""

_INCH = 72.0
_COMPARED = 80  # edges up to which a second order is tried; crossings are counted pair by pair


class Graph(Struct, frozen=True):
    """What Graphviz is asked: boxes by size in points, in reading order, and what ties them.

    `edges` name boxes by index. `labels`, if not empty, is for each edge the least room in
    points between two ranks that its words need, 0 for none. `ranks` are groups of boxes that
    share a rank: a column (`LR`) or row (`TB`). With `order`, boxes of a rank stand in the
    given order wherever that makes no arrow cross another.
    """

    sizes: tuple[Point, ...]
    edges: tuple[Edge, ...]
    labels: tuple[float, ...] = ()
    direction: str = "LR"
    rank_gap: float = 48.0
    node_gap: float = 16.0
    ranks: Ranks = ()
    order: bool = True


def place(
    graph: Graph, *, deadline: float | Deadline, engine: str = "bundled"
) -> tuple[Point, ...]:
    """The top left corner of each box in points, y down, from (0, 0), in the given order.

    Equal graphs are laid out once. Raises DeadlineError and DrawError as `engine.run` does.
    """
    return _placed(graph, Deadline.of(deadline), engine)


@lru_cache(maxsize=1024)
def _placed(graph: Graph, deadline: Deadline, engine: str) -> tuple[Point, ...]:
    if not graph.sizes:
        return ()
    edges = tuple(dict.fromkeys((t, h) for t, h in graph.edges if t != h))
    if not edges:
        return _corners(graph, _one_rank(graph))
    best = _Placement(_swapped(graph, edges, _asked(graph, edges, (), deadline, engine)))
    if graph.order and len(edges) <= _COMPARED and not best.is_in_order():
        pins = _read_through(edges, best.ranks)
        other = _Placement(_asked(graph, edges, pins, deadline, engine))
        best = min(best, other, key=lambda p: p.cost(edges))
    return _corners(graph, _spaced(graph, best))


def _swapped(graph: Graph, edges: Sequence[Edge], centres: list[Point]) -> list[Point]:
    """Boxes of one rank and size with the same neighbours trade places into reading order."""
    tails: defaultdict[int, set[int]] = defaultdict(set)
    heads: defaultdict[int, set[int]] = defaultdict(set)
    for tail, head in edges:
        heads[tail].add(head)
        tails[head].add(tail)
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, (along, _) in enumerate(centres):
        around = frozenset(tails[i]), frozenset(heads[i])
        alike[along, graph.sizes[i], *around].append(i)
    result = list(centres)
    for group in alike.values():
        across = sorted(centres[i][1] for i in group)
        for i, y in zip(group, across, strict=True):
            result[i] = (centres[i][0], y)
    return result


class _Placement:
    """Where Graphviz set the centres: how far along the ranks, how far across."""

    def __init__(self, centres: Sequence[Point]) -> None:
        self.centres = centres
        found: defaultdict[float, list[int]] = defaultdict(list)
        for i, (along, _) in enumerate(centres):
            found[along].append(i)
        self.ranks: Ranks = tuple(
            tuple(sorted(found[along], key=lambda i: centres[i][1])) for along in sorted(found)
        )

    def is_in_order(self) -> bool:
        return all(a < b for rank in self.ranks for a, b in pairwise(rank))

    def inversions(self) -> tuple[int, ...]:
        """For each rank, the pairs that stand against the given order."""
        return tuple(sum(a > b for a, b in combinations(rank, 2)) for rank in self.ranks)

    def cost(self, edges: Sequence[Edge]) -> tuple[int, int, tuple[int, ...]]:
        """Crossings first, then disorder; where that is even, disorder late in the reading."""
        inversions = self.inversions()
        return self.crossings(edges), sum(inversions), inversions

    def crossings(self, edges: Sequence[Edge]) -> int:
        """Pairs of edges that would cross if drawn straight from centre to centre."""
        lines = [(t, h, self.centres[t], self.centres[h]) for t, h in edges]
        return sum(
            _cross(a, b, c, d)
            for (t, h, a, b), (u, k, c, d) in combinations(lines, 2)
            if t != u and t != k and h != u and h != k
        )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _read_through(edges: Sequence[Edge], ranks: Ranks) -> Ranks:
    """The ranks in the order in which one reads: each box, then all behind it, then the next."""
    behind: defaultdict[int, list[int]] = defaultdict(list)
    for tail, head in sorted(edges):
        behind[tail].append(head)
    heads = {head for _, head in edges}
    boxes = sorted(i for rank in ranks for i in rank)
    turn: dict[int, int] = {}
    # Sources first; what only cycles hold comes after.
    waiting = [i for i in reversed(boxes) if i in heads] + [
        i for i in reversed(boxes) if i not in heads
    ]
    while waiting:
        box = waiting.pop()
        if box not in turn:
            turn[box] = len(turn)
            waiting += reversed(behind[box])
    return tuple(tuple(sorted(rank, key=turn.__getitem__)) for rank in ranks)


def _asked(
    graph: Graph, edges: Sequence[Edge], pins: Ranks, deadline: Deadline, engine: str
) -> list[Point]:
    """Graphviz' centres as (along, across), both growing in the direction of reading."""
    answer = json.decode(
        graphviz.run(_source(graph, edges, pins), deadline=deadline, engine=engine)
    )
    found = {o["name"]: o["pos"].split(",") for o in answer["objects"] if "pos" in o}
    points = [(float(x), -float(y)) for x, y in (found[f"n{i}"] for i in range(len(graph.sizes)))]
    return points if graph.direction == "LR" else [(y, x) for x, y in points]


def _source(graph: Graph, edges: Sequence[Edge], pins: Ranks) -> str:
    """The graph in the dot language, as `diagrams` writes it. `pins` fix the order of ranks."""
    import diagrams

    attributes = {
        "label": "",
        "fontname": "Helvetica",
        "pad": "0",
        "margin": "0",
        "splines": "none",
        "nodesep": _inches(graph.node_gap),
        "ranksep": _inches(graph.rank_gap),
    }
    node = {"style": "", "margin": "0", "fontname": "Helvetica"}
    with _sheet()("g", direction=graph.direction, graph_attr=attributes, node_attr=node) as sheet:
        nodes = [
            diagrams.Node(nodeid=f"n{i}", **_box(w, h)) for i, (w, h) in enumerate(graph.sizes)
        ]
        for tail, head in edges:
            nodes[tail].connect(nodes[head], diagrams.Edge(forward=True))
        for rank in (*graph.ranks, *pins):
            _tie(sheet, rank)
        # Graphviz keeps the order along an edge inside a rank.
        for upper, lower in (pair for rank in pins for pair in pairwise(rank)):
            nodes[upper].connect(nodes[lower], diagrams.Edge(style="invis"))
    return str(sheet.dot.source)


def _tie(sheet: "Diagram", rank: Sequence[int]) -> None:
    """Keep these boxes in one rank."""
    if len(rank) > 1:
        from graphviz import Digraph

        same = Digraph(graph_attr={"rank": "same"})
        for i in rank:
            same.node(f"n{i}")
        sheet.subgraph(same)


@lru_cache(maxsize=1)
def _sheet() -> "type[Diagram]":
    """A Diagram that draws nothing: the library's own writes and deletes files when it ends."""
    import diagrams

    class Sheet(diagrams.Diagram):
        def __exit__(self, *_: Any) -> None:
            diagrams.setcluster(None)  # type: ignore[arg-type]  # so it is left
            diagrams.setdiagram(None)  # type: ignore[arg-type]  # the same

    return Sheet


def _box(width: float, height: float) -> dict[str, Any]:
    return {"width": _inches(width), "height": _inches(height)}


def _inches(points: float) -> str:
    return f"{points / _INCH:.5f}"


def _one_rank(graph: Graph) -> list[Point]:
    """Without edges all stand in one rank."""
    sides = [_sides(graph, i)[1] for i in range(len(graph.sizes))]
    ends = accumulate(side + graph.node_gap for side in sides)
    return [(0.0, end - side / 2) for end, side in zip(ends, sides, strict=True)]


def _spaced(graph: Graph, placement: _Placement) -> list[Point]:
    """The centres, each rank as far from the last as their boxes and the words between need."""
    rank_of = {i: r for r, rank in enumerate(placement.ranks) for i in rank}
    gaps = [graph.rank_gap] * len(placement.ranks)
    for (tail, head), room in zip(graph.edges, graph.labels, strict=bool(graph.labels)):
        first = min(rank_of[tail], rank_of[head])
        if rank_of[tail] != rank_of[head]:
            gaps[first] = max(gaps[first], room)
    depths = [max(_sides(graph, i)[0] for i in rank) for rank in placement.ranks]
    ends = accumulate(depth + gap for depth, gap in zip(depths, gaps, strict=True))
    middles = [end - gap - depth / 2 for end, gap, depth in zip(ends, gaps, depths, strict=True)]
    return [(middles[rank_of[i]], across) for i, (_, across) in enumerate(placement.centres)]


def _sides(graph: Graph, box: int) -> Point:
    """A box's size along and across the direction."""
    w, h = graph.sizes[box]
    return (w, h) if graph.direction == "LR" else (h, w)


def _corners(graph: Graph, centres: Sequence[Point]) -> tuple[Point, ...]:
    if graph.direction != "LR":
        centres = [(across, along) for along, across in centres]
    corners = [(x - w / 2, y - h / 2) for (x, y), (w, h) in zip(centres, graph.sizes, strict=True)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    return tuple((round(x - left, 2), round(y - top, 2)) for x, y in corners)
