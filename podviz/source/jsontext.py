"""JSON text to one document, by the rules of JSON."""

from collections.abc import Iterator
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

from podviz.finding import Finding
from podviz.pattern import pattern
from podviz.source.growth import (
    CLOSE,
    OPEN_MAPPING,
    OPEN_SEQUENCE,
    SCALAR,
    BrokenError,
    Event,
    grow,
)
from podviz.source.tree import Node, Script, resolve
from podviz.text import Text

_BLANK = pattern(r"[ \t\n\r]*")
_WORD = pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
_FIRST = pattern(r"(?:---)?\s*[\[{]")
_SURROGATE = pattern("[\ud800-\udfff]")
_CLOSERS = {OPEN_MAPPING: "}", OPEN_SEQUENCE: "]"}


def looks_like_json(text: str, start: int = 0) -> bool:
    return _FIRST.match(text, start) is not None


def read(
    script: Script, max_depth: int, start: int = 0, end: int | None = None
) -> tuple[Node, list[Finding]]:
    """The one value between two offsets; raises BrokenError where it is not JSON.

    A lone half of a surrogate pair stands as U+FFFD.
    """
    stop = len(script.text) if end is None else end
    if script.text.startswith("---", start):
        start += 3
    events = _events(script.text, start, stop)
    root, flaws = grow(events, script, max_depth)
    for event in events:
        raise AssertionError(event)
    return root, flaws


def _events(text: str, start: int, stop: int) -> Iterator[Event]:
    """The events of one value; raises BrokenError if more than blanks follow it."""
    opened: list[str] = []
    at = _skip(text, start)
    while True:
        kind = text[at : at + 1]
        if kind in _CLOSERS:
            yield Event(kind, at, at + 1, flow=True)
            opened.append(kind)
            at = _skip(text, at + 1)
            due = not text.startswith(_CLOSERS[kind], at)
        else:
            leaf = _leaf(text, at)
            yield leaf
            at = _skip(text, leaf.end)
            due = False
        while opened and not due:
            if text.startswith(_CLOSERS[opened[-1]], at):
                yield Event(CLOSE, at, at + 1)
                opened.pop()
                at = _skip(text, at + 1)
            else:
                at = _skip(text, _expect(text, at, ","))
                due = True
        if not opened:
            break
        if opened[-1] == OPEN_MAPPING:
            key = _key(text, at)
            yield key
            at = _skip(text, _expect(text, _skip(text, key.end), ":"))
    if at < stop:
        raise _fault(at, Text("값 뒤에 내용이 더 있습니다", "something follows the value"))


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, sign: str) -> int:
    if not text.startswith(sign, at):
        raise _fault(at, Text(f"여기에는 '{sign}'가 와야 합니다", f"'{sign}' was expected here"))
    return at + 1


def _key(text: str, at: int) -> Event:
    if not text.startswith('"', at):
        raise _fault(
            at, Text("키는 큰따옴표로 묶어야 합니다", "a key in double quotes was expected here")
        )
    return _leaf(text, at)


def _leaf(text: str, at: int) -> Event:
    if text.startswith('"', at):
        try:
            words, end = scanstring(text, at + 1, True)
        except JSONDecodeError as error:
            message = Text(f"JSON 문자열 오류: {error.msg}", error.msg)
            raise _fault(min(error.pos, len(text)), message) from error
        words = _SURROGATE.sub("\ufffd", words)
        return Event(SCALAR, at, end, words, words)
    found = _WORD.match(text, at)
    if not found:
        raise _fault(at, Text("여기에 값이 없습니다", "a value was expected here"))
    return Event(SCALAR, at, found.end(), found[0], resolve(found[0]), plain=True)


def _fault(at: int, message: Text) -> BrokenError:
    return BrokenError(at, at + 1, message)
