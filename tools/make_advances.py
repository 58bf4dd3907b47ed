"""Write podviz/assets/advances.json, the advance widths of the bundled fonts.

    python tools/make_advances.py

Widths are in font units per em. All Hangul syllables of Pretendard share one advance, so they
are one number; every other character with a glyph stands as a run `[first, [widths…]]`.
"""

import json
from pathlib import Path

import uharfbuzz as hb

ASSETS = Path(__file__).parent.parent / "podviz" / "assets"
HANGUL = range(0xAC00, 0xD7A4)


def advances(path: Path) -> dict[str, object]:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    widths = {}
    for code in sorted(face.unicodes):
        glyph = font.get_nominal_glyph(code)
        widths[code] = font.get_glyph_h_advance(glyph)
    hangul = {widths.pop(code) for code in HANGUL}
    assert len(hangul) == 1, "Hangul syllables no longer share one advance"
    runs: list[tuple[int, list[int]]] = []
    for code, width in widths.items():
        if runs and runs[-1][0] + len(runs[-1][1]) == code:
            runs[-1][1].append(width)
        else:
            runs.append((code, [width]))
    return {"em": face.upem, "hangul": hangul.pop(), "runs": runs}


def main() -> None:
    table = {w: advances(ASSETS / "fonts" / f"Pretendard-{w}.otf") for w in ("Regular", "Bold")}
    text = json.dumps(table, separators=(",", ":"))
    (ASSETS / "advances.json").write_text(text + "\n", encoding="ascii")


main()
