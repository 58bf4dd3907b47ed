"""What is told before any design is judged."""

from collections.abc import Iterator

from podviz.rule import INFO, Hit, hit, rule
from podviz.situation import Situation
from podviz.text import Text


@rule(
    code="POD009",
    name="partial-manifest",
    severity=INFO,
    set="structure",
    docs="tasks/manage-kubernetes-objects/kustomization/",
    message=Text(
        "{pod}: 패치(조각)로 보여 설계 규칙을 건너뜁니다",
        "{pod} looks like a patch (no selector, labels or image); design rules are skipped for it",
    ),
    fix=Text(
        "Kustomize 패치라면 먼저 렌더링하세요 (kubectl kustomize)",
        "If it is a patch of Kustomize, render it first (kubectl kustomize)",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          template:
            spec:
              containers: [{name: app, resources: {requests: {cpu: 100m}}}]
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
              containers: [{name: app, image: "x/web:1", resources: {requests: {cpu: 100m}}}]
        """,
)
def partial_manifest(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a Pod or controller that holds only a part of what it needs: a
    container without image, or neither selector nor labels.

    Why it is bad: it is not. Patches are merged into other files; judged by themselves they
    would give false alarms, so the design rules leave them alone.

    Known limits: with a patch in the input, whatever is missing may be elsewhere, and rules on
    missing things are silent.

    한국어
    하는 일: 필요한 것의 일부만 담은 Pod나 컨트롤러(이미지 없는 컨테이너, selector도 레이블도 없는
    것)를 알립니다.

    왜 나쁜가: 나쁘지 않습니다. 패치는 다른 파일에 합쳐지므로 따로 판단하면 거짓 경보가 됩니다.
    그래서 설계 규칙을 적용하지 않습니다.

    한계: 입력에 패치가 있으면 빠진 것이 다른 곳에 있을 수 있어, 무엇이 없다고 하는 규칙은 말하지
    않습니다.
    """
    told = set()
    for work in situation.every:
        if work.is_fragment and not work.is_custom and work.top.path not in told:
            told.add(work.top.path)
            yield hit(work)
    for controller in situation.bodiless:
        yield hit(controller)


@rule(
    code="POD010",
    name="unsupported-kind",
    severity=INFO,
    set="structure",
    docs="concepts/extend-kubernetes/api-extension/custom-resources/",
    message=Text(
        "{pod}: {x} 종류는 단순한 상자로 그리고 판단하지 않습니다",
        "{pod}: kind {x} is drawn as a plain box and not judged",
    ),
    fix=Text(
        "이 종류가 만드는 Pod를 판단하려면, 만들어진 매니페스트를 입력으로 주세요",
        "To have the Pods judged that come of it, pass the manifests that its operator makes",
    ),
    bad="""
        apiVersion: shop.example.com/v1
        kind: Storefront
        metadata: {name: main}
        spec: {pods: 3}
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: main}
        spec:
          replicas: 3
          selector: {matchLabels: {app: main}}
          template:
            metadata: {labels: {app: main}}
            spec: {containers: [{name: app, image: "x/shop:1"}]}
        """,
)
def unsupported_kind(situation: Situation) -> Iterator[Hit]:
    """What it does: notes a custom resource in which podviz finds no Pod, once for each kind.

    Why it is bad: it is not. What its operator makes of it is not in the input, so nothing can
    be said of it.

    Known limits: custom resources with a Pod template in them are judged by it.

    한국어
    하는 일: podviz가 Pod를 찾지 못한 커스텀 리소스를 종류마다 한 번 알립니다.

    왜 나쁜가: 나쁘지 않습니다. 오퍼레이터가 만들 것이 입력에 없어서 아무 말도 할 수 없습니다.

    한계: Pod 템플릿이 있는 커스텀 리소스는 그것으로 판단합니다.
    """
    told = set()
    for thing in situation.cluster.things:
        own = thing.group in _OWN_GROUPS or thing.group.endswith(".k8s.io")
        if not own and (thing.group, thing.kind) not in told:
            told.add((thing.group, thing.kind))
            yield hit(thing, x=thing.kind)


_OWN_GROUPS = ("", "apps", "batch", "autoscaling", "policy", "extensions")
