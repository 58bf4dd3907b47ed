"""Theme 1: what belongs into one Pod."""

from collections.abc import Iterator

from podviz.cluster.images import is_one_of, known, purpose, repository
from podviz.finding import Severity
from podviz.pod import Container, Port, Role
from podviz.rule import ERROR, INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation, coupling
from podviz.situation.coupling import is_metric, same_image
from podviz.situation.stores import keeper, words
from podviz.situation.work import Work
from podviz.text import Text

_BOTH_MAIN = Text("둘 다 role: main", "both role: main")

_MOST = 40
"""Of a Pod with more containers only the first are compared with each other."""

# ── POD101 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD101",
    name="independent-services",
    severity=ERROR,
    lecture="§4 잘못된 사용, §7-1 (1 Pod = 1 서비스)",
    docs="concepts/workloads/pods/#how-pods-manage-multiple-containers",
    message=Text(
        "{pod}: 서로 독립적인 서비스 '{a}'와 '{b}'가 한 Pod에 묶여 있습니다 ({x})",
        "{pod}: '{a}' and '{b}' look like independent services in one Pod ({x})",
    ),
    fix=Text(
        "'{b}'를 별도의 Pod(별도 Deployment·Service)로 분리하세요."
        " '{a}'를 보조만 한다면 role: sidecar로 선언하세요",
        "Give '{b}' its own Pod (own Deployment and Service); if it only assists '{a}',"
        " declare role: sidecar",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: blog}
        spec:
          selector: {matchLabels: {app: blog}}
          template:
            metadata: {labels: {app: blog}}
            spec:
              containers:
                - name: wordpress
                  image: wordpress:6.6-apache
                  ports: [{containerPort: 80}]
                  env: [{name: WORDPRESS_DB_HOST, value: "127.0.0.1:3306"}]
                - name: mysql
                  image: mysql:8.4
                  ports: [{containerPort: 3306}]
                  volumeMounts: [{name: d, mountPath: /var/lib/mysql}]
              volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: d}
        spec: {accessModes: [ReadWriteMany]}
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
                - name: nginx
                  image: nginx:1.27
                  ports: [{containerPort: 80}]
                  volumeMounts: [{name: code, mountPath: /var/www}]
                - name: php
                  image: php:8.3-fpm
                  ports: [{containerPort: 9000}]
                  volumeMounts: [{name: code, mountPath: /var/www}]
              volumes: [{name: code, emptyDir: {}}]
        """,
)
def independent_services(situation: Situation) -> Iterator[Hit]:
    """What it does: compares each two containers of a Pod that are no sidecars. Two that
    different Services reach, a database beside an application, two whose images and ports have
    nothing in common, or two that a spec declares as main, are told.

    Why it is bad: the containers of a Pod are deployed, scaled and replaced together. Two
    services in one Pod cannot grow or be updated apart, and a fault of one takes the other down.

    Known limits: only what the input shows is judged. A shared writable volume, one image, a web
    server with its application server or a call over localhost speak for one service; a web
    server whose configuration is not in the input may stand in front of the other.

    한국어
    하는 일: 한 Pod에서 사이드카가 아닌 컨테이너를 둘씩 비교합니다. 서로 다른 Service가 가리키는 둘,
    애플리케이션 옆의 데이터베이스, 이미지와 포트에 공통점이 없는 둘, 스펙에서 모두 main으로 선언한
    둘을 알립니다.

    왜 나쁜가: 한 Pod의 컨테이너는 함께 배포·확장·교체됩니다. 두 서비스를 따로 늘리거나 갱신할 수
    없고, 하나의 장애가 다른 하나까지 멈춥니다.

    한계: 입력에 보이는 것만 판단합니다. 함께 쓰는 볼륨, 같은 이미지, 웹 서버와 애플리케이션 서버,
    localhost 호출은 한 서비스라는 근거로 봅니다. 설정이 입력에 없는 웹 서버는 다른 컨테이너 앞에 서
    있을 수 있습니다.
    """
    for work in situation.works:
        mains = work.mains[:_MOST]
        for i, b in enumerate(mains):
            said = [(a, why) for a in mains[:i] if (why := _independent(situation, work, a, b))]
            if said:
                a, (severity, shown) = max(said, key=lambda each: each[1][0])
                yield hit(
                    work,
                    b.place,
                    element=b.path,
                    severity=severity,
                    related=(a.place,),
                    a=a.name,
                    b=b.name,
                    x=shown,
                )


def _independent(
    situation: Situation, work: Work, a: Container, b: Container
) -> tuple[Severity, str | Text] | None:
    """How bad it is that the two share a Pod, and what shows it."""
    if same_image(a, b):
        return None
    one, other = situation.doors(a), situation.doors(b)
    if set(one) - set(other) and set(other) - set(one):
        said = f"Service/{one[0].name} → {a.name}, Service/{other[0].name} → {b.name}"
        return (INFO if _is_near(situation, work, a, b) else ERROR), said
    if _declared(a) and _declared(b):
        return ERROR, _BOTH_MAIN
    if situation.shares_volume(work, a, b):
        return None
    return _unlike(situation, work, a, b)


def _is_near(situation: Situation, work: Work, a: Container, b: Container) -> bool:
    """True for two that are parts of one product, though Services lead to both."""
    return (
        work.pod.share_processes
        or situation.shares_volume(work, a, b)
        or situation.share_a_caller(work, a, b)
        or coupling.web_and_app(a, b)
        or coupling.of_one_maker(a, b)
    )


def _declared(container: Container) -> bool:
    """True if the input itself says that the container is main."""
    return container.role is Role.MAIN and container.reason is None


def _unlike(
    situation: Situation, work: Work, a: Container, b: Container
) -> tuple[Severity, str] | None:
    """What the images of the two show."""
    kept, other = keeper(a), keeper(b)
    stores = [k.image for k in (kept, other) if k and k.kind == "datastore"]
    images = f"{a.image} + {b.image}"
    if stores and len(set(stores)) == len(stores) and not _auxiliary(a) and not _auxiliary(b):
        return ERROR, images
    for keeps, client, cache in ((kept, b, a), (other, a, b)):
        if keeps and keeps.kind == "cache" and situation.calls(work, client, cache):
            return None
    if situation.coupled(work, a, b):
        return None
    if any(coupling.is_web(c) and situation.is_set_elsewhere(work, c) for c in (a, b)):
        return None  # whom it stands in front of, nobody here can tell
    ports = [next((p for p in c.ports if _is_public(c, p)), None) for c in (a, b)]
    if ports[0] and ports[1] and (work.own or (a.image and b.image)):
        told = [f"{c.image or c.name} :{p.number}" for c, p in zip((a, b), ports, strict=True) if p]
        return WARNING, ", ".join(told)
    alone = words("standalone")
    if all(repository(c.image or "")[1] in alone for c in (a, b)):
        return WARNING, images
    return None


def _auxiliary(container: Container) -> bool:
    """True for a container whose image is unknown, or that of a sidecar."""
    return purpose(container.image, known(), container.argv) is not None or not container.image


def _is_public(container: Container, port: Port) -> bool:
    """True for a port that is meant for others than scrapers and probes."""
    if port.public is not None:
        return port.public
    app = is_one_of(container.image, known(), "apps", "datastores")
    return not is_metric(port.name, None if app else port.number)
