"""Whatever a manifest holds, a cluster comes of it, never an exception."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from anything import ANYTHING, QUICK
from hypothesis import given, settings
from hypothesis import strategies as st
from manifests import cluster, taken

from podviz import source
from podviz.cluster.references import dangling
from podviz.cluster.relations import Relations, objects
from podviz.errors import PodvizError
from podviz.finding import Finding, Severity
from podviz.model import Cluster
from podviz.readers.manifest.clusters import MOST_TOLD, read_cluster
from podviz.source.tree import Plain, plain

FOLDER = Path(__file__).parent
SHARED = FOLDER.parents[2] / "shared"
TEXT = (FOLDER / "manifest.yaml").read_text(encoding="utf-8")
VALUES = [plain(d.root) for d in source.read(TEXT.encode(), "a.yaml").documents]


def survives(found: Cluster, findings: tuple[Finding, ...]) -> None:
    """Asks everything that can be asked of the cluster, and whether its paths differ."""
    paths = [thing.path for thing in objects(found)]
    assert len(set(paths)) == len(paths)
    relations = Relations(found)
    list(dangling(relations))
    for thing in objects(found):
        relations.top(thing)
    for service in found.services:
        relations.behind(service)
    for ingress in found.ingresses:
        list(relations.entered(ingress))
    for budget in found.budgets:
        relations.protected(budget)
    for policy in found.policies:
        relations.governed(policy)
    for scaler in found.autoscalers:
        relations.scaled(scaler)
    for finding in findings:
        assert finding.severity < Severity.ERROR
        assert finding.message.ko
        assert len(finding.message.en) < 500


def steps(value: Plain, above: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Every way into a value."""
    yield above
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from steps(inner, (*above, step))


def changed(value: Plain, way: tuple[int | str, ...], by: Plain) -> Plain:
    """The value with something else at the end of a way."""
    if not way:
        return by
    if isinstance(value, dict):
        return {k: changed(v, way[1:], by) if k == way[0] else v for k, v in value.items()}
    assert isinstance(value, list)
    return [changed(v, way[1:], by) if i == way[0] else v for i, v in enumerate(value)]


PLACES = [(i, way) for i, value in enumerate(VALUES) for way in steps(value)]


@settings(QUICK, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=4))
def test_any_mutation_of_a_manifest_gives_a_cluster(
    mutations: list[tuple[tuple[int, tuple[int | str, ...]], Plain]],
) -> None:
    values = list(VALUES)
    for (i, way), by in mutations:
        try:
            values[i] = changed(values[i], way, by)
        except AssertionError:
            continue  # an earlier mutation took this way away
    text = "\n---\n".join(json.dumps(value) for value in values)
    survives(*read_cluster(source.read(text.encode(), "a.yaml").documents))


@pytest.mark.parametrize("by", [None, 5, True, "x", [], {}, [None], [[]], {"": None}, ["x", {}]])
def test_every_single_place_may_hold_anything(by: Plain) -> None:
    for i, way in PLACES:
        text = json.dumps(changed(VALUES[i], way, by))
        survives(*read_cluster(source.read(text.encode(), "a.yaml").documents))


def test_the_unspoilt_manifest_has_nothing_wrong() -> None:
    found, findings = taken(TEXT)
    assert findings == ()
    assert len(list(objects(found))) == len(VALUES)


def test_a_circle_of_owners_ends() -> None:
    text = "\n---\n".join(
        f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {one}, ownerReferences: "
        f"[{{apiVersion: v1, kind: ConfigMap, name: {other}, uid: x}}]}}}}"
        for one, other in (("a", "b"), ("b", "a"))
    )
    survives(cluster(text), ())


@pytest.mark.parametrize(
    "text",
    [
        "x: &a {}\nkind: Pod\nspec: {containers: [" + "*a, " * 20_000 + "]}",
        "x: &a {name: a}\nkind: Pod\nspec: {containers: [" + "*a, " * 20_000 + "]}",
        "x: &a {kind: Pod}\nkind: List\nitems: [" + "*a, " * 5_000 + "]",
        "---\n".join(
            f"{{apiVersion: g{i}/v1, kind: X, metadata: {{name: a}}}}\n" for i in range(5_000)
        ),
    ],
    ids=["nameless containers", "containers of one name", "nameless pods", "groups"],
)  # fmt: skip
def test_many_alike_end_soon(text: str) -> None:
    found, findings = taken(text)
    survives(found, findings)
    assert len(findings) <= MOST_TOLD


# ── the hostile files ───────────────────────────────────────────────────────────────────────

COUNTS = {
    "06": 1, "10": 2, "11": 2, "12": 2, "13": 2, "14": 1, "15": 23, "16": 3, "17": 5, "18": 4,
    "19": 2, "24": 2, "25": 25, "26": 4, "27": 2, "28": 12, "29": 2, "30": 1, "31": 2, "33": 2,
    "34": 7, "35": 2000, "36": 1,
}  # fmt: skip
"""Number of a file → how many objects can be drawn from it."""


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    script = SHARED / "bad" / "make_bad.py"
    if not script.is_file():
        pytest.skip("the hostile files are not there")
    folder = tmp_path_factory.mktemp("hostile") / "bad"
    subprocess.run([sys.executable, os.fspath(script), os.fspath(folder)], check=True)
    return folder


def test_hostile_files_give_what_can_be_drawn(bad: Path) -> None:
    counted = {}
    for path in sorted(bad.iterdir()):
        if not path.is_file():
            continue  # folders and the FIFO are for who gathers files
        try:
            given = source.read(path.read_bytes(), path.name)
        except PodvizError:
            continue
        found, findings = read_cluster(given.documents)
        survives(found, findings)
        counted[path.name[:2]] = len(list(objects(found)))
    assert {number: counted[number] for number in COUNTS} == COUNTS
    assert not Path("/tmp/podviz-bad-pwned").exists()
