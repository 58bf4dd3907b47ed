"""Findings pinned on the boxes and doors that they speak of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from podviz.figure import Arrow, Box, Door, Noted, Pin
from podviz.finding import EXPECTED, Finding, Severity
from podviz.pattern import pattern
from podviz.scene.boxes import said
from podviz.sheet import Sheet
from podviz.text import clean

_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


Drawn = tuple[tuple[Box, ...], tuple[Arrow, ...]]


def pinned(
    scenes: Sequence[tuple[Sheet, Drawn, Sequence[Finding]]],
) -> tuple[list[Drawn], tuple[Noted, ...]]:
    """The boxes and arrows of each scene with numbered pins, and the list of what the numbers
    say: worst first, alike ones as one, suppressed ones last. Of a template's replicas the first
    bears the pin; what stands in no box of this figure is left out."""
    found = [pair for scene in scenes for pair in _found(*scene)]
    groups: defaultdict[tuple[bool, int, str], list[tuple[Finding, str]]] = defaultdict(list)
    for finding, end in found:
        spared = finding.suppressed is not None
        groups[spared, -finding.severity, finding.code].append((finding, end))
    pins: defaultdict[str, list[Pin]] = defaultdict(list)
    noted: list[Noted] = []
    for number, key in enumerate(sorted(groups), start=1):
        alike = groups[key]
        level = _NAMES[alike[0][0].severity]
        for end in dict.fromkeys(end for _, end in alike):
            pins[end].append(Pin(number=number, severity=level, hollow=key[0]))
        noted.append(_noted(number, level, list(dict.fromkeys(finding for finding, _ in alike))))
    drawn = [
        (
            tuple([_with_pins(box, pins) for box in boxes]),
            tuple([_on_arrow(arrow, pins) for arrow in arrows]),
        )
        for _, (boxes, arrows), _ in scenes
    ]
    return drawn, tuple(noted)


def _noted(number: int, level: str, alike: list[Finding]) -> Noted:
    first = alike[0]
    return Noted(
        number=number,
        severity=level,
        code=first.code,
        name=first.name,
        message=said(first.message) or first.message,
        help=said(first.help),
        more=len(alike) - 1,
        elements=tuple(dict.fromkeys(finding.element or "" for finding in alike)),
        suppressed=None if first.suppressed is None else clean(first.suppressed),
        places=tuple([finding.place for finding in alike]),
    )


def _found(sheet: Sheet, drawn: Drawn, findings: Sequence[Finding]) -> list[tuple[Finding, str]]:
    """What a scene has to show, each finding with the box, door or arrow that it stands on."""
    if "findings" in sheet.hide:
        return []
    least = Severity.INFO if "infos" in sheet.show else Severity.WARNING
    spared = "suppressed" in sheet.show
    counted = [
        f
        for f in findings
        if f.severity >= least and (f.suppressed is None or (spared and f.suppressed != EXPECTED))
    ]
    if not counted:
        return []
    boxes, arrows = drawn
    ends = _Ends.of(boxes)
    lines = {arrow.place: arrow.id for arrow in arrows if arrow.place}
    told = [(f, lines.get(f.place) or _end(f, ends)) for f in counted]
    return [(finding, end) for finding, end in told if end]


_REPLICA = pattern(r"/pod\.[0-9]+(?=/|:|$)")
"""The part of a path that tells one Pod of a template from the others."""


class _Ends(dict[str, str]):
    """Path in the model → id of the box or door that stands for it, the first in reading; of what
    is in a Pod template that of its first replica."""

    @classmethod
    def of(cls, boxes: tuple[Box, ...]) -> "_Ends":
        ends = cls()
        for box in (inner for top in boxes for inner in top.walk()):
            shown = [(box.about, box.id), *((door.about, door.id) for door in box.doors)]
            for path, id in shown:
                ends.setdefault(path, id)
                ends.setdefault(_REPLICA.sub("/pod", path, count=1), id)
        about = {box.id: box.about for top in boxes for box in top.walk()}
        for box in (inner for top in boxes for inner in top.walk()):
            for door in box.doors:  # a port that several containers share
                for lead in door.leads:
                    ends.setdefault(f"{about.get(lead, lead)}{door.label}", door.id)
            for path in (*box.members, *(p for mark in box.marks for p in mark.members)):
                ends.setdefault(path, box.id)
        return ends


def _end(finding: Finding, ends: _Ends) -> str | None:
    """The box or door of the element, or of what it stands in."""
    for path in (finding.element, finding.object):
        for step in _upwards(path or ""):
            if step in ends:
                return ends[step]
    return None


def _upwards(path: str) -> Iterator[str]:
    """`a/b/c:80`, `a/b/c`, `a/b`: the path, and what it stands in."""
    while path:
        yield path
        cut = max(path.rfind("/"), path.rfind(":"))
        path = path[:cut] if cut > 0 else ""


def _on_arrow(arrow: Arrow, pins: dict[str, list[Pin]]) -> Arrow:
    own = pins.get(arrow.id)
    return replace(arrow, pins=tuple(own)) if own else arrow


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
