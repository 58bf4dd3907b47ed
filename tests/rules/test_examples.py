"""Every rule proves itself: its bad example has its flaw, its good one has not."""

import pytest
from judged import expected, found, lines

from podviz.rule import SETS, Rule
from podviz.shelf import every_rule, rules_of

RULES = every_rule()
NEEDS = {"POD304": "1.28"}
"""Rules that speak only of a certain version of Kubernetes."""


def ids(rule: Rule) -> str:
    return rule.code


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_the_bad_example_has_this_flaw_and_no_other(rule: Rule) -> None:
    told = found(rule.bad, kubernetes=NEEDS.get(rule.code))
    if rule.set == "operations":
        told = found(rule.bad, rule.code)
    assert {f.code for f in told} == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_the_good_example_has_not(rule: Rule) -> None:
    assert not found(rule.good, rule.code, kubernetes=NEEDS.get(rule.code))


@pytest.mark.parametrize("rule", [r for r in RULES if r.set == "design"], ids=ids)
def test_the_good_example_of_a_design_rule_has_no_flaw_at_all(rule: Rule) -> None:
    told = found(rule.good, kubernetes=NEEDS.get(rule.code))
    assert not lines(told)


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_says_all_that_is_asked_of_it(rule: Rule) -> None:
    assert rule.set in SETS
    assert rule.name == rule.name.lower()
    for text in (rule.message, rule.fix, rule.why):
        assert text.ko != text.en
    for heading in ("What it does:", "Why it is bad:", "Known limits:"):
        assert heading in rule.why.en
    for heading in ("하는 일:", "왜 나쁜가:", "한계:"):
        assert heading in rule.why.ko


def test_each_code_and_name_is_given_once() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES)


def test_operations_are_asked_for() -> None:
    assert {r.set for r in rules_of()} <= {"structure", "design"}
    assert {r.set for r in rules_of(("operations",))} <= {"structure", "operations"}


def test_the_annotation_of_an_expectation() -> None:
    assert expected("a: 1  # expect: POD201, POD202\nb: 2\n") == [(1, "POD201"), (1, "POD202")]
