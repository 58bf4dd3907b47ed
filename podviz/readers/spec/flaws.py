"""Findings on the form of a spec, said in both languages."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.text import Text

NAMES = {
    "POD002": "unknown-field",
    "POD003": "missing-field",
    "POD004": "wrong-type",
    "POD006": "duplicate-name",
    "POD007": "dangling-reference",
    "POD008": "invalid-value",
    "POD010": "unsupported-kind",
}

KUBERNETES_SAYS = {
    "claimname": "from",
    "completions": "replicas",
    "containerport": "port",
    "hostip": "ip",
    "hostport": "host",
    "initcontainers": "containers",
    "maxreplicas": "max",
    "minreplicas": "min",
    "mountpath": "path",
    "nodename": "node",
    "persistentvolumeclaim": "claim",
    "podcidr": "pod_cidr",
    "podip": "ip",
    "pvc": "claim",
    "readonly": "read_only",
    "resources": "requests",
    "restartpolicy": "restart",
    "scaletargetref": "target",
    "selector": "selects",
    "serviceport": "port",
    "targetport": "target",
    "template": "pod",
    "terminationgraceperiodseconds": "grace",
    "volumeclaimtemplates": "claims",
    "volumemounts": "mounts",
}
"""What a reader of manifests may write, in lower case → what the spec calls it."""


_MOST_COMPARED = 100


def flaw(code: str, place: Place, message: Text, help: Text | None = None) -> Finding:
    return Finding(
        code=code,
        name=NAMES[code],
        severity=Severity.ERROR,
        message=message,
        place=place,
        help=help,
    )


def closest(word: str, known: Iterable[str], given: Collection[str] = ()) -> str | None:
    """The known word that was probably meant, if one is near; rather one not `given` already."""
    compared = list(islice(known, _MOST_COMPARED))
    said = KUBERNETES_SAYS.get(word.lower())
    if said in compared:
        return said
    absent = [k for k in compared if k not in given]
    return _nearest(word, absent) or (_nearest(word, compared) if given else None)


def _nearest(word: str, known: list[str]) -> str | None:
    spelt = {k.lower(): k for k in known}
    from difflib import get_close_matches

    near = get_close_matches(word.lower()[:80], spelt, n=1, cutoff=0.6)
    return spelt[near[0]] if near else None


def meant(guess: str | None) -> Text:
    """` (did you mean …?)`, or nothing without a guess."""
    if guess is None:
        return Text.same("")
    return Text(f" ('{guess}'를 쓰려고 했나요?)", f" (did you mean '{guess}'?)")


def josa(word: str, closed: str, open: str) -> str:
    """The Korean particle for a word: `closed` after a final consonant, `open` after a vowel.

    A word that does not end in Hangul gets the first form, with the second in brackets.
    """
    last = word[-1:]
    if not "가" <= last <= "힣":
        return closed if closed.endswith(open) else f"{closed}({open})"
    return closed if (ord(last) - ord("가")) % 28 else open


def short(words: str) -> str:
    """A value as a message quotes it: one line of at most 60 characters."""
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def unknown_field(place: Place, key: str, known: Sequence[str], given: Collection[str]) -> Finding:
    guess = closest(key, known, given)
    message = Text("알 수 없는 필드 '{key}'입니다{meant}", "unknown field '{key}'{meant}")
    help = None
    if guess is None:
        listed = ", ".join(sorted(known, key=lambda k: k != "name"))
        help = Text(f"쓸 수 있는 필드: {listed}", f"allowed here: {listed}")
    return flaw("POD002", place, message.format(key=short(key), meant=meant(guess)), help)


def missing(place: Place, key: str, help: Text | None = None) -> Finding:
    message = Text(f"필수 항목 '{key}'이(가) 없습니다", f"'{key}' is required")
    return flaw("POD003", place, message, help)


def empty(place: Place, key: str) -> Finding:
    message = Text(f"'{short(key)}'에 값이 없습니다", f"'{short(key)}' has no value")
    help = Text("값을 주거나 키를 지우세요", "give one or leave the key out")
    return flaw("POD004", place, message, help)


def foreign_field(place: Place, key: str, kind: str, owners: Sequence[str]) -> Finding:
    """A field that the grammar knows and this kind does not have."""
    message = Text("{kind}에는 '{key}'가 없습니다", "a {kind} has no '{key}'")
    listed = ", ".join(owners)
    help = Text(f"'{key}'가 있는 종류: {listed}", f"these have '{key}': {listed}")
    return flaw("POD002", place, message.format(kind=kind, key=key), help)


def closed(place: Place, service: str, port: int | str, known: Sequence[str]) -> Finding:
    """A port that a Service of the spec does not have."""
    message = Text(
        f"서비스 '{short(service)}'에는 포트 {short(str(port))}이(가) 없습니다",
        f"Service '{short(service)}' has no port {short(str(port))}",
    )
    listed = short(", ".join(dict.fromkeys(known)))
    return flaw("POD007", place, message, Text(f"있는 포트: {listed}", f"it has {listed}"))


def duplicate(place: Place, first: Place, kind: str, name: str) -> Finding:
    message = Text(
        f"{kind} '{short(name)}'이(가) 두 번 선언되었습니다",
        f"{kind} '{short(name)}' is declared twice",
    )
    return Finding(
        code="POD006",
        name=NAMES["POD006"],
        severity=Severity.ERROR,
        message=message,
        place=place,
        related=(first,) if first != place else (),
    )


def dangling(
    place: Place, key: str, name: str, known: Iterable[str], help: Text | None = None
) -> Finding:
    message = Text(
        "'{key}'가 가리키는 '{name}'{sign} 없습니다{meant}",
        "'{key}' refers to '{name}', which does not exist{meant}",
    )
    guess = closest(name, known)
    message = message.format(
        key=key, name=short(name), sign=josa(name, "이", "가"), meant=meant(guess)
    )
    return flaw("POD007", place, message, None if guess else help)
