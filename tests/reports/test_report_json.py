"""Findings as JSON."""

import json

from accounts import SILENT, account, finding

from podviz.report import Account, report


def test_a_finding_has_every_field() -> None:
    told = json.loads(report("json")(account(finding(), SILENT, errors=("a.yaml: lost",))))
    assert told["files"] == ["shop.yaml", "b,1: 100%.yaml", "clean.yaml"]
    assert told["errors"] == ["a.yaml: lost"]
    assert told["findings"][0] == {
        "code": "POD201",
        "name": "port-conflict",
        "severity": "error",
        "set": "design",
        "message": "both listen on 8080/TCP",
        "help": "change one of them",
        "args": {"a": "app", "x": "8080/TCP"},
        "file": "shop.yaml",
        "line": 3,
        "column": 8,
        "end": 12,
        "object": "Deployment/web",
        "element": "Deployment/web/pod/app",
        "pin": None,
        "related": [{"file": "shop.yaml", "line": 2, "column": 11, "end": 15}],
        "suppressed": None,
    }
    assert told["findings"][1]["suppressed"] == "it's meant"


def test_a_finding_has_the_number_that_its_figure_pins() -> None:
    pins = {("POD201", finding().place): 3}
    told = json.loads(report("json")(account(finding(), SILENT, pins=pins)))
    assert [f["pin"] for f in told["findings"]] == [3, None]


def test_nothing_found_is_still_an_object() -> None:
    assert json.loads(report("json")(Account())) == {"files": [], "findings": [], "errors": []}


def test_hangul_stands_as_it_is() -> None:
    assert "포트가 겹칩니다" in report("json")(account(lang="ko"))
