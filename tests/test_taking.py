"""Stories of manifests: they are played as they are read, and what cannot happen is told."""

from pathlib import Path

import pytest
from shell import podviz

LIVE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
  spec: {containers: [{name: app, image: 'nginx:1.27'}]}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-5d9, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {replicas: 1, template: {metadata: {labels: {app: web}},
  spec: {containers: [{name: app, image: 'nginx:1.27'}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-5d9-aaaaa, labels: {app: web},
  ownerReferences: [{kind: ReplicaSet, name: web-5d9, controller: true}]}
spec: {containers: [{name: app, image: 'nginx:1.27'}]}
status: {phase: Running, podIP: 10.244.1.7}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "live.yaml").write_text(LIVE, "utf-8")
    return tmp_path


def write(here: Path, event: str) -> str:
    spec = f"podviz: 1\ntitle: T\nmanifests: [live.yaml]\nstory: [{{title: a}}, {{{event}}}]\n"
    (here / "s.yaml").write_text(spec, "utf-8")
    return "s.yaml"


def test_a_live_cluster_is_told_once(here: Path) -> None:
    done = podviz("render", write(here, "kill: web"), "-o", "-", "-f", "txt", cwd=here)
    assert done.out.decode().count("[ Pod ") == 2  # one in each frame
    assert "web-5d9-aaaaa" in done.out.decode()


@pytest.mark.parametrize("verb", [("render", "-o", "-", "-f", "txt"), ("check",)])
@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("fail: n1", "s.yaml:4:28: error[POD007] dangling-reference: 'fail' refers to node 'n1'"),
        ("kill: db", "s.yaml:4:28: error[POD008] invalid-value: no Pod of 'db' runs"),
        ("crash: web/x", "s.yaml:4:29: error[POD007] dangling-reference: Pod 'web-5d9-aaaaa' has"),
    ],
)
def test_what_cannot_happen_is_an_error_at_its_place(
    here: Path, verb: tuple[str, ...], event: str, expected: str
) -> None:
    word, *options = verb
    done = podviz(word, write(here, event), *options, cwd=here)
    assert done.status == 3
    assert expected in done.err + done.out.decode()
