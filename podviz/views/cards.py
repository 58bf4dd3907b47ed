"""Cards: principles, myths and truths, a few words under a picture of a few signs."""

from podviz.figure import Arrow, Box, Role, Shape
from podviz.scene.boxes import said
from podviz.sheet import Sheet
from podviz.text import Text


def compose(sheet: Sheet) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    """One box a card; those without a verdict are numbered."""
    return tuple(
        [
            Box(
                id=f"card.{turn}",
                about=f"card.{turn}",
                kind="Card",
                shape=Shape.TILE,
                role=Role.OBJECT,
                name=said(card.title) or Text.same("?"),
                caption=said(card.text),
                verdict=card.verdict,
                order=None if card.verdict else turn,
                picture=card.picture,
                place=card.place,
            )
            for turn, card in enumerate(sheet.cards, start=1)
        ]
    ), ()
