"""The same spec gives the same bytes: on every run, in every place."""

import getpass
import sys
from pathlib import Path

import pytest
from shell import ROOT, SPEC, TIED, files, podviz

from podviz.options import FORMATS

OWNERS = """\
podviz: 1
title: {ko: 누가 누구를 만드나, en: Who makes whom}
controllers:
  - kind: Deployment
    name: web
    replicas: 3
    pod: {containers: [{name: app, image: "nginx:1.27"}, {name: logs, role: sidecar}]}
  - {kind: CronJob, name: report, schedule: "0 3 * * *"}
  - kind: StatefulSet
    name: db
    replicas: 2
    claims: [{name: data, size: 20Gi}]
    pod: {containers: [{name: postgres, ports: [5432], mounts: ["data:/data"]}]}
autoscalers: [{name: web, target: web, min: 1, max: 5, cpu: 80}]
"""
NODES = """\
podviz: 1
title: Pods on their nodes
nodes: [{name: a, capacity: {cpu: 4}}, b]
pods: [{name: lone, node: b, containers: [{name: app}]}]
controllers:
  - {kind: Deployment, name: web, replicas: 5, pod: {containers: [{name: app, requests: {cpu: 1}}]}}
"""
NETWORK = f"""{TIED}
ingresses: [{{name: door, host: shop.example.com, paths: {{/: "web:80"}}}}]
links: [{{from: {{address: Internet}}, to: door}}]
"""
SPECS = {"pods": SPEC, "owners": OWNERS, "nodes": NODES, "network": NETWORK}
PLACES = (
    {"PYTHONHASHSEED": "1", "LANG": "C.UTF-8", "TZ": "UTC", "COLUMNS": "80"},
    {"PYTHONHASHSEED": "22222", "LANG": "C", "TZ": "Asia/Seoul", "COLUMNS": "200"},
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The output folders of two processes, each with its own seed, folder and surroundings."""
    outputs = []
    for number, place in enumerate(PLACES):
        folder = tmp_path_factory.mktemp(f"machine-{number}")
        (folder / "specs").mkdir()
        for name, spec in SPECS.items():
            (folder / "specs" / f"{name}.yaml").write_text(spec)
        words = ("render", "specs", "-o", "figures", "-f", ",".join(FORMATS), "--theme", "auto")
        done = podviz(*words, cwd=folder, **place)
        assert done.status == 0, done.err
        outputs.append(folder / "figures")
    return outputs


def test_two_processes_write_the_same_bytes(runs: list[Path]) -> None:
    first, second = runs
    assert files(first) == files(second)
    assert len(files(first)) == 6 * (len(FORMATS) - 1) + 1  # one HTML page for all
    assert [f for f in files(first) if (first / f).read_bytes() != (second / f).read_bytes()] == []


def test_no_file_tells_of_the_machine(runs: list[Path]) -> None:
    traces = [str(ROOT), sys.prefix, str(runs[0].parent), str(Path.home()), "site-packages"]
    traces += [f"/{getpass.getuser()}", "machine-", "pytest-of"]
    for name in files(runs[0]):
        data = (runs[0] / name).read_bytes()
        assert [t for t in traces if len(t) > 1 and t.encode() in data] == [], name
