"""Bytes to documents whose every value knows its place."""

import codecs
from collections.abc import Iterable

from msgspec import Struct

from podviz.errors import InputError
from podviz.finding import Finding
from podviz.options import MAX_DEPTH, MAX_SIZE
from podviz.source import yamltext
from podviz.source.growth import BrokenError, syntax
from podviz.source.tree import Node, Script
from podviz.text import Text

_DEEPEST = 400  # what Python's own stack bears


class Document(Struct, frozen=True, kw_only=True):
    """One document of a file that holds something, and what is wrong with its form."""

    root: Node
    findings: tuple[Finding, ...] = ()


class Source(Struct, frozen=True, kw_only=True):
    """A file as it was read: its lines for excerpts, what it holds, what is wrong with it.

    `findings` has those of all documents, also of the ones that are lost.
    """

    name: str
    lines: tuple[str, ...]
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(data: bytes, name: str, *, max_size: int = MAX_SIZE, max_depth: int = MAX_DEPTH) -> Source:
    """The documents of a YAML or JSON file, empty ones left out.

    `max_size` is in bytes, `max_depth` in levels (at most 400). What breaks the rules of YAML
    or JSON is a finding at its place; raises InputError for a file above `max_size`.
    """
    if len(data) > max_size:
        raise InputError(
            f"{name}: {len(data):,} bytes are more than the limit of {max_size:,} (see --max-size)"
        )
    try:
        text = _decode(data)
    except UnicodeDecodeError as error:
        return _not_text(data, name, error)
    script = Script.of(name, text)
    grown = list(_grown(script, min(max_depth, _DEEPEST)))
    return Source(
        name=name,
        lines=script.lines(),
        documents=tuple(Document(root=r, findings=tuple(f)) for r, f in grown if r is not None),
        findings=tuple(finding for _, flaws in grown for finding in flaws),
    )


def _grown(script: Script, max_depth: int) -> Iterable[yamltext.Grown]:
    if not script.file.lower().endswith(".json") or not script.text.strip():
        return yamltext.read(script, max_depth)
    from podviz.source import jsontext

    try:
        return [jsontext.read(script, max_depth)]
    except BrokenError as fault:
        return [(None, [fault.finding(script)])]


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decode(data: bytes) -> str:
    """UTF-8 unless a byte order mark, or a NUL beside the first character, says otherwise.

    https://yaml.org/spec/1.2.2/#52-character-encodings
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    if len(data) % 2 == 0 and len(data) > 1 and (data[0] == 0) != (data[1] == 0):
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le")
    return data.removeprefix(codecs.BOM_UTF8).decode()


_SIGNATURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "gzip"),
)


def _not_text(data: bytes, name: str, error: UnicodeDecodeError) -> Source:
    """What can be said of bytes that are no text; the lines of binary files are not shown."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            message = Text(f"YAML이 아니라 {kind} 파일입니다", f"this is a {kind} file, not YAML")
            place = Script.of(name, "").place(0, 0)
            return Source(name=name, lines=(), findings=(syntax(place, message),))
    script = Script.of(name, data.decode("utf-8", errors="replace").removeprefix("\ufeff"))
    broken = error.object  # what stands behind a byte order mark
    before = broken[: error.start].decode(error.encoding, errors="replace").removeprefix("\ufeff")
    at, byte = len(before), broken[error.start]
    offset = error.start + len(data) - len(broken)
    message = Text(
        f"UTF-8 텍스트가 아닙니다 ({offset}번째 바이트 0x{byte:02X})",
        f"not UTF-8 text (byte 0x{byte:02X} at offset {offset})",
    )
    help = Text("파일을 UTF-8로 저장하세요", "save the file as UTF-8")
    finding = syntax(script.place(at, at + 1), message, help)
    lines = () if b"\0" in data else script.lines()
    return Source(name=name, lines=lines, findings=(finding,))
