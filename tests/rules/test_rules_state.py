"""Data, claims and addresses, and where the rules stay silent."""

import pytest
from judged import deployment, told

STATE = ("POD501", "POD502", "POD503")
EMPTY = "volumes: [{name: d, emptyDir: {}}]"
HOST = "volumes: [{name: d, hostPath: {path: /srv}}]"


def at(image: str, path: str, more: str = "") -> str:
    mount = f"{{name: d, mountPath: {path}{more}}}"
    return f"containers: [{{name: c, image: '{image}', volumeMounts: [{mount}]}}]"


@pytest.mark.parametrize(
    "spec",
    [
        "containers: [{name: c, image: 'prometheuscommunity/postgres-exporter:v0.15'}]",
        "containers: [{name: c, image: 'percona/percona-xtradb-cluster-operator:1'}]",
        "containers: [{name: c, image: 'postgres:16', command: [psql, -c, select]}]",
        "containers: [{name: c, image: 'mysql:8', command: [sleep, '3600']}]",
        "containers: [{name: c, image: 'mysql:8', command: [/bin/bash, -c, 'mysqldump a']}]",
        "containers: [{name: c, image: 'redis:7'}]",
        "containers: [{name: c, image: 'acme/mysql-client-app:1'}]",
        f"{at('postgres:16', '/var/lib/postgresql/data')}, "
        "volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]",
        f"{at('postgres:16', '/var/lib/postgresql')}, volumes: [{{name: d,"
        f" nfs: {{server: n, path: /}}}}]",
        f"{at('postgres:16', '/backup')}, volumes: [{{name: d,"
        f" persistentVolumeClaim: {{claimName: d}}}}]",
        f"{at('postgres:16', '/elsewhere')}",
        f"{at('nginx:1', '/data')}, {EMPTY}",
        f"{at('mysql:8', '/var/lib/mysql', ', readOnly: true')}, {HOST}",
        f"{at('wordpress:6', '/etc/apache2')}, {EMPTY}",
    ],
)
def test_what_keeps_its_data_or_has_none(spec: str) -> None:
    assert told(deployment(spec), *STATE) == []


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("containers: [{name: c, image: 'bitnami/postgresql:16'}]", "POD501 warning"),
        (
            "containers: [{name: c, image: 'postgres:16', command: [bash, -c, 'setup;"
            " exec docker-entrypoint.sh postgres']}]",
            "POD501 warning",
        ),
        (f"{at('postgres:16', '/tmp')}, {EMPTY}", "POD501 warning"),
        (f"{at('mongo:7', '/data')}, {EMPTY}", "POD502 warning"),
        (f"{at('acme/db:1', '/var/lib/mysql')}, {EMPTY}", "POD502 warning"),
        (f"{at('redis:7', '/data')}, {EMPTY}", "POD502 info"),
        (
            f"{at('mysql:8', '/var/lib/mysql')}, volumes: [{{name: d,"
            f" emptyDir: {{medium: Memory}}}}]",
            "POD502 info",
        ),
        (f"{at('jenkins/jenkins:lts', '/var/jenkins_home')}, {EMPTY}", "POD502 warning"),
        (f"{at('mysql:8', '/var/lib/mysql')}, {HOST}", "POD503 warning"),
    ],
)
def test_data_that_goes_with_the_pod(spec: str, expected: str) -> None:
    assert told(deployment(spec), *STATE) == [expected]


def test_a_claim_template_is_known_by_name() -> None:
    claims = (
        "  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce]}}]\n"
    )
    text = deployment(at("mysql:8", "/var/lib/mysql"), kind="StatefulSet", more=claims)
    assert told(text, *STATE) == []


def test_jobs_and_tests_and_agents_are_left_alone() -> None:
    job = (
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec:"
        " {restartPolicy: Never, containers: [{name: c, image: 'mysql:8'}]}}}\n"
    )
    test = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n"
        "spec: {containers: [{name: c, image: 'mysql:8'}]}\n"
    )
    agent = deployment(f"{at('mysql:8', '/var/lib/mysql')}, {HOST}", kind="DaemonSet")
    assert told(job, *STATE) == told(test, *STATE) == told(agent, *STATE) == []


def test_content_that_two_containers_share_is_code() -> None:
    spec = (
        "containers: [{name: c, image: 'wordpress:fpm', volumeMounts: [{name: d,"
        " mountPath: /var/www/html}]},"
        " {name: n, image: 'nginx:1', volumeMounts: [{name: d, mountPath: /var/www/html}]}], "
    )
    assert told(deployment(spec + EMPTY), *STATE) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("{kind: durable, on: container}", ["POD501 error"]),
        ("{kind: durable, on: emptyDir}", ["POD502 error"]),
        ("{kind: durable, on: hostPath}", ["POD503 error"]),
        ("{kind: durable}", ["POD501 error"]),
        ("{kind: durable, on: claim}", []),
        ("{kind: cache, on: emptyDir}", []),
        ("{kind: scratch}", []),
    ],
)
def test_a_spec_says_what_is_durable(data: str, expected: list[str]) -> None:
    spec = (
        f"podviz: 1\npods: [{{name: p, containers: [{{name: c, image: 'mysql:8',"
        f" data: {data}}}]}}]\n"
    )
    assert told(spec, *STATE) == expected


def test_a_spec_need_not_draw_every_volume() -> None:
    assert (
        told("podviz: 1\npods: [{name: p, containers: [{name: c, image: 'mysql:8'}]}]\n", *STATE)
        == []
    )


def test_where_durable_data_lie_may_follow_from_the_mounts() -> None:
    spec = """\
        podviz: 1
        pods:
          - name: p
            volumes: [{name: v, kind: %s}]
            containers: [{name: c, mounts: ["v:/x"], data: {kind: durable}}]
        """
    assert told(spec % "emptyDir", *STATE) == ["POD502 error"]
    assert told(spec % "claim", *STATE) == []


# ── claims ──────────────────────────────────────────────────────────────────────────────────

CLAIM = (
    "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d}\n"
    "spec: {accessModes: [%s]}\n"
)
MOUNTS = (
    "containers: [{name: c, image: i}], volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]"
)


@pytest.mark.parametrize(
    ("kind", "more", "mode", "expected"),
    [
        ("Deployment", "  replicas: 2\n", "ReadWriteOnce", ["POD504 warning"]),
        ("Deployment", "  replicas: 2\n", "ReadWriteMany", []),
        ("DaemonSet", "", "ReadWriteOnce", ["POD504 warning"]),
        ("Deployment", "", "ReadWriteOnce", ["POD505 warning"]),
        ("Deployment", "  replicas: 0\n", "ReadWriteOnce", []),
        ("Deployment", "  strategy: {type: Recreate}\n", "ReadWriteOnce", []),
        ("Deployment", "  strategy: {rollingUpdate: {maxSurge: 0}}\n", "ReadWriteOnce", []),
        ("Deployment", "  strategy: {rollingUpdate: {maxSurge: '0%'}}\n", "ReadWriteOnce", []),
        ("StatefulSet", "", "ReadWriteOnce", []),
    ],
)
def test_claims_of_one_writer(kind: str, more: str, mode: str, expected: list[str]) -> None:
    text = deployment(MOUNTS, kind=kind, more=more)
    assert told(text + CLAIM % mode, "POD504", "POD505") == expected
    assert told(text, "POD504", "POD505") == []


# ── addresses ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "value",
    [
        *("10.244.0.0/16", "v10.244.2.7", "10.244.2.7-10.244.2.99", "0.0.0.0:80", "127.0.0.1"),
        *("169.254.169.254", "192.168.1.9", "10.0.0.5", "1.10.244.2.7", "db-0.db", "10.244.2"),
        *("--pod-cidr=10.244.0.0", "# 10.244.1.1", "10.244.2.777", "app-10.244.1.1-x"),
    ],
)
def test_texts_that_name_no_pod(value: str) -> None:
    spec = f"containers: [{{name: c, image: i, env: [{{name: A, value: '{value}'}}]}}]"
    assert told(deployment(spec), "POD511") == []


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy", "POD_CIDR", "APP_VERSION", "ALLOWED_IPS"])
def test_names_that_tell_of_ranges(name: str) -> None:
    spec = f"containers: [{{name: c, image: i, env: [{{name: {name}, value: 10.244.1.1}}]}}]"
    assert told(deployment(spec), "POD511") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.244.2.7", "POD511 warning"),
        ("http://10.42.0.9:80/x", "POD511 warning"),
        ("a,10.244.1.1,b", "POD511 warning"),
        ("10-244-1-5.default.pod.cluster.local", "POD511 warning"),
        ("10.96.0.12", "POD511 info"),
    ],
)
def test_texts_that_name_a_pod(value: str, expected: str) -> None:
    spec = f"containers: [{{name: c, image: i, args: ['--api={value}']}}]"
    assert told(deployment(spec), "POD511") == [expected]


def test_a_pinned_address_of_a_service_is_meant() -> None:
    spec = "containers: [{name: c, image: i, args: ['--api=10.96.0.12']}]"
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {clusterIP: 10.96.0.12}\n"
    )
    assert told(deployment(spec) + service, "POD511") == []


def test_the_address_of_a_known_pod_is_an_error_but_not_its_nodes() -> None:
    spec = "containers: [{name: c, image: i, args: ['--api=192.168.7.7']}]"
    pod = (
        "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
        "spec: {%scontainers: [{name: c, image: i}]}\nstatus: {phase: Running,"
        " podIP: 192.168.7.7}\n"
    )
    assert told(deployment(spec) + pod % "", "POD511") == ["POD511 error"]
    assert told(deployment(spec) + pod % "hostNetwork: true, ", "POD511") == []


def test_endpoints_that_kubernetes_made_are_no_ones_fault() -> None:
    made = (
        "apiVersion: v1\nkind: Endpoints\nmetadata: {name: s}\nsubsets:\n"
        "  - addresses: [{ip: 10.244.1.1%s}]\n"
    )
    assert told(made % "", "POD511") == ["POD511 warning"]
    assert told(made % ", targetRef: {kind: Pod, name: p}", "POD511") == []


LINK = """\
podviz: 1
network: {pod_cidr: 172.20.0.0/16}
pods:
  - {name: a, ip: 10.0.1.7, containers: [{name: c}]}
  - {name: b, containers: [{name: c}]}
links: [{from: b, to: {address: "%s"}}]
"""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10.0.1.7", ["POD511 error"]),
        ("172.20.3.4:80", ["POD511 warning"]),
        ("10.244.1.1", []),
        ("Internet", []),
    ],
)
def test_links_of_a_spec(address: str, expected: list[str]) -> None:
    assert told(LINK % address, "POD511") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("api-7d9f8b6c54-x2k4q", ["POD512 warning"]),
        ("http://api-7d9f8b6c54-x2k4q.shop:80", ["POD512 warning"]),
        ("api-0", []),
        ("api-bcdfghjk-lmnpq", []),
        ("7d9f8b6c54-x2k4q", []),
        ("550e8400-e29b-41d4-a716-446655440000", []),
        ("gke-pool-7d9f8b6c-x2k4", []),
    ],
)
def test_generated_names(name: str, expected: list[str]) -> None:
    spec = f"containers: [{{name: c, image: i, env: [{{name: A, value: '{name}'}}]}}]"
    assert told(deployment(spec), "POD512") == expected
