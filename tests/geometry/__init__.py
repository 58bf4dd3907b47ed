"""What is wrong with a written SVG, told from its bytes alone.

`flaws` measures the picture: boxes, text and its contrast, arrows, page. `safety` reads the
document: what it refers to, what it could run, what it tells those who cannot see it. Nothing is
asked of podviz' own layout; text is measured with the font that the file itself embeds.
"""

from collections.abc import Iterator

from . import arrows, boxes, colour, lines, page, texts
from .parse import read
from .picture import Arrow, Box, Mark, Picture, Shape, Word
from .safety import safety

__all__ = ["Arrow", "Box", "Mark", "Picture", "Shape", "Word", "flaws", "read", "safety"]


def flaws(svg: bytes, lecture: bool = False) -> list[str]:
    """One sentence for each flaw of the picture, none twice; with `lecture`, the rules for
    slides count too. Raises ParseError when the file is no XML.
    """
    return list(dict.fromkeys(_flaws(read(svg), lecture)))


def _flaws(picture: Picture, lecture: bool) -> Iterator[str]:
    for room in (boxes, texts, colour, lines, arrows):
        yield from room.check(picture)
    yield from page.check(picture, lecture=lecture)
