"""What earlier runs drew, in the user's cache folder, found again by all that it depends on."""

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import astuple, replace

from podviz import fingerprint
from podviz.input import Input
from podviz.outcome import Failure, Made, Outcome, digest

LIMIT = 500_000_000
"""Bytes that the cache may take; beyond, what was used longest ago goes."""

HOME = "PODVIZ_CACHE_DIR"
"""The variable that names another folder than the user's own; empty for none at all."""

_SCHEMA = """
create table if not exists drawn (
  key text primary key, unit blob, parts text, beside text, said text, files blob, used integer
);
create index if not exists of_unit on drawn (unit);
create index if not exists by_use on drawn (used);
create table if not exists written (path blob primary key, folder blob, source blob, digest text);
create table if not exists known (quick text primary key, full text);
"""
_VERSION = 1  # of the tables
_WAIT = 5.0  # seconds for another run that writes
_TOGETHER = 64  # entries that one transaction keeps
_DAY = 86_400

Beside = tuple[Input, ...] | Failure
T = TypeVar("T")


class Parts(Struct, frozen=True):
    """What an outcome depends on, beside the files that the input takes in; digests each."""

    podviz: str
    options: str
    settings: str
    input: str

    @property
    def key(self) -> str:
        return digest("\n".join(astuple(self)).encode())


class Entry(Struct, kw_only=True):
    """An outcome as it was kept, its files without bytes; `filled` gives them, None where they
    are lost."""

    key: str
    outcome: Outcome
    beside: dict[str, str]
    filled: Callable[[], Outcome | None]


def of_inputs(inputs: Iterable[Input]) -> str:
    """The digest of some files and their names."""
    words = [f"{given.name}\n{digest(given.data)}" for given in inputs]
    return digest("\n".join(words).encode(errors="surrogateescape"))


def of_beside(found: Beside) -> str:
    """The digest of what stands beside an input, or of why it is not there."""
    return f"failed {found.text}" if isinstance(found, Failure) else of_inputs(found)


def folder() -> Path | None:
    """Where the cache is kept; None where it may or can be nowhere."""
    named = os.environ.get(HOME)
    if named is not None:
        return Path(named) if named else None
    from platformdirs import user_cache_path

    found = user_cache_path("podviz", appauthor=False)
    return found if found.is_absolute() else None


class Cache:
    """Outcomes by what they depend on. Whatever is wrong with its file, runs go on without it."""

    def __init__(self, path: Path | None, limit: int = LIMIT) -> None:
        self.path = path
        self.limit = limit
        self._base: sqlite3.Connection | None = None
        self._kept = 0
        if self.path is None:
            return
        with suppress(OSError, sqlite3.Error):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._base = _opened(self.path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise  # in use, or not to be written
                self.path.unlink()  # not ours, or broken
                self._base = _opened(self.path)

    def close(self) -> None:
        """Keep what is not kept yet, and let the oldest go where it is too much."""
        self._try(self._end)
        if self._base:
            self._base.close()
            self._base = None

    def fingerprint(self) -> str:
        """`fingerprint.full`, looked up if podviz's files look as they did."""
        quick = fingerprint.quick()
        known = self._try(lambda base: base.execute(
            "select full from known where quick = ?", (quick,)
        ).fetchone())  # fmt: skip
        if known:
            return str(known[0])
        full = fingerprint.full()
        self._try(lambda base: base.execute("insert into known values (?, ?)", (quick, full)))
        return full

    def find(self, key: str) -> Entry | None:
        """What was kept under a key."""
        row = self._try(lambda base: base.execute(
            "select beside, said, used from drawn where key = ?", (key,)
        ).fetchone())  # fmt: skip
        if row is None:
            return None
        now = int(time.time())
        if now - row[2] > _DAY:
            self._try(lambda b: b.execute("update drawn set used = ? where key = ?", (now, key)))
        outcome = _said(json.loads(row[1]))
        return Entry(
            key=key,
            outcome=outcome,
            beside=json.loads(row[0]),
            filled=lambda: self._filled(key, outcome),
        )

    def last(self, unit: str) -> Parts | None:
        """On what the latest outcome of an input depended."""
        row = self._try(lambda base: base.execute(
            "select parts from drawn where unit = ? order by rowid desc limit 1",
            (os.fsencode(unit),),
        ).fetchone())  # fmt: skip
        return Parts(*json.loads(row[0])) if row else None

    def keep(self, unit: str, parts: Parts, beside: dict[str, str], outcome: Outcome) -> None:
        """Keep an outcome for later runs."""
        if self._base is None:
            return
        said = json.dumps(_saying(outcome), separators=(",", ":"))
        data = b"".join(made.data for made in outcome.made)
        known = (json.dumps(astuple(parts)), json.dumps(beside))
        row = (parts.key, os.fsencode(unit), *known, said, data, int(time.time()))
        self._try(lambda base: base.execute(
            "insert or replace into drawn values (?, ?, ?, ?, ?, ?, ?)", row
        ))  # fmt: skip
        self._kept += 1
        if self._kept % _TOGETHER == 0:
            self._try(sqlite3.Connection.commit)

    # ── files that were written ─────────────────────────────────────────────────────────────

    def written(self, folder: Path) -> dict[str, tuple[str, str]]:
        """The files that runs wrote below a folder → the input of each, and its digest."""
        rows = self._try(lambda base: base.execute(
            "select path, source, digest from written where folder = ?", (bytes(folder),)
        ).fetchall())  # fmt: skip
        return {
            os.fsdecode(path): (os.fsdecode(source), known) for path, source, known in rows or ()
        }

    def note(self, folder: Path, rows: Sequence[tuple[str, str, str]]) -> None:
        """Keep path, input and digest of files below a folder."""
        self._try(lambda base: base.executemany(
            "insert or replace into written values (?, ?, ?, ?)",
            [(os.fsencode(path), bytes(folder), os.fsencode(source), known)
             for path, source, known in rows],
        ))  # fmt: skip

    def forget(self, paths: Sequence[str]) -> None:
        """Keep no longer what is known of files."""
        rows = [(os.fsencode(path),) for path in paths]
        self._try(lambda base: base.executemany("delete from written where path = ?", rows))

    # ── the file ────────────────────────────────────────────────────────────────────────────

    def _filled(self, key: str, outcome: Outcome) -> Outcome | None:
        row = self._try(lambda base: base.execute(
            "select files from drawn where key = ?", (key,)
        ).fetchone())  # fmt: skip
        data = row[0] if row else b""
        made, start = [], 0
        for each in outcome.made:
            part = data[start : start + each.size]
            if digest(part) != each.digest:
                return None
            made.append(replace(each, data=part))
            start += each.size
        return replace(outcome, made=tuple(made))

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """A cache that cannot be read or written is none."""
        if self._base is None:
            return None
        try:
            return work(self._base)
        except (sqlite3.Error, OSError, ValueError):
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None
            return None

    def _end(self, base: sqlite3.Connection) -> None:
        base.commit()
        if not self._kept or _size(base) <= self.limit:
            return
        base.execute(
            "delete from drawn where key in (select key from (select key, sum(length(files)"
            " + length(said)) over (order by used desc, rowid desc) as total from drawn)"
            " where total > ?)",
            (self.limit * 3 // 4,),
        )
        base.commit()
        base.execute("pragma incremental_vacuum")
        base.commit()


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_WAIT)
    try:
        (version,) = base.execute("pragma user_version").fetchone()
        if version == _VERSION:
            base.execute("pragma synchronous = off")
            return base
        if version:
            raise sqlite3.DatabaseError("of another podviz")
        base.execute("pragma auto_vacuum = incremental")
        base.execute("pragma journal_mode = wal")  # a run that is killed leaves it whole
        base.executescript(_SCHEMA)
        base.execute(f"pragma user_version = {_VERSION}")
        base.execute("pragma synchronous = off")  # nothing is lost that cannot be drawn again
    except BaseException:
        base.close()
        raise
    return base


def _size(base: sqlite3.Connection) -> int:
    """Bytes of the file."""
    (pages,), (each,) = (
        base.execute(f"pragma {p}").fetchone() for p in ("page_count", "page_size")
    )
    return int(pages * each)


def _saying(outcome: Outcome) -> dict[str, Any]:
    made = [
        (m.name, m.lang, m.format, m.frame, m.foreign, m.left_out, m.digest, m.size)
        for m in outcome.made
    ]
    return {
        "made": made,
        "told": outcome.told,
        "notes": outcome.notes,
        "errors": [astuple(e) for e in outcome.errors],
        "status": outcome.status,
    }


def _said(given: dict[str, Any]) -> Outcome:
    made = tuple(
        [
            Made(
                name=name, lang=lang, format=format, digest=known, size=size, frame=frame,
                foreign=foreign, left_out=tuple(left_out),
            )
            for name, lang, format, frame, foreign, left_out, known, size in given["made"]
        ]
    )  # fmt: skip
    return Outcome(
        made=made,
        told=given["told"],
        notes=tuple(given["notes"]),
        errors=tuple([Failure(*error) for error in given["errors"]]),
        status=given["status"],
    )
