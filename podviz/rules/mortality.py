"""Theme 7: a Pod dies any time."""

import math
from collections.abc import Iterator

from podviz.around import Budget
from podviz.meta import spot
from podviz.rule import WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.commands import sleeps
from podviz.situation.work import Work
from podviz.text import Text, number

_GRACE = 30
"""Seconds, unless a Pod says otherwise.
https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"""

# ── POD701 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD701",
    name="grace-period-zero",
    severity=WARNING,
    lecture="§7-5 Pod는 언제든 죽는다고 가정",
    docs="concepts/workloads/pods/pod-lifecycle/#pod-termination",
    message=Text(
        "{pod}: terminationGracePeriodSeconds: 0이면 정리할 시간 없이 강제 종료됩니다",
        "{pod}: terminationGracePeriodSeconds: 0 kills the Pod without SIGTERM handling",
    ),
    fix=Text(
        "기본값 30초를 쓰거나 종료에 필요한 시간을 주세요",
        "Leave the default (30) or give the time a shutdown needs",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: web, image: "nginx:1.27"}]
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
              terminationGracePeriodSeconds: 5
              containers: [{name: web, image: "nginx:1.27"}]
        """,
)
def grace_period_zero(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod whose grace period is 0.

    Why it is bad: Pods are stopped all the time, by updates, drains and scaling. With no grace
    period requests break off and files stay half written.

    Known limits: DaemonSets, and what Helm or Argo start for a moment, are left alone.

    한국어
    하는 일: 유예 시간이 0인 Pod를 알립니다.

    왜 나쁜가: Pod는 갱신, drain, 축소로 늘 종료됩니다. 유예 시간이 없으면 요청이 끊기고 파일이 반쯤
    쓰인 채 남습니다.

    한계: DaemonSet과, Helm이나 Argo가 잠시 띄우는 Pod는 보지 않습니다.
    """
    for work in situation.works:
        if work.pod.grace == 0 and work.kind != "DaemonSet" and not work.is_hook:
            yield hit(work, spot(work.pod.places, "grace"), element=work.path)


# ── POD702 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD702",
    name="prestop-exceeds-grace",
    severity=WARNING,
    lecture="§7-5 Pod는 언제든 죽는다고 가정",
    docs="concepts/workloads/pods/pod-lifecycle/#pod-termination-flow",
    message=Text(
        "{pod}: '{a}'의 preStop({x})이 유예 시간({y}초)을 다 써서"
        " SIGTERM 뒤에 정리할 시간이 없습니다",
        "{pod}: preStop of '{a}' ({x}) uses up the grace period of {y} s; SIGTERM leaves no time",
    ),
    fix=Text(
        "terminationGracePeriodSeconds를 preStop + 종료 시간보다 크게 하세요",
        "Raise terminationGracePeriodSeconds above preStop + shutdown time",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: nginx:1.27
                  lifecycle: {preStop: {exec: {command: [sleep, "60"]}}}
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
              terminationGracePeriodSeconds: 90
              containers:
                - name: web
                  image: nginx:1.27
                  lifecycle: {preStop: {exec: {command: [sleep, "60"]}}}
        """,
)
def prestop_exceeds_grace(situation: Situation) -> Iterator[Hit]:
    """What it does: adds up the seconds that a preStop hook sleeps and compares them with the
    grace period, 30 seconds unless said otherwise.

    Why it is bad: the grace period begins with the hook. When it is over the container is
    killed, and SIGTERM never had its time.

    Known limits: only sleeps are counted, not what else a hook does.

    한국어
    하는 일: preStop 훅이 자는 시간을 더해 유예 시간(기본 30초)과 비교합니다.

    왜 나쁜가: 유예 시간은 훅과 함께 시작됩니다. 다 쓰면 컨테이너가 강제 종료되어 SIGTERM을 처리할
    시간이 없습니다.

    한계: sleep만 세고 훅이 하는 다른 일은 세지 않습니다.
    """
    for work in situation.works:
        grace = _GRACE if work.pod.grace is None else work.pod.grace
        for container in work.running:
            wait = sleeps(container.prestop or "")
            if grace and wait >= grace:
                shown = "sleep infinity" if math.isinf(wait) else f"sleep {number(wait)}"
                yield hit(
                    work,
                    spot(container.places, "hooks", "prestop"),
                    container.place,
                    element=container.path,
                    a=container.name,
                    x=shown,
                    y=grace,
                )


# ── POD703 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD703",
    name="eviction-blocked",
    severity=WARNING,
    lecture="§7-5, §8 'Pod는 오래 살아있다' → 언제든지 교체됨",
    docs="concepts/workloads/pods/disruptions/#pod-disruption-budgets",
    message=Text(
        "{pod}: 이 예산은 축출을 전혀 허용하지 않습니다 ({x}). 노드 drain이 멈춥니다",
        "{pod}: the budget never allows an eviction ({x}); node drains hang",
    ),
    fix=Text(
        "maxUnavailable: 1과 replicas 2 이상을 쓰세요",
        "maxUnavailable: 1 and at least two replicas",
    ),
    bad="""
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
    good="""
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
)
def eviction_blocked(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a PodDisruptionBudget that never lets a Pod go: maxUnavailable 0, or
    minAvailable as high as the number of Pods (with an autoscaler, the fewest).

    Why it is bad: a drain waits for the budget. Nodes cannot be updated, and whoever must does
    it by force.

    Known limits: numbers are compared only with controllers of the input.

    한국어
    하는 일: Pod를 하나도 보내지 않는 PodDisruptionBudget을 알립니다. maxUnavailable이 0이거나
    minAvailable이 Pod 수(자동 확장이면 최솟값) 이상인 것입니다.

    왜 나쁜가: drain은 예산을 기다립니다. 노드를 갱신할 수 없어 결국 강제로 내리게 됩니다.

    한계: 숫자는 입력에 있는 컨트롤러와만 비교합니다.
    """
    for budget in situation.cluster.budgets:
        why = _blocks(situation, budget)
        if why:
            yield hit(budget, x=why)


def _blocks(situation: Situation, budget: Budget) -> str | None:
    """Why a budget never lets a Pod go."""
    least = budget.min_available
    if str(budget.max_unavailable).rstrip("%") == "0":
        return f"maxUnavailable: {budget.max_unavailable}"
    if least == "100%":
        return "minAvailable: 100%"
    found = situation.relations.protected(budget)
    works = [work for top in found for work in situation.of.get(top.path, ())]
    if least is None or not works or any(not _counts(work) for work in works):
        return None
    pods = sum(situation.least(w.owner) if w.owner else 1 for w in works)
    if pods and _number(least, pods) >= pods:
        return f"minAvailable: {least}, replicas: {pods}"
    return None


def _counts(work: Work) -> bool:
    """True for Pods whose number is known."""
    if work.is_fragment or work.kind == "DaemonSet" or work.is_task:
        return False
    return not work.is_custom or (work.owner is not None and work.owner.replicas is not None)


def _number(least: int | str, pods: int) -> int:
    if isinstance(least, int):
        return least
    share = least.removesuffix("%")
    return math.ceil(int(share) * pods / 100) if share.isdecimal() else 0
