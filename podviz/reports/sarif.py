"""Findings as SARIF 2.1.0, for code scanning."""

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.report import Account, Entry

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "podviz/v1"

Thing = dict[str, object]
"""A JSON object."""


def tell(account: Account) -> str:
    """One run with all rules that could speak, and every finding, suppressed ones too.

    https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    entries = [*account.entries, *_strangers(account)]
    order = {entry.code: i for i, entry in enumerate(entries)}
    driver: Thing = {
        "name": "podviz",
        "version": account.version,
        "semanticVersion": account.version,
        "rules": [_rule(entry, account.lang) for entry in entries],
    }
    prints = _fingerprints(account)
    run: Thing = {
        "tool": {"driver": driver},
        "language": account.lang,
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(file)}} for file in account.files],
        "invocations": [_invocation(account)],
        "results": [
            _result(finding, order[finding.code], mark, account)
            for finding, mark in zip(account.findings, prints, strict=True)
        ],
    }
    told = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def uri(file: str) -> str:
    """A file's name as a URI: relative ones stay relative, so that they fit any checkout."""
    path = PurePath(file)
    words = quote(os.fsencode(path.as_posix()), safe="/~")
    return f"file://{words}" if path.is_absolute() else words


def _strangers(account: Account) -> Iterable[Entry]:
    """Codes of findings that no entry speaks of."""
    known = {entry.code for entry in account.entries}
    found = {f.code: f for f in reversed(account.findings) if f.code not in known}
    for code, finding in sorted(found.items()):
        yield Entry(
            code=code, name=finding.name, set=finding.set, severity=finding.severity,
            says=finding.message, why=finding.message,
        )  # fmt: skip


def _rule(entry: Entry, lang: str) -> Thing:
    rule: Thing = {
        "id": entry.code,
        "name": "".join(word.capitalize() for word in entry.name.split("-")),
        "shortDescription": {"text": entry.name.replace("-", " ")},
        "fullDescription": {"text": entry.why.to(lang)},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        "properties": {"tags": ["kubernetes", entry.set]},
    }
    if entry.fix:
        rule["help"] = {"text": entry.fix.to(lang)}
    if entry.docs:
        rule["helpUri"] = entry.docs
    return rule


def _invocation(account: Account) -> Thing:
    """Whether every input could be read, and what stood against it."""
    told = [{"level": "error", "message": {"text": error}} for error in account.errors]
    return {"executionSuccessful": not told, "toolExecutionNotifications": told}


def _result(finding: Finding, rule: int, fingerprint: str, account: Account) -> Thing:
    """A finding; `properties.pin` is its number in its figure, where it has one."""
    text = finding.message.to(account.lang)
    if finding.help:
        text += f"\n{finding.help.to(account.lang)}"
    location = _location(finding.place)
    path = finding.element or finding.object
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": path, "kind": "resource"}]
    result: Thing = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": i, **_location(place)} for i, place in enumerate(finding.related, start=1)
        ]
    pin = account.pins.get((finding.code, finding.place))
    if pin is not None:
        result["properties"] = {"pin": pin}
    # An empty list says that nobody asked for silence; leaving it out says that nobody looked.
    result["suppressions"] = (
        []
        if finding.suppressed is None
        else [{"kind": "inSource", "status": "accepted", "justification": finding.suppressed}]
    )
    return result


def _location(place: Place) -> Thing:
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.file)}, "region": region}}


def _fingerprints(account: Account) -> list[str]:
    """What tells each finding from the others, the same when lines move above it."""
    seen: dict[str, int] = {}
    prints = []
    for finding in account.findings:
        place = finding.place
        lines = account.lines.get(place.file, ())
        line = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""
        words = (finding.code, uri(place.file), finding.object or "", finding.element or "", line)
        mark = sha256("\0".join(words).encode(errors="replace")).hexdigest()[:32]
        seen[mark] = seen.get(mark, 0) + 1
        prints.append(f"{mark}:{seen[mark]}")
    return prints
