"""What the rules find in a cluster, and what of it counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from podviz import source, suppress
from podviz.catalogue import chosen, codes, named
from podviz.errors import ExpectationError, InputError, UsageError
from podviz.finding import Finding, Severity
from podviz.judge import judge
from podviz.meta import Selection
from podviz.model import Cluster
from podviz.reader import Reading
from podviz.relations import objects
from podviz.report import breaks
from podviz.rule import Rule
from podviz.selection import holds
from podviz.settings import Settings
from podviz.sheet import Sheet
from podviz.shelf import every_rule
from podviz.sidecar_images import declare
from podviz.suppress import UNUSED, Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How inputs are judged. `codes` are those to look for; `kubernetes` outweighs what an
    input says, while the settings give way to it."""

    codes: frozenset[str]
    settings: Settings = field(default_factory=Settings)
    kubernetes: str | None = None
    max_size: int = source.MAX_SIZE
    max_depth: int = source.MAX_DEPTH


DEFAULT = Terms(codes=chosen(("design",)))
"""The rules of design, as they are."""


def judged(cluster: Cluster, terms: Terms) -> list[Finding]:
    """What the rules find, by what is known beside the cluster's own words."""
    settings = terms.settings
    known = replace(
        declare(cluster, settings.sidecar_images),
        kubernetes=terms.kubernetes or cluster.kubernetes or settings.kubernetes,
        pod_cidr=cluster.pod_cidr or settings.pod_cidr,
        service_cidr=cluster.service_cidr or settings.service_cidr,
    )
    return list(judge(known, rules=_rules(terms.codes)))


@lru_cache(maxsize=16)
def _rules(codes: frozenset[str]) -> tuple[Rule, ...]:
    return tuple([rule for rule in every_rule() if rule.code in codes])


def weighed(
    found: Iterable[Finding], files: Sequence[str], waivers: Sequence[Waiver], terms: Terms
) -> tuple[Finding, ...]:
    """The findings that were asked for, as severe as the settings say, some suppressed."""
    levels = dict(terms.settings.severities)
    ignored = {file: terms.settings.ignored_in(file) for file in files}
    known = [_levelled(finding, levels) for finding in dict.fromkeys(found)]
    broken = {finding.place.file for finding in known if breaks(finding)}
    spared = suppress.apply(known, waivers, codes(), terms.codes)
    return tuple(
        _levelled(finding, levels)
        for finding in spared
        if breaks(finding)
        or (
            finding.code in terms.codes
            and finding.code not in ignored.get(finding.place.file, ())
            # of a file that could not be read whole nobody knows what its waivers are for
            and not (finding.code == UNUSED and finding.place.file in broken)
        )
    )


# ── of what is to be drawn ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is wrong with all that an input wants drawn.

    `findings` are told in their order, `of` has for each sheet those that its figure may pin,
    `errors` what a sheet expects in vain or does not expect; `harms` is true where a finding
    that nobody expects is as bad as the run allows none to be.
    """

    findings: tuple[Finding, ...]
    of: tuple[tuple[Finding, ...], ...]
    errors: tuple[ExpectationError, ...] = ()
    harms: bool = False


def judgement(
    reading: Reading, terms: Terms, fail_on: Severity | None, asked: Selection
) -> Judgement:
    """The reading's own findings and those of the rules, weighed together; of what is not asked
    for, nothing harms."""
    whole = [sheet.whole or sheet.cluster for sheet in reading.sheets]
    found = [judged(cluster, terms) for cluster in whole]
    waivers = [waiver for given in reading.sources for waiver in suppress.waivers(given)]
    every = [*reading.findings, *(finding for each in found for finding in each)]
    told = weighed(every, [given.name for given in reading.sources], waivers, terms)
    own = [{_key(f) for f in each} for each in found]
    spoken = {_key(f) for f in reading.findings}
    of = tuple(
        tuple([f for f in told if _key(f) in keys or (f.element and _key(f) in spoken)])
        for keys in own
    )
    errors: list[ExpectationError] = []
    harms = False
    for sheet, findings in zip(reading.sheets, of, strict=True):
        drawn = {o.path for o in objects(sheet.cluster) if holds(asked, o)} if asked else None
        open_ones = [
            f for f in findings if f.suppressed is None and (drawn is None or f.object in drawn)
        ]
        if sheet.expect is not None:
            errors += _expectations(sheet, open_ones)
            continue
        harms = harms or any(
            fail_on is not None and f.severity >= fail_on and not breaks(f) for f in open_ones
        )
    return Judgement(findings=told, of=of, errors=tuple(errors), harms=harms)


def wished(sheet: Sheet) -> frozenset[str]:
    """The codes that a figure is to show. Raises InputError for a word that is none."""
    try:
        return frozenset[str]().union(*(named(word) for word in sheet.expect or ()))
    except UsageError as error:
        raise InputError(f"{sheet.place or 'spec'}: expect: {error}") from None


def _key(finding: Finding) -> tuple[object, ...]:
    """What stays of a finding when it is weighed."""
    return finding.code, finding.place, finding.element, finding.message


def _expectations(sheet: Sheet, findings: Iterable[Finding]) -> Iterator[ExpectationError]:
    """What a figure must show and does not, and what it shows beside."""
    where = f"{sheet.place}: " if sheet.place else ""
    expected = wished(sheet)
    shown = {f.code for f in findings if f.severity >= Severity.WARNING}
    met = {f.code for f in findings}
    for code in sorted(expected - met):
        yield ExpectationError(f"{where}the figure expects {code}, and nothing in it is so")
    for code in sorted(shown - expected):
        first = next(f for f in findings if f.code == code)
        yield ExpectationError(
            f"{where}the figure does not expect {code}, found at {first.place}: {first.message.en}"
        )


def _levelled(finding: Finding, levels: Mapping[str, Severity]) -> Finding:
    level = None if breaks(finding) else levels.get(finding.code)
    return replace(finding, severity=level) if level else finding
