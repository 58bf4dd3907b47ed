"""What a report is: findings and more → text in one form."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from msgspec import Struct, field

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.text import Text

FORMATS = ("text", "concise", "json", "sarif", "github", "junit")
"""What `podviz check --format` takes, one file of `podviz/reports/` each."""


class Entry(Struct, frozen=True, kw_only=True):
    """What is known of a code without any finding.

    `says` is what its findings say in general, `why` the reason for it, `lecture` the section of
    the lecture and `docs` the page of Kubernetes, both empty where there is none.
    """

    code: str
    name: str
    set: str
    severity: Severity
    says: Text
    why: Text
    fix: Text | None = None
    lecture: str = ""
    docs: str = ""


class Account(Struct, frozen=True, kw_only=True):
    """What came of a check, in the order in which it is told.

    `files` are all inputs that were read, clean ones too; `findings` hold those that are
    suppressed; `lines` are those of each file, for excerpts; `errors` are sentences on inputs
    that could not be read. What is below `fail_on` is told, but does no harm; with None nothing
    harms but what breaks an input. `version` is podviz's own. `pins` has the numbers that figures
    give to findings, by code and place.
    """

    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    lang: str = "en"
    colour: bool = False
    fail_on: Severity | None = Severity.WARNING
    version: str = "0.0.0"
    pins: Mapping[tuple[str, Place], int] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody asked not to be told of."""
        return tuple(f for f in self.findings if f.suppressed is None)

    def harms(self, finding: Finding) -> bool:
        """True when this finding alone makes the exit status other than 0."""
        if finding.suppressed is not None:
            return False
        return breaks(finding) or (self.fail_on is not None and finding.severity >= self.fail_on)


def breaks(finding: Finding) -> bool:
    """True for what keeps an input, or a document of it, from being read at all."""
    return finding.set == "structure" and finding.severity is Severity.ERROR


def report(format: str) -> Callable[[Account], str]:
    """What tells an account in one of FORMATS; the text ends in a newline unless it is empty."""
    tell: Callable[[Account], str] = import_module(f"podviz.reports.{format}").tell
    return tell
