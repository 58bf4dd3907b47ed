"""Theme 7: Pods that are treated as if they stayed."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.rule import INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.commands import only_stays
from podviz.text import Text

# ── POD704 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD704",
    name="pet-pod",
    severity=INFO,
    lecture="§8 'Pod는 오래 살아있다'",
    docs="concepts/workloads/pods/#working-with-pods",
    message=Text(
        "{pod}: 살아 있는 것 말고는 하는 일이 없습니다. Pod는 가상 머신이 아닙니다",
        "{pod}: the only work is to stay alive; a Pod is not a virtual machine",
    ),
    fix=Text(
        "디버깅은 kubectl debug(임시 컨테이너)로, 실제 작업은 Job으로 하세요",
        "Use kubectl debug / an ephemeral container, or a Job for the real work",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: toolbox}
        spec:
          selector: {matchLabels: {app: toolbox}}
          template:
            metadata: {labels: {app: toolbox}}
            spec:
              containers: [{name: shell, image: "busybox:1.36", command: [sleep, infinity]}]
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "x/web:1", command: [sh, -c, "sleep 5; exec web"]}]
        """,
)
def pet_pod(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a Pod all of whose containers do nothing but sleep.

    Why it is bad: somebody uses it as a machine to log in to. What is done and kept there is
    gone with the Pod.

    Known limits: only the command is read; Jobs and DaemonSets are left alone.

    한국어
    하는 일: 모든 컨테이너가 잠만 자는 Pod를 알립니다.

    왜 나쁜가: 들어가서 쓰는 기계처럼 다루는 것입니다. 거기서 하고 남긴 것은 Pod와 함께 사라집니다.

    한계: 명령만 봅니다. Job과 DaemonSet은 보지 않습니다.
    """
    for work in situation.works:
        if not work.apps or work.is_short or work.kind == "DaemonSet" or work.is_custom:
            continue
        if all(only_stays(container) for container in work.apps):
            first = work.apps[0]
            places = (spot(first.places, "command", "args"), first.place)
            yield hit(work, *places, element=work.path)


# ── POD705 ──────────────────────────────────────────────────────────────────────────────────

_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict"


@rule(
    code="POD705",
    name="pod-assumed-permanent",
    severity=WARNING,
    lecture="§8 'Pod는 오래 살아있다'",
    docs="concepts/workloads/pods/pod-lifecycle/#pod-lifetime",
    message=Text(
        "{pod}: Pod가 계속 살아 있다고 가정합니다 ({x})", "{pod}: assumes the Pod stays ({x})"
    ),
    fix=Text(
        "Pod는 언제든 교체된다고 보고, 상태는 밖에 두고 replicas를 늘리세요",
        "Expect the Pod to be replaced: keep state outside and run more replicas",
    ),
    bad="""
        podviz: 1
        pods:
          - name: web
            permanent: true
            containers: [{name: app, image: "shop/web:2"}]
        """,
    good="""
        podviz: 1
        controllers:
          - kind: Deployment
            name: web
            replicas: 2
            pod: {containers: [{name: app, image: "shop/web:2"}]}
        """,
)
def pod_assumed_permanent(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod that a spec calls permanent, and one whose annotation
    safe-to-evict: "false" keeps its node from being scaled down.

    Why it is bad: Pods are replaced at any time, with or without leave.

    Known limits: Jobs, which lose their work, may ask to be left alone.

    한국어
    하는 일: 스펙에서 permanent라고 한 Pod와, 노드 축소를 막는 safe-to-evict: "false" 애너테이션이
    있는 Pod를 알립니다.

    왜 나쁜가: Pod는 허락이 있든 없든 언제든지 교체됩니다.

    한계: 하던 일을 잃는 Job은 그렇게 요청해도 됩니다.
    """
    for work in situation.works:
        if work.pod.permanent:
            place = spot(work.pod.places, "permanent")
            yield hit(work, place, work.pod.place, element=work.path, x="permanent: true")
        elif dict(work.pod.annotations).get(_EVICT) == "false" and not work.is_short:
            place = spot(work.pod.places, f"annotation.{_EVICT}")
            yield hit(work, place, element=work.path, x='safe-to-evict: "false"')
