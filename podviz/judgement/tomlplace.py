"""Where a key or a word stands in a TOML text."""

import re

from podviz.pattern import pattern

_HEADER = pattern(r"^[ \t]*\[{1,2}(?P<name>[^\[\]\n]+)\]{1,2}", re.MULTILINE)
_STEP = pattern(r"\"[^\"]*\"|'[^']*'|[^.\s]+")


def locate(text: str, keys: tuple[str, ...], word: str | None = None) -> tuple[int, int]:
    """Line and column, from 1, of the innermost of some keys that can be found, or of a quoted
    word behind it. tomllib tells no places, and a near one is better than none."""
    at, rest = _header(text, keys)
    for key in rest:
        quoted = re.escape(key)
        found = re.compile(
            rf"(?:^|[\s{{,.])(?P<key>\"{quoted}\"|'{quoted}'|{quoted})[ \t]*[=.]", re.MULTILINE
        ).search(text, at)
        at = found.start("key") if found else at
    if word is not None:
        found = re.compile(rf"[\"']{re.escape(word)}[\"']").search(text, at)
        at = found.start() if found else at
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _header(text: str, keys: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Behind the header of the innermost table that holds the last key, and the keys inside it;
    where the last key has a header of its own, at it."""
    headers: dict[tuple[str, ...], re.Match[str]] = {}
    for found in _HEADER.finditer(text):
        headers[tuple(step.strip("\"'") for step in _STEP.findall(found["name"]))] = found
    if keys in headers:
        last = list(_STEP.finditer(headers[keys]["name"]))[-1]
        return headers[keys].start("name") + last.start(), ()
    for count in range(len(keys) - 1, 0, -1):
        if keys[:count] in headers:
            return headers[keys[:count]].end(), keys[count:]
    return 0, keys
