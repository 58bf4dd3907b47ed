"""Inputs of their own, many a file, that say on each line what must be found there, as an examiner
would write them: other kinds, other images, near misses, and charts that have no fault."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from judged import expected, found, lines

from podviz import source
from podviz.finding import Severity
from podviz.judgement.judge import judge
from podviz.readers.manifest.clusters import read_cluster
from podviz.shelf import rules_of

FOLDER = Path(__file__).parent / "cases"
OPERATIONS = [rule.code for rule in rules_of(("operations",)) if rule.set == "operations"]


def inputs() -> Iterator[tuple[str, str, str]]:
    """File, title and text of each input; the line numbers are those of the file."""
    for path in sorted(FOLDER.glob("*.yaml")):
        text = path.read_text("utf-8")
        heads = list(re.finditer(r"^# === (.+)\n", text, re.MULTILINE))
        ends = [*(head.start() for head in heads[1:]), len(text)]
        for head, end in zip(heads, ends, strict=True):
            above = "\n" * text.count("\n", 0, head.end())
            yield path.stem, head[1], above + text[head.end() : end]


FILES = sorted({file for file, _, _ in inputs()})


@pytest.mark.parametrize("file", FILES)
def test_each_input_shows_what_it_says_and_nothing_else(file: str) -> None:
    codes = OPERATIONS if file == "operations" else ()
    wrong = [
        (title, lines(found(text, *codes)), expected(text))
        for name, title, text in inputs()
        if name == file and lines(found(text, *codes)) != expected(text)
    ]
    assert not wrong


def test_each_rule_has_a_case_and_each_chart_is_clean() -> None:
    asked = {code for _, _, text in inputs() for _, code in expected(text)}
    known = {rule.code for rule in rules_of(("design", "operations"))}
    assert known <= asked
    for file, title, text in inputs():
        if file == "charts":
            assert all(f.severity is Severity.INFO for f in found(text)), title


def _cluster(*files: str) -> list[str]:
    documents = [
        document
        for i, text in enumerate(files)
        for document in source.read(text.encode(), f"{i}.yaml").documents
    ]
    return [f"{f.place.file} {f.code}" for f in judge(read_cluster(documents)[0])]


WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "x/a:1"}]}}
"""
LOST = """\
---
apiVersion: v1
kind: Service
metadata: {name: lost}
spec: {selector: {app: lost}, ports: [{port: 80}]}
"""


def test_files_that_define_one_thing_twice_are_not_taken_for_one_cluster() -> None:
    one, other = WEB.replace("NAME", "one"), WEB.replace("NAME", "other")
    assert _cluster(one + LOST, other) == ["0.yaml POD604", "1.yaml POD605"]
    assert _cluster(one + LOST, other, one) == []
    assert _cluster(f"{one}---\n{other}{LOST}", LOST) == ["0.yaml POD605"]


AGENT = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec:
      containers:
        - name: a
          image: x/a:1
          ports: [{containerPort: NUMBER, hostPort: 9100}]
          args: ["--peer=http://localhost:8001"]
"""


def test_nor_do_ports_of_variants_clash() -> None:
    one = AGENT.replace("NAME", "one").replace("NUMBER", "8001")
    other = AGENT.replace("NAME", "other").replace("NUMBER", "8002")
    assert _cluster(one, other) == ["1.yaml POD204", "1.yaml POD205"]
    assert _cluster(one + LOST, other + LOST) == []
