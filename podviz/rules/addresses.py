"""Theme 5: addresses and names that die with a Pod."""

from collections.abc import Callable, Iterator
from functools import partial
from ipaddress import IPv4Address

from podviz.cluster.relations import Object
from podviz.finding import Severity
from podviz.meta import spot
from podviz.place import Place
from podviz.rule import ERROR, INFO, WARNING, Hit, hit, rule
from podviz.situation import Situation
from podviz.situation.addresses import (
    addresses,
    generated_names,
    is_range_key,
    lines,
    names_address,
    names_pod,
    within,
)
from podviz.situation.commands import spoken, standing
from podviz.situation.work import Work
from podviz.text import Text

Said = tuple[Work | Object, str, tuple[Place | None, ...], str]
"""Who says it, the path to point at, where it stands, the text."""


Judge = Callable[[IPv4Address], tuple[Severity, Text] | None]


def _texts(situation: Situation) -> Iterator[Said]:
    """Whatever tells a program where to go: variables, arguments, ConfigMaps, aliases."""
    for work in situation.works:
        for container in work.pod.containers:
            for field, name, text in spoken(container):
                if not is_range_key(name):
                    places = (standing(container, field), container.place)
                    yield work, container.path, places, text
        for alias in work.pod.aliases:
            yield work, work.path, (spot(work.pod.places, "aliases"),), alias
    for config in situation.cluster.configs:
        for key, text in () if config.secret else config.entries:
            if not is_range_key(key):
                yield config, config.path, (spot(config.places, f"entry.{key}"),), text


# ── POD511 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD511",
    name="pod-ip-literal",
    severity=WARNING,
    lecture="§3-4 'Pod IP에 의존하면 안 됨', §7-4",
    docs="concepts/services-networking/service/",
    message=Text("{pod}: {x}{y}", "{pod}: {x} {y}"),
    fix=Text(
        "Service의 DNS 이름을 쓰세요 (Pod별 고정 이름이 필요하면 headless Service + StatefulSet)",
        "Use the Service DNS name (headless Service + StatefulSet for a stable per-Pod name)",
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
              containers:
                - name: a
                  image: x/a:1
                  env: [{name: API, value: "http://10.244.2.7:8080"}]
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
              containers:
                - name: a
                  image: x/a:1
                  args: ["--cidr=10.244.0.0/16"]
                  env: [{name: API, value: "http://api:8080"}, {name: V, value: "v10.244.2.7"}]
        """,
)
def pod_ip_literal(situation: Situation) -> Iterator[Hit]:
    """What it does: looks in variables, arguments, ConfigMaps, hostAliases, hand-made Endpoints
    and a spec's links for addresses of Pods: those that the input tells, and those in the range
    of Pods.

    Why it is bad: a Pod that is replaced comes back with another address. What called the old
    one calls nobody, or somebody else.

    Known limits: ranges are those of the spec or the option, or 10.244.0.0/16 and 10.42.0.0/16.
    An address in the range of Services is a note; other private addresses are left alone.

    한국어
    하는 일: 환경 변수, 인자, ConfigMap, hostAliases, 손으로 만든 Endpoints, 스펙의 링크에서 Pod의
    주소를 찾습니다. 입력에 있는 Pod의 IP와 Pod 대역의 주소입니다.

    왜 나쁜가: 교체된 Pod는 다른 IP로 돌아옵니다. 옛 IP를 부르던 쪽은 아무에게도, 또는 엉뚱한 곳에
    닿습니다.

    한계: 대역은 스펙이나 옵션의 것, 없으면 10.244.0.0/16과 10.42.0.0/16입니다. Service 대역은
    참고이고 다른 사설 IP는 보지 않습니다.
    """
    pinned = frozenset(service.ip for service in situation.cluster.services if service.ip)
    judged = partial(_verdict, situation, _known_ips(situation), pinned)
    for thing, element, places, text in _texts(situation):
        told = set()
        for line in lines(text) if names_address(text) else ():
            for words, address in addresses(line):
                said = judged(address)
                if said and words not in told:
                    told.add(words)
                    severity, what = said
                    yield hit(thing, *places, element=element, severity=severity, x=words, y=what)
    for link in situation.cluster.links:
        for words, address in addresses(link.head):
            said = judged(address)
            if said:
                yield _drawn(link.tail, words, said, link.place)
    yield from _endpoints(situation, judged)


_POD = Text(
    "는 Pod IP입니다. Pod가 교체되면 바뀝니다",
    "is a Pod address; it changes when the Pod is replaced",
)
_SERVICE = Text(
    "는 Service IP입니다. Service를 다시 만들면 바뀝니다",
    "is a Service address; it changes when the Service is made anew",
)


def _known_ips(situation: Situation) -> frozenset[str]:
    """Addresses of the input's Pods that are not their node's."""
    nodes = {node.ip for node in situation.cluster.nodes}
    pods = situation.cluster.pods
    return frozenset(p.ip for p in pods if p.ip and not p.host_network and p.ip not in nodes)


def _verdict(
    situation: Situation,
    known: frozenset[str],
    pinned: frozenset[str],
    address: IPv4Address,
) -> tuple[Severity, Text] | None:
    if str(address) in known:
        return ERROR, _POD
    if within(address, situation.pod_ranges):
        return WARNING, _POD
    if str(address) in pinned or not within(address, situation.service_ranges):
        return None
    return INFO, _SERVICE


def _drawn(path: str, words: str, said: tuple[Severity, Text], place: Place | None) -> Hit:
    """A link of a spec to an address."""
    top = "/".join(path.split("/")[:2])
    args = (("pod", top), ("x", words), ("y", said[1]))
    return Hit(element=path, object=top, place=place, args=args, severity=said[0])


def _endpoints(situation: Situation, judged: Judge) -> Iterator[Hit]:
    """Endpoints that somebody wrote by hand."""
    for each in situation.cluster.endpoints:
        labels = [key for key, _ in (*each.labels, *each.annotations)]
        made = any(key.endswith(("/managed-by", "/last-change-trigger-time")) for key in labels)
        if made or each.targets or each.owners:
            continue
        for words in each.addresses:
            for _, address in addresses(words):
                said = judged(address)
                if said and said[0] > INFO:
                    yield hit(each, severity=said[0], x=words, y=_POD)


# ── POD512 ──────────────────────────────────────────────────────────────────────────────────


@rule(
    code="POD512",
    name="generated-pod-name",
    severity=WARNING,
    lecture="§3-4 '죽으면 새로 생성됨'",
    docs="concepts/workloads/controllers/deployment/#pod-template-hash-label",
    message=Text(
        "{pod}: {x}는 컨트롤러가 만든 Pod 이름입니다. 다시 생성되면 이름이 바뀝니다",
        "{pod}: {x} is a generated Pod name; the next Pod has another one",
    ),
    fix=Text("Service 이름으로 접근하세요", "Address the Service"),
    bad="""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              containers:
                - name: a
                  image: x/a:1
                  env: [{name: API_HOST, value: api-7d9f8b6c54-x2k4q}]
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
              containers:
                - name: a
                  image: x/a:1
                  env: [{name: DB_HOST, value: db-0.db}, {name: RUN, value: a-deadbeef01-abcde}]
        """,
)
def generated_pod_name(situation: Situation) -> Iterator[Hit]:
    """What it does: looks in variables, arguments and ConfigMaps for names as Deployments
    generate them: a hash and five letters behind the name.

    Why it is bad: the next Pod has another name, and nothing answers to the old one.

    Known limits: only names in the alphabet of Kubernetes with at least one digit are taken for
    generated ones; Pods of a StatefulSet keep their names.

    한국어
    하는 일: 환경 변수, 인자, ConfigMap에서 Deployment가 만든 형식의 이름(해시와 다섯 글자)을
    찾습니다.

    왜 나쁜가: 다음 Pod는 이름이 다르고, 옛 이름에는 아무도 답하지 않습니다.

    한계: Kubernetes가 쓰는 글자로 되어 있고 숫자가 있는 이름만 봅니다. StatefulSet의 Pod는 이름이
    그대로입니다.
    """
    for thing, element, places, text in _texts(situation):
        if not names_pod(text):
            continue
        for name in dict.fromkeys(n for line in lines(text) for n in generated_names(line)):
            yield hit(thing, *places, element=element, x=name)
