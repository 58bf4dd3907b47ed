"""Whether two containers of one Pod need each other."""

import re

from podviz.cluster.images import repository
from podviz.pod import Container
from podviz.situation.stores import words

_SHOWN = ("configMap", "secret", "downwardAPI", "projected", "image")
"""Volumes that only show something: whoever shares them need not know of the other."""


def shown_only(kind: str) -> bool:
    return kind in _SHOWN


def same_image(a: Container, b: Container) -> bool:
    return a.image is not None and _plain(a.image) == _plain(b.image or "")


def _plain(image: str) -> str:
    """The image without tag and digest."""
    path = image.lower().partition("@")[0]
    above, _, last = path.rpartition("/")
    return f"{above}/{last.partition(':')[0]}"


_GENERIC = frozenset(
    [
        *("app", "apps", "application", "service", "services", "svc", "server", "api", "web"),
        *("frontend", "backend", "front", "back", "end", "my", "the", "demo", "example", "test"),
        *("sample", "image", "images", "docker", "container", "main", "base", "core", "prod"),
        *("dev", "alpine", "debian", "slim", "linux", "amd64", "arm64", "java", "python", "node"),
        *("nodejs", "golang", "go", "php", "ruby", "library", "worker", "job", "client", "ui"),
    ]
)
"""Words of image names that make nobody kin."""


def same_family(a: Container, b: Container) -> bool:
    """True if one image's name holds a word of the other's path: `jetstream-http` and
    `jetstream-pytorch`, `pathways/server` and `jetstream-pathways`."""
    (one, whole), (other, rest) = _kin(a), _kin(b)
    return bool(one & rest or other & whole)


def of_one_maker(a: Container, b: Container) -> bool:
    """True if one image bears the name of the project that the other is part of: `kong` and
    `kong/kubernetes-ingress-controller`."""
    pairs = [repository(c.image or "") for c in (a, b)]
    return any(
        path.startswith(f"{name}/") and name not in _GENERIC
        for (path, _), (_, name) in (pairs, pairs[::-1])
    )


def _kin(container: Container) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the image's name, and those of its last two steps."""
    pair, last = repository(container.image or "")
    return _words(last), _words(pair)


def _words(name: str) -> frozenset[str]:
    parts = re.split(r"[-_./]", name)
    return frozenset(p for p in parts if len(p) > 1 and not p.isdecimal()) - _GENERIC


def web_and_app(a: Container, b: Container) -> bool:
    """A web server in front of an application server (nginx and php-fpm)."""
    return (is_web(a) and _is_app(b)) or (is_web(b) and _is_app(a))


def is_web(container: Container) -> bool:
    """True for the image of a web server, which often stands in front of another."""
    return repository(container.image or "")[1] in words("web_servers")


def _is_app(container: Container) -> bool:
    said = (container.image or "").lower().rpartition("/")[2]
    name = said.partition(":")[0]
    return "fpm" in said or any(known in name for known in words("app_servers") - {"php.*fpm"})


_METRICS = frozenset(
    [
        *("metric", "metrics", "prom", "prometheus", "exporter", "telemetry", "monitoring"),
        *("health", "healthz", "healthcheck", "probe", "probes", "liveness", "readiness"),
        *("livez", "readyz", "pprof", "stats"),
    ]
)
_METRIC_PORTS = frozenset([9090, 9091, 9100, 9102, 9113, 9121, 9187, 9216, 9308, 15020, 15090])


def is_metric(name: str | None, number: int | None) -> bool:
    """True for a port that scrapers and probes ask, not clients."""
    said = re.split(r"[^a-z0-9]+", (name or "").lower())
    return any(word in _METRICS for word in said) or number in _METRIC_PORTS
