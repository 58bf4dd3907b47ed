"""What Kubernetes would refuse, though each word is right."""

from collections.abc import Iterator

from podviz.finding import Finding
from podviz.grammar.words import cpu, memory
from podviz.readers.spec import flaws
from podviz.readers.spec.names import CONTROLLERS, Names, Thing, items, text
from podviz.source.tree import Mapping, Node, Scalar
from podviz.text import Text

_FIELDS = {
    "replicas": ("Deployment", "ReplicaSet", "StatefulSet", "Job"),
    "schedule": ("CronJob",),
    "strategy": ("Deployment", "StatefulSet", "DaemonSet"),
    "retries": ("Job", "CronJob"),
    "claims": ("StatefulSet",),
}
"""Field of a controller → the kinds that have it; a Job's `replicas` are its completions.
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/"""

_STRATEGIES = {
    "Deployment": ("RollingUpdate", "Recreate"),
    "StatefulSet": ("RollingUpdate", "OnDelete"),
    "DaemonSet": ("RollingUpdate", "OnDelete"),
}

_SCALED = ("Deployment", "ReplicaSet", "StatefulSet")
"""Kinds with the subresource `scale`, which an autoscaler needs.
https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"""


def impossible(names: Names) -> Iterator[Finding]:
    """Words that cannot stand together, each told at the one that has to change."""
    for thing in names.things:
        if not isinstance(thing.node, Mapping):
            continue
        if thing.kind in CONTROLLERS:
            yield from _controller(thing.kind, thing.node)
        elif thing.kind == "Service":
            yield from _service(thing.node)
        elif thing.kind == "HorizontalPodAutoscaler":
            yield from _autoscaler(thing.node, names)
        elif thing.kind == "Container":
            yield from _container(thing.node)
        yield from _pod(thing)


def shown_and_hidden(root: Mapping) -> Iterator[Finding]:
    """Details that a figure is to show and to hide."""
    shown = {text(node) for node in items(root, "show")}
    for node in items(root, "hide"):
        word = text(node)
        if word and word in shown:
            message = Text(
                f"'{word}'은(는) show에도 있습니다", f"'{word}' stands in show and in hide"
            )
            yield flaws.flaw("POD008", node.place, message)


def _controller(kind: str, node: Mapping) -> Iterator[Finding]:
    for key, owners in _FIELDS.items():
        if key in node.entries and kind not in owners:
            yield flaws.foreign_field(node.entries[key].key.place, key, kind, owners)
    allowed = _STRATEGIES.get(kind, ())
    strategy = node.get("strategy")
    others = {one for known in _STRATEGIES.values() for one in known}.difference(allowed)
    if strategy is not None and allowed and text(strategy) in others:
        listed = ", ".join(allowed)
        message = Text(
            f"{kind}의 strategy는 {listed} 중 하나여야 합니다 ('{text(strategy)}')",
            f"strategy of a {kind} must be one of {listed}, not '{text(strategy)}'",
        )
        yield flaws.flaw("POD008", strategy.place, message)


_NO_SELECTION = Text(
    "ExternalName 서비스는 DNS 이름일 뿐이라 Pod를 선택하지 않습니다",
    "a Service of type ExternalName is only a DNS name: it selects no Pod",
)
_NO_ADDRESS = Text(
    "ExternalName 서비스에는 주소가 없습니다", "a Service of type ExternalName has no address"
)
_LEAVE_OUT = Text(
    "'{key}'를 지우거나 다른 type을 쓰세요", "leave '{key}' out, or give another type"
)


def _service(node: Mapping) -> Iterator[Finding]:
    """https://kubernetes.io/docs/concepts/services-networking/service/"""
    kind = text(node.get("type"))
    if kind == "ExternalName":
        for key, message in (("selects", _NO_SELECTION), ("ip", _NO_ADDRESS)):
            if key in node.entries:
                place = node.entries[key].key.place
                yield flaws.flaw("POD008", place, message, _LEAVE_OUT.format(key=key))
    address = node.get("ip")
    if address is not None and text(address) == "None" and kind in ("NodePort", "LoadBalancer"):
        message = Text(
            f"{kind} 서비스는 헤드리스일 수 없습니다",
            f"a Service of type {kind} cannot be headless",
        )
        yield flaws.flaw("POD008", address.place, message, _LEAVE_OUT.format(key="ip"))


def _autoscaler(node: Mapping, names: Names) -> Iterator[Finding]:
    target = node.get("target")
    kinds = [t.kind for t in names.named.get(text(target) or "", ()) if t.kind in CONTROLLERS]
    if target is not None and kinds and not set(kinds) & set(_SCALED):
        listed = ", ".join(_SCALED)
        message = Text(
            f"target은 {listed} 중 하나여야 합니다. '{text(target)}'은(는) {kinds[0]}입니다",
            f"target must be one of {listed}; '{text(target)}' is a {kinds[0]}",
        )
        yield flaws.flaw("POD008", target.place, message)
    least, most = _whole(node.get("min")), _whole(node.get("max"))
    if least and most and least[0] > most[0]:
        message = Text(
            f"min: max({most[0]}) 이하여야 합니다 ({least[0]})",
            f"min must be at most max, which is {most[0]}, not {least[0]}",
        )
        yield flaws.flaw("POD008", least[1].place, message)


def _whole(node: Node | None) -> tuple[int, Node] | None:
    if isinstance(node, Scalar) and isinstance(node.value, int):
        return node.value, node
    return None


# ── inside a Pod ────────────────────────────────────────────────────────────────────────────


def _pod(thing: Thing) -> Iterator[Finding]:
    for volume in items(thing.pod, "volumes"):
        if isinstance(volume, Mapping):
            yield from _volume(volume)
    for container in items(thing.pod, "containers"):
        if isinstance(container, Mapping):
            yield from _container(container)


def _volume(node: Mapping) -> Iterator[Finding]:
    """An emptyDir begins empty: whoever writes `from` has forgotten the kind."""
    kind = node.get("kind")
    if "from" in node.entries and (kind is None or text(kind) == "emptyDir"):
        message = Text("emptyDir에는 'from'이 없습니다", "an emptyDir has no 'from'")
        help = Text(
            "kind를 쓰세요: claim, configMap, secret, hostPath",
            "give the kind: claim, configMap, secret or hostPath",
        )
        yield flaws.flaw("POD008", node.entries["from"].key.place, message, help)


def _container(node: Mapping) -> Iterator[Finding]:
    yield from _native(node)
    assists, name = node.get("assists"), text(node.get("name"))
    if assists is not None and name and text(assists) == name:
        message = Text(
            f"'{flaws.short(name)}'{flaws.josa(name, '이', '가')} 자기 자신을 돕습니다",
            f"'{flaws.short(name)}' assists itself",
        )
        help = Text("도움을 받는 컨테이너를 쓰세요", "name the container that it helps")
        yield flaws.flaw("POD008", assists.place, message, help)
    yield from _resources(node)


def _native(node: Mapping) -> Iterator[Finding]:
    native, role = node.get("native"), node.get("role")
    if role is None or not isinstance(native, Scalar) or native.value is not True:
        return
    if text(role) in ("main", "init"):
        message = Text(
            f"native인 컨테이너는 사이드카입니다. role은 '{text(role)}'일 수 없습니다",
            f"a native container is a sidecar: its role cannot be '{text(role)}'",
        )
        help = Text("'role'이나 'native'를 지우세요", "leave 'role' or 'native' out")
        yield flaws.flaw("POD008", role.place, message, help)


def _resources(node: Mapping) -> Iterator[Finding]:
    """https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"""
    requests, limits = node.get("requests"), node.get("limits")
    if not isinstance(requests, Mapping) or not isinstance(limits, Mapping):
        return
    for key, read in (("cpu", cpu), ("memory", memory)):
        asked, most = requests.get(key), limits.get(key)
        if not isinstance(asked, Scalar) or not isinstance(most, Scalar):
            continue
        try:
            above = read(asked.value) > read(most.value)
        except ValueError:
            continue  # no amount, which the grammar tells
        if above:
            message = Text(
                f"{key} 요청은 한도인 {most.text} 이하여야 합니다 ({asked.text})",
                f"{key} requested must be at most its limit, {most.text}, not {asked.text}",
            )
            yield flaws.flaw("POD008", asked.place, message)
