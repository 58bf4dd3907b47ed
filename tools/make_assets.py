"""Write what podviz brings of others' files: advance widths, Latin subsets of the fonts, icons.

    python tools/make_assets.py

Widths are in font units per em. All Hangul syllables of Pretendard share one advance, so they
are one number; every other character with a glyph stands as a run `[first, [widths…]]`.

Most figures in English need Latin letters alone: their subset and their widths are made here.

The icons of `diagrams` have 256 × 256 pixels and more colours than the eye tells apart; no figure
shows one larger than 32 points. They are kept with 128 × 128 and a palette: a sixth of the bytes
in every SVG.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import diagrams
import uharfbuzz as hb
from PIL import Image

from podviz import fonts
from podviz.assets import ICONS, LATIN, WEIGHTS

ASSETS = Path(__file__).parent.parent / "podviz" / "assets"
HANGUL = range(0xAC00, 0xD7A4)
PIXELS, COLOURS, ROUNDS = 128, 96, 3


Advances = dict[str, Any]
Colour = tuple[float, float, float, float]  # red, green, blue, alpha, each 0–255


def advances(path: Path) -> Advances:
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


def latin(widths: Advances) -> dict[str, float]:
    """Of the characters that most figures need, the advance widths in em."""
    known = {chr(first + i): w for first, ws in widths["runs"] for i, w in enumerate(ws)}
    return {letter: known[letter] / widths["em"] for letter in sorted(LATIN)}


def smaller(path: Path) -> Image.Image:
    """The icon with fewer pixels, and with the colours that k-means finds for it."""
    small = Image.open(path).convert("RGBa").resize((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    pixels = list(small.convert("RGBA").get_flattened_data())
    counts = Counter(pixels)
    centres = _apart(list(counts))
    for _ in range(ROUNDS):
        nearest = {c: min(range(len(centres)), key=lambda i: _far(c, centres[i])) for c in counts}
        centres = [
            _mean([(c, counts[c]) for c, at in nearest.items() if at == i]) or centres[i]
            for i in range(len(centres))
        ]
    icon = Image.new("P", small.size)
    icon.putpalette([round(n) for centre in centres for n in centre], "RGBA")
    icon.putdata([nearest[pixel] for pixel in pixels])
    return icon


def _apart(colours: list[Colour]) -> list[Colour]:
    """Colours of which each is the one farthest from those before."""
    found = colours[:1]
    gaps = [_far(colour, found[0]) for colour in colours]
    while len(found) < COLOURS and max(gaps):
        found.append(colours[gaps.index(max(gaps))])
        gaps = [min(g, _far(c, found[-1])) for g, c in zip(gaps, colours, strict=True)]
    return found


def _far(one: Colour, other: Colour) -> float:
    """How far two colours are apart, as they look on white and on black."""
    return (
        sum(
            (a * one[3] - b * other[3]) ** 2 / 255**2
            for a, b in zip(one[:3], other[:3], strict=True)
        )
        + (one[3] - other[3]) ** 2
    )


def _mean(weighed: list[tuple[Colour, int]]) -> Colour | None:
    """The mean of colours, each as often as it occurs and as much as it covers."""
    total = sum(count for _, count in weighed)
    if not total:
        return None
    alpha = sum(colour[3] * count for colour, count in weighed)
    red, green, blue = (
        sum(c[i] * c[3] * count for c, count in weighed) / alpha if alpha else 0.0 for i in range(3)
    )
    return red, green, blue, alpha / total


def main() -> None:
    table = {w: advances(ASSETS / "fonts" / f"Pretendard-{w}.otf") for w in WEIGHTS}
    text = json.dumps(table, separators=(",", ":"))
    (ASSETS / "advances.json").write_text(text + "\n", encoding="ascii")
    few = json.dumps({w: latin(table[w]) for w in WEIGHTS}, separators=(",", ":"))
    (ASSETS / "latin.json").write_text(few + "\n", encoding="ascii")
    for weight in WEIGHTS:
        letters = "".join(sorted(LATIN))
        (ASSETS / "fonts" / f"Latin-{weight}.otf").write_bytes(fonts.cut(weight, letters))
    theirs = Path(str(diagrams.__file__)).parent.parent / "resources" / "k8s"
    for name in sorted(set(ICONS.values())):
        ours = ASSETS / "icons" / f"{name}.png"
        ours.parent.mkdir(parents=True, exist_ok=True)
        smaller(theirs / f"{name}.png").save(ours, optimize=True)


if __name__ == "__main__":
    main()
