"""Every picture is free of overlaps, stray arrows and lost words; spoilt ones are found out."""

import re
from pathlib import Path

import pytest
from geometry import (
    flaws,
    hard_cluster,
    hard_corners,
    hard_crowds,
    hard_panels,
    hard_pins,
    hard_pods,
    hard_sizes,
    hard_stories,
    hard_words,
    read,
    safety,
)
from geometry.area import together
from geometry.draw import pictures
from geometry.edit import spoilt
from geometry.spoilt import GOOD, SPOILT, good
from geometry.unsafe import UNSAFE

from podviz.options import LANGS

SPECS = Path(__file__).parents[1] / "specs"
OWN = {
    **hard_pods.SPECS,
    **hard_cluster.SPECS,
    **hard_corners.SPECS,
    **hard_crowds.SPECS,
    **hard_panels.SPECS,
    **hard_pins.SPECS,
    **hard_sizes.SPECS,
    **hard_stories.SPECS,
    **hard_words.SPECS,
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", sorted(SPECS.rglob("*.yaml")), ids=lambda p: p.stem)
def test_a_figure_of_the_repository_has_no_flaw(path: Path, lang: str) -> None:
    for svg in pictures(path, path.name, lang):
        assert flaws(svg, lecture="lecture" in path.parts) == []
        assert safety(svg) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", OWN)
def test_a_hard_spec_is_drawn_without_a_flaw(name: str, lang: str) -> None:
    for svg in pictures(OWN[name], name, lang):
        assert flaws(svg) == []
        assert safety(svg) == []


@pytest.mark.parametrize("name", hard_sizes.LEVEL)
def test_a_page_is_neither_a_ribbon_nor_a_tower(name: str) -> None:
    picture = read(pictures(OWN[name], name, "en")[0])
    assert 1.25 <= picture.width / picture.height <= 2.4


@pytest.mark.parametrize(
    "style", [{"theme": "dark"}, {"theme": "auto"}, {"text": "outline"}], ids=str
)
@pytest.mark.parametrize("name", ["init mounts", "few Deployments", "waiting Pods"])
def test_themes_and_outlined_text_change_no_geometry(name: str, style: dict[str, str]) -> None:
    for svg in pictures(OWN[name], name, "ko", **style):
        assert flaws(svg) == []
        assert safety(svg) == []


# ── spoilt pictures ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_that_will_be_spoilt_is_good(name: str) -> None:
    assert flaws(good(name)) == []
    assert safety(good(name)) == []


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_picture_is_rejected(case: str) -> None:
    name, spoil, sentence = SPOILT[case]
    found = flaws(spoilt(good(name), spoil), lecture=True)
    assert any(re.search(sentence, flaw) for flaw in found), found


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_document_is_rejected(case: str) -> None:
    spoil, sentence = UNSAFE[case]
    found = safety(spoilt(good("network"), spoil))
    assert any(re.search(sentence, flaw) for flaw in found), found


def test_what_is_no_xml_is_rejected() -> None:
    assert "does not parse" in safety(good("network")[:-9])[0]


COLOURS = """
title: Three colours leave one box
view: network
claims: [data, more]
services: [{name: api, selects: api, ports: [80]}, {name: x, selects: {app: ghost}, ports: [80]}]
pods:
  - name: web
    volumes: [{name: d, kind: claim, from: data}, {name: m, kind: claim, from: more}]
    containers: [{name: app, ports: [80]}]
  - {name: api, containers: [{name: app, ports: [80]}]}
links: [{from: web, to: api}, {from: web, to: s3.example.com}]
"""


def test_arrows_of_two_colours_share_no_trunk() -> None:
    arrows = [
        a
        for a in read(pictures(COLOURS, "c", "en")[0]).arrows
        if (a.id or "").startswith("Pod.web")
    ]
    claims = [a for a in arrows if "Claim" in (a.id or "")]
    calls = [a for a in arrows if a not in claims]
    assert (len(claims), len(calls)) == (2, 2)
    assert together(claims[0].lines, claims[1].lines, 1.5) > 4
    assert all(together(one.lines, other.lines, 1.5) < 4 for one in claims for other in calls)
