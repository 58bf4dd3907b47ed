"""Theme 6: what only a picture can get wrong."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.rule import ERROR, Hit, hit, rule
from podviz.situation import Situation
from podviz.text import Text

# ── POD609 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD609",
    name="container-outside-pod",
    severity=ERROR,
    lecture="§1, §5 '쿠버네티스는 Pod만 관리', §8 '컨테이너를 직접 배포한다'",
    docs="concepts/workloads/pods/#using-pods",
    message=Text(
        "컨테이너 '{a}'가 Pod 밖에 있습니다. 쿠버네티스는 컨테이너가 아니라 Pod를 배포합니다",
        "container '{a}' is outside any Pod; Kubernetes deploys Pods",
    ),
    fix=Text(
        "컨테이너를 Pod(또는 Deployment의 pod) 안에 넣으세요",
        "Put it into a Pod, or into the pod of a Deployment",
    ),
    bad="""
        podviz: 1
        containers: [{name: app, image: "shop/web:2"}]
        """,
    good="""
        podviz: 1
        pods: [{name: web, containers: [{name: app, image: "shop/web:2"}]}]
        """,
)
def container_outside_pod(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a container of a spec that stands in no Pod.

    Why it is bad: Kubernetes knows no such thing. Even a single container runs in a Pod.

    Known limits: only a spec can say it.

    한국어
    하는 일: 스펙에서 어떤 Pod에도 들어 있지 않은 컨테이너를 알립니다.

    왜 나쁜가: 쿠버네티스에는 그런 것이 없습니다. 컨테이너 하나도 Pod 안에서 실행됩니다.

    한계: 스펙에서만 말할 수 있습니다.
    """
    for container in situation.cluster.containers:
        yield Hit(
            element=container.path,
            object=container.path,
            place=container.place,
            args=(("pod", f"Container/{container.name}"), ("a", container.name)),
        )


# ── POD610 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD610",
    name="scaling-a-container",
    severity=ERROR,
    lecture="§5 표(스케일링), §9 '배포·확장·복구의 기준은 Pod'",
    docs="concepts/workloads/pods/#workload-resources-for-managing-pods",
    message=Text(
        "컨테이너 '{a}'에 replicas가 있습니다. 확장 단위는 Pod입니다",
        "replicas on container '{a}'; only Pods are scaled",
    ),
    fix=Text(
        "replicas를 컨트롤러(Deployment 등)로 옮기세요",
        "Move replicas to the controller (a Deployment)",
    ),
    bad="""
        podviz: 1
        pods: [{name: web, containers: [{name: app, image: "shop/web:2", replicas: 3}]}]
        """,
    good="""
        podviz: 1
        controllers:
          - kind: Deployment
            name: web
            replicas: 3
            pod: {containers: [{name: app, image: "shop/web:2"}]}
        """,
)
def scaling_a_container(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a container of a spec that has a number of replicas.

    Why it is bad: a container is never scaled. More of it means more Pods, each with its own
    address and its own sidecars.

    Known limits: only a spec can say it; one replica is none too many.

    한국어
    하는 일: 스펙에서 replicas가 적힌 컨테이너를 알립니다.

    왜 나쁜가: 컨테이너는 늘릴 수 없습니다. 늘린다는 것은 저마다 IP와 사이드카를 가진 Pod를 늘리는
    것입니다.

    한계: 스펙에서만 말할 수 있습니다. 1은 알리지 않습니다.
    """
    for work in situation.works:
        for container in work.pod.containers:
            if (container.replicas or 1) > 1:
                place = spot(container.places, "replicas")
                yield hit(work, place, element=container.path, a=container.name)
