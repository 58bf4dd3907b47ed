"""Findings pinned on the boxes and doors that they speak of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from podviz.boxes import said
from podviz.figure import Box, Door, Noted, Pin
from podviz.finding import Finding, Severity
from podviz.sheet import Sheet

_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def pinned(
    scenes: Sequence[tuple[Sheet, tuple[Box, ...], Sequence[Finding]]],
) -> tuple[list[tuple[Box, ...]], tuple[Noted, ...]]:
    """The boxes of each scene with numbered pins, and the list of what the numbers say: worst
    first, alike ones as one. Of a template's replicas the first bears the pin; what stands in no
    box of this figure is left out."""
    found = [pair for scene in scenes for pair in _found(*scene)]
    groups: defaultdict[tuple[str, int], list[tuple[Finding, str]]] = defaultdict(list)
    for finding, end in found:
        groups[finding.code, -finding.severity].append((finding, end))
    order = sorted(groups, key=lambda key: (key[1], key[0]))
    pins: defaultdict[str, list[Pin]] = defaultdict(list)
    noted: list[Noted] = []
    for number, key in enumerate(order, start=1):
        alike = groups[key]
        first = alike[0][0]
        level = _NAMES[first.severity]
        for end in dict.fromkeys(end for _, end in alike):
            pins[end].append(Pin(number=number, severity=level))
        noted.append(
            Noted(
                number=number,
                severity=level,
                code=first.code,
                name=first.name,
                message=said(first.message) or first.message,
                help=said(first.help),
                more=len(alike) - 1,
                elements=tuple(dict.fromkeys(f.element or "" for f, _ in alike)),
                places=tuple([f.place for f, _ in alike]),
            )
        )
    return [tuple([_with_pins(box, pins) for box in boxes]) for _, boxes, _ in scenes], tuple(noted)


def _found(
    sheet: Sheet, boxes: tuple[Box, ...], findings: Sequence[Finding]
) -> list[tuple[Finding, str]]:
    """What a scene has to show, each finding with the box or door that it stands on."""
    if "findings" in sheet.hide:
        return []
    least = Severity.INFO if "infos" in sheet.show else Severity.WARNING
    counted = [f for f in findings if f.severity >= least and f.suppressed is None]
    ends = _Ends.of(boxes) if counted else _Ends()
    return [(f, end) for f in counted if (end := _end(f, ends))]


class _Ends(dict[str, str]):
    """Path in the model → id of the box or door that stands for it, the first in reading."""

    @classmethod
    def of(cls, boxes: tuple[Box, ...]) -> "_Ends":
        ends = cls()
        for box in (inner for top in boxes for inner in top.walk()):
            ends.setdefault(box.about, box.id)
            for door in box.doors:
                ends.setdefault(door.about, door.id)
        about = {box.id: box.about for top in boxes for box in top.walk()}
        for box in (inner for top in boxes for inner in top.walk()):
            for door in box.doors:  # a port that several containers share
                for lead in door.leads:
                    ends.setdefault(f"{about.get(lead, lead)}{door.label}", door.id)
            for path in (*box.members, *(p for mark in box.marks for p in mark.members)):
                ends.setdefault(path, box.id)
        return ends


def _end(finding: Finding, ends: _Ends) -> str | None:
    """The box or door of the element, of its first replica, or of what it stands in."""
    for path in (finding.element, finding.object):
        for step in _upwards(path or ""):
            for known in (step, *_replicas(step)):
                if known in ends:
                    return ends[known]
    return None


def _upwards(path: str) -> Iterator[str]:
    """`a/b/c:80`, `a/b/c`, `a/b`: the path, and what it stands in."""
    while path:
        yield path
        cut = max(path.rfind("/"), path.rfind(":"))
        path = path[:cut] if cut > 0 else ""


def _replicas(path: str) -> Iterator[str]:
    """Where something of a Pod template is drawn: in the first replica."""
    if "/pod/" in path:
        yield path.replace("/pod/", "/pod.0/", 1)
    elif path.endswith("/pod"):
        yield f"{path}.0"


def _with_pins(box: Box, pins: dict[str, list[Pin]]) -> Box:
    if not pins:
        return box
    own = pins.get(box.id, ())
    doors = tuple([_door(door, pins) for door in box.doors])
    children = tuple([_with_pins(child, pins) for child in box.children])
    if not own and doors == box.doors and children == box.children:
        return box
    return replace(box, pins=tuple(own), doors=doors, children=children)


def _door(door: Door, pins: dict[str, list[Pin]]) -> Door:
    own = pins.get(door.id)
    return replace(door, pins=tuple(own)) if own else door
