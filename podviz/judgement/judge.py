"""From a cluster to what its design lacks."""

from collections.abc import Iterable

from podviz.finding import Finding
from podviz.model import Cluster
from podviz.place import Place
from podviz.rule import Hit, Rule
from podviz.shelf import rules_of
from podviz.situation import Situation

MOST_TOLD = 1_000
"""How many hits of one rule in one input are told."""

_NOWHERE = Place(file="", line=1, column=1, end=1)


def judge(
    cluster: Cluster,
    *,
    rules: Iterable[Rule] | None = None,
    kubernetes: str | None = None,
    pod_cidr: str | None = None,
) -> tuple[Finding, ...]:
    """What the rules find, in the file's order; the design set unless others are given.

    `kubernetes` is the version that is meant, `pod_cidr` the range of Pod addresses; both weigh
    more than what the cluster itself says.
    """
    situation = Situation(cluster, kubernetes=kubernetes, pod_cidr=pod_cidr)
    found: list[Finding] = []
    for rule in rules_of() if rules is None else rules:
        hits = dict.fromkeys(rule.find(situation))
        found += [told(rule, hit) for hit in list(hits)[:MOST_TOLD]]
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.code, finding.element or ""


def told(rule: Rule, hit: Hit) -> Finding:
    """A hit as a finding, in both languages."""
    words = dict(hit.args)
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity if hit.severity is None else hit.severity,
        set=rule.set,
        message=rule.message.format(**words),
        help=rule.fix.format(**words),
        place=hit.place or _NOWHERE,
        element=hit.element,
        object=hit.object,
        related=hit.related,
        args=tuple((name, word if isinstance(word, str) else word.en) for name, word in hit.args),
    )
