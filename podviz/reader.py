"""What a reader gives, and which one an input needs."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from podviz import source
from podviz.errors import InputError
from podviz.finding import Finding
from podviz.input import Input
from podviz.options import MAX_DEPTH, MAX_SIZE
from podviz.sheet import Sheet
from podviz.source import Document, Source, tree
from podviz.source.growth import TEMPLATE
from podviz.text import Text

Lines = Mapping[str, tuple[str, ...]]
"""The lines of each file by its name, for excerpts."""


class Reading(Struct, frozen=True, kw_only=True):
    """What one input says: its figures, its flaws in the files' order, its lines for excerpts.

    A document with an error gives no sheet; the others of its file do.
    """

    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: Lines = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


class Reader(Struct, frozen=True, kw_only=True):
    """Turns the documents of one format into sheets and findings.

    The second argument of `read` says whether the file holds other documents beside these.
    """

    read: Callable[[tuple[Document, ...], bool], tuple[tuple[Sheet, ...], tuple[Finding, ...]]]


def read(data: bytes, name: str) -> Reading:
    """The sheets of one file; see `read_all`."""
    return read_all((Input(name, data),), name)


def read_all(
    inputs: Sequence[Input],
    name: str,
    *,
    max_size: int = MAX_SIZE,
    max_depth: int = MAX_DEPTH,
) -> Reading:
    """The sheets of an input that `name` names: of one file, or of the files of one cluster.

    Raises InputError where there is nothing to draw or a file is too large. Whatever else is
    wrong with the input is a finding.
    """
    given = [source.read(i.data, i.name, max_size=max_size, max_depth=max_depth) for i in inputs]
    if not any(g.documents or g.findings for g in given):
        raise InputError(f"{name}: nothing to draw, {_emptiness(len(given))}")
    several = sum(len(g.documents) for g in given) > 1
    manifests, specs = _manifests(given), _specs(given)
    drawn, findings = _read("spec", specs, several)
    taken, told = _read("manifest", manifests, several)
    taken = tuple([replace(sheet, title=_title(name)) for sheet in taken])
    softened = {f for d in manifests for f in d.findings}  # told by the reader, as warnings
    kept = [f for g in given for f in g.findings if f not in softened]
    if not (drawn or taken or findings or told or kept):
        raise InputError(f"{name}: nothing to draw, there is no object in it")
    rank = {i.name: n for n, i in enumerate(inputs)}
    ordered = sorted(
        dict.fromkeys([*kept, *findings, *told]),
        key=lambda f: (rank.get(f.place.file, 0), f.place.line, f.place.column),
    )
    return Reading(
        sheets=(*drawn, *taken),
        findings=tuple(ordered),
        lines={g.name: g.lines for g in given},
        sources=tuple(given),
    )


def _title(name: str) -> Text | None:
    """What the figure of a file or folder of manifests is called; stdin has no name."""
    return None if name.startswith("<") else Text.same(Path(name).absolute().stem)


def _emptiness(files: int) -> str:
    return "the file is empty" if files == 1 else "all files are empty"


def _read(
    format: str, documents: tuple[Document, ...], several: bool
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    if not documents:
        return (), ()
    reader: Reader = import_module(f"podviz.readers.{format}").READER
    return reader.read(documents, several)


# ── which is which ──────────────────────────────────────────────────────────────────────────


def _manifests(given: Sequence[Source]) -> tuple[Document, ...]:
    """The documents that are no specs, if any of the input shows that it is a manifest."""
    if not any(is_manifest(d) for g in given for d in g.documents):
        return ()
    return tuple(
        [
            document
            for source in given
            # What is whole in a template is not what it will become.
            if not any(flaw.message == TEMPLATE for flaw in source.findings)
            for document in source.documents
            if not is_spec(document)
        ]
    )


def _specs(given: Sequence[Source]) -> tuple[Document, ...]:
    """All documents, or those that say so if others are manifests."""
    documents = tuple([d for g in given for d in g.documents])
    if not any(map(is_manifest, documents)):
        return documents
    return tuple(filter(is_spec, documents))


def is_spec(document: Document) -> bool:
    """True for a document that says `podviz`."""
    root = document.root
    return isinstance(root, tree.Mapping) and "podviz" in root.entries


def is_manifest(document: Document) -> bool:
    """True for a document, or a list of them, that says `kind` or `apiVersion`."""
    root = document.root
    if isinstance(root, tree.Sequence) and root.items:
        root = root.items[0]
    if not isinstance(root, tree.Mapping) or "podviz" in root.entries:
        return False
    return "kind" in root.entries or "apiVersion" in root.entries
