"""Drawing items as SVG elements; gathers the symbols and letters that occur."""

import re
from functools import lru_cache

from podviz import assets, fonts, theme
from podviz.drawing import Group, Item, Panel, Path, Rect, Run, Stroke, Symbol, moved_step
from podviz.options import LANGS
from podviz.text import has_glyph, width

_EM = 2048


@lru_cache(maxsize=65536)
def number(value: float) -> str:
    """At most two decimals, without trailing zeros and without a minus before zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def escape(words: str) -> str:
    """Text as it may stand between tags, or in double quotes as an attribute."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        words = words.replace(sign, entity)
    return words


@lru_cache(maxsize=4096)
def slug(words: str) -> str:
    """An id or class that speaks: letters, digits, `_`, `.`, `-` stay, the rest is escaped."""
    words = words.replace("/", ".").replace(" ", "-").replace(":", "-port-")
    if words.isascii() and words.translate(_PLAIN).isalnum():
        return words
    return re.sub(r"[^\w.-]", lambda m: "--to--" if m[0] == "→" else f"_{ord(m[0]):x}_", words)


_PLAIN = str.maketrans("", "", "_.-")


class Markup:
    """One picture being written. `prefix` stands before every id, `theme` names the colours.

    After all items are written, `symbols`, `hatches`, `letters` and `tokens` tell what occurred.
    """

    def __init__(self, *, prefix: str, lang: str, theme_name: str, outline: bool) -> None:
        assert lang in LANGS
        self.prefix, self.lang, self.outline = prefix, lang, outline
        self.auto = theme_name == "auto"
        self.colours = theme.colours(theme_name)
        self.symbols: set[str] = set()
        self.hatches: set[str] = set()
        self.tokens: set[tuple[str, str]] = set()
        self.letters: dict[bool, set[str]] = {False: set(), True: set()}
        self._ids: set[str] = set()
        self._looks: dict[tuple[str | None, Stroke | None], str] = {}

    def items(self, items: tuple[Item, ...], dx: float = 0.0, dy: float = 0.0) -> list[str]:
        """The elements of these items, moved by (dx, dy), one a line."""
        lines: list[str] = []
        self._write(items, dx, dy, lines)
        return lines

    def _write(self, items: tuple[Item, ...], dx: float, dy: float, lines: list[str]) -> None:
        for item in items:
            if isinstance(item, Group):
                self._group(item, dx + item.dx, dy + item.dy, lines)
            elif isinstance(item, Run):
                lines.append(self._run(item, dx, dy))
            elif isinstance(item, Panel):
                lines.append(self._panel(item, dx, dy))
            elif isinstance(item, Path):
                look = self.look(item.fill, item.stroke)
                lines.append(f'<path d="{_steps(item, dx, dy)}"{look}/>')
            else:
                lines.append(self._symbol(item, dx, dy))

    def _group(self, group: Group, x: float, y: float, lines: list[str]) -> None:
        if group.id is None and not group.classes:
            self._write(group.items, x, y, lines)
            return
        id = f' id="{self._own_id(group.id)}"' if group.id else ""
        classes = f' class="{" ".join(map(slug, group.classes))}"' if group.classes else ""
        rect = f' data-box="{_rect(group.box.moved(x, y))}"' if group.box else ""
        lines.append(f"<g{id}{classes}{rect}>")
        if group.tooltip:
            lines.append(f"<title>{escape(group.tooltip.to(self.lang))}</title>")
        self._write(group.items, x, y, lines)
        lines.append("</g>")

    def _own_id(self, words: str) -> str:
        """An id that no other group of the picture bears: Pod `a.b` is not `b` in Pod `a`."""
        id = f"{self.prefix}-{slug(words)}"
        while id in self._ids:
            id += "_"
        self._ids.add(id)
        return id

    def _panel(self, panel: Panel, dx: float, dy: float) -> str:
        r = panel.rect.moved(dx, dy)
        look = self.look(panel.fill, panel.stroke)
        if panel.cut:
            return f'<path d="{_cut(r, panel.cut)}"{look}/>'
        radius = f' rx="{number(panel.radius)}"' if panel.radius else ""
        return (
            f'<rect x="{number(r.x)}" y="{number(r.y)}" width="{number(r.w)}" '
            f'height="{number(r.h)}"{radius}{look}/>'
        )

    def _symbol(self, symbol: Symbol, dx: float, dy: float) -> str:
        self.symbols.add(symbol.name)
        r = symbol.rect.moved(dx, dy)
        look = self._coloured(("color", symbol.colour)) if symbol.colour else ""
        faint = f' opacity="{number(symbol.opacity)}"' if symbol.opacity < 1 else ""
        return (
            f'<use href="#{self.prefix}-{symbol_id(symbol.name)}" x="{number(r.x)}" '
            f'y="{number(r.y)}" width="{number(r.w)}" height="{number(r.h)}"{look}{faint}/>'
        )

    # ── text ────────────────────────────────────────────────────────────────────────────────

    def _run(self, run: Run, dx: float, dy: float) -> str:
        x, y = run.x + dx, run.y + dy
        if self.outline:
            return self._outlined(run, x, y)
        self.letters[run.bold].update(run.words)
        weight = ' font-weight="700"' if run.bold else ""
        ours = run.words.isascii() or all(map(has_glyph, run.words))
        foreign = run.width and not ours
        # The reader's fallback font has other widths: hold the line to the measured one.
        fit = (
            f' textLength="{number(run.width)}" lengthAdjust="spacingAndGlyphs"' if foreign else ""
        )
        return (
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(run.size)}"{weight}{fit}'
            f"{self.look(run.colour, None)}>{escape(run.words)}</text>"
        )

    def _outlined(self, run: Run, x: float, y: float) -> str:
        weight = "Bold" if run.bold else "Regular"
        steps, pen = [], 0.0
        for character in run.words:
            step = width(character, _EM, bold=run.bold)
            path = fonts.outline(weight, character)
            if path is None and step:
                path = _BOX
            if path:
                steps.append(f'<path transform="translate({number(pen)})" d="{path}"/>')
            pen += step
        scale = run.size / _EM
        return (
            f'<g aria-label="{escape(run.words)}" '
            f'transform="matrix({scale:.6f} 0 0 {-scale:.6f} {number(x)} {number(y)})"'
            f"{self.look(run.colour, None)}>{''.join(steps)}</g>"
        )

    # ── colours ─────────────────────────────────────────────────────────────────────────────

    def look(self, fill: str | None, stroke: Stroke | None) -> str:
        """Fill and stroke attributes; with theme auto also the classes that dark mode restyles."""
        known = self._looks.get((fill, stroke))
        if known is None:
            known = self._looks[fill, stroke] = self._look(fill, stroke)
        return known

    def _look(self, fill: str | None, stroke: Stroke | None) -> str:
        wanted = [("fill", fill)] if fill else []
        if stroke:
            wanted.append(("stroke", stroke.colour))
        text = self._coloured(*wanted)
        if not fill:
            text = ' fill="none"' + text
        if stroke:
            text += f' stroke-width="{number(stroke.width)}"'
            if stroke.dash:
                text += f' stroke-dasharray="{" ".join(number(n) for n in stroke.dash)}"'
            else:
                text += ' stroke-linecap="round" stroke-linejoin="round"'
        return text

    def _coloured(self, *wanted: tuple[str, str]) -> str:
        if wanted and wanted[0][1].startswith("hatch."):
            role = wanted[0][1].removeprefix("hatch.")
            self.hatches.add(role)
            return f' fill="url(#{self.prefix}-hatch-{role})"' + self._coloured(*wanted[1:])
        text = "".join(f' {attribute}="{self.colours[token]}"' for attribute, token in wanted)
        if not self.auto or not wanted:
            return text
        self.tokens.update(wanted)
        names = " ".join(token_class(attribute, token) for attribute, token in wanted)
        return f'{text} class="{names}"'


def token_class(attribute: str, token: str) -> str:
    """The class of elements whose attribute takes this token: `fill-pod-line`."""
    return f"{attribute}-{token.replace('.', '-')}"


def symbol_id(name: str) -> str:
    return f"{'icon' if name in assets.ICONS else 'mark'}-{name.lower() or 'other'}"


def _steps(path: Path, dx: float, dy: float) -> str:
    steps = [moved_step(step, dx, dy) for step in path.steps]
    return "".join([f"{letter}{' '.join(map(number, numbers))}" for letter, numbers in steps])


def _rect(rect: Rect) -> str:
    return f"{number(rect.x)} {number(rect.y)} {number(rect.w)} {number(rect.h)}"


def _cut(r: Rect, c: float) -> str:
    """A rectangle whose corners are cut off straight."""
    left, right, top, bottom = r.x + c, r.right - c, r.y + c, r.bottom - c
    points = [
        (left, r.y), (right, r.y), (r.right, top), (r.right, bottom),
        (right, r.bottom), (left, r.bottom), (r.x, bottom), (r.x, top),
    ]  # fmt: skip
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


_BOX = "M205 -150H1843V1450H205ZM325 -30V1330H1723V-30Z"
"""What stands for a character without a glyph, in font units: an empty box."""
