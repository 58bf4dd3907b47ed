"""Findings as annotations of a GitHub workflow."""

from podviz.finding import Finding, Severity
from podviz.report import Account

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def tell(account: Account) -> str:
    """Workflow commands, one a line; inputs that could not be read are errors without a place.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    lines = [_annotation(finding, account.lang) for finding in account.open]
    lines += [f"::error title=podviz::{_data(error)}" for error in account.errors]
    return "".join([f"{line}\n" for line in lines])


def _annotation(finding: Finding, lang: str) -> str:
    place = finding.place
    title = _property(f"podviz ({finding.code})")
    where = f"file={_property(place.file)},line={place.line},col={place.column}"
    said = finding.message.to(lang)
    if finding.help:
        said += f"\n{finding.help.to(lang)}"
    return f"::{_COMMANDS[finding.severity]} title={title},{where}::{_data(said)}"


def _data(words: str) -> str:
    """Signs that could steer a terminal stand as `�`: a log is read on one, too."""
    words = "".join([c if c.isprintable() or c in "\r\n\t" else "\ufffd" for c in words])
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
