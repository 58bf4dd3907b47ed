"""Whether two containers of one Pod need each other."""

from podviz.images import repository
from podviz.model import Container
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


def family(container: Container) -> str:
    """The first word of the image's name: `jetstream-http` and `jetstream-pytorch` are kin."""
    return repository(container.image or "")[1].partition("-")[0].partition("_")[0]


def same_family(a: Container, b: Container) -> bool:
    return bool(family(a)) and family(a) == family(b)


def web_and_app(a: Container, b: Container) -> bool:
    """A web server in front of an application server (nginx and php-fpm)."""
    return (_is_web(a) and _is_app(b)) or (_is_web(b) and _is_app(a))


def _is_web(container: Container) -> bool:
    return repository(container.image or "")[1] in words("web_servers")


def _is_app(container: Container) -> bool:
    said = (container.image or "").lower().rpartition("/")[2]
    name = said.partition(":")[0]
    return "fpm" in said or any(known in name for known in words("app_servers") - {"php.*fpm"})


_METRICS = ("metric", "health", "prom", "probe", "live", "ready", "admin", "debug", "pprof")
_METRIC_PORTS = frozenset([9090, 9091, 9100, 9102, 9113, 9121, 9187, 9216, 9308, 15020, 15090])


def is_metric(name: str | None, number: int | None) -> bool:
    """True for a port that scrapers and probes ask, not clients."""
    said = (name or "").lower()
    return any(word in said for word in _METRICS) or number in _METRIC_PORTS
