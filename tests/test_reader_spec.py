"""Tests of how a spec becomes sheets."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from podviz import pod
from podviz.cluster.relations import objects
from podviz.errors import InputError
from podviz.model import Cluster, Link
from podviz.place import Place
from podviz.pod import Container, Pod, Role
from podviz.reader import Reading, read
from podviz.sheet import Sheet
from podviz.text import Text

HERE = Path(__file__).parent
BAD = HERE.parent.parent / "shared" / "bad" / "make_bad.py"


def reading(text: str) -> Reading:
    return read(text.encode(), "a.yaml")


def sheet(text: str) -> Sheet:
    found = reading(text)
    assert [str(f.message.en) for f in found.findings] == []
    return found.sheets[0]


def cluster(text: str) -> Cluster:
    return sheet(f"podviz: 1\n{text}").cluster


def told(text: str) -> list[str]:
    return [
        f"{f.place.line}:{f.place.column} {f.code} {f.message.en}" for f in reading(text).findings
    ]


def test_the_smallest_spec_is_a_pod_of_two() -> None:
    found = sheet(
        """\
podviz: 1
title: 사이드카는 메인 앱을 돕는다
pods:
  - name: web
    containers:
      - {name: app, image: nginx:1.27, ports: [80]}
      - {name: logs, image: fluent/fluent-bit:3.2, role: sidecar}
"""
    )
    app = Container(
        path="Pod/web/app", name="app", image="nginx:1.27", ports=(pod.Port(number=80),)
    )
    logs = Container(
        path="Pod/web/logs", name="logs", image="fluent/fluent-bit:3.2", role=Role.SIDECAR
    )
    assert found == Sheet(
        title=Text.same("사이드카는 메인 앱을 돕는다"),
        langs=("en",),
        cluster=Cluster(pods=(Pod(path="Pod/web", name="web", containers=(app, logs)),)),
    )
    places = [found.place, found.cluster.pods[0].place, found.cluster.pods[0].containers[0].place]
    assert [str(place) for place in places] == ["a.yaml:1:1", "a.yaml:4:11", "a.yaml:6:16"]
    assert found.cluster.pods[0].containers[0].ports[0].place == Place(
        file="a.yaml", line=6, column=48, end=50
    )


def test_every_word_of_the_spec_arrives() -> None:
    found = sheet((HERE / "everything.yaml").read_text(encoding="utf-8"))
    scene = found.cluster
    assert (found.name, found.view) == ("everything", "network")
    assert (found.show, found.hide) == ({"image", "ports", "legend"}, {"infos"})
    assert found.caption == Text.same("모든 낱말을 한 번씩")
    assert (scene.kubernetes, scene.pod_cidr, scene.service_cidr) == (
        "1.33",
        "10.244.0.0/16",
        "10.96.0.0/12",
    )
    assert scene.nodes[1].capacity == pod.Resources(cpu=4.0, memory=8 * 2.0**30)
    assert [thing.path for thing in (*scene.nodes, *scene.claims, *scene.configs)] == [
        "Node/node-1",
        "Node/node-2",
        "PersistentVolumeClaim/shop-data",
        "PersistentVolumeClaim/spare",
        "ConfigMap/settings",
        "Secret/keys",
        "ConfigMap/plain",
    ]


def test_everything_of_a_container_arrives() -> None:
    found = sheet((HERE / "everything.yaml").read_text(encoding="utf-8"))
    app, proxy, setup = found.cluster.pods[0].containers
    assert replace(app, place=None) == Container(
        path="Pod/web/app",
        name="app",
        image="nginx:1.27",
        role=Role.MAIN,
        caption=Text(ko="요청에 답한다", en="answers requests"),
        ports=(
            pod.Port(number=80),
            pod.Port(number=443, name="https", public=True, host=8443),
        ),
        command=("nginx", "-g", "daemon off;"),
        args=("-c", "/etc/my nginx.conf"),
        env=(("MODE", "1"),),
        mounts=(
            pod.Mount(volume="logs"),
            pod.Mount(volume="data", path="/var/data"),
            pod.Mount(volume="settings", read_only=True),
            pod.Mount(volume="keys", path="/etc/keys", read_only=True),
            pod.Mount(volume="host", path="/host", read_only=True),
        ),
        requests=pod.Resources(cpu=0.5, memory=2.0**28),
        limits=pod.Resources(cpu=1.0, memory=1e9),
        probes=("liveness", "readiness", "startup"),
        prestop="sleep 5",
        data=pod.Data(kind="durable", on="claim"),
        node="node-2",
        lifetime=pod.Lifetime(starts="before-pod", ends="after-pod"),
        replicas=2,
    )
    assert (proxy.role, proxy.native, proxy.assists) == (Role.SIDECAR, True, "app")
    assert setup.role is Role.INIT


def test_volumes_say_what_they_are_and_where_from() -> None:
    found = sheet((HERE / "everything.yaml").read_text(encoding="utf-8"))
    assert [(v.name, v.kind, v.source) for v in found.cluster.pods[0].volumes] == [
        ("logs", "emptyDir", None),
        ("data", "persistentVolumeClaim", "shop-data"),
        ("settings", "configMap", "settings"),
        ("keys", "secret", "keys"),
        ("host", "hostPath", "/var/log"),
    ]


def test_controllers_have_a_pod_without_a_name() -> None:
    found = sheet((HERE / "everything.yaml").read_text(encoding="utf-8"))
    db, report = found.cluster.controllers
    assert (db.path, db.replicas, db.strategy) == ("StatefulSet/db", 2, "RollingUpdate")
    assert db.selector == (("app", "db"),)
    assert [claim.name for claim in db.claims] == ["store", "spare"]
    assert db.pod is not None
    assert (db.pod.path, db.pod.name) == ("StatefulSet/db/pod", "")
    assert db.pod.containers[0].path == "StatefulSet/db/pod/postgres"
    assert (report.kind, report.schedule, report.retries, report.pod) == (
        "CronJob",
        "0 3 * * *",
        3,
        None,
    )


def test_services_and_ingresses_lead_somewhere() -> None:
    found = sheet((HERE / "everything.yaml").read_text(encoding="utf-8"))
    web, db = found.cluster.services
    assert (web.target, web.selector, db.target, db.selector) == (
        "web",
        (),
        None,
        (("app", "db"),),
    )
    assert [(p.port, p.target, p.name) for p in web.ports] == [
        (80, None, None),
        (443, "https", "https"),
    ]
    paths = [(p.path, p.service, p.port) for p in found.cluster.ingresses[0].paths]
    assert paths == [("/", "web", None), ("/s", "web", "https"), ("/db", "db", 5432)]
    assert found.cluster.autoscalers[0].target == "db"


SCENE = """\
pods:
  - {name: web, containers: [{name: app, ports: [80]}, {name: logs, ports: [{port: 9000}]}]}
  - {name: db, containers: [{name: app, ports: [80]}]}
controllers:
  - {kind: Deployment, name: api, pod: {containers: [{name: app}, {name: proxy, ports: [15001]}]}}
  - {kind: Deployment, name: web, pod: {containers: [{name: php}]}}
services: [{name: db}, {name: dot.ted}]
ingresses: [{name: door}]
containers: [{name: stray}]
"""


@pytest.mark.parametrize(
    ("tail", "head", "link"),
    [
        ("web", "db", ("Pod/web", "Service/db", None)),
        ("db", "web", ("Pod/db", "Pod/web", None)),
        ("web", "Pod/db", ("Pod/web", "Pod/db", None)),
        ("Deployment/web", "Pod/db/app", ("Deployment/web", "Pod/db/app", None)),
        ("web/app", "db:5432", ("Pod/web/app", "Service/db", 5432)),
        ("web/php", "api/app:80", ("Deployment/web/pod/php", "Deployment/api/pod/app", 80)),
        ("door", "api", ("Ingress/door", "Deployment/api", None)),
        ("stray", "web/app", ("Container/stray", "Pod/web/app", None)),
        ("web", "dot.ted:1", ("Pod/web", "Service/dot.ted", 1)),
        ("web", "db.example.com:5432", ("Pod/web", "db.example.com:5432", None)),
        ("web", "10.244.1.5", ("Pod/web", "10.244.1.5", None)),
        ("web", "fd00::1", ("Pod/web", "fd00::1", None)),
        ("web", "{address: Internet}", ("Pod/web", "Internet", None)),
        ("{address: db}", "web", ("db", "Pod/web", None)),
        ("web/app", "localhost:9000", ("Pod/web/app", "Pod/web/logs", 9000)),
        ("web/logs", "127.0.0.1:80", ("Pod/web/logs", "Pod/web/app", 80)),
        ("web/app", "localhost:80", ("Pod/web/app", "localhost:80", None)),
        ("web/app", "localhost:5432", ("Pod/web/app", "localhost:5432", None)),
        ("web/app", "localhost", ("Pod/web/app", "localhost", None)),
        (
            "api/app",
            "localhost:15001",
            ("Deployment/api/pod/app", "Deployment/api/pod/proxy", 15001),
        ),
    ],
)
def test_the_ends_of_a_link_are_found(
    tail: str, head: str, link: tuple[str, str, int | None]
) -> None:
    found = cluster(f"{SCENE}links: [{{from: {_quote(tail)}, to: {_quote(head)}, via: x}}]")
    assert found.links == (Link(tail=link[0], head=link[1], port=link[2], via="x"),)


def _quote(words: str) -> str:
    return words if words.startswith("{") else f"'{words}'"


@pytest.mark.parametrize(
    ("lines", "langs", "title"),
    [
        ("title: {ko: 가, en: A}", ("ko", "en"), Text(ko="가", en="A")),
        ("title: {en: A}", ("en",), Text(ko="A", en="A")),
        ("title: {ko: 가}\nlang: en", ("ko",), Text(ko="가", en="가")),
        ("title: A", ("en",), Text.same("A")),
        ("title: 가 A", ("en",), Text.same("가 A")),
        ("title: 가\nlang: en", ("en",), Text.same("가")),
        ("lang: ko", ("ko",), None),
        ("", ("en",), None),
    ],
)
def test_a_sheet_speaks_the_languages_of_its_title(
    lines: str, langs: tuple[str, ...], title: Text | None
) -> None:
    found = sheet(f"podviz: 1\n{lines}\npods: [{{name: a}}]\n")
    assert (found.langs, found.title) == (langs, title)


def test_each_document_is_a_figure() -> None:
    text = "podviz: 1\nname: {}\npods: [{{name: a}}]\n"
    found = reading("---\n".join(text.format(name) for name in ("one", "two", "셋")))
    assert [s.name for s in found.sheets] == ["one", "two", "셋"]
    assert found.findings == ()


def test_a_document_with_a_mistake_takes_no_other_with_it() -> None:
    text = "podviz: 1\nname: {}\npods: [{{name: a, {}}}]\n"
    parts = [text.format("a", "ip: 1.2.3.4"), text.format("b", "io: 1"), "podviz: 1\nname: [\n"]
    parts += [text.format("c", "ip: 10.0.0.1, ip: 10.0.0.2"), text.format("d", "ip: fd00::1")]
    found = reading("---\n".join(parts))
    assert [s.name for s in found.sheets] == ["a", "d"]
    assert [f.code for f in found.findings] == ["POD002", "POD001", "POD005"]


@pytest.mark.parametrize("text", ["", "# nothing\n---\n", "---\n...\n"])
def test_nothing_to_draw_is_an_error_that_names_the_file(text: str) -> None:
    with pytest.raises(InputError, match=r"a\.yaml: nothing to draw"):
        reading(text)


def test_manifests_beside_specs_are_one_figure_after_theirs() -> None:
    manifest = "apiVersion: v1\nkind: {}\nmetadata: {{name: a}}\n"
    spec = "podviz: 1\nname: own\npods: [{name: web}]\n"
    parts = [manifest.format("Service"), spec, manifest.format("ConfigMap")]
    first, second = reading("---\n".join(parts)).sheets
    assert (first.name, first.view, [p.name for p in first.cluster.pods]) == ("own", None, ["web"])
    assert (second.name, second.view) == (None, "cluster")
    assert [thing.path for thing in objects(second.cluster)] == ["Service/a", "ConfigMap/a"]


def test_documents_that_say_a_kind_are_no_specs() -> None:
    for text in ("kind: Pod\n", "apiVersion: v1\n", '[{"kind": "Pod"}]', "- kind: Pod\n- 5\n"):
        assert not any("podviz" in sentence for sentence in told(text)), text
    assert told("pods: [{name: web}]\n")[0].startswith("1:1 POD")


def test_a_document_that_says_podviz_is_a_spec_whatever_else_it_says() -> None:
    assert told("podviz: 1\nkind: Pod\npods: [{name: web}]\n") == [
        "2:1 POD002 unknown field 'kind'"
    ]


def test_a_misspelt_declaration_makes_no_reference_dangle() -> None:
    links = "links: [{from: web, to: db}]\n"
    assert told(f"podviz: 1\npodz: [{{name: web}}, {{name: db}}]\n{links}") == [
        "2:1 POD002 unknown field 'podz' (did you mean 'pods'?)"
    ]
    assert told(f"podviz: 1\npods: [{{name: web}}, {{nmae: db}}]\n{links}") == [
        "2:22 POD002 unknown field 'nmae' (did you mean 'name'?)"
    ]
    assert told(f"podviz: 1\npods: [{{name: web, ipp: x}}]\n{links}") == [
        "2:20 POD002 unknown field 'ipp' (did you mean 'ip'?)",
        "3:25 POD007 'to' refers to 'db', which does not exist",
    ]


def test_a_service_may_select_labels_that_nothing_bears() -> None:
    assert cluster("services: [{name: a, selects: {app: x}}]").services[0].selector == (
        ("app", "x"),
    )


def test_without_nodes_a_pod_may_run_anywhere() -> None:
    assert cluster("pods: [{name: a, node: n}]").pods[0].node == "n"
    assert told("podviz: 1\nnodes: [m]\npods: [{name: a, node: n}]\n") == [
        "3:24 POD007 'node' refers to 'n', which does not exist"
    ]


def test_each_of_many_mistakes_is_told() -> None:
    names = [f"service-{i}" for i in range(300)]
    text = "podviz: 1\nservices:\n" + "".join(f"- {{name: {name}}}\n" for name in names)
    text += "links:\n" + "".join(f"- {{from: {name}, to: {name}x}}\n" for name in names)
    assert len(told(text)) == 300


@pytest.mark.skipif(not BAD.exists(), reason="the hostile files lie beside the repository")
def test_hostile_files_are_read_or_told_and_never_crash(tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    subprocess.run([sys.executable, str(BAD), str(folder)], check=True, capture_output=True)
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    assert len(files) > 25
    for path in files:
        if path.name.startswith(("01", "02")):
            with pytest.raises(InputError, match=path.name):
                read(path.read_bytes(), path.name)
        else:
            found = read(path.read_bytes(), path.name)
            assert found.sheets or found.findings, path.name
    assert not list(Path("/tmp").glob("podviz-bad-pwned*"))
