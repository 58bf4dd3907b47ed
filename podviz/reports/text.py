"""Findings as text: place, message, excerpt, caret, help."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.report import Account
from podviz.text import Text, cell, cells, clean

WIDTH = 100
"""Columns that an excerpt may take; longer lines are cut on both sides of the caret."""

_TAB = 4
_BEFORE = 40  # columns kept before the caret of a line that is cut
_JOINERS = "\u200c\u200d"
_HELP = Text("도움말", "help")
_SEE = Text("참고", "see")
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_DIM = "34"
_BOLD = "1"


def tell(account: Account) -> str:
    """What a person reads: every open finding with excerpt, caret, other places and help."""
    return write(account.open, account.lines, lang=account.lang, colour=account.colour)


def write(
    findings: Iterable[Finding],
    sources: Mapping[str, Sequence[str]],
    *,
    lang: str = "en",
    colour: bool = False,
    pins: Mapping[tuple[str, Place], int] | None = None,
) -> str:
    """The findings in the order given, in `lang`, each with what the file says there.

    `sources` has the lines of each file by its name; without them there is no excerpt.
    `colour` adds ANSI colours. Control characters of the input never reach the terminal.
    `pins` are the numbers that figures pin on findings, by code and place.
    """
    numbers = pins or {}
    return "\n".join(
        _one(f, sources, lang, colour, numbers.get((f.code, f.place))) for f in findings
    )


def _one(
    finding: Finding,
    sources: Mapping[str, Sequence[str]],
    lang: str,
    colour: bool,
    pin: int | None,
) -> str:
    tint = _COLOURS[finding.severity]
    places = (finding.place, *finding.related)
    gutter = max(len(str(place.line)) for place in places)

    def note(word: Text, said: str) -> str:
        return f"{'':{gutter}} {_paint('=', _DIM, colour)} {word.to(lang)}: {clean(said)}"

    where = _paint(clean(str(finding.place)), _BOLD, colour)
    what = _paint(f"{finding.severity}[{finding.code}]", tint, colour)
    number = f"({pin}) " if pin else ""
    lines = [f"{where}: {what} {finding.name}: {number}{clean(finding.message.to(lang))}"]
    lines += _excerpt(finding.place, sources, gutter, "^", tint if colour else "")
    for place in finding.related:
        lines.append(note(_SEE, str(place)))
        lines += _excerpt(place, sources, gutter, "-", _DIM if colour else "")
    if finding.help:
        lines.append(note(_HELP, finding.help.to(lang)))
    return "\n".join(lines) + "\n"


def _paint(words: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour and code else words


def _excerpt(
    place: Place, sources: Mapping[str, Sequence[str]], gutter: int, mark: str, tint: str
) -> list[str]:
    """The line at a place with a mark under the stretch; nothing if the line is not at hand."""
    lines = sources.get(place.file, ())
    if not 0 < place.line <= len(lines):
        return []
    shown, start, length = window(lines[place.line - 1], place.column - 1, place.end - 1)
    bar = _paint("|", _DIM if tint else "", bool(tint))
    number = _paint(f"{place.line:>{gutter}}", _DIM if tint else "", bool(tint))
    under = _paint(mark * length, tint, bool(tint))
    empty = f"{'':{gutter}} {bar}"
    return [empty, f"{number} {bar} {shown}".rstrip(), f"{empty} {'':{start}}{under}"]


def window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """What to show of a line, and the terminal columns where its stretch begins and how wide it is.

    `start` and `end` count code points from 0.
    """
    whole = len(line) <= WIDTH and cells(line.expandtabs(_TAB)) <= WIDTH
    first = 0 if whole or start <= WIDTH - _BEFORE else start - _BEFORE
    shown = "…" if first else ""
    columns = len(shown)
    begin = stop = -1
    for i, character in enumerate(line[first : first + 4 * WIDTH], start=first):
        begin = columns if i == start else begin
        stop = columns if i == end else stop
        words, wide = _visible(character, columns)
        if columns + wide > WIDTH:
            shown += "…"
            break
        shown += words
        columns += wide
    begin = columns if begin < 0 else begin
    stop = columns if stop < 0 else stop
    return shown, begin, max(1, stop - begin)


def _visible(character: str, columns: int) -> tuple[str, int]:
    """What stands for a character at a column of the terminal, and how wide it is."""
    if character == "\t":
        wide = _TAB - columns % _TAB
        return " " * wide, wide
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") or (
        category == "Cf" and character not in _JOINERS
    ):
        return "\N{REPLACEMENT CHARACTER}", 1
    return character, cell(character)
