"""Fans of alike boxes in frames."""

from podviz.figure import Box, Relation, Role, Shape
from podviz.scene.boxes import arrow
from podviz.scene.fold import folded
from podviz.text import Text


def card(id: str, kind: str = "Deployment", **more: object) -> Box:
    shape, role = Shape.CARD, Role.OBJECT
    given: dict[str, object] = {"shape": shape, "role": role, "name": Text.same(id), **more}
    return Box(id=id, about=id, kind=kind, **given)  # type: ignore[arg-type]


LEAVES = tuple(card(f"leaf-{i}") for i in range(8))
HUB = card("hub", "Service")


def test_seven_leaves_of_one_box_stand_in_a_frame_with_one_arrow() -> None:
    lines = tuple(arrow("hub", leaf.id, Relation.SELECTS) for leaf in LEAVES[:7])
    boxes, arrows = folded((HUB, *LEAVES[:7]), lines)
    frame = boxes[1]
    assert [b.id for b in boxes] == ["hub", "hub/selects/Deployment"]
    assert frame.shape is Shape.FRAME
    assert [b.id for b in frame.children] == [b.id for b in LEAVES[:7]]
    assert [(a.tail, a.head) for a in arrows] == [("hub", frame.id)]


def test_six_leaves_keep_an_arrow_each() -> None:
    lines = tuple(arrow("hub", leaf.id, Relation.SELECTS) for leaf in LEAVES[:6])
    assert folded((HUB, *LEAVES[:6]), lines) == ((HUB, *LEAVES[:6]), lines)


def test_many_that_lead_to_one_are_a_fan_too_and_stay_missing() -> None:
    lines = tuple(arrow(leaf.id, "hub", Relation.READS, missing=True) for leaf in LEAVES)
    boxes, arrows = folded((*LEAVES, HUB), lines)
    assert [b.kind for b in boxes] == ["Deployment", "Service"]
    assert [(a.tail, a.head, a.missing) for a in arrows] == [(boxes[0].id, "hub", True)]


def test_words_of_the_arrows_go_into_the_boxes() -> None:
    lines = tuple(
        arrow("hub", leaf.id, Relation.CALLS, label=Text.same(f"/{leaf.id}")) for leaf in LEAVES
    )
    boxes, arrows = folded((HUB, *LEAVES), lines)
    assert [b.details[0].en for b in boxes[1].children] == [f"/{b.id}" for b in LEAVES]
    assert [a.label for a in arrows] == [None]


def test_those_with_the_same_arrows_share_a_frame() -> None:
    half = card("half", "Service")
    lines = [arrow("hub", leaf.id, Relation.SELECTS) for leaf in LEAVES]
    lines += [arrow("half", leaf.id, Relation.SELECTS) for leaf in LEAVES[::2]]
    boxes, arrows = folded((HUB, half, *LEAVES), tuple(lines))
    frames = [b for b in boxes if b.shape is Shape.FRAME]
    assert sorted(len(b.children) for b in frames) == [4, 4]
    assert len({b.id for b in frames}) == 2
    assert len(arrows) == 3


def test_a_leaf_with_an_arrow_of_its_own_stays_outside() -> None:
    lines = [arrow("hub", leaf.id, Relation.SELECTS) for leaf in LEAVES]
    lines.append(arrow("leaf-0", "other", Relation.CALLS))
    boxes, arrows = folded((HUB, *LEAVES, card("other", "Service")), tuple(lines))
    assert [b.id for b in boxes if b.shape is not Shape.FRAME] == ["hub", "leaf-0", "other"]
    assert ("hub", "leaf-0") in {(a.tail, a.head) for a in arrows}


def test_namespaces_and_missing_things_are_never_folded() -> None:
    spaces = tuple(card(f"n{i}", "Namespace", shape=Shape.SPACE) for i in range(8))
    lost = tuple(card(f"m{i}", "Secret", role=Role.MISSING) for i in range(8))
    for leaves in (spaces, lost):
        lines = tuple(arrow("hub", leaf.id, Relation.CALLS) for leaf in leaves)
        assert folded((HUB, *leaves), lines) == ((HUB, *leaves), lines)
