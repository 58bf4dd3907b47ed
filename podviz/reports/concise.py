"""Findings as one line each, as compilers tell theirs."""

from podviz.finding import Finding
from podviz.report import Account
from podviz.text import clean


def tell(account: Account) -> str:
    """`file:line:column: severity[CODE] name: message`, a line each; editors jump to it."""
    return "".join([f"{line(finding, account.lang)}\n" for finding in account.open])


def line(finding: Finding, lang: str) -> str:
    said = clean(finding.message.to(lang))
    what = f"{finding.severity}[{finding.code}] {finding.name}"
    return f"{clean(str(finding.place))}: {what}: {said}"
