"""Every picture is free of overlaps, stray arrows and lost words; spoilt ones are found out."""

import re
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pytest
from geometry import flaws, hard_cluster, hard_pods, read, safety
from geometry.spoil import (
    SVG,
    Spoil,
    embed,
    head_of,
    line_of,
    part,
    resize,
    shift,
    spoilt,
    text,
)

from podviz.pipeline import Order, run
from podviz.text import LANGS
from podviz.writer import Style

SPECS = Path(__file__).parents[1] / "specs"
OWN = {**hard_pods.SPECS, **hard_cluster.SPECS}


def pictures(spec: str | bytes, name: str, lang: str, **style: str) -> list[bytes]:
    """The SVGs of a spec, which has no flaw."""
    data = spec if isinstance(spec, bytes) else f"podviz: 1{spec}".encode()
    result = run(data, name, Order(langs=(lang,), style=Style(**style)))  # type: ignore[arg-type]
    assert not result.errors
    assert not [f.message.en for f in result.findings]
    assert result.made
    return [made.data for made in result.made]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", sorted(SPECS.rglob("*.yaml")), ids=lambda p: p.stem)
def test_a_figure_of_the_repository_has_no_flaw(path: Path, lang: str) -> None:
    for svg in pictures(path.read_bytes(), path.name, lang):
        assert flaws(svg, lecture="lecture" in path.parts) == []
        assert safety(svg) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", OWN)
def test_a_hard_spec_is_drawn_without_a_flaw(name: str, lang: str) -> None:
    for svg in pictures(OWN[name], name, lang):
        assert flaws(svg) == []
        assert safety(svg) == []


@pytest.mark.parametrize("style", [{"theme": "dark"}, {"theme": "auto"}, {"text": "outline"}], ids=str)
@pytest.mark.parametrize("name", ["init mounts", "few Deployments", "waiting Pods"])
def test_themes_and_outlined_text_change_no_geometry(name: str, style: dict[str, str]) -> None:
    for svg in pictures(OWN[name], name, "ko", **style):
        assert flaws(svg) == []
        assert safety(svg) == []


# ── spoilt pictures ─────────────────────────────────────────────────────────────────────────

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
  - {name: web, volumes: [logs], containers: [{name: app, mounts: [logs]}, {name: side, role: sidecar}]}
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
GOOD = {"network": NETWORK, "anatomy": ANATOMY, "stack": STACK, "foreign": FOREIGN}

WEB, API = "Service.web--to--Pod.web.app-port-80", "Service.api--to--Pod.api.app-port-80"


@cache
def good(name: str) -> bytes:
    return pictures(GOOD[name], name, "en")[0]


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_that_will_be_spoilt_is_good(name: str) -> None:
    assert flaws(good(name)) == []
    assert safety(good(name)) == []


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
    "a shifted box": ("network", _shift("Pod.api", 0, -40), r"box .*Pod\.\w+ overlaps box "),
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
    "a longer word": ("network", _reword("logs", "logslogs"), r"'logslogs' leaves its box Pod\.web"),
    "a longer port": ("network", _reword(":80", ":8080"), r"':8080' leaves its box"),
    "a word on another": ("network", _text_on_text, r"text 'app' touches text 'logs'"),
    "a word out of the page": (
        "network",
        _place_text("A good picture", 1e4, 46),
        r"'A good picture' leaves the page",
    ),
    "a word on a box's border": (
        "network",
        lambda root: shift(text(root, "A good picture"), 0, 45),
        r"'A good picture' touches box",
    ),
    "a symbol on a word": ("network", _symbol_on_text, r"'logs' touches symbol mark-sidecar"),
    "a frame over words": ("network", _covered, r"text 'api' is touched by a shape of box Pod\.api"),
    "a letter that the font lacks": ("network", lambda root: embed(root, "A:80"), r"lacks '.*g"),
    "a foreign letter of any width": ("foreign", _unheld, r"no textLength holds '🚀'"),
    "an arrow through a box": ("network", _through_a_box, r"runs through box Pod\.api"),
    "an arrow through a word": ("network", _through_a_word, r"'A good picture' is touched by arrow"),
    "a head off its border": (
        "network",
        lambda root: shift(head_of(part(root, WEB)), -6, 0),
        r"ends 6\.0 off the border of box Pod\.web\.app-port-80",
    ),
    "a head off its line": (
        "anatomy",
        lambda root: shift(head_of(part(root, "Pod.web.app--to--Pod.web.volume.logs")), 9, 0),
        r"its head is \d+\.\d off its line",
    ),
    "an arrow off the lid of a drum": (
        "anatomy",
        lambda root: shift(part(root, "Pod.web.app--to--Pod.web.volume.logs"), 0, 3),
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
    "arrows on each other": ("network", _on_each_other, r"arrow .* runs on arrow .* for \d+ points"),
    "a pill off its corner": ("stack", _pill_off_its_corner, r"not centred on its border"),
    "a ribbon": ("network", lambda root: resize(root, 4, 1), r"is a ribbon: .* \d\.\d\d:1"),
    "a page too wide": ("network", lambda root: resize(root, 1.3, 1), r"the right margin of"),
    "a page too short": ("network", lambda root: resize(root, 1, 0.9), r"at the bottom edge"),
    "tiny text": (
        "network",
        lambda root: text(root, "logs").set("font-size", "5"),
        r"'logs' of 5 points is below \d\.\d, height / 60",
    ),
    "a slide out of shape": ("network", lambda root: resize(root, 1, 2), r"ratio of 0\.\d\d is not"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_picture_is_rejected(case: str) -> None:
    name, spoil, sentence = SPOILT[case]
    found = flaws(spoilt(good(name), spoil), lecture=True)
    assert any(re.search(sentence, flaw) for flaw in found), found


UNSAFE: dict[str, tuple[Spoil, str]] = {
    "an address outside": (
        lambda root: SubElement(root, f"{SVG}image").set("href", "https://example.com/a.png"),
        r"refers to 'https://example\.com/a\.png' outside itself",
    ),
    "a font from outside": (
        lambda root: SubElement(root, f"{SVG}style").__setattr__("text", "a{src:url(//x.y/f)}"),
        r"refers to '//x\.y/f' outside itself",
    ),
    "a symbol that is not there": (
        lambda root: next(root.iter(f"{SVG}use")).set("href", "#gone"),
        r"refers to #gone, which does not exist",
    ),
    "a script": (lambda root: None if SubElement(root, f"{SVG}script") is None else None, "script"),
    "an event": (lambda root: root.set("onload", "x()"), r"svg has the attribute onload"),
    "a link that runs": (
        lambda root: SubElement(root, f"{SVG}a").set("href", "javascript:x()"),
        r"javascript: address",
    ),
    "a path of the machine": (
        lambda root: part(root, "Pod.web").set("data-file", str(SPECS / "x.yaml")),
        r"tells a path of the machine",
    ),
    "an id twice": (
        lambda root: part(root, "Pod.web").set("id", part(root, "Pod.api").attrib["id"]),
        r"id \w+-Pod\.api stands 2 times",
    ),
    "no role": (lambda root: root.set("role", "none"), r"role is 'none', not 'img'"),
    "no title": (lambda root: root.remove(root[0]), r"has no title"),
    "one language": (lambda root: root.remove(root[2]), r"has no desc in ko"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_document_is_rejected(case: str) -> None:
    spoil, sentence = UNSAFE[case]
    found = safety(spoilt(good("network"), spoil))
    assert any(re.search(sentence, flaw) for flaw in found), found


def test_what_is_no_xml_is_rejected() -> None:
    assert "does not parse" in safety(good("network")[:-9])[0]
