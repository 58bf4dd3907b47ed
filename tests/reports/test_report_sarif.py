"""Findings as SARIF, checked by its official schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from accounts import ENTRY, INFO, SILENT, account, finding
from jsonschema import Draft4Validator

from podviz.place import Place
from podviz.report import Account, report
from podviz.reports.sarif import uri

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text())


def told(account: Account) -> dict[str, Any]:
    """The only run of the log, after the schema has agreed to it."""
    log = json.loads(report("sarif")(account))
    Draft4Validator(SCHEMA).validate(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_the_schema_refuses_what_is_no_sarif() -> None:
    Draft4Validator.check_schema(SCHEMA)
    log = json.loads(report("sarif")(account()))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not Draft4Validator(SCHEMA).is_valid(log)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_account_is_valid(lang: str) -> None:
    told(account(lang=lang, errors=("a.yaml: lost",)))
    told(account(entries=()))
    told(Account())


def test_columns_are_code_points_and_every_result_has_a_region() -> None:
    run = told(account())
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in run["results"]]
    assert regions == [
        {"startLine": 3, "startColumn": 8, "endColumn": 12},
        {"startLine": 2, "startColumn": 11, "endColumn": 15},
        {"startLine": 1, "startColumn": 1, "endColumn": 1},
    ]


def test_rules_bring_their_page_their_reason_and_their_level() -> None:
    run = told(account(finding()))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "POD201"
    assert rule["helpUri"] == ENTRY.docs
    assert rule["fullDescription"] == {"text": "one port space"}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert run["results"][0]["level"] == "error"


def test_every_result_leads_to_its_rule_even_if_no_entry_speaks_of_it() -> None:
    run = told(account(INFO, finding()))
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == ["POD308", "POD201"]
    assert run["results"][0]["level"] == "note"


def test_related_places_and_the_thing_in_the_model_are_told() -> None:
    (result,) = told(account(finding()))["results"]
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2
    logical = result["locations"][0]["logicalLocations"]
    assert logical == [{"fullyQualifiedName": "Deployment/web/pod/app", "kind": "resource"}]


def test_suppressed_results_say_why_and_the_others_that_nobody_asked() -> None:
    open, silent = told(account(finding(), SILENT))["results"]
    assert open["suppressions"] == []
    assert silent["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "it's meant"}
    ]


def test_a_result_has_the_number_that_its_figure_pins() -> None:
    pins = {("POD201", finding().place): 3}
    pinned, other = told(account(finding(), INFO, pins=pins))["results"]
    assert pinned["properties"] == {"pin": 3}
    assert "properties" not in other


def test_fingerprints_stay_when_lines_move_and_differ_within_a_run() -> None:
    def prints(line: int, *before: str) -> list[str]:
        place = Place(file="shop.yaml", line=line, column=8, end=12)
        lines = {"shop.yaml": [*before, "  포트: [8080]"]}
        run = told(account(finding(place=place), finding(place=place), lines=lines))
        return [r["partialFingerprints"]["podviz/v1"] for r in run["results"]]

    assert prints(1) == prints(3, "a", "b")
    assert len(set(prints(1))) == 2


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("a/b.yaml", "a/b.yaml"),
        ("./그림 1.yaml", "%EA%B7%B8%EB%A6%BC%201.yaml"),
        ("/a/b#c.yaml", "file:///a/b%23c.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("a:b?.yaml", "a%3Ab%3F.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
    ],
)
def test_files_are_uris(file: str, expected: str) -> None:
    assert uri(file) == expected


def test_what_could_not_be_read_is_a_notification() -> None:
    run = told(account(errors=("a.yaml: lost",)))
    assert not run["invocations"][0]["executionSuccessful"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes == [{"level": "error", "message": {"text": "a.yaml: lost"}}]
    assert told(account())["invocations"][0]["executionSuccessful"]
