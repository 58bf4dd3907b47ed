"""Which container is the main one, and why; what cannot be told stays unclear."""

import pytest
from msgspec.structs import replace

from podviz.cluster import images
from podviz.cluster import roles as room
from podviz.cluster.roles import Judgement, judged
from podviz.pod import Container, Pod, Port, Role
from podviz.text import Text

Given = tuple[str, str | None]


def container(name: str, image: str | None = None, *ports: int, **more: object) -> Container:
    made = Container(
        path=f"P/{name}", name=name, image=image, ports=tuple(Port(number=p) for p in ports)
    )
    return replace(made, **more)


def roles(workload: str, *containers: Container, **more: object) -> list[str]:
    pod = replace(Pod(path="P", name="", containers=containers))
    return [str(c.role) for c in judged(pod, workload, **more).containers]


OTHERS = [
    ("web", "app nginx:1.27 main", "log-agent fluent/fluent-bit:3.1 sidecar"),
    ("web", "app nginx main", "istio-proxy docker.io/istio/proxyv2:1.23.0 sidecar"),
    ("envoy", "shutdown-manager contour sidecar", "envoy envoyproxy/envoy:v1.31 main"),
    (
        "blackbox-exporter",
        "blackbox-exporter quay.io/prometheus/blackbox-exporter:v0.25 main",
        "module-configmap-reloader ghcr.io/jimmidyson/configmap-reload:v0.13 sidecar",
        "kube-rbac-proxy quay.io/brancz/kube-rbac-proxy:v0.18 sidecar",
    ),
    (
        "node-exporter",
        "node-exporter quay.io/prometheus/node-exporter main",
        "kube-rbac-proxy quay.io/brancz/kube-rbac-proxy sidecar",
    ),
    (
        "kube-state-metrics",
        "kube-state-metrics registry.k8s.io/kube-state-metrics/kube-state-metrics:v2 main",
        "kube-rbac-proxy-main quay.io/brancz/kube-rbac-proxy sidecar",
        "kube-rbac-proxy-self quay.io/brancz/kube-rbac-proxy sidecar",
    ),
    (
        "prometheus",
        "prometheus prom/prometheus main",
        "config-reloader quay.io/prometheus-operator/prometheus-config-reloader sidecar",
        "thanos-sidecar quay.io/thanos/thanos:v0.36 sidecar",
    ),
    (
        "alertmanager-main",
        "alertmanager quay.io/prometheus/alertmanager main",
        "config-reloader quay.io/prometheus-operator/prometheus-config-reloader sidecar",
    ),
    (
        "kube-dns",
        "kubedns registry.k8s.io/dns/k8s-dns-kube-dns:1.22 main",
        "dnsmasq registry.k8s.io/dns/k8s-dns-dnsmasq-nanny:1.22 sidecar",
        "sidecar registry.k8s.io/dns/k8s-dns-sidecar:1.22 sidecar",
    ),
    (
        "linkerd-proxy-injector",
        "linkerd-proxy cr.l5d.io/linkerd/proxy:edge sidecar",
        "proxy-injector cr.l5d.io/linkerd/controller:edge main",
    ),
    ("oauth2-proxy", "oauth2-proxy quay.io/oauth2-proxy/oauth2-proxy main"),
    (
        "grafana",
        "grafana-sc-dashboard quay.io/kiwigrid/k8s-sidecar:1.27 sidecar",
        "grafana docker.io/grafana/grafana:11 main",
    ),
    ("jenkins", "jenkins jenkins/jenkins:lts main", "config-reload kiwigrid/k8s-sidecar sidecar"),
    (
        "csi-nfs-node",
        "liveness-probe registry.k8s.io/sig-storage/livenessprobe:v2 sidecar",
        "node-driver-registrar registry.k8s.io/sig-storage/csi-node-driver-registrar:v2 sidecar",
        "nfs registry.k8s.io/sig-storage/nfsplugin:v4 main",
    ),
    (
        "ebs-csi-controller",
        "ebs-plugin public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver:v1 main",
        "csi-provisioner public.ecr.aws/csi/csi-provisioner sidecar",
        "csi-resizer public.ecr.aws/csi/csi-resizer sidecar",
    ),
    (
        "postgres",
        "postgres postgres:16 main",
        "exporter quay.io/prometheuscommunity/postgres-exporter sidecar",
    ),
    ("redis", "redis redis:7 main", "sentinel redis:7 sidecar"),
    ("fluentd", "fluentd fluent/fluentd:v1 main", "prom-exporter x/fluent-exporter sidecar"),
    ("hello", "user-container gcr.io/x/hello main", "queue-proxy gcr.io/knative/queue sidecar"),
    (
        "controller-manager",
        "kube-rbac-proxy gcr.io/kubebuilder/kube-rbac-proxy:v0.16 sidecar",
        "manager controller:latest main",
    ),
    ("heapster", "heapster k8s.gcr.io/heapster main", "heapster-nanny addon-resizer:1.8 sidecar"),
    ("web-db", "web nginx main", "db postgres:16 main"),
    ("lamp", "shop wordpress main", "store mysql:8 main"),
    ("pair", "one busybox unclear", "two busybox unclear"),
    ("결제-서비스", "앱 레지스트리.한국/결제:1.0 main", "로그 fluent/fluent-bit sidecar"),
]


@pytest.mark.parametrize("given", OTHERS, ids=lambda given: given[0])
def test_containers_as_other_projects_have_them(given: tuple[str, ...]) -> None:
    words = [line.split() for line in given[1:]]
    found = roles(given[0], *(container(name, image) for name, image, _ in words))
    assert found == [expected for _, _, expected in words]


def test_a_declared_role_is_kept_and_needs_no_reason() -> None:
    pod = Pod(
        path="P",
        name="",
        containers=(
            container("a", "fluent/fluent-bit", role=Role.MAIN),
            container("b", "nginx", role=Role.SIDECAR),
        ),
    )
    assert judged(pod, "x") == pod


def test_a_native_sidecar_beside_the_only_app() -> None:
    assert roles("web", container("logs", "busybox", native=True), container("app", "x")) == [
        "sidecar",
        "main",
    ]


def test_the_default_container_is_the_main_one() -> None:
    given = (container("a", "x", 80), container("b", "y", 81))
    assert roles("web", *given, default="b") == ["unclear", "main"]


def test_who_follows_a_file_is_a_sidecar() -> None:
    tail = container("x", "busybox", args=("/bin/sh", "-c", "tail -n+1 -F /var/log/1.log"))
    assert roles("count", container("count", "busybox"), tail) == ["main", "sidecar"]


def test_who_answers_for_another_is_its_door() -> None:
    server = container("server", "acme/server", 9000, probed=(8000,))
    assert roles("server", server, container("rest", "acme/rest", 8000)) == ["main", "sidecar"]


def test_where_all_look_like_helpers_the_first_is_the_main_one() -> None:
    given = (container("dummy-exporter", "x/dummy-exporter"), container("to-sd", "x/log-exporter"))
    assert roles("custom-metric", *given) == ["main", "sidecar"]


def test_a_datastore_is_no_sidecar_by_its_name() -> None:
    assert roles("shop", container("shop", "acme/shop"), container("backup", "mysql:8")) == [
        "main",
        "main",
    ]


def test_a_live_pod_is_called_after_its_controller() -> None:
    from podviz.meta import Owner

    pod = Pod(
        path="P",
        name="",
        containers=(container("web", "x", 80), container("other", "y", 81)),
        owners=(Owner(kind="ReplicaSet", name="web-7d4b9c6f5"),),
    )
    found = judged(pod, "web-7d4b9c6f5-x2k4z").containers
    assert [str(c.role) for c in found] == ["main", "unclear"]


def test_every_reason_is_said_in_both_languages() -> None:
    said = [v for v in vars(room).values() if isinstance(v, Text | Judgement)]
    assert len(said) > 15
    for reason in (v.reason if isinstance(v, Judgement) else v for v in said):
        assert reason.ko
        assert reason.en
        assert reason.ko != reason.en


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("nginx", ("nginx", "nginx")),
        ("quay.io/linkerd/proxy:edge@sha256:00", ("linkerd/proxy", "proxy")),
        ("localhost:5000/a/B:1", ("a/b", "b")),
        ("", ("", "")),
        ("://@", ("/", "")),
    ],
)
def test_the_repository_of_an_image(image: str, expected: tuple[str, str]) -> None:
    assert images.repository(image) == expected


def test_facts_can_be_had_without_those_of_one_project() -> None:
    assert "http" in images.known().words["front_words"]
    assert "http" not in images.known("gke-samples").words["front_words"]
