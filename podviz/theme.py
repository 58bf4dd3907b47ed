"""Colour tokens of the light and the dark theme."""

_ROLES = {
    # token: light (fill, line, text), dark (fill, line, text)
    "pod": (("#EFF5FF", "#326CE5", "#1D4FBF"), ("#16274A", "#6E9BFF", "#BBD1FF")),
    "band": (("#DCE8FF", "#326CE5", "#1D4FBF"), ("#203763", "#6E9BFF", "#BBD1FF")),
    "app": (("#FFFFFF", "#326CE5", "#1D4FBF"), ("#0F1B33", "#6E9BFF", "#BBD1FF")),
    "sidecar": (("#F5F3FF", "#7C3AED", "#5B21B6"), ("#271E48", "#A78BFA", "#D9CEFF")),
    "init": (("#FFFBEB", "#B45309", "#7C3A06"), ("#2D2412", "#E5A13A", "#FBD9A0")),
    "volume": (("#ECFDF9", "#0D9488", "#0F5F59"), ("#0E2E2E", "#2DBFB0", "#9DEBE1")),
    "node": (("#F8FAFC", "#7B8AA0", "#334155"), ("#172136", "#64748B", "#CBD5E1")),
    "good": (("#F0FDF4", "#16A34A", "#166534"), ("#0F271C", "#3CC974", "#B5F0CB")),
    "bad": (("#FEF2F2", "#DC2626", "#991B1B"), ("#2E171C", "#F87171", "#FFC9C9")),
    "info": (("#F1F5F9", "#475569", "#334155"), ("#1E293B", "#94A3B8", "#CBD5E1")),
    "dead": (("#F3F4F6", "#7A8594", "#4B5563"), ("#1B2436", "#76859B", "#AAB6C6")),
}

_SINGLE = {
    "canvas": ("#FFFFFF", "#0F172A"),
    "surface": ("#F8FAFC", "#172136"),
    "ink": ("#0F172A", "#F1F5F9"),
    "quiet": ("#475569", "#CBD5E1"),
    "line": ("#CBD5E1", "#3B4A63"),
    "edge": ("#64748B", "#9FB0C8"),
    "on": ("#FFFFFF", "#1B0A0C"),  # text on a shape that is filled with a line colour
}


def _tokens(dark: bool) -> dict[str, str]:
    colours = {name: pair[dark] for name, pair in _SINGLE.items()}
    for role, pair in _ROLES.items():
        fill, line, text = pair[dark]
        solid = line if dark else text  # the ground of a filled tag: white on it is readable
        colours |= {f"{role}.fill": fill, f"{role}.line": line, f"{role}.text": text}
        colours[f"{role}.solid"] = solid
    return colours


LIGHT = _tokens(dark=False)
DARK = _tokens(dark=True)


def colours(theme: str) -> dict[str, str]:
    """Token → `#RRGGBB`; `auto` gives the light values."""
    return DARK if theme == "dark" else LIGHT


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
