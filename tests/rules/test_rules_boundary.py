"""What belongs into one Pod, and where the rules stay silent."""

import pytest
from judged import deployment, told

DB = (
    "{name: db, image: 'mysql:8', ports: [{containerPort: 3306}], volumeMounts: [{name: d,"
    " mountPath: /var/lib/mysql}]}"
)
DATA = "volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]"


def service(name: str, port: int) -> str:
    return (
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\n"
        f"spec: {{selector: {{app: a}}, ports: [{{port: {port}}}]}}\n"
    )


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(
            f"containers: [{DB}, {{name: xtrabackup, image: 'x/xtrabackup:1',"
            f" ports: [{{containerPort: 3307}}],"
            f" volumeMounts: [{{name: d, mountPath: /var/lib/mysql}}]}}], {DATA}",
            id="mysql and xtrabackup share the data",
        ),
        pytest.param(
            f"containers: [{DB}, {{name: metrics, image: 'prom/mysqld-exporter:v0.15',"
            f" ports: [{{containerPort: 9104}}]}}], {DATA}",
            id="an exporter is a sidecar",
        ),
        pytest.param(
            "containers: [{name: nginx, image: 'nginx:1', ports: [{containerPort: 80}]},"
            " {name: php, image: 'php:8.3-fpm', ports: [{containerPort: 9000}]}]",
            id="a web server and its application server",
        ),
        pytest.param(
            "containers: [{name: front, image: 'x/front:1', ports: [{containerPort: 80}],"
            " volumeMounts: [{name: s, mountPath: /s}]},"
            " {name: calc, image: 'x/calc:1', ports: [{containerPort: 81}],"
            " volumeMounts: [{name: s, mountPath: /s}]}], volumes: [{name: s, emptyDir: {}}]",
            id="a shared socket",
        ),
        pytest.param(
            "containers: [{name: redis, image: 'redis:7', ports: [{containerPort: 6379}]},"
            " {name: guard, image: 'redis:7', command: [redis-sentinel],"
            " ports: [{containerPort: 26379}]}]",
            id="redis and sentinel are one image",
        ),
        pytest.param(
            "containers: [{name: shop, image: 'x/shop:1', ports: [{containerPort: 80}],"
            " env: [{name: CACHE, value: 'localhost:6379'}]},"
            " {name: redis, image: 'redis:7', ports: [{containerPort: 6379}]}]",
            id="a cache that is called over localhost",
        ),
        pytest.param(
            "containers: [{name: shop, image: 'x/shop:1', ports: [{containerPort: 80}]},"
            " {name: dumps, image: 'mysql:8', command: [sh, -c, 'mysqldump > /b; sleep 60']}]",
            id="a database image as a client",
        ),
        pytest.param(
            "containers: [{name: http, image: 'x/jetstream-http:1', ports: [{containerPort: 80}]},"
            " {name: torch, image: 'x/jetstream-pytorch:1', ports: [{containerPort: 90}]}]",
            id="one family of products",
        ),
        pytest.param(
            "shareProcessNamespace: true, containers: ["
            "{name: users, image: 'x/users:1', ports: [{containerPort: 80}]},"
            " {name: mail, image: 'x/mail:1', ports: [{containerPort: 81}]}]",
            id="one process namespace",
        ),
        pytest.param(
            "containers: [{name: users, image: 'x/users:1', ports: [{containerPort: 80}]},"
            " {name: mail, image: 'x/mail:1', ports: [{containerPort: 9113, name: metrics}]}]",
            id="a port for metrics alone",
        ),
    ],
)
def test_one_service_is_left_alone(spec: str) -> None:
    assert told(deployment(spec), "POD101") == []


CONFIG = """\
---
apiVersion: v1
kind: ConfigMap
metadata: {name: nginx}
data: {nginx.conf: "proxy_pass http://localhost:8090;"}
"""
HUBBLE = (
    "containers: [{name: frontend, image: 'cilium/hubble-ui:1', ports: [{containerPort: 8081}],"
    " volumeMounts: [{name: n, mountPath: /etc/nginx}]},"
    " {name: backend, image: 'acme/relay:1', ports: [{containerPort: 8090}]}],"
    " volumes: [{name: n, configMap: {name: nginx}}]"
)


def test_a_mounted_config_map_may_show_who_calls_whom() -> None:
    assert told(deployment(HUBBLE) + CONFIG, "POD101") == []
    assert told(deployment(HUBBLE), "POD101") == ["POD101 warning"]


TWO = (
    "containers: [{name: a, image: 'x/users:1', ports: [{containerPort: 80}]%s},"
    " {name: b, image: 'x/mail:1', ports: [{containerPort: 81}]%s}]%s"
)


def test_services_of_their_own_weigh_more_than_localhost_but_less_than_a_volume() -> None:
    both = service("users", 80) + service("mail", 81)
    calls = ", env: [{name: MAIL, value: 'http://localhost:81'}]"
    mounts = ", volumeMounts: [{name: v, mountPath: /v}]"
    volume = ", volumes: [{name: v, emptyDir: {}}]"
    assert told(deployment(TWO % ("", "", "")) + both, "POD101") == ["POD101 error"]
    assert told(deployment(TWO % (calls, "", "")) + both, "POD101") == ["POD101 error"]
    assert told(deployment(TWO % (mounts, mounts, volume)) + both, "POD101") == ["POD101 info"]
    assert told(deployment(TWO % (calls, "", "")), "POD101") == []


def test_one_service_for_both_proves_nothing() -> None:
    one = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
        "spec: {selector: {app: a}, ports: [{name: x, port: 80}, {name: y, port: 81}]}\n"
    )
    calls = ", env: [{name: MAIL, value: 'http://localhost:81'}]"
    assert told(deployment(TWO % (calls, "", "")) + one, "POD101") == []


def test_an_annotation_declares_a_sidecar() -> None:
    text = deployment(TWO % ("", "", "")).replace(
        "labels: {app: a}}, spec",
        "labels: {app: a}, annotations: {podviz.io/role.b: sidecar}}, spec",
    )
    assert told(text, "POD101") == []


@pytest.mark.parametrize(
    ("sidecar", "main", "expected"),
    [
        ("limits: {cpu: '2'}", "requests: {cpu: 10m}", []),
        ("requests: {cpu: '2'}", "limits: {cpu: 10m}", []),
        ("requests: {cpu: 240m}", "requests: {cpu: 100m}", []),
        ("requests: {cpu: 250m}", "requests: {cpu: 100m}", ["POD102 info"]),
        ("requests: {memory: 1Gi}", "requests: {cpu: 100m}", []),
    ],
)
def test_only_requests_are_compared(sidecar: str, main: str, expected: list[str]) -> None:
    spec = (
        f"containers: [{{name: app, image: 'x/app:1', resources: {{{main}}}}},"
        f" {{name: istio-proxy, image: 'istio/proxyv2:1', resources: {{{sidecar}}}}}]"
    )
    assert told(deployment(spec), "POD102") == expected


@pytest.mark.parametrize(
    "pair",
    [
        "{name: a, image: 'x/w:1', args: [--queue=a]}, {name: b, image: 'x/w:1',"
        " args: [--queue=b]}",
        "{name: a, image: 'x/w:1', env: [{name: Q, value: a}]}, {name: b, image: 'x/w:1'}",
        "{name: kube-rbac-proxy-main, image: 'brancz/kube-rbac-proxy:v1', args: [--upstream=http://127.0.0.1:1/]},"
        " {name: kube-rbac-proxy-self, image: 'brancz/kube-rbac-proxy:v1', args: [--upstream=http://127.0.0.1:2/]}",
        "{name: a, image: 'x/w:1', volumeMounts: [{name: v, mountPath: /v, subPath: a}]},"
        " {name: b, image: 'x/w:1', volumeMounts: [{name: v, mountPath: /v, subPath: b}]}",
    ],
)
def test_alike_images_that_do_other_things_are_no_replicas(pair: str) -> None:
    assert (
        told(deployment(f"containers: [{pair}], volumes: [{{name: v, emptyDir: {{}}}}]"), "POD104")
        == []
    )


SPEC = """\
podviz: 1
pods:
  - name: shop
    labels: {app: shop}
    containers:
      - {name: app, image: "shop/web:2", role: main, ports: [8080]}
      - {name: b, image: "%s", role: %s, ports: [9113]}
services: [{name: shop, selects: shop, ports: [{port: 80, target: %d}]}]
"""


def test_two_mains_of_a_spec_are_independent() -> None:
    assert told(SPEC % ("shop/report:1", "main", 8080), "POD101") == ["POD101 error"]
    assert told(SPEC % ("shop/report:1", "sidecar", 8080), "POD101") == []


def test_a_proxy_or_a_port_for_metrics_may_be_the_one_that_services_reach() -> None:
    assert told(SPEC % ("shop/report:1", "sidecar", 9113), "POD105") == ["POD105 warning"]
    assert told(SPEC % ("envoyproxy/envoy:v1", "sidecar", 9113), "POD105") == []
    assert told(SPEC % ("shop/report:1", "sidecar", 8080), "POD105") == []


def test_a_lone_proxy_is_a_main() -> None:
    lone = "containers: [{name: oauth2-proxy, image: 'oauth2-proxy/oauth2-proxy:7'}]"
    assert told(deployment(lone), "POD103", "POD308") == []


def test_a_monitor_and_its_dashboard_are_two_services() -> None:
    spec = (
        "containers: [{name: prometheus, image: 'prom/prometheus:v3',"
        " ports: [{containerPort: 9090}]},"
        " {name: grafana, image: 'grafana/grafana:11', ports: [{containerPort: 3000}]}]"
    )
    assert told(deployment(spec), "POD101") == ["POD101 warning"]


def test_words_that_only_look_like_metrics_are_public() -> None:
    spec = (
        "containers: [{name: a, image: 'x/offers:1', ports: [{containerPort: 80, name: promo}]},"
        " {name: b, image: 'x/parcels:1', ports: [{containerPort: 81, name: delivery}]}]"
    )
    assert told(deployment(spec), "POD101") == ["POD101 warning"]


def test_each_service_too_many_is_told_once_at_its_worst() -> None:
    names = ("users", "orders", "mail")
    spec = ", ".join(
        f"{{name: {n}, image: 'x/{n}:1', ports: [{{containerPort: {80 + i}}}]}}"
        for i, n in enumerate(names)
    )
    text = deployment(f"containers: [{spec}]")
    assert told(text, "POD101") == ["POD101 warning", "POD101 warning"]
    both = service("users", 80) + service("mail", 82)
    assert told(text + both, "POD101") == ["POD101 warning", "POD101 error"]
