"""Theme 3: containers live and die with their Pod."""

from collections.abc import Iterator

from podviz.cluster.images import known, purpose
from podviz.meta import spot
from podviz.pattern import pattern
from podviz.pod import Container
from podviz.rule import ERROR, INFO, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.commands import endless, line
from podviz.situation.work import LONG, Work
from podviz.text import Text

# ── POD301 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD301",
    name="lifetime-outside-pod",
    severity=ERROR,
    lecture="§3-2 '컨테이너 단독으로 살려두는 개념이 아님'",
    docs="concepts/workloads/pods/pod-lifecycle/",
    message=Text(
        "{pod}: '{a}'가 Pod보다 {x} 것으로 되어 있습니다."
        " 컨테이너는 Pod와 함께 생성되고 함께 종료됩니다",
        "{pod}: '{a}' is drawn to {x} the Pod; containers live and die with their Pod",
    ),
    fix=Text(
        "lifetime을 지우세요. 따로 살아야 하면 다른 Pod로 나누세요",
        "Leave lifetime out; what shall live apart needs a Pod of its own",
    ),
    bad="""
        podviz: 1
        pods:
          - name: web
            containers:
              - {name: app, image: "shop/web:2"}
              - {name: logs, image: "fluent-bit:3.2", role: sidecar, lifetime: {ends: after-pod}}
        """,
    good="""
        podviz: 1
        pods:
          - name: web
            containers:
              - {name: app, image: "shop/web:2"}
              - {name: logs, image: "fluent-bit:3.2", role: sidecar, lifetime: {ends: with-pod}}
        """,
)
def lifetime_outside_pod(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a container of a spec that is drawn to start before its Pod or to
    outlive it.

    Why it is bad: there is no such thing. A container exists only as a part of its Pod.

    Known limits: only a spec can say it.

    한국어
    하는 일: 스펙에서 Pod보다 먼저 시작하거나 Pod보다 오래 사는 것으로 그려진 컨테이너를 알립니다.

    왜 나쁜가: 그런 컨테이너는 없습니다. 컨테이너는 Pod의 일부로만 존재합니다.

    한계: 스펙에서만 말할 수 있습니다.
    """
    for work in situation.works:
        for container in work.pod.containers:
            life = container.lifetime
            if life is None:
                continue
            early, late = life.starts == "before-pod", life.ends == "after-pod"
            if early or late:
                said = _BOTH if early and late else _EARLY if early else _LATE
                place = spot(container.places, "lifetime") or life.place
                yield hit(work, place, element=container.path, a=container.name, x=said)


_EARLY = Text("먼저 시작하는", "start before")
_LATE = Text("오래 사는", "outlive")
_BOTH = Text("먼저 시작하고 오래 사는", "start before and outlive")


# ── POD302 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD302",
    name="job-blocked-by-sidecar",
    severity=ERROR,
    lecture="§3-2 같은 생명주기 ('함께 종료'), §4 '함께 뜨고 함께 죽어야'",
    docs="concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers",
    message=Text(
        "{pod}: 컨테이너 '{a}'가 끝나지 않아 Job이 완료되지 않습니다 ({x})",
        "{pod}: the Job cannot complete, container '{a}' never ends ({x})",
    ),
    fix=Text(
        "'{a}'를 initContainers로 옮기고 restartPolicy: Always를 지정하세요 (Kubernetes 1.29 이상)",
        "Move '{a}' to initContainers with restartPolicy: Always (Kubernetes >= 1.29)",
    ),
    bad="""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - {name: work, image: "x/work:1"}
                - {name: logs, image: "fluent/fluent-bit:3.1.9"}
        """,
    good="""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec:
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - {name: logs, image: "fluent/fluent-bit:3.1.9", restartPolicy: Always}
              containers: [{name: work, image: "x/work:1"}]
        """,
)
def job_blocked_by_sidecar(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Job or CronJob with an ordinary container that never ends beside
    the one that does the work: a proxy, a log or metrics collector, or an endless command.

    Why it is bad: a Job is done when all ordinary containers have ended. This one is never done,
    and its Pod runs for ever.

    Known limits: a shutdown handshake anywhere in the Pod (quitquitquit, pkill, a file that says
    done) silences it; one that is built into an image cannot be seen.

    한국어
    하는 일: 일을 하는 컨테이너 옆에 끝나지 않는 일반 컨테이너(프록시, 로그·지표 수집기, 끝없는
    명령)가 있는 Job이나 CronJob을 알립니다.

    왜 나쁜가: 일반 컨테이너가 모두 끝나야 Job이 완료됩니다. 이 Job은 완료되지 않고 Pod가 계속
    실행됩니다.

    한계: Pod 어디에든 종료 신호(quitquitquit, pkill, 완료를 알리는 파일)가 있으면 말하지 않습니다.
    이미지 안에 든 신호는 볼 수 없습니다.
    """
    for work in situation.works:
        if not work.is_task or len(work.apps) < 2:
            continue
        stuck = [(c, why) for c in work.apps if (why := _never_ends(work, c))]
        if not stuck or len(stuck) == len(work.apps) or _handshake(situation, work):
            continue
        signs = [c for c in work.apps if _DONE_TOLD.search(line(c))]
        for container, why in stuck:
            told = (s for s in signs if s is not container)
            if any(situation.shares_volume(work, s, container) for s in told):
                continue  # a file that the one writes may tell the other to stop
            place = container.place
            yield hit(work, place, element=container.path, a=container.name, x=why)


_LASTING = frozenset(["proxy", "log", "metrics", "sync", "security"])
_ONCE = pattern(r"(?i)one-?_?time|\bonce\b|--exit(?!-zero)|(?:^|[\s;&|(])timeout\s")


def _never_ends(work: Work, container: Container) -> str | None:
    """Why a container of a Job never ends."""
    said = endless(container)
    if said:
        return said
    text = " ".join([line(container), *(f"{k}={v}" for k, v in container.env)])
    if _ONCE.search(text) or (container.command and _is_script(container)):
        return None
    if container in work.sidecars and container.reason is None:
        return "role: sidecar"
    what = purpose(container.image, known(), container.argv)
    if what in _LASTING and container.image and "rclone" not in container.image:
        return container.image
    return None


def _is_script(container: Container) -> bool:
    """True for a shell with a script of its own that has a way to end."""
    shell = container.command[0].rpartition("/")[2] in ("sh", "bash", "ash", "dash")
    return shell and bool(_ENDS.search(line(container)))


_ENDS = pattern(r"\b(?:exit|kill|timeout|trap|wait|until)\b|\[\s*!?\s*-[efs]\s")


_SHAKES = pattern(
    r"quitquitquit|pkill|killall|\bkill\b|/shutdown\b|linkerd-await|/exit\b|/quit\b|scuttle"
    r"|pilot-agent wait|exit-?after|EXIT_ON|exit_on"
)
_DONE_TOLD = pattern(r"\btouch\s|>\s*/\S*(?:done|finish|complete|stop|exit|terminat)\S*")
_DONE_READ = pattern(r"\[\s*!?\s*-[efs]\s|\btest\s+!?\s*-[efs]\s|\binotifywait\b")


def _handshake(situation: Situation, work: Work) -> bool:
    """True if anything in the Pod tells the sidecar to stop."""
    texts = [
        *(line(c) for c in work.pod.containers),
        *(value for c in work.pod.containers for _, value in c.env),
        *(hook for c in work.pod.containers for hook in (c.prestop, c.poststart) if hook),
        *(value for _, value in work.annotations),
        *(text for c in work.apps for g in situation.configs(work, c) for _, text in g.entries),
    ]
    if any(_SHAKES.search(text) for text in texts):
        return True
    return any(map(_DONE_TOLD.search, texts)) and any(map(_DONE_READ.search, texts))


# ── POD308 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD308",
    name="classic-sidecar",
    severity=INFO,
    lecture="§3-2 같은 생명주기, §4 메인 컨테이너 + 사이드카",
    docs="concepts/workloads/pods/pod-lifecycle/#termination-with-sidecars",
    message=Text(
        "{pod}: '{a}'가 일반 컨테이너라서 애플리케이션보다 늦게 뜨거나 먼저 죽을 수 있습니다",
        "{pod}: '{a}' is an ordinary container; it may start after or stop before the application",
    ),
    fix=Text(
        "네이티브 사이드카(initContainers + restartPolicy: Always)로 바꾸세요",
        "Make it a native sidecar (initContainers + restartPolicy: Always)",
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
              containers:
                - {name: app, image: "x/app:1"}
                - {name: envoy, image: "envoyproxy/envoy:v1.31"}
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
                - {name: envoy, image: "envoyproxy/envoy:v1.31", restartPolicy: Always}
              containers: [{name: app, image: "x/app:1"}]
        """,
)
def classic_sidecar(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a proxy, or what fetches secrets, that runs as an ordinary container
    beside an application.

    Why it is bad: ordinary containers start and stop in no order. The application may call
    through a proxy that is not up yet, or is already gone.

    Known limits: only well-known images count, and nothing is said where Kubernetes is older
    than 1.29.

    한국어
    하는 일: 애플리케이션 옆에서 일반 컨테이너로 실행되는 프록시나 비밀 관리 에이전트를 알립니다.

    왜 나쁜가: 일반 컨테이너는 뜨고 지는 순서가 없습니다. 아직 뜨지 않았거나 이미 죽은 프록시를 통해
    호출할 수 있습니다.

    한계: 잘 알려진 이미지만 봅니다. Kubernetes가 1.29보다 낮으면 말하지 않습니다.
    """
    if situation.kubernetes and situation.kubernetes < (1, 29):
        return
    for work in situation.works:
        if work.kind not in (*LONG, "Pod") or not work.mains:
            continue
        for container in work.sidecars:
            if container.native or container in work.mains:
                continue
            if purpose(container.image, known(), container.argv) in ("proxy", "security"):
                place = container.place
                yield hit(work, place, element=container.path, a=container.name)
