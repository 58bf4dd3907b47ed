"""Pins: a finding's number, on the corner of what it speaks of."""

from podviz.drawing import Group, Item, Panel, Path, Rect, Run, Stroke
from podviz.figure import Box, Pin, Role, Shape
from podviz.text import width

PIN, SMALL = 24.0, 20.0
"""How wide a pin is, and one on a chip; half of it juts out of the box it stands on."""

CUT = 8.0
"""How much of its corners a culprit's frame lacks."""

CULPRIT = {"bad": 2.4, "init": 2.2}
"""Colour role of a pin → how thick a frame of that role is; an info leaves it as it is."""

_SEVERITY = {"error": "bad", "warning": "init", "info": "info"}
_HALO, _CORNER = 4.0, 2.5
NEXT = 7.0
"""Between two pins side by side, in points."""

INSIDE = 5.0
"""How far the middle of a pin stands inside of the corner, in points."""


def worst(pins: tuple[Pin, ...]) -> str:
    """The colour role of the worst pin, empty for none."""
    found = {_SEVERITY[pin.severity] for pin in pins if not pin.hollow}
    return next((role for role in ("bad", "init", "info") if role in found), "")


def size(box: Box) -> float:
    """How wide the pins of a box are."""
    return SMALL if box.shape is Shape.CHIP else PIN


def reach(box: Box) -> tuple[float, float, float, float]:
    """How far pins and halo jut out: left, up, right, down."""
    if not box.pins:
        return 0.0, 0.0, 0.0, 0.0
    around = _HALO if _has_halo(box) else 0.0
    out = size(box) / 2 + (3.5 if worst(box.pins) == "init" else 1.0)
    return around, max(out, around), max(out - INSIDE, around), around


def _has_halo(box: Box) -> bool:
    return worst(box.pins) == "bad" and box.role is not Role.MISSING


def halo(box: Box, rect: Rect) -> list[Item]:
    """Hatching around the culprit of an error."""
    return [Panel(rect=rect.grown(_HALO), fill="hatch.bad", radius=8)] if _has_halo(box) else []


def pins_width(pins: tuple[Pin, ...]) -> float:
    """How wide the pins of a door or an arrow are, side by side."""
    return len(pins) * (PIN + NEXT) - NEXT if pins else 0.0


def draw_pins(
    id: str, pins: tuple[Pin, ...], right: float, middle: float, side: float
) -> list[Item]:
    """Pins side by side, the last one's middle at (right, middle)."""
    return [
        draw_pin(pin, right - INSIDE - i * (side + NEXT), middle, side, id=f"{id}/pin/{pin.number}")
        for i, pin in enumerate(reversed(pins))
    ]


def draw_pin(pin: Pin, cx: float, cy: float, side: float, *, id: str | None = None) -> Group:
    """An octagon for an error, a diamond for a warning, a circle for an info, numbered."""
    role, half = _SEVERITY[pin.severity], side / 2
    rect = Rect(cx - half, cy - half, side, side)
    if pin.severity == "warning":
        rect = rect.grown(_CORNER)  # a diamond of the same weight is wider
    font = (0.57 if pin.number < 10 else 0.5) * side
    words = str(pin.number)
    wide = width(words, font, bold=True)
    said = Run(
        x=cx - wide / 2,
        y=cy + 0.355 * font,
        words=words,
        size=font,
        width=wide,
        bold=True,
        colour=f"{role}.text" if pin.hollow else "on",
    )
    return Group(
        items=(_ground(pin, role, rect), said),
        id=id,
        classes=("pin", pin.severity),
        box=rect if id else None,
    )


def _ground(pin: Pin, role: str, rect: Rect) -> Item:
    fill = "canvas" if pin.hollow else f"{role}.line"
    ring = Stroke(colour=f"{role}.line" if pin.hollow else "canvas", width=2)
    if pin.severity == "warning":
        (cx, cy), far = rect.centre, rect.w / 2
        corners = ((cx, cy - far), (cx + far, cy), (cx, cy + far), (cx - far, cy))
        steps = tuple(("L" if i else "M", corner) for i, corner in enumerate(corners))
        return Path(steps=(*steps, ("Z", ())), fill=fill, stroke=ring)
    cut = rect.w * 0.3 if pin.severity == "error" else 0.0
    return Panel(rect=rect, fill=fill, stroke=ring, radius=0.0 if cut else rect.w / 2, cut=cut)
