"""What Kubernetes would refuse, and what leads nowhere, is told at its place with a way out."""

import pytest

from podviz.finding import Finding
from podviz.reader import read

POD = "pods: [{name: p, containers: [{name: a, ports: [80]}, {name: b, ports: [90]}]}]\n"


def findings(text: str) -> tuple[Finding, ...]:
    return read(f"podviz: 1\n{text}".encode(), "a.yaml").findings


def told(text: str) -> list[str]:
    """Each finding as the stretch of the file that it points at, its code and its message."""
    lines = f"podviz: 1\n{text}".splitlines()
    return [
        f"{lines[f.place.line - 1][f.place.column - 1 : f.place.end - 1]} {f.code} {f.message.en}"
        for f in findings(text)
    ]


def only(text: str) -> Finding:
    (found,) = findings(text)
    return found


# ── given twice ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ("[80, 80]", ["80 POD006 port '80' is declared twice"]),
        ("[80, {port: 80, name: b}]", ["80 POD006 port '80' is declared twice"]),
        ("[{port: 80, protocol: TCP}, 80]", ["80 POD006 port '80' is declared twice"]),
        (
            "[{port: 53, protocol: UDP}, {port: 53, protocol: UDP}]",
            ["53 POD006 port '53/UDP' is declared twice"],
        ),
        ("[53, {port: 53, protocol: UDP}]", []),
        ("[80, 81]", []),
    ],
)
@pytest.mark.parametrize(
    "holder",
    [
        "services: [{{name: s, ports: {}}}]",
        "pods: [{{name: p, containers: [{{name: a, ports: {}}}]}}]",
        "controllers: [{{kind: Job, name: j, pod: {{containers: [{{name: a, ports: {}}}]}}}}]",
        "containers: [{{name: a, ports: {}}}]",
    ],
)
def test_a_port_is_given_once_for_each_protocol(
    holder: str, ports: str, expected: list[str]
) -> None:
    assert told(holder.format(ports)) == expected


def test_the_first_of_two_ports_is_shown_too() -> None:
    found = only("services: [{name: s, ports: [80, 443, 80]}]")
    assert (found.place.column, [p.column for p in found.related]) == (39, [30])


def test_containers_of_a_pod_may_share_a_port_number() -> None:
    """It is a flaw of the design, which a figure may show, and not of the spec."""
    assert (
        told("pods: [{name: p, containers: [{name: a, ports: [1]}, {name: b, ports: [1]}]}]") == []
    )


@pytest.mark.parametrize(
    ("mounts", "expected"),
    [
        ("[v:/a, w:/a]", ["w:/a POD006 mount '/a' is declared twice"]),
        ("[v, v:ro]", ["v:ro POD006 mount 'v' is declared twice"]),
        ("[v:/a, {volume: v, path: /b}]", []),
        ("[v, w]", []),
    ],
)
def test_a_path_is_mounted_once(mounts: str, expected: list[str]) -> None:
    scene = f"pods: [{{name: p, volumes: [v, w], containers: [{{name: a, mounts: {mounts}}}]}}]"
    assert told(scene) == expected


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        ("pods: [{name: a, ip: 10.0.0.1}, {name: b, ip: 10.0.0.1}]", ["10.0.0.1 POD006"]),
        ("nodes: [{name: a, ip: fd00::1}, {name: b, ip: fd00::1}]", ["fd00::1 POD006"]),
        ("pods: [{name: a, ip: 10.0.0.1}, {name: b, ip: 10.0.0.1, status: Dead}]", []),
        ("services: [{name: a, ip: None}, {name: b, ip: None}]", []),
        (
            "nodes: [{name: n, ip: fd00::1}]\n"
            "pods: [{name: a, ip: fd00::1}, {name: b, ip: fd00::1}]",
            [],
        ),
    ],
)
def test_an_address_belongs_to_one(scene: str, expected: list[str]) -> None:
    assert [" ".join(line.split()[:2]) for line in told(scene)] == expected


def test_what_an_alias_repeats_is_told() -> None:
    assert told("pods: [&a {name: x}, *a]") == ["x POD006 Pod 'x' is declared twice"]
    assert only("pods: [&a {name: x}, *a]").related == ()


# ── links ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tail", "head", "message"),
    [
        ("p", "p", "the link leads from 'p' to itself"),
        ("p/a", "p/a", "the link leads from 'p/a' to itself"),
        ("p", "p/a", "'p/a' is inside 'p', so that nothing goes from one to the other"),
        ("p/a", "p", "'p/a' is inside 'p', so that nothing goes from one to the other"),
        ("p/a", "p:80", "'p/a' is inside 'p', so that nothing goes from one to the other"),
        ("p", "localhost:90", "'p/b' is inside 'p', so that nothing goes from one to the other"),
        ("Pod/p", "p/b", "'p/b' is inside 'p', so that nothing goes from one to the other"),
        ("d", "d/c", "'d/c' is inside 'd', so that nothing goes from one to the other"),
        ("s", "s", "the link leads from 's' to itself"),
        ("{address: x}", "{address: x}", "the link leads from 'x' to itself"),
    ],
)
def test_a_link_to_itself_is_an_error(tail: str, head: str, message: str) -> None:
    scene = f"{POD}services: [{{name: s}}]\ncontrollers: [{{kind: Job, name: d, pod: "
    scene += f"{{containers: [{{name: c}}]}}}}]\nlinks: [{{from: {tail}, to: {head}}}]"
    assert told(scene) == [f"{head} POD008 {message}"]


def test_a_link_inside_a_pod_is_to_run_between_its_containers() -> None:
    help = only(f"{POD}links: [{{from: p, to: p/a}}]").help
    assert help is not None
    assert help.en.endswith("over localhost: from: p/a, to: p/b")
    assert told(f"{POD}links: [{{from: p/a, to: p/b}}, {{from: p/b, to: 'localhost:80'}}]") == []


def test_an_address_may_begin_like_another() -> None:
    assert told(f"{POD}links: [{{from: {{address: x}}, to: {{address: x/y}}}}]") == []


def test_a_link_and_a_path_end_at_ports_that_the_service_has() -> None:
    scene = (
        "services: [{name: s, ports: [80, {port: 443, name: https}]}, {name: t}]\n"
        "ingresses: [{name: i, paths: {/a: 's:81', /b: 's:http', /c: 's:https', /d: 's:80', "
        "/e: {service: s, port: 8080}, /f: {service: s, port: 443}, /g: 't:1', /h: s}}]\n"
        f"{POD}links: [{{from: p, to: 's:82'}}, {{from: p, to: 's:443'}}, {{from: p, to: 't:9'}}]"
    )
    assert told(scene) == [
        "'s:81' POD007 Service 's' has no port 81",
        "'s:http' POD007 Service 's' has no port http",
        "8080 POD007 Service 's' has no port 8080",
        "'s:82' POD007 Service 's' has no port 82",
    ]
    help = findings(scene)[0].help
    assert help is not None
    assert help.en == "it has 80, 443, https"


def test_a_port_that_is_wrong_itself_closes_no_other() -> None:
    scene = "services: [{name: s, ports: ['80']}]\ningresses: [{name: i, paths: {/: 's:80'}}]"
    assert [f.code for f in findings(scene)] == ["POD004"]


# ── kinds ───────────────────────────────────────────────────────────────────────────────────

FIELDS = {
    "replicas: 2": {"Deployment", "ReplicaSet", "StatefulSet", "Job"},
    "schedule: '@daily'": {"CronJob"},
    "strategy: RollingUpdate": {"Deployment", "StatefulSet", "DaemonSet"},
    "strategy: Recreate": {"Deployment"},
    "strategy: OnDelete": {"StatefulSet", "DaemonSet"},
    "retries: 3": {"Job", "CronJob"},
    "claims: [c]": {"StatefulSet"},
}
KINDS = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_controller_has_the_fields_of_its_kind(kind: str, field: str) -> None:
    found = told(f"controllers: [{{kind: {kind}, name: x, {field}}}]")
    assert len(found) == (kind not in FIELDS[field])


def test_the_kinds_that_have_a_field_are_named() -> None:
    found = only("controllers: [{kind: Deployment, name: x, claims: [c]}]")
    assert found.message.en == "a Deployment has no 'claims'"
    assert found.help is not None
    assert found.help.en == "these have 'claims': StatefulSet"
    assert told("controllers: [{kind: DaemonSet, name: x, strategy: Recreate}]") == [
        "Recreate POD008 strategy of a DaemonSet must be one of RollingUpdate, OnDelete, "
        "not 'Recreate'"
    ]


def test_a_field_that_is_wrong_in_two_ways_is_told_once() -> None:
    assert len(findings("controllers: [{kind: DaemonSet, name: x, schedule: }]")) == 1
    assert len(findings("controllers: [{kind: Deployment, name: x, strategy: rolling}]")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_autoscaler_scales_what_has_a_scale(kind: str) -> None:
    scene = f"controllers: [{{kind: {kind}, name: x}}]\nautoscalers: [{{name: a, target: x}}]"
    good = kind in ("Deployment", "ReplicaSet", "StatefulSet")
    message = "target must be one of Deployment, ReplicaSet, StatefulSet; 'x' is a"
    assert told(scene) == ([] if good else [f"x POD008 {message} {kind}"])


def test_the_bounds_of_an_autoscaler_are_told_with_its_other_mistakes() -> None:
    scene = "controllers: [{kind: Deployment, name: x}]\n"
    assert told(f"{scene}autoscalers: [{{name: a, target: x, min: 3, max: 2, cpu: 0}}]") == [
        "3 POD008 min must be at most max, which is 2, not 3",
        "0 POD008 cpu must be at least 1, not 0",
    ]
    assert told(f"{scene}autoscalers: [{{name: a, target: x, min: 2, max: 2}}]") == []


# ── Services, volumes, containers ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("type: ExternalName, selects: p", ["selects"]),
        ("type: ExternalName, selects: {a: b}", ["selects"]),
        ("type: ExternalName, ip: 10.0.0.9", ["ip"]),
        ("type: ExternalName", []),
        ("type: NodePort, ip: None", ["None"]),
        ("type: LoadBalancer, ip: None", ["None"]),
        ("type: ClusterIP, ip: None, selects: p", []),
    ],
)
def test_a_service_has_what_its_type_allows(service: str, expected: list[str]) -> None:
    found = told(f"{POD}services: [{{name: s, {service}}}]")
    assert [line.split()[:2] for line in found] == [[word, "POD008"] for word in expected]


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ("from: shop", ["from"]),
        ("kind: emptyDir, from: shop", ["from"]),
        ("kind: claim, from: shop", []),
        ("kind: hostPath, from: /var", []),
        ("kind: nonsense, from: shop", ["nonsense"]),
    ],
)
def test_an_empty_dir_comes_from_nowhere(volume: str, expected: list[str]) -> None:
    found = told(f"pods: [{{name: p, volumes: [{{name: v, {volume}}}]}}]")
    assert [line.split()[0] for line in found] == expected


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ("native: true, role: init", ["init"]),
        ("native: true, role: main", ["main"]),
        ("native: true, role: sidecar", []),
        ("native: false, role: init", []),
        ("assists: a", ["a"]),
        ("requests: {cpu: 2, memory: 1Gi}, limits: {cpu: 500m, memory: 1Gi}", ["2"]),
        ("requests: {memory: 2Gi}, limits: {memory: 1G, cpu: 1}", ["2Gi"]),
        ("requests: {cpu: 1}, limits: {memory: 1}", []),
        ("requests: {cpu: x}, limits: {cpu: 1}", ["x"]),
    ],
)
def test_a_container_is_possible(container: str, expected: list[str]) -> None:
    found = told(f"pods: [{{name: p, containers: [{{name: a, {container}}}, {{name: b}}]}}]")
    assert [line.split()[0] for line in found] == expected
    loose = told(f"containers: [{{name: a, {container}}}]")
    assert [line.split()[0] for line in loose] == expected


def test_a_loose_container_has_no_volumes() -> None:
    assert told("containers: [{name: a, mounts: [logs]}, {name: b, assists: c}]") == [
        "logs POD007 'mounts' refers to 'logs', which does not exist",
        "c POD007 'assists' refers to 'c', which does not exist",
    ]
    assert told("containers: [{name: a}, {name: b, assists: a}]") == []


def test_an_ingress_answers_to_a_name() -> None:
    assert told("ingresses: [{name: i, host: 10.0.0.1}]") == [
        "10.0.0.1 POD008 host must be a name such as shop.example.com, no IP address, "
        "not '10.0.0.1'"
    ]
    assert told("ingresses: [{name: i, host: '*.example.com'}]") == []


def test_a_detail_is_shown_or_hidden() -> None:
    scene = "pods: [{name: p}]\nshow: [ip, labels]\nhide: [image, ip]"
    assert told(scene) == ["ip POD008 'ip' stands in show and in hide"]


def test_a_figure_among_the_specs_is_told_in_one_sentence() -> None:
    figure = '{"podviz": 1, "name": "", "summary": "", "width": 1, "height": 1, "boxes": []}'
    found = read(figure.encode(), "a.json").findings
    assert [f.message.en for f in found] == ["this is a figure of podviz, not a spec"]


def test_everything_is_told_at_once_and_in_both_languages() -> None:
    scene = (
        f"{POD}controllers: [{{kind: DaemonSet, name: d, replicas: 2}}]\n"
        "services: [{name: s, ports: [80, 80], type: ExternalName, selects: p, ip: 999.1.1.1}]\n"
        "autoscalers: [{name: h, target: d, min: 3, max: 2}]\n"
        "ingresses: [{name: i, paths: {/: 's:81'}}]\n"
        "links: [{from: p, to: p}]\nlang: de\n"
    )
    found = findings(scene)
    assert [f.place.line for f in found] == [3, 4, 4, 4, 4, 5, 5, 6, 7, 8]
    assert all(f.message.ko != f.message.en for f in found)
