"""PNG, made from the same SVG with its text as outlines."""

from dataclasses import replace

import resvg_py

from podviz.errors import DrawError
from podviz.theme import colours
from podviz.writer import Work
from podviz.writers.svg import document

_SCALE = 2.0
_MOST_PIXELS = 120_000_000


def write(work: Work) -> bytes:
    """The page as PNG, `width` pixels wide or `scale` pixels a point. Raises DrawError."""
    page, style = work.page, work.style
    zoom = style.width / page.width if style.width else style.scale or _SCALE
    if page.width * page.height * zoom * zoom > _MOST_PIXELS:
        zoom = (_MOST_PIXELS / (page.width * page.height)) ** 0.5
    theme = "light" if style.theme == "auto" else style.theme
    text = document(page, replace(style, text="outline", theme=theme))
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=text,
                width=max(1, round(page.width * zoom)),
                height=max(1, round(page.height * zoom)),
                background=colours(theme)[
                    "canvas"
                ],  # a fraction of a pixel stays open at the edges
                dpi=96,
                skip_system_fonts=True,
            )
        )
    except (ValueError, RuntimeError) as error:
        raise DrawError(f"the picture could not be made into a PNG: {error}") from error
