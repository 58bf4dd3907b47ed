"""Panels are judged each on its own, and what they teach is true."""

from pathlib import Path

import pytest
from shell import podviz

from podviz.errors import ExpectationError
from podviz.order import Order
from podviz.pipeline import Result, run

ONE = "{name: app, image: 'nginx:1.27', role: main, ports: [80]}"
TWO = "{name: other, image: 'team/other:1', role: main, ports: [80]}"
GOOD = f"pods: [{{name: web, containers: [{ONE}]}}]"
BAD = f"pods: [{{name: web, containers: [{ONE}, {TWO}]}}]"


def drawn(*panels: str, more: str = "") -> Result:
    spec = f"podviz: 1\ntitle: x\n{more}compare:\n" + "".join(f"  - {{{p}}}\n" for p in panels)
    return run(spec.encode(), "x.yaml", Order(formats=("json",)))


def said(result: Result) -> list[str]:
    return [str(e) for e in result.errors]


def test_a_bad_panel_with_a_fault_beside_a_good_one_without_is_fine() -> None:
    result = drawn(f"verdict: bad, {BAD}", f"verdict: good, {GOOD}")
    assert result.status == 0
    assert {f.code for f in result.findings} == {"POD101", "POD201"}


def test_a_bad_panel_without_a_fault_is_an_error() -> None:
    result = drawn(f"verdict: bad, {GOOD}", f"verdict: good, {GOOD}")
    assert said(result) == ["x.yaml:4:5: no rule finds a fault in this bad panel"]
    assert [type(e) for e in result.errors] == [ExpectationError]
    assert result.status == 1
    assert result.made


def test_a_good_panel_with_a_fault_is_an_error() -> None:
    result = drawn(f"verdict: good, {BAD}", f"{GOOD}")
    assert [e.partition(", found")[0] for e in said(result)] == [
        "x.yaml:4:5: the good panel does not expect POD101",
        "x.yaml:4:5: the good panel does not expect POD201",
    ]
    assert result.status == 1


def test_a_bad_panel_shows_what_it_expects_and_nothing_else() -> None:
    result = drawn(f"verdict: bad, expect: [POD101, POD302], {BAD}", GOOD)
    assert [e.partition(", found")[0] for e in said(result)] == [
        "x.yaml:4:5: the bad panel expects POD302, and nothing in it is so",
        "x.yaml:4:5: the bad panel does not expect POD201",
    ]


def test_a_good_panel_cannot_expect_a_fault() -> None:
    result = drawn(f"verdict: good, expect: [POD101, POD201], {BAD}", GOOD)
    assert [e.partition(", found")[0] for e in said(result)] == [
        "x.yaml:4:5: the good panel does not expect POD101",
        "x.yaml:4:5: the good panel does not expect POD201",
    ]


@pytest.mark.parametrize(
    ("panel", "options", "expected"),
    [
        (f"verdict: bad, {GOOD}", (), "x.yaml:4:5: no rule finds a fault in this bad panel"),
        (f"verdict: bad, expect: [POD302], {GOOD}", (), "no rule finds a fault in this bad panel"),
        (f"expect: [POD302], {GOOD}", (), "the figure expects POD302, and nothing in it is so"),
        (f"verdict: good, expect: [POD101, POD201], {BAD}", (), "error[POD101]"),
        (f"verdict: bad, {BAD}", (), ""),
        (
            f"verdict: bad, {BAD}",
            ("--select", "POD5"),
            "",
        ),  # of what is not looked for none is told
        (f"expect: [POD302], {GOOD}", ("--select", "POD5"), ""),
    ],
)
def test_check_tells_what_a_figure_has_to_show_and_does_not(
    tmp_path: Path, panel: str, options: tuple[str, ...], expected: str
) -> None:
    spec = f"podviz: 1\ntitle: X\ncompare:\n  - {{{panel}}}\n  - {{{GOOD}}}\n"
    (tmp_path / "x.yaml").write_text(spec, "utf-8")
    done = podviz("check", "x.yaml", *options, cwd=tmp_path)
    assert done.status == (1 if expected else 0)
    assert expected in done.err + done.out.decode()


def test_a_panel_without_verdict_is_judged_as_a_figure() -> None:
    assert drawn(BAD, GOOD).status == 1
    assert drawn(f"expect: [POD101, POD201], {BAD}", GOOD).status == 0


def test_the_same_path_in_two_panels_bears_only_its_own_pins() -> None:
    import json

    result = drawn(f"verdict: bad, {BAD}", f"verdict: good, {GOOD}")
    figure = json.loads(result.made[0].data)
    bad, good = figure["boxes"]
    assert [bad["id"], good["id"]] == ["panel.1", "panel.2"]
    text = json.dumps(good)
    assert '"pins"' in json.dumps(bad)
    assert '"pins"' not in text
    assert good["boxes"][0]["about"] == bad["boxes"][0]["about"] == "Pod/web"
    assert good["boxes"][0]["id"] == "panel.2/Pod/web"


def test_a_version_for_the_whole_figure_counts_in_each_panel() -> None:
    native = "pods: [{name: web, containers: [{name: app}, {name: logs, native: true}]}]"
    old = drawn(native, GOOD, more="kubernetes: '1.28'\n")
    assert [f.code for f in old.findings] == ["POD304"]
    assert not drawn(native, GOOD).findings
    assert not drawn(f"kubernetes: '1.33', {native}", GOOD, more="kubernetes: '1.28'\n").findings
