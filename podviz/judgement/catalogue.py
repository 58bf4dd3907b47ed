"""Every code that podviz can tell, and words that name several."""

import re
from collections.abc import Iterable
from functools import cache

from podviz.choice import did_you_mean
from podviz.errors import UsageError
from podviz.judgement.structure import FORM
from podviz.pattern import pattern
from podviz.report import Entry
from podviz.rule import Rule
from podviz.shelf import every_rule
from podviz.text import Text

SETS = ("design", "operations")
"""The sets that a user chooses from; what is wrong with the structure is always told."""

_ARGUMENT = pattern(r"\{[a-z_]+\}")
_LETTERS = pattern(r"[^\W\d_]+")
_FEW = 2  # words that tell nothing
_PREFIX = pattern(r"POD\d{0,2}", re.IGNORECASE)


@cache
def entries() -> tuple[Entry, ...]:
    """Everything that podviz can tell, by code."""
    found = {entry.code: entry for entry in FORM}
    for rule in every_rule():
        found[rule.code] = Entry(
            code=rule.code, name=rule.name, set=rule.set, severity=rule.severity,
            says=_says(rule), why=rule.why, fix=_general(rule.fix),
            lecture=rule.lecture, docs=rule.docs,
        )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda entry: entry.code))


def _general(template: Text) -> Text:
    """A message without the words of any finding: `'…' and '…' both listen on …`."""
    said = (template.ko, template.en)
    return Text(*(_ARGUMENT.sub("…", words.replace("{pod}: ", "")) for words in said))


def _says(rule: Rule) -> Text:
    """What findings of a rule say in general; where that is next to nothing, what it does."""
    general = _general(rule.message)
    if len(_LETTERS.findall(general.en)) > _FEW:
        return general
    first = (words.partition("\n\n")[0].partition(": ") for words in (rule.why.ko, rule.why.en))
    return Text(*(" ".join((rest or head).split()) for head, _, rest in first))


@cache
def codes() -> dict[str, str]:
    """Code or name, in lower case, → code."""
    known = [(entry.code, entry.name) for entry in FORM]
    known += [(rule.code, rule.name) for rule in every_rule()]
    return {code.lower(): code for code, _ in known} | {name: code for code, name in known}


def find(word: str) -> Entry:
    """The entry of a code or name. Raises UsageError with a suggestion."""
    code = codes().get(word.strip().lower())
    for entry in entries():
        if entry.code == code:
            return entry
    raise UsageError(f"there is no rule {word!r}{near(word)}; podviz rules lists them")


def near(word: str) -> str:
    """` (did you mean 'POD201'?)`, or nothing."""
    guess = did_you_mean(word.strip(), tuple(codes()))
    return re.sub(r"'pod(\d+)'", r"'POD\1'", guess)


def named(word: str) -> frozenset[str]:
    """The codes that a code, a name or the beginning of codes (POD2) stands for.

    Raises UsageError for what is none of these.
    """
    said = word.strip().lower()
    if _PREFIX.fullmatch(said):
        found = frozenset(e.code for e in entries() if e.code.lower().startswith(said))
        if found:
            return found
    return frozenset([find(word).code])


def chosen(
    sets: Iterable[str], select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> frozenset[str]:
    """The codes to look for. Raises UsageError for an unknown word.

    Of the sets, only those that `select` names if it names any; a code that is selected by
    itself is looked for whatever its set. What `ignore` names is left out.
    """
    words = [word for word in select if word.strip()]
    asked = {"structure", *sets}
    within = {entry.code for entry in FORM if entry.set in asked}
    within |= {rule.code for rule in every_rule() if rule.set in asked}
    if words:
        picked = [named(word) for word in words]
        alone = frozenset[str]().union(*(found for found in picked if len(found) == 1))
        within = (within & frozenset[str]().union(*picked)) | alone
    return frozenset(within).difference(*(named(word) for word in ignore if word.strip()))
