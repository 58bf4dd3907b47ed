"""Findings as text, as one line each, and as annotations of GitHub."""

import pytest
from accounts import BROKEN, SILENT, account, finding

from podviz.finding import Severity
from podviz.report import FORMATS, Account, report


def test_text_has_excerpt_related_place_and_help() -> None:
    assert report("text")(account(finding(), SILENT)) == (
        "shop.yaml:3:8: error[POD201] port-conflict: both listen on 8080/TCP\n"
        "  |\n"
        "3 |   포트: [8080]\n"
        "  |          ^^^^\n"
        "  = see: shop.yaml:2:11\n"
        "  |\n"
        "2 |   ports: [8080]\n"
        "  |           ----\n"
        "  = help: change one of them\n"
    )
    assert "도움말: 하나를 바꾸세요" in report("text")(account(lang="ko"))


def test_concise_is_one_line_each() -> None:
    assert report("concise")(account()).splitlines() == [
        "shop.yaml:3:8: error[POD201] port-conflict: both listen on 8080/TCP",
        "b,1: 100%.yaml:1:1: info[POD308] classic-sidecar: 100% <sure>, a: b & more",
    ]


def test_github_escapes_what_would_end_a_property_or_the_line() -> None:
    told = report("github")(account(errors=("a.yaml: 50%\r\nlost",)))
    assert told.splitlines() == [
        "::error title=podviz (POD201),file=shop.yaml,line=3,col=8::"
        "both listen on 8080/TCP%0Achange one of them",
        "::notice title=podviz (POD308),file=b%2C1%3A 100%25.yaml,line=1,col=1::"
        "100%25 <sure>, a: b%0A& more",
        "::error title=podviz::a.yaml: 50%25%0D%0Alost",
    ]


def test_a_warning_is_a_warning_on_github() -> None:
    told = report("github")(account(finding(severity=Severity.WARNING)))
    assert told.startswith("::warning title=")


@pytest.mark.parametrize("format", ["text", "concise", "github"])
def test_without_findings_lines_are_none(format: str) -> None:
    assert report(format)(Account(files=("a.yaml",))) == ""


@pytest.mark.parametrize("format", FORMATS)
def test_every_form_is_told_in_both_languages_and_ends_its_last_line(format: str) -> None:
    english, korean = (report(format)(account(lang=lang)) for lang in ("en", "ko"))
    assert "포트가 겹칩니다" in korean
    assert "both listen" in english
    assert english.endswith("\n")


def test_what_harms_is_open_and_bad_enough_or_breaks_the_input() -> None:
    info, silent = finding(severity=Severity.INFO), SILENT
    assert account().harms(finding())
    assert not account().harms(info)
    assert account(fail_on=Severity.INFO).harms(info)
    assert not account(fail_on=Severity.INFO).harms(silent)
    assert not account(fail_on=None).harms(finding())
    assert account(fail_on=None).harms(BROKEN)
