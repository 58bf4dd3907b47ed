"""The gallery of rules: each one's bad example beside its good one, and a page of them all."""

from collections import Counter
from collections.abc import Iterator, Sequence

import yaml
from msgspec.structs import replace

from podviz.finding import Finding
from podviz.judgement.catalogue import entries
from podviz.judgement.judge import judge
from podviz.model import Cluster
from podviz.order import Order
from podviz.outcome import Made
from podviz.pipeline import files
from podviz.reader import read
from podviz.report import Entry
from podviz.rule import Rule
from podviz.scene.boxes import said
from podviz.sheet import Sheet
from podviz.shelf import find_rule
from podviz.text import Text

_MOST = 3
"""So many fields are told below an example."""

_VAGUE = frozenset(
    ["tcpSocket", "httpGet", "name", "cpu", "memory", "path", "port", "key", "value"]
)
"""Fields that say what they are of only with the field around them."""

_SHOWN = frozenset(
    ["apiVersion", "kind", "podviz", "image", "replicas", "role", "native", "metadata.name"]
) | {f"{of}.name" for of in ("containers", "initContainers", "volumes", "pods", "controllers")}
"""What a picture shows anyway."""

OLD = "1.28"
"""The version of Kubernetes for rules that only speak of an old one."""

_SETS = {
    "structure": Text("형식", "Form"),
    "design": Text("설계 규칙", "Rules of design"),
    "operations": Text("운영 규칙", "Rules of operations"),
}
_PAGE = Text("규칙 갤러리", "The rules in pictures")
_INTRO = Text(
    "규칙마다 나쁜 예와 좋은 예를 나란히 그린 그림입니다."
    " `podviz rules --gallery 폴더`로 만듭니다.",
    "Each rule with its bad and its good example side by side, drawn by"
    " `podviz rules --gallery FOLDER`.",
)


def figure(entry: Entry, rule: Rule) -> tuple[Sheet, tuple[tuple[Finding, ...], ...]]:
    """The comparison that explains a rule, and what the rule finds in each of its panels."""
    bad, found = _example(rule.bad, rule)
    good, none = _example(rule.good, rule)
    wrong, right = telling_apart(rule.bad, rule.good)
    sheet = Sheet(
        cluster=Cluster(own=True),
        name=rule.code,
        title=Text.same(f"{rule.code} {rule.name}"),
        caption=None if "…" in entry.says.en else said(entry.says),
        langs=("ko", "en"),
        show=frozenset(["infos"]),
        panels=(_panel(bad, "bad", wrong), _panel(good, "good", right)),
    )
    return sheet, (found, none)


def _example(text: str, rule: Rule) -> tuple[Sheet, tuple[Finding, ...]]:
    """The scene of an example, and what the rule says of it."""
    scene = read(text.encode(), rule.code).sheets[0]
    for version in (None, OLD):
        found = tuple(judge(scene.cluster, rules=[rule], kubernetes=version))
        if found:
            return scene, found
    return scene, ()


def telling_apart(bad: str, good: str) -> tuple[Text | None, Text | None]:
    """The few fields that only the one example has, and those that only the other: no picture
    shows them all. Nothing where a side differs in many."""
    wrong, right = (Counter(_fields(text)) for text in (bad, good))
    return _few(wrong - right), _few(right - wrong)


def _few(fields: Counter[str]) -> Text | None:
    return Text.same(" · ".join(fields)) if 0 < len(fields) <= _MOST else None


def _fields(text: str) -> Iterator[str]:
    """`hostPID: true`, `requests.cpu: 100m`: every field that a picture does not show."""
    for document in yaml.safe_load_all(text):
        yield from _below(document, "")


def _below(value: object, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            said = f"{key}.{name}" if name in _VAGUE and key else name
            yield from () if said in _SHOWN else _below(inner, said)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for each in value:
            yield from _below(each, key)
    elif isinstance(value, list):
        yield f"{key}: {' '.join(map(str, value))}"
    else:
        yield f"{key}: {str(value).lower() if isinstance(value, bool) else value}"


def _panel(scene: Sheet, verdict: str, because: Text | None) -> Sheet:
    return replace(
        scene,
        because=because,
        name=None,
        title=None,
        caption=None,
        verdict=verdict,
        expect=None,
        show=scene.show | {"infos"},
        hide=scene.hide | {"replicas"},
    )


def drawn(langs: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Every file of the gallery, its name and its bytes: the figures, then the pages.

    Raises PodvizError where an example cannot be drawn.
    """
    order = Order(langs=langs)
    pairs = [(entry, rule) for entry in entries() if (rule := find_rule(entry.code))]
    for entry, rule in pairs:
        sheet, found = figure(entry, rule)
        for made in files(sheet, rule.code, order, found):
            if not isinstance(made, Made):
                raise made
            yield f"{rule.code}.{made.lang or langs[0]}.{made.format}", made.data
    for lang in langs:
        name = "README.md" if lang == langs[-1] else f"README.{lang}.md"
        yield name, page([entry for entry, _ in pairs], lang).encode()


def page(known: Sequence[Entry], lang: str) -> str:
    """The gallery as Markdown: a heading, a sentence and a picture for each rule."""
    lines = [f"# {_PAGE.to(lang)}", "", _INTRO.to(lang)]
    for set, heading in _SETS.items():
        own = [entry for entry in known if entry.set == set]
        lines += ["", f"## {heading.to(lang)}"] if own else []
        for entry in own:
            lines += ["", f"### {entry.code} {entry.name} ({entry.severity})", ""]
            lines += [entry.says.to(lang), ""]
            lines.append(f"![{entry.code} {entry.name}]({entry.code}.{lang}.svg)")
    return "\n".join(lines) + "\n"
