"""Theme 6: Services, and the Pods that they name."""

from collections.abc import Iterator

from podviz.cluster.relations import matches
from podviz.meta import Selector, spot
from podviz.model import Service
from podviz.rule import ERROR, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text

# ── POD604 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD604",
    name="service-selects-nothing",
    severity=WARNING,
    lecture="§7-4 Pod IP에 의존하지 말 것, §9",
    docs="concepts/services-networking/service/#defining-a-service",
    message=Text(
        "{pod}: selector {x}에 맞는 Pod가 입력에 없습니다",
        "{pod}: selector {x} matches no Pod in the input",
    ),
    fix=Text(
        "레이블을 고치거나, Pod를 정의한 파일도 함께 입력하세요",
        "Fix the label, or pass the file that defines the Pods",
    ),
    bad="""
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: website}, ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
    good="""
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, tier: front}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
)
def service_selects_nothing(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Service whose selector no Pod of its namespace meets.

    Why it is bad: the Service has no endpoints, and whoever calls it gets no answer.

    Known limits: nothing is said where the Pods may be elsewhere: patches in the input, no Pods
    in the namespace, labels that are set at run time, Pods that an operator makes.

    한국어
    하는 일: 네임스페이스의 어떤 Pod와도 맞지 않는 selector를 가진 Service를 알립니다.

    왜 나쁜가: Service 뒤에 엔드포인트가 없어 호출해도 답이 없습니다.

    한계: Pod가 다른 곳에 있을 수 있으면 말하지 않습니다. 입력에 패치가 있을 때, 네임스페이스에
    Pod가 없을 때, 실행 중에 붙는 레이블, 오퍼레이터가 만드는 Pod입니다.
    """
    for service in situation.cluster.services:
        if not service.selector or service.type == "ExternalName" or situation.is_open:
            continue
        if situation.behind(service) or not (situation.own or _should_be_here(situation, service)):
            continue
        shown = ", ".join(f"{key}={value}" for key, value in service.selector)
        yield hit(
            service,
            spot(service.places, "selector", "selects"),
            severity=ERROR if situation.own else WARNING,
            x=shown,
        )


def _should_be_here(situation: Situation, service: Service) -> bool:
    """True unless the Pods may well be made somewhere else, or by somebody else."""
    chosen = Selector(labels=service.selector)
    elsewhere = [w for w in situation.every if matches(chosen, w.pod.labels)]
    if elsewhere:
        return bool(service.namespace) and all(w.namespace for w in elsewhere)
    if not any(work.namespace == service.namespace for work in situation.every):
        return False
    if situation.is_set_at_run_time(service) or service.owners:
        return False
    words = " ".join(word for pair in service.selector for word in pair).lower()
    return not any(_makes(thing.kind, thing.name, words) for thing in situation.cluster.things)


def _makes(kind: str, name: str, words: str) -> bool:
    """True if a custom resource of this kind and name may make the Pods that are meant."""
    plain = kind.partition(".")[0].lower()
    return plain not in _NO_PODS and (plain in words or name.lower() in words.split())


_NO_PODS = frozenset(
    [
        *("serviceaccount", "namespace", "role", "rolebinding", "clusterrole", "ingressclass"),
        *("clusterrolebinding", "customresourcedefinition", "storageclass", "priorityclass"),
        *("resourcequota", "limitrange", "lease", "event", "apiservice", "certificate"),
        *("servicemonitor", "podmonitor", "prometheusrule", "issuer", "clusterissuer"),
    ]
)


# ── POD608 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD608",
    name="unresolved-target-port",
    severity=ERROR,
    lecture="§3-1 같은 포트 공간",
    docs="concepts/services-networking/service/#field-spec-ports",
    message=Text(
        "{pod}: targetPort '{x}'를 선언한 컨테이너가 없습니다",
        "{pod}: targetPort '{x}' is declared by no container of the selected Pods",
    ),
    fix=Text(
        "컨테이너 포트 이름을 '{x}'로 하거나 번호를 쓰세요",
        "Name the container port '{x}' or use its number",
    ),
    bad="""
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - {name: web, image: "nginx:1.27", ports: [{containerPort: 80, name: web}]}
        """,
    good="""
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              initContainers:
                - name: proxy
                  image: x/envoy:1
                  restartPolicy: Always
                  ports: [{containerPort: 8080, name: http}]
              containers: [{name: web, image: "nginx:1.27"}]
        """,
)
def unresolved_target_port(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a port of a Service that leads to a port name which no container of
    the selected Pods declares.

    Why it is bad: the Service has no endpoint for this port.

    Known limits: port numbers need not be declared and are not judged; neither are custom
    resources, whose operators add ports.

    한국어
    하는 일: 고른 Pod의 어떤 컨테이너도 선언하지 않은 포트 이름으로 이어지는 Service 포트를
    알립니다.

    왜 나쁜가: 이 포트에는 엔드포인트가 없습니다.

    한계: 번호는 선언하지 않아도 되므로 보지 않습니다. 오퍼레이터가 포트를 더하는 커스텀 리소스도
    보지 않습니다.
    """
    for services in situation.alike:
        works = situation.behind(services[0])
        if not works or any(work.is_fragment or work.is_custom for work in works):
            continue
        known = _named_ports(works)
        for service in services:
            for port in service.ports:
                if isinstance(port.target, str) and (port.target, port.protocol) not in known:
                    path = f"{service.path}:{port.port}"
                    yield hit(service, port.place, element=path, x=port.target)


def _named_ports(works: tuple[Work, ...]) -> frozenset[tuple[str | None, str]]:
    """The names that containers of these Pods give to their ports, with the protocols."""
    return frozenset(
        (port.name, port.protocol)
        for work in works
        for container in work.running
        for port in container.ports
    )
