"""Findings as JSON, for programs."""

import json

from podviz.finding import Finding
from podviz.place import Place
from podviz.report import Account


def tell(account: Account) -> str:
    """An object with `files`, `findings` (suppressed ones too) and `errors`.

    `message` and `help` are in the account's language; `column` and `end` count code points
    from 1, `end` is the column after the last. `pin` is the number
    that the finding bears in its figure, null where it bears none.
    """
    told = {
        "files": list(account.files),
        "findings": [_finding(finding, account) for finding in account.findings],
        "errors": list(account.errors),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, account: Account) -> dict[str, object]:
    lang = account.lang
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "set": finding.set,
        "message": finding.message.to(lang),
        "help": finding.help.to(lang) if finding.help else None,
        "args": dict(finding.args),
        **_place(finding.place),
        "object": finding.object,
        "element": finding.element,
        "pin": account.pins.get((finding.code, finding.place)),
        "related": [_place(place) for place in finding.related],
        "suppressed": finding.suppressed,
    }


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column, "end": place.end}
