"""Theme 5: state lives outside the Pod."""

from collections.abc import Iterator

from podviz.meta import spot
from podviz.rule import ERROR, INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.state import Kept, kept
from podviz.situation.work import Work
from podviz.text import Text


def _told(work: Work, found: Kept) -> Hit:
    container = found.container
    places = [spot(container.places, "data"), found.mount.place if found.mount else None]
    return hit(
        work,
        *places,
        spot(container.places, "image") if found.on == "container" else None,
        container.place,
        element=container.path,
        severity=ERROR if found.declared else INFO if found.weak else WARNING,
        a=container.name,
        x=found.what,
    )


# ── POD501 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD501",
    name="state-in-container-layer",
    severity=WARNING,
    lecture="§7-3 상태는 Pod 밖으로, §8 '삭제 시 데이터 소멸'",
    docs="concepts/storage/volumes/#background",
    message=Text(
        "{pod}: '{a}'({x})의 데이터가 컨테이너 안에만 있습니다. 재시작하면 사라집니다",
        "{pod}: '{a}' ({x}) keeps its data in the container layer; it is lost at every restart",
    ),
    fix=Text(
        "데이터 디렉터리에 PersistentVolumeClaim을 마운트하세요"
        " (StatefulSet의 volumeClaimTemplates 권장)",
        "Mount a PersistentVolumeClaim at the data directory"
        " (StatefulSet with volumeClaimTemplates)",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: pg, image: "postgres:16"}]
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: client}
        spec:
          selector: {matchLabels: {app: c}}
          template:
            metadata: {labels: {app: c}}
            spec:
              containers:
                - {name: psql, image: "postgres:16", command: [sh, -c, "psql -f /q.sql; sleep 60"]}
                - {name: exp, image: "x/postgres-exporter:1"}
        """,
)
def state_in_container_layer(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a database without any volume at its data directory; in a spec, what
    is said to be durable and lies in the container.

    Why it is bad: the container's own layer is thrown away with the container, at every crash
    and every update.

    Known limits: databases are known by their image. Clients, exporters, Jobs and tests are left
    alone, and so is a container with any persistent volume.

    한국어
    하는 일: 데이터 디렉터리에 볼륨이 없는 데이터베이스를 알립니다. 스펙에서는 durable인데 컨테이너
    안에 있다고 한 데이터를 알립니다.

    왜 나쁜가: 컨테이너 안의 파일은 컨테이너와 함께, 재시작과 갱신 때마다 버려집니다.

    한계: 데이터베이스는 이미지로 알아봅니다. 클라이언트, 익스포터, Job, 테스트와 영구 볼륨이 있는
    컨테이너는 보지 않습니다.
    """
    for work in situation.works:
        yield from (_told(work, k) for k in kept(situation, work) if k.on == "container")


# ── POD502 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD502",
    name="state-in-emptydir",
    severity=WARNING,
    lecture="§7-3 상태는 Pod 밖으로, §8 'Pod에 데이터 저장해도 된다'",
    docs="concepts/storage/volumes/#emptydir",
    message=Text(
        "{pod}: '{a}'의 {x}가 emptyDir에 있습니다. Pod가 삭제되면 함께 사라집니다",
        "{pod}: '{a}' keeps {x} in an emptyDir; it is deleted with the Pod",
    ),
    fix=Text("PersistentVolumeClaim을 사용하세요", "Use a PersistentVolumeClaim"),
    bad="""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers:
                - {name: m, image: "mongo:7", volumeMounts: [{name: d, mountPath: /data/db}]}
              volumes: [{name: d, emptyDir: {}}]
        """,
    good="""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers:
                - name: m
                  image: mongo:7
                  volumeMounts: [{name: d, mountPath: /data/db}, {name: t, mountPath: /tmp}]
              volumes: [{name: t, emptyDir: {}}]
          volumeClaimTemplates:
            - metadata: {name: d}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """,
)
def state_in_emptydir(situation: Situation) -> Iterator[Hit]:
    """What it does: tells an emptyDir at the data directory of a database, or at a path that
    only a database uses; a note for caches and for volumes in memory.

    Why it is bad: an emptyDir outlives a crash of the container, but not the Pod. The next Pod
    begins with nothing.

    Known limits: databases are known by their image, data by its path.

    한국어
    하는 일: 데이터베이스의 데이터 디렉터리나 데이터베이스만 쓰는 경로에 놓인 emptyDir을 알립니다.
    캐시와 메모리 볼륨이면 참고입니다.

    왜 나쁜가: emptyDir은 컨테이너의 재시작은 견디지만 Pod와 함께 사라집니다. 다음 Pod는 빈 채로
    시작합니다.

    한계: 데이터베이스는 이미지로, 데이터는 경로로 알아봅니다.
    """
    for work in situation.works:
        yield from (_told(work, k) for k in kept(situation, work) if k.on == "emptyDir")


# ── POD503 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD503",
    name="state-in-hostpath",
    severity=WARNING,
    lecture="§7-3 상태는 Pod 밖으로, §3-3 같은 노드에 배치",
    docs="concepts/storage/volumes/#hostpath",
    message=Text(
        "{pod}: '{a}'의 {x}가 노드 디스크(hostPath)에 있습니다."
        " Pod가 다른 노드로 가면 데이터가 따라오지 않습니다",
        "{pod}: '{a}' keeps {x} on the node (hostPath); the data does not follow the Pod",
    ),
    fix=Text(
        "PersistentVolumeClaim을 쓰세요 (꼭 로컬이어야 하면 local 볼륨)",
        "Use a PersistentVolumeClaim (local volume if it must be local)",
    ),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers:
                - {name: m, image: "mysql:8", volumeMounts: [{name: d, mountPath: /var/lib/mysql}]}
              volumes: [{name: d, hostPath: {path: /srv/mysql}}]
        """,
    good="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db}
        spec:
          strategy: {type: Recreate}
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers:
                - {name: m, image: "mysql:8", volumeMounts: [{name: d, mountPath: /var/lib/mysql}]}
              volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: d}
        """,
)
def state_in_hostpath(situation: Situation) -> Iterator[Hit]:
    """What it does: tells a writable hostPath at the data directory of a database.

    Why it is bad: the data stay on one node. On another node the Pod finds an empty directory,
    or somebody else's.

    Known limits: DaemonSets and the control plane, whose Pods belong to their node, are left
    alone.

    한국어
    하는 일: 데이터베이스의 데이터 디렉터리에 놓인, 쓸 수 있는 hostPath를 알립니다.

    왜 나쁜가: 데이터가 한 노드에 남습니다. 다른 노드에서 뜬 Pod는 빈 디렉터리나 남의 것을 봅니다.

    한계: 노드에 속하는 DaemonSet과 컨트롤 플레인의 Pod는 보지 않습니다.
    """
    for work in situation.works:
        if (work.kind == "DaemonSet" and not work.own) or work.is_control_plane:
            continue
        yield from (_told(work, k) for k in kept(situation, work) if k.on == "hostPath")
