"""What the rules find in a cluster, and what of it counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.cluster.relations import objects
from podviz.cluster.selection import holds
from podviz.errors import ExpectationError, InputError, UsageError
from podviz.finding import Finding, Severity
from podviz.judgement import suppress
from podviz.judgement.catalogue import chosen, codes, named
from podviz.judgement.judge import judge
from podviz.judgement.settings import Settings
from podviz.judgement.sidecar_images import declare
from podviz.judgement.suppress import UNUSED, Waiver
from podviz.meta import Selection
from podviz.model import Cluster
from podviz.options import MAX_DEPTH, MAX_SIZE
from podviz.reader import Reading
from podviz.report import breaks
from podviz.rule import Rule
from podviz.sheet import Sheet
from podviz.shelf import every_rule


class Terms(Struct, frozen=True, kw_only=True):
    """How inputs are judged. `codes` are those to look for; `kubernetes` outweighs what an
    input says, while the settings give way to it."""

    codes: frozenset[str]
    settings: Settings = field(default_factory=Settings)
    kubernetes: str | None = None
    max_size: int = MAX_SIZE
    max_depth: int = MAX_DEPTH


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


class Judgement(Struct, frozen=True, kw_only=True):
    """What is wrong with all that an input wants drawn.

    `findings` are told in their order, `of` has for each scene of each sheet those that its
    figure may pin, `errors` what a sheet expects in vain or does not expect; `harms` is true
    where a finding that nobody expects is as bad as the run allows none to be.
    """

    findings: tuple[Finding, ...]
    of: tuple[tuple[tuple[Finding, ...], ...], ...]
    errors: tuple[ExpectationError, ...] = ()
    harms: bool = False


def judgement(
    reading: Reading, terms: Terms, fail_on: Severity | None, asked: Selection
) -> Judgement:
    """The reading's own findings and those of the rules, weighed together; of what is not asked
    for, nothing harms."""
    scenes = [scene for sheet in reading.sheets for scene in sheet.scenes]
    found = [judged(scene.whole or scene.cluster, terms) for scene in scenes]
    waivers = [waiver for given in reading.sources for waiver in suppress.waivers(given)]
    every = [*reading.findings, *(finding for each in found for finding in each)]
    told = weighed(every, [given.name for given in reading.sources], waivers, terms)
    own = [{same(f) for f in each} for each in found]
    spoken = {same(f) for f in reading.findings}
    of = [
        tuple([f for f in told if same(f) in keys or (f.element and same(f) in spoken)])
        for keys in own
    ]
    errors: list[ExpectationError] = []
    harms = False
    for scene, findings in zip(scenes, of, strict=True):
        drawn = {o.path for o in objects(scene.cluster) if holds(asked, o)} if asked else None
        open_ones = [
            f for f in findings if f.suppressed is None and (drawn is None or f.object in drawn)
        ]
        if scene.expect is not None or scene.verdict:
            errors += [*unmet(scene, open_ones, terms.codes), *_beside(scene, open_ones)]
            continue
        harms = harms or any(
            fail_on is not None and f.severity >= fail_on and not breaks(f) for f in open_ones
        )
    each = iter(of)
    return Judgement(
        findings=told,
        of=tuple([tuple(islice(each, len(sheet.scenes))) for sheet in reading.sheets]),
        errors=tuple(errors),
        harms=harms,
    )


def wished(scene: Sheet) -> frozenset[str]:
    """The codes that a scene is to show, of a bad panel that names none all there are. Raises
    InputError for a word that is none."""
    if scene.verdict == "bad" and scene.expect is None:
        return frozenset(codes().values())
    try:
        return frozenset[str]().union(*(named(word) for word in scene.expect or ()))
    except UsageError as error:
        raise InputError(f"{scene.place or 'spec'}: expect: {error}") from None


def same(finding: Finding) -> tuple[object, ...]:
    """What stays of a finding when it is weighed, to know it again."""
    return finding.code, finding.place, finding.element, finding.message


def unmet(
    scene: Sheet, findings: Sequence[Finding], known: frozenset[str]
) -> Iterator[ExpectationError]:
    """What a figure or panel must show and does not, of the codes that are looked for."""
    where = f"{scene.place}: " if scene.place else ""
    shown = [f for f in findings if f.severity >= Severity.WARNING]
    if scene.verdict == "bad" and not shown and known >= DEFAULT.codes:
        yield ExpectationError(f"{where}no rule finds a fault in this bad panel")
    elif scene.expect is not None:
        for code in sorted((wished(scene) & known) - {f.code for f in findings}):
            what = f"{scene.verdict} panel" if scene.verdict else "figure"
            yield ExpectationError(f"{where}the {what} expects {code}, and nothing in it is so")


def spared(scene: Sheet) -> frozenset[str]:
    """The codes that harm nobody in a scene: those that it is to show. In a good panel none."""
    return frozenset() if scene.verdict == "good" else wished(scene)


def _beside(scene: Sheet, findings: Sequence[Finding]) -> Iterator[ExpectationError]:
    """What a figure or panel shows and does not expect."""
    where = f"{scene.place}: " if scene.place else ""
    shown = {f.code for f in findings if f.severity >= Severity.WARNING}
    what = f"{scene.verdict} panel" if scene.verdict else "figure"
    for code in sorted(shown - spared(scene)):
        first = next(f for f in findings if f.code == code)
        yield ExpectationError(
            f"{where}the {what} does not expect {code}, found at {first.place}: {first.message.en}"
        )


def _levelled(finding: Finding, levels: Mapping[str, Severity]) -> Finding:
    level = None if breaks(finding) else levels.get(finding.code)
    return replace(finding, severity=level) if level else finding
