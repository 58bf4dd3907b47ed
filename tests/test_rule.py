"""What a rule is made of."""

import pytest

from podviz.finding import Severity
from podviz.place import Place
from podviz.pod import Pod
from podviz.rule import Hit, hit, rule, short
from podviz.shelf import every_rule, find_rule, rules_of
from podviz.situation import Situation
from podviz.text import Text

HERE = Place(file="a.yaml", line=2, column=3, end=5)
THERE = Place(file="a.yaml", line=9, column=1, end=2)
POD = Pod(path="Pod/web", name="web", place=THERE)


def test_a_rule_is_made_of_the_function_that_finds_its_flaw() -> None:
    @rule(
        code="POD999",
        name="any-pod",
        severity=Severity.INFO,
        docs="concepts/",
        message=Text("가", "a"),
        fix=Text("나", "b"),
        bad="\n        x: 1\n",
        good="\n        y:\n          z: 1\n",
    )
    def any_pod(situation: Situation) -> list[Hit]:
        """What it does: this.

        한국어
        하는 일: 이것.
        """
        return [hit(pod) for pod in situation.cluster.pods]

    assert any_pod.why == Text("하는 일: 이것.", "What it does: this.")
    assert (any_pod.bad, any_pod.good) == ("x: 1\n", "y:\n  z: 1\n")
    assert any_pod.docs == "https://kubernetes.io/docs/concepts/"
    assert any_pod.set == "design"


def test_a_hit_points_at_the_first_place_that_is_known() -> None:
    assert hit(POD, None, HERE).place == HERE
    assert hit(POD, None).place == THERE
    assert hit(POD, related=(None, HERE)).related == (HERE,)


def test_a_hit_names_its_object_and_shortens_its_words() -> None:
    found = hit(POD, element="Pod/web/app", a="x\ny", x="z" * 100, n=3)
    assert (found.object, found.element) == ("Pod/web", "Pod/web/app")
    assert dict(found.args) == {"pod": "Pod/web", "a": "x y", "x": "z" * 79 + "…", "n": "3"}
    assert short("a\t b\n") == "a b"


def test_rules_are_found_by_code_and_by_name_in_any_case() -> None:
    assert find_rule("pod201") is find_rule("Port-Conflict") is find_rule("POD201")
    assert find_rule("POD000") is None


@pytest.mark.parametrize("sets", [(), ("design",), ("operations",), ("design", "operations")])
def test_the_structure_is_always_judged(sets: tuple[str, ...]) -> None:
    chosen = rules_of(sets)
    assert {r.set for r in chosen} == {"structure", *sets}


def test_rules_stand_in_the_order_of_their_codes() -> None:
    codes = [r.code for r in every_rule()]
    assert codes == sorted(codes)
    assert len(codes) == 57
