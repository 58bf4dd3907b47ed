"""PNG, made from the same SVG with its text as outlines."""

import resvg_py
from msgspec.structs import replace

from podviz.errors import DrawError
from podviz.theme import colours
from podviz.writer import Work
from podviz.writers.svg import document

_SCALE = 2.0
_MOST_PIXELS = 250_000_000


def write(work: Work) -> bytes:
    """The page as PNG, `width` pixels wide or `scale` pixels a point. Raises DrawError."""
    page, style = work.page, work.style
    zoom = style.width / page.width if style.width else style.scale or _SCALE
    if page.width * page.height * zoom * zoom > _MOST_PIXELS:
        pixels = f"{round(page.width * zoom)} × {round(page.height * zoom)}"
        raise DrawError(f"a PNG of {pixels} pixels is too large: give --width or --scale")
    theme = "light" if style.theme == "auto" else style.theme
    text = document(page, replace(style, text="outline", theme=theme))
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=text,
                width=max(1, round(page.width * zoom)),  # its height follows
                background=colours(theme)["canvas"],  # for the last fraction of a pixel
                dpi=96,
                skip_system_fonts=True,
            )
        )
    except (ValueError, RuntimeError) as error:
        raise DrawError(f"the picture could not be made into a PNG: {error}") from error
