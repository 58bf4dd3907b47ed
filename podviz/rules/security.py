"""Operations, asked for: images, requests, what a Pod may touch."""

import re
from collections.abc import Iterator

from podviz.meta import spot
from podviz.pod import Resources
from podviz.rule import INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.stores import words
from podviz.text import Text

# ── POD801 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD801",
    name="floating-image-tag",
    severity=WARNING,
    set="operations",
    docs="concepts/containers/images/#image-names",
    message=Text(
        "{pod}: '{a}'의 이미지 태그가 고정되지 않았습니다 ({x})",
        "{pod}: '{a}' uses {x}, whose tag moves",
    ),
    fix=Text("버전 태그나 다이제스트를 쓰세요", "Use a version as tag, or a digest"),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "nginx:latest"}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "registry:5000/nginx:1.27"}]}
        """,
)
def floating_image_tag(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an image without a tag, or with one that moves (latest, main, edge, …).

    Why it is bad: two Pods of one controller may run different programs, and nobody knows which
    one to go back to.

    Known limits: any other tag is taken for fixed; images that a template still fills in are
    left alone, and bare names that are none of Docker's official images: they stand for one.

    한국어
    하는 일: 태그가 없거나 움직이는 태그(latest, main, edge 등)를 쓰는 이미지를 알립니다.

    왜 나쁜가: 한 컨트롤러의 두 Pod가 다른 프로그램을 실행할 수 있고, 어디로 되돌릴지 알 수
    없습니다.

    한계: 그 밖의 태그는 고정된 것으로 봅니다. 템플릿이 아직 채우지 않은 이미지와, Docker 공식
    이미지가 아닌 이름뿐인 이미지(도구가 바꿔 넣는 자리)는 보지 않습니다.
    """
    for work in situation.works:
        for container in work.pod.containers:
            image = container.image
            if image and not _is_filled_in(image) and _tag(image) in _MOVING:
                places = (spot(container.places, "image"), container.place)
                yield hit(work, *places, element=container.path, a=container.name, x=image)


_MOVING = frozenset(["", "latest", "main", "master", "edge", "nightly", "dev", "canary"])


def _is_filled_in(image: str) -> bool:
    """True where the image is pinned, or only a name in whose place another is put.

    A name alone is one of Docker's official images, or none that could be pulled: Skaffold,
    Kustomize and their like put image and tag in its place.
    https://docs.docker.com/docker-hub/image-library/trusted-content/#docker-official-images
    """
    alone = not re.search(r"[/:]", image) and image not in words("official")
    return alone or bool(re.search(r"[${}@]", image))


def _tag(image: str) -> str:
    return image.rpartition("/")[2].partition(":")[2]


# ── POD802 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD802",
    name="no-requests",
    severity=INFO,
    set="operations",
    docs="concepts/configuration/manage-resources-containers/",
    message=Text("{pod}: '{a}'에 리소스 요청이 없습니다", "{pod}: '{a}' has no resource requests"),
    fix=Text("CPU와 메모리 requests를 지정하세요", "Set requests for CPU and memory"),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
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
                - {name: web, image: "nginx:1.27", resources: {requests: {cpu: 100m, memory: 64Mi}}}
        """,
)
def no_requests(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a running container that neither requests nor limits CPU or memory.

    Why it is bad: the scheduler takes it for nothing, packs nodes too full, and it is the first
    to be evicted.

    Known limits: init containers are left alone.

    한국어
    하는 일: CPU와 메모리의 requests도 limits도 없는 실행 컨테이너를 알립니다.

    왜 나쁜가: 스케줄러가 0으로 여겨 노드를 너무 채우고, 모자라면 먼저 축출됩니다.

    한계: 초기화 컨테이너는 보지 않습니다.
    """
    for work in situation.works:
        for container in work.running:
            if container.requests == Resources() and container.limits == Resources():
                place = container.place
                yield hit(work, place, element=container.path, a=container.name)


# ── POD803 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD803",
    name="privileged",
    severity=WARNING,
    set="operations",
    docs="concepts/security/pod-security-standards/",
    message=Text("{pod}: '{a}'가 privileged로 실행됩니다", "{pod}: '{a}' is privileged"),
    fix=Text(
        "privileged를 빼고 필요한 capability만 주세요",
        "Drop privileged and add only the capabilities it needs",
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
              containers: [{name: web, image: "x/web:1", securityContext: {privileged: true}}]
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
              containers: [{name: web, image: "x/web:1", securityContext: {privileged: false}}]
        """,
)
def privileged(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a privileged container.

    Why it is bad: whoever breaks out of it owns the node and all Pods there.

    Known limits: agents of the node may need it.

    한국어
    하는 일: privileged 컨테이너를 알립니다.

    왜 나쁜가: 탈취되면 노드와 그 위의 모든 Pod를 빼앗깁니다.

    한계: 노드 에이전트에는 필요할 수 있습니다.
    """
    for work in situation.works:
        for container in work.pod.containers:
            if container.privileged:
                places = (spot(container.places, "security"), container.place)
                yield hit(work, *places, element=container.path, a=container.name)


# ── POD804 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD804",
    name="host-namespace",
    severity=WARNING,
    set="operations",
    docs="concepts/security/pod-security-standards/",
    message=Text("{pod}: {x}를 사용합니다", "{pod}: {x}: true"),
    fix=Text("{x}를 빼세요", "Drop {x}"),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {hostPID: true, containers: [{name: web, image: "x/web:1"}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {shareProcessNamespace: true, containers: [{name: web, image: "x/web:1"}]}
        """,
)
def host_namespace(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod in the node's network, process or IPC namespace.

    Why it is bad: it sees, and may disturb, what does not belong to it.

    Known limits: agents of the node may need it.

    한국어
    하는 일: 노드의 네트워크, 프로세스, IPC 네임스페이스를 쓰는 Pod를 알립니다.

    왜 나쁜가: 자기 것이 아닌 것을 보고 건드릴 수 있습니다.

    한계: 노드 에이전트에는 필요할 수 있습니다.
    """
    for work in situation.works:
        pod = work.pod
        for field, name, given in (
            ("host_network", "hostNetwork", pod.host_network),
            ("host_pid", "hostPID", pod.host_pid),
            ("host_ipc", "hostIPC", pod.host_ipc),
        ):
            if given:
                yield hit(work, spot(pod.places, field), element=work.path, x=name)


# ── POD805 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD805",
    name="host-path",
    severity=WARNING,
    set="operations",
    docs="concepts/storage/volumes/#hostpath",
    message=Text("{pod}: hostPath {x}를 사용합니다", "{pod}: hostPath {x}"),
    fix=Text(
        "emptyDir, configMap이나 PersistentVolumeClaim을 쓰세요",
        "Use an emptyDir, a configMap or a PersistentVolumeClaim",
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
              containers: [{name: web, image: "x/web:1"}]
              volumes: [{name: l, hostPath: {path: /var/log}}]
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
              containers: [{name: web, image: "x/web:1"}]
              volumes: [{name: l, emptyDir: {}}]
        """,
)
def host_path(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a volume that shows a directory of the node.

    Why it is bad: the Pod can read, and often write, what belongs to the node, and finds
    something else on the next one.

    Known limits: agents of the node may need it.

    한국어
    하는 일: 노드의 디렉터리를 보여 주는 볼륨을 알립니다.

    왜 나쁜가: 노드의 것을 읽고 때로 쓸 수 있으며, 다음 노드에서는 다른 것을 봅니다.

    한계: 노드 에이전트에는 필요할 수 있습니다.
    """
    for work in situation.works:
        for volume in work.pod.volumes:
            if volume.kind == "hostPath":
                path = f"{work.path}/volume/{volume.name}"
                yield hit(work, volume.place, element=path, x=volume.source or volume.name)
