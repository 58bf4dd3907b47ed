"""What is known of images."""

import pytest

from podviz.cluster.images import known, names, purpose


@pytest.mark.parametrize(
    ("image", "what"),
    [
        ("envoyproxy/envoy:v1.30", "proxy"),
        ("envoyproxy/envoy-distroless:v1.30", "proxy"),
        ("gcr.io/cloudsql-docker/gce-proxy", "proxy"),
        ("cr.l5d.io/linkerd/proxy:edge", "proxy"),
        ("fluent/fluent-bit-debug:3", "log"),
        ("prom/mysqld-exporter", "metrics"),
        ("oliver006/redis_exporter:v1", "metrics"),
        ("registry.k8s.io/k8s-dns-dnsmasq-nanny:1.14", "cluster"),
        ("crunchydata/crunchy-pgbackrest", "backup"),
        ("nginx:1.27", None),
        ("acme/exporter", None),  # not `-exporter`
        ("acme/pgbouncer-prom-exporter", "metrics"),  # of a proxy, but none
        ("acme/proxy", None),  # `linkerd/proxy` only
        ("", None),
        (None, None),
    ],
)
def test_names_with_stars_fit_their_ends(image: str | None, what: str | None) -> None:
    assert purpose(image, known()) == what


def test_a_server_runs_as_a_helper_by_its_first_words() -> None:
    assert purpose("hashicorp/vault:1.17", known()) is None
    assert purpose("hashicorp/vault:1.17", known(), ("vault", "agent")) == "security"


@pytest.mark.parametrize(
    ("image", "all_names"),
    [
        ("quay.io/sclorg/mysql-80-c9s", ["mysql-80-c9s", "sclorg/mysql-80-c9s", "mysql"]),
        ("redis-stack", ["redis-stack", "redis-stack"]),
        ("postgres:16", ["postgres", "postgres"]),
    ],
)
def test_names_of_an_image(image: str, all_names: list[str]) -> None:
    assert list(names(image)) == all_names
