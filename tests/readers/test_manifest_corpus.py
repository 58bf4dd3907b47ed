"""Real manifests of public projects, where they are at hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from manifests import cluster

from podviz import source
from podviz.cluster.relations import kind_of, objects, templates
from podviz.model import Cluster, Controller
from podviz.pod import Pod, Role
from podviz.readers.manifest.clusters import read_cluster
from podviz.source.tree import Mapping, Node, Scalar, Sequence

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
KINDS = (
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


def items(node: Node) -> list[Node]:
    """The objects of a document, those of a list one by one."""
    kind = node.get("kind") if isinstance(node, Mapping) else None
    inner = node.get("items") if isinstance(node, Mapping) else None
    if isinstance(kind, Scalar) and kind.text.endswith("List") and isinstance(inner, Sequence):
        return [i for item in inner.items for i in items(item)]
    return [node]


def test_every_object_of_every_file_is_in_its_cluster() -> None:
    for row in rows("INDEX.tsv"):
        given = source.read((CORPUS / row["path"]).read_bytes(), row["path"])
        found, findings = read_cluster(given.documents)
        expected = sum(len(items(d.root)) for d in given.documents)
        lost = [f for f in findings if f.code in ("POD003", "POD006")]
        assert len(list(objects(found))) == expected, (row["path"], lost)


def long_running(pod: Pod) -> int:
    return sum(c.role is not Role.INIT and not c.native for c in pod.containers)


def counted(found: Cluster) -> dict[str, int]:
    """What APPS.tsv counts."""
    kinds = Counter(kind_of(thing) for thing in objects(found))
    pods = [
        pod
        for thing in objects(found)
        if isinstance(thing, Pod | Controller)
        for pod in templates(thing)
    ]
    return {
        "objects": sum(kinds.values()),
        "pod_templates": len(pods),
        "multi_container": sum(long_running(p) > 1 for p in pods),
        "with_init": sum(any(c.role is Role.INIT for c in p.containers) for p in pods),
        "with_native_sidecar": sum(any(c.native for c in p.containers) for p in pods),
        **{kind: kinds[kind] for kind in KINDS},
    }


@pytest.mark.parametrize("row", rows("APPS.tsv"), ids=lambda row: row["app"])
def test_applications_have_the_objects_that_were_counted(row: dict[str, str]) -> None:
    paths = sorted(CORPUS.glob(row["glob"]))
    documents = [d for p in paths for d in source.read(p.read_bytes(), p.name).documents]
    found, _ = read_cluster(documents)
    expected = {name: int(row[name]) for name in counted(found)}
    assert counted(found) == expected
    kinds = Counter(kind_of(thing) for thing in objects(found))
    for word in filter(None, row["other_kinds"].split(",")):
        kind, _, number = word.partition(":")
        assert kinds[kind] == int(number)


def test_services_of_an_application_find_their_pods() -> None:
    from podviz.cluster.relations import Relations

    path = CORPUS / "real/sock-shop/deploy__kubernetes__complete-demo.yaml"
    relations = Relations(cluster(path.read_text(encoding="utf-8")))
    for service in relations.cluster.services:
        assert [w.name for w in relations.behind(service)] == [service.name]
