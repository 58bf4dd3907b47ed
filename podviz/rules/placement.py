"""Theme 4: a Pod is placed whole on one node."""

from collections.abc import Callable, Iterator

from podviz.meta import spot
from podviz.place import Place
from podviz.pod import Resources
from podviz.rule import ERROR, WARNING, Hit, hit, rule, short
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text, number

_POD = Text("Pod는", "the Pod")

# ── POD401 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD401",
    name="containers-on-different-nodes",
    severity=ERROR,
    lecture="§3-3 같은 노드에 배치",
    docs="concepts/workloads/pods/",
    message=Text(
        "{pod}: {a} {x}, '{b}'는 {y}에 있습니다."
        " 한 Pod의 컨테이너는 반드시 같은 노드에서 실행됩니다",
        "{pod}: {a} is on {x} and '{b}' on {y}; all containers of a Pod run on one node",
    ),
    fix=Text(
        "노드를 Pod에 적거나, 따로 놓일 컨테이너를 다른 Pod로 나누세요",
        "Give the node to the Pod, or make two Pods of what shall run apart",
    ),
    bad="""
        podviz: 1
        nodes: [worker-1, worker-2]
        pods:
          - name: web
            containers:
              - {name: app, image: "shop/web:2", node: worker-1}
              - {name: logs, image: "fluent-bit:3.2", role: sidecar, node: worker-2}
        """,
    good="""
        podviz: 1
        nodes: [worker-1, worker-2]
        pods:
          - name: web
            node: worker-1
            containers:
              - {name: app, image: "shop/web:2"}
              - {name: logs, image: "fluent-bit:3.2", role: sidecar}
        """,
)
def containers_on_different_nodes(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a container of a spec that is drawn on another node than its Pod or
    than a container beside it.

    Why it is bad: there is no such thing. The scheduler places Pods, and all containers of a Pod
    run on its node.

    Known limits: only a spec can say it.

    한국어
    하는 일: 스펙에서 Pod나 옆 컨테이너와 다른 노드에 그려진 컨테이너를 알립니다.

    왜 나쁜가: 그런 배치는 없습니다. 스케줄러는 Pod를 배치하고, Pod의 컨테이너는 모두 그 노드에서
    실행됩니다.

    한계: 스펙에서만 말할 수 있습니다.
    """
    for work in situation.works:
        placed = [(c, c.node) for c in work.pod.containers if c.node]
        node, who, first = work.pod.node, _POD, spot(work.pod.places, "node")
        if not node and placed:
            one = short(placed[0][0].name)
            node, who, first = placed[0][1], Text(f"'{one}'는", f"'{one}'"), placed[0][0].place
        for container, own in placed:
            if own != node:
                yield hit(
                    work,
                    spot(container.places, "node"),
                    container.place,
                    element=container.path,
                    related=(first,),
                    a=who,
                    x=node or "",
                    b=container.name,
                    y=own,
                )


# ── POD402 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD402",
    name="node-pinned",
    severity=WARNING,
    lecture="§3-3 같은 노드에 배치, §3-4 임시적 존재, §7-5",
    docs="concepts/scheduling-eviction/assign-pod-node/#nodename",
    message=Text(
        "{pod}: 특정 노드에 고정되어 있습니다 ({x}). 노드가 죽으면 다른 곳에서 다시 뜰 수 없습니다",
        "{pod}: bound to one node ({x}); if the node dies the Pod cannot be replaced",
    ),
    fix=Text(
        "nodeName·hostname 선택자를 없애고 노드 레이블이나 preferred affinity를 쓰세요",
        "Remove nodeName / hostname selector; use labels or preferred affinity",
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
              nodeName: node-1
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
              nodeSelector: {disk: ssd}
              containers: [{name: app, image: "x/app:1"}]
        """,
)
def node_pinned(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod that may run on one node only: by nodeName, by the label
    kubernetes.io/hostname, or by a required affinity to one host.

    Why it is bad: a Pod is replaced wherever there is room. One that is bound to a node is gone
    for as long as the node is.

    Known limits: what a live cluster has placed, static Pods and Pods with a local volume are
    left alone. In a spec a Pod without a controller may stand on its node.

    한국어
    하는 일: nodeName, kubernetes.io/hostname 레이블, 한 호스트를 요구하는 affinity로 한 노드에서만
    뜰 수 있는 Pod를 알립니다.

    왜 나쁜가: Pod는 자리가 있는 곳에서 다시 뜹니다. 한 노드에 묶인 Pod는 그 노드가 없는 동안 뜰 수
    없습니다.

    한계: 실행 중인 클러스터가 배치한 것, 정적 Pod, 로컬 볼륨을 쓰는 Pod는 보지 않습니다. 스펙에서
    컨트롤러 없는 Pod는 노드 위에 그려도 됩니다.
    """
    for work in situation.works:
        if work.is_exempt or _is_local(situation, work) or (work.own and work.owner is None):
            continue
        pod = work.pod
        hostname = dict(pod.node_selector).get("kubernetes.io/hostname")
        if pod.node:
            what, field = f"nodeName: {pod.node}", "node"
        elif hostname:
            what, field = f"kubernetes.io/hostname: {hostname}", "node_selector"
        elif len(set(pod.hostnames)) == 1:
            what, field = f"affinity: {pod.hostnames[0]}", "hostnames"
        else:
            continue
        yield hit(work, spot(pod.places, field), element=work.path, x=what)


def _is_local(situation: Situation, work: Work) -> bool:
    """True where a volume of the Pod stands on one node anyway."""
    claimed = any(v.kind == "persistentVolumeClaim" for v in work.pod.volumes)
    claimed = claimed or bool(work.owner and work.owner.claims)
    return claimed and any(s.kind in ("local", "hostPath") for s in situation.cluster.stores)


# ── POD403 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD403",
    name="pod-exceeds-node",
    severity=ERROR,
    lecture="§3-3 같은 노드에 배치",
    docs="concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers",
    message=Text(
        "{pod}: {x}를 요청하지만 가장 큰 노드도 {y}입니다. Pod는 나뉘어 배치되지 않습니다",
        "{pod}: requests {x}, no node offers more than {y}; a Pod is never split",
    ),
    fix=Text(
        "요청량을 줄이거나, 일을 여러 Pod로 나누거나, 더 큰 노드를 쓰세요",
        "Lower the requests, share the work among several Pods, or add a larger node",
    ),
    bad="""
        podviz: 1
        nodes: [{name: worker-1, capacity: {cpu: 4}}, {name: worker-2, capacity: {cpu: 4}}]
        pods:
          - name: train
            containers:
              - {name: train, image: "shop/train:1", requests: {cpu: 6}}
        """,
    good="""
        podviz: 1
        nodes: [{name: worker-1, capacity: {cpu: 4}}, {name: worker-2, capacity: {cpu: 4}}]
        pods:
          - name: train
            containers:
              - {name: fetch, image: "shop/fetch:1", role: init, requests: {cpu: 3}}
              - {name: train, image: "shop/train:1", requests: {cpu: 3}}
        """,
)
def pod_exceeds_node(situation: Situation) -> Iterator[Hit]:
    """What it does: where the input tells the capacity of every node, tells a Pod that requests
    more CPU or memory than the largest of them has.

    Why it is bad: a Pod is placed whole or not at all. This one stays Pending for ever.

    Known limits: what other Pods take is not counted. Init containers run before the others and
    count by themselves, with the native sidecars before them.

    한국어
    하는 일: 입력에 모든 노드의 용량이 있으면, 가장 큰 노드보다 많은 CPU나 메모리를 요청하는 Pod를
    알립니다.

    왜 나쁜가: Pod는 통째로 놓이거나 놓이지 못합니다. 이 Pod는 계속 Pending입니다.

    한계: 다른 Pod가 차지한 양은 세지 않습니다. 초기화 컨테이너는 먼저 실행되므로 앞선 네이티브
    사이드카와 함께 따로 셉니다.
    """
    nodes = situation.cluster.nodes
    for asked, words in _AMOUNTS:
        rooms = [asked(node.capacity) for node in nodes]
        known = [room for room in rooms if room is not None]
        if not known or len(known) < len(rooms):
            continue
        most = max(known)
        for work in situation.works:
            wish = _wish(work, asked)
            if wish > most + 1e-9 and not work.is_live:
                yield hit(
                    work, _where(work, asked), element=work.path, x=words(wish), y=words(most)
                )


def _wish(work: Work, asked: Callable[[Resources], float | None]) -> float:
    """What the scheduler must find on one node.

    https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
    """
    native, most = 0.0, 0.0
    for container in work.pod.containers:
        amount = asked(container.requests) or 0.0
        if container.native:
            native += amount
            most = max(most, native)
        elif container in work.inits:
            most = max(most, native + amount)
    running = native + sum(asked(c.requests) or 0.0 for c in work.apps)
    return max(most, running)


def _where(work: Work, asked: Callable[[Resources], float | None]) -> Place | None:
    """Where the container stands that requests most."""
    largest = max(work.pod.containers, key=lambda c: asked(c.requests) or 0.0)
    return spot(largest.places, "requests")


def _cpu(amount: float) -> Text:
    return Text.same(f"{number(amount)} CPU")


def _memory(amount: float) -> Text:
    return Text.same(f"{number(amount / 2**30)} GiB")


def _cpu_of(given: Resources) -> float | None:
    return given.cpu


def _memory_of(given: Resources) -> float | None:
    return given.memory


_AMOUNTS = ((_cpu_of, _cpu), (_memory_of, _memory))
