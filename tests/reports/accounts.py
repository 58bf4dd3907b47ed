"""Accounts built by hand for the tests of reports."""

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.report import Account, Entry
from podviz.text import Text

LINES = {
    "shop.yaml": ["kind: Pod", "  ports: [8080]", "  포트: [8080]"],
    "b,1: 100%.yaml": ["a: 1"],
    "clean.yaml": ["podviz: 1"],
}


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "code": "POD201",
        "name": "port-conflict",
        "severity": Severity.ERROR,
        "set": "design",
        "message": Text(ko="포트가 겹칩니다", en="both listen on 8080/TCP"),
        "help": Text(ko="하나를 바꾸세요", en="change one of them"),
        "place": Place(file="shop.yaml", line=3, column=8, end=12),
        "related": (Place(file="shop.yaml", line=2, column=11, end=15),),
        "args": (("a", "app"), ("x", "8080/TCP")),
        "object": "Deployment/web",
        "element": "Deployment/web/pod/app",
    }
    return Finding(**(values | changes))  # type: ignore[arg-type]


INFO = finding(
    code="POD308",
    name="classic-sidecar",
    severity=Severity.INFO,
    place=Place(file="b,1: 100%.yaml", line=1, column=1, end=1),
    message=Text.same("100% <sure>, a: b\n& more"),
    help=None,
    related=(),
    element=None,
    object=None,
)
SILENT = finding(place=Place(file="shop.yaml", line=2, column=11, end=15), suppressed="it's meant")
BROKEN = finding(code="POD001", name="yaml-syntax", set="structure", help=None)

ENTRY = Entry(
    code="POD201",
    name="port-conflict",
    set="design",
    severity=Severity.ERROR,
    says=Text(ko="겹친다", en="ports clash"),
    why=Text(ko="하나의 포트 공간", en="one port space"),
    fix=Text(ko="바꾸세요", en="change one"),
    docs="https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking",
)


def account(*findings: Finding, **changes: object) -> Account:
    values: dict[str, object] = {
        "files": tuple(LINES),
        "findings": findings or (finding(), SILENT, INFO),
        "lines": LINES,
        "entries": (ENTRY,),
    }
    return Account(**(values | changes))  # type: ignore[arg-type]
