"""What libyaml complains of, said plainly in both languages."""

import yaml

from podviz.source.growth import BrokenError
from podviz.text import Text

_TABS = Text("YAML에서는 탭으로 들여쓸 수 없습니다", "a tab cannot indent in YAML")
_SPACES = Text("빈칸으로 들여쓰세요", "use spaces")
_INDENT = Text("들여쓰기를 위의 줄과 맞추세요", "line it up with the lines above")
_QUOTE = Text("값을 따옴표로 묶으세요", "put the value in quotes")

_SAID: dict[str, tuple[Text, Text | None]] = {
    "mapping values are not allowed in this context": (
        Text("여기에는 ':'이 올 수 없습니다", "a ':' cannot stand here"),
        Text(
            "들여쓰기를 맞추거나, ':'이 든 값을 따옴표로 묶으세요",
            "line it up with the lines above, or put a value that holds ': ' in quotes",
        ),
    ),
    "could not find expected ':'": (
        Text("이 키 뒤에 ':'이 없습니다", "there is no ':' after this key"),
        Text("'키: 값'으로 쓰세요", "write 'key: value'"),
    ),
    "did not find expected key": (
        Text("여기에는 키가 와야 합니다", "a key was expected here"),
        _INDENT,
    ),
    "did not find expected '-' indicator": (
        Text(
            "여기에는 '-'로 시작하는 항목이 와야 합니다",
            "an entry that begins with '-' was expected here",
        ),
        _INDENT,
    ),
    "block sequence entries are not allowed in this context": (
        Text("여기에는 '-' 항목이 올 수 없습니다", "a '-' entry cannot stand here"),
        Text("'-'를 다음 줄에 쓰세요", "begin the list on its own line"),
    ),
    "did not find expected ',' or '}'": (
        Text("이 '{'를 닫는 '}'나 항목 사이의 ','가 없습니다", "',' or '}' is missing here"),
        None,
    ),
    "did not find expected ',' or ']'": (
        Text("이 '['를 닫는 ']'나 항목 사이의 ','가 없습니다", "',' or ']' is missing here"),
        None,
    ),
    "did not find expected node content": (
        Text("여기에 값이 없습니다", "a value was expected here"),
        None,
    ),
    "found unexpected end of stream": (
        Text("이 따옴표가 닫히지 않았습니다", "this quote is never closed"),
        None,
    ),
    "found unexpected document indicator": (
        Text("이 따옴표가 닫히지 않았습니다", "this quote is never closed"),
        None,
    ),
    "found character that cannot start any token": (
        Text("값은 이 문자로 시작할 수 없습니다", "a value cannot begin with this character"),
        _QUOTE,
    ),
    "found unknown escape character": (
        Text("알 수 없는 이스케이프입니다", "this escape is not known"),
        Text("작은따옴표 안에서는 '\\'가 그대로 남습니다", "in single quotes '\\' stays as it is"),
    ),
    "did not find expected <document start>": (
        Text("문서가 끝난 뒤에 내용이 더 있습니다", "something follows the end of the document"),
        _INDENT,
    ),
    "did not find expected alphabetic or numeric character": (
        Text("'*'나 '&' 뒤에는 이름이 와야 합니다", "a name must follow '*' or '&'"),
        _QUOTE,
    ),
    "found undefined tag handle": (
        Text("알 수 없는 태그입니다", "this tag is not known"),
        Text("태그를 지우거나 값을 따옴표로 묶으세요", "remove the tag or put the value in quotes"),
    ),
}

_FROM_ITS_BEGINNING = frozenset(
    [
        "could not find expected ':'",
        "found unexpected end of stream",
        "found unexpected document indicator",
    ]
)
"""Complaints that speak of where a thing began, not of where reading stopped."""


def broken(error: yaml.YAMLError, text: str, begin: int) -> BrokenError:
    """Where and why libyaml gave up on `text[begin:]`."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return BrokenError(begin, begin, Text(f"YAML 문법 오류: {error}", str(error)))
    problem = error.problem or "?"
    at = _index(error.problem_mark, begin, len(text))
    first = _index(error.context_mark, begin, at)
    if text.startswith("\t", at):
        return BrokenError(at, at + 1, _TABS, _SPACES)
    said = Text(f"YAML 문법 오류: {problem}", problem)
    message, help = _SAID.get(problem, (said, None))
    if problem in _FROM_ITS_BEGINNING:
        return BrokenError(first, _word_end(text, first), message, help)
    same_line = "\n" not in text[first:at]
    return BrokenError(at, _word_end(text, at), message, help, first=-1 if same_line else first)


def _index(mark: yaml.Mark | None, begin: int, otherwise: int) -> int:
    return begin + mark.index if mark else otherwise


def _word_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return min(max(end, start + 1), len(text))
