"""SVG that stands alone: symbols, fonts, tooltips, and the figure told in words."""

from base64 import b64encode
from functools import cache
from zlib import crc32

from podviz import assets, fonts, theme
from podviz.drawing import Drawing, Stroke
from podviz.markup import Markup, escape, number, symbol_id, token_class
from podviz.options import LANGS
from podviz.text import has_glyph
from podviz.writer import Style, Work

FALLBACK = "Pretendard,'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif"


def write(work: Work) -> bytes:
    """The page as UTF-8 SVG; the same page gives the same bytes everywhere."""
    return document(work.page, work.style).encode()


def document(page: Drawing, given: Style) -> str:
    """The page as SVG text."""
    markup = Markup(
        prefix=_prefix(page),
        lang=page.lang,
        theme_name=given.theme,
        outline=given.text == "outline",
    )
    body = markup.items(page.items)
    for turn, items in enumerate(page.steps, start=1):
        body += [f'<g id="{markup.prefix}-step.{turn}">', *markup.items(items), "</g>"]
    embed = given.text == "embed"
    family = f"{markup.prefix},{FALLBACK}" if embed else FALLBACK
    wide, high = number(page.width), number(page.height)
    style = _style_sheet(markup, embed, len(page.steps))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" role="img" lang="{page.lang}" class="podviz" '
        f'aria-labelledby="{markup.prefix}-title {markup.prefix}-desc">',
        f'<title id="{markup.prefix}-title">{escape(page.title)}</title>',
        *_descriptions(page, markup.prefix),
        f"<defs>{_hatches(markup)}{style}{_symbols(markup)}</defs>",
        f'<rect width="{wide}" height="{high}"{markup.look("canvas", None)}/>',
        f'<g font-family="{family}">',
        *body,
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def inline(page: Drawing, prefix: str) -> str:
    """The page as an element of an HTML page, which brings font, colours and language: ids begin
    with `prefix`, and classes tell what takes which colour."""
    markup = Markup(prefix=prefix, lang=page.lang, theme_name="auto", outline=False)
    body = markup.items(page.items)
    wide, high = number(page.width), number(page.height)
    lines = [
        f'<svg viewBox="0 0 {wide} {high}" role="img" lang="{page.lang}" class="podviz" '
        f'aria-labelledby="{prefix}-title">',
        f'<title id="{prefix}-title">{escape(page.title)}</title>',
        f"<defs>{_hatches(markup)}{_symbols(markup)}</defs>",
        *body,
        "</svg>",
    ]
    return "\n".join(lines)


def _prefix(page: Drawing) -> str:
    """Stands before every id, so that several pictures fit one HTML page."""
    seed = "\n".join((page.name, page.title, page.lang, page.summary.en))
    return f"p{crc32(seed.encode()):08x}"


def _descriptions(page: Drawing, prefix: str) -> list[str]:
    """The figure in words, the page's language first."""
    langs = sorted(LANGS, key=lambda lang: lang != page.lang)
    return [
        f'<desc id="{prefix}-desc{"" if lang == page.lang else f"-{lang}"}" lang="{lang}">'
        f"{escape(page.summary.to(lang))}</desc>"
        for lang in langs
    ]


SECONDS = 2.5
"""How long each frame of a story is shown."""


def _turns(prefix: str, steps: int) -> str:
    """Frames in turn for ever; for who wants no motion only the last, which tells the outcome."""
    step, whole, share = f'[id^="{prefix}-step."]', number(steps * SECONDS), number(100 / steps)
    delays = "".join(
        f'[id="{prefix}-step.{turn}"]{{animation-delay:{number((turn - 1) * SECONDS)}s}}'
        for turn in range(1, steps + 1)
    )
    return (
        f'{step}{{visibility:hidden}}[id="{prefix}-step.{steps}"]{{visibility:visible}}'
        f"@keyframes {prefix}-turn{{0%{{visibility:visible}}{share}%{{visibility:hidden}}"
        f"100%{{visibility:hidden}}}}"
        f"@media (prefers-reduced-motion:no-preference){{{step}{{visibility:hidden;"
        f"animation:{prefix}-turn {whole}s step-end infinite}}{delays}}}"
    )


def _style_sheet(markup: Markup, embed: bool, steps: int) -> str:
    rules = [_font_face(markup, bold) for bold in (False, True)] if embed else []
    rules += [_turns(markup.prefix, steps)] if steps else []
    rules.append("text{font-kerning:none;font-variant-ligatures:none}")
    if markup.auto:
        markup.look("canvas", None)
        dark = "".join(
            f".{token_class(attribute, token)}{{{attribute}:{theme.DARK[token]}}}"
            for attribute, token in sorted(markup.tokens)
        )
        rules.append(f"@media (prefers-color-scheme:dark){{{dark}}}")
    return f"<style>{''.join(rules)}</style>"


def _hatches(markup: Markup) -> str:
    """Slanting lines, 5 apart: what does not fit or is wrong."""
    return "".join(
        f'<pattern id="{markup.prefix}-hatch-{role}" width="5" height="5" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0V5"{markup.look(None, Stroke(colour=f"{role}.line", width=2))} '
        f'opacity="{0.42 if markup.colours is theme.DARK else 0.34}"/></pattern>'
        for role in sorted(markup.hatches)
    )


def _font_face(markup: Markup, bold: bool) -> str:
    letters = frozenset(c for c in markup.letters[bold] if has_glyph(c))
    if not letters:
        return ""
    data = fonts.embedded("Bold" if bold else "Regular", letters)
    return (
        f"@font-face{{font-family:{markup.prefix};font-weight:{700 if bold else 400};"
        f"src:url(data:font/otf;base64,{data})}}"
    )


def _symbols(markup: Markup) -> str:
    return "".join(_symbol(markup.prefix, name) for name in sorted(markup.symbols))


@cache
def _icon(name: str) -> str:
    return b64encode(assets.icon(name)).decode()


def _symbol(prefix: str, name: str) -> str:
    id = f"{prefix}-{symbol_id(name)}"
    if name in assets.ICONS:
        data = _icon(name)
        inner = f'<image width="64" height="64" href="data:image/png;base64,{data}"/>'
        return f'<symbol id="{id}" overflow="visible" viewBox="0 0 64 64">{inner}</symbol>'
    return (
        f'<symbol id="{id}" overflow="visible" viewBox="0 0 24 24">'
        '<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
        f'stroke-linejoin="round">{assets.marks()[name]}</g></symbol>'
    )
