"""Starter specs that come with podviz."""

from podviz import assets
from podviz.text import Text

_TITLES = {
    "pod": Text("한 Pod, 한 컨테이너", "one Pod, one container"),
    "sidecar": Text("메인 앱과 사이드카", "a main app and its sidecar"),
    "init": Text("먼저 끝나는 초기화 컨테이너", "init containers that run first"),
    "deployment": Text("Deployment와 그 Pod들", "a Deployment and its Pods"),
    "statefulset": Text("StatefulSet과 클레임", "a StatefulSet and its claims"),
    "cronjob": Text("CronJob에서 Pod까지", "from a CronJob to its Pods"),
    "nodes": Text("노드 위의 Pod", "Pods on their nodes"),
    "service": Text("Pod 앞의 Service", "a Service before its Pods"),
}


def titles() -> dict[str, Text]:
    """Pattern → what it shows, in the order of the lecture."""
    return dict(_TITLES)


def text(pattern: str, name: str) -> str:
    """The spec of a pattern, its main thing called `name`. Raises KeyError for no pattern."""
    if pattern not in _TITLES:
        raise KeyError(pattern)
    path = assets.FOLDER / "patterns" / f"{pattern}.yaml"
    return path.read_text(encoding="utf-8").replace("NAME", name)
