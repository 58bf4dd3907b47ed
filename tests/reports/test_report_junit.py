"""Findings as JUnit, checked by Jenkins' schema and by what Ant's task demands beyond it."""

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from accounts import BROKEN, INFO, SILENT, account, finding
from junit import invalid

from podviz import cli
from podviz.finding import Severity
from podviz.report import Account, report
from podviz.text import Text

NUMBERS = ("id", "tests", "failures", "errors", "skipped")
SUITE = {"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors",
         "skipped", "time"}  # fmt: skip


def told(account: Account) -> list[Element]:
    """The suites, after their form was found to be the schema's."""
    text = report("junit")(account)
    assert invalid(text) == []
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ElementTree.fromstring(text.encode())
    assert (root.tag, root.attrib) == ("testsuites", {})
    for number, suite in enumerate(root):
        check_suite(suite, number)
    return list(root)


def check_suite(suite: Element, number: int) -> None:
    assert suite.tag == "testsuite"
    assert set(suite.attrib) == SUITE
    assert suite.get("id") == str(number)
    assert all(is_token(suite.attrib[key]) for key in ("name", "package", "hostname"))
    assert all(suite.attrib[key].isdigit() for key in NUMBERS)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
    tags = [child.tag for child in suite]
    cases = tags[1:-2]
    assert tags == ["properties", *["testcase"] * len(cases), "system-out", "system-err"]
    assert int(suite.attrib["tests"]) == len(cases)
    for what in ("failure", "error", "skipped"):
        counted = suite.attrib[what if what == "skipped" else f"{what}s"]
        assert int(counted) == len(suite.findall(f"testcase/{what}"))
    for case in suite.findall("testcase"):
        assert set(case.attrib) == {"name", "classname", "time"}
        assert is_token(case.attrib["name"])
        assert is_token(case.attrib["classname"])
        assert len(case) <= 1
        for end in case:
            assert end.tag in ("failure", "error", "skipped")
            assert end.tag == "skipped" or end.get("type")


def is_token(words: str) -> bool:
    """https://www.w3.org/TR/xmlschema-2/#token"""
    return words != "" and words == " ".join(words.split())


def test_a_suite_per_file_and_a_case_per_finding() -> None:
    suites = told(account(finding(), SILENT, INFO))
    assert [s.get("name") for s in suites] == ["shop.yaml", "b,1: 100%.yaml", "clean.yaml"]
    failed, skipped = suites[0].findall("testcase")
    assert failed.get("name") == "POD201 port-conflict 3:8"
    assert failed[0].attrib == {
        "type": "POD201",
        "message": "shop.yaml:3:8: both listen on 8080/TCP",
    }
    assert failed[0].text == (
        "shop.yaml:3:8: both listen on 8080/TCP\nshop.yaml:2:11\nchange one of them"
    )
    assert skipped[0].attrib == {"message": "it's meant"}


def test_a_clean_file_has_one_passing_case() -> None:
    (case,) = told(account())[2].findall("testcase")
    assert (case.get("name"), len(case)) == ("no findings", 0)


def test_what_does_no_harm_passes() -> None:
    assert not told(account(INFO))[1].findall("testcase/*")
    strict = account(INFO, fail_on=Severity.INFO)
    assert told(strict)[1].findall("testcase/failure")
    assert told(account(BROKEN, fail_on=None))[0].findall("testcase/failure")


def test_an_input_that_could_not_be_read_is_an_error() -> None:
    suites = told(Account(errors=("a.yaml: lost",)))
    (case,) = suites[0].findall("testcase")
    assert case[0].tag == "error"
    assert case[0].get("message") == "a.yaml: lost"


def test_signs_of_xml_and_of_terminals_do_no_harm() -> None:
    hostile = Text.same("]]> <b> & \"'\x00\x1b\ud800\ufffe")
    told(account(finding(message=hostile, suppressed=None)))
    told(account(finding(suppressed=" \n ")))


def test_nothing_at_all_is_valid() -> None:
    assert told(Account()) == []


# ── of whole runs ───────────────────────────────────────────────────────────────────────────

TESTS = Path(__file__).parents[1]
INPUTS = sorted([*TESTS.glob("golden/*/input.yaml"), *TESTS.glob("rules/fixtures/*.yaml")])


@pytest.mark.parametrize("path", INPUTS, ids=lambda p: f"{p.parent.name}/{p.stem}")
@pytest.mark.parametrize("level", ["info", "never"])
def test_the_report_of_a_run_is_valid(
    path: Path, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--format", "junit", "--sets", "design,operations", "--fail-on", level]
    cli.run(["check", str(path), *words, "--lang", "ko"])
    said = capsys.readouterr().out
    assert "<testsuite " in said
    assert invalid(said) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<testcase name=", "<testcase nom="),
        ("<properties/>", "<fault/>"),
        ("<system-out/>", "<system-out><b/></system-out>"),
        ('tests="2"', 'test="2"'),
    ],
)
def test_the_schema_refuses_what_is_no_junit(good: str, bad: str) -> None:
    text = report("junit")(account())
    assert good in text
    assert invalid(text.replace(good, bad))
