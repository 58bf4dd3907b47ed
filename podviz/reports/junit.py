"""Findings as JUnit XML, for dashboards of tests."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from podviz.finding import Finding
from podviz.report import Account
from podviz.text import clean

_EPOCH = "1970-01-01T00:00:00"  # the schema asks for a time; ours would differ in every run
_UNREAD = "inputs"  # the suite of what could not be read


class _Case(Struct, frozen=True, kw_only=True):
    """One test: `end` is empty where it passed, else failure, error or skipped."""

    name: str
    end: str = ""
    type: str = ""
    said: tuple[str, ...] = ()


def tell(account: Account) -> str:
    """A suite per file, a case per finding, one passing case for a file without any.

    What does no harm (below `--fail-on`) passes; what is suppressed is skipped, with its
    reason. The form is that of Ant's JUnit task, which is the strictest of several.
    """
    by_file: dict[str, list[_Case]] = {file: [] for file in account.files}
    for finding in account.findings:
        by_file.setdefault(finding.place.file, []).append(_judged(finding, account))
    suites = [(file, cases or [_Case(name="no findings")]) for file, cases in by_file.items()]
    unread = [_Case(name=e, end="error", type="input", said=(e,)) for e in account.errors]
    if unread:
        suites.append((_UNREAD, unread))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for number, (name, cases) in enumerate(suites):
        lines += _suite(number, name, cases)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _judged(finding: Finding, account: Account) -> _Case:
    place, lang = finding.place, account.lang
    said = [f"{place}: {finding.message.to(lang)}"]
    said += [f"{related}" for related in finding.related]
    said += [finding.help.to(lang)] if finding.help else []
    name = f"{finding.code} {finding.name} {place.line}:{place.column}"
    if finding.suppressed is not None:
        return _Case(name=name, end="skipped", said=(finding.suppressed,))
    if not account.harms(finding):
        return _Case(name=name)
    return _Case(name=name, end="failure", type=finding.code, said=tuple(said))


def _suite(number: int, name: str, cases: list[_Case]) -> Iterator[str]:
    count = {end: sum(case.end == end for case in cases) for end in ("failure", "error", "skipped")}
    yield (
        f'  <testsuite name={_quoted(name)} package="podviz" id="{number}" '
        f'timestamp="{_EPOCH}" hostname="localhost" tests="{len(cases)}" '
        f'failures="{count["failure"]}" errors="{count["error"]}" '
        f'skipped="{count["skipped"]}" time="0">'
    )
    yield "    <properties/>"
    for case in cases:
        head = f'    <testcase name={_quoted(case.name)} classname={_quoted(name)} time="0"'
        yield f"{head}>{_end(case)}</testcase>" if case.end else f"{head}/>"
    yield "    <system-out/>"
    yield "    <system-err/>"
    yield "  </testsuite>"


def _end(case: _Case) -> str:
    message = _quoted(case.said[0])
    if case.end == "skipped":
        return f"<skipped message={message}/>"
    lines = "\n".join([escape(clean(line)) for line in case.said])
    return f"<{case.end} type={_quoted(case.type)} message={message}>{lines}</{case.end}>"


def _quoted(words: str) -> str:
    return quoteattr(clean(words) or "-")
