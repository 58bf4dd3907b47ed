"""Operations, which are asked for, and where they stay silent."""

import pytest
from judged import deployment, told

ONE = "containers: [{name: c, image: 'x/c:1'%s}]"
PORTS = ", ports: [{containerPort: 80}]"
HPA = (
    "---\napiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\n"
    "spec: {scaleTargetRef: {kind: Deployment, name: a}, minReplicas: %d, maxReplicas: 5}\n"
)


def service(port: str) -> str:
    return (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
        f"spec: {{selector: {{app: a}}, ports: [{{port: 80{port}}}]}}\n"
    )


@pytest.mark.parametrize(
    ("more", "spec", "after", "expected"),
    [
        ("", ONE % PORTS, "", ["POD711 info"]),
        ("", ONE % "", "", ["POD711 info"]),
        ("", ONE % "", service(""), ["POD711 info"]),
        ("  replicas: 2\n", ONE % PORTS, "", []),
        ("", ONE % PORTS, HPA % 2, []),
        ("  replicas: 3\n", ONE % PORTS, HPA % 1, ["POD711 info"]),
    ],
)
def test_who_is_alone(more: str, spec: str, after: str, expected: list[str]) -> None:
    assert told(deployment(spec, more=more) + after, "POD711") == expected


def test_a_budget_is_for_several_pods() -> None:
    assert told(deployment(ONE % ""), "POD712") == []
    assert told(deployment(ONE % "", more="  replicas: 2\n"), "POD712") == ["POD712 info"]
    assert told(deployment(ONE % "", kind="DaemonSet"), "POD711", "POD712") == []


@pytest.mark.parametrize(
    ("spec", "port", "expected"),
    [
        (ONE % "", "", ["POD713 info"]),
        (ONE % PORTS, ", targetPort: 80", ["POD713 info"]),
        (ONE % ", readinessProbe: {exec: {command: [a]}}", "", []),
        (ONE % PORTS, ", targetPort: web", []),
        ("containers: [{name: c, image: i}, {name: d, image: k}]", "", []),
    ],
)
def test_who_gets_traffic(spec: str, port: str, expected: list[str]) -> None:
    assert told(deployment(spec) + service(port), "POD713") == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("[sh, -c, 'a; b']", ["POD714 info"]),
        ("[/bin/bash, -ec, 'cd /x && b']", ["POD714 info"]),
        ("[sh, -c, 'a; exec b']", []),
        ("[sh, -c, 'trap x TERM; a']", []),
        ("[sh, -c, b]", []),
        ("[tini, --, sh, -c, 'a; b']", []),
        ("[python, -c, 'a; b']", []),
    ],
)
def test_shells_that_stay(command: str, expected: list[str]) -> None:
    assert told(deployment(ONE % f", command: {command}"), "POD714") == expected


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("nginx", 1),
        ("nginx:latest", 1),
        ("r:5000/nginx", 1),
        ("nginx:main", 1),
        ("nginx:1", 0),
        ("nginx@sha256:0", 0),
        ("nginx:latest@sha256:0", 0),
        ("${IMAGE}", 0),
        ("nginx:1-alpine", 0),
        ("rabbitmq", 1),
        ("reverse-grpc", 0),
        ("reverse-grpc:dev", 1),
        ("team/reverse-grpc", 1),
    ],
)
def test_tags_that_move(image: str, expected: int) -> None:
    assert (
        len(told(deployment(f"containers: [{{name: c, image: '{image}'}}]"), "POD801")) == expected
    )


def test_a_limit_counts_as_a_request() -> None:
    limited = ONE % ", resources: {limits: {memory: 1Gi}}"
    assert told(deployment(limited), "POD802") == []
    assert told(deployment(f"initContainers: [{{name: i, image: k}}], {limited}"), "POD802") == []


def test_each_namespace_of_the_node_is_told() -> None:
    spec = f"hostPID: true, hostIPC: true, hostNetwork: true, {ONE % ''}"
    assert told(deployment(spec), "POD804") == ["POD804 warning"] * 3


def test_a_spec_says_nothing_of_concurrency() -> None:
    spec = "podviz: 1\ncontrollers: [{kind: CronJob, name: j, pod: {containers: [{name: c}]}}]\n"
    assert told(spec, "POD806") == []
    assert told(spec, "POD807") == ["POD807 info"]
