"""The figure as JSON: every box with its kind, name, role, place and rectangle."""

import json
from typing import TypeAlias

from podviz.drawing import Rect
from podviz.figure import Arrow, Box, Door, Fact, Listed, Mark, Noted
from podviz.text import Text
from podviz.writer import Work

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


def write(work: Work) -> bytes:
    """UTF-8 JSON, indented, keys in a fixed order; rectangles in points of the page."""
    figure, page, lang = work.figure, work.page, work.lang
    rects = page.boxes()
    whole: dict[str, Value] = {
        "podviz": 1,
        "name": figure.name,
        "view": figure.view,
        "lang": lang,
        "title": figure.title.to(lang) if figure.title else None,
        "caption": figure.caption.to(lang) if figure.caption else None,
        "summary": figure.summary.to(lang),
        "width": page.width,
        "height": page.height,
        "boxes": [_box(b, rects, lang) for b in figure.boxes],
        "arrows": [_arrow(a, lang) for a in figure.arrows],
        "findings": [_noted(n, lang) for n in figure.findings],
        "objects": [_listed(o, lang) for o in figure.objects],
    }
    return (json.dumps(_pruned(whole), ensure_ascii=False, indent=2) + "\n").encode()


def _box(box: Box, rects: dict[str, Rect], lang: str) -> Value:
    return {
        "id": box.id,
        "about": box.about,
        "kind": box.kind,
        "name": box.name.to(lang),
        "role": box.role.value,
        "shape": box.shape.value,
        "reason": _said(box.reason, lang),
        "status": box.status.words.to(lang) if box.status else None,
        "ip": box.ip,
        "details": [d.to(lang) for d in box.details],
        "caption": _said(box.caption, lang),
        "order": box.order,
        "count": box.count,
        "verdict": box.verdict,
        "slot": box.slot,
        "changed": [*sorted(box.changed)],
        "facts": [_fact(f, lang) for f in box.facts],
        "key": box.key or None,
        "place": str(box.place) if box.place else None,
        "rect": _rect(rects.get(box.id)),
        "doors": [_door(d, rects) for d in box.doors],
        "pins": [p.number for p in box.pins],
        "marks": [_mark(m) for m in box.marks],
        "members": list(box.members),
        "boxes": [_box(c, rects, lang) for c in box.children],
        "arrows": [_arrow(a, lang) for a in box.arrows],
    }


def _fact(fact: Fact, lang: str) -> Value:
    return {
        "label": fact.label.to(lang),
        "values": [{"words": words.to(lang), "state": state} for words, state in fact.values],
        "verdict": fact.verdict,
    }


def _door(door: Door, rects: dict[str, Rect]) -> Value:
    return {
        "id": door.id,
        "about": door.about,
        "kind": door.kind,
        "label": door.label,
        "leads": list(door.leads),
        "pins": [p.number for p in door.pins],
        "place": str(door.place) if door.place else None,
        "rect": _rect(rects.get(door.id)),
    }


def _mark(mark: Mark) -> Value:
    return {"kind": mark.kind, "names": list(mark.names), "members": list(mark.members)}


def _arrow(arrow: Arrow, lang: str) -> Value:
    return {
        "id": arrow.id,
        "from": arrow.tail,
        "to": arrow.head,
        "relation": arrow.relation.value,
        "label": _said(arrow.label, lang),
        "missing": arrow.missing or None,
        "pins": [p.number for p in arrow.pins],
        "place": str(arrow.place) if arrow.place else None,
    }


def _noted(noted: Noted, lang: str) -> Value:
    return {
        "pin": noted.number,
        "code": noted.code,
        "name": noted.name,
        "severity": noted.severity,
        "message": noted.message.to(lang),
        "help": _said(noted.help, lang),
        "elements": list(noted.elements),
        "suppressed": noted.suppressed,
        "places": [str(place) for place in noted.places],
    }


def _listed(thing: Listed, lang: str) -> Value:
    return {
        "path": thing.path,
        "kind": thing.kind,
        "name": thing.name,
        "namespace": thing.namespace,
        "drawn": thing.reason is None,
        "reason": _said(thing.reason, lang),
        "place": str(thing.place) if thing.place else None,
    }


def _said(text: Text | None, lang: str) -> str | None:
    return text.to(lang) if text else None


def _rect(rect: Rect | None) -> Value:
    if rect is None:
        return None
    return [round(n, 2) for n in (rect.x, rect.y, rect.w, rect.h)]


def _pruned(value: Value) -> Value:
    """Without keys that say nothing: null and empty lists."""
    if isinstance(value, dict):
        return {k: _pruned(v) for k, v in value.items() if v is not None and v != []}
    if isinstance(value, list):
        return [_pruned(v) for v in value]
    return value
