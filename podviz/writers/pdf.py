"""PDF by typst: vectors, and text that can be selected."""

import json
import tempfile
from pathlib import Path

from msgspec.structs import replace

from podviz.assets import font_path
from podviz.errors import DrawError, UsageError
from podviz.markup import number
from podviz.text import has_glyph
from podviz.writer import Work
from podviz.writers.svg import document

_PAGE = """\
#set page(width: {wide}pt, height: {high}pt, margin: 0pt)
#set document(title: {title}, date: none)
#image("figure.svg", width: {wide}pt, alt: {told})
"""
_MOST_TOLD = 2_000  # characters of the alternative text


def write(work: Work) -> bytes:
    """One page as large as the figure. Raises UsageError where typst is not installed."""
    try:
        import typst
    except ImportError:
        raise UsageError("a PDF needs typst: pip install 'podviz[pdf]'") from None
    page = work.page
    theme = "light" if work.style.theme == "auto" else work.style.theme
    svg = document(page, replace(work.style, text="system", theme=theme))
    source = _PAGE.format(
        wide=number(page.width),
        high=number(page.height),
        title=_quoted(page.title),
        told=_quoted(page.summary.to(page.lang)[:_MOST_TOLD]),
    )
    fonts = [str(font_path("Regular").parent)]
    with tempfile.TemporaryDirectory(prefix="podviz-") as folder:
        (Path(folder) / "figure.svg").write_text(svg, "utf-8")
        (Path(folder) / "page.typ").write_text(source, "utf-8")
        try:
            made = typst.compile(
                str(Path(folder) / "page.typ"),
                root=folder,
                font_paths=fonts,
                ignore_system_fonts=True,
                timestamp=0,
            )
        except Exception as error:
            raise DrawError(f"the picture could not be made into a PDF: {error}") from error
    return bytes(made)


def _quoted(words: str) -> str:
    """A string of typst: what JSON escapes, it does too, but for control characters."""
    return json.dumps(
        "".join(c for c in words if c.isprintable() and has_glyph(c)), ensure_ascii=False
    )
