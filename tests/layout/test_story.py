"""Nothing that stays moves from one frame of a story to the next."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from podviz.order import Order
from podviz.pipeline import run

CONTROLLERS = """
controllers:
  - kind: Deployment
    name: web
    replicas: 3
    pod: {containers: [{name: app}, {name: logs, native: true}]}
  - {kind: StatefulSet, name: db, replicas: 2, claims: [data], pod: {containers: [{name: pg}]}}
  - kind: CronJob
    name: night
    schedule: "0 3 * * *"
    pod: {restart: Never, containers: [{name: n}]}
"""
SERVICES = """
services: [{name: web, selects: web, ports: [80]}, {name: db, selects: db, ports: [5432]}]
"""
STORY = """
story: [{title: a}, {kill: db-1}, {wait: 1}, {crash: web/app}, {wait: 1}, {roll: {web: "b:2"}},
  {wait: 2}, {run: night}, {wait: 1}, {}, {crash: db/pg}, {}]
"""
ON_NODES = "\nstory: [{title: a}, {fail: n1}, {wait: 2}, {kill: web}, {drain: n2}, {wait: 1}, {}]\n"


@pytest.mark.parametrize(
    "scene",
    [
        CONTROLLERS + STORY,
        CONTROLLERS + SERVICES + STORY,
        CONTROLLERS + SERVICES + "nodes: [n1, n2, n3]\n" + ON_NODES,
    ],
)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_that_stays_moves(scene: str, lang: str) -> None:
    spec = f"podviz: 1\ntitle: T\n{scene}"
    order = Order(formats=("json",), langs=(lang,))
    (made,) = run(spec.encode(), "x.yaml", order).made
    before: dict[str, tuple[str, list[float]]] = {}
    stayed = 0
    for frame in json.loads(made.data)["boxes"]:
        now = dict(_stand(frame, frame["rect"], ""))
        for about, (slot, rect) in now.items():
            if about in before and before[about][0] == slot:
                assert rect == pytest.approx(before[about][1], abs=0.1), about
                stayed += 1
        before = now
    assert stayed > 50


def _stand(
    box: dict[str, Any], frame: list[float], slot: str
) -> Iterator[tuple[str, tuple[str, list[float]]]]:
    """What each box is about, its slot, and where it stands in its frame."""
    x, y = frame[:2]
    for child in box.get("boxes", ()):
        left, top, wide, high = child["rect"]
        own = child.get("slot") or slot
        yield child["about"], (own, [left - x, top - y, wide, high])
        yield from _stand(child, frame, own)
