"""A rule explained: why, with its bad and its good example."""

from collections.abc import Iterator

from podviz.errors import PodvizError
from podviz.finding import Finding
from podviz.judgement.judge import judge
from podviz.order import Order
from podviz.outcome import Made
from podviz.pipeline import files
from podviz.reader import read
from podviz.report import Entry
from podviz.rule import Rule
from podviz.text import Text, cells

WIDTH = 92
"""Terminal columns that the text may take; examples stand as they are."""

_WHY = Text("이유", "Why")
_BAD = Text("나쁜 예", "Bad")
_GOOD = Text("좋은 예", "Good")
_SAYS = Text("podviz가 하는 말", "What podviz says")
_FIX = Text("고치기", "What to do")
_SETS = {
    "structure": Text("구조", "structure"),
    "design": Text("설계", "design"),
    "operations": Text("운영", "operations"),
}
_OLD = "1.28"


def explain(entry: Entry, rule: Rule | None, lang: str) -> str:
    """All that is known of a code, as text in one language; examples only where a rule has any."""
    return "\n".join(_lines(entry, rule, lang)) + "\n"


def _lines(entry: Entry, rule: Rule | None, lang: str) -> Iterator[str]:
    yield f"{entry.code} {entry.name} ({entry.severity}, {_SETS[entry.set].to(lang)})"
    yield from _headed(_WHY, lang, *_told(entry.why.to(lang)))
    if entry.lecture:
        yield from _headed(Text("강의", "Lecture"), lang, f"  {entry.lecture}")
    found = _finding(rule) if rule else None
    if rule:
        yield from _headed(_BAD, lang, *_example(rule.bad, lang))
        if found:
            yield from _headed(_SAYS, lang, *_told(found.message.to(lang)))
        yield from _headed(_GOOD, lang, *_example(rule.good, lang))
    fix = found.help if found else entry.fix
    if fix:
        yield from _headed(_FIX, lang, *_told(fix.to(lang)))
    if entry.docs:
        yield from _headed(Text("문서", "Docs"), lang, f"  {entry.docs}")


def _headed(head: Text, lang: str, *lines: str) -> Iterator[str]:
    yield ""
    yield f"{head.to(lang)}:"
    yield from lines


def _told(words: str) -> Iterator[str]:
    """Paragraphs broken between words, by the columns of a terminal."""
    for i, paragraph in enumerate(words.split("\n\n")):
        if i:
            yield ""
        line = " "
        for word in paragraph.split():
            if cells(line) + 1 + cells(word) > WIDTH and line.strip():
                yield line
                line = " "
            line += f" {word}"
        yield line


def _example(text: str, lang: str) -> Iterator[str]:
    """The input as it is, and what a figure of it shows."""
    for line in text.rstrip().splitlines():
        yield f"    {line}".rstrip()
    order = Order(formats=("txt",), langs=(lang,))
    for sheet in read(text.encode(), "example").sheets:
        for made in files(sheet, "example", order):
            yield ""
            yield from _sketch(made)


def _sketch(made: Made | PodvizError) -> Iterator[str]:
    said = made.data.decode() if isinstance(made, Made) else str(made)
    for line in said.rstrip().splitlines():
        yield f"    {line}".rstrip()


def _finding(rule: Rule) -> Finding | None:
    """What the rule says of its own bad example; for an old version where it says so only then."""
    for version in (None, _OLD):
        for sheet in read(rule.bad.encode(), "example").sheets:
            for finding in judge(sheet.cluster, rules=[rule], kubernetes=version):
                return finding
    return None
