"""From what pydantic complains of to findings."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from pydantic_core import ErrorDetails

from podviz import grammar
from podviz.finding import Finding
from podviz.place import Place
from podviz.readers.spec import flaws
from podviz.readers.spec.expected import LIMITS, PATTERNS, SHORT_FORMS, TYPES, given, help_for
from podviz.readers.spec.names import KINDS
from podviz.source.tree import Mapping, Node, Scalar
from podviz.source.tree import Sequence as List
from podviz.text import Text

Path = tuple[int | str, ...]
"""Steps from the top of a document: keys and list positions."""


def findings(errors: Sequence[ErrorDetails], root: Mapping) -> Iterator[Finding]:
    """One finding for each mistake, at its own place."""
    guessed = {_guess(error, root) for error in errors if error["type"] == "extra_forbidden"}
    for error in errors:
        path = file_path(error)
        if error["type"] == "missing" and path in guessed:
            continue  # the misspelt key says it already
        yield _finding(error, path, root)


def file_path(error: ErrorDetails) -> Path:
    """The steps in the file that lead to a mistake, without the grammar's own marks."""
    *above, last = error["loc"]
    path = [step for step in above if step not in _MARKS]
    if last not in _MARKS or error["type"] == "extra_forbidden":
        path.append(last)
    return tuple(path)


_MARKS = frozenset([*SHORT_FORMS, "=long", "=cell", "=pod", "[key]"])


def empty_keys(root: Mapping, errors: Sequence[ErrorDetails]) -> Iterator[Finding]:
    """Keys without a value that pydantic let pass, because they could as well be left out."""
    told = {file_path(error) for error in errors}  # if there are none, no path is asked for
    waiting: list[tuple[Path, Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, List):
            waiting += [((*path, i) if told else (), item) for i, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            for key, entry in node.entries.items():
                below = (*path, key) if told else ()
                if not isinstance(entry.value, Scalar):
                    waiting.append((below, entry.value))
                elif entry.value.value is None and (not told or below not in told):
                    yield flaws.empty(entry.key.place, key)


def hides_names(errors: Sequence[ErrorDetails], root: Mapping) -> bool:
    """True if a mistake may hide a name, so that references to it would only seem to dangle."""
    for error in errors:
        path = file_path(error)
        unknown = error["type"] == "extra_forbidden"
        if len(path) == 1 and (unknown or path[0] in KINDS):
            return True
        declares = _DECLARING & {path[-1], _guess(error, root)[-1] if unknown else ""}
        if path[0] in KINDS and (len(path) == 2 or declares):
            return True
    return False


_DECLARING = frozenset(["name", "kind", "pod", "containers", "volumes", "claims"])


def _guess(error: ErrorDetails, root: Mapping) -> Path:
    """The path that an unknown key was probably meant to have."""
    path = file_path(error)
    guess = flaws.closest(str(path[-1]), known_fields(path[:-1]), _keys(root, path[:-1]))
    return (*path[:-1], guess or path[-1])


def _keys(root: Mapping, path: Path) -> Collection[str]:
    """The keys that the file gives at `path`."""
    _, node = locate(root, path)
    return node.entries.keys() if isinstance(node, Mapping) else ()


def known_fields(path: Path) -> list[str]:
    """The keys that the grammar knows in the mapping at `path`."""
    part: type[grammar.Part] = grammar.Spec
    for step in path:
        for name, field in part.model_fields.items():
            if step == (field.alias or name):
                part = _part_in(field.annotation) or part
                break
    return [field.alias or name for name, field in part.model_fields.items()]


def _part_in(annotation: object) -> type[grammar.Part] | None:
    """The one mapping of the grammar that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, grammar.Part):
        return annotation
    for inner in get_args(annotation):
        found = _part_in(inner)
        if found:
            return found
    return None


def locate(root: Mapping, path: Path) -> tuple[Scalar | None, Node]:
    """The key and the value at `path`, as far as the file goes."""
    key: Scalar | None = None
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and str(step) in node.entries:
            entry = node.entries[str(step)]
            key, node = entry.key, entry.value
        elif isinstance(node, List) and isinstance(step, int) and step < len(node.items):
            key, node = None, node.items[step]
        else:
            break
    return key, node


def _finding(error: ErrorDetails, path: Path, root: Mapping) -> Finding:
    kind = error["type"]
    key, node = locate(root, path)
    if kind == "extra_forbidden":
        place = key.place if key else node.place
        known, keys = known_fields(path[:-1]), _keys(root, path[:-1])
        return flaws.unknown_field(place, str(path[-1]), known, keys)
    if kind == "missing":
        help = Text("스펙은 'podviz: 1'로 시작합니다", "a spec begins with 'podviz: 1'")
        return flaws.missing(node.place, str(path[-1]), help if path == ("podviz",) else None)
    context = error.get("ctx", {})
    if kind == "no_language":
        return flaws.flaw("POD003", _place(key, node), _NO_LANGUAGE)
    if error["loc"][-1] == "[key]" and key:
        node = key
    what = _what(path, error["loc"][-1] == "[key]")
    if kind == "literal_error":
        return _not_one_of(what, node, _place(key, node), context["expected"])
    return _wrong(error, what, node, _place(key, node))


def _place(key: Scalar | None, node: Node) -> Place:
    """The value's place, or its key's where no value is written."""
    return key.place if key and node.start == node.end else node.place


def _what(path: Path, key: bool) -> Text:
    """How a message calls the thing at `path`."""
    named = [step for step in path if isinstance(step, str)]
    if not named:
        return Text("스펙", "a spec")
    if key:
        *_, above, last = ["", *named]
        return Text(f"{above}의 키 '{last}'", f"key '{last}' of {above}")
    if isinstance(path[-1], int):
        return Text(f"{named[-1]}의 항목", f"an entry of {named[-1]}")
    return Text.same(named[-1])


def _quoted(node: Node) -> str:
    """A value as a message gives it: text in quotes, numbers as they are."""
    if not isinstance(node, Scalar):
        return "…"
    word = flaws.short(node.text)
    return f"'{word}'" if word and isinstance(node.value, str) else word


def _not_one_of(what: Text, node: Node, place: Place, expected: str) -> Finding:
    allowed = re.findall(r"'([^']*)'", expected)
    word = node.text if isinstance(node, Scalar) else ""
    guess = flaws.closest(word, allowed) if word else None
    message = Text(
        "{what}은(는) {allowed} 중 하나여야 합니다{but}",
        "{what} must be one of {allowed}{but}",
    )
    but = flaws.meant(guess) if guess else Text(" ({value})", ", not {value}")
    but = but.format(value=_quoted(node) or "''")
    return flaws.flaw(
        "POD004", place, message.format(what=what, allowed=", ".join(allowed), but=but)
    )


def _wrong(error: ErrorDetails, what: Text, node: Node, place: Place) -> Finding:
    """A wrong type (POD004) or an impossible value (POD008)."""
    kind = error["type"]
    context = error.get("ctx", {})
    if kind in TYPES or not isinstance(node, Scalar):
        expected = SHORT_FORMS.get(str(error["loc"][-1])) or TYPES.get(kind)
        if expected:
            message = Text(
                "{what}은(는) {expected}{be} 합니다 ({given})",
                "{what} must be {expected}, {given}",
            )
            be = flaws.josa(expected.ko, "이어야", "여야")
            message = message.format(what=what, expected=expected, given=given(node), be=be)
            return flaws.flaw("POD004", place, message, help_for(kind, node))
    if kind == "string_pattern_mismatch":
        limit = PATTERNS[context["pattern"]]
    else:
        limit = LIMITS.get(kind, Text("올바른 값이 아닙니다", "is no possible value"))
    if (isinstance(node, Scalar) and node.text == "") or context.get("min_length") == 1:
        limit = LIMITS["string_too_short"]
    value = "" if kind in ("unbalanced", "too_short", "too_long") else _quoted(node)
    but = Text(f" ({value})", f", not {value}") if value else Text.same("")
    message = Text("{what}: {limit}{but}", "{what} {limit}{but}")
    message = message.format(what=what, limit=limit.format(**context), but=but)
    return flaws.flaw("POD008", place, message, _VERSION if what.en == "podviz" else None)


_NO_LANGUAGE = Text("'ko'나 'en'이 필요합니다", "'ko' or 'en' is required")
_VERSION = Text("이 podviz는 스펙 버전 1을 읽습니다", "this podviz reads version 1 of the spec")
