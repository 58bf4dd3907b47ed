"""Pictures spoilt on purpose, each with the sentence that must tell it."""

import re
from functools import cache
from xml.etree.ElementTree import Element

from .draw import pictures
from .edit import SVG, Spoil, embed, head_of, line_of, part, resize, shift, text
from .parse import read

NETWORK = """
title: A good picture
ingresses: [{name: shop, paths: {/: "web:80", /api: "api:80"}}]
services: [{name: web, selects: web, ports: [80]}, {name: api, selects: api, ports: [80]}]
pods:
  - {name: web, containers: [{name: app, ports: [80]}, {name: logs, role: sidecar}]}
  - {name: api, containers: [{name: app, ports: [80]}]}
"""
ANATOMY = """
title: A good Pod
pods:
  - name: web
    volumes: [logs]
    containers: [{name: app, mounts: [logs]}, {name: side, role: sidecar}]
"""
STACK = """
title: A good stack
view: owners
controllers: [{kind: ReplicaSet, name: web, replicas: 9, pod: {containers: [{name: app}]}}]
"""
FOREIGN = """
title: "A good 🚀"
pods: [{name: web, containers: [{name: app}]}]
"""
PHASES = """
title: A good start
pods: [{name: web, containers: [{name: app, ports: [80]}, {name: prepare, role: init}]}]
"""
GOOD = {
    "phases": PHASES,
    "network": NETWORK,
    "anatomy": ANATOMY,
    "stack": STACK,
    "foreign": FOREIGN,
}

WEB, API = "Service.web--to--Pod.web.app-port-80", "Service.api--to--Pod.api.app-port-80"
WRITES = "Pod.web.app--to--Pod.web.volume.logs"


@cache
def good(name: str) -> bytes:
    return pictures(GOOD[name], name, "en")[0]


def _reword(old: str, new: str) -> Spoil:
    return lambda root: setattr(text(root, old), "text", new)


def _shift(id: str, dx: float, dy: float) -> Spoil:
    return lambda root: shift(part(root, id), dx, dy)


def _place_text(words: str, x: float, y: float) -> Spoil:
    """Move a text to a place on the page."""
    return lambda root: text(root, words).attrib.update(x=str(x), y=str(y))


def _text_on_text(root: Element) -> None:
    name, other = text(root, "app"), text(root, "logs")
    name.attrib.update(x=other.attrib["x"], y=other.attrib["y"])


def _redraw(id: str, way: str) -> Spoil:
    """Another line for an arrow; `{start}` and `{end}` are its own ends."""

    def spoil(root: Element) -> None:
        line = line_of(part(root, id))
        start, *_, end = re.findall(r"[\d.]+ [\d.]+", line.attrib["d"])
        line.set("d", way.format(start=start, end=end))

    return spoil


def _middle_of(name: str, id: str) -> str:
    """`x y` of the middle of a box."""
    box = next(b for b in read(good(name)).boxes if b.id == id)
    return "{:g} {:g}".format(*box.area.centre)


def _onto_the_other(root: Element) -> None:
    boxes = {b.id: b.area for b in read(good("network")).boxes}
    one, other = boxes["Pod.api"], boxes["Pod.web"]
    shift(part(root, "Pod.api"), other.left - one.left, other.top - one.top + 9)


def _through_a_box(root: Element) -> None:
    _redraw(WEB, f"M{{start}}L{_middle_of('network', 'Pod.api')}L{{end}}")(root)


def _through_a_word(root: Element) -> None:
    title = read(good("network")).items[0].area
    x, y = title.centre
    _redraw(WEB, f"M{{start}}L{x:g} {y:g}L{{end}}")(root)


def _on_each_other(root: Element) -> None:
    own = line_of(part(root, WEB)).attrib["d"].removeprefix("M")
    _redraw(API, f"M{{start}}L{own}L{{end}}")(root)


def _headless(root: Element) -> None:
    arrow = part(root, WEB)
    arrow.remove(head_of(arrow))


def _other_head(root: Element) -> None:
    arrow = part(root, WEB)
    arrow.set("id", arrow.attrib["id"].replace("Pod.web", "Pod.api"))


def _through_a_symbol(root: Element) -> None:
    """The drum's arrow leads through the icon of the Pod that holds it."""
    x, y = next(m for m in read(good("anatomy")).marks() if m.name == "icon-pod").area.centre
    _redraw(WRITES, f"M{{start}}L{x:g} {y:g}L{{end}}")(root)


def _through_a_sign(root: Element) -> None:
    """The drum's arrow leads over the sidecar's tag, which the sidecar's own box holds."""
    tag = next(s for _, s in read(good("anatomy")).shapes() if s.is_sign)
    x, y = tag.area.centre
    _redraw(WRITES, f"M{{start}}L{x:g} {y:g}L{{end}}")(root)


def _stem_astray(root: Element) -> None:
    """The line from the door to its container goes on through the next one."""
    x, y = _middle_of("phases", "Pod.web.prepare").split()
    stem = next(e for e in part(root, "Pod.web").findall(f"{SVG}path") if _is_stem(e))
    stem.set("d", f"{stem.attrib['d']}L{x} {float(y) + 300:g}L{x} {float(y) - 300:g}")


def _stem_too_short(root: Element) -> None:
    stem = next(e for e in part(root, "Pod.web").findall(f"{SVG}path") if _is_stem(e))
    x, y = stem.attrib["d"].split("L")[0].removeprefix("M").split()
    stem.set("d", f"M{x} {y}L{x} {float(y) + 3:g}")


def _is_stem(element: Element) -> bool:
    return element.get("stroke-width") == "1.8" and element.get("fill") == "none"


def _layer_over_another(root: Element) -> None:
    pod = part(root, "ReplicaSet.web.pod.0")
    shift(pod.findall(f"{SVG}rect")[0], -250, 0)


def _arrow_to_nothing(root: Element) -> None:
    """The arrow between the phases' headings."""
    heads = [
        e for e in part(root, "Pod.web").findall(f"{SVG}path") if e.attrib["d"].count("L") == 2
    ]
    shift(heads[0], -20, 0)


def _on_border(root: Element) -> None:
    box = next(b for b in read(good("network")).boxes if b.id == "Pod.web")
    _place_text("A good picture", box.area.right - 20, box.area.centre[1])(root)


def _symbol_on_text(root: Element) -> None:
    words, symbol = text(root, "logs"), part(root, "Pod.web.logs").find(f"{SVG}use")
    assert symbol is not None
    symbol.attrib.update(x=words.attrib["x"], y=str(float(words.attrib["y"]) - 10))


def _covered(root: Element) -> None:
    box = part(root, "Pod.api")
    frame = box.find(f"{SVG}rect")
    assert frame is not None
    box.append(frame)


def _pill_off_its_corner(root: Element) -> None:
    words = text(root, "×9")
    pod = part(root, "ReplicaSet.web.pod.0")
    for element in list(pod):
        if element is words or (element.tag == f"{SVG}rect" and element.get("height") == "20"):
            shift(element, 0, 30)


def _unheld(root: Element) -> None:
    for element in root.iter(f"{SVG}text"):
        element.attrib.pop("textLength", None)


SPOILT: dict[str, tuple[str, Spoil, str]] = {
    "a shifted box": ("network", _onto_the_other, r"box Pod\.web overlaps box Pod\.api"),
    "a box out of its parent": (
        "network",
        _shift("Pod.web.logs", 90, 0),
        r"box Pod\.web\.logs leaves its parent Pod\.web by",
    ),
    "a door off its box": (
        "network",
        _shift("Pod.api.app-port-80", -60, 0),
        r"door Pod\.api\.app-port-80 does not touch its box",
    ),
    "a longer word": ("network", _reword("logs", "logs" * 9), r"'(logs)+' leaves its box Pod\.web"),
    "a longer port": ("network", _reword(":80", ":8080"), r"':8080' leaves its box"),
    "a word on another": ("network", _text_on_text, r"text 'app' touches text 'logs'"),
    "a word out of the page": (
        "network",
        _place_text("A good picture", 1e4, 46),
        r"'A good picture' leaves the page",
    ),
    "a word on a box's border": (
        "network",
        _on_border,
        r"'A good picture' touches box",
    ),
    "a symbol on a word": ("network", _symbol_on_text, r"'logs' touches symbol mark-sidecar"),
    "a frame over words": (
        "network",
        _covered,
        r"text 'api' is touched by a shape of box Pod\.api",
    ),
    "a letter that the font lacks": ("network", lambda root: embed(root, "A:80"), r"lacks '.*g"),
    "pale text": (
        "network",
        lambda root: text(root, "logs").set("fill", "#94A3B8"),
        r"'logs': #94A3B8 on #\w+ has a contrast of \d\.\d:1",
    ),
    "a foreign letter of any width": ("foreign", _unheld, r"no textLength holds '🚀'"),
    "an arrow through a box": ("network", _through_a_box, r"runs through box Pod\.api"),
    "an arrow through a word": (
        "network",
        _through_a_word,
        r"'A good picture' is touched by arrow",
    ),
    "an arrow through a symbol": ("anatomy", _through_a_symbol, r"runs through symbol icon-pod"),
    "an arrow over a tag": ("anatomy", _through_a_sign, r"runs over a sign of Pod\.web\.app"),
    "an arrow off the page": (
        "network",
        _redraw(WEB, "M{start}L-9 9L{end}"),
        r"arrow Service\.web--to--\S+ leaves the page",
    ),
    "an arrow to nothing": ("phases", _arrow_to_nothing, r"points at nothing"),
    "a stem through a box": ("phases", _stem_astray, r"a line of box Pod\.web runs through box"),
    "a stem that stops short": ("phases", _stem_too_short, r"a stem of door \S+ ends before any"),
    "a symbol off its box": (
        "network",
        lambda root: next(part(root, "Pod.web.logs").iter(f"{SVG}use")).set("x", "1"),
        r"symbol mark-sidecar leaves its box Pod\.web\.logs by",
    ),
    "a layer over another box": (
        "stack",
        _layer_over_another,
        r"a layer of box ReplicaSet\.web\.pod\.0 overlaps box ReplicaSet\.web",
    ),
    "a head off its border": (
        "network",
        lambda root: shift(head_of(part(root, WEB)), -6, 0),
        r"ends 6\.0 off the border of box Pod\.web\.app-port-80",
    ),
    "a head off its line": (
        "anatomy",
        lambda root: shift(head_of(part(root, WRITES)), 9, 0),
        r"its head is \d+\.\d off its line",
    ),
    "an arrow off the lid of a drum": (
        "anatomy",
        lambda root: shift(part(root, WRITES), 0, 3),
        r"ends 3\.\d off the border of box Pod\.web\.volume\.logs",
    ),
    "a tail off its border": (
        "network",
        _redraw(WEB, "M0 0L{start}L{end}"),
        r"starts \d+\.\d off the border of box Service\.web",
    ),
    "an arrow to another box": ("network", _other_head, r"ends .* border of box Pod\.api"),
    "an arrow to nowhere": (
        "network",
        lambda root: part(root, WEB).set("id", "p-Service.web--to--Pod.gone"),
        r"its id names no box where it ends",
    ),
    "an arrow without a head": ("network", _headless, r"has no head"),
    "arrows on each other": (
        "network",
        _on_each_other,
        r"arrow .* runs on arrow .* for \d+ points",
    ),
    "a pill off its corner": ("stack", _pill_off_its_corner, r"not centred on its border"),
    "a ribbon": ("network", lambda root: resize(root, 4, 1), r"is a ribbon: .* \d\.\d\d:1"),
    "a page too wide": ("network", lambda root: resize(root, 1.3, 1), r"the right margin of"),
    "a page too short": ("network", lambda root: resize(root, 1, 0.9), r"at the bottom edge"),
    "tiny text": (
        "network",
        lambda root: text(root, "logs").set("font-size", "5"),
        r"'logs' of 5 points is below \d\.\d, height / 60",
    ),
    "a slide out of shape": (
        "network",
        lambda root: resize(root, 1, 2),
        r"ratio of 0\.\d\d is not",
    ),
}
