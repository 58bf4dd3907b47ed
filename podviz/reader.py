"""What a reader gives, and which one an input needs."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from podviz import source
from podviz.errors import InputError
from podviz.finding import Finding, Severity
from podviz.model import Sheet
from podviz.source import Document, Source
from podviz.source.tree import Entry, Mapping, Scalar, Sequence
from podviz.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one input says: its figures, its flaws in the file's order, its lines for excerpts.

    A document with an error gives no sheet; the others of its file do.
    """

    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Turns the documents of one format into sheets and findings.

    The second argument of `read` says whether the file holds other documents beside these.
    """

    read: Callable[[tuple[Document, ...], bool], tuple[tuple[Sheet, ...], tuple[Finding, ...]]]


def read(
    data: bytes,
    name: str,
    *,
    max_size: int = source.MAX_SIZE,
    max_depth: int = source.MAX_DEPTH,
) -> Reading:
    """The sheets of a file that `name` names in findings.

    Raises InputError where there is nothing to draw or the file is too large. Whatever else is
    wrong with the input is a finding.
    """
    given = source.read(data, name, max_size=max_size, max_depth=max_depth)
    if not given.documents and not given.findings:
        raise InputError(f"{name}: nothing to draw, the file is empty")
    specs = tuple(d for d in given.documents if not _manifest_sign(d))
    sheets, findings = _read_specs(given, specs)
    findings = (*given.findings, *_refuse_manifests(given), *findings)
    ordered = sorted(dict.fromkeys(findings), key=lambda f: (f.place.line, f.place.column))
    return Reading(sheets=sheets, findings=tuple(ordered), lines=given.lines)


def _read_specs(
    given: Source, documents: tuple[Document, ...]
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    if not documents:
        return (), ()
    reader: Reader = import_module("podviz.readers.spec").READER
    return reader.read(documents, len(given.documents) > 1)


def _manifest_sign(document: Document) -> Entry | None:
    """The `kind` (or `apiVersion`) by which a document shows that it is a manifest."""
    root = document.root
    if isinstance(root, Sequence) and root.items:
        root = root.items[0]
    if not isinstance(root, Mapping) or "podviz" in root.entries:
        return None
    return root.entries.get("kind") or root.entries.get("apiVersion")


def _refuse_manifests(given: Source) -> tuple[Finding, ...]:
    """One finding for all manifests of a file, at the first."""
    for document in given.documents:
        sign = _manifest_sign(document)
        if sign:
            said = sign.value.text if isinstance(sign.value, Scalar) else "…"
            what = f"{sign.key.text}: {said}"
            return (_manifest(sign, what),)
    return ()


def _manifest(sign: Entry, what: str) -> Finding:
    return Finding(
        code="POD010",
        name="unsupported-kind",
        severity=Severity.ERROR,
        message=Text(
            f"쿠버네티스 매니페스트로 보입니다({what}). 매니페스트는 아직 읽지 못합니다",
            f"this looks like a Kubernetes manifest ({what}); reading manifests is not built yet",
        ),
        place=sign.value.place,
        help=Text("스펙을 작성하세요: podviz new 이름", "write a spec: podviz new NAME"),
    )
