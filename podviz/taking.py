"""Manifests that a spec takes in as its scene, and the story that is played with it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from podviz.cluster.relations import Object, objects
from podviz.cluster.selection import selected
from podviz.errors import InputError, SpecError
from podviz.finding import Finding, Severity
from podviz.input import Input, format_of
from podviz.meta import Named
from podviz.model import Cluster, Service
from podviz.reader import Reading, read_all
from podviz.sheet import Sheet
from podviz.text import Text

Load = Callable[[str], Sequence[Input]]
"""The file of a path, or the files of a folder. Raises InputError."""

_SPOKEN_TO = ("services", "controllers", "pods", "ingresses")
_SPEAKERS = ("controllers", "pods", "ingresses", "services")
"""Who is meant where a link only says a name, the likeliest first."""


def taken_in(reading: Reading, load: Load, *, max_size: int, max_depth: int) -> Reading:
    """The reading with the manifests that its sheets name; a sheet of which one cannot be had, or
    whose story cannot happen, is left out, with a finding at its place."""
    if any(scene.manifests for sheet in reading.sheets for scene in sheet.scenes):
        reading = _whole(reading, load, max_size, max_depth)
    flaws = {id(sheet): _unplayed(sheet) for sheet in reading.sheets if sheet.frames}
    if not any(flaws.values()):
        return reading
    return replace(
        reading,
        sheets=tuple([sheet for sheet in reading.sheets if not flaws.get(id(sheet))]),
        findings=(*reading.findings, *(f for found in flaws.values() for f in found)),
    )


def _unplayed(sheet: Sheet) -> tuple[Finding, ...]:
    """What cannot happen in the sheet's story."""
    try:
        from podviz.story.play import play

        play(sheet.cluster, sheet.frames)
    except SpecError as error:
        return error.findings
    return ()


def _whole(reading: Reading, load: Load, max_size: int, max_depth: int) -> Reading:
    sheets: list[Sheet] = []
    findings = list(reading.findings)
    lines = dict(reading.lines)
    sources = list(reading.sources)
    for sheet in reading.sheets:
        scenes: list[Sheet] = []
        for scene in sheet.scenes:
            inputs, lost = _loaded(scene.manifests, load)
            findings += lost
            if lost or not scene.manifests:
                scenes += [] if lost else [scene]
                continue
            taken = _read(inputs, max_size, max_depth)
            findings += taken.findings
            lines |= taken.lines
            sources += taken.sources
            scenes.append(_joined(scene, [s.cluster for s in taken.sheets]))
        if len(scenes) == len(sheet.scenes):
            sheets.append(sheet.with_scenes(scenes))
    return replace(
        reading,
        sheets=tuple(sheets),
        findings=tuple(dict.fromkeys(findings)),
        lines=lines,
        sources=tuple(sources),
    )


def _loaded(manifests: tuple[Named, ...], load: Load) -> tuple[list[Input], list[Finding]]:
    inputs: dict[str, Input] = {}
    lost: list[Finding] = []
    for named in manifests:
        try:
            found = load(named.path)
        except InputError as error:
            lost.append(_lost(named, str(error)))
            continue
        inputs |= {given.name: given for given in found if format_of(given.data) != "spec"}
    return list(inputs.values()), lost


def _lost(named: Named, why: str) -> Finding:
    return Finding(
        code="POD007",
        name="dangling-reference",
        severity=Severity.ERROR,
        message=Text(
            f"매니페스트 '{named.path}'을(를) 읽을 수 없습니다 ({why})",
            f"manifests '{named.path}' cannot be read ({why})",
        ),
        place=named.place,
        help=Text("경로는 스펙 파일을 기준으로 적습니다", "paths are relative to the spec"),
    )


def _read(inputs: list[Input], max_size: int, max_depth: int) -> Reading:
    try:
        return read_all(inputs, "manifests", max_size=max_size, max_depth=max_depth)
    except InputError:  # nothing in them
        return Reading()


def _joined(sheet: Sheet, clusters: list[Cluster]) -> Sheet:
    """The spec's own things first, then those of the manifests that it asks for."""
    given = whole = sheet.cluster
    for cluster in clusters:
        given, whole = _both(given, selected(cluster, sheet.asked)), _both(whole, cluster)
    paths = {o.path for o in objects(given)}
    speakers, spoken_to = _named(given, _SPEAKERS), _named(given, _SPOKEN_TO)
    links = [
        replace(link, tail=tail, head=head, port=link.port or port)
        for link in given.links
        for (tail, _), (head, port) in [
            (_end(link.tail, speakers, paths), _end(link.head, spoken_to, paths))
        ]
    ]
    services = [_near(service, speakers) for service in given.services]
    given = replace(given, links=tuple(links), services=tuple(services))
    return replace(sheet, cluster=given, whole=whole, view=sheet.view or "cluster")


def _both(one: Cluster, other: Cluster) -> Cluster:
    """All things of two clusters; of two with one path the first."""
    known = {o.path for o in objects(one)}

    def added(name: str) -> Iterator[Any]:
        yield from getattr(one, name)
        yield from (o for o in getattr(other, name) if getattr(o, "path", None) not in known)

    names = [name for name in one.__struct_fields__ if isinstance(getattr(one, name), tuple)]
    both: dict[str, Any] = {name: tuple(added(name)) for name in names}
    return replace(one, **both)


def _named(cluster: Cluster, groups: Sequence[str]) -> dict[str, Object]:
    """Name → object, of the first group that has one."""
    return {o.name: o for group in reversed(groups) for o in getattr(cluster, group)}


def _end(end: str, named: dict[str, Object], paths: set[str]) -> tuple[str, int | None]:
    if end in paths or end in named:
        return (end if end in paths else named[end].path), None
    name, _, port = end.rpartition(":")
    if name in named and port.isdecimal():
        return named[name].path, int(port)
    return end, None


def _near(service: Service, named: dict[str, Object]) -> Service:
    """A Service that selects by name stands where the one it names does."""
    found = named.get(service.target or "")
    return replace(service, namespace=getattr(found, "namespace", service.namespace))
