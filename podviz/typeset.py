"""Tables and cards as lines of text."""

from podviz.figure import Box, Fact
from podviz.text import cells, pad

MARK = {"good": "✓", "bad": "✗"}
"""Verdict → the sign before the words."""


def table(box: Box, lang: str) -> list[str]:
    """The rows in columns, a line under the heads."""
    rows = [[_cell(cell, lang) for cell in row.children] for row in box.children]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    lines = [
        " │ ".join(pad(words, wide) for words, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return [lines[0], "─┼─".join("─" * wide for wide in widths), *lines[1:]]


def _cell(cell: Box, lang: str) -> str:
    return f"{MARK[cell.verdict]} {cell.name.to(lang)}" if cell.verdict else cell.name.to(lang)


def card(box: Box, lang: str) -> list[str]:
    """The number or the verdict and the title, the text below."""
    sign = MARK[box.verdict] if box.verdict else f"{box.order}." if box.order else "·"
    text = [f"{' ' * cells(sign)} {box.caption.to(lang)}"] if box.caption else []
    return [f"{sign} {box.name.to(lang)}", *text]


def panel(box: Box, verdict: str, lang: str) -> str:
    """The heading of a panel: `✗ 나쁜 예 · 두 서비스를 한 Pod에`."""
    words = [verdict, box.name.to(lang)]
    said = " · ".join(filter(None, words))
    return f"{MARK[box.verdict]} {said}" if box.verdict else f"▪ {said}"


_STATES = {"new": "+", "gone": "-"}
"""State of a value → the sign before it."""


def fact(told: Fact, lang: str) -> str:
    """`Endpoints: 10.0.1.4 -10.0.1.5 +10.0.2.9`."""
    values = [_STATES.get(state, "") + words.to(lang) for words, state in told.values]
    mark = f"  {MARK[told.verdict]}" if told.verdict else ""
    return f"{told.label.to(lang)}: {' '.join(values)}{mark}"
