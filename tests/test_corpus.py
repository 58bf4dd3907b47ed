"""Real manifests of public projects are drawn."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from geometry import flaws, safety

from podviz.cluster.relations import objects
from podviz.input import Input
from podviz.order import Order
from podviz.pipeline import Result, run_all
from podviz.reader import read_all

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
COUNTED = (
    *("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod", "Service"),
    *("Ingress", "HorizontalPodAutoscaler", "PersistentVolumeClaim", "ConfigMap", "Secret"),
    *("NetworkPolicy", "CustomResourceDefinition"),
)

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")


def rows(name: str) -> list[dict[str, str]]:
    if not CORPUS.is_dir():
        return []
    with (CORPUS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def inputs(paths: Sequence[Path]) -> tuple[Input, ...]:
    return tuple(Input(path.name, path.read_bytes()) for path in paths)


def drawn(given: tuple[Input, ...], *formats: str) -> Result:
    result = run_all(given, given[0].name, Order(formats=formats, alone=True))
    assert [str(error) for error in result.errors] == []
    return result


def listed(result: Result) -> list[dict[str, str]]:
    (page,) = [json.loads(made.data) for made in result.made if made.format == "json"]
    return list(page["objects"])


PROJECTS = sorted({row["path"].split("/")[1] for row in rows("INDEX.tsv")})


@pytest.mark.parametrize("project", PROJECTS)
def test_every_file_is_drawn_with_every_object_in_its_list(project: str) -> None:
    for row in rows("INDEX.tsv"):
        if row["path"].split("/")[1] != project:
            continue
        given = inputs([CORPUS / row["path"]])
        result = drawn(given, "svg", "txt", "dot", "json")
        (sheet,) = read_all(given, given[0].name).sheets
        expected = [thing.path for thing in objects(sheet.cluster)]
        found = listed(result)
        assert [thing["path"] for thing in found] == expected, row["path"]
        assert all(thing["drawn"] or thing["reason"] for thing in found)
        assert not any(made.left_out for made in result.made), row["path"]
        svg = next(made.data for made in result.made if made.format == "svg")
        home = str(Path.home())  # which a manifest may name too: it is a container's home
        said = [flaw for flaw in safety(svg) if home.encode() not in given[0].data]
        assert said == [], row["path"]


@pytest.mark.parametrize("project", PROJECTS)
def test_a_whole_project_is_drawn_in_parts_that_hold_every_object(project: str) -> None:
    given = inputs(sorted((CORPUS / "real" / project).iterdir()))
    result = run_all(given, project, Order(formats=("svg", "json")))
    assert result.errors == ()
    (sheet,) = read_all(given, project).sheets
    pages = [json.loads(made.data)["objects"] for made in result.made if made.format == "json"]
    whole = sorted(thing.path for thing in objects(sheet.cluster))
    assert sorted(thing["path"] for thing in pages[0]) == whole
    if len(pages) > 1:
        assert sorted(thing["path"] for page in pages[1:] for thing in page) == whole
    for made in result.made:
        if made.format == "svg":
            assert flaws(made.data) == [], made.name


@pytest.mark.parametrize("row", rows("APPS.tsv"), ids=lambda row: row["app"])
def test_an_application_is_one_figure_of_exactly_its_objects(row: dict[str, str]) -> None:
    given = inputs(sorted(CORPUS.glob(row["glob"])))
    assert len(given) == int(row["files"])
    result = drawn(given, "svg", "json")
    kinds = Counter(thing["kind"] for thing in listed(result))
    assert sum(kinds.values()) == int(row["objects"])
    assert {kind: kinds[kind] for kind in COUNTED} == {kind: int(row[kind]) for kind in COUNTED}
    for word in filter(None, row["other_kinds"].split(",")):
        kind, _, number = word.partition(":")
        assert kinds[kind] == int(number)
    svg = next(made.data for made in result.made if made.format == "svg")
    assert flaws(svg) == []
    assert safety(svg) == []
