"""Operations, asked for: how Pods are run day by day."""

import re
from collections.abc import Iterator

from podviz.meta import spot
from podviz.pattern import pattern
from podviz.pod import Container
from podviz.rule import INFO, Hit, hit, rule
from podviz.situation import Situation
from podviz.text import Text

_SCALED = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")

# ── POD711 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD711",
    name="single-replica",
    severity=INFO,
    set="operations",
    lecture="§7-5 Pod는 언제든 죽는다고 가정",
    docs="concepts/workloads/controllers/deployment/",
    message=Text(
        "{pod}: replicas가 1이라 교체되는 동안 서비스가 끊깁니다",
        "{pod}: one replica; no Pod serves while it is replaced",
    ),
    fix=Text("replicas를 2 이상으로 하세요", "Set replicas to two or more"),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 1
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "x/web:1", ports: [{containerPort: 80}]}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "x/web:1", ports: [{containerPort: 80}]}]}
        """,
)
def single_replica(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a controller of a single Pod.

    Why it is bad: a Pod is replaced at any time; until the next one is ready nobody answers or
    does its work.

    Known limits: what an autoscaler keeps at two or more is left alone.

    한국어
    하는 일: Pod가 하나뿐인 컨트롤러를 알립니다.

    왜 나쁜가: Pod는 언제든 교체됩니다. 다음 Pod가 준비될 때까지 아무도 답하거나 일하지 않습니다.

    한계: 자동 확장의 최솟값이 2 이상인 것은 보지 않습니다.
    """
    for work in situation.works:
        owner = work.owner
        if owner is None or owner.kind not in _SCALED or owner.owners:
            continue
        if situation.least(owner) == 1:
            yield hit(work, spot(owner.places, "replicas"))


# ── POD712 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD712",
    name="no-disruption-budget",
    severity=INFO,
    set="operations",
    lecture="§7-5 Pod는 언제든 죽는다고 가정",
    docs="tasks/run-application/configure-pdb/",
    message=Text("{pod}: PodDisruptionBudget이 없습니다", "{pod}: no PodDisruptionBudget"),
    fix=Text(
        "maxUnavailable: 1인 PodDisruptionBudget을 추가하세요",
        "Add a PodDisruptionBudget with maxUnavailable: 1",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "x/web:1"}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "x/web:1"}]}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
        """,
)
def no_disruption_budget(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a Deployment or StatefulSet of several Pods that no
    PodDisruptionBudget speaks of.

    Why it is bad: a drain may take all of its Pods at once.

    Known limits: a single Pod is not told; a budget would only block its drain. Specs have no
    budgets, and are left alone.

    한국어
    하는 일: PodDisruptionBudget이 없는, Pod가 여럿인 Deployment나 StatefulSet을 알립니다.

    왜 나쁜가: drain이 모든 Pod를 한꺼번에 내릴 수 있습니다.

    한계: Pod가 하나면 알리지 않습니다. 예산이 drain을 막기만 하기 때문입니다. 스펙에는 예산이 없어
    보지 않습니다.
    """
    budgets = situation.cluster.budgets
    guarded = {top.path for b in budgets for top in situation.relations.protected(b)}
    for work in situation.works:
        owner = work.owner
        if owner is None or owner.kind not in _SCALED or owner.owners or owner.path in guarded:
            continue
        if situation.least(owner) > 1 and not work.own:
            yield hit(work)


# ── POD713 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD713",
    name="no-readiness-probe",
    severity=INFO,
    set="operations",
    lecture="§7-5, §9 복구",
    docs="tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    message=Text(
        "{pod}: '{a}'가 readinessProbe 없이 트래픽을 받습니다",
        "{pod}: '{a}' receives Service traffic without readinessProbe",
    ),
    fix=Text("'{a}'에 readinessProbe를 추가하세요", "Give '{a}' a readinessProbe"),
    bad="""
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
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "x/web:1"}]}
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
            metadata: {labels: {app: web}}
            spec:
              containers:
                - {name: web, image: "x/web:1", readinessProbe: {tcpSocket: {port: 80}}}
        """,
)
def no_readiness_probe(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a container that a Service reaches and that has no readinessProbe.

    Why it is bad: a Pod that is starting, or stuck, gets requests that it cannot answer.

    Known limits: where no port is declared, the only container is taken for the one reached.

    한국어
    하는 일: Service가 가리키는데 readinessProbe가 없는 컨테이너를 알립니다.

    왜 나쁜가: 아직 뜨는 중이거나 멈춘 Pod로 요청이 갑니다.

    한계: 포트를 선언하지 않았으면 하나뿐인 컨테이너를 대상으로 봅니다.
    """
    for work in situation.works:
        for container in work.running:
            if container.path in situation.serving and "readiness" not in container.probes:
                place = container.place
                yield hit(work, place, element=container.path, a=container.name)


# ── POD714 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD714",
    name="shell-swallows-sigterm",
    severity=INFO,
    set="operations",
    lecture="§7-5 Pod는 언제든 죽는다고 가정",
    docs="concepts/workloads/pods/pod-lifecycle/#pod-termination",
    message=Text(
        "{pod}: '{a}'가 exec 없이 셸로 시작되어 SIGTERM이 프로그램에 전달되지 않습니다",
        "{pod}: '{a}' starts through a shell without exec; SIGTERM does not reach the program",
    ),
    fix=Text(
        "마지막 명령 앞에 exec를 쓰거나 trap으로 SIGTERM을 처리하세요",
        "Put exec before the last command, or handle SIGTERM with trap",
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
                - {name: web, image: "x/web:1", command: [sh, -c, "setup; serve --port 80"]}
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
              containers:
                - {name: web, image: "x/web:1", command: [sh, -c, "setup; exec serve --port 80"]}
        """,
)
def shell_swallows_sigterm(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a container that a shell script of several commands starts, without
    exec and without trap.

    Why it is bad: the shell gets the SIGTERM and does not pass it on. The program is killed when
    the grace period is over.

    Known limits: a shell with a single command replaces itself; Jobs are left alone.

    한국어
    하는 일: exec도 trap도 없이 명령이 여럿인 셸 스크립트로 시작되는 컨테이너를 알립니다.

    왜 나쁜가: SIGTERM을 셸이 받고 전달하지 않아, 유예 시간이 끝나면 프로그램이 강제 종료됩니다.

    한계: 명령이 하나인 셸은 스스로 그 명령으로 바뀝니다. Job은 보지 않습니다.
    """
    for work in situation.works:
        for container in () if work.is_short else work.running:
            script = _script(container)
            if script and _SEVERAL.search(script.strip()) and not _PASSES.search(script):
                places = (spot(container.places, "command", "args"), container.place)
                yield hit(work, *places, element=container.path, a=container.name)


_SEVERAL = pattern(r";|&&|\n|\|")
_PASSES = pattern(r"\b(?:exec|trap|tini|dumb-init)\b")


def _script(container: Container) -> str | None:
    """The script of `sh -c SCRIPT`, over command and arguments."""
    words = container.argv
    if len(words) < 3 or words[0].rpartition("/")[2] not in ("sh", "bash", "ash", "dash"):
        return None
    flag = next((i for i, word in enumerate(words[1:-1], 1) if re.fullmatch(r"-\w*c", word)), 0)
    return words[flag + 1] if flag else None
