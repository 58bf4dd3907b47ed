"""Theme 2: one address and one port space for each Pod."""

from collections.abc import Iterator

from podviz.finding import Severity
from podviz.pod import Container, Port, Role
from podviz.rule import ERROR, INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text

# ── POD201 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD201",
    name="port-conflict",
    severity=ERROR,
    lecture="§3-1 같은 IP / 같은 포트 공간 ('포트 충돌만 주의')",
    docs="concepts/workloads/pods/#pod-networking",
    message=Text(
        "{pod}: '{a}'와 '{b}'가 같은 포트 {x}를 사용합니다."
        " Pod 안의 컨테이너는 하나의 포트 공간을 공유합니다",
        "{pod}: '{a}' and '{b}' both listen on {x}; containers of a Pod share one port space",
    ),
    fix=Text(
        "둘 중 하나의 포트를 바꾸고, 그 포트를 가리키는 Service의 targetPort도 함께 바꾸세요",
        "Change one of the two ports (and the Service targetPort that uses it)",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              initContainers:
                - name: envoy
                  image: envoyproxy/envoy:v1.31
                  restartPolicy: Always
                  ports: [{containerPort: 8080}]
              containers:
                - {name: app, image: "x/app:1", ports: [{containerPort: 8080, protocol: TCP}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              initContainers:
                - {name: once, image: "x/init:1", ports: [{containerPort: 8080}]}
              containers:
                - name: app
                  image: x/dns:1
                  ports: [{containerPort: 8080}, {containerPort: 8080, protocol: UDP}]
        """,
)
def port_conflict(situation: Situation) -> Iterator[Hit]:
    """What it does: tells two containers of a Pod that run at the same time and declare the
    same port and protocol.

    Why it is bad: the containers of a Pod have one IP address. The second to listen on a port
    fails to start, and the Pod crashes in a loop.

    Known limits: only declared ports are compared. An init container has ended before the
    application starts, so the two may use one port in turn.

    한국어
    하는 일: 한 Pod에서 같은 시간에 실행되면서 같은 포트와 프로토콜을 선언한 두 컨테이너를 알립니다.

    왜 나쁜가: Pod의 컨테이너는 IP 하나를 함께 씁니다. 나중에 포트를 여는 쪽은 시작하지 못하고 Pod가
    계속 재시작됩니다.

    한계: 선언된 포트만 비교합니다. 초기화 컨테이너는 앱이 뜨기 전에 끝나므로 같은 포트를 차례로
    써도 됩니다.
    """
    for work in situation.works:
        first: dict[tuple[int, str], list[tuple[Container, Port]]] = {}
        for container in work.pod.containers:
            for port in container.ports:
                before = first.setdefault((port.number, port.protocol), [])
                clash = next((o for o in before if _clash(work, o, (container, port))), None)
                before.append((container, port))
                if clash:
                    yield hit(
                        work,
                        port.place,
                        container.place,
                        element=_path_of(container, port),
                        related=(clash[1].place,),
                        a=clash[0].name,
                        b=container.name,
                        x=f"{port.number}/{port.protocol}",
                    )


def _path_of(container: Container, port: Port) -> str:
    """The path of a port, as the door in a figure bears it."""
    protocol = "" if port.protocol == "TCP" else f"/{port.protocol}"
    return f"{container.path}:{port.number}{protocol}"


def _clash(work: Work, one: tuple[Container, Port], other: tuple[Container, Port]) -> bool:
    return (
        one[0] is not other[0]
        and one[1].host_ip == other[1].host_ip
        and work.overlap(one[0], other[0])
    )


# ── POD202 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD202",
    name="duplicate-port-name",
    severity=INFO,
    lecture="§3-1 같은 IP / 같은 포트 공간",
    docs="concepts/services-networking/service/#field-spec-ports",
    message=Text(
        "{pod}: '{a}'와 '{b}'가 같은 포트 이름 '{x}'를 사용합니다."
        " 이름으로 찾는 Service가 어느 쪽을 가리킬지 모호합니다",
        "{pod}: '{a}' and '{b}' both name a port '{x}'",
    ),
    fix=Text("Pod 안에서 포트 이름을 서로 다르게 지으세요", "Make port names unique in the Pod"),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
                - {name: app, image: "x/app:1", ports: [{containerPort: 8080, name: http}]}
                - {name: logs, image: "x/log-agent:3", ports: [{containerPort: 2020, name: http}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
                - {name: app, image: "x/app:1", ports: [{containerPort: 8080, name: http}]}
                - {name: logs, image: "x/log-agent:3", ports: [{containerPort: 2020, name: state}]}
        """,
)
def duplicate_port_name(situation: Situation) -> Iterator[Hit]:
    """What it does: tells two ports of one Pod that bear the same name: a note between
    containers, a warning where a Service asks for that name, an error inside one container.

    Why it is bad: a Service that looks for a port by name takes the first that it finds, and
    the API server rejects a container with two ports of one name.

    Known limits: probes look for names in their own container and are not concerned.

    한국어
    하는 일: 한 Pod에서 이름이 같은 두 포트를 알립니다. 컨테이너 사이면 참고, Service가 그 이름을
    찾으면 경고, 한 컨테이너 안이면 오류입니다.

    왜 나쁜가: 이름으로 포트를 찾는 Service는 먼저 찾은 것을 쓰고, 한 컨테이너에 같은 이름의 포트가
    둘 있으면 API 서버가 거부합니다.

    한계: 프로브는 자기 컨테이너 안에서만 이름을 찾으므로 상관없습니다.
    """
    for work in situation.works:
        first: dict[str, tuple[Container, Port]] = {}
        for container in work.pod.containers:
            for port in container.ports:
                if port.name is None:
                    continue
                other, known = first.setdefault(port.name, (container, port))
                if known is port or not _ambiguous(work, (other, known), (container, port)):
                    continue
                yield hit(
                    work,
                    port.place,
                    container.place,
                    element=container.path,
                    severity=_weight(situation, work, other is container, port.name),
                    related=(known.place,),
                    a=other.name,
                    b=container.name,
                    x=port.name,
                )


def _ambiguous(work: Work, one: tuple[Container, Port], other: tuple[Container, Port]) -> bool:
    if one[0] is other[0]:
        return True
    same = (one[1].number, one[1].protocol) == (other[1].number, other[1].protocol)
    return not same and work.overlap(one[0], other[0])


def _weight(situation: Situation, work: Work, inside: bool, name: str) -> Severity:
    if inside:
        return ERROR
    asked = any(port.target == name for s in situation.served(work) for port in s.ports)
    return WARNING if asked else INFO


# ── POD203 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD203",
    name="host-port-conflict",
    severity=ERROR,
    lecture="§3-1 같은 포트 공간, §3-3 같은 노드에 배치",
    docs="concepts/workloads/pods/#pod-networking",
    message=Text(
        "{pod}: hostPort {x}가 중복되었거나 hostNetwork에서 containerPort와 다릅니다",
        "{pod}: hostPort {x} is used twice (or differs from containerPort under hostNetwork)",
    ),
    fix=Text(
        "hostPort를 없애고 Service로 노출하세요", "Drop hostPort; expose the Pod through a Service"
    ),
    bad="""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
                - {name: app, image: "x/app:1", ports: [{containerPort: 8080, hostPort: 80}]}
                - {name: logs, image: "x/log-agent:3", ports: [{containerPort: 2020, hostPort: 80}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
                - {name: app, image: "x/app:1", ports: [{containerPort: 8080, hostPort: 80}]}
                - {name: logs, image: "fluent/fluent-bit:3", ports: [{containerPort: 2020}]}
        """,
)
def host_port_conflict(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a port of the node that one Pod takes twice, and a hostPort that
    differs from the containerPort although the Pod is in the node's network.

    Why it is bad: the API server rejects it; a port of the node can be given once.

    Known limits: protocol and hostIP must be equal; init containers and ordinary ones are
    compared among themselves.

    한국어
    하는 일: 한 Pod가 두 번 쓰는 노드 포트와, hostNetwork인데 containerPort와 다른 hostPort를
    알립니다.

    왜 나쁜가: 노드의 포트는 하나뿐이라 API 서버가 거부합니다.

    한계: 프로토콜과 hostIP가 같아야 하며, 초기화 컨테이너와 일반 컨테이너는 각각 따로 비교합니다.
    """
    for work in situation.works:
        taken: dict[object, Port] = {}
        for container in work.pod.containers:
            starts_first = container.native or container.role is Role.INIT
            for port in container.ports:
                if port.host is None:
                    continue
                key = (starts_first, port.protocol, port.host_ip or "", port.host)
                first = taken.setdefault(key, port)
                if first is not port or (work.pod.host_network and port.host != port.number):
                    yield hit(
                        work,
                        port.place,
                        container.place,
                        element=container.path,
                        related=(first.place,) if first is not port else (),
                        a=container.name,
                        x=f"{port.host}/{port.protocol}",
                    )
