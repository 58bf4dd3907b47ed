"""Boxes fill a page towards 16:9; no arrangement is a ribbon."""

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import PEN, box, doors

from podviz.drawing import Rect, boxes_of
from podviz.figure import Arrow, Box, Meter, Relation, Shape
from podviz.layout.arrange import arrange
from podviz.layout.part import MARGINS, Engine, Part
from podviz.text import Text

HEAD = 90.0
PAIRS = list[tuple[int, int]]


def pairs_of(count: int) -> st.SearchStrategy[PAIRS]:
    ends = st.integers(0, count - 1)
    return st.lists(st.tuples(ends, ends), max_size=count)


def arrow(tail: str, head: str, relation: Relation = Relation.CALLS) -> Arrow:
    return Arrow(id=f"{tail}→{head}", tail=tail, head=head, relation=relation)


def card(name: str) -> Box:
    return box(Shape.CARD, name)


def pod(name: str) -> Box:
    return box(Shape.POD, name, box(Shape.CHIP, f"{name}/app"), doors=doors(80, lead=f"{name}/app"))


KINDS: dict[str, Callable[[str], Box]] = {
    "cards": card,
    "pods": pod,
    "workloads": lambda n: box(Shape.WORKLOAD, n, count=3),
    "drums": lambda n: box(Shape.VOLUME, n),
    "addresses": lambda n: box(Shape.ADDRESS, n),
    "containers": lambda n: box(Shape.CONTAINER, n),
    "anatomies": lambda n: box(Shape.ANATOMY, n, box(Shape.CONTAINER, f"{n}/app")),
    "nodes": lambda n: box(Shape.NODE, n, pod(f"{n}/pod")),
}


def arranged(boxes: list[Box], *arrows: Arrow, least: float = 0.0) -> Part:
    return arrange(PEN, tuple(boxes), arrows, head=HEAD, least=least, engine=Engine())


def ratio(part: Part) -> float:
    """Width to height of the page that this part makes."""
    return (part.width + MARGINS) / (part.height + HEAD)


def tops(part: Part, boxes: list[Box]) -> dict[str, Rect]:
    placed = dict(boxes_of(part.groups))
    return {b.id: placed[b.id] for b in boxes}


def several(count: int, kind: str = "cards") -> list[Box]:
    return [KINDS[kind](f"b{i}") for i in range(count)]


def chained(pairs: PAIRS) -> list[Arrow]:
    return [arrow(f"b{a}", f"b{b}") for a, b in dict.fromkeys(pairs) if a != b]


# ── what no arrow ties ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_one_to_thirty_boxes_of_a_kind_stay_within_3_to_1(kind: str) -> None:
    found = {n: ratio(arranged(several(n, kind))) for n in range(1, 31)}
    assert all(1 / 3 <= r <= 3 for r in found.values()), found
    assert all(1.2 <= found[n] <= 2.3 for n in range(20, 31)), found


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "anatomies"])
def test_boxes_of_a_kind_have_frames_of_one_size(kind: str) -> None:
    boxes = [KINDS[kind](name) for name in ("a", "a-much-longer-name", "b", "c")]
    sizes = {(round(r.w, 2), round(r.h, 2)) for r in tops(arranged(boxes), boxes).values()}
    assert len(sizes) == 1


def test_boxes_are_set_in_reading_order() -> None:
    boxes = several(7)
    places = [(r.y, r.x) for r in tops(arranged(boxes), boxes).values()]
    assert places == sorted(places)


def test_a_single_open_pod_fills_the_page() -> None:
    part = arranged(several(1, "anatomies"))
    assert 4 / 3 <= ratio(part) <= 2
    wide = arranged(several(1, "anatomies"), least=700)
    assert wide.width >= 700


def test_a_lane_stands_below_all_else_over_the_whole_width() -> None:
    waiting = box(Shape.LANE, "lane", pod("waits"))
    nodes = several(3, "nodes")
    part = arranged([waiting, *nodes])
    found = tops(part, [waiting, *nodes])
    assert all(r.bottom < found["lane"].y for id, r in found.items() if id != "lane")
    assert found["lane"].w == pytest.approx(part.width)


def test_a_lane_alone_is_drawn_too() -> None:
    meter = Meter(label=Text.same("CPU"), parts=(3,), capacity=2, largest=3)
    asks = box(Shape.POD, "big", box(Shape.CHIP, "big/app"), meter=meter)
    lane = box(Shape.LANE, "lane", asks)
    assert tops(arranged([lane]), [lane])["lane"].w > 400


def test_arrows_to_what_waits_in_a_lane_are_left_out() -> None:
    lane = box(Shape.LANE, "lane", pod("waits"))
    assert arranged([pod("a"), lane], arrow("a", "waits")).routes == ()


# ── what arrows tie ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", range(2, 16))
def test_a_chain_is_no_ribbon(count: int) -> None:
    part = arranged(several(count), *chained([(i, i + 1) for i in range(count - 1)]))
    assert 1 / 3 <= ratio(part) <= 3
    assert len(part.routes) == count - 1


@pytest.mark.parametrize("count", range(2, 13))
def test_a_hub_with_its_leaves_is_no_ribbon(count: int) -> None:
    assert (
        1 / 3 <= ratio(arranged(several(count), *chained([(0, i) for i in range(1, count)]))) <= 3
    )
    assert (
        1 / 3 <= ratio(arranged(several(count), *chained([(i, 0) for i in range(1, count)]))) <= 3
    )


def test_a_tie_without_a_line_keeps_boxes_together_and_is_not_drawn() -> None:
    boxes = several(4)
    near = arrow("b0", "b3", Relation.NEAR)
    part = arranged(boxes, near, arrow("b0", "b1"))
    assert [r.arrow.head for r in part.routes] == ["b1"]
    found = tops(part, boxes)
    assert found["b3"].x == found["b1"].x
    assert found["b2"].y > found["b0"].bottom or found["b2"].x > found["b1"].right


def test_arrows_inside_one_box_are_drawn() -> None:
    node = box(Shape.NODE, "n", pod("a"), pod("b"), roomy=True)
    part = arranged([node, card("x")], arrow("a", "b"))
    assert [(r.arrow.tail, r.arrow.head) for r in part.routes] == [("a", "b")]


def test_an_arrow_to_a_chip_without_room_ends_at_its_box() -> None:
    chips = [box(Shape.CHIP, f"w/container-{i}") for i in range(9)]
    boxes = [card("a"), box(Shape.WORKLOAD, "w", *chips)]
    (routed,) = arranged(boxes, arrow("a", "w/container-8")).routes
    assert routed.arrow.head == "w/container-8"
    assert routed.points[-1][0] == tops(arranged(boxes, arrow("a", "w")), boxes)["w"].x
    assert arranged(boxes, arrow("w/container-7", "w/container-8")).routes == ()


def test_an_arrow_to_nowhere_is_left_out() -> None:
    assert arranged(several(2), arrow("b0", "gone")).routes == ()


def test_doors_are_ends_of_arrows() -> None:
    boxes = [card("s"), pod("p")]
    (routed,) = arranged(boxes, arrow("s", "p/app:80")).routes
    assert routed.points[-1][0] == pytest.approx(
        dict(boxes_of(arranged(boxes, arrow("s", "p/app:80")).groups))["p/app:80"].x
    )


# ── namespaces ──────────────────────────────────────────────────────────────────────────────


def space(name: str, count: int, *ends: tuple[int, int], kind: str = "cards") -> Box:
    """A namespace of so many boxes, with arrows between some of them."""
    inner = [KINDS[kind](f"{name}/{i}") for i in range(count)]
    inside = tuple(arrow(f"{name}/{a}", f"{name}/{b}") for a, b in ends)
    return box(Shape.SPACE, name, *inner, arrows=inside)


def within(inner: Rect, outer: Rect) -> bool:
    room = outer.grown(0.01)
    corners = inner.x >= room.x and inner.y >= room.y
    return corners and inner.right <= room.right and inner.bottom <= room.bottom


def spaced(spaces: list[Box], *across: Arrow) -> Part:
    part = arranged(spaces, *across)
    PEN.insides.clear()
    return part


def test_what_is_in_a_namespace_stands_in_its_frame() -> None:
    spaces = [space("a", 5), space("b", 2, kind="pods"), space("c", 0)]
    placed = dict(boxes_of(spaced(spaces).groups))
    for each in spaces:
        for child in each.children:
            assert within(placed[child.id], placed[each.id])
    frames = [placed[each.id] for each in spaces]
    assert not any(one.overlaps(other) for one, other in combinations(frames, 2))


def test_arrows_in_a_namespace_stay_inside_and_end_on_its_boxes() -> None:
    spaces = [space("a", 4, (0, 1), (0, 2), (2, 3)), space("b", 3, (0, 1), (1, 2))]
    part = spaced([*spaces, card("x")])
    placed = dict(boxes_of(part.groups))
    assert len(part.routes) == 5
    for routed in part.routes:
        frame = placed[routed.arrow.tail.partition("/")[0]]
        for x, y in routed.points:
            assert within(Rect(x, y, 0, 0), frame)
        for end, (x, y) in zip(
            (routed.arrow.tail, routed.arrow.head),
            (routed.points[0], routed.points[-1]),
            strict=True,
        ):
            assert placed[end].grown(1).overlaps(Rect(x, y, 0.1, 0.1))


def test_arrows_between_namespaces_run_from_box_to_box() -> None:
    spaces = [space("a", 2), space("b", 3, (0, 1))]
    part = spaced(spaces, arrow("a/0", "b/2"), arrow("a/1", "b/0"))
    placed = dict(boxes_of(part.groups))
    ends = {(r.arrow.tail, r.arrow.head): r.points for r in part.routes}
    assert set(ends) == {("a/0", "b/2"), ("a/1", "b/0"), ("b/0", "b/1")}
    assert not placed["a"].overlaps(placed["b"])
    for (_, head), points in ends.items():
        x, y = points[-1]
        end = placed[head].grown(1)
        assert end.overlaps(Rect(x, y, 0.1, 0.1)), (head, points)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 6), pairs_of(6)), min_size=1, max_size=4))
def test_no_namespaces_meet_and_no_arrow_is_lost(wished: list[tuple[int, PAIRS]]) -> None:
    spaces = []
    for i, (count, ends) in enumerate(wished):
        known = [(a, b) for a, b in dict.fromkeys(ends) if a != b and max(a, b) < count]
        spaces.append(space(f"s{i}", count, *known))
    part = spaced(spaces)
    placed = dict(boxes_of(part.groups))
    frames = [placed[each.id] for each in spaces]
    assert not any(one.overlaps(other) for one, other in combinations(frames, 2))
    assert len(part.routes) == sum(len(each.arrows) for each in spaces)


# ── any figure ──────────────────────────────────────────────────────────────────────────────

kinds = st.lists(st.sampled_from(["cards", "pods", "workloads", "drums"]), min_size=1, max_size=8)
pairs = pairs_of(8)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(kinds, pairs)
def test_no_boxes_meet_and_all_stand_on_the_page(wished: list[str], ends: PAIRS) -> None:
    boxes = [KINDS[kind](f"b{i}") for i, kind in enumerate(wished)]
    known = [(a, b) for a, b in ends if max(a, b) < len(boxes)]
    part = arranged(boxes, *chained(known))
    found = tops(part, boxes)
    assert not [p for p in combinations(found, 2) if found[p[0]].overlaps(found[p[1]])]
    for rect in found.values():
        assert rect.x >= -0.01
        assert rect.y >= -0.01
        assert rect.right <= part.width + 0.01
        assert rect.bottom <= part.height + 0.01
    assert len(part.routes) == len(chained(known))
    assert arranged(boxes, *chained(known)) == part
