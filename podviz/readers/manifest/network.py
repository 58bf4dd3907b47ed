"""Services, Ingresses, routes, Gateways, policies."""

from collections.abc import Iterator

from podviz.around import Endpoints, Gateway, Peer, Policy
from podviz.meta import Reference, Selector, ServicePort
from podviz.model import Ingress, IngressPath, Service
from podviz.readers.manifest.fields import Field, places, ports, protocol, selector
from podviz.readers.manifest.heads import Head
from podviz.source.tree import Mapping

ROUTES = frozenset(["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
DEFAULT_PATH = "*"
"""The path of an Ingress' default backend: whatever no other path takes."""

_OWNED_BY = "kubernetes.io/service-name"


def service(head: Head) -> Service:
    spec = head.root.get("spec")
    kind = spec.get("type").word() or "ClusterIP"
    return Service(
        type=kind,
        ip=spec.get("clusterIP").word(),
        selector=spec.get("selector").pairs(),
        ports=tuple(_service_ports(spec.get("ports"))),
        external=spec.get("externalName").word() if kind == "ExternalName" else None,
        places=places(spec, ("selector", "selector")),
        **head.common(),
    )


def _service_ports(field: Field) -> Iterator[ServicePort]:
    for each, number, place in ports(field):
        yield ServicePort(
            port=number,
            target=each.get("targetPort").either(),
            name=each.get("name").word(),
            protocol=protocol(each),
            node=each.get("nodePort").whole(0, 65535) or None,
            place=place,
        )


# ── what is behind a Service ────────────────────────────────────────────────────────────────


def endpoints(head: Head) -> Endpoints:
    """Endpoints, which bear their Service's name."""
    addresses: list[Field] = []
    numbers: list[int] = []
    for subset in head.root.get("subsets").mappings():
        addresses += subset.get("addresses").mappings()
        numbers += _numbers(subset.get("ports"))
    told = [a.get("ip").word() for a in addresses]
    return Endpoints(
        service=head.name,
        addresses=tuple([a for a in told if a]),
        targets=tuple(_targets(addresses)),
        ports=tuple(numbers),
        **head.common(),
    )


def endpoint_slice(head: Head) -> Endpoints:
    """An EndpointSlice, whose label names its Service."""
    common = head.common()
    given = head.root.get("endpoints").mappings()
    return Endpoints(
        kind="EndpointSlice",
        service=dict(common["labels"]).get(_OWNED_BY, ""),
        addresses=tuple([a for each in given for a in each.get("addresses").words()]),
        targets=tuple(_targets(given)),
        ports=tuple(_numbers(head.root.get("ports"))),
        **common,
    )


def _numbers(field: Field) -> Iterator[int]:
    yield from (number for _, number, _ in ports(field))


def _targets(fields: Iterator[Field] | list[Field] | tuple[Field, ...]) -> Iterator[Reference]:
    for each in fields:
        target = each.get("targetRef")
        kind, name = target.get("kind").word(), target.get("name").word()
        if kind and name:
            yield Reference(kind=kind, name=name, via="targetRef", place=target.place)


# ── ways in ─────────────────────────────────────────────────────────────────────────────────


def ingress(head: Head) -> Ingress:
    """An Ingress of any version, its default backend as path `*`."""
    spec = head.root.get("spec")
    common = head.common()
    paths: list[IngressPath] = []
    for key in ("defaultBackend", "backend"):
        if isinstance(spec.node, Mapping) and key in spec.node.entries:
            paths += _backend(spec.get(key), DEFAULT_PATH, None)
    hosts: list[str] = []
    for rule in spec.get("rules").mappings():
        host = rule.get("host").word()
        hosts += [host] if host else []
        for each in rule.get("http", "paths").mappings():
            paths += _backend(each.get("backend"), each.get("path").word() or "/", host)
    several = len(dict.fromkeys(hosts)) > 1
    return Ingress(
        host=hosts[0] if hosts and not several else None,
        paths=tuple(paths),
        controller=spec.get("ingressClassName").word()
        or dict(common["annotations"]).get("kubernetes.io/ingress.class"),
        secrets=tuple(_secrets(spec.get("tls"))),
        **common,
    )


def _backend(field: Field, path: str, host: str | None) -> Iterator[IngressPath]:
    service = field.get("service")
    if isinstance(field.node, Mapping) and "serviceName" in field.node.entries:
        named, port = field.get("serviceName"), field.get("servicePort").either()
    elif field.get("resource").node is not None:
        named, port = field.get("resource", "name"), None
    else:
        named = service.get("name")
        number = service.get("port", "number").whole(1, 65535)
        port = service.get("port", "name").word() if number is None else number
    name = named.word()
    if name:
        kind = field.get("resource", "kind").word() or "Service"
        place = named.place
        yield IngressPath(path=path, service=name, port=port, host=host, kind=kind, place=place)


def _secrets(field: Field) -> Iterator[Reference]:
    for each in field.mappings():
        named = each.get("secretName")
        name = named.word()
        if name:
            yield Reference(kind="Secret", name=name, via="tls", place=named.place)


def route(head: Head) -> Ingress:
    """A route of the Gateway API.

    https://gateway-api.sigs.k8s.io/reference/spec/
    """
    spec = head.root.get("spec")
    paths: list[IngressPath] = []
    for rule in spec.get("rules").mappings():
        taken = [m.get("path", "value").word() for m in rule.get("matches").mappings()]
        path = ", ".join(dict.fromkeys(p for p in taken if p)) or "/"
        for each in rule.get("backendRefs").mappings():
            paths += _backend_ref(each, path)
    return Ingress(
        kind=head.kind,
        host=", ".join(spec.get("hostnames").words()) or None,
        paths=tuple(paths),
        gateways=tuple(_parents(spec.get("parentRefs"))),
        **head.common(),
    )


def _backend_ref(field: Field, path: str) -> Iterator[IngressPath]:
    named = field.get("name")
    name = named.word()
    if name:
        yield IngressPath(
            path=path,
            service=name,
            port=field.get("port").whole(1, 65535),
            kind=field.get("kind").word() or "Service",
            namespace=_namespace(field),
            place=named.place,
        )


def _namespace(field: Field) -> str | None:
    """The namespace that a reference names; `default` is the empty one, None if unsaid."""
    said = field.get("namespace").word()
    return "" if said == "default" else said


def _parents(field: Field) -> Iterator[Reference]:
    for each in field.mappings():
        named = each.get("name")
        name = named.word()
        if name:
            yield Reference(
                kind=each.get("kind").word() or "Gateway",
                name=name,
                namespace=_namespace(each),
                via="parentRefs",
                place=named.place,
            )


def gateway(head: Head) -> Gateway:
    spec = head.root.get("spec")
    listeners = tuple(
        [
            ServicePort(port=number, name=each.get("name").word(), place=place)
            for each, number, place in ports(spec.get("listeners"))
        ]
    )
    return Gateway(controller=spec.get("gatewayClassName").word(), ports=listeners, **head.common())


# ── who may talk to whom ────────────────────────────────────────────────────────────────────


def policy(head: Head) -> Policy:
    """A NetworkPolicy.

    https://kubernetes.io/docs/concepts/services-networking/network-policies/
    """
    spec = head.root.get("spec")
    peers = [*_peers(spec, "ingress", "from"), *_peers(spec, "egress", "to")]
    outwards = spec.get("egress").node is not None
    types = spec.get("policyTypes").words() or ("Ingress", "Egress")[: 2 if outwards else 1]
    selected = selector(spec.get("podSelector"))
    return Policy(selector=selected or Selector(), types=types, peers=tuple(peers), **head.common())


def _peers(spec: Field, key: str, whom: str) -> Iterator[Peer]:
    for rule in spec.get(key).mappings():
        ports = tuple(_port_words(rule.get("ports")))
        others = rule.get(whom).mappings()
        if not others:
            yield Peer(inbound=key == "ingress", ports=ports, place=rule.place)
        for each in others:
            block = each.get("ipBlock")
            yield Peer(
                inbound=key == "ingress",
                pods=selector(each.get("podSelector")),
                namespaces=selector(each.get("namespaceSelector")),
                block=block.get("cidr").word() if block.node is not None else None,
                ports=ports,
                place=each.place,
            )


def _port_words(field: Field) -> Iterator[str]:
    """`80`, `http`, `8000-9000/UDP`."""
    for each in field.mappings():
        port, last = each.get("port").either(), each.get("endPort").whole(1, 65535)
        words = "*" if port is None else str(port) if last is None else f"{port}-{last}"
        said = protocol(each)
        yield words if said == "TCP" else f"{words}/{said}"
