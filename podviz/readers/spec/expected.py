"""What the grammar expects, in words."""

from podviz.grammar.words import BACKEND, CODE, FILE_NAME, LINE, MOUNT, NAME, URL_PATH, VERSION
from podviz.readers.spec.flaws import short
from podviz.source.tree import Node, Scalar, Sequence
from podviz.text import Text

TYPES = {
    "string_type": Text("텍스트", "text"),
    "int_type": Text("정수", "a whole number"),
    "bool_type": Text("true 또는 false", "true or false"),
    "list_type": Text("목록", "a list"),
    "dict_type": Text("매핑", "a mapping"),
    "model_type": Text("매핑", "a mapping"),
}
"""pydantic's error type → the type that would be right."""

SHORT_FORMS = {
    "=backend": Text("'서비스:포트' 또는 매핑", "service:port or a mapping"),
    "=command": Text("텍스트 또는 텍스트 목록", "text or a list of texts"),
    "=end": Text("이름 또는 {address: …}", "a name or {address: …}"),
    "=mount": Text("볼륨 이름 또는 매핑", "a volume's name or a mapping"),
    "=name": Text("이름 또는 매핑", "a name or a mapping"),
    "=number": Text("포트 번호 또는 이름", "a port number or a name"),
    "=port": Text("포트 번호 또는 {port: …}", "a port number or {port: …}"),
    "=selects": Text("이름 또는 레이블 매핑", "a name or a mapping of labels"),
    "=sign": Text("그림 기호의 이름", "the name of a sign"),
    "=words": Text("텍스트 또는 {ko: …, en: …}", "text or {ko: …, en: …}"),
}
"""Mark of a short form → all that may stand in its place."""

PATTERNS = {
    NAME: Text(
        "'/', ':'나 제어 문자를 쓸 수 없습니다", "must hold no '/', ':' or control character"
    ),
    FILE_NAME: Text("파일 이름으로 쓸 수 있어야 합니다", "must be fit for a file name"),
    LINE: Text(
        "제어 문자가 없는 한 줄이어야 합니다", "must be one line without control characters"
    ),
    MOUNT: Text(
        "logs, logs:ro, logs:/var/log 가운데 한 꼴이어야 합니다",
        "must look like logs, logs:ro or logs:/var/log",
    ),
    BACKEND: Text(
        "'서비스' 또는 '서비스:포트'여야 합니다", "must look like service or service:port"
    ),
    VERSION: Text("'1.33'과 같은 버전이어야 합니다", "must be a version such as '1.33'"),
    URL_PATH: Text("'/'로 시작해야 합니다", "must begin with '/'"),
    CODE: Text(
        "POD201이나 port-conflict와 같은 규칙이어야 합니다",
        "must be a rule such as POD201 or port-conflict",
    ),
}
"""Pattern of the grammar → what it asks for."""

LIMITS = {
    "greater_than_equal": Text("{ge} 이상이어야 합니다", "must be at least {ge}"),
    "less_than_equal": Text("{le} 이하여야 합니다", "must be at most {le}"),
    "string_too_short": Text("비워 둘 수 없습니다", "must not be empty"),
    "string_too_long": Text(
        "{max_length}자 이하여야 합니다", "must have at most {max_length} characters"
    ),
    "too_short": Text(
        "{min_length}개 이상이어야 합니다", "must have at least {min_length} entries"
    ),
    "too_long": Text("{max_length}개 이하여야 합니다", "must have at most {max_length} entries"),
    "cpu_amount": Text(
        "500m, 0.5, 2와 같은 CPU 양이어야 합니다", "must be cores such as 500m, 0.5 or 2"
    ),
    "memory_amount": Text(
        "256Mi, 1G와 같은 크기여야 합니다", "must be an amount such as 256Mi or 1G"
    ),
    "cidr": Text("10.244.0.0/16과 같은 대역이어야 합니다", "must be a range such as 10.244.0.0/16"),
    "port_suffix": Text("포트는 1부터 65535까지입니다", "must end in a port from 1 to 65535"),
    "unbalanced": Text("따옴표의 짝이 맞지 않습니다", "has a quote that is never closed"),
    "address": Text(
        "10.0.0.5나 fd00::5와 같은 IP 주소여야 합니다",
        "must be an IP address such as 10.0.0.5 or fd00::5",
    ),
    "host": Text(
        "IP 주소가 아니라 shop.example.com과 같은 이름이어야 합니다",
        "must be a name such as shop.example.com, no IP address",
    ),
    "schedule": Text(
        "'*/5 * * * *'처럼 분, 시, 일, 월, 요일이어야 합니다",
        "must be minute, hour, day, month and weekday, such as '*/5 * * * *'",
    ),
}
"""Error type → what an impossible value should be, filled in from the error's context."""


_SWITCHES = frozenset(["yes", "no", "on", "off", "y", "n"])


def given(node: Node) -> Text:
    """What stands in the file instead."""
    if isinstance(node, Sequence):
        return Text("목록이 주어졌습니다", "a list is given")
    if not isinstance(node, Scalar):
        return Text("매핑이 주어졌습니다", "a mapping is given")
    word = short(node.text)
    if node.value is None:
        return Text("값이 없습니다", "nothing is given")
    if isinstance(node.value, bool):
        return Text(f"{word}은(는) 참·거짓입니다", f"{word} is a truth value")
    if isinstance(node.value, str):
        return Text(f"'{word}'은(는) 텍스트입니다", f"'{word}' is text")
    return Text(f"{word}은(는) 숫자입니다", f"{word} is a number")


def help_for(kind: str, node: Node) -> Text | None:
    """How to put a wrong type right, where it can be told."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    word = short(node.text)
    if kind == "string_type":
        return Text(f"따옴표로 묶으세요: '{word}'", f"put it in quotes: '{word}'")
    if kind == "int_type" and word.isdecimal():
        return Text(f"따옴표 없이 쓰세요: {word}", f"write it without quotes: {word}")
    if kind == "bool_type" and word.lower() in _SWITCHES:
        return Text("true나 false로 쓰세요", "write true or false")
    if kind == "list_type":
        return Text(f"목록으로 쓰세요: [{word}]", f"write a list: [{word}]")
    return None
