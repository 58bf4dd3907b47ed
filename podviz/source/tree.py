"""The values of a file, each knowing where it stands."""

from bisect import bisect_right
from collections import abc
from itertools import accumulate

from msgspec import Struct

from podviz.pattern import pattern
from podviz.place import Place

Value = str | int | float | bool | None
Plain = Value | list["Plain"] | dict[str, "Plain"]
"""Values as Python holds them, without places."""

_LINE = pattern(r"\r\n|\n|\r")


class Script(Struct, frozen=True):
    """The text of one file. `starts` are the offsets at which its lines begin."""

    file: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, file: str, text: str) -> "Script":
        if "\r" in text:
            return cls(file, text, (0, *(m.end() for m in _LINE.finditer(text))))
        ends = accumulate(len(line) + 1 for line in text.split("\n")[:-1])
        return cls(file, text, (0, *ends))

    def lines(self) -> tuple[str, ...]:
        return tuple(_LINE.split(self.text) if "\r" in self.text else self.text.split("\n"))

    def place(self, start: int, end: int) -> Place:
        """The stretch from offset `start` up to `end`, cut at the end of its first line."""
        line = bisect_right(self.starts, start)
        first = self.starts[line - 1]
        if line < len(self.starts) and end >= self.starts[line]:
            end = first + len(self.text[first : self.starts[line]].rstrip())
        end = max(start, end)
        return Place(file=self.file, line=line, column=start - first + 1, end=end - first + 1)


class Scalar(Struct, frozen=True, eq=False):
    """One word. `text` is how the file gives it, `value` what it means, `plain` if unquoted."""

    script: Script
    start: int
    end: int
    text: str
    value: Value
    plain: bool

    @property
    def place(self) -> Place:
        return self.script.place(self.start, self.end)


class Sequence(Struct, frozen=True, eq=False):
    script: Script
    start: int
    end: int
    items: tuple["Node", ...]

    @property
    def place(self) -> Place:
        return self.script.place(self.start, self.end)


class Entry(Struct, frozen=True, eq=False):
    """One key of a mapping and what stands behind it."""

    key: Scalar
    value: "Node"


class Mapping(Struct, frozen=True, eq=False):
    """Keys by their text, in the file's order; of a key given twice the last value."""

    script: Script
    start: int
    end: int
    entries: abc.Mapping[str, Entry]

    @property
    def place(self) -> Place:
        return self.script.place(self.start, self.end)

    def get(self, key: str) -> "Node | None":
        entry = self.entries.get(key)
        return entry.value if entry else None


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """The values alone. Aliased values are given again wherever they are used."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        items: list[Plain] = []
        for item in node.items:
            items.append(plain(item))
        return items
    values: dict[str, Plain] = {}
    for key, entry in node.entries.items():
        values[key] = plain(entry.value)
    return values


_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = pattern(r"[-+]?[0-9]+")
_BASED = pattern(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = pattern(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NAMED_FLOAT = pattern(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_FIRST = frozenset("+-.0123456789")
_LONGEST_NUMBER = 300


def resolve(text: str) -> Value:
    """What an unquoted word means in YAML 1.2's core schema: null, true, a number or text.

    Dates, `yes`, `on`, `=`, `12:30` and numbers of more than 300 digits stay text.
    https://yaml.org/spec/1.2.2/#103-core-schema
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST or len(text) > _LONGEST_NUMBER:
        return text
    return _number(text)


def _number(text: str) -> int | float | str:
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NAMED_FLOAT.fullmatch(text):
        return float(text.replace(".", ""))
    return text
