"""What is found in real manifests of public projects, where they are at hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from podviz import source
from podviz.finding import Severity
from podviz.judgement.judge import judge
from podviz.readers.manifest.clusters import read_cluster
from podviz.rule import SETS
from podviz.shelf import rules_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")

TRUE = {
    "POD302 kubernetes-website": 1,  # the legacy form of a Job's sidecar, shown as such
    "POD501 kubernetes-examples": 1,  # etcd without a volume
    "POD501 sock-shop": 4,  # mongo twice, rabbitmq and elasticsearch without a volume
    "POD502 example-voting-app": 1,  # postgres on an emptyDir
    "POD605 gke-samples": 1,  # the leader's selector is met by the followers
    "POD701 ingress-nginx": 1,
    "POD703 kubernetes-examples": 1,  # 67% of three Pods are three
}
"""Warnings and errors, each read by hand, by code and project; bare Pods are counted below."""


def groups() -> list[list[Path]]:
    """Files that are one application together, and each other file by itself."""

    def rows(name: str) -> list[dict[str, str]]:
        with (CORPUS / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file, delimiter="\t"))

    # the files of Sock Shop say the same as its one file
    apps = [sorted(CORPUS.glob(r["glob"])) for r in rows("APPS.tsv") if "29 files" not in r["app"]]
    again = set(CORPUS.glob("real/sock-shop/deploy__kubernetes__manifests__*"))
    used = {path for app in apps for path in app} | again
    alone = [[CORPUS / r["path"]] for r in rows("INDEX.tsv") if CORPUS / r["path"] not in used]
    return [*apps, *alone]


def test_every_warning_and_error_of_the_design_set_is_true() -> None:
    counts: Counter[str] = Counter()
    for paths in groups():
        documents = [d for p in paths for d in source.read(p.read_bytes(), p.parent.name).documents]
        found, _ = read_cluster(documents)
        for finding in judge(found):
            if finding.severity > Severity.INFO:
                counts[f"{finding.code} {finding.place.file}"] += 1
    bare = sum(n for key, n in counts.items() if key.startswith(("POD601", "POD602")))
    told = {key: n for key, n in counts.items() if not key.startswith(("POD601", "POD602"))}
    assert told == TRUE
    assert bare == 54


def test_no_manifest_stops_a_rule() -> None:
    """All files as one cluster, by every rule."""
    documents = [
        document
        for path in sorted(CORPUS.glob("real/*/*"))
        for document in source.read(path.read_bytes(), path.name).documents
    ]
    found, _ = read_cluster(documents)
    assert len({f.code for f in judge(found, rules=rules_of(SETS))}) > 20
