"""Theme 2: what ends at the Pod, and what is the node's."""

from collections.abc import Iterator

from podviz.cluster.images import known, purpose
from podviz.pod import Container, Port
from podviz.rule import WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.commands import calls, endless, local_ports, standing
from podviz.situation.work import Work
from podviz.text import Text

# ── POD204 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD204",
    name="host-port-clash-across-pods",
    severity=WARNING,
    lecture="§3-1 같은 포트 공간, §3-3 같은 노드에 배치",
    docs="concepts/workloads/pods/#pod-networking",
    message=Text(
        "{pod}: 호스트 포트 {x}를 {y}도 사용합니다. 같은 노드에 함께 뜰 수 없습니다",
        "{pod}: host port {x} is also taken by {y}; both cannot run on one node",
    ),
    fix=Text(
        "hostPort를 없애고 Service로 노출하거나, 서로 다른 포트나 노드를 쓰세요",
        "Drop hostPort and expose the Pod through a Service, or use other ports or nodes",
    ),
    bad="""
        podviz: 1
        nodes: [worker-1]
        controllers:
          - kind: Deployment
            name: web
            replicas: 2
            pod:
              containers:
                - {name: app, image: "shop/web:2", ports: [{port: 8080, host: 80}]}
        """,
    good="""
        podviz: 1
        nodes: [worker-1, worker-2]
        controllers:
          - kind: Deployment
            name: web
            replicas: 2
            pod:
              containers:
                - {name: app, image: "shop/web:2", ports: [{port: 8080, host: 80}]}
        """,
)
def host_port_clash_across_pods(situation: Situation) -> Iterator[Hit]:
    """What it does: tells Pods that need the same port of one node: more replicas than the
    spec has nodes, two Pods on one node, or two DaemonSets for the same nodes.

    Why it is bad: a port of a node can be given once. The second Pod stays Pending.

    Known limits: of manifests only DaemonSets without affinity are compared, as it is not known
    where other Pods go.

    한국어
    하는 일: 한 노드의 같은 포트가 필요한 Pod들을 알립니다. 스펙의 노드보다 많은 replicas, 한 노드의
    두 Pod, 같은 노드에 뜨는 두 DaemonSet입니다.

    왜 나쁜가: 노드의 포트는 하나뿐이라 두 번째 Pod는 Pending에 머뭅니다.

    한계: 매니페스트에서는 affinity가 없는 DaemonSet만 비교합니다. 다른 Pod가 어디로 갈지 알 수 없기
    때문입니다.
    """
    yield from _too_many(situation) if situation.own else ()
    first: dict[object, tuple[Work, Port]] = {}
    for work in situation.works:
        ground = _standing(situation, work)
        for port in _host_ports(work) if ground is not None else ():
            key = (ground, port.protocol, port.host_ip or "", port.host or port.number)
            other, known = first.setdefault(key, (work, port))
            if other is not work and situation.is_one(other.top, work.top):
                yield hit(
                    work,
                    port.place,
                    element=work.path,
                    related=(known.place,),
                    x=port.host or port.number,
                    y=other.title,
                )


def _standing(situation: Situation, work: Work) -> object:
    """What two Pods have in common that stand on the same nodes; None where it is unknown."""
    if situation.own:
        return work.pod.node if work.owner is None else None
    if work.kind != "DaemonSet" or work.pod.affine or work.is_live:
        return None
    return tuple(sorted(work.pod.node_selector))


def _too_many(situation: Situation) -> Iterator[Hit]:
    """Controllers of a spec with more Pods than there are nodes."""
    nodes = len(situation.cluster.nodes)
    for work in situation.works:
        owner = work.owner
        if not nodes or owner is None or owner.kind == "DaemonSet":
            continue
        for port in _host_ports(work):
            if (owner.replicas or 1) > nodes:
                other = f"{work.title} ×{owner.replicas}"
                place = port.place
                yield hit(work, place, element=work.path, x=port.host or port.number, y=other)


def _host_ports(work: Work) -> list[Port]:
    return [p for c in work.running for p in c.ports if p.host or work.pod.host_network]


# ── POD205 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD205",
    name="localhost-across-pods",
    severity=WARNING,
    lecture="§3-1 'localhost로 서로 통신'",
    docs="concepts/workloads/pods/#pod-networking",
    message=Text(
        "{pod}: '{a}'가 localhost:{x}를 호출하지만 그 포트는 {y}에 있습니다."
        " localhost는 같은 Pod 안에서만 통합니다",
        "{pod}: '{a}' calls localhost:{x}, but that port belongs to {y}; localhost ends at the Pod",
    ),
    fix=Text(
        "localhost 대신 {y} 앞의 Service 이름을 쓰세요",
        "Call the Service in front of {y} instead of localhost",
    ),
    bad="""
        podviz: 1
        pods:
          - {name: web, containers: [{name: app, image: "shop/web:2", ports: [8080]}]}
          - {name: db, containers: [{name: postgres, image: "postgres:16", ports: [5432]}]}
        links:
          - {from: web/app, to: "localhost:5432"}
        """,
    good="""
        podviz: 1
        pods:
          - {name: web, containers: [{name: app, image: "shop/web:2", ports: [8080]}]}
          - {name: db, containers: [{name: postgres, image: "postgres:16", ports: [5432]}]}
        services:
          - {name: db, selects: db, ports: [5432]}
        links:
          - {from: web/app, to: "db:5432"}
        """,
)
def localhost_across_pods(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a call to a port of localhost that no container of the Pod declares
    while one of another Pod does.

    Why it is bad: localhost is the Pod itself. Nobody listens there, and the call is refused.

    Known limits: of manifests only Pods are judged all of whose containers declare ports, or
    only follow or fetch files; those in the node's network and those into which a proxy is
    injected are left alone.

    한국어
    하는 일: 같은 Pod의 어떤 컨테이너도 열지 않는데 다른 Pod가 여는 localhost 포트를 호출하면
    알립니다.

    왜 나쁜가: localhost는 그 Pod 자신입니다. 아무도 듣고 있지 않아 연결이 거부됩니다.

    한계: 매니페스트에서는 모든 컨테이너가 포트를 선언했거나 파일만 따라가고 가져오는 Pod만 봅니다.
    hostNetwork Pod와 프록시가 주입되는 Pod는 보지 않습니다.
    """
    yield from _links(situation)
    for work in situation.works:
        if work.pod.host_network or _injected(work):
            continue
        own = {port.number for c in work.pod.containers for port in c.ports}
        for container in work.apps:
            if not work.own and not all(c.ports or _only_follows(c) for c in work.running):
                continue  # who declares no ports may have this one
            told = set()
            for port, field in calls(container):
                there = _elsewhere(situation, work, port)
                if port in own or port in told or there is None:
                    continue
                told.add(port)
                yield hit(
                    work,
                    standing(container, field),
                    container.place,
                    element=container.path,
                    a=container.name,
                    x=port,
                    y=there.title,
                )


def _only_follows(container: Container) -> bool:
    """True for a helper that opens no port: it follows a file, or fetches files."""
    what = purpose(container.image, known(), container.argv)
    return endless(container) == "tail -f" or what in ("sync", "backup")


def _elsewhere(situation: Situation, work: Work, port: int) -> Work | None:
    """The Pod of the same namespace that declares the port."""
    for other, _, _ in situation.declared.get(port, ()):
        apart = other.top is not work.top and other.namespace == work.namespace
        if apart and situation.is_one(other.top, work.top):
            return other
    return None


_INJECTORS = ("dapr.io/", "sidecar.istio.io/", "linkerd.io/inject", "consul.hashicorp.com/connect")


def _injected(work: Work) -> bool:
    labels = (*work.annotations, *work.pod.labels)
    return any(key.startswith(_INJECTORS) for key, _ in labels)


def _links(situation: Situation) -> Iterator[Hit]:
    """Arrows of a spec to a port of localhost that the speaker's Pod does not have."""
    for link in situation.cluster.links:
        for port in local_ports(link.head):
            work = next((w for w in situation.works if _speaks(w, link.tail)), None)
            if work is None or any(p.number == port for c in work.running for p in c.ports):
                continue
            there = _elsewhere(situation, work, port)
            name = link.tail.rpartition("/")[2]
            yield hit(
                work,
                link.place,
                element=link.tail,
                a=name,
                x=port,
                y=there.title if there else Text("이 Pod 밖", "no container of this Pod"),
            )


def _speaks(work: Work, path: str) -> bool:
    return path in (work.path, work.top.path) or any(c.path == path for c in work.pod.containers)
