"""One HTML page of many figures: languages, dark mode, stories step by step, zoom."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence

from podviz import assets, fonts, theme
from podviz.drawing import Drawing
from podviz.figure import Figure
from podviz.markup import escape, token_class
from podviz.options import LANGS
from podviz.scene.telling import sentences
from podviz.text import Text, has_glyph
from podviz.words import word
from podviz.writers.svg import FALLBACK, inline

_PARTS = ("fill", "stroke", "color")
_KEYS = (
    ("← →", "page-key-turn"), ("Home End", "page-key-ends"), ("+ − 0", "page-key-zoom"),
    ("l", "page-key-lang"), ("d", "page-key-dark"), ("n", "page-key-notes"),
    ("f", "page-key-full"), ("?", "page-key-help"),
)  # fmt: skip


def slide(
    name: str, figure: Figure, notes: Text | None, pages: Mapping[str, Sequence[Drawing]]
) -> bytes:
    """A figure as a part of the page: JSON that only `assemble` reads.

    `pages` are its steps in each language: one, or the frames of a story and then their strip.
    """
    seed = hashlib.sha256(name.encode()).hexdigest()[:8]
    told = sentences(figure)
    drawn = [page.letters() for steps in pages.values() for page in steps]
    beside = [text.to(lang) for text in (figure.title, notes, *told) if text for lang in LANGS]
    whole = {
        "title": _both(figure.title),
        "notes": _both(notes),
        "told": {lang: [text.to(lang) for text in told] for lang in LANGS},
        "steps": {
            lang: [inline(page, f"f{seed}{lang}{turn}") for turn, page in enumerate(steps)]
            for lang, steps in pages.items()
        },
        "letters": "".join(sorted(set("").union(*drawn, *beside))),
        "titles": {lang: steps[0].title for lang, steps in pages.items()},
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()


def _both(text: Text | None) -> dict[str, str] | None:
    return {lang: text.to(lang) for lang in LANGS} if text else None


def assemble(slides: Sequence[bytes]) -> bytes:
    """The page of these figures, in their order; it needs nothing but itself."""
    figures = [json.loads(data) for data in slides]
    langs = [lang for lang in LANGS if any(lang in figure["steps"] for figure in figures)]
    lang = langs[0] if langs else "en"
    letters = "".join(figure["letters"] for figure in figures)
    title = figures[0]["titles"].get(lang) or "podviz"
    body = "".join(_section(figure, turn, langs) for turn, figure in enumerate(figures, start=1))
    style = assets.page("css") + colours() + _font(letters)
    script = assets.page("js")
    policy = (
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        f"script-src '{_hashed(script)}'"
    )
    parts = [
        f'<!DOCTYPE html>\n<html lang="{lang}" data-langs="{" ".join(langs)}">\n<head>',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style>",
        "</head>\n<body>",
        _bar(langs),
        f'<nav id="list" aria-label="{word("page-figures").to(lang)}"><ol>',
        *[_entry(figure, turn, langs) for turn, figure in enumerate(figures, start=1)],
        "</ol></nav>",
        f'<main id="stage" tabindex="-1">{body}</main>',
        _help(langs),
        f"<script>{script}</script>",
        "</body>\n</html>",
    ]
    return ("\n".join(parts) + "\n").encode()


# ── its parts ───────────────────────────────────────────────────────────────────────────────


def _in(langs: Sequence[str], text: Mapping[str, str], tag: str = "span") -> str:
    """The same words in each language, of which the page shows one."""
    return "".join(
        f'<{tag} lang="{lang}" class="said">{escape(text[lang])}</{tag}>'
        for lang in langs
        if lang in text
    )


def _said(langs: Sequence[str], key: str) -> str:
    said = word(key)
    return _in(langs, {lang: said.to(lang) for lang in langs})


def _bar(langs: Sequence[str]) -> str:
    languages = "".join(
        f'<button data-lang="{lang}" aria-pressed="false">{"한국어" if lang == "ko" else "English"}'
        "</button>"
        for lang in langs
    )
    switch = f'<span class="group">{languages}</span>' if len(langs) > 1 else ""
    buttons = "".join(
        f'<button data-do="{do}" title="{key}" aria-label="{escape(word(name).en)}">{sign}</button>'
        for do, key, name, sign in (
            ("back", "←", "page-key-turn", "←"),
            ("next", "→", "page-key-turn", "→"),
            ("out", "-", "page-key-zoom", "−"),
            ("in", "+", "page-key-zoom", "+"),
            ("notes", "n", "page-key-notes", "¶"),
            ("dark", "d", "page-key-dark", "◐"),
            ("full", "f", "page-key-full", "□"),
            ("help", "?", "page-key-help", "?"),
        )
    )
    return (
        f'<header><span id="where" aria-live="polite"></span><span class="space"></span>'
        f'{switch}<span class="group">{buttons}</span></header>'
    )


def _entry(figure: dict[str, dict[str, str]], turn: int, langs: Sequence[str]) -> str:
    titles = _in(langs, figure["titles"])
    return f'<li><a href="#{turn}"><b>{turn}</b> {titles}</a></li>'


def _section(figure: dict[str, dict[str, list[str]]], turn: int, langs: Sequence[str]) -> str:
    """One figure: its steps in each language, what is said beside it, what it shows in words."""
    steps = "".join(
        f'<div class="step said{" whole" if k == len(own) else ""}" lang="{lang}" '
        f'data-step="{k}">{svg}</div>'
        for lang, own in figure["steps"].items()
        for k, svg in enumerate(own, start=1)
    )
    count = max(len(own) for own in figure["steps"].values())
    notes = figure["notes"]
    told = "".join(
        f'<ul class="said" lang="{lang}">'
        + "".join(f"<li>{escape(sentence)}</li>" for sentence in figure["told"][lang])
        + "</ul>"
        for lang in langs
    )
    aside = (
        f'<aside class="notes"><h2>{_said(langs, "page-notes")}</h2>'
        f"{_in(langs, notes, 'p')}</aside>"  # type: ignore[arg-type]
        if notes
        else ""
    )
    dots = f'<p class="dots" aria-hidden="true">{"<i></i>" * count}</p>' if count > 1 else ""
    return (
        f'<section id="{turn}" data-steps="{count}" tabindex="-1"><div class="figure">{steps}</div>'
        f"{dots}{aside}<details><summary>{_said(langs, 'page-told')}</summary>{told}</details>"
        "</section>"
    )


def _help(langs: Sequence[str]) -> str:
    rows = "".join(
        f"<tr><th><kbd>{keys}</kbd></th><td>{_said(langs, name)}</td></tr>" for keys, name in _KEYS
    )
    return (
        f'<dialog id="help"><h2>{_said(langs, "page-keys")}</h2><table>{rows}</table>'
        '<form method="dialog"><button>OK</button></form></dialog>'
    )


def colours() -> str:
    """What takes which colour, by the theme that the page shows."""
    rules = []
    for name, tokens in (("light", theme.LIGHT), ("dark", theme.DARK)):
        own = "".join(f"--{token.replace('.', '-')}:{value};" for token, value in tokens.items())
        rules.append(f'html[data-theme="{name}"]{{{own}color-scheme:{name}}}')
    for token in theme.LIGHT:
        value = f"var(--{token.replace('.', '-')})"
        rules += [f".{token_class(part, token)}{{{part}:{value}}}" for part in _PARTS]
    return "".join(rules)


def _font(letters: str) -> str:
    """One subset for all figures."""
    rules = [f"svg.podviz,body{{font-family:{FALLBACK}}}"]
    rules.append("svg.podviz text{font-kerning:none;font-variant-ligatures:none}")
    known = frozenset(c for c in letters + assets.page("letters") if has_glyph(c))
    for weight, number in (("Regular", 400), ("Bold", 700)):
        data = fonts.embedded(weight, known)
        rules.append(
            f"@font-face{{font-family:Pretendard;font-weight:{number};"
            f"src:url(data:font/otf;base64,{data})}}"
        )
    return "".join(rules)


def _hashed(script: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
