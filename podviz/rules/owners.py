"""Theme 6: Pods are managed by what stands above them."""

from collections.abc import Iterator

from podviz.cluster.relations import matches
from podviz.meta import Selector, spot
from podviz.model import Controller
from podviz.place import Place
from podviz.rule import ERROR, INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import LONG, Work
from podviz.text import Text

# ── POD601 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD601",
    name="bare-pod",
    severity=WARNING,
    lecture="§6 Pod는 직접 만들까?",
    docs="concepts/workloads/pods/#working-with-pods",
    message=Text(
        "{pod}: 상위 객체 없이 Pod를 직접 만들었습니다."
        " 자동 복구·스케일링·롤링 업데이트가 없습니다",
        "{pod}: Pod without a controller: no self-healing, no scaling, no rolling update",
    ),
    fix=Text(
        "계속 떠 있어야 하면 Deployment, 한 번 실행이면 Job으로 감싸세요",
        "Wrap it in a Deployment (long-running) or a Job (run to completion)",
    ),
    bad="""
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
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
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
)
def bare_pod(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod that no controller owns; a note where it runs only once.

    Why it is bad: nobody makes it again when it dies or its node does, nobody scales it, and an
    update means to delete it first.

    Known limits: Pods of a live cluster, hooks of Helm and Argo, and static Pods are left alone.
    In a spec only a Pod that says bare: true is meant.

    한국어
    하는 일: 컨트롤러가 없는 Pod를 알립니다. 한 번만 실행되는 것이면 참고입니다.

    왜 나쁜가: Pod나 노드가 죽어도 다시 만들어 주지 않고, 늘릴 수도 없으며, 갱신하려면 먼저 지워야
    합니다.

    한계: 실행 중인 클러스터의 Pod, Helm·Argo 훅, 정적 Pod는 보지 않습니다. 스펙에서는 bare: true인
    Pod만 뜻합니다.
    """
    for work in situation.works:
        if work.owner is not None or work.is_exempt:
            continue
        if work.own and not work.pod.bare:
            continue
        once = work.pod.restart in ("Never", "OnFailure")
        yield hit(work, severity=INFO if once else WARNING)


# ── POD602 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD602",
    name="bare-replicaset",
    severity=INFO,
    lecture="§6 상위 객체 (ReplicaSet에는 롤링 업데이트가 없음)",
    docs="concepts/workloads/controllers/replicaset/#when-to-use-a-replicaset",
    message=Text(
        "{pod}: {x}를 직접 쓰면 롤링 업데이트가 없습니다. Deployment를 권장합니다",
        "{pod}: use a Deployment; a bare {x} has no rolling update",
    ),
    fix=Text("같은 템플릿으로 Deployment를 만드세요", "kind: Deployment with the same template"),
    bad="""
        apiVersion: apps/v1
        kind: ReplicaSet
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
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
)
def bare_replicaset(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a ReplicaSet without a Deployment above it; a ReplicationController,
    its predecessor, is a warning.

    Why it is bad: a new image reaches only Pods that are made later; there is no rolling update
    and no way back.

    Known limits: those of a live cluster, which a Deployment made, are left alone.

    한국어
    하는 일: 위에 Deployment가 없는 ReplicaSet을 알립니다. 그 전신인 ReplicationController는
    경고입니다.

    왜 나쁜가: 새 이미지는 나중에 만들어지는 Pod에만 적용됩니다. 롤링 업데이트도 되돌리기도
    없습니다.

    한계: 실행 중인 클러스터에서 Deployment가 만든 것은 보지 않습니다.
    """
    for work in situation.works:
        if work.kind not in ("ReplicaSet", "ReplicationController") or work.is_exempt:
            continue
        old = work.kind == "ReplicationController"
        yield hit(work, severity=WARNING if old else INFO, x=work.kind)


# ── POD603 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD603",
    name="selector-template-mismatch",
    severity=ERROR,
    lecture="§6 관리 대상/관리 주체",
    docs="concepts/workloads/controllers/deployment/#selector",
    message=Text(
        "{pod}: selector {x}가 템플릿 레이블과 맞지 않아 API 서버가 거부합니다",
        "{pod}: selector {x} does not match the template labels; the API server rejects it",
    ),
    fix=Text(
        "spec.selector.matchLabels를 template.metadata.labels의 부분집합으로 맞추세요",
        "Make spec.selector.matchLabels a subset of template.metadata.labels",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: website}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, tier: front}}
            spec: {containers: [{name: web, image: "nginx:1.27"}]}
        """,
)
def selector_template_mismatch(situation: Situation) -> Iterator[Hit]:
    """What it does: compares a controller's selector with the labels of its own template.

    Why it is bad: the controller would never find the Pods that it makes; the API server
    rejects it.

    Known limits: patches are left alone, and selectors of Jobs that Kubernetes made.

    한국어
    하는 일: 컨트롤러의 selector를 자기 템플릿의 레이블과 비교합니다.

    왜 나쁜가: 자기가 만든 Pod를 찾지 못하므로 API 서버가 거부합니다.

    한계: 패치와, Kubernetes가 만든 Job의 selector는 보지 않습니다.
    """
    for work in situation.works:
        owner = work.owner
        if work.own or owner is None or not owner.selects or not _chooses(owner):
            continue
        chosen = _selector(owner)
        if chosen != Selector() and not matches(chosen, work.pod.labels):
            yield hit(work, _spot(owner), x=_shown(chosen))


def _chooses(owner: Controller) -> bool:
    """True where the selector is the author's: that of a Job is Kubernetes' own as a rule."""
    if owner.kind in LONG:
        return True
    keys = [*(key for key, _ in owner.selector), *(r.key for r in owner.requirements)]
    return owner.kind == "Job" and not any(key.endswith("controller-uid") for key in keys)


def _selector(owner: Controller) -> Selector:
    return Selector(labels=owner.selector, requirements=owner.requirements)


def _spot(owner: Controller) -> Place | None:
    return spot(owner.places, "selector")


def _shown(selector: Selector) -> str:
    pairs = [f"{key}={value}" for key, value in selector.labels]
    asked = [f"{r.key} {r.operator} {','.join(r.values)}".strip() for r in selector.requirements]
    return ", ".join([*pairs, *asked])


# ── POD605 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD605",
    name="overlapping-selectors",
    severity=WARNING,
    lecture="§6 '관리 대상이지 관리 주체가 아니다'",
    docs="concepts/workloads/controllers/replicaset/#non-template-pod-acquisitions",
    message=Text(
        "{pod}: 레이블이 {x}의 selector와도 맞습니다. 두 관리 주체가 같은 Pod를 두고 다툽니다",
        "{pod}: its labels also match the selector of {x}; two owners fight over the Pods",
    ),
    fix=Text(
        "selector와 템플릿에 구분되는 레이블(role 등)을 추가하세요",
        "Add a distinguishing label (role/component) to selector and template",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: web, image: "x/web:1"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker}
        spec:
          selector: {matchLabels: {app: shop, role: worker}}
          template:
            metadata: {labels: {app: shop, role: worker}}
            spec: {containers: [{name: worker, image: "x/worker:1"}]}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: shop, role: web}}
          template:
            metadata: {labels: {app: shop, role: web}}
            spec: {containers: [{name: web, image: "x/web:1"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker}
        spec:
          selector: {matchLabels: {app: shop, role: worker}}
          template:
            metadata: {labels: {app: shop, role: worker}}
            spec: {containers: [{name: worker, image: "x/worker:1"}]}
        """,
)
def overlapping_selectors(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Pod, or a controller's Pods, whose labels another controller of the
    same namespace selects.

    Why it is bad: each controller counts the other's Pods as its own, kills what is too many
    and makes what is missing.

    Known limits: Jobs, what a controller of the input owns, and specs (where nobody writes a
    controller's selector) are left alone.

    한국어
    하는 일: 같은 네임스페이스의 다른 컨트롤러가 selector로 고르는 레이블을 가진 Pod나 컨트롤러를
    알립니다.

    왜 나쁜가: 서로의 Pod를 제 것으로 세어, 많다고 지우고 모자라다고 만듭니다.

    한계: Job, 컨트롤러가 소유한 것, (컨트롤러의 selector를 적지 않는) 스펙은 보지 않습니다.
    """
    if situation.own:
        return
    told: set[frozenset[str]] = set()
    for work in situation.works:
        owner = work.owner
        if owner is None or owner.kind not in LONG or work.is_exempt:
            continue
        if _selector(owner) == Selector():
            continue
        for other in _others(situation, work, owner):
            pair = frozenset((other.path, work.path))
            if pair not in told:
                told.add(pair)
                yield hit(other, related=(_spot(owner),), x=work.title)
                break


def _others(situation: Situation, work: Work, owner: Controller) -> Iterator[Work]:
    """Other Pods that meet the controller's selector."""
    for top in situation.relations.selected(_selector(owner), owner.namespace):
        for other in situation.of.get(top.path, ()):
            long = other.owner is None or other.kind in LONG
            if top is owner or not situation.is_one(top, owner):
                continue
            if long and not other.is_fragment and not other.is_exempt:
                yield other
