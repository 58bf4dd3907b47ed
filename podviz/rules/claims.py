"""Theme 5: claims that one node may write."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.model import Claim, Controller
from podviz.pod import Volume
from podviz.rule import WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.work import Work
from podviz.text import Text

_SHARING = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet")


def _single_writer(situation: Situation, work: Work) -> Iterator[tuple[Volume, Claim]]:
    """The ReadWriteOnce claims of the input that a Pod mounts."""
    return ((v, c) for v, c in situation.claimed(work) if c.access == "once")


# ── POD504 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD504",
    name="shared-single-writer-claim",
    severity=WARNING,
    lecture="§7-3 상태는 Pod 밖으로, §7-5",
    docs="concepts/storage/persistent-volumes/#access-modes",
    message=Text(
        "{pod}: {x}. 다른 노드의 Pod는 이 볼륨을 붙일 수 없습니다",
        "{pod}: {x}; Pods on a second node cannot attach it",
    ),
    fix=Text(
        "Pod마다 볼륨을 갖는 StatefulSet으로 바꾸거나 ReadWriteMany 볼륨을 쓰세요",
        "StatefulSet with one claim per Pod, or a ReadWriteMany claim",
    ),
    bad="""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: d}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          replicas: 3
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers: [{name: a, image: "x/a:1", volumeMounts: [{name: v, mountPath: /f}]}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]
        """,
    good="""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: d}
        spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          replicas: 3
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers: [{name: a, image: "x/a:1", volumeMounts: [{name: v, mountPath: /f}]}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]
        """,
)
def shared_single_writer_claim(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a controller with several Pods, now or when it is scaled, that all
    mount one ReadWriteOnce claim of the input.

    Why it is bad: such a volume is attached to one node at a time. A Pod on a second node hangs
    in ContainerCreating.

    Known limits: claims that the input does not hold are not judged.

    한국어
    하는 일: 입력에 있는 ReadWriteOnce 클레임 하나를 함께 마운트하는, Pod가 여럿인(또는 여럿이 될)
    컨트롤러를 알립니다.

    왜 나쁜가: 이런 볼륨은 한 번에 한 노드에만 붙습니다. 다른 노드의 Pod는 ContainerCreating에서
    멈춥니다.

    한계: 입력에 없는 클레임은 판단하지 않습니다.
    """
    for work in situation.works:
        owner = work.owner
        if owner is None or owner.kind not in _SHARING:
            continue
        count = situation.most(owner)
        if count < 2 and owner.kind != "DaemonSet":
            continue
        for volume, claim in _single_writer(situation, work):
            shown = "DaemonSet" if owner.kind == "DaemonSet" else f"replicas: {count}"
            yield hit(
                work,
                volume.place,
                element=work.path,
                related=(claim.place,),
                x=f"{shown}, PersistentVolumeClaim '{claim.name}' (ReadWriteOnce)",
            )


# ── POD505 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD505",
    name="single-writer-rolling-update",
    severity=WARNING,
    lecture="§6 롤링 업데이트, §7-3",
    docs="concepts/workloads/controllers/deployment/#strategy",
    message=Text(
        "{pod}: RollingUpdate는 새 Pod를 먼저 띄우므로 ReadWriteOnce 볼륨을 놓고 충돌합니다",
        "{pod}: RollingUpdate starts the new Pod before the old one releases the ReadWriteOnce"
        " claim",
    ),
    fix=Text(
        "strategy.type: Recreate로 바꾸거나 StatefulSet을 쓰세요",
        "strategy.type: Recreate (or StatefulSet)",
    ),
    bad="""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: d}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers: [{name: a, image: "x/a:1"}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]
        """,
    good="""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: d}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          strategy: {type: Recreate}
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers: [{name: a, image: "x/a:1"}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]
        """,
)
def single_writer_rolling_update(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a Deployment of one replica with a ReadWriteOnce claim of the input
    that is updated by starting the new Pod first.

    Why it is bad: the old Pod still holds the volume. On another node the new one waits for it
    for ever, and two writers on one node may break the data.

    Known limits: claims that the input does not hold are not judged; a spec must say
    RollingUpdate itself.

    한국어
    하는 일: 입력에 있는 ReadWriteOnce 클레임을 쓰면서 새 Pod를 먼저 띄우는 방식으로 갱신되는,
    replicas가 1인 Deployment를 알립니다.

    왜 나쁜가: 옛 Pod가 볼륨을 쥐고 있습니다. 다른 노드의 새 Pod는 한없이 기다리고, 같은 노드에서는
    둘이 함께 써서 데이터가 깨질 수 있습니다.

    한계: 입력에 없는 클레임은 판단하지 않습니다. 스펙에서는 RollingUpdate라고 적은 때에만 봅니다.
    """
    for work in situation.works:
        owner = work.owner
        if owner is None or not _starts_first(owner, work.own) or situation.most(owner) != 1:
            continue
        for volume, claim in _single_writer(situation, work):
            place = spot(owner.places, "strategy")
            yield hit(work, place, volume.place, element=work.path, related=(claim.place,))
            break


def _starts_first(owner: Controller, own: bool) -> bool:
    """True if an update starts the new Pod before the old one stops."""
    default = None if own else "RollingUpdate"
    return (
        owner.kind == "Deployment"
        and (owner.strategy or default) == "RollingUpdate"
        and str(owner.surge).rstrip("%") != "0"
    )
