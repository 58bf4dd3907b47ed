"""Text in two languages: how wide it is, how it wraps."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from podviz import assets
from podviz.particle import agreed

LONGEST = 600
"""Characters of a title, a name or a caption in a box that are looked at; what is cut is told
by `…`, and stands in full in tooltips and in JSON."""

_JAMO = range(0x1160, 0x1200)  # vowels and finals, set into the syllable before them


class Text(Struct, frozen=True):
    """One thing said in Korean and in English."""

    ko: str
    en: str

    @classmethod
    def same(cls, words: str) -> "Text":
        """Names, numbers, images: what reads alike in both languages."""
        return cls(words, words)

    def to(self, lang: str) -> str:
        """The words in `lang`, which is `ko` or `en`."""
        return self.ko if lang == "ko" else self.en

    def format(self, **arguments: object) -> "Text":
        """Both languages with `{name}` filled in; a Text among the arguments gives its own."""

        def fill(lang: str) -> str:
            words = {k: v.to(lang) if isinstance(v, Text) else v for k, v in arguments.items()}
            template = agreed(self.ko, words) if lang == "ko" else self.en
            return template.format(**words)

        return Text(fill("ko"), fill("en"))


NOTHING = Text("", "")


@lru_cache(maxsize=8192)
def width(words: str, size: float, *, bold: bool = False) -> float:
    """Width in points of one line set in Pretendard at `size`, without kerning.

    A character without a glyph counts one em, a combining or joining one nothing.
    """
    weight = "Bold" if bold else "Regular"
    return sum([_advance(weight, c) for c in words]) * size


@lru_cache(maxsize=4096)
def _advance(weight: str, character: str) -> float:
    known = assets.advance(weight, character)
    if known is not None:
        return known
    return 0.0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1.0


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    """True when the bundled font can draw this character."""
    return assets.advance("Regular", character) is not None


@lru_cache(maxsize=4096)
def clean(words: str) -> str:
    """One line that is safe to draw: control, private and direction-changing characters stand
    as `�`, white space as single spaces, and letters in pieces (NFD) as one."""
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    words = " ".join(unicodedata.normalize("NFC", words).split())
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") or c in _BIDI
        else c
        for c in words
    )


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def wrap(
    words: str, size: float, room: float, *, bold: bool = False, lines: int | None = None
) -> list[str]:
    """Break a sentence between words into lines at most `room` points wide.

    Lines are made even without adding one; a break after a full stop, or else after the colon of
    a bold title, is taken where it costs no line. A word wider than the room is broken as a name
    is. With `lines`, what does not fit ends in `…`.
    """
    pieces = [p for word in words.split() for p in _break_long(word, size, room, bold=bold)]
    if not pieces:
        return []
    broken = _fill(pieces, size, room, bold=bold)
    if lines is not None and len(broken) > lines:
        rest = " ".join(broken[lines - 1 :])
        return [*broken[: lines - 1], cut_end(rest, size, room, bold=bold)]
    if len(broken) > 1:
        broken = _even(pieces, len(broken), size, room, bold=bold)
    return broken


def _fill(pieces: list[str], size: float, room: float, *, bold: bool) -> list[str]:
    lines = [pieces[0]]
    for piece in pieces[1:]:
        longer = f"{lines[-1]} {piece}"
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _even(pieces: list[str], count: int, size: float, room: float, *, bold: bool) -> list[str]:
    """The same number of lines with the narrowest room that still gives it."""
    low, high = room * 0.45, room
    best = _fill(pieces, size, room, bold=bold)
    for _ in range(7):
        middle = (low + high) / 2
        tried = _fill(pieces, size, middle, bold=bold)
        fits = all(width(line, size, bold=bold) <= middle for line in tried)
        if fits and len(tried) == count:
            high, best = middle, tried
        else:
            low = middle
    stop = _break_at_stop(pieces, count, size, room, bold=bold)
    return stop or best


def _break_at_stop(
    pieces: list[str], count: int, size: float, room: float, *, bold: bool
) -> list[str] | None:
    if count != 2:
        return None
    for stops, least in ((".。!?", 1), (":" if bold else "", 2)):
        for i, piece in enumerate(pieces[:-1], start=1):
            if piece[-1] in stops and least <= i <= len(pieces) - least:
                halves = [" ".join(pieces[:i]), " ".join(pieces[i:])]
                if all(width(half, size, bold=bold) <= room for half in halves):
                    return halves
    return None


def _break_long(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    if width(word, size, bold=bold) <= room:
        return [word]
    return _name_lines(word, size, room, bold=bold)


def wrap_name(
    name: str, size: float, room: float, *, bold: bool = False, lines: int = 3
) -> list[str]:
    """Break a name after `-`, `.`, `/`, `:`, `_`, `@` or at a space, never inside a word, nor
    inside `1.27.3` where that fits; no line of one or two characters stands alone at the end.

    Past `lines` lines it is cut in the middle, both ends kept. Every line fits the room.
    """
    if len(name) > LONGEST:
        name = _ends(name, LONGEST)
    whole = name.strip()
    if whole and width(whole, size, bold=bold) <= room:
        return [whole]
    broken = _name_lines(name, size, room, bold=bold)
    if len(broken) <= lines:
        return broken
    # Wrapping loses room at each break, so shrink the budget until the cut name fits.
    budget = room * lines
    while budget > room * 0.5:
        short = cut_middle(name, size, budget, bold=bold)
        broken = _name_lines(short, size, room, bold=bold)
        if len(broken) <= lines:
            return broken
        budget -= room * 0.15
    return [cut_middle(name, size, room, bold=bold)]


def _name_lines(name: str, size: float, room: float, *, bold: bool) -> list[str]:
    def fits(words: str) -> bool:
        return width(words.rstrip(), size, bold=bold) <= room

    lines: list[list[str]] = [[]]
    for part in _parts(name, fits):
        if fits("".join([*lines[-1], part])):
            lines[-1].append(part)
            continue
        while not fits(part) and len(part) > 1:
            fit = _fitting(part, size, room, bold=bold)
            lines.append([part[:fit]])
            part = part[fit:]
        lines.append([part])
    end = "".join(lines[-1])
    if len(end.strip()) <= _ALONE and len(lines) > 1 and len(lines[-2]) > 1:
        joined = lines[-2][-1] + end
        if fits(joined):
            lines[-2:] = [lines[-2][:-1], [joined]]
    return [line for parts in lines if (line := "".join(parts).strip())] or [name]


_ALONE = 2
"""So few characters do not stand on a last line of their own."""


def _parts(name: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A name between its joints; numbers with dots stay together where they fit a line."""
    for part in re.split(r"(?<=[-/:_@ ])|(?<=\.)(?![0-9])", name):
        if part:
            yield from [part] if fits(part) else re.split(r"(?<=\.)", part)


def _fitting(words: str, size: float, room: float, *, bold: bool) -> int:
    """How many characters fit, at least one."""
    total = 0.0
    for i, character in enumerate(words):
        total += width(character, size, bold=bold)
        if total > room:
            return max(i, 1)
    return len(words)


def cut_middle(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """The words with `…` in the middle, both ends kept, at most `room` points wide."""
    if len(words) > LONGEST:
        words = _ends(words, LONGEST)
    if width(words, size, bold=bold) <= room:
        return words
    low, high = 0, len(words)
    while low < high:
        keep = (low + high + 1) // 2
        if width(_ends(words, keep), size, bold=bold) <= room:
            low = keep
        else:
            high = keep - 1
    return _ends(words, low)


def _ends(words: str, keep: int) -> str:
    head = (keep + 1) // 2
    tail = keep - head
    return f"{words[:head]}…{words[len(words) - tail :]}"


def head(words: str, most: int = LONGEST) -> str:
    """The first `most` characters of a sentence, with `…` where more follows."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def cut_end(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """The words cut at the end with `…`, at most `room` points wide."""
    if width(words, size, bold=bold) <= room:
        return words
    keep = _fitting(words, size, room - width("…", size, bold=bold), bold=bold)
    return words[:keep].rstrip() + "…"


def number(value: float) -> str:
    """A number for people: at most two decimals, none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def cells(words: str) -> int:
    """Columns that the words take on a terminal, by East Asian width."""
    return sum(cell(c) for c in words)


def cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or ord(character) in _JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(words: str, columns: int) -> str:
    """The words with spaces behind them up to `columns` terminal columns."""
    return words + " " * max(0, columns - cells(words))
