"""Tables in one file that several runs may share, written in short turns.

SQLite is loaded with the file: many runs keep nothing.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import sqlite3

_WAIT = 5.0  # seconds for another run that writes
_TOGETHER, _HEAVY, _SOON = 64, 8_000_000, 1.0
"""Rows, bytes and seconds that wait at most to be written together."""

Row = tuple[str | bytes | int, ...]
T = TypeVar("T")


class Tables:
    """The tables of `schema`, in a file that is made where there is none, and made anew where it
    is broken or of another version. Where it cannot be had, nothing is found and nothing kept."""

    def __init__(self, path: Path | None, schema: str, version: int) -> None:
        self._base = _base(path, schema, version) if path else None
        self._waiting: list[tuple[str, Row]] = []
        self._weight = 0
        self._since = 0.0

    @property
    def are_there(self) -> bool:
        return self._base is not None

    def first(self, words: str, row: Row = ()) -> tuple[Any, ...] | None:
        """The first row that is found, of those that were written before."""
        return self._try(lambda base: base.execute(words, row).fetchone())

    def every(self, words: str, row: Row = ()) -> list[tuple[Any, ...]]:
        """Every row that is found."""
        return self._try(lambda base: base.execute(words, row).fetchall()) or []

    def put(self, words: str, row: Row, weight: int = 0) -> None:
        """Write a row of so many bytes soon, together with others: no run that shares the file
        has to wait while this one draws."""
        if self._base is None:
            return
        now = time.monotonic()
        self._since = self._since if self._waiting else now
        self._waiting.append((words, row))
        self._weight += weight
        full = len(self._waiting) >= _TOGETHER or self._weight >= _HEAVY
        if full or now - self._since >= _SOON:
            self.write()

    def write(self) -> None:
        """Write what waits."""
        if self._waiting:
            self._try(self._written)

    def size(self) -> int:
        """Bytes of the file."""
        pages, each = self.first("pragma page_count"), self.first("pragma page_size")
        return int(pages[0] * each[0]) if pages and each else 0

    def close(self) -> None:
        """Write what waits, and leave the file."""
        self.write()
        if self._base:
            self._base.close()
            self._base = None

    def _written(self, base: "sqlite3.Connection") -> None:
        waiting, self._waiting, self._weight = self._waiting, [], 0
        with base:
            base.execute("begin immediate")
            for words, row in waiting:
                base.execute(words, row)

    def _try(self, work: "Callable[[sqlite3.Connection], T]") -> T | None:
        if self._base is None:
            return None
        import sqlite3

        try:
            return work(self._base)
        except (sqlite3.Error, OSError, ValueError):
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None
            return None


def _base(path: Path, schema: str, version: int) -> "sqlite3.Connection | None":
    import sqlite3

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _opened(path, schema, version)
        except sqlite3.OperationalError:
            return None  # in use, or not to be written
        except sqlite3.DatabaseError:  # broken, or of another podviz
            for ending in ("", "-wal", "-shm"):
                Path(f"{path}{ending}").unlink(missing_ok=True)
            return _opened(path, schema, version)
    except (OSError, sqlite3.Error):
        return None


def _opened(path: Path, schema: str, version: int) -> "sqlite3.Connection":
    import sqlite3

    base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        (known,) = base.execute("pragma user_version").fetchone()
        if known and known != version:
            raise sqlite3.DatabaseError("of another podviz")
        if not known:
            base.execute("pragma auto_vacuum = incremental")
            base.execute("pragma journal_mode = wal")  # a run that is killed leaves it whole
            base.executescript(schema)
            base.execute(f"pragma user_version = {version}")
        base.execute("pragma synchronous = off")  # nothing is lost that cannot be drawn again
    except BaseException:
        base.close()
        raise
    return base
