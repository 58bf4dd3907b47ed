"""Theme 3: what starts before the application."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.pod import Container, Port
from podviz.rule import ERROR, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.commands import calls, endless, spoken, standing
from podviz.situation.work import Work
from podviz.text import Text

# ── POD303 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD303",
    name="init-needs-later-container",
    severity=ERROR,
    lecture="§3-2 같은 생명주기",
    docs="concepts/workloads/pods/init-containers/#detailed-behavior",
    message=Text(
        "{pod}: 초기화 컨테이너 '{a}'가 localhost:{x}를 필요로 하지만 '{b}'는 그 뒤에 시작됩니다."
        " Pod가 뜨지 못합니다",
        "{pod}: init container '{a}' needs localhost:{x} but '{b}' starts only after it;"
        " the Pod never starts",
    ),
    fix=Text(
        "'{b}'를 네이티브 사이드카로 만들고 '{a}'보다 앞에 두세요",
        "Make '{b}' a native sidecar and list it before '{a}'",
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
              initContainers: [{name: migrate, image: "x/app:1", args: ["--db=localhost:5432"]}]
              containers:
                - {name: app, image: "x/app:1"}
                - {name: db, image: "x/db-tunnel:2", ports: [{containerPort: 5432}]}
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
                - name: db-proxy
                  image: x/cloud-sql-proxy:2
                  restartPolicy: Always
                  ports: [{containerPort: 5432}]
                - {name: migrate, image: "x/app:1", args: ["--db=localhost:5432"]}
              containers: [{name: app, image: "x/app:1"}]
        """,
)
def init_needs_later_container(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an init container that calls a port of localhost which only a
    container that starts later declares.

    Why it is bad: init containers run one after another before all others. Nobody listens yet,
    the init container fails, and the Pod never starts.

    Known limits: a script that only writes the address into a file is left alone.

    한국어
    하는 일: 나중에 시작하는 컨테이너만 여는 localhost 포트를 호출하는 초기화 컨테이너를 알립니다.

    왜 나쁜가: 초기화 컨테이너는 다른 컨테이너보다 먼저 하나씩 실행됩니다. 아직 아무도 듣지 않으므로
    실패하고 Pod가 뜨지 못합니다.

    한계: 주소를 파일에 적기만 하는 스크립트는 보지 않습니다.
    """
    for work in situation.works:
        for container in work.inits:
            told = set()
            for port, field in calls(container):
                later = _later(work, container, port)
                if later and port not in told:
                    told.add(port)
                    yield hit(
                        work,
                        standing(container, field),
                        container.place,
                        element=container.path,
                        related=(later[1].place,),
                        a=container.name,
                        x=port,
                        b=later[0].name,
                    )


def _later(work: Work, init: Container, number: int) -> tuple[Container, Port] | None:
    """Who declares the port only after the init container; None if somebody does before."""
    found = None
    for container in work.running:
        for port in container.ports:
            if port.number == number and port.protocol == "TCP":
                if container.native and work.before(container, init):
                    return None
                found = found or (container, port)
    return found


# ── POD306 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD306",
    name="endless-init-container",
    severity=ERROR,
    lecture="§3-2 같은 생명주기",
    docs="concepts/workloads/pods/init-containers/#understanding-init-containers",
    message=Text(
        "{pod}: 초기화 컨테이너 '{a}'가 끝나지 않아 애플리케이션이 시작되지 않습니다",
        "{pod}: init container '{a}' never ends, so the application never starts",
    ),
    fix=Text(
        "사이드카라면 restartPolicy: Always를 추가하고, 아니면 종료되게 하세요",
        "Add restartPolicy: Always to make it a sidecar, or let it exit",
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
                - {name: logs, image: "busybox:1.36", command: [sh, -c, "tail -F /l/x.log"]}
              containers: [{name: app, image: "x/app:1"}]
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
                - name: wait
                  image: busybox:1.36
                  command: [sh, -c, "until nslookup db; do sleep 2; done"]
              containers: [{name: app, image: "x/app:1"}]
        """,
)
def endless_init_container(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an init container whose command never ends: tail -f, sleep infinity,
    a loop without a way out.

    Why it is bad: the application starts when every init container has ended.

    Known limits: only the command is read; images are never judged. A loop that waits for
    something (until …, while ! …) ends.

    한국어
    하는 일: 명령이 끝나지 않는(tail -f, sleep infinity, 나갈 길 없는 반복) 초기화 컨테이너를
    알립니다.

    왜 나쁜가: 초기화 컨테이너가 모두 끝나야 애플리케이션이 시작됩니다.

    한계: 명령만 보고 이미지는 판단하지 않습니다. 무엇을 기다리는 반복(until …, while ! …)은
    끝납니다.
    """
    for work in situation.works:
        for container in work.inits:
            why = endless(container)
            if why:
                yield hit(
                    work,
                    standing(container, _script(container)),
                    container.place,
                    element=container.path,
                    a=container.name,
                    x=why,
                )


def _script(container: Container) -> str:
    """Where the script of the command line stands, or all of it where there is none."""
    scripts = [
        (len(text), at)
        for at, _, text in spoken(container)
        if " " in text and not at.startswith("env.")
    ]
    return max(scripts)[1] if scripts else "command" if container.command else "args"


# ── POD307 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD307",
    name="init-container-hooks",
    severity=ERROR,
    docs="concepts/workloads/pods/init-containers/#differences-from-regular-containers",
    message=Text(
        "{pod}: 초기화 컨테이너 '{a}'에는 {x}를 쓸 수 없습니다",
        "{pod}: init container '{a}' may not set {x}",
    ),
    fix=Text(
        "{x}를 지우거나, 사이드카라면 restartPolicy: Always를 추가하세요",
        "Remove {x}, or add restartPolicy: Always if it is a sidecar",
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
                - {name: setup, image: "x/setup:1", readinessProbe: {exec: {command: [check]}}}
              containers: [{name: app, image: "x/app:1"}]
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
                - name: cache
                  image: x/cache:1
                  restartPolicy: Always
                  startupProbe: {exec: {command: [check]}}
              containers: [{name: app, image: "x/app:1"}]
        """,
)
def init_container_hooks(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an init container with probes or lifecycle hooks.

    Why it is bad: an init container runs to its end; there is nothing to ask. The API server
    rejects it.

    Known limits: none; native sidecars may have both.

    한국어
    하는 일: 프로브나 lifecycle 훅이 있는 초기화 컨테이너를 알립니다.

    왜 나쁜가: 초기화 컨테이너는 끝까지 실행될 뿐이라 물어볼 것이 없습니다. API 서버가 거부합니다.

    한계: 없습니다. 네이티브 사이드카에는 둘 다 쓸 수 있습니다.
    """
    for work in situation.works:
        for container in work.inits:
            wrong = [f"{probe}Probe" for probe in container.probes]
            wrong += ["lifecycle"] if container.hooks or container.prestop else []
            if wrong:
                place = spot(container.places, *wrong, "hooks", "probes", "prestop")
                names = ", ".join(wrong)
                yield hit(
                    work,
                    place,
                    container.place,
                    element=container.path,
                    a=container.name,
                    x=names,
                )
