"""What an input asks not to be told of, and whether that was needed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from podviz.finding import Finding, Severity
from podviz.judgement.catalogue import codes, near
from podviz.judgement.grove import Grove, value_of
from podviz.pattern import pattern
from podviz.place import Place
from podviz.report import breaks
from podviz.source import Source
from podviz.source.tree import Mapping as Keys
from podviz.source.tree import Scalar
from podviz.text import Text

ANNOTATION = "podviz.io/ignore"
UNUSED = "POD090"

_COMMENT = pattern(r"(?:^|(?<=\s))#\s*podviz:\s*(?P<verb>[\w-]+)(?P<rest>(?:(?!#\s*podviz:).)*)")
_CODES = pattern(r"\s*\[(?P<codes>[^\]]*)\](?P<reason>.*)")
_WORD = pattern(r"[^\s,]+")
_PART = pattern(r"(?:^|(?<=;))\s*(?P<word>[\w-]+)\s*(?::|(?=;|$))\s*")
_CODE = pattern(r"POD\w*", re.IGNORECASE)
_VERBS = ("ignore", "file-ignore")
_LAST = 10**9
_FORM = "# podviz: ignore[POD201] reason"


class Waiver(Struct, frozen=True, kw_only=True):
    """One code that shall not be told on the lines `first` to `last`, and why.

    `word` is the code or name as the input writes it, `place` where it does; it is empty where
    a waiver names none.
    """

    word: str
    reason: str
    place: Place
    first: int
    last: int

    def covers(self, place: Place) -> bool:
        return place.file == self.place.file and self.first <= place.line <= self.last


# ── what a file asks for ────────────────────────────────────────────────────────────────────


def waivers(given: Source) -> tuple[Waiver, ...]:
    """Everything that comments and annotations of a file ask not to be told of.

    A comment behind something speaks of its line, one on a line of its own of the whole node
    below, `file-ignore` of the file, an annotation of its object or Pod template.
    """
    asking = [
        i
        for i, line in enumerate(given.lines, start=1)
        if ANNOTATION in line or ("#" in line and "podviz" in line)
    ]
    if not asking or not given.documents:
        return ()
    grove = Grove.of(given.documents, given.lines)
    script = given.documents[0].root.script
    texts = grove.texts("podviz")
    found: list[Waiver] = []
    for line in asking:
        for said in _COMMENT.finditer(given.lines[line - 1]):
            at = script.starts[line - 1] + said.start()
            if not any(start <= at < end for start, end in texts):
                found += _commented(grove, given, line, said)
    found += _annotations(grove)
    return tuple(sorted(found, key=lambda waiver: (waiver.place.line, waiver.place.column)))


def _commented(grove: Grove, given: Source, line: int, said: re.Match[str]) -> Iterator[Waiver]:
    """One waiver for each word between the brackets."""
    listed = _CODES.match(said["rest"])
    if not listed and said["verb"] not in _VERBS:
        return  # a word to another reader
    first, last = _reach(grove, given.lines, line, said)
    words = [("", said.start("verb"), said.end("verb"))]
    reason = ""
    if listed and said["verb"] in _VERBS:
        begin = said.start("rest") + listed.start("codes")
        found = list(_WORD.finditer(listed["codes"]))
        words = [(w[0], begin + w.start(), begin + w.end()) for w in found] or words
        reason = listed["reason"].strip()
    for word, start, end in words:
        place = Place(file=given.name, line=line, column=start + 1, end=end + 1)
        yield Waiver(word=word, reason=reason, place=place, first=first, last=last)


def _reach(grove: Grove, lines: Sequence[str], line: int, said: re.Match[str]) -> tuple[int, int]:
    """The lines that a comment speaks of."""
    if said["verb"] == "file-ignore":
        return 1, _LAST
    if lines[line - 1][: said.start()].strip():
        return line, line
    for below in range(line + 1, len(lines) + 1):
        text = lines[below - 1].strip()
        if text and not text.startswith(("#", "---", "%")):
            return grove.below(below)
    return line, line


def _annotations(grove: Grove) -> Iterator[Waiver]:
    """What `metadata.annotations` ask for the mapping around the metadata."""
    for holder in grove.holders:
        annotations = _in(_in(value_of(holder), "metadata"), "annotations")
        said = annotations.get(ANNOTATION) if isinstance(annotations, Keys) else None
        if isinstance(said, Scalar):
            first, last = grove.reach(holder)
            yield from _annotated(said, first, last)


def _in(node: object, key: str) -> object:
    return node.get(key) if isinstance(node, Keys) else None


def _annotated(said: Scalar, first: int, last: int) -> Iterator[Waiver]:
    """`POD201: reason; POD601: …`; a semicolon inside a reason belongs to the reason."""
    parts = [p for p in _PART.finditer(said.text) if p.start() == 0 or _begins(p)]
    written = said.script.text[said.start : said.end]
    if not parts:
        yield Waiver(word="", reason="", place=said.place, first=first, last=last)
    ends = [part.start() for part in parts[1:]] + [len(said.text)]
    for part, end in zip(parts, ends, strict=False):
        reason = said.text[part.end() : end].strip(" ;\n")
        at = said.start + max(0, written.find(part["word"]))
        place = said.script.place(at, at + len(part["word"]))
        yield Waiver(word=part["word"], reason=reason, place=place, first=first, last=last)


def _begins(part: re.Match[str]) -> bool:
    """True for a code, and for the name of a rule with a colon behind it."""
    named = ":" in part[0] and part["word"].lower() in codes()
    return named or bool(_CODE.fullmatch(part["word"]))


# ── what comes of it ────────────────────────────────────────────────────────────────────────


def apply(
    findings: Iterable[Finding],
    waivers: Sequence[Waiver],
    known: Mapping[str, str],
    looked_for: Collection[str],
) -> tuple[Finding, ...]:
    """The findings, those that a waiver covers with its reason, and POD090 for idle waivers.

    `known` gives the code for a code or name in lower case. A waiver for a code that was not
    `looked_for` may be needed another time and is left alone. What keeps an input from being
    read is always told.
    """
    meant = [known.get(waiver.word.lower()) for waiver in waivers]
    used: set[int] = set()
    told: list[Finding] = []
    for finding in findings:
        fitting = [
            i
            for i, waiver in enumerate(waivers)
            if meant[i] == finding.code and waiver.covers(finding.place) and not breaks(finding)
        ]
        used.update(fitting)
        reason = waivers[fitting[0]].reason if fitting else None
        told.append(replace(finding, suppressed=reason) if fitting else finding)
    for i, (waiver, code) in enumerate(zip(waivers, meant, strict=True)):
        if code is None:
            told.append(_unknown(waiver))
        elif i not in used and code in looked_for:
            told.append(_unused(waiver))
    return tuple(told)


def _unused(waiver: Waiver) -> Finding:
    word = waiver.word
    message = Text(
        f"{word} 예외 처리가 아무 문제에도 쓰이지 않았습니다",
        f"suppression of {word} matches nothing",
    )
    return _told(waiver, message, Text("예외 처리를 지우세요", "remove the suppression"))


def _unknown(waiver: Waiver) -> Finding:
    if not waiver.word:
        message = Text(
            "예외 처리에는 규칙의 코드를 적어야 합니다",
            "a suppression must name the codes that it means",
        )
        return _told(waiver, message, Text(f"이렇게 쓰세요: {_FORM}", f"write {_FORM}"))
    guess = near(waiver.word)
    meant = guess.replace("did you mean ", "").replace("'?)", "'을 쓰려고 했나요?)")
    return _told(waiver, Text(
        f"'{waiver.word}'(이)라는 규칙은 없습니다{meant}",
        f"there is no rule '{waiver.word}'{guess}",
    ))  # fmt: skip


def _told(waiver: Waiver, message: Text, help: Text | None = None) -> Finding:
    return Finding(
        code=UNUSED,
        name="unused-suppression",
        severity=Severity.WARNING,
        message=message,
        place=waiver.place,
        help=help,
    )
