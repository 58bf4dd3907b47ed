"""GIF: the frames of a story in turn, or one figure."""

import io

from msgspec.structs import replace

from podviz.errors import UsageError
from podviz.writer import Work
from podviz.writers import png
from podviz.writers.svg import SECONDS


def write(work: Work) -> bytes:
    """Each frame as long as in the SVG that plays them. Raises UsageError without Pillow."""
    try:
        from PIL import Image
    except ImportError:
        raise UsageError("a GIF needs Pillow: pip install 'podviz[gif]'") from None
    pages = work.frames or (work.page,)
    pictures = [
        Image.open(io.BytesIO(png.write(replace(work, drawing=page)))).convert("RGB")
        for page in pages
    ]
    palette = [picture.quantize(colors=256, dither=Image.Dither.NONE) for picture in pictures]
    made = io.BytesIO()
    palette[0].save(
        made,
        format="GIF",
        save_all=True,
        append_images=palette[1:],
        duration=int(SECONDS * 1000),
        loop=0,
        optimize=False,
        disposal=2,
    )
    return made.getvalue()
