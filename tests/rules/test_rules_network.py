"""Ports and localhost, and where the rules stay silent."""

import pytest
from judged import deployment, told


@pytest.mark.parametrize(
    "spec",
    [
        "containers: [{name: a, image: i, ports: [{containerPort: 53, protocol: UDP}]},"
        " {name: b, image: i, ports: [{containerPort: 53}]}]",
        "initContainers: [{name: a, image: i, ports: [{containerPort: 80}]}],"
        " containers: [{name: b, image: i, ports: [{containerPort: 80}]}]",
        "initContainers: [{name: a, image: i, ports: [{containerPort: 80}]},"
        " {name: b, image: i, ports: [{containerPort: 80}]}], containers: [{name: c, image: i}]",
        "initContainers: [{name: a, image: i, ports: [{containerPort: 80}]},"
        " {name: b, image: i, restartPolicy: Always, ports: [{containerPort: 80}]}],"
        " containers: [{name: c, image: i}]",
        "containers: [{name: a, image: i, ports: [{containerPort: 80}, {containerPort: 80}]}]",
    ],
    ids=["protocols", "init and app", "two inits", "an init before a native", "one container"],
)
def test_ports_that_do_not_clash(spec: str) -> None:
    assert told(deployment(spec), "POD201") == []


def test_probes_find_names_in_their_own_container() -> None:
    spec = (
        "containers: [{name: a, image: i, ports: [{containerPort: 80, name: web}],"
        " livenessProbe: {httpGet: {port: health}}},"
        " {name: b, image: i, ports: [{containerPort: 81, name: health}]}]"
    )
    assert told(deployment(spec), "POD202") == []


def test_a_service_that_asks_for_the_name_makes_it_a_warning() -> None:
    spec = (
        "containers: [{name: a, image: i, ports: [{containerPort: 80, name: web}]},"
        " {name: b, image: i, ports: [{containerPort: 81, name: web}]}]"
    )
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
        "spec: {selector: {app: a}, ports: [{port: 80, targetPort: web}]}\n"
    )
    assert told(deployment(spec), "POD202") == ["POD202 info"]
    assert told(deployment(spec) + service, "POD202") == ["POD202 warning"]


AGENT = "containers: [{name: a, image: i, ports: [{containerPort: 80, hostPort: 90}]}]"


def test_an_agent_of_the_node_may_have_a_host_port() -> None:
    assert told(deployment(AGENT, kind="DaemonSet"), "POD203", "POD204") == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", ["POD204 warning"]),
        ("nodeSelector: {gpu: yes}, ", []),
        ("affinity: {nodeAffinity: {}}, ", []),
    ],
)
def test_two_agents_on_the_same_nodes(more: str, expected: list[str]) -> None:
    one = deployment(AGENT, kind="DaemonSet")
    other = deployment(more + AGENT, name="b", kind="DaemonSet")
    assert told(f"{one}---\n{other}", "POD204") == expected


def test_host_ports_of_deployments_are_not_compared() -> None:
    one, other = deployment(AGENT), deployment(AGENT, name="b")
    assert told(f"{one}---\n{other}", "POD204") == []


TWO_PODS = """\
podviz: 1
nodes: [n1, n2]
pods:
  - {name: a, node: n1, containers: [{name: a, image: i, ports: [{port: 80, host: 90}]}]}
  - {name: b, node: %s, containers: [{name: b, image: i, ports: [{port: 80, host: 90}]}]}
"""


def test_two_pods_of_a_spec_on_one_node() -> None:
    assert told(TWO_PODS % "n1", "POD204") == ["POD204 warning"]
    assert told(TWO_PODS % "n2", "POD204") == []


OTHER = deployment("containers: [{name: b, image: i, ports: [{containerPort: 9000}]}]", name="b")
CALL = (
    "containers: [{name: a, image: i, %s, env: [{name: API, value: 'http://localhost:9000'}]}%s]%s"
)
OWN = "ports: [{containerPort: 80}]"


@pytest.mark.parametrize(
    ("ports", "beside", "more", "expected"),
    [
        (OWN, "", "", ["POD205 warning"]),
        ("tty: false", "", "", []),
        ("ports: [{containerPort: 9000}]", "", "", []),
        (OWN, ", {name: c, image: i, ports: [{containerPort: 9000}]}", "", []),
        (OWN, ", {name: c, image: i}", "", []),
        (OWN, "", ", hostNetwork: true", []),
    ],
)
def test_localhost_of_another_pod(ports: str, beside: str, more: str, expected: list[str]) -> None:
    text = deployment(CALL % (ports, beside, more))
    assert told(f"{text}---\n{OTHER}", "POD205") == expected


def test_localhost_that_nobody_declares_is_not_judged() -> None:
    assert told(deployment(CALL % (OWN, "", "")), "POD205") == []


def test_where_a_program_listens_it_does_not_call() -> None:
    listens = (
        "containers: [{name: a, image: i, ports: [{containerPort: 80}],"
        " args: [--listen-address=127.0.0.1:9000, --metrics-bind-address, 'localhost:9000']}]"
    )
    assert told(f"{deployment(listens)}---\n{OTHER}", "POD205") == []
