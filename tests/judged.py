"""What the rules find in inputs written in a test."""

import re
from textwrap import dedent

from podviz import source
from podviz.finding import Finding
from podviz.judgement.judge import judge
from podviz.model import Cluster
from podviz.readers.manifest.clusters import read_cluster
from podviz.readers.spec.sheets import read
from podviz.rule import Rule
from podviz.shelf import find_rule

_EXPECT = re.compile(r"#\s*expect:\s*(POD\d{3}(?:[\s,]+POD\d{3})*)")


def cluster(text: str, name: str = "a.yaml") -> Cluster:
    """The cluster of a spec's first figure, or of a manifest."""
    documents = source.read(dedent(text).encode(), name).documents
    if dedent(text).lstrip().startswith("podviz:"):
        sheets, wrong = read(documents, False)
        assert not wrong, [f.message.en for f in wrong]
        return sheets[0].cluster
    return read_cluster(documents)[0]


def found(text: str, *codes: str, kubernetes: str | None = None) -> tuple[Finding, ...]:
    """All findings of the design set, or those of certain rules."""
    rules: tuple[Rule, ...] | None = None
    if codes:
        named = [find_rule(code) for code in codes]
        rules = tuple(rule for rule in named if rule)
        assert len(rules) == len(codes)
    return judge(cluster(text), rules=rules, kubernetes=kubernetes)


def told(text: str, *codes: str, kubernetes: str | None = None) -> list[str]:
    """`POD201 error` for each finding, in the file's order."""
    return [f"{f.code} {f.severity}" for f in found(text, *codes, kubernetes=kubernetes)]


def lines(findings: tuple[Finding, ...]) -> list[tuple[int, str]]:
    """Line and code of each finding."""
    return sorted((f.place.line, f.code) for f in findings)


def expected(text: str) -> list[tuple[int, str]]:
    """What `# expect: POD201` at the end of lines asks for."""
    return sorted(
        (number, code)
        for number, line in enumerate(text.splitlines(), start=1)
        for asked in _EXPECT.finditer(line)
        for code in re.findall(r"POD\d{3}", asked[1])
    )


def deployment(spec: str, name: str = "a", more: str = "", kind: str = "Deployment") -> str:
    """A controller with this Pod spec in flow style."""
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n"
        f"  selector: {{matchLabels: {{app: {name}}}}}\n{more}"
        f"  template: {{metadata: {{labels: {{app: {name}}}}}, spec: {{{spec}}}}}\n"
    )
