"""A Pod among others: stems to what its doors lead to, chips on one line, words off its pins."""

from pieces import PEN, box, tag

from podviz import shapes
from podviz.drawing import Group, Item, Panel, Path, boxes_of
from podviz.figure import Box, Door, Pin, Role, Shape
from podviz.shapes.block import Room

PINS = (Pin(number=1, severity="error"),)


def paths(items: tuple[Item, ...]) -> list[Path]:
    """All lines of a drawing, those in groups too."""
    found = []
    for item in items:
        if isinstance(item, Group):
            found += paths(item.items)
        elif isinstance(item, Path):
            found.append(item)
    return found


def panels(items: tuple[Item, ...]) -> list[Panel]:
    """All frames of a drawing outside its pins."""
    found = []
    for item in items:
        if isinstance(item, Group) and "pin" not in item.classes:
            found += panels(item.items)
        elif isinstance(item, Panel):
            found.append(item)
    return found


def clashing(pins: tuple[Pin, ...] = ()) -> Box:
    door = Door(id="d", label=":80", about="d", leads=("a", "b"), pins=pins)
    rows = [box(Shape.CONTAINER, name) for name in ("a", "b")]
    return box(Shape.POD, "web", *rows, doors=(door,))


def test_a_shared_door_has_a_stem_to_each_container_behind_it() -> None:
    drawn = shapes.draw(PEN, clashing())
    rects = dict(boxes_of((drawn.group,)))
    ends = [path.steps[-1][1] for path in paths(drawn.group.items)]
    for name in ("a", "b"):
        middle = rects[name].centre[1] - drawn.body.y
        assert any(abs(end[-1] - middle) < 1 for end in ends)


def test_stems_have_the_colour_of_what_is_wrong_with_their_door() -> None:
    colours = {
        p.stroke.colour for p in paths(shapes.draw(PEN, clashing(PINS)).group.items) if p.stroke
    }
    assert "bad.line" in colours
    assert "pod.line" not in colours


def test_a_stem_reaches_rows_that_stand_in_for_a_turn_beside_them() -> None:
    door = Door(id="d", label=":80", about="d", leads=("a",))
    rows = [box(Shape.CONTAINER, "a"), box(Shape.CONTAINER, "b", order=1)]
    drawn = shapes.draw(PEN, box(Shape.POD, "web", *rows, doors=(door,)))
    rects = dict(boxes_of((drawn.group,)))
    (stem,) = paths(drawn.group.items)[-1:]
    assert stem.steps[-1][1][0] + drawn.body.x == rects["a"].x


def test_chips_stand_on_one_line_though_one_is_pinned() -> None:
    pod = box(Shape.POD, "web", box(Shape.CHIP, "app"), box(Shape.CHIP, "logs", pins=PINS))
    rects = dict(boxes_of((shapes.draw(PEN, pod).group,)))
    assert rects["app"].centre[1] == rects["logs"].centre[1]


def test_a_pin_moves_no_word_of_the_header() -> None:
    plain = box(Shape.POD, "web", ip="10.0.0.1", status=tag("Running"))
    pinned = box(Shape.POD, "web", ip="10.0.0.1", status=tag("Running"), pins=PINS)
    free, under = (shapes.draw(PEN, each, Room(w=220)) for each in (plain, pinned))
    assert free.body.h == under.body.h


def test_chips_of_a_story_fill_the_place_of_their_pod() -> None:
    pod = box(Shape.POD, "web", box(Shape.CHIP, "app"), slot="#0")
    natural = shapes.draw(PEN, pod)
    tall = shapes.draw(PEN, pod, Room(w=240, h=natural.body.h + 30, spare=30.0))
    chip = dict(boxes_of((tall.group,)))["app"]
    assert chip.w == 240 - 2 * 12
    assert chip.h == 24 + 30


def test_a_pod_that_has_ended_stays_dashed_under_its_pin() -> None:
    dead = box(Shape.POD, "web", role=Role.DEAD, pins=PINS)
    frames = [item for item in panels(shapes.draw(PEN, dead).group.items) if item.cut]
    assert [bool(item.stroke and item.stroke.dash) for item in frames if item.stroke] == [True]
