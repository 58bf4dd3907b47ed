"""Every rule that says "own" can be shown by a spec."""

import pytest
from judged import told

POD = "podviz: 1\npods: [{name: p, containers: [%s]}]\n"

SPECS = {
    "POD101": POD % "{name: a, image: x/a, role: main}, {name: b, image: x/b, role: main}",
    "POD103": POD % "{name: a, image: x/a, role: sidecar}",
    "POD104": POD % "{name: a, image: x/a}, {name: b, image: x/a}",
    "POD105": """\
        podviz: 1
        pods:
          - name: p
            containers:
              - {name: a, image: x/a, role: main, ports: [80]}
              - {name: b, image: x/b, role: sidecar, ports: [81]}
        services: [{name: s, selects: p, ports: [81]}]
        """,
    "POD201": POD % "{name: a, ports: [80]}, {name: b, role: sidecar, ports: [80]}",
    "POD202": POD % "{name: a, ports: [{port: 80, name: x}, {port: 81, name: x}]}",
    "POD203": POD % "{name: a, ports: [{port: 80, host: 80}, {port: 81, host: 80}]}",
    "POD204": """\
        podviz: 1
        nodes: [n]
        controllers:
          - kind: Deployment
            name: d
            replicas: 2
            pod: {containers: [{name: a, ports: [{port: 80, host: 80}]}]}
        """,
    "POD205": POD % "{name: a}" + 'links: [{from: p/a, to: "localhost:5432"}]\n',
    "POD301": POD % "{name: a, lifetime: {ends: after-pod}}",
    "POD302": """\
        podviz: 1
        controllers:
          - {kind: Job, name: j, pod: {containers: [{name: a}, {name: b, role: sidecar}]}}
        """,
    "POD401": POD % "{name: a, node: n}, {name: b, role: sidecar, node: m}",
    "POD402": """\
        podviz: 1
        nodes: [n]
        controllers: [{kind: Deployment, name: d, pod: {node: n, containers: [{name: a}]}}]
        """,
    "POD403": "nodes: [{name: n, capacity: {cpu: 1}}]\n",
    "POD501": POD % "{name: a, data: {kind: durable, on: container}}",
    "POD502": POD % "{name: a, data: {kind: durable, on: emptyDir}}",
    "POD503": POD % "{name: a, data: {kind: durable, on: hostPath}}",
    "POD504": """\
        podviz: 1
        claims: [d]
        controllers:
          - kind: Deployment
            name: d
            replicas: 2
            pod: {volumes: [{name: v, kind: claim, from: d}], containers: [{name: a, mounts: [v]}]}
        """,
    "POD505": """\
        podviz: 1
        claims: [d]
        controllers:
          - kind: Deployment
            name: d
            strategy: RollingUpdate
            pod: {volumes: [{name: v, kind: claim, from: d}], containers: [{name: a, mounts: [v]}]}
        """,
    "POD511": """\
        podviz: 1
        pods: [{name: p, ip: 10.0.1.5, containers: [{name: a}]}, {name: q, containers: [{name: a}]}]
        links: [{from: q, to: 10.0.1.5}]
        """,
    "POD512": POD % "{name: a, env: {API: api-7d9f8b6c54-x2k4q}}",
    "POD601": "podviz: 1\npods: [{name: p, bare: true, containers: [{name: a}]}]\n",
    "POD602": """\
        podviz: 1
        controllers: [{kind: ReplicaSet, name: r, pod: {containers: [{name: a}]}}]
        """,
    "POD604": POD % "{name: a}" + "services: [{name: s, selects: {app: x}}]\n",
    "POD608": POD % "{name: a, ports: [80]}"
    + "services: [{name: s, selects: p, ports: [{port: 80, target: http}]}]\n",
    "POD609": "podviz: 1\ncontainers: [{name: a}]\n",
    "POD610": POD % "{name: a, replicas: 3}",
    "POD701": "podviz: 1\npods: [{name: p, grace: 0, containers: [{name: a}]}]\n",
    "POD702": POD % "{name: a, prestop: sleep 60}",
    "POD704": POD % "{name: a, command: sleep infinity}",
    "POD705": "podviz: 1\npods: [{name: p, permanent: true, containers: [{name: a}]}]\n",
}
SPECS["POD403"] = POD % "{name: a, requests: {cpu: 2}}" + SPECS["POD403"]


@pytest.mark.parametrize("code", SPECS)
def test_a_spec_shows_the_flaw_and_no_other(code: str) -> None:
    found = told(SPECS[code])
    assert [each.split()[0] for each in found] == [code]


def test_a_link_within_a_pod_shows_that_two_belong_together() -> None:
    two = POD % "{name: a, ports: [80]}, {name: b, ports: [81]}"
    assert told(two) == ["POD101 warning"]
    assert told(two + 'links: [{from: p/a, to: "localhost:81"}]\n') == []
