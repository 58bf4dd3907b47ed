"""Theme 6: autoscalers, and what they scale."""

from collections.abc import Iterator

from podviz.cluster.relations import SCALED
from podviz.pod import Container, Resources
from podviz.rule import ERROR, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text

# ── POD606 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD606",
    name="hpa-target-missing",
    severity=WARNING,
    lecture="§9 HPA",
    docs="concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    message=Text(
        "{pod}: scaleTargetRef {x}가 입력에 없습니다",
        "{pod}: scaleTargetRef {x} is not in the input",
    ),
    fix=Text(
        "scaleTargetRef의 kind/name/apiVersion을 고치세요",
        "Correct kind/name/apiVersion of scaleTargetRef",
    ),
    bad="""
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
          maxReplicas: 5
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
                - {name: web, image: "nginx:1.27", resources: {requests: {cpu: 100m}}}
        """,
    good="""
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 5
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
                - {name: web, image: "nginx:1.27", resources: {requests: {cpu: 100m}}}
        """,
)
def hpa_target_missing(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an autoscaler whose target the input does not hold.

    Why it is bad: it scales nothing, and says so only in its own status.

    Known limits: nothing is said where the target may be elsewhere: patches in the input, or no
    Pods in the namespace.

    한국어
    하는 일: 입력에 없는 대상을 가리키는 자동 확장기(HPA)를 알립니다.

    왜 나쁜가: 아무것도 늘리지 못하고, 그 사실은 HPA의 상태에만 나타납니다.

    한계: 대상이 다른 곳에 있을 수 있으면(입력의 패치, Pod가 없는 네임스페이스) 말하지 않습니다.
    """
    for scaler in situation.cluster.autoscalers:
        if not scaler.target or situation.own or situation.is_open:
            continue
        here = any(work.namespace == scaler.namespace for work in situation.every)
        if here and situation.relations.scaled(scaler) is None:
            kind = scaler.target_kind or SCALED[0]
            yield hit(scaler, x=f"{kind}/{scaler.target}")


# ── POD607 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD607",
    name="hpa-without-requests",
    severity=ERROR,
    lecture="§9 HPA, §5 스케일링",
    docs="concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    message=Text(
        "{pod}: '{a}'에 {x} 요청량이 없어 HPA가 사용률을 계산할 수 없습니다",
        "{pod}: '{a}' requests no {x}, so the HPA cannot compute utilization",
    ),
    fix=Text(
        "Pod의 모든 컨테이너에 requests를 지정하거나 ContainerResource 메트릭을 쓰세요",
        "Set requests on every container of the Pod, or use a ContainerResource metric",
    ),
    bad="""
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 5
          targetCPUUtilizationPercentage: 70
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
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 5
          targetCPUUtilizationPercentage: 70
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
                - {name: web, image: "nginx:1.27", resources: {limits: {cpu: 500m}}}
        """,
)
def hpa_without_requests(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an autoscaler that aims at a share of what is requested, where a
    container of its target requests nothing.

    Why it is bad: a share of nothing cannot be computed. The autoscaler does nothing at all,
    even if only a sidecar lacks its request.

    Known limits: a limit counts as a request, as Kubernetes sees it. A LimitRange in the
    namespace may add requests; targets in absolute numbers need none. An autoscaler without
    metrics aims at 80% of the CPU. Of a spec only Pods that tell any request are judged.

    한국어
    하는 일: 요청량에 대한 비율을 목표로 하는 HPA의 대상에 요청량 없는 컨테이너가 있으면 알립니다.

    왜 나쁜가: 없는 값의 비율은 계산할 수 없습니다. 사이드카 하나만 빠져도 HPA가 아무 일도 하지
    않습니다.

    한계: Kubernetes처럼 limits도 요청량으로 봅니다. LimitRange가 요청량을 채울 수 있고, 절대값
    목표에는 필요 없습니다. 메트릭이 없는 HPA는 CPU의 80%가 목표입니다. 스펙에서는 요청량을
    하나라도 적은 Pod만 봅니다.
    """
    limited = {t.namespace for t in situation.cluster.things if t.kind == "LimitRange"}
    for scaler in situation.cluster.autoscalers:
        target = situation.scaled(scaler)
        if target is None or scaler.namespace in limited or not situation.is_one(scaler, target):
            continue
        lacking = [
            (container, resource)
            for work in situation.of.get(target.path, ())
            if not work.is_fragment and not work.is_custom and _tells(work)
            for resource, only in scaler.utilised
            for container in work.running
            if only in ("", container.name) and not _asks(container, resource)
        ]
        for container, resource in lacking[:1]:
            yield hit(scaler, related=(container.place,), a=container.name, x=resource)


def _tells(work: Work) -> bool:
    """False for a Pod of a spec that leaves all requests unsaid."""
    return not work.own or any(c.requests != Resources() for c in work.pod.containers)


def _asks(container: Container, resource: str) -> bool:
    """True if the container requests the resource; of others than CPU and memory it may."""
    if resource not in ("cpu", "memory"):
        return True
    given = (container.requests, container.limits)
    return any(getattr(amount, resource) is not None for amount in given)
