"""What podviz.toml, or pyproject.toml, says for a folder."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import partial
from ipaddress import ip_network
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from podviz import disk
from podviz.choice import did_you_mean
from podviz.errors import UsageError
from podviz.finding import Severity
from podviz.judgement.catalogue import SETS, named
from podviz.judgement.tomlplace import locate
from podviz.options import LANGS, SETTINGS
from podviz.pattern import pattern

LEVELS: dict[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "never": None,
}
"""What `--fail-on` takes."""

_LARGEST = 1_000_000  # bytes of a file of settings
_VERSION = pattern(r"v?1\.\d{1,3}(\.\d{1,3})?")


class Settings(Struct, frozen=True, kw_only=True):
    """How inputs are judged; None and empty where nothing is said.

    `per_file_ignores` are patterns of paths below `folder`, `severities` levels of codes,
    `sidecar_images` patterns of repositories (`team/proxy`, `*-agent`) beside the known ones.
    """

    folder: Path = field(default_factory=Path)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    sets: tuple[str, ...] = ("design",)
    kubernetes: str | None = None
    pod_cidr: str | None = None
    service_cidr: str | None = None
    sidecar_images: tuple[str, ...] = ()
    fail_on: str = "warning"
    lang: str = "en"

    def ignored_in(self, file: str) -> frozenset[str]:
        """The codes that the patterns which fit a file's path leave out.

        A pattern without `/` fits a name in any folder, `*` fits `/` too.
        """
        if not self.per_file_ignores:
            return frozenset()
        try:
            path = (Path.cwd() / file).resolve().relative_to(self.folder.resolve()).as_posix()
        except (OSError, ValueError):
            path = file
        name = path.rpartition("/")[2]
        fitting = [
            words
            for pattern, words in self.per_file_ignores
            if fnmatchcase(path, pattern) or ("/" not in pattern and fnmatchcase(name, pattern))
        ]
        return frozenset(code for words in fitting for word in words for code in named(word))


def nearest(folder: Path) -> Settings:
    """The settings of the nearest folder upwards that has any; else those without a file.

    Raises UsageError, with file, line and column, for what cannot be meant.
    """
    try:
        folder = folder.absolute()
    except OSError:
        return Settings()
    for above in (folder, *folder.parents):
        for name in SETTINGS:
            path = above / name
            if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where it may not look
                found = _file(path, _shown(path, folder))
                if found:
                    return replace(found, folder=above)
    return Settings()


def _shown(path: Path, folder: Path) -> str:
    """The path as messages name it: as short as it can be."""
    return path.name if path.parent == folder else str(path)


def _file(path: Path, name: str) -> Settings | None:
    """None for a pyproject.toml that says nothing of podviz."""
    data = disk.read(path, name, _LARGEST)
    mine = path.name == SETTINGS[0]
    if not mine and b"podviz" not in data:
        return None
    return read(data, name, () if mine else ("tool", "podviz"))


def read(data: bytes, name: str, table: tuple[str, ...] = ()) -> Settings | None:
    """The settings in a table of a TOML file; None if it has no such table. Raises UsageError."""
    import tomllib  # late: most runs have none to read

    try:
        text = data.decode("utf-8-sig")
        given: object = tomllib.loads(text)
    except UnicodeDecodeError:
        raise UsageError(f"{name}: not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_broken(name, str(error))) from None
    except RecursionError:
        raise UsageError(f"{name}: nested too deep") from None
    for step in table:
        given = given.get(step) if isinstance(given, dict) else None
    if given is None:
        return None
    wrong: list[_Wrong] = []
    values: dict[str, object] = {}
    if not isinstance(given, dict):
        wrong.append(_Wrong((), f"must be a table, not {_kind(given)}"))
    else:
        for key, value in given.items():
            _key(key, value, values, wrong)
    if wrong:
        raise UsageError(_told(wrong, text, name, table))
    return Settings(**values)  # type: ignore[arg-type]


# ── values ──────────────────────────────────────────────────────────────────────────────────


class _Wrong(Struct, frozen=True):
    """What is wrong with the value behind some keys; `word` is the word in it that is meant."""

    keys: tuple[str, ...]
    said: str
    word: str | None = None


Read = Callable[[tuple[str, ...], object, list[_Wrong]], object]
"""A value of TOML → a value of the settings; what is wrong with it is put into the list."""


def _key(key: str, value: object, values: dict[str, object], wrong: list[_Wrong]) -> None:
    if key not in _KEYS:
        near = did_you_mean(key.replace("_", "-"), tuple(_KEYS))
        wrong.append(_Wrong((key,), f"unknown key {key!r}{near}"))
        return
    values[key.replace("-", "_")] = _KEYS[key]((key,), value, wrong)


def _words(keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        given = _kind(value)
        if isinstance(value, list):
            given = f"a list with {_kind(next(w for w in value if not isinstance(w, str)))}"
        wrong.append(_Wrong(keys, f"{keys[-1]!r} must be a list of texts, not {given}"))
        return ()
    return tuple(value)


def _codes(keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> tuple[str, ...]:
    words = _words(keys, value, wrong)
    for word in words:
        _known(keys, word, wrong)
    return words


def _known(keys: tuple[str, ...], word: str, wrong: list[_Wrong]) -> frozenset[str]:
    try:
        return named(word)
    except UsageError as error:
        wrong.append(_Wrong(keys, str(error), word))
        return frozenset()


def _chosen(
    known: tuple[str, ...], keys: tuple[str, ...], value: object, wrong: list[_Wrong]
) -> tuple[str, ...]:
    words = _words(keys, value, wrong)
    for word in words:
        _one(known, keys, word, wrong)
    return words


def _one(known: tuple[str, ...], keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> str:
    if not isinstance(value, str):
        wrong.append(_Wrong(keys, f"{keys[-1]!r} must be text, not {_kind(value)}"))
    elif value not in known:
        near = did_you_mean(value, known)
        said = f"{keys[-1]!r} must be one of {', '.join(known)}, not {value!r}{near}"
        wrong.append(_Wrong(keys, said, value))
    return str(value)


def _table(
    keys: tuple[str, ...], value: object, wrong: list[_Wrong]
) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        wrong.append(_Wrong(keys, f"{keys[-1]!r} must be a table, not {_kind(value)}"))


def _per_file(keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> object:
    return tuple(
        (pattern, _codes((*keys, pattern), words, wrong))
        for pattern, words in _table(keys, value, wrong)
    )


def _severities(keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> object:
    levels = tuple(level for level, severity in LEVELS.items() if severity)
    found: list[tuple[str, Severity]] = []
    for word, level in _table(keys, value, wrong):
        codes = _known((*keys, word), word, wrong)
        severity = LEVELS.get(_one(levels, (*keys, word), level, wrong))
        found += [(code, severity) for code in sorted(codes) if severity]
    return tuple(found)


def _version(keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> str:
    """A number loses its last 0 (1.30 is 1.3), so only text will do."""
    said = f'{keys[-1]!r} must be a version as text, such as "1.33"'
    if not isinstance(value, str):
        wrong.append(_Wrong(keys, f"{said}, not {_kind(value)}"))
    elif not is_version(value):
        wrong.append(_Wrong(keys, f"{said}, not {value!r}", value))
    return str(value)


def is_version(words: str) -> bool:
    """True for a version of Kubernetes: 1.33, v1.33.2."""
    return _VERSION.fullmatch(words) is not None


def _range(keys: tuple[str, ...], value: object, wrong: list[_Wrong]) -> str:
    said = f"{keys[-1]!r} must be a range of addresses such as 10.244.0.0/16"
    try:
        if not isinstance(value, str):
            wrong.append(_Wrong(keys, f"{said}, not {_kind(value)}"))
        else:
            ip_network(value, strict=False)
    except ValueError:
        wrong.append(_Wrong(keys, f"{said}, not {value!r}", str(value)))
    return str(value)


_KEYS: Mapping[str, Read] = {
    "select": _codes,
    "ignore": _codes,
    "per-file-ignores": _per_file,
    "severities": _severities,
    "sets": partial(_chosen, SETS),
    "kubernetes": _version,
    "pod-cidr": _range,
    "service-cidr": _range,
    "sidecar-images": _words,
    "fail-on": partial(_one, tuple(LEVELS)),
    "lang": partial(_one, LANGS),
}
"""Every key of the settings and what reads it."""

assert {key.replace("-", "_") for key in _KEYS} == set(Settings.__struct_fields__) - {"folder"}


def _kind(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"), (int, "a number"), (float, "a number"), (str, "text"),
        (list, "a list"), (dict, "a table"),
    )  # fmt: skip
    return next((words for kind, words in kinds if isinstance(value, kind)), "a date or time")


# ── places ──────────────────────────────────────────────────────────────────────────────────


def _broken(name: str, said: str) -> str:
    """tomllib ends with `(at line 3, column 5)`, or with `(at end of document)`."""
    found = re.search(r" \(at line (\d+), column (\d+)\)$", said)
    where = f"{name}:{found[1]}:{found[2]}" if found else name
    said = said[: found.start()] if found else said
    return f"{where}: {said[:1].lower()}{said[1:]}"


def _told(wrong: list[_Wrong], text: str, name: str, table: tuple[str, ...]) -> str:
    """The first that is wrong at its place, and how many more there are."""
    places = [locate(text, (*table, *each.keys), each.word) for each in wrong]
    (line, column), said = min(zip(places, [each.said for each in wrong], strict=True))
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return f"{name}:{line}:{column}: {said}{more}"
