"""Theme 1: what a sidecar is for."""

from collections.abc import Iterator

from podviz.cluster.images import known, purpose
from podviz.meta import spot
from podviz.pod import Container, Role
from podviz.rule import ERROR, INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text

# ── POD102 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD102",
    name="oversized-sidecar",
    severity=INFO,
    lecture="§7-2 사이드카는 '보조 역할'만",
    docs="concepts/workloads/pods/sidecar-containers/#differences-from-application-containers",
    message=Text(
        "{pod}: 사이드카 '{a}'가 메인 컨테이너의 두 배가 넘는 {x}를 요청합니다."
        " 보조 역할이 맞는지 확인하세요",
        "{pod}: sidecar '{a}' requests more {x} than twice the main container",
    ),
    fix=Text(
        "'{a}'의 주된 작업을 별도 Pod로 옮기거나 요청량을 줄이세요",
        "Move the main work of '{a}' to its own Pod or lower its request",
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
                - name: transcode
                  image: x/transcode:1
                  restartPolicy: Always
                  resources: {requests: {cpu: "2"}}
              containers:
                - {name: app, image: "x/app:1", resources: {requests: {cpu: 100m}}}
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
                - name: proxy
                  image: x/istio/proxyv2:1
                  restartPolicy: Always
                  resources: {requests: {cpu: 100m}}
              containers:
                - {name: app, image: "x/app:1", resources: {requests: {cpu: 50m}}}
        """,
)
def oversized_sidecar(situation: Situation) -> Iterator[Hit]:
    """What it does: adds up what the main containers request and tells a sidecar that requests
    more than twice as much CPU or memory, from 250m or 256Mi on.

    Why it is bad: a sidecar assists. One that needs more than what it assists does the main
    work, and every replica pays for it again.

    Known limits: limits are never compared, and nothing is said where a main container requests
    nothing.

    한국어
    하는 일: 메인 컨테이너들의 요청량을 더해, 그 두 배가 넘는 CPU나 메모리를 요청하는 사이드카를
    알립니다 (250m 또는 256Mi부터).

    왜 나쁜가: 사이드카는 보조합니다. 메인보다 더 많이 필요하다면 주된 일을 하고 있는 것이고,
    replicas마다 그 비용을 다시 냅니다.

    한계: limits는 비교하지 않으며, 메인 컨테이너에 요청량이 없으면 말하지 않습니다.
    """
    for work in situation.works:
        for sidecar in work.sidecars:
            for words, resource, least in _SIZES:
                asked = getattr(sidecar.requests, resource)
                mains = [getattr(c.requests, resource) for c in work.mains]
                if not asked or asked < least or not mains or not all(mains):
                    continue
                if asked > 2 * sum(mains):
                    yield hit(
                        work,
                        spot(sidecar.places, "requests"),
                        sidecar.place,
                        element=sidecar.path,
                        a=sidecar.name,
                        x=words,
                    )


_SIZES = (
    (Text.same("CPU"), "cpu", 0.25),
    (Text("메모리", "memory"), "memory", 256 * 2.0**20),
)


# ── POD103 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD103",
    name="sidecar-without-main",
    severity=ERROR,
    lecture="§4 메인 컨테이너 + 사이드카",
    docs="concepts/workloads/pods/sidecar-containers/",
    message=Text(
        "{pod}: 사이드카만 있고 보조할 메인 컨테이너가 없습니다",
        "{pod}: only sidecars, no main container to assist",
    ),
    fix=Text(
        "보조를 받을 컨테이너를 넣거나, 주된 컨테이너를 role: main으로 선언하세요",
        "Add the container that they assist, or declare role: main on the one that does the work",
    ),
    bad="""
        podviz: 1
        pods:
          - name: web
            containers:
              - {name: logs, image: "fluent-bit:3.2", role: sidecar}
              - {name: proxy, image: "envoyproxy/envoy:v1.31", role: sidecar}
        """,
    good="""
        podviz: 1
        pods:
          - name: web
            containers:
              - {name: app, image: "shop/web:2"}
              - {name: logs, image: "fluent-bit:3.2", role: sidecar}
        """,
)
def sidecar_without_main(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod all of whose running containers are declared as sidecars.

    Why it is bad: a sidecar has a reason only beside what it assists.

    Known limits: only roles that the input declares count; a lone proxy image is a main.

    한국어
    하는 일: 실행 중인 컨테이너가 모두 sidecar로 선언된 Pod를 알립니다.

    왜 나쁜가: 사이드카는 보조할 대상이 있을 때만 의미가 있습니다.

    한계: 입력에서 선언한 역할만 봅니다. 혼자 있는 프록시 이미지는 메인입니다.
    """
    for work in situation.works:
        declared = [c for c in work.running if c.role is Role.SIDECAR and c.reason is None]
        if declared and len(declared) == len(work.running):
            related = tuple(c.place for c in declared)
            yield hit(work, work.pod.place, element=work.path, related=related)


# ── POD105 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD105",
    name="sidecar-serves-traffic",
    severity=WARNING,
    lecture="§7-2",
    docs="concepts/workloads/pods/sidecar-containers/#differences-from-application-containers",
    message=Text(
        "{pod}: Service가 메인이 아니라 사이드카 '{a}'만 가리킵니다",
        "{pod}: Services reach only sidecar '{a}', not the main container",
    ),
    fix=Text(
        "Service의 targetPort를 메인 컨테이너의 포트로 바꾸거나, '{a}'가 주된 컨테이너라면"
        " role: main으로 선언하세요",
        "Lead the Service to a port of the main container, or declare '{a}' as main if it does"
        " the work",
    ),
    bad="""
        podviz: 1
        pods:
          - name: shop
            labels: {app: shop}
            containers:
              - {name: app, image: "shop/web:2", ports: [8080]}
              - {name: report, image: "shop/report:1", role: sidecar, ports: [9000]}
        services:
          - {name: shop, selects: {app: shop}, ports: [{port: 80, target: 9000}]}
        """,
    good="""
        podviz: 1
        pods:
          - name: shop
            labels: {app: shop}
            containers:
              - {name: app, image: "shop/web:2", ports: [8080]}
              - {name: envoy, image: "envoyproxy/envoy:v1.31", native: true, ports: [8443]}
        services:
          - {name: shop, selects: {app: shop}, ports: [{port: 443, target: 8443}]}
        """,
)
def sidecar_serves_traffic(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod whose Services all lead to a declared sidecar that is no proxy.

    Why it is bad: a sidecar assists. What clients ask for is the main work, and the main
    container is then unreachable.

    Known limits: only declared roles count. Proxies, and ports for metrics, are meant to be
    reached.

    한국어
    하는 일: Service가 모두 프록시가 아닌 (선언된) 사이드카로만 이어지는 Pod를 알립니다.

    왜 나쁜가: 사이드카는 보조합니다. 클라이언트가 찾는 것이 주된 일인데 메인에는 닿을 수 없습니다.

    한계: 선언된 역할만 봅니다. 프록시와 지표용 포트는 예외입니다.
    """
    for work in situation.works:
        reached = [c for c in work.running if situation.doors(c)]
        if reached and work.mains and all(_is_plain_sidecar(c, work) for c in reached):
            first = reached[0]
            yield hit(work, first.place, element=first.path, a=first.name)


def _is_plain_sidecar(container: Container, work: Work) -> bool:
    """True for a declared sidecar that is no proxy, nor shows the numbers of a main container
    without ports."""
    if container.role is not Role.SIDECAR or container.reason is not None:
        return False
    what = container.purpose or purpose(container.image, known(), container.argv)
    if what == "metrics" and not any(c.ports for c in work.mains):
        return False
    return what not in ("proxy", "security") and "proxy" not in container.name
