"""Glyphs of the bundled fonts: subsets to embed, outlines to draw.

HarfBuzz is loaded when a glyph is asked for: figures in Latin letters are written without it.
"""

from base64 import b64encode
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from podviz import assets

if TYPE_CHECKING:
    import uharfbuzz as hb


@cache
def _face(weight: str) -> "hb.Face":
    import uharfbuzz as hb

    return hb.Face(hb.Blob.from_file_path(str(assets.font_path(weight))))


@cache
def _font(weight: str) -> "hb.Font":
    import uharfbuzz as hb

    return hb.Font(_face(weight))


def embedded(weight: str, characters: frozenset[str]) -> str:
    """An OpenType font with these characters, perhaps some more, in Base64."""
    if characters <= assets.LATIN:
        return _latin(weight)
    return _cut(weight, "".join(sorted(characters)))


@cache
def _latin(weight: str) -> str:
    return b64encode(assets.latin_font(weight)).decode()


@lru_cache(maxsize=64)
def _cut(weight: str, characters: str) -> str:
    return b64encode(cut(weight, characters)).decode()


def cut(weight: str, characters: str) -> bytes:
    """An OpenType font with just these characters, without kerning or ligatures."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.update([ord(c) for c in characters])
    dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    dropped.update(
        [int.from_bytes(tag, "big") for tag in (b"GPOS", b"GSUB", b"GDEF", b"DSIG", b"VORG")]
    )
    names = wanted.sets(hb.SubsetInputSets.NAME_ID)
    names.clear()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE
    made = hb.subset(_face(weight), wanted)
    data: bytes = made.blob.data
    return data


@lru_cache(maxsize=4096)
def outline(weight: str, character: str) -> str | None:
    """SVG path of one glyph in font units (2048 an em), y up; None without a glyph."""
    font = _font(weight)
    glyph = font.get_nominal_glyph(ord(character))
    if not glyph:
        return None
    steps: list[str] = []
    font.draw_glyph(glyph, _draw_funcs(), steps)
    return "".join(steps)


@cache
def _draw_funcs() -> "hb.DrawFuncs":
    import uharfbuzz as hb

    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, out: out.append(f"M{x:g} {y:g}"))
    funcs.set_line_to_func(lambda x, y, out: out.append(f"L{x:g} {y:g}"))
    funcs.set_quadratic_to_func(lambda a, b, x, y, out: out.append(f"Q{a:g} {b:g} {x:g} {y:g}"))
    funcs.set_cubic_to_func(
        lambda a, b, c, d, x, y, out: out.append(f"C{a:g} {b:g} {c:g} {d:g} {x:g} {y:g}")
    )
    funcs.set_close_path_func(lambda out: out.append("Z"))
    return funcs
