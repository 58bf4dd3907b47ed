"""From the grammar of a spec to a Cluster."""

import re

from podviz import grammar, model
from podviz.meta import ServicePort
from podviz.pod import Container, Pod
from podviz.readers.spec.ends import End, at_home, find_end
from podviz.readers.spec.names import Names, items
from podviz.readers.spec.pods import (
    container,
    pairs,
    place_of,
    places,
    pod,
    resources,
    template,
    words,
)
from podviz.source.tree import Mapping, Node


def cluster(given: grammar.Scene, root: Mapping, names: Names) -> model.Cluster:
    """Everything that the spec declares. Its names are known to lead somewhere."""

    def nodes(section: str) -> tuple[Node, ...]:
        return items(root, section)

    network = given.network or grammar.Network()
    return model.Cluster(
        nodes=tuple(map(_node, given.nodes, nodes("nodes"))),
        pods=tuple(map(_pod, given.pods, nodes("pods"))),
        controllers=tuple(map(_controller, given.controllers, nodes("controllers"))),
        services=tuple(map(_service, given.services, nodes("services"))),
        ingresses=tuple(map(_ingress, given.ingresses, nodes("ingresses"))),
        autoscalers=tuple(map(_autoscaler, given.autoscalers, nodes("autoscalers"))),
        claims=tuple(map(_claim, given.claims, nodes("claims"))),
        configs=tuple(map(_config, given.configs, nodes("configs"))),
        links=tuple(_link(k, n, names) for k, n in zip(given.links, nodes("links"), strict=True)),
        containers=tuple(map(_loose, given.containers, nodes("containers"))),
        kubernetes=given.kubernetes,
        own=True,
        pod_cidr=network.pod_cidr,
        service_cidr=network.service_cidr,
    )


def _pod(given: grammar.Pod, node: Node) -> Pod:
    return pod(given, node, f"Pod/{given.name}")


def _loose(given: grammar.Container, node: Node) -> Container:
    return container(given, node, "Container")


def _node(given: str | grammar.NodeForm, node: Node) -> model.Node:
    if isinstance(given, str):
        return model.Node(path=f"Node/{given}", name=given, place=node.place)
    return model.Node(
        path=f"Node/{given.name}",
        name=given.name,
        ip=given.ip,
        capacity=resources(given.capacity),
        labels=pairs(given.labels),
        place=place_of(node),
    )


def _controller(given: grammar.Controller, node: Node) -> model.Controller:
    path = f"{given.kind}/{given.name}"
    inner = node.get("pod") if isinstance(node, Mapping) else None
    claims = zip(given.claims, items(node, "claims"), strict=True)
    return model.Controller(
        path=path,
        kind=given.kind,
        name=given.name,
        replicas=given.replicas,
        schedule=given.schedule,
        strategy=given.strategy,
        retries=given.retries,
        claims=tuple(_claim_template(c, n) for c, n in claims),
        pod=template(given.pod, inner, f"{path}/pod") if given.pod else None,
        selector=pairs(given.pod.labels) if given.pod else (),
        places=places(node),
        place=place_of(node),
    )


def _claim_template(given: str | grammar.ClaimForm, node: Node) -> model.ClaimTemplate:
    if isinstance(given, str):
        return model.ClaimTemplate(name=given, place=node.place)
    return model.ClaimTemplate(
        name=given.name, size=given.size, access=given.access, place=place_of(node)
    )


def _service(given: grammar.Service, node: Node) -> model.Service:
    ports = zip(given.ports, items(node, "ports"), strict=True)
    return model.Service(
        path=f"Service/{given.name}",
        name=given.name,
        type=given.type,
        ip=given.ip,
        target=given.selects if isinstance(given.selects, str) else None,
        selector=pairs(given.selects) if isinstance(given.selects, dict) else (),
        ports=tuple(_service_port(p, n) for p, n in ports),
        places=places(node),
        place=place_of(node),
    )


def _service_port(given: int | grammar.ServicePortForm, node: Node) -> ServicePort:
    if isinstance(given, int):
        return ServicePort(port=given, place=node.place)
    number = node.get("port") if isinstance(node, Mapping) else None
    return ServicePort(
        port=given.port,
        target=given.target,
        name=given.name,
        protocol=given.protocol,
        place=(number or node).place,
    )


def _ingress(given: grammar.Ingress, node: Node) -> model.Ingress:
    paths = node.get("paths") if isinstance(node, Mapping) else None
    return model.Ingress(
        path=f"Ingress/{given.name}",
        name=given.name,
        host=given.host,
        paths=tuple(
            _backend(path, backend, paths.get(path) if isinstance(paths, Mapping) else None)
            for path, backend in given.paths.items()
        ),
        place=place_of(node),
    )


def _backend(path: str, given: str | grammar.BackendForm, node: Node | None) -> model.IngressPath:
    place = node.place if node else None
    if isinstance(given, str):
        service, port = split_backend(given)
        return model.IngressPath(path=path, service=service, port=port, place=place)
    return model.IngressPath(path=path, service=given.service, port=given.port, place=place)


def split_backend(given: str) -> tuple[str, int | str | None]:
    """`web:80` → the Service and its port by number or name, None if unsaid."""
    service, _, port = given.partition(":")
    return service, (int(port) if re.fullmatch("[0-9]{1,5}", port) else port or None)


def _autoscaler(given: grammar.Autoscaler, node: Node) -> model.Autoscaler:
    return model.Autoscaler(
        path=f"HorizontalPodAutoscaler/{given.name}",
        name=given.name,
        target=given.target,
        min=given.min,
        max=given.max,
        cpu=given.cpu,
        utilised=(("cpu", ""),) if given.cpu is not None else (),
        place=place_of(node),
    )


def _claim(given: str | grammar.ClaimForm, node: Node) -> model.Claim:
    made = _claim_template(given, node)
    return model.Claim(
        path=f"PersistentVolumeClaim/{made.name}",
        name=made.name,
        size=made.size,
        access=made.access,
        place=made.place,
    )


def _config(given: str | grammar.ConfigForm, node: Node) -> model.Config:
    if isinstance(given, str):
        return model.Config(path=f"ConfigMap/{given}", name=given, place=node.place)
    return model.Config(
        path=f"{'Secret' if given.secret else 'ConfigMap'}/{given.name}",
        name=given.name,
        secret=given.secret,
        entries=pairs(given.entries),
        place=place_of(node),
    )


def _link(given: grammar.Link, node: Node, names: Names) -> model.Link:
    tail = _end(given.tail, names, spoken_to=False)
    head = at_home(_end(given.head, names, spoken_to=True), tail, names)
    return model.Link(
        tail=tail.path,
        head=head.path,
        port=head.port,
        via=given.via,
        label=words(given.label),
        place=node.place,
    )


def _end(given: str | grammar.AddressForm, names: Names, *, spoken_to: bool) -> End:
    if not isinstance(given, str):
        return End(path=given.address)
    return find_end(given, names, spoken_to=spoken_to) or End(path=given)
