"""What `make bench` leaves in output/bench: its table, its numbers, and a chart of the growth."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench_rows import Row

FOLDER = Path(__file__).resolve().parent.parent / "output" / "bench"
_WIDE, _HIGH, _LEFT, _TOP, _RIGHT, _BOTTOM = 760, 360, 64, 64, 120, 48
_COLOURS = {"figures": "#326CE5", "objects": "#7C3AED"}
_NAMES = {"figures": "figures in one run", "objects": "objects in one figure"}

Curve = Sequence[tuple[int, float]]
"""How many, and the seconds that they take."""


def told(grown: Mapping[str, Curve]) -> str:
    """The growth as a table for a terminal."""
    lines = [f"{'':<30}{'seconds':>9}{'each, ms':>10}"]
    for name, curve in grown.items():
        lines += [
            f"{f'{count:,} {_NAMES[name]}':<30}{seconds:>9.2f}{seconds / count * 1000:>10.2f}"
            for count, seconds in curve
        ]
    return "\n".join(lines) + "\n"


def keep(rows: Sequence[Row], grown: Mapping[str, Curve]) -> None:
    """Write the table as Markdown, the numbers as JSON, and the chart as SVG."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    numbers = {name: [list(point) for point in curve] for name, curve in grown.items()}
    (FOLDER / "growth.json").write_text(json.dumps(numbers, indent=1) + "\n")
    (FOLDER / "growth.svg").write_text(chart(grown))
    lines = ["| | podviz | other | ratio | bound |", "|---|--:|--:|--:|--:|"]
    for row in rows:
        bound = f"{row.bound:.3g}" if row.bound is not None else row.goal
        met = "" if row.is_met() else " (not met)"
        lines.append(f"| {row.what} | {row.ours} | {row.theirs} | {row.ratio:.3g} | {bound}{met} |")
    (FOLDER / "README.md").write_text(
        "# What `make bench` measured\n\nRatios of one run on one machine; both sides of each ran"
        " in turns.\n\n" + "\n".join(lines) + "\n\n![growth](growth.svg)\n"
    )


def chart(grown: Mapping[str, Curve]) -> str:
    """Seconds over number, both in powers of ten."""
    points = [(n, seconds) for curve in grown.values() for n, seconds in curve]
    xs = _decades([n for n, _ in points])
    ys = _decades([seconds for _, seconds in points])

    def at(n: float, seconds: float) -> tuple[float, float]:
        x = (math.log10(n) - xs[0]) / (xs[-1] - xs[0])
        y = (math.log10(seconds) - ys[0]) / (ys[-1] - ys[0])
        return (
            _LEFT + x * (_WIDE - _LEFT - _RIGHT),
            _HIGH - _BOTTOM - y * (_HIGH - _TOP - _BOTTOM),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" '
        'font-family="Inter,Helvetica,Arial,sans-serif" font-size="13" fill="#334155">',
        "<title>Seconds by number of figures, and by number of objects in one figure</title>",
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>',
        '<text x="24" y="34" font-size="18" font-weight="700" fill="#0F172A">'
        "It grows with the work, and no faster</text>",
    ]
    for exponent in xs:
        x, y = at(10.0**exponent, 10.0 ** ys[0])
        parts.append(f'<path d="M{x:.1f} {_TOP}V{y:.1f}" stroke="#E2E8F0"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{10**exponent:,}</text>'
        )
    for exponent in ys:
        x, y = at(10.0 ** xs[0], 10.0**exponent)
        parts.append(f'<path d="M{x:.1f} {y:.1f}H{_WIDE - _RIGHT}" stroke="#E2E8F0"/>')
        parts.append(
            f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{10.0**exponent:g} s</text>'
        )
    for name, curve in grown.items():
        parts += _line(name, [at(n, seconds) for n, seconds in curve])
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(name: str, places: Sequence[tuple[float, float]]) -> list[str]:
    """A curve with its points, and its name at its end."""
    colour = _COLOURS[name]
    steps = " ".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(places))
    x, y = places[-1]
    first, _, last = _NAMES[name].partition(" in ")
    return [
        f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="2.5"/>',
        *(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="{colour}"/>' for a, b in places),
        f'<text x="{x + 12:.1f}" y="{y - 2:.1f}" fill="{colour}" font-weight="700">{first}</text>',
        f'<text x="{x + 12:.1f}" y="{y + 14:.1f}" fill="{colour}">in {last}</text>',
    ]


def _decades(numbers: Sequence[float]) -> list[int]:
    """The powers of ten that hold all of the numbers between them."""
    low, high = math.floor(math.log10(min(numbers))), math.ceil(math.log10(max(numbers)))
    return list(range(low, max(high, low + 1) + 1))
