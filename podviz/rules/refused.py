"""Theme 3: what this cluster would not run."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.rule import ERROR, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import LONG
from podviz.text import Text

# ── POD304 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD304",
    name="native-sidecar-unsupported",
    severity=ERROR,
    lecture="§3-2 같은 생명주기",
    docs="concepts/workloads/pods/sidecar-containers/#pod-sidecar-containers",
    message=Text(
        "{pod}: '{a}'(네이티브 사이드카)는 Kubernetes 1.29 이상이 필요합니다."
        " 대상 버전은 {x}입니다",
        "{pod}: '{a}' needs Kubernetes 1.29, target is {x}; it would block start-up as a plain"
        " init container",
    ),
    fix=Text(
        "클러스터를 올리거나, '{a}'를 일반 컨테이너로 두세요",
        "Upgrade the cluster, or make '{a}' an ordinary container",
    ),
    bad="""
        podviz: 1
        kubernetes: "1.28"
        pods:
          - name: web
            containers:
              - {name: app, image: "shop/web:2"}
              - {name: envoy, image: "envoyproxy/envoy:v1.31", role: sidecar, native: true}
        """,
    good="""
        podviz: 1
        kubernetes: "1.28"
        pods:
          - name: web
            containers:
              - {name: app, image: "shop/web:2"}
              - {name: envoy, image: "envoyproxy/envoy:v1.31", role: sidecar}
        """,
)
def native_sidecar_unsupported(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a native sidecar where the version of Kubernetes that is meant is
    below 1.29.

    Why it is bad: an older kubelet takes it for an init container and waits for ever for its
    end.

    Known limits: only where a version is given, in the spec or as an option.

    한국어
    하는 일: 대상 Kubernetes 버전이 1.29보다 낮을 때 네이티브 사이드카를 알립니다.

    왜 나쁜가: 낮은 버전의 kubelet은 이를 초기화 컨테이너로 여기고 끝나기를 한없이 기다립니다.

    한계: 스펙이나 옵션으로 버전을 준 때에만 봅니다.
    """
    if situation.kubernetes is None or situation.kubernetes >= (1, 29):
        return
    target = ".".join(map(str, situation.kubernetes))
    for work in situation.works:
        for container in work.natives:
            place = container.place
            yield hit(work, place, element=container.path, a=container.name, x=target)


# ── POD305 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD305",
    name="wrong-restart-policy",
    severity=ERROR,
    lecture="§6 상위 객체",
    docs="concepts/workloads/controllers/job/#pod-template",
    message=Text(
        "{pod}: 이 컨트롤러에서는 restartPolicy {x}를 쓸 수 없습니다",
        "{pod}: restartPolicy {x} is not allowed for this controller",
    ),
    fix=Text(
        "Job/CronJob은 OnFailure 또는 Never,"
        " Deployment/StatefulSet/DaemonSet/ReplicaSet은 Always여야 합니다",
        "Job/CronJob: OnFailure or Never. Deployment/StatefulSet/DaemonSet/ReplicaSet: Always",
    ),
    bad="""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec: {template: {spec: {containers: [{name: j, image: "x/j:1"}]}}}
        """,
    good="""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: j, image: "x/j:1"}]}}}
        """,
)
def wrong_restart_policy(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Job or CronJob whose Pods would always be restarted, and any other
    controller whose Pods would not.

    Why it is bad: the API server rejects it. A Job's Pod must be able to end, the others' must
    not.

    Known limits: a Job of a manifest without the field means Always and is told; a spec may
    leave it out.

    한국어
    하는 일: Pod를 항상 다시 시작하는 Job·CronJob과, 항상 다시 시작하지는 않는 다른 컨트롤러를
    알립니다.

    왜 나쁜가: API 서버가 거부합니다. Job의 Pod는 끝날 수 있어야 하고 나머지는 계속 떠 있어야
    합니다.

    한계: 매니페스트의 Job에서 생략하면 Always로 보고 알립니다. 스펙에서는 생략해도 됩니다.
    """
    for work in situation.works:
        said = work.pod.restart
        if work.is_task:
            wrong = said == "Always" or (said is None and not work.own)
        else:
            wrong = work.kind in LONG and said not in (None, "Always")
        if wrong and work.owner:
            shown = said or "Always"
            first = work.pod.containers[0].place if work.pod.containers else None
            yield hit(work, spot(work.pod.places, "restart"), None if said else first, x=shown)
