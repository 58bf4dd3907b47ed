"""What earlier runs drew, in the user's cache folder, found again by all that it depends on."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from podviz.input import Input
from podviz.outcome import Failure, Made, Outcome, digest
from podviz.runs import fingerprint
from podviz.runs.tables import Tables

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
_VERSION = 2  # of the tables
_OLDEST = """
delete from drawn where key in (select key from (
  select key, sum(length(files) + length(said)) over (order by used desc, rowid desc) as total
  from drawn
) where total > ?)
"""
_DAY = 86_400

Beside = tuple[Input, ...] | Failure


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
        self._tables = Tables(path, _SCHEMA, _VERSION)
        self._kept = False

    @property
    def is_there(self) -> bool:
        """False where nothing is found and nothing kept."""
        return self._tables.are_there

    def close(self) -> None:
        """Keep what is not kept yet, and let the oldest go where it is too much."""
        self._tables.write()
        if self._kept and self._tables.size() > self.limit:
            self._tables.put(_OLDEST, (self.limit * 3 // 4,))
            self._tables.write()
            self._tables.every("pragma incremental_vacuum")
        self._tables.close()

    def fingerprint(self) -> str:
        """`fingerprint.full`, looked up if podviz's files look as they did; empty where nothing
        is kept that it would tell apart."""
        if not self.is_there:
            return ""
        quick = fingerprint.quick()
        known = self._tables.first("select full from known where quick = ?", (quick,))
        if known:
            return str(known[0])
        full = fingerprint.full()
        self._tables.put("insert or replace into known values (?, ?)", (quick, full))
        return full

    def find(self, key: str) -> Entry | None:
        """What was kept under a key."""
        row = self._tables.first("select beside, said, used from drawn where key = ?", (key,))
        if row is None:
            return None
        now = int(time.time())
        try:
            outcome, beside, last = _said(_loaded(row[1])), dict(_loaded(row[0])), int(row[2])
        except (ValueError, TypeError, LookupError):
            return None  # broken: what is drawn instead will take its place
        if now - last > _DAY:
            self._tables.put("update drawn set used = ? where key = ?", (now, key))
        return Entry(
            key=key,
            outcome=outcome,
            beside=beside,
            filled=lambda: self._filled(key, outcome),
        )

    def last(self, unit: str) -> Parts | None:
        """On what the latest outcome of an input depended."""
        words = "select parts from drawn where unit = ? order by rowid desc limit 1"
        row = self._tables.first(words, (os.fsencode(unit),))
        try:
            return Parts(*_loaded(row[0])) if row else None
        except (ValueError, TypeError):
            return None

    def keep(self, unit: str, parts: Parts, beside: dict[str, str], outcome: Outcome) -> None:
        """Keep an outcome for later runs."""
        if not self.is_there:
            return
        said = _dumped(_saying(outcome))
        data = b"".join(made.data for made in outcome.made)
        known = (_dumped(astuple(parts)), _dumped(beside))
        row = (parts.key, os.fsencode(unit), *known, said, data, int(time.time()))
        self._tables.put(
            "insert or replace into drawn values (?, ?, ?, ?, ?, ?, ?)", row, len(data)
        )
        self._kept = True

    # ── files that were written ─────────────────────────────────────────────────────────────

    def written(self, folder: Path) -> dict[str, tuple[str, str]]:
        """The files that runs wrote below a folder → the input of each, and its digest."""
        words = "select path, source, digest from written where folder = ?"
        return {
            os.fsdecode(path): (os.fsdecode(source), known)
            for path, source, known in self._tables.every(words, (bytes(folder),))
        }

    def note(self, folder: Path, rows: Sequence[tuple[str, str, str]]) -> None:
        """Keep path, input and digest of files below a folder."""
        for path, source, known in rows:
            row = (os.fsencode(path), bytes(folder), os.fsencode(source), known)
            self._tables.put("insert or replace into written values (?, ?, ?, ?)", row)

    def forget(self, paths: Sequence[str]) -> None:
        """Keep no longer what is known of files."""
        for path in paths:
            self._tables.put("delete from written where path = ?", (os.fsencode(path),))

    # ── the file ────────────────────────────────────────────────────────────────────────────

    def _filled(self, key: str, outcome: Outcome) -> Outcome | None:
        row = self._tables.first("select files from drawn where key = ?", (key,))
        data = row[0] if row else b""
        made, start = [], 0
        for each in outcome.made:
            part = data[start : start + each.size]
            if digest(part) != each.digest:
                return None
            made.append(replace(each, data=part))
            start += each.size
        return replace(outcome, made=tuple(made))


def _dumped(value: object) -> str:
    import json  # it writes names that are no Unicode, which msgspec does not

    return json.dumps(value, separators=(",", ":"))


def _loaded(text: str) -> Any:
    import json

    return json.loads(text)


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
