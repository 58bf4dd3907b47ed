"""Theme 1: the Pod is the unit of scaling."""

from collections.abc import Iterator

from podviz.cluster.images import is_one_of, known
from podviz.pattern import pattern
from podviz.pod import Container
from podviz.rule import WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.commands import only_stays
from podviz.text import Text

_STANDS = pattern(
    r"(?i:(?:^|[-_.])(?:https?|server|grpc|web|app|admin|tcp|udp)?ports?(?=$|[-_.\d]))"
    r"|(?<=[a-z])Port(?=$|[A-Z\d])|(?i:listen|bind(?!ing)|addr)"
)
_COUNTS = pattern(r"(?i)^name$|hostname|instance|worker.?(?:id|no|num)|index|^id$|ordinal")
_NUMBERED = pattern(r"[\w.-]*\d")
"""Names of flags and variables that say where a copy listens, and which of several it is."""


@rule(
    code="POD104",
    name="replicas-inside-pod",
    severity=WARNING,
    lecture="§5 표(스케일링), §9 '배포·확장·복구의 기준은 Pod'",
    docs="concepts/workloads/pods/#workload-resources-for-managing-pods",
    message=Text(
        "{pod}: '{a}'와 '{b}'는 같은 이미지와 명령입니다."
        " 확장 단위는 컨테이너가 아니라 Pod이므로 replicas로 늘리세요",
        "{pod}: '{a}' and '{b}' run the same image and command; a Pod is one instance,"
        " scale it with replicas",
    ),
    fix=Text(
        "컨테이너는 하나만 두고 컨트롤러의 replicas를 올리세요",
        "Keep one container and set replicas on the controller",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: w}
        spec:
          selector: {matchLabels: {app: w}}
          template:
            metadata: {labels: {app: w}}
            spec:
              containers:
                - {name: w1, image: "x/worker:1", args: ["--port=8001"]}
                - {name: w2, image: "x/worker:1", args: ["--port=8002"]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: w}
        spec:
          replicas: 2
          selector: {matchLabels: {app: w}}
          template:
            metadata: {labels: {app: w}}
            spec:
              containers:
                - {name: web, image: "x/rails:1", args: ["puma"]}
                - {name: jobs, image: "x/rails:1", args: ["sidekiq"]}
        """,
)
def replicas_inside_pod(situation: Situation) -> Iterator[Hit]:
    """What it does: tells two containers of a Pod that are alike in image, command, arguments
    and variables but for the port that they listen on.

    Why it is bad: the Pod is the unit of scaling. Copies inside one Pod stand on one node, fail
    together and are out of reach of `replicas` and autoscalers.

    Known limits: copies of a sidecar image (two proxies with other upstreams) are left alone.

    한국어
    하는 일: 한 Pod에서 이미지·명령·인자·환경 변수가 듣는 포트 말고는 같은 두 컨테이너를 알립니다.

    왜 나쁜가: 확장 단위는 Pod입니다. Pod 안의 복사본은 한 노드에 모여 함께 멈추고, replicas나 자동
    확장으로 늘릴 수 없습니다.

    한계: 사이드카 이미지(상대가 다른 두 프록시 등)는 보지 않습니다.
    """
    for work in situation.works:
        first: dict[object, Container] = {}
        for container in work.mains:
            if not container.image or (not work.own and not _says_enough(container)):
                continue
            alike = first.setdefault(_likeness(container, work.own), container)
            if alike is not container:
                yield hit(
                    work,
                    container.place,
                    element=container.path,
                    related=(alike.place,),
                    a=alike.name,
                    b=container.name,
                )


def _says_enough(container: Container) -> bool:
    """A shell that is given nothing to do, as tutorials have several of, shows no work that is
    doubled."""
    if not is_one_of(container.image, known(), "toolboxes"):
        return True
    return bool(container.argv) and not only_stays(container)


def _likeness(container: Container, own: bool) -> object:
    """All that two copies have in common; in a spec image and command say it."""
    if own:
        return container.image, container.command, container.args
    ports = {str(port.number) for port in container.ports}
    argv = tuple("" if word in ports else word for word in _unnumbered(container.argv))
    env = tuple(sorted(pair for pair in container.env if not _tells_apart(*pair)))
    sources = tuple(
        sorted((r.kind, r.name, r.key or "", r.via or "") for r in container.references)
    )
    mounts = tuple(sorted((m.volume, m.path or "", m.sub_path or "") for m in container.mounts))
    return container.image, argv, env, sources, mounts


def _unnumbered(argv: tuple[str, ...]) -> Iterator[str]:
    """The words of a command line without those that only tell one copy from the next."""
    flag = ""
    for word in " ".join(argv).split():
        name, equals, value = word.partition("=")
        if equals and name.startswith("-"):
            yield name if _tells_apart(name.lstrip("-"), value) else word
        else:
            yield "" if flag and _tells_apart(flag, word) else word
        flag = "" if equals else word.lstrip("-") if word.startswith("-") else ""


def _tells_apart(name: str, value: str) -> bool:
    """True where a name and its value only tell one copy from the next."""
    if name in ("p", "l", "P"):
        return value.lstrip(":").isdecimal()
    return bool(_STANDS.search(name) or (_COUNTS.search(name) and _NUMBERED.fullmatch(value)))
