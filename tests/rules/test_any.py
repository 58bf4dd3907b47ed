"""Whatever a cluster holds, judging it ends, and each finding says something in two languages."""

import re

from clusters import sheets
from hypothesis import given, settings
from judged import cluster
from msgspec.structs import replace

from podviz.cluster.relations import objects
from podviz.finding import Finding
from podviz.judgement.judge import judge
from podviz.model import Cluster
from podviz.rule import SETS, Rule
from podviz.sheet import Sheet
from podviz.shelf import every_rule, rules_of

ALL = rules_of(SETS)
NEEDS = {"POD304": "1.28"}
"""Rules that speak only of a certain version of Kubernetes."""
_BLANK = re.compile(r"\{[a-z]+\}|None")


def said(finding: Finding) -> list[str]:
    help = [finding.help.ko, finding.help.en] if finding.help else []
    return [finding.message.ko, finding.message.en, *help]


def sound(finding: Finding, found: Cluster) -> None:
    assert not any(_BLANK.search(words) for words in said(finding) if finding.args)
    paths = [thing.path for thing in (*objects(found), *found.containers)]
    assert finding.object in paths or found.links
    assert finding.element
    assert finding.element.startswith(finding.object or "")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(sheets())
def test_any_cluster_can_be_judged(given: Sheet) -> None:
    for own in (True, False):
        found = replace(given.cluster, own=own)
        assert judge(found, rules=ALL, kubernetes="1.20") == judge(
            found, rules=ALL, kubernetes="1.20"
        )


def test_every_example_is_told_soundly() -> None:
    for rule in every_rule():
        found = cluster(rule.bad)
        own = judge(found, rules=[rule], kubernetes=NEEDS.get(rule.code))
        assert own, rule.code
        for finding in own:
            sound(finding, found)
            assert finding.place.file == "a.yaml"


def test_every_message_uses_the_words_that_its_hits_give() -> None:
    def blanks(rule: Rule) -> set[str]:
        texts = (rule.message.ko, rule.message.en, rule.fix.ko, rule.fix.en)
        return {name for text in texts for name in re.findall(r"\{([a-z]+)\}", text)}

    for rule in every_rule():
        given = {
            name
            for hit in judge(cluster(rule.bad), rules=[rule], kubernetes=NEEDS.get(rule.code))
            for name, _ in hit.args
        }
        assert blanks(rule) <= given, rule.code
