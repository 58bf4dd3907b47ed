"""Frames of a story: what is new, what is missing, and where a Service leads."""

import re

import podviz

BARE = """podviz: 1
title: t
pods: [{name: web, bare: true, containers: [{name: app, image: "x:1"}]}]
services: [{name: web, selects: web, ports: [80]}]
story: [{}, {kill: web}, {}]
"""
WEB = """podviz: 1
title: t
controllers:
  - {kind: Deployment, name: web, replicas: 1, pod: {containers: [{name: a, image: "x:1"}]}}
"""


def told(spec: str) -> list[str]:
    return podviz.render(spec, format="alt", lang="en").decode().splitlines()


def drawn(spec: str) -> str:
    return podviz.render(spec, format="svg", lang="en").decode()


def test_a_service_without_pods_leads_nowhere() -> None:
    lines = told(BARE)
    assert "Service web, port 80." in lines
    assert lines.count("Service web, leads nowhere, port 80.") == 2
    assert not any("unchanged" in line for line in lines)


def test_restarts_are_counted_in_every_frame_of_a_story_with_some() -> None:
    crash = BARE.replace("kill: web", "crash: web/app")
    restarts = [found for line in told(crash) for found in re.findall(r"\d restarts?", line)]
    assert restarts == ["0 restarts", "0 restarts", "1 restart"]
    assert "restart" not in "".join(told(BARE))


def test_places_of_missing_pods_are_dashed_until_they_come() -> None:
    pictured = drawn(WEB + "story: [{}, {scale: {web: 3}}, {}]\n")
    assert pictured.count('class="slot"') == 2
    assert drawn(BARE).count('class="slot"') == 0
