"""Documents, lists, names, versions: how manifests are told apart and what is tolerated."""

import pytest
from manifests import cluster, pod, taken, told

from podviz.cluster.relations import objects
from podviz.finding import Severity
from podviz.readers.manifest import READER
from podviz.source import read

POD = "{apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {containers: [{name: a}]}}"


def paths(text: str) -> list[str]:
    return sorted(thing.path for thing in objects(cluster(text)))


def test_all_documents_are_one_sheet() -> None:
    documents = read(f"{POD % 'a'}\n---\n{POD % 'b'}\n".encode(), "a.yaml").documents
    sheets, findings = READER.read(documents, True)
    assert [[p.name for p in s.cluster.pods] for s in sheets] == [["a", "b"]]
    assert findings == ()


def test_a_file_of_empty_lists_gives_no_sheet() -> None:
    documents = read(b"{apiVersion: v1, kind: List, items: []}", "a.yaml").documents
    assert READER.read(documents, False) == ((), ())


def test_lists_in_lists_and_typed_lists() -> None:
    text = f"""\
        apiVersion: v1
        kind: List
        items:
        - {POD % "a"}
        - {{apiVersion: v1, kind: List, items: [{POD % "b"}]}}
        ---
        {{apiVersion: v1, kind: PodList, items: [{{metadata: {{name: c}}}}]}}
        """
    assert paths(text) == ["Pod/a", "Pod/b", "Pod/c"]
    assert told(text) == []


def test_a_kind_that_only_ends_in_list_is_no_list() -> None:
    assert paths("{apiVersion: x.io/v1, kind: AllowList, metadata: {name: a}}") == ["AllowList/a"]


def test_namespaces_stand_in_front_unless_they_are_default() -> None:
    text = "\n---\n".join(
        f"{{apiVersion: v1, kind: {kind}, metadata: {{name: x, namespace: {space}}}}}"
        for kind, space in (("Service", "default"), ("Service", "shop"), ("Namespace", "shop"))
    )
    assert paths(text) == ["Namespace/x", "Service/x", "shop/Service/x"]
    assert {s.namespace for s in cluster(text).services} == {"", "shop"}


def test_of_two_with_one_name_the_last_counts() -> None:
    text = """\
        {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: default}}
        """
    assert told(text) == ["3: POD006 Service 'web' is defined twice"]
    found, (finding,) = taken(text)
    assert [s.type for s in found.services] == ["ClusterIP"]
    assert [p.line for p in finding.related] == [1]


def test_old_and_new_versions_are_one_kind() -> None:
    text = "\n---\n".join(
        f"{{apiVersion: {version}, kind: Deployment, metadata: {{name: web}}}}"
        for version in ("extensions/v1beta1", "apps/v1")
    )
    assert paths(text) == ["Deployment/web"]


def test_nameless_objects_get_names_that_stay_apart() -> None:
    text = "\n---\n".join(
        f"{{apiVersion: v1, kind: Pod, metadata: {metadata}}}"
        for metadata in ("{}", "null", "{name: ''}", "{generateName: job-}", "{name: unnamed}")
    )
    assert paths(text) == ["Pod/job-?", "Pod/unnamed", "Pod/unnamed-2", "Pod/unnamed-3",
                           "Pod/unnamed-4"]  # fmt: skip
    severities = [f.severity for f in taken(text)[1]]
    assert severities == [Severity.WARNING] * 3 + [Severity.INFO]


def test_names_with_slashes_stay_one_step() -> None:
    assert paths("{apiVersion: v1, kind: Pod, metadata: {name: a/b%}}") == ["Pod/a%2Fb%25"]


def test_a_key_given_twice_is_a_warning() -> None:
    found, (finding,) = taken("apiVersion: v1\nkind: Pod\nmetadata: {name: a, name: b}\n")
    assert [p.name for p in found.pods] == ["b"]
    assert (finding.code, finding.severity) == ("POD005", Severity.WARNING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{kind: Pod, metadata: {name: a}}", ["1: POD003 'apiVersion' is missing"]),
        ("{apiVersion: v1}", ["1: POD003 'kind' is missing, so it cannot be drawn"]),
        ("[1]", ["1: POD004 this is no Kubernetes object; a list is given",
                 "1: POD004 this is no Kubernetes object; 1 is a number"]),
        ("hello", ["1: POD004 this is no Kubernetes object; 'hello' is text"]),
        ("{apiVersion: apps/v1, kind: deployment, metadata: {name: a}}",
         ["1: POD010 unknown kind 'deployment' (did you mean 'Deployment'?); only its name is "
          "drawn"]),
        ("{apiVersion: batch/v7, kind: Job, metadata: {name: a}}",
         ["1: POD008 apiVersion of a Job must be one of batch/v1, extensions/v1beta1, "
          "not 'batch/v7'"]),
        ("{apiVersion: v1, kind: List, items: {}}",
         ["1: POD004 items must be a list; a mapping is given"]),
    ],
)  # fmt: skip
def test_what_no_object_is(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_finding_names_its_object() -> None:
    _, (finding,) = taken("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: 5}")
    assert finding.element == "Pod/a"
    assert finding.message.ko != finding.message.en


def test_json_is_read_too() -> None:
    text = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "\\ud83d\\ude80"}}'
    found, findings = taken(text, "a.json")
    assert [p.name for p in found.pods] == ["\N{ROCKET}"]
    assert findings == ()


def test_documents_of_several_files_join_into_one_cluster() -> None:
    from podviz.readers.manifest.clusters import read_cluster

    one = read(b"{apiVersion: v1, kind: Service, metadata: {name: web}}", "a.yaml")
    other = read(
        b"{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: in}, spec: "
        b"{defaultBackend: {service: {name: web, port: {number: 80}}}}}",
        "b.yaml",
    )
    found, findings = read_cluster([*other.documents, *one.documents])
    assert [o.path for o in objects(found)] == ["Service/web", "Ingress/in"]
    assert findings == ()


@pytest.mark.parametrize("word", ["yes", "On", "NO", "off"])
def test_words_that_are_truth_values_for_kubernetes_are_no_text(word: str) -> None:
    text = "{{apiVersion: v1, kind: Pod, metadata: {{name: a, labels: {{x: {0}}}}}, spec: {{}}}}"
    complaint = f"1: POD004 metadata.labels.x must be text; {word} is a truth value"
    assert complaint in told(text.format(word))
    assert complaint not in told(text.format(f"'{word}'"))


def test_such_words_are_taken_as_truth_values_without_a_word() -> None:
    spec = "hostNetwork: {0}, hostPID: {1}, containers: [{{name: a, image: i}}]"
    made = pod(spec.format("yes", "off"))
    assert (made.host_network, made.host_pid) == (True, False)


@pytest.mark.parametrize(
    "head",
    [
        "kind: Kustomization",
        "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Component}",
        "{apiVersion: kind.x-k8s.io/v1alpha4, kind: Cluster}",
        "{apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration}",
    ],
)
def test_a_file_for_a_tool_is_no_object_of_the_cluster(head: str) -> None:
    text = f"{head}\n---\n{POD % 'web'}\n"
    assert paths(text) == ["Pod/web"]
    assert taken(text)[1] == ()
