"""Scenes side by side in one figure, each in a panel of its own."""

from msgspec.structs import replace

from podviz.figure import Arrow, Box, Door, Relation, Role, Shape
from podviz.scene.boxes import said
from podviz.sheet import Sheet
from podviz.text import Text

Scene = tuple[tuple[Box, ...], tuple[Arrow, ...]]


def apart(scene: Scene, turn: int) -> Scene:
    """The scene with ids of its own: other panels hold the same things."""
    boxes, arrows = scene
    prefix = f"panel.{turn}/"
    return tuple([_box(box, prefix) for box in boxes]), tuple([_arrow(a, prefix) for a in arrows])


def _box(box: Box, prefix: str) -> Box:
    return replace(
        box,
        id=prefix + box.id,
        doors=tuple([_door(door, prefix) for door in box.doors]),
        children=tuple([_box(child, prefix) for child in box.children]),
        arrows=tuple([_arrow(arrow, prefix) for arrow in box.arrows]),
    )


def _door(door: Door, prefix: str) -> Door:
    leads = tuple([prefix + lead for lead in door.leads])
    return replace(door, id=prefix + door.id, leads=leads)


def _arrow(arrow: Arrow, prefix: str) -> Arrow:
    tail, head = prefix + arrow.tail, prefix + arrow.head
    return replace(arrow, id=f"{tail}→{head}", tail=tail, head=head)


def panel(sheet: Sheet, turn: int, scene: Scene) -> Box:
    """The panel around a scene, with its verdict, its title and the lecturer's reason."""
    boxes, arrows = scene
    return Box(
        id=f"panel.{turn}",
        about=f"panel.{turn}",
        kind="Panel",
        shape=Shape.PANEL,
        role=Role.OBJECT,
        name=said(sheet.title) or Text.same(""),
        caption=said(sheet.because),
        verdict=sheet.verdict,
        children=boxes,
        arrows=tuple([a for a in arrows if a.relation is not Relation.NEAR]),
        place=sheet.place,
    )
