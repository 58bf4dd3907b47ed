"""Inputs → everything that is wrong with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from podviz import source
from podviz.cluster.relations import objects
from podviz.errors import InputError, PodvizError
from podviz.finding import EXPECTED, Finding
from podviz.intake import Unit, beside
from podviz.judgement import suppress
from podviz.judgement.judging import Terms, judged, same, spared, unmet, weighed
from podviz.judgement.suppress import Waiver
from podviz.pipeline import told
from podviz.place import Place
from podviz.reader import Lines, Reading, is_manifest, is_spec
from podviz.scene.division import is_large
from podviz.sheet import Sheet
from podviz.source import Document, Source
from podviz.taking import taken_in
from podviz.view import compose

Pinned = tuple[str, Place]
"""A finding's code and where it stands."""


class Verdict(Struct, frozen=True, kw_only=True):
    """What came of some inputs. `files` were read, `left_out` of a folder concern nobody here.

    `pins` has, by code and place, the number that a finding bears in its figure, where the
    figures were asked for.
    """

    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: tuple[PodvizError, ...] = ()
    left_out: tuple[str, ...] = ()
    pins: Mapping[Pinned, int] = field(default_factory=dict)


class _File(Struct, frozen=True, kw_only=True):
    """One input as it was read: figures of specs, documents of manifests."""

    name: str
    lines: Lines = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    manifests: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def check(
    units: Sequence[Unit], terms: Terms, *, folder: bool = False, numbered: bool = False
) -> Verdict:
    """Judge inputs whose manifests are one cluster; each figure of a spec is its own.

    Of a `folder`, files that are neither are left out. Only if `numbered`, figures are composed
    for the numbers of their pins. Tells errors, raises none.
    """
    files: list[_File] = []
    errors: list[PodvizError] = []
    left_out: list[str] = []
    for unit in units:
        try:
            file = _read(unit, terms, folder)
        except Exception as error:
            errors.append(told(error, unit.name))
            continue
        if file is None:
            left_out.append(unit.name)
        else:
            files.append(file)
    found = [finding for file in files for finding in file.findings]
    for name, judge in _judges(files, terms):
        try:
            found += judge()
        except Exception as error:
            errors.append(told(error, name))
    findings = _sorted(_weighed(found, files, terms), files)
    errors += _unmet(files, findings, terms)
    return Verdict(
        files=tuple(file.name for file in files),
        findings=findings,
        pins=_numbers(files, findings) if numbered else {},
        lines={name: lines for file in files for name, lines in file.lines.items()},
        errors=tuple(errors),
        left_out=tuple(left_out),
    )


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """Several verdicts as one, in order."""
    each = list(verdicts)
    return Verdict(
        files=tuple(file for verdict in each for file in verdict.files),
        findings=tuple(finding for verdict in each for finding in verdict.findings),
        lines={file: lines for verdict in each for file, lines in verdict.lines.items()},
        errors=tuple(error for verdict in each for error in verdict.errors),
        left_out=tuple(file for verdict in each for file in verdict.left_out),
        pins={place: number for verdict in each for place, number in verdict.pins.items()},
    )


# ── reading ─────────────────────────────────────────────────────────────────────────────────


def _read(unit: Unit, terms: Terms, folder: bool) -> _File | None:
    """None for a file of a folder that nobody meant to be judged. Raises InputError."""
    name, bounds = unit.name, {"max_size": terms.max_size, "max_depth": terms.max_depth}
    given = source.read(unit.load(terms.max_size), name, **bounds)
    specs = tuple(d for d in given.documents if not is_manifest(d))
    if (
        folder
        and not given.findings
        and not any(is_spec(d) or is_manifest(d) for d in given.documents)
    ):
        return None
    if not given.documents and not given.findings:
        raise InputError(f"{name}: nothing to check, the file is empty")
    sheets, found = _figures(given, specs)
    inside = {finding for document in given.documents for finding in document.findings}
    lost = [finding for finding in given.findings if finding not in inside]
    formed = [finding for document in specs for finding in document.findings]
    own = Reading(sheets=sheets, findings=found, lines={name: given.lines}, sources=(given,))
    whole = taken_in(own, partial(beside, unit, limit=terms.max_size), **bounds)
    return _File(
        name=name,
        lines=whole.lines,
        sheets=whole.sheets,
        manifests=tuple(d for d in given.documents if is_manifest(d)),
        findings=(*lost, *formed, *whole.findings),
        waivers=tuple([waiver for each in whole.sources for waiver in suppress.waivers(each)]),
    )


def _figures(
    given: Source, specs: tuple[Document, ...]
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    if not specs:
        return (), ()
    from podviz.readers.spec import READER

    return READER.read(specs, len(given.documents) > 1)


# ── judging ─────────────────────────────────────────────────────────────────────────────────


def _judges(
    files: Sequence[_File], terms: Terms
) -> Iterator[tuple[str, Callable[[], list[Finding]]]]:
    """What is to be judged by name, a call for each cluster, so that a failure stops no other."""
    for file in files:
        for scene in (scene for sheet in file.sheets for scene in sheet.scenes):
            yield file.name, partial(_figure, scene, terms)
    given = [file for file in files if file.manifests]
    if given:
        more = f" and {len(given) - 1} more" if len(given) > 1 else ""
        documents = tuple(document for file in given for document in file.manifests)
        yield f"{given[0].name}{more}", partial(_manifests, documents, terms)


def _figure(scene: Sheet, terms: Terms) -> list[Finding]:
    """What the rules find in a scene; what it is to show harms nobody."""
    expected = spared(scene)
    return [
        replace(f, suppressed=EXPECTED) if f.code in expected else f
        for f in judged(scene.whole or scene.cluster, terms)
    ]


def _unmet(
    files: Sequence[_File], findings: Sequence[Finding], terms: Terms
) -> Iterator[PodvizError]:
    """What scenes have to show and do not."""
    open_ones = [f for f in findings if f.suppressed in (None, EXPECTED)]
    for scene in (scene for file in files for sheet in file.sheets for scene in sheet.scenes):
        if scene.expect is None and scene.verdict != "bad":
            continue
        try:
            own = {same(finding) for finding in _figure(scene, terms)}
            yield from unmet(scene, [f for f in open_ones if same(f) in own], terms.codes)
        except InputError:
            continue  # an expected word that is none has been told


def _manifests(documents: tuple[Document, ...], terms: Terms) -> list[Finding]:
    from podviz.readers.manifest.clusters import read_cluster

    cluster, flaws = read_cluster(documents)
    return [*flaws, *judged(cluster, terms)]


# ── in order ────────────────────────────────────────────────────────────────────────────────


def _weighed(found: Iterable[Finding], files: Sequence[_File], terms: Terms) -> tuple[Finding, ...]:
    waivers = [waiver for file in files for waiver in file.waivers]
    return weighed(found, [file.name for file in files], waivers, terms)


def _sorted(findings: Iterable[Finding], files: Sequence[_File]) -> tuple[Finding, ...]:
    """In the order of the files, then of their lines."""
    order = {file.name: i for i, file in enumerate(files)}

    def key(finding: Finding) -> tuple[int, int, int, str]:
        place = finding.place
        return order.get(place.file, len(order)), place.line, place.column, finding.code

    return tuple(sorted(findings, key=key))


# ── as the figures number them ──────────────────────────────────────────────────────────────


def _numbers(files: Sequence[_File], findings: Sequence[Finding]) -> dict[Pinned, int]:
    """The numbers that the findings bear in the figures of the specs, and in that of the
    manifests where they fit into one."""
    open_ones = [replace(f, suppressed=None) if f.suppressed == EXPECTED else f for f in findings]
    numbers: dict[Pinned, int] = {}
    for sheet in _sheets(files):
        try:
            told = [_within(scene, open_ones) for scene in sheet.scenes]
            figure = compose(sheet, None, told)
        except Exception:
            continue
        for noted in figure.findings:
            numbers |= {(noted.code, place): noted.number for place in noted.places}
    return numbers


def _sheets(files: Sequence[_File]) -> Iterator[Sheet]:
    for file in files:
        yield from file.sheets
    documents = tuple(document for file in files for document in file.manifests)
    if documents:
        from podviz.readers.manifest.clusters import read_cluster

        cluster, _ = read_cluster(documents)
        if not is_large(cluster):
            yield Sheet(cluster=cluster, view="cluster")


def _within(scene: Sheet, findings: Sequence[Finding]) -> list[Finding]:
    """The findings on things of this scene, as it stands in its file."""
    cluster = scene.whole or scene.cluster
    places = {(o.place.file, o.path) for o in objects(cluster) if o.place}
    return [f for f in findings if f.object and (f.place.file, f.object) in places]
