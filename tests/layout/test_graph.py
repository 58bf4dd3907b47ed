"""Boxes tied by arrows stand in ranks, in reading order."""

import os
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import diagrams
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.drawing import Rect
from podviz.layout.graph import Edge, Graph, Point, place

ROOT = Path(__file__).parents[2]


def graph(count: int, *edges: Edge, **wishes: object) -> Graph:
    return Graph(sizes=((100.0, 50.0),) * count, edges=edges, **wishes)  # type: ignore[arg-type]


def placed(asked: Graph) -> tuple[Point, ...]:
    return place(asked, deadline=30)


def rects(asked: Graph) -> list[Rect]:
    return [Rect(x, y, w, h) for (x, y), (w, h) in zip(placed(asked), asked.sizes, strict=True)]


def columns(asked: Graph) -> list[list[int]]:
    """The boxes of each rank, as they stand."""
    along, across = (0, 1) if asked.direction == "LR" else (1, 0)
    points = placed(asked)
    ranks = sorted({p[along] for p in points})
    return [
        sorted(
            (i for i, p in enumerate(points) if p[along] == rank), key=lambda i: points[i][across]
        )
        for rank in ranks
    ]


def test_a_chain_runs_from_left_to_right() -> None:
    assert placed(graph(3, (0, 1), (1, 2))) == ((0, 0), (148, 0), (296, 0))


def test_a_chain_runs_from_top_to_bottom() -> None:
    assert placed(graph(3, (0, 1), (1, 2), direction="TB")) == ((0, 0), (0, 98), (0, 196))


def test_gaps_are_those_asked_for() -> None:
    assert placed(graph(3, (0, 1), (0, 2), rank_gap=30, node_gap=20)) == (
        (0, 35),
        (130, 0),
        (130, 70),
    )


def test_boxes_of_a_rank_stand_centred_in_it() -> None:
    sizes = ((100.0, 50.0), (40.0, 50.0), (80.0, 50.0))
    found = placed(Graph(sizes=sizes, edges=((0, 1), (0, 2)), rank_gap=10, node_gap=10))
    assert [x for x, _ in found] == [0, 130, 110]


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # a hub and its leaves
        (graph(5, (0, 1), (0, 2), (0, 3), (0, 4)), [[0], [1, 2, 3, 4]]),
        # edges told in another order than the boxes
        (graph(5, (0, 4), (0, 2), (0, 3), (0, 1)), [[0], [1, 2, 3, 4]]),
        # many into one
        (graph(4, (0, 3), (1, 3), (2, 3)), [[0, 1, 2], [3]]),
        # two trees, each behind its root
        (graph(6, (0, 1), (0, 2), (3, 4), (3, 5)), [[0, 3], [1, 2, 4, 5]]),
        # two parts that Graphviz alone would exchange
        (graph(5, (0, 1), (2, 3), (1, 4)), [[0, 2], [1, 3], [4]]),
        # leaves that Graphviz alone would exchange
        (
            graph(6, (0, 1), (0, 2), (0, 5), (1, 2), (1, 3), (2, 3), (2, 4)),
            [[0], [1, 5], [2], [3, 4]],
        ),
        # three Services, three workloads, two stores that share them
        (
            graph(
                9,
                (0, 1),
                (0, 2),
                (0, 3),
                (1, 4),
                (2, 5),
                (3, 6),
                (4, 7),
                (5, 7),
                (4, 8),
                (5, 8),
                (6, 8),
            ),
            [[0], [1, 2, 3], [4, 5, 6], [7, 8]],
        ),
        # two Services in turn before each other's workload: no crossing comes before order
        (graph(4, (0, 3), (1, 2)), [[0, 1], [3, 2]]),
    ],
)
def test_siblings_keep_the_given_order(
    asked: Graph, expected: list[list[int]], direction: str
) -> None:
    turned = Graph(sizes=asked.sizes, edges=asked.edges, direction=direction)
    assert columns(turned) == expected


def test_a_cycle_starts_with_the_first_box() -> None:
    assert columns(graph(3, (0, 1), (1, 2), (2, 0))) == [[0], [1], [2]]


def test_two_that_call_each_other_stand_side_by_side() -> None:
    assert columns(graph(2, (0, 1), (1, 0))) == [[0], [1]]


def test_loops_and_repeated_arrows_move_nothing() -> None:
    repeated = graph(3, (0, 1), (0, 1), (1, 1), (1, 2), (0, 1), (2, 2))
    assert placed(repeated) == placed(graph(3, (0, 1), (1, 2)))


def test_without_arrows_all_stand_in_one_rank() -> None:
    assert placed(graph(3)) == ((0, 0), (0, 66), (0, 132))
    assert placed(graph(3, (1, 1), direction="TB")) == ((0, 0), (116, 0), (232, 0))


def test_nothing_is_placed_nowhere() -> None:
    assert placed(graph(0)) == ()
    assert placed(graph(1)) == ((0, 0),)


def test_a_group_shares_its_rank() -> None:
    assert columns(graph(4, (0, 1), (1, 2), ranks=((2, 3),))) == [[0], [1], [2, 3]]
    assert columns(graph(3, (0, 1), (1, 2), ranks=((0, 1, 2),))) == [[0, 1, 2]]


def test_words_widen_only_the_gap_they_stand_in() -> None:
    asked = graph(3, (0, 1), (1, 2), labels=(0, 90), rank_gap=40)
    assert [x for x, _ in placed(asked)] == [0, 140, 330]


def test_words_on_a_long_arrow_stand_in_its_first_gap() -> None:
    asked = graph(3, (0, 1), (1, 2), (0, 2), labels=(0, 0, 90), rank_gap=40)
    assert [x for x, _ in placed(asked)] == [0, 190, 330]


def test_words_on_a_loop_need_no_gap() -> None:
    asked = graph(2, (0, 0), (0, 1), labels=(90, 0), rank_gap=40)
    assert [x for x, _ in placed(asked)] == [0, 140]


def test_equal_graphs_are_laid_out_once() -> None:
    assert placed(graph(3, (0, 1), (1, 2))) is placed(graph(3, (0, 1), (1, 2)))


def test_a_failing_layout_leaves_no_diagram_open() -> None:
    with pytest.raises(ValueError, match="not a valid direction"):
        placed(graph(2, (0, 1), direction="up"))
    with pytest.raises(IndexError):
        placed(graph(2, (0, 7)))
    assert diagrams.getdiagram() is None
    assert columns(graph(2, (0, 1))) == [[0], [1]]


sides = st.sampled_from([12.0, 40.0, 96.5, 333.33])


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    sizes = draw(st.lists(st.tuples(sides, sides), min_size=1, max_size=9))
    box = st.integers(0, len(sizes) - 1)
    return Graph(
        sizes=tuple(sizes),
        edges=tuple(draw(st.lists(st.tuples(box, box), max_size=14))),
        direction=draw(st.sampled_from(["LR", "TB"])),
        ranks=tuple(draw(st.lists(st.lists(box, max_size=3).map(tuple), max_size=2))),
    )


@settings(derandomize=True, deadline=None, max_examples=120)
@given(graphs())
def test_boxes_never_meet_and_start_at_the_corner(asked: Graph) -> None:
    found = rects(asked)
    assert not any(a.overlaps(b, slack=0.1) for a, b in combinations(found, 2))
    assert (min(r.x for r in found), min(r.y for r in found)) == (0, 0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
def test_a_tree_told_in_reading_order_is_read_in_that_order(steps: list[int]) -> None:
    parents = [step % i for i, step in enumerate(steps, start=1)]
    order = sorted(range(len(steps) + 1), key=lambda i: ancestry(parents, i))
    turn = {box: i for i, box in enumerate(order)}
    edges = [(turn[parent], turn[i]) for i, parent in enumerate(parents, start=1)]
    for column in columns(graph(len(order), *edges)):
        assert all(a < b for a, b in pairwise(column))


def ancestry(parents: list[int], box: int) -> list[int]:
    above: list[int] = []
    while box:
        above.insert(0, box)
        box = parents[box - 1]
    return above


TELL = """
from podviz.layout.graph import Graph, place
for n in range(2, 9):
    edges = tuple((i, (i * i + n) % n) for i in range(n)) + tuple((0, i) for i in range(1, n))
    print(place(Graph(sizes=((90.0, 40.0 + n),) * n, edges=edges), deadline=30))
"""


def told(folder: Path, seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", TELL],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout


def test_the_layout_is_the_same_in_every_process(tmp_path: Path) -> None:
    assert told(tmp_path, "1") == told(tmp_path, "2")


def test_files_named_as_diagrams_names_its_own_stay(tmp_path: Path) -> None:
    names = ["g", "g.gv", "g.png", "diagrams_image", "diagrams_image.png"]
    for name in names:
        (tmp_path / name).write_text("mine")
    told(tmp_path, "1")
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted(names)
    assert {f.read_text() for f in tmp_path.iterdir()} == {"mine"}


def test_diagrams_is_not_imported_without_need(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from podviz.layout.graph import Graph, place\n"
        "place(Graph(sizes=((9.0, 9.0),) * 3, edges=()), deadline=30)\n"
        "assert not {'diagrams', 'graphviz', 'wasmtime'} & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, timeout=60
    )
