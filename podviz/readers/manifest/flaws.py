"""Findings on manifests, said in both languages."""

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.source.tree import Node, Scalar, Sequence
from podviz.text import Text

NAMES = {
    "POD003": "missing-field",
    "POD004": "wrong-type",
    "POD006": "duplicate-name",
    "POD007": "dangling-reference",
    "POD008": "invalid-value",
    "POD010": "unsupported-kind",
}

MAPPING = Text("매핑", "a mapping")
LIST = Text("목록", "a list")
TEXT = Text("텍스트", "text")
WHOLE = Text("정수", "a whole number")
TRUTH = Text("true 또는 false", "true or false")
CORES = Text("500m, 2와 같은 CPU 양", "cores such as 500m or 2")
BYTES = Text("256Mi, 1G와 같은 크기", "an amount such as 256Mi or 1G")

_LONGEST = 60


def flaw(
    code: str,
    place: Place,
    message: Text,
    help: Text | None = None,
    *,
    severity: Severity = Severity.WARNING,
    related: tuple[Place, ...] = (),
) -> Finding:
    """A flaw of a manifest: a warning, as what is left can still be drawn."""
    return Finding(
        code=code,
        name=NAMES[code],
        severity=severity,
        message=message,
        place=place,
        help=help,
        related=related,
    )


def short(words: str) -> str:
    """A value as a message quotes it: one line of at most 60 characters."""
    words = " ".join(words[: 4 * _LONGEST].split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


_OLD = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF"), False),
}


def old_truth(node: Node | None) -> bool | None:
    """The truth value that an unquoted `yes` or `off` is for Kubernetes, which reads YAML 1.1;
    None for all else.

    https://yaml.org/type/bool.html
    """
    return _OLD.get(node.text) if isinstance(node, Scalar) and node.plain else None


def given(node: Node | None) -> Text:
    """What stands in the file."""
    if isinstance(node, Sequence):
        return Text("목록이 주어졌습니다", "a list is given")
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return Text("값이 없습니다", "nothing is given")
    if not isinstance(node, Scalar):
        return Text("매핑이 주어졌습니다", "a mapping is given")
    word = short(node.text)
    if isinstance(node.value, bool) or old_truth(node) is not None:
        return Text(f"{word}은(는) 참·거짓입니다", f"{word} is a truth value")
    if isinstance(node.value, str):
        return Text(f"'{word}'은(는) 텍스트입니다", f"'{word}' is text")
    return Text(f"{word}은(는) 숫자입니다", f"{word} is a number")


def wrong_type(place: Place, path: str, expected: Text, node: Node | None) -> Finding:
    message = Text("{path}: {expected}이어야 합니다. {given}", "{path} must be {expected}; {given}")
    return flaw(
        "POD004", place, message.format(path=short(path), expected=expected, given=given(node))
    )


def out_of_range(place: Place, path: str, number: str, low: int, high: int) -> Finding:
    message = Text(
        f"{short(path)}: {low} 이상 {high} 이하여야 합니다. {short(number)}이(가) 주어졌습니다",
        f"{short(path)} must be from {low} to {high}, not {short(number)}",
    )
    return flaw("POD008", place, message)


def missing(place: Place, path: str, instead: str | None = None) -> Finding:
    """A field that must be there; `instead` is the name drawn in its place."""
    message = Text(f"'{short(path)}'이(가) 없습니다", f"'{short(path)}' is missing")
    help = (
        Text(f"'{short(instead)}'(으)로 그립니다", f"drawn as '{short(instead)}'")
        if instead
        else None
    )
    return flaw("POD003", place, message, help)


def twice(
    place: Place, first: Place | None, kind: str, name: str, instead: str | None = None
) -> Finding:
    """Two things of one name: the last one counts, or is drawn as `instead`."""
    message = Text(
        f"{short(kind)} '{short(name)}'이(가) 두 번 정의되었습니다",
        f"{short(kind)} '{short(name)}' is defined twice",
    )
    help = Text("나중 것을 씁니다", "the last one counts")
    if instead:
        help = Text(f"둘째를 '{short(instead)}'(으)로 그립니다", f"drawn as '{short(instead)}'")
    return flaw("POD006", place, message, help, related=(first,) if first else ())


def no_object(place: Place, node: Node) -> Finding:
    message = Text("쿠버네티스 객체가 아닙니다. {given}", "this is no Kubernetes object; {given}")
    help = Text(
        "매니페스트는 'apiVersion'과 'kind'로 시작합니다",
        "a manifest begins with 'apiVersion' and 'kind'",
    )
    return flaw("POD004", place, message.format(given=given(node)), help)


def no_kind(place: Place) -> Finding:
    message = Text("'kind'가 없어서 그릴 수 없습니다", "'kind' is missing, so it cannot be drawn")
    return flaw("POD003", place, message)


def strange_kind(place: Place, kind: str, guess: str) -> Finding:
    message = Text(
        f"알 수 없는 kind '{short(kind)}'입니다 ('{guess}'를 쓰려고 했나요?). 이름만 그립니다",
        f"unknown kind '{short(kind)}' (did you mean '{guess}'?); only its name is drawn",
    )
    return flaw("POD010", place, message)


def strange_version(place: Place, version: str, kind: str, known: tuple[str, ...]) -> Finding:
    listed = ", ".join(known)
    message = Text(
        f"{kind}의 apiVersion은 {listed} 가운데 하나여야 합니다. '{short(version)}'은(는) 없습니다",
        f"apiVersion of a {kind} must be one of {listed}, not '{short(version)}'",
    )
    return flaw("POD008", place, message)


def dangling(place: Place, who: str, kind: str, name: str, severity: Severity) -> Finding:
    message = Text(
        f"{who}: {short(kind)} '{short(name)}'을(를) 가리키지만 입력에 없습니다",
        f"{who} refers to {short(kind)} '{short(name)}', which is not in the input",
    )
    return flaw("POD007", place, message, severity=severity)
