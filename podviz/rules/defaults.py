"""Operations, asked for: what a controller leaves to its defaults."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.rule import INFO, Hit, hit, rule
from podviz.situation import Situation
from podviz.text import Text

# ── POD506 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD506",
    name="statefulset-without-claims",
    severity=INFO,
    set="operations",
    lecture="§7-3 상태는 Pod 밖으로",
    docs="concepts/workloads/controllers/statefulset/",
    message=Text(
        "{pod}: volumeClaimTemplates가 없어 이름만 유지되고 데이터는 유지되지 않습니다",
        "{pod}: StatefulSet without volumeClaimTemplates keeps identity but no data",
    ),
    fix=Text(
        "volumeClaimTemplates를 추가하거나, 이름이 필요 없으면 Deployment를 쓰세요",
        "Add volumeClaimTemplates, or use a Deployment if names do not matter",
    ),
    bad="""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web}
        spec:
          serviceName: web
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "x/web:1"}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web}
        spec:
          serviceName: web
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "x/web:1", volumeMounts: [{name: d, mountPath: /d}]}]
          volumeClaimTemplates:
            - metadata: {name: d}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """,
)
def statefulset_without_claims(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a StatefulSet without volumeClaimTemplates.

    Why it is bad: its Pods keep their names, but what they wrote is gone with each of them.

    Known limits: one that needs only stable names is right without claims.

    한국어
    하는 일: volumeClaimTemplates가 없는 StatefulSet을 알립니다.

    왜 나쁜가: Pod의 이름은 이어지지만 쓴 데이터는 Pod와 함께 사라집니다.

    한계: 고정된 이름만 필요하다면 이대로 맞습니다.
    """
    for work in situation.works:
        if work.kind == "StatefulSet" and work.owner and not work.owner.claims:
            yield hit(work)


# ── POD806 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD806",
    name="cronjob-concurrency",
    severity=INFO,
    set="operations",
    docs="concepts/workloads/controllers/cron-jobs/#concurrency-policy",
    message=Text(
        "{pod}: concurrencyPolicy가 Allow라 실행이 겹칠 수 있습니다",
        "{pod}: concurrencyPolicy Allow; a slow run overlaps the next",
    ),
    fix=Text(
        "concurrencyPolicy: Forbid 또는 Replace를 쓰세요", "concurrencyPolicy: Forbid or Replace"
    ),
    bad="""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: j}
        spec:
          schedule: "*/5 * * * *"
          jobTemplate:
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: j, image: "x/j:1"}]}
        """,
    good="""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: j}
        spec:
          schedule: "*/5 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: j, image: "x/j:1"}]}
        """,
)
def cronjob_concurrency(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a CronJob whose runs may overlap, as they may unless it says otherwise.

    Why it is bad: two runs work on the same things, and slow runs pile up.

    Known limits: runs that do not disturb each other may overlap; a spec cannot say it.

    한국어
    하는 일: 실행이 겹칠 수 있는(기본값) CronJob을 알립니다.

    왜 나쁜가: 두 실행이 같은 것을 건드리고, 느린 실행이 쌓입니다.

    한계: 서로 방해하지 않는 실행은 겹쳐도 됩니다. 스펙에서는 말할 수 없습니다.
    """
    for work in situation.works:
        owner = work.owner
        if work.own or owner is None or owner.kind != "CronJob":
            continue
        if owner.concurrency in (None, "Allow"):
            yield hit(work, spot(owner.places, "concurrency"))


# ── POD807 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD807",
    name="job-without-backoff-limit",
    severity=INFO,
    set="operations",
    docs="concepts/workloads/controllers/job/#pod-backoff-failure-policy",
    message=Text(
        "{pod}: backoffLimit이 없어 기본값 6회까지 재시도합니다",
        "{pod}: backoffLimit defaults to 6 retries",
    ),
    fix=Text("backoffLimit을 지정하세요", "Set backoffLimit"),
    bad="""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: j, image: "x/j:1"}]}}}
        """,
    good="""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec:
          backoffLimit: 2
          template: {spec: {restartPolicy: Never, containers: [{name: j, image: "x/j:1"}]}}
        """,
)
def job_without_backoff_limit(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a Job or CronJob that does not say how often it is tried again.

    Why it is bad: six more runs of what failed cost time and may repeat what they did.

    Known limits: six may be right.

    한국어
    하는 일: 재시도 횟수를 말하지 않는 Job이나 CronJob을 알립니다.

    왜 나쁜가: 실패한 일을 여섯 번 더 실행하면 시간이 들고 한 일을 되풀이할 수 있습니다.

    한계: 6회가 맞을 수도 있습니다.
    """
    for work in situation.works:
        if work.is_task and work.owner and work.owner.retries is None:
            yield hit(work)
