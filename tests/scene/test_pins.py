"""Where pins stand: on boxes, doors and arrows, hollow where a finding is suppressed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pieces import PEN
from shell import Ran

from podviz import cli
from podviz.figure import Arrow, Pin, Relation
from podviz.layout.docking import label_width
from podviz.shapes.pin import NEXT, PIN
from podviz.text import Text

LINKS = """\
podviz: 1
title: Links
network: {pod_cidr: 10.244.0.0/16}
pods:
  - {name: web, containers: [{name: app, ports: [80]}]}
  - {name: db, containers: [{name: pg, ports: [5432]}]}
links:
  - {from: web, to: 10.244.1.6, label: orders}
  - {from: web, to: "localhost:5432"}
"""
CLASH = """\
podviz: 1
title: One sleeps
pods:
  # podviz: ignore[POD201] b sleeps
  - {name: web, containers: [{name: a, ports: [80]}, {name: b, ports: [80]}]}
"""
MANIFEST = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec: {containers: [{name: c, image: "postgres:17"}]}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> "Run":
    return Run(here, capfdbinary)


class Run:
    """Carries out podviz on one input in this process."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        self._path, self._capture = folder / "a.yaml", capture

    def __call__(self, text: str, *words: str) -> Ran:
        self._path.write_text(text)
        status = cli.run([words[0], "a.yaml", *words[1:]])
        said = self._capture.readouterr()
        return Ran(status=status, out=said.out, err=said.err.decode())

    def figure(self, text: str, *words: str) -> Any:
        given = ("-f", "json", "-o", "-", "--lang", "en", "--fail-on", "never")
        return json.loads(self(text, "render", *given, *words).out)

    def picture(self, text: str, *words: str) -> str:
        given = ("-f", "svg", "-o", "-", "--lang", "en", "--fail-on", "never")
        return self(text, "render", *given, *words).out.decode()

    def numbers(self, text: str) -> dict[str, int | None]:
        """What check says: the pin of each code."""
        told = json.loads(self(text, "check", "--format", "json", "--fail-on", "never").out)
        return {finding["code"]: finding["pin"] for finding in told["findings"]}


# ── on arrows ───────────────────────────────────────────────────────────────────────────────


def arrow(*pins: int, label: str = "") -> Arrow:
    return Arrow(
        id="a→b",
        tail="a",
        head="b",
        relation=Relation.CALLS,
        label=Text.same(label) if label else None,
        pins=tuple(Pin(number=n, severity="error") for n in pins),
    )


def test_an_arrow_keeps_room_for_its_words_and_its_pins() -> None:
    words = label_width(PEN, arrow(label="orders"))
    assert label_width(PEN, arrow()) == 0
    assert label_width(PEN, arrow(1)) == PIN
    assert label_width(PEN, arrow(1, 2)) == 2 * PIN + NEXT
    assert label_width(PEN, arrow(1, label="orders")) == pytest.approx(PIN + NEXT + words)


def test_what_a_link_does_wrong_is_pinned_on_its_arrow(run: Run) -> None:
    figure = run.figure(LINKS)
    codes = {finding["pin"]: finding["code"] for finding in figure["findings"]}
    pinned = {arrow["to"]: [codes[n] for n in arrow["pins"]] for arrow in figure["arrows"]}
    assert pinned == {"address/10.244.1.6": ["POD511"], "address/localhost:5432": ["POD205"]}
    assert not any("pins" in box for box in figure["boxes"])


def test_pins_stand_on_the_line_before_its_words(run: Run) -> None:
    groups = re.findall(
        r'<g id="([^"]+)" class="pin [^"]*" data-box="([-\d.]+)', run.picture(LINKS)
    )
    (left,) = (float(x) for id, x in groups if "10.244.1.6" in id)
    words = re.search(r'<text x="([-\d.]+)"[^>]*>orders<', run.picture(LINKS))
    assert words
    assert left + PIN < float(words[1]) < left + PIN + 2 * NEXT


def test_arrows_that_are_drawn_as_one_bear_their_number_once(run: Run) -> None:
    once, twice = LINKS, LINKS + '  - {from: web, to: "localhost:5432", label: again}\n'
    pins = [run.picture(text).count('class="pin warning"') for text in (once, twice)]
    assert pins[0] == pins[1] == 4  # on two arrows, and two in the list


# ── hollow ones ─────────────────────────────────────────────────────────────────────────────


def test_what_is_suppressed_has_no_pin_unless_asked_for(run: Run) -> None:
    assert [f["code"] for f in run.figure(CLASH)["findings"]] == ["POD101"]
    first, last = run.figure(CLASH, "--show-suppressed")["findings"]
    assert (first["code"], first.get("suppressed")) == ("POD101", None)
    assert (last["code"], last["suppressed"]) == ("POD201", "b sleeps")


def test_a_hollow_pin_has_a_rim_of_its_colour_and_its_thing_is_no_culprit(run: Run) -> None:
    open_one = run.picture(CLASH.replace("# podviz: ignore[POD201] b sleeps", ""))
    hollow = run.picture(CLASH, "--show-suppressed")
    filled = re.compile(r'class="pin error"[^>]*>\s*<path[^>]*fill="(#\w+)"')
    assert set(filled.findall(open_one)) == {"#DC2626"}
    assert set(filled.findall(hollow)) == {"#FFFFFF"}
    assert "(suppressed: b sleeps)" in re.sub(r"<[^>]+>|\s+", " ", hollow)


def test_those_who_cannot_see_are_told_that_it_is_suppressed(run: Run) -> None:
    assert (
        "share one port space (suppressed: b sleeps)."
        in (run.figure(CLASH, "--show-suppressed")["summary"])
    )


def test_showing_what_is_suppressed_changes_no_status(run: Run) -> None:
    ignored = CLASH.replace("ignore[POD201]", "ignore[POD201, POD101]")
    words = ("render", "-f", "txt", "-o", "-", "--fail-on", "warning")
    assert run(ignored, *words).status == 0
    assert run(ignored, *words, "--show-suppressed").status == 0


# ── the numbers that check tells ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [LINKS, CLASH, MANIFEST], ids=["links", "clash", "manifest"])
def test_check_tells_the_numbers_of_the_figure(text: str, run: Run) -> None:
    drawn = {finding["code"]: finding["pin"] for finding in run.figure(text)["findings"]}
    assert drawn
    told = run.numbers(text)
    assert {code: pin for code, pin in told.items() if pin is not None} == drawn


def test_sarif_tells_the_numbers_of_json(run: Run) -> None:
    log = json.loads(run(LINKS, "check", "--format", "sarif", "--fail-on", "never").out)
    (told,) = log["runs"]
    pins = {result["ruleId"]: result["properties"]["pin"] for result in told["results"]}
    assert pins == run.numbers(LINKS)


def test_what_no_figure_pins_has_no_number(run: Run) -> None:
    assert run.numbers(CLASH) == {"POD101": 1, "POD201": None}


def test_what_a_figure_is_to_show_has_its_number(run: Run) -> None:
    assert run.numbers(CLASH.replace("pods:", "expect: [POD101]\npods:"))["POD101"] == 1


STORY = """\
podviz: 1
title: Told
controllers:
  - kind: Job
    name: load
    retries: 3
    pod: {restart: Never, containers: [{name: app}, {name: logs, role: sidecar}]}
story: [{title: a}, {kill: load}, {}]
"""


def test_each_frame_of_a_story_pins_a_finding_on_who_stands_for_the_culprit(run: "Run") -> None:
    figure = json.loads(run(STORY, "render", "-o", "-", "-f", "json").out)
    frames = figure["boxes"]
    pinned = [[at for at in _bearing(frame) if "logs" in at] for frame in frames]
    assert [len(own) for own in pinned] == [1, 1, 1]
    assert [noted["places"] for noted in figure["findings"]] == [["a.yaml:7:60"]]


def _bearing(box: dict[str, Any]) -> list[str]:
    """The ids of all boxes with a pin, in reading order."""
    own = [box["id"]] if box.get("pins") else []
    return own + [at for child in box.get("boxes", ()) for at in _bearing(child)]
