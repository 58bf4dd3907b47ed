"""YAML text to documents; a broken one loses no other."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from podviz.finding import Finding
from podviz.pattern import pattern
from podviz.source import yamlwords
from podviz.source.growth import (
    ALIAS,
    CLOSE,
    DOCUMENT,
    OPEN_MAPPING,
    OPEN_SEQUENCE,
    RENDER_FIRST,
    SCALAR,
    TEMPLATE,
    BrokenError,
    Event,
    grow,
    syntax,
)
from podviz.source.tree import Node, Scalar, Script, resolve
from podviz.text import Text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_BROKEN = 50
_NEXT = pattern(r"^---(?=\s|$)", re.MULTILINE)
# What YAML allows, said by what it does not: a set of few compiles ten times as fast.
_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_WHITE = str.maketrans("", "", "\t\n\r")
_YAML = "tag:yaml.org,2002:"
_RESOLVED_TAGS = frozenset(["!!int", "!!float", "!!bool", "!!null"])
_TEXT_TAGS = ["", "!", "!!str", "!!binary", "!!timestamp", "!!seq", "!!map"]
_KNOWN_TAGS = _RESOLVED_TAGS.union(_TEXT_TAGS)
_OPEN = (OPEN_MAPPING, OPEN_SEQUENCE)
_KINDS: dict[type, str] = {
    yaml.ScalarEvent: SCALAR,
    yaml.MappingStartEvent: OPEN_MAPPING,
    yaml.SequenceStartEvent: OPEN_SEQUENCE,
    yaml.MappingEndEvent: CLOSE,
    yaml.SequenceEndEvent: CLOSE,
    yaml.AliasEvent: ALIAS,
    yaml.DocumentStartEvent: DOCUMENT,
}
_PROPERTIES = pattern(r"(?:[&!]\S*\s+)*")
_TEMPLATE_LINE = pattern(r"^[ \t]*(?:- *)?\{\{", re.MULTILINE)


Grown = tuple[Node | None, list[Finding]]
"""A document and its flaws; None with one flaw for a document that is lost."""


def read(script: Script, max_depth: int) -> Iterator[Grown]:
    """Every document of a YAML stream that is not empty, lost ones too.

    A template is told once; after 50 lost documents the rest is left unread.
    """
    if control := _control(script.text):
        yield None, [_control_character(script, control.start())]
        return
    lost: list[Finding] = []
    for root, flaws in _documents(script, max_depth):
        if root is not None:
            if not (isinstance(root, Scalar) and root.plain and root.value is None):
                yield root, flaws
            continue
        told = any(flaw.message == TEMPLATE for flaw in lost)
        if not (told and flaws[0].message == TEMPLATE):
            yield root, flaws
        lost += flaws
        if len(lost) == _MOST_BROKEN:
            return


def _documents(script: Script, max_depth: int) -> Iterator[Grown]:
    begin: int | None = 0
    while begin is not None:
        document = begin
        stream = _events(script.text, begin)
        try:
            for event in stream:
                document = event.start
                yield grow(stream, script, max_depth)
            return
        except BrokenError as fault:
            begin = _next_document(script.text, document)
            yield _rescue(script, document, begin, max_depth, fault)


def _next_document(text: str, document: int) -> int | None:
    found = _NEXT.search(text, document + 1)
    return found.start() if found else None


def _rescue(
    script: Script, start: int, end: int | None, max_depth: int, fault: BrokenError
) -> Grown:
    """A lost document may still be JSON (whose escapes YAML refuses) or a template."""
    from podviz.source import jsontext

    if jsontext.looks_like_json(script.text, start):
        try:
            return jsontext.read(script, max_depth, start, end)
        except BrokenError:
            pass
    if fault.message != TEMPLATE and _is_template(script, start, end, fault):
        brace = script.text.index("{{", start)
        fault = BrokenError(brace, brace + 2, TEMPLATE, RENDER_FIRST)
    return None, [fault.finding(script)]


def _is_template(script: Script, start: int, end: int | None, fault: BrokenError) -> bool:
    """True when the fault's line holds `{{`, or some line begins with it."""
    stop = len(script.text) if end is None else end
    if _TEMPLATE_LINE.search(script.text, start, stop):
        return True
    line = script.text.rfind("\n", start, fault.start) + 1
    return "{{" in script.text[max(line, start) : fault.end]


def _events(text: str, begin: int) -> Iterator[Event]:
    """libyaml's events with offsets into the whole text; raises BrokenError where it gives up."""
    event: Any
    try:
        for event in yaml.parse(text[begin:] if begin else text, Loader=_LOADER):
            kind = _KINDS.get(type(event))
            if kind is None:
                continue
            start, end = event.start_mark.index + begin, event.end_mark.index + begin
            if kind == SCALAR:
                yield _scalar(event, text, start, end)
            elif kind in _OPEN:
                start, unknown = _beyond(event, text, start, end)
                flow = event.flow_style is True
                yield Event(kind, start, end, anchor=event.anchor, tag=unknown, flow=flow)
            elif kind == ALIAS:
                yield Event(ALIAS, start, end, event.anchor)
            else:
                yield Event(kind, start, end)
    except yaml.YAMLError as error:
        raise yamlwords.broken(error, text, begin) from error


def _scalar(event: Any, text: str, start: int, end: int) -> Event:
    words = event.value
    if event.tag is None and event.anchor is None:
        if event.implicit[0]:
            return Event(SCALAR, start, end, words, resolve(words), True)
        return Event(SCALAR, start, end, words, words)
    start, unknown = _beyond(event, text, start, end)
    tag = _short(event.tag)
    plain = (event.implicit[0] and not tag) or tag in _RESOLVED_TAGS
    value = resolve(words) if plain else words
    return Event(SCALAR, start, end, words, value, plain, event.anchor, unknown)


def _beyond(event: Any, text: str, start: int, end: int) -> tuple[int, str | None]:
    """Where a value begins behind its anchor and its tag, and the tag if that is unknown."""
    tag = _short(event.tag)
    if tag not in _KNOWN_TAGS:
        return start, tag
    if tag or event.anchor:
        found = _PROPERTIES.match(text, start, end)
        start = found.end() if found else start
    return start, None


def _short(tag: str | None) -> str:
    return (tag or "").replace(_YAML, "!!")


def _control(text: str) -> re.Match[str] | None:
    """The first control character; plain text is told from other text without a pattern."""
    if text.isascii() and text.translate(_WHITE).isprintable():
        return None
    return _CONTROL.search(text)


def _control_character(script: Script, at: int) -> Finding:
    code = f"U+{ord(script.text[at]):04X}"
    message = Text(
        f"제어 문자 {code}는 YAML에 쓸 수 없습니다",
        f"control character {code} is not allowed in YAML",
    )
    return syntax(script.place(at, at + 1), message)
