"""Words of a user become an order and a target."""

from pathlib import Path

import pytest

from podviz import pipeline, wish
from podviz.errors import UsageError
from podviz.options import DETAILS
from podviz.order import Order, ordered
from podviz.outbox import Target
from podviz.wish import Wish
from podviz.writer import Style

RICH = """\
podviz: 1
title: Everything that can be shown or left out
nodes: [{name: node-1, ip: 192.168.0.2, labels: {zone: a}}]
pods:
  - name: web
    node: node-1
    ip: 10.0.0.1
    labels: {app: web}
    volumes: [logs, {name: settings, kind: configMap, from: settings}]
    containers:
      - {name: setup, image: "busybox:1", role: init}
      - {name: app, image: "nginx:1", ports: [80], mounts: [logs], requests: {cpu: 1}, probes: [liveness]}
      - {name: logs, role: sidecar, mounts: [logs]}
configs: [{name: settings}]
"""  # noqa: E501 - one line a container


def test_nothing_said_is_the_default_order() -> None:
    assert ordered(Wish()) == Order()
    assert wish.target(Wish()) == Target(folder=Path("output"))


def test_lists_are_taken_apart_and_each_word_counts_once() -> None:
    order = ordered(Wish(formats="png, svg,png", langs="en,ko", show="labels", hide="image,ip"))
    assert order.formats == ("png", "svg")
    assert order.langs == ("en", "ko")
    assert (order.show, order.hide) == (frozenset({"labels"}), frozenset({"image", "ip"}))


def test_numbers_and_names_reach_the_order() -> None:
    order = ordered(
        Wish(formats="png", scale=3.0, theme="dark", text="outline", page="16:9", max_size=2)
    )
    assert order.style == Style(theme="dark", text="outline", scale=3.0)
    assert order.ratio == pytest.approx(16 / 9)
    assert order.max_size == 2_000_000


@pytest.mark.parametrize(
    "page", ["", "16", "16:", "0:0", "1:0", "-16:-9", "nan:1", "1:11", "1:2:3"]
)
def test_a_page_is_two_numbers_within_reason(page: str) -> None:
    with pytest.raises(UsageError, match="page must be W:H such as 16:9"):
        ordered(Wish(page=page))


@pytest.mark.parametrize(
    ("output", "target"),
    [
        ("-", Target()),
        ("a.svg", Target(file=Path("a.svg"))),
        ("a.SVG", Target(file=Path("a.SVG"))),
        ("a", Target(folder=Path("a"))),
        ("v1.2", Target(folder=Path("v1.2"))),
        ("a.svg/", Target(folder=Path("a.svg"))),
        ("taken.svg", Target(folder=Path("taken.svg"))),
        ("../a", Target(folder=Path("../a"))),
    ],
)
def test_an_output_is_stdout_a_file_or_a_folder(
    output: str, target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken.svg").mkdir()
    assert wish.target(Wish(output=output)) == target


def test_nothing_is_shown_and_hidden() -> None:
    with pytest.raises(UsageError, match="--show and --hide both name image, ip"):
        ordered(Wish(show="ip,image,labels", hide="image,ip"))


@pytest.mark.parametrize("output", [".svg", "out/.PNG", "./.json"])
def test_an_ending_alone_names_no_file(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="only an ending; name the file, such as figure"):
        wish.target(Wish(output=output))
    assert wish.target(Wish(output=f"{output}/")) == Target(folder=Path(output))
    assert wish.target(Wish(output=".figures")) == Target(folder=Path(".figures"))


def test_the_ending_of_a_file_is_its_format() -> None:
    assert ordered(Wish(output="a.PNG")).formats == ("png",)
    assert ordered(Wish(output="a.txt", formats="txt")).formats == ("txt",)


GUILTY = """\
podviz: 1
pods:
  - name: shop
    containers:
      - {name: web, role: main, ports: [80], requests: {cpu: 100m}}
      - {name: api, role: sidecar, ports: [80], requests: {cpu: 1}}
"""


REPLICATED = """\
podviz: 1
controllers:
  - {kind: Deployment, name: web, replicas: 3, pod: {containers: [{name: app, ports: [80]}]}}
services: [{name: web, selects: web, ports: [80]}]
"""


@pytest.mark.parametrize("detail", DETAILS)
def test_each_detail_makes_a_difference(detail: str) -> None:
    """What the help offers has an effect."""

    def drawn(spec: str, wanted: Wish) -> list[bytes]:
        result = pipeline.run(spec.encode(), "a.yaml", ordered(wanted))
        assert not result.errors
        return [made.data for made in result.made]

    view = {"labels": "nodes", "legend": "nodes", "replicas": "network", "config": "cluster"}.get(
        detail, "pods"
    )
    other = {"findings": GUILTY, "infos": GUILTY, "replicas": REPLICATED}
    spec = other.get(detail, RICH)
    shown = drawn(spec, Wish(show=detail, view=view, formats="json,svg"))
    hidden = drawn(spec, Wish(hide=detail, view=view, formats="json,svg"))
    assert shown != hidden
