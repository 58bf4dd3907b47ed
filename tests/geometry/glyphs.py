"""Text measured with the fonts that an SVG embeds."""

import re
import unicodedata
from base64 import b64decode
from functools import cache

import uharfbuzz as hb
from msgspec import Struct

from podviz import assets

_FACE = re.compile(
    r"@font-face\{[^}]*?font-weight:(\d+);src:url\(data:font/otf;base64,([A-Za-z0-9+/=]*)\)"
)


class Extent(Struct, frozen=True):
    """A line of text in ems: its advance, how high and how deep its ink reaches."""

    advance: float
    up: float
    down: float


class Face(Struct, frozen=True, eq=False):
    """One embedded font."""

    font: "hb.Font"
    em: int

    @classmethod
    def of(cls, data: bytes) -> "Face":
        face = hb.Face(hb.Blob(data))
        return cls(hb.Font(face), face.upem)

    def lacks(self, words: str) -> str:
        """The characters without a glyph, each once; what has no width is not missed."""
        return "".join(sorted({c for c in words if not self._glyph(c) and not _is_bare(c)}))

    def measure(self, words: str) -> Extent:
        """Glyph by glyph, unkerned, as the style sheet asks for."""
        glyphs = [g for c in words if (g := self._glyph(c))]
        advance = sum(self.font.get_glyph_h_advance(g) for g in glyphs)
        ink = [e for g in glyphs if (e := self.font.get_glyph_extents(g)) and e.height]
        up = max((e.y_bearing for e in ink), default=0)
        down = max((-e.y_bearing - e.height for e in ink), default=0)
        return Extent(advance / self.em, up / self.em, max(down, 0) / self.em)

    def _glyph(self, character: str) -> int:
        return self.font.get_nominal_glyph(ord(character)) or 0


def _is_bare(character: str) -> bool:
    """True for marks and joiners, which stand on or between others."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def embedded(style_sheet: str) -> dict[bool, Face]:
    """The fonts of a style sheet, by whether they are bold."""
    return {
        weight == "700": Face.of(b64decode(data)) for weight, data in _FACE.findall(style_sheet)
    }


@cache
def bundled(bold: bool) -> Face:
    """The whole font that subsets are cut from."""
    return Face.of(assets.font_path("Bold" if bold else "Regular").read_bytes())
