"""What each container of a Pod is for, and why we think so."""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from podviz.cluster.images import Facts, is_one_of, known, purpose, repository
from podviz.pattern import pattern
from podviz.pod import Container, Pod, Role
from podviz.text import Text


class Judgement(Struct, frozen=True, kw_only=True):
    """A role and why; `purpose` where it is known."""

    role: Role
    reason: Text
    purpose: str | None = None


_TAIL = pattern(r"\btail\b[^|;&\n]*\s(-[a-zA-Z0-9]*[fF]\b|--follow)")
_GENERATED = pattern(r"(-[0-9a-f]{5,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}$|-\d+$")
_PURPOSES = frozenset(["proxy", "log", "metrics", "sync", "security"])


def judged(
    pod: Pod, workload: str, *, default: str | None = None, facts: Facts | None = None
) -> Pod:
    """The Pod with a role, and the reason for it, on each container that declares none.

    `workload` is the name of the Pod or of its controller, `default` the container that
    `kubectl.kubernetes.io/default-container` names. What cannot be told is `unclear`.
    """
    if pod.owners:
        workload = _GENERATED.sub("", workload)
    found = judge(pod, workload, default, facts or known())
    made = []
    for container in pod.containers:
        said = found.get(container.path)
        if said is None:
            made.append(container)
            continue
        why = said.purpose if said.purpose in _PURPOSES else None
        made.append(
            replace(
                container,
                role=said.role,
                reason=said.reason,
                purpose=container.purpose or why,
            )
        )
    return replace(pod, containers=tuple(made))


def judge(pod: Pod, workload: str, default: str | None, facts: Facts) -> dict[str, Judgement]:
    """Path of a container → what it is for; those whose role is declared are left out."""
    found: dict[str, Judgement] = {}
    running: list[Container] = []
    for container in pod.containers:
        if container.role is Role.INIT:
            found[container.path] = _INIT
        elif container.ephemeral:
            found[container.path] = _EPHEMERAL
        elif container.role is None and container.native:
            found[container.path] = replace(
                _NATIVE, purpose=purpose(container.image, facts, container.argv)
            )
        elif not container.native:
            running.append(container)
    if len(running) == 1 and running[0].role is None:
        found[running[0].path] = _ALONE
    elif len(running) > 1:
        found |= _among(running, workload, default, facts)
    return found


def _among(
    running: list[Container], workload: str, default: str | None, facts: Facts
) -> dict[str, Judgement]:
    """Judges containers that run side by side."""
    found: dict[str, Judgement] = {}
    undeclared: list[Container] = [c for c in running if c.role is None]
    named = _named_after(running, workload, facts)
    for container in undeclared:
        said = _by_itself(container, default, named, facts)
        if said:
            found[container.path] = said
    rest = [c for c in undeclared if c.path not in found]
    mains = [c for c in running if _role(c, found) is Role.MAIN]
    for container in rest:
        said = _door(container, mains, facts)
        if said:
            found[container.path] = said
    rest = [c for c in rest if c.path not in found]
    if rest:
        found |= _rest(rest, bool(mains), workload, facts)
    elif not mains:
        first = _least_auxiliary(undeclared, workload)
        if first:
            found[first.path] = _FIRST
    return found


def _role(container: Container, found: dict[str, Judgement]) -> Role | None:
    said = found.get(container.path)
    return said.role if said else container.role


def _by_itself(
    container: Container, default: str | None, named: Container | None, facts: Facts
) -> Judgement | None:
    """What a container's own marks say of it."""
    if container.name == default:
        return _DEFAULT
    if container is named:
        return _NAMED
    what = purpose(container.image, facts, container.argv)
    if what and container.image:
        name = repository(container.image)[0][:60]
        return Judgement(role=Role.SIDECAR, reason=_KNOWN.format(image=name), purpose=what)
    if _TAIL.search(" ".join(container.argv)):
        return _TAILS
    word = _helper_word(container, facts)
    if word:
        return Judgement(role=Role.SIDECAR, reason=_WORD.format(word=word))
    return None


def _helper_word(container: Container, facts: Facts) -> str | None:
    """The word in a container's name that tells a helper; no word makes one of a datastore."""
    words = facts.words
    tokens = _tokens(container.name, words["generic_words"])
    if container.name in words["helper_names"]:
        return container.name
    if not tokens or tokens[-1] in words["main_words"]:
        return None
    if is_one_of(container.image, facts, "datastores") and not runs_another(container):
        return None
    if tokens[-1] in words["helper_words"]:
        return tokens[-1]
    return next((t for t in tokens if t in words["product_words"]), None)


def runs_another(container: Container) -> bool:
    """True for what is called a sidecar, opens no port and runs another program than its image
    is made for, as far as its name is right."""
    return "sidecar" in container.name and bool(container.argv) and not container.ports


@lru_cache(maxsize=4096)
def _tokens(name: str, generic: frozenset[str]) -> tuple[str, ...]:
    """The words of a name, without numbers and words such as `container` at its end."""
    tokens = [t for t in re.split(r"[-_.\s]+", name.lower()) if t]
    while len(tokens) > 1 and (tokens[-1].isdecimal() or tokens[-1] in generic):
        tokens.pop()
    return tuple(tokens)


def _named_after(running: list[Container], workload: str, facts: Facts) -> Container | None:
    """The one container, or else the one image, that is called like the workload."""
    generic = facts.words["generic_words"]
    title = _tokens(workload, generic)
    if not title:
        return None
    candidates = [c for c in running if "sidecar" not in c.name.lower()]
    by_name = [c for c in candidates if _tokens(c.name, generic) == title]
    by_image = [
        c for c in candidates if c.image and _tokens(repository(c.image)[1], generic) == title
    ]
    for alike in (by_name, by_image):
        if len(alike) == 1:
            return alike[0]
    return None


def _door(container: Container, mains: list[Container], facts: Facts) -> Judgement | None:
    """A container through whose port the main one is asked how it is, or that fronts it."""
    ports = {p.number for p in container.ports} | {p.name for p in container.ports if p.name}
    for other in mains:
        own = {p.number for p in other.ports} | {p.name for p in other.ports if p.name}
        if own and ports & (set(other.probed) - own):
            return Judgement(role=Role.SIDECAR, reason=_ASKED.format(name=other.name[:60]))
        first, *words = re.split(r"[-_.]", container.name.lower())
        kin = re.split(r"[-_.]", other.name.lower())[0]
        family = repository(other.image)[1].split("-")[0] if other.image else kin
        if first in (kin, family) and words and words[-1] in facts.words["front_words"]:
            return Judgement(role=Role.SIDECAR, reason=_FRONT.format(name=other.name[:60]))
    return None


def _rest(
    rest: list[Container], has_main: bool, workload: str, facts: Facts
) -> dict[str, Judgement]:
    """Judges the containers that nothing marks as helpers."""
    if len(rest) == 1 and not has_main:
        return {rest[0].path: _LEFT}
    if has_main:
        return {c.path: _beside_main(c, facts) for c in rest}
    near = [c for c in rest if _is_near(c, workload, facts)]
    if len(near) == 1:
        return {c.path: _NAMED if c is near[0] else _UNCLEAR for c in rest}
    telling = {c.path: reason for c in rest if (reason := _evidence(c, facts))}
    if not telling:
        return {c.path: _UNCLEAR for c in rest}
    return {
        c.path: Judgement(role=Role.MAIN, reason=telling[c.path]) if c.path in telling else _UNCLEAR
        for c in rest
    }


def _beside_main(container: Container, facts: Facts) -> Judgement:
    """A datastore is an application of its own even beside a main container."""
    if container.image and is_one_of(container.image, facts, "datastores"):
        image = repository(container.image)[0][:60]
        return Judgement(role=Role.MAIN, reason=_APP.format(image=image))
    return _UNCLEAR


def _is_near(container: Container, workload: str, facts: Facts) -> bool:
    """True if all words of the container's name are in the workload's, or the other way."""
    generic = facts.words["generic_words"]
    own, title = set(_tokens(container.name, generic)), set(_tokens(workload, generic))
    return bool(own and title) and (own <= title or title <= own)


def _evidence(container: Container, facts: Facts) -> Text | None:
    """Why a container looks like an application; None for one that shows no sign of it."""
    if is_one_of(container.image, facts, "toolboxes") and not container.ports:
        return None
    if container.image and is_one_of(container.image, facts, "datastores", "apps"):
        return _APP.format(image=repository(container.image)[0][:60])
    if container.ports:
        return _SERVES.format(port=container.ports[0].number)
    return _PROBED if container.probes else None


def _least_auxiliary(running: list[Container], workload: str) -> Container | None:
    """Where all look like helpers: the one that the workload is named after, or the first."""
    for container in running:
        if workload.lower().endswith(container.name.lower()):
            return container
    return running[0] if running else None


_KNOWN = Text("잘 알려진 보조 이미지 {image}", "its image {image} is a well-known sidecar")
_WORD = Text("이름의 '{word}'", "'{word}' in its name")
_ASKED = Text(
    "'{name}'의 상태를 이 컨테이너의 포트로 묻는다",
    "the probes of '{name}' ask through its port",
)
_FRONT = Text("'{name}' 앞에 선다", "it stands before '{name}'")
_APP = Text("이미지 {image}은(는) 애플리케이션이다", "its image {image} is an application")
_SERVES = Text("포트 {port}를 연다", "it serves port {port}")
_PROBED = Text("상태를 묻는 프로브가 있다", "it has probes")

_INIT = Judgement(role=Role.INIT, reason=Text("초기화 컨테이너", "an init container"))
_EPHEMERAL = Judgement(
    role=Role.SIDECAR, reason=Text("디버깅용 임시 컨테이너", "an ephemeral container")
)
_NATIVE = Judgement(
    role=Role.SIDECAR,
    reason=Text(
        "restartPolicy: Always인 초기화 컨테이너", "an init container with restartPolicy: Always"
    ),
)
_ALONE = Judgement(
    role=Role.MAIN, reason=Text("Pod의 유일한 앱 컨테이너", "the only app container of the Pod")
)
_DEFAULT = Judgement(
    role=Role.MAIN,
    reason=Text("kubectl의 기본 컨테이너로 지정됨", "annotated as kubectl's default container"),
)
_NAMED = Judgement(
    role=Role.MAIN, reason=Text("워크로드와 이름이 같다", "the workload is named after it")
)
_TAILS = Judgement(
    role=Role.SIDECAR, reason=Text("tail -f로 파일을 따라간다", "it follows a file with tail -f")
)
_FIRST = Judgement(
    role=Role.MAIN,
    reason=Text("모두 보조로 보여, 첫 컨테이너", "the first of several that look like helpers"),
)
_LEFT = Judgement(role=Role.MAIN, reason=Text("나머지가 모두 보조다", "all others are sidecars"))
_UNCLEAR = Judgement(
    role=Role.UNCLEAR,
    reason=Text("무엇을 하는지 드러나지 않는다", "nothing tells what it is for"),
)
