"""Which Services the containers of a workload name as hosts."""

import re
from collections.abc import Iterator

from podviz.cluster.relations import Relations, Workload, templates
from podviz.model import Config, Service
from podviz.pattern import pattern
from podviz.pod import Container

_URL = pattern(r"://(?:[^\s/@]*@)?([^\s/?#\"'()<>|;&]+)")
"""What stands between `://` and the path: a host, or several with commas between them."""

_APART = pattern(r"[\s,;|&\"'()<>\[\]{}]+")
_HOST = pattern(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)\.?(?::(\d{1,5}))?(?:/.*)?")
_HOSTLY = pattern(
    r"[a-z0-9][_.-](?:host(?:name)?s?|addr(?:ess)?(?:es)?|servers?|endpoints?|ur[il]s?|brokers?)$",
    re.IGNORECASE,
)
"""Names of variables and options whose value is another's host, even where no port stands
behind it: `DB_HOST`, but not `HOST`, which mostly is one's own."""

_LONGEST = 4000
"""Characters of one value that are looked at: a script is no address."""


def called(workload: Workload, relations: Relations) -> tuple[Service, ...]:
    """The Services of the cluster that a workload's variables, commands and arguments name.

    A name counts where it is a host beyond doubt: in a URL, with a port that the Service has,
    or in a variable such as `DB_HOST`.
    https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
    """
    found: dict[str, Service] = {}
    for container in (c for pod in templates(workload) for c in pod.containers):
        for name, value in _values(container, workload.namespace, relations):
            for host, port, is_sure in _hosts(name, value[:_LONGEST]):
                service = _service(host, workload.namespace, relations)
                if service and (is_sure or _listens(service, port)):
                    found[service.path] = service
    return tuple(found.values())


def _values(
    container: Container, namespace: str, relations: Relations
) -> Iterator[tuple[str, str]]:
    """Every variable with its value, also from a ConfigMap; then the words of the command."""
    yield from container.env
    for reference in container.references:
        config = relations.find("ConfigMap", reference.name, namespace)
        if reference.kind != "ConfigMap" or not isinstance(config, Config):
            continue
        for key, value in config.entries:
            if reference.key == key:
                yield reference.via or key, value
            elif reference.key is None:
                yield key, value
    option = ""
    for each in (*container.command, *container.args):
        yield option, each
        option = each.lstrip("-") if each.startswith("-") and "=" not in each else ""


def _hosts(name: str, value: str) -> Iterator[tuple[str, int | None, bool]]:
    """Host, port, and whether it is a host for sure, of all that a value may name."""
    for authority in _URL.findall(value):
        for each in authority.split(","):
            match = _HOST.fullmatch(each.rpartition("@")[2])
            if match:
                yield match[1], None, True
    for each in _APART.split(value):
        key, sign, rest = each.rpartition("=")
        match = _HOST.fullmatch(rest.rpartition("@")[2])
        if match:
            named = key.lstrip("-") if sign else name
            yield match[1], int(match[2]) if match[2] else None, bool(_HOSTLY.search(named))


def _service(host: str, namespace: str, relations: Relations) -> Service | None:
    """The Service of a host name: `db`, `db.shop`, `db.shop.svc.cluster.local`, `db-0.db`."""
    head, _, domain = host.partition(".svc")
    if domain not in ("", ".cluster.local"):
        return None
    parts = head.split(".")
    for first in range(min(len(parts), 2)):
        rest = parts[first:]
        if len(rest) > 2:
            continue
        space = namespace if len(rest) == 1 else rest[1]
        found = relations.find("Service", rest[0], "" if space == "default" else space)
        if isinstance(found, Service) and (first == 0 or found.ip == "None"):
            return found
    return None


def _listens(service: Service, port: int | None) -> bool:
    """True for a port that the Service has."""
    headless = service.ip == "None"
    return any(port in (p.port, p.target if headless else p.port) for p in service.ports)
