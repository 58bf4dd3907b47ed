"""Where something stands in a file."""

from msgspec import Struct


class Place(Struct, frozen=True, kw_only=True, order=True):
    """A stretch of one line: `file:line:column`, both counted from 1, in code points.

    `end` is the column after the last character on the same line; an empty stretch has
    `end == column`.
    """

    file: str
    line: int
    column: int
    end: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
