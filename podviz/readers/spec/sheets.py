"""From documents to sheets: mistakes first, then the scene."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from podviz import grammar
from podviz.finding import Finding
from podviz.meta import Named, Selection, Selector
from podviz.options import LANGS
from podviz.readers.spec import (
    doubles,
    flaws,
    frames,
    impossible,
    links,
    mistakes,
    plates,
    references,
)
from podviz.readers.spec.names import KINDS, Names, declared, items
from podviz.readers.spec.pods import words
from podviz.readers.spec.scene import cluster
from podviz.sheet import Sheet
from podviz.source import Document
from podviz.source.tree import Mapping, Node, Scalar, plain
from podviz.text import Text

MOST_TOLD = 1_000
"""How many mistakes in the grammar of one document are told."""


def read(
    documents: tuple[Document, ...], several: bool
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """One sheet for each document without a mistake, and every mistake of all."""
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    figures: dict[str, Scalar] = {}
    for document in documents:
        root = document.root
        if isinstance(root, Mapping) and root.entries.keys() >= _DRAWN:
            findings.append(_no_input(root))
            continue
        if not isinstance(root, Mapping) or not _is_spec(root):
            findings.append(_no_spec(document))
            continue
        found = list(_figure_name(root, figures)) if several else []
        names = declared(root)
        given, wrong = _check(root, names)
        found += wrong
        if given and not found and not document.findings:
            sheets.append(_sheet(given, root, names))
        findings += found
    return tuple(sheets), tuple(findings)


def _is_spec(root: Mapping) -> bool:
    """True if the mapping says `podviz`, nearly so, or anything else that a spec would say."""
    known = set(mistakes.known_fields(()))
    return bool(known & root.entries.keys()) or any(
        flaws.closest(key, ["podviz"]) for key in root.entries
    )


_DRAWN = frozenset(["summary", "boxes", "width", "height"])
"""What a figure in JSON has, and no spec."""


def _no_input(root: Mapping) -> Finding:
    """One sentence for a figure that lies among the inputs, such as one of an earlier run."""
    message = Text("podviz가 쓴 그림이고 스펙이 아닙니다", "this is a figure of podviz, not a spec")
    help = Text(
        "그림은 입력 폴더 밖에 두세요: podviz render -o 폴더",
        "keep figures out of the folder of specs: podviz render -o FOLDER",
    )
    key = next(iter(root.entries.values())).key
    return flaws.flaw("POD010", key.place, message, help)


def _no_spec(document: Document) -> Finding:
    help = Text(
        "스펙은 'podviz: 1'로, 매니페스트는 'apiVersion'과 'kind'로 시작합니다",
        "a spec begins with 'podviz: 1', a manifest with 'apiVersion' and 'kind'",
    )
    return flaws.missing(document.root.place, "podviz", help)


def _figure_name(root: Mapping, figures: dict[str, Scalar]) -> Iterator[Finding]:
    """The figures of one file need names that differ by more than case."""
    name = root.get("name")
    if name is None:
        help = Text(
            "여러 그림을 담은 파일에서는 그림마다 이름이 필요합니다",
            "each figure of a file that holds several needs one",
        )
        yield flaws.missing(root.place, "name", help)
    elif isinstance(name, Scalar):
        first = figures.setdefault(name.text.casefold(), name)
        if first is not name:
            yield flaws.duplicate(name.place, first.place, "figure", name.text)


def _check(root: Mapping, names: Names) -> tuple[grammar.Spec | None, list[Finding]]:
    """The spec as its grammar gives it, None if it breaks it, and its mistakes."""
    values = plain(root)
    assert isinstance(values, dict)
    found: list[Finding] = []
    given = None
    errors: list[ErrorDetails] = []
    try:
        given = grammar.SPEC.validate_python(values)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)[:MOST_TOLD]
        found += mistakes.findings(errors, root)
    found += mistakes.empty_keys(root, errors)
    further = [*_mixed(root), *plates.impossible(root)]
    further += [] if "manifests" in root.entries else frames.impossible(root, names)
    for scene, own in _scenes(root, errors):
        further += _further(scene, own, names if scene is root else declared(scene))
        if given and not _WHOLE & scene.entries.keys():
            further += _empty(scene)
    told = {finding.place for finding in found}
    return given, [*found, *(f for f in further if f.place not in told)]


def _scenes(
    root: Mapping, errors: Sequence[ErrorDetails]
) -> Iterator[tuple[Mapping, list[ErrorDetails]]]:
    """The spec itself and each of its panels, with the mistakes in the grammar of each."""
    yield root, list(errors)
    for i, node in enumerate(items(root, "compare")):
        if isinstance(node, Mapping):
            own = [error for error in errors if error["loc"][:2] == ("compare", i)]
            yield node, [_within(error) for error in own if len(error["loc"]) > 2]


def _within(error: ErrorDetails) -> ErrorDetails:
    """The mistake as the panel alone would have it."""
    inner = error.copy()
    inner["loc"] = error["loc"][2:]
    return inner


def _further(scene: Mapping, errors: Sequence[ErrorDetails], names: Names) -> Iterator[Finding]:
    """What is wrong in a scene though its grammar is right."""
    yield from doubles.doubles(names)
    yield from impossible.impossible(names)
    yield from impossible.shown_and_hidden(scene)
    hidden = "manifests" in scene.entries  # then names may be theirs
    if not hidden and not mistakes.hides_names(errors, scene):
        yield from references.dangling(names)
        yield from links.lost(scene, names)


_WHOLE = frozenset(["compare", "table", "cards"])
"""Keys of a figure without a scene of its own."""


def _mixed(root: Mapping) -> Iterator[Finding]:
    """A figure is a scene, or one of the others: what stands beside them is told."""
    whole = [key for key in root.entries if key in _WHOLE]
    if not whole:
        return
    first, *others = whole
    others += [key for key in root.entries if key == "story"]
    scene = {*KINDS, "links", "manifests", "select", "expect"}
    for key in [*others, *(key for key in root.entries if key in scene)]:
        message = Text(
            f"'{key}'은(는) '{first}'와 한 그림에 함께 쓸 수 없습니다",
            f"'{key}' cannot stand in one figure with '{first}'",
        )
        place = Text(
            "패널 안에 쓰거나 다른 문서로 나누세요",
            "put it into a panel, or into a figure of its own",
        )
        yield flaws.flaw("POD008", root.entries[key].key.place, message, place)


def _empty(scene: Mapping) -> Iterator[Finding]:
    """A scene in which there is nothing."""
    if any(items(scene, key) for key in (*KINDS, "links", "manifests")):
        return
    listed = ", ".join(KINDS)
    yield flaws.flaw(
        "POD003",
        scene.place,
        Text("그릴 것이 없습니다", "nothing to draw"),
        Text(f"{listed} 가운데 하나는 있어야 합니다", f"give at least one of {listed}"),
    )


def _sheet(given: grammar.Spec, root: Mapping, names: Names) -> Sheet:
    langs = _langs(given)
    panels = zip(given.compare or (), items(root, "compare"), strict=True)
    return replace(
        _scene(given, root, names),
        name=given.name,
        title=words(given.title),
        caption=words(given.caption),
        notes=words(given.notes),
        langs=langs,
        panels=tuple([_panel(panel, given, node, langs) for panel, node in panels]),
        frames=frames.frames(given, root),
        table=plates.table(given.table),
        cards=plates.cards(given, root),
    )


def _scene(given: grammar.Scene, root: Mapping, names: Names) -> Sheet:
    return Sheet(
        cluster=cluster(given, root, names),
        view=given.view,
        show=frozenset(given.show),
        hide=frozenset(given.hide),
        manifests=tuple(
            Named(path=path, place=node.place)
            for path, node in zip(given.manifests, items(root, "manifests"), strict=True)
        ),
        asked=_asked(given.select),
        expect=None if given.expect is None else tuple(given.expect),
        place=root.place,
    )


_SMALLER = frozenset(["replicas"])
"""Details that a panel leaves out unless it is asked for them."""


def _panel(given: grammar.Panel, whole: grammar.Spec, node: Node, langs: tuple[str, ...]) -> Sheet:
    """A panel, with what the whole figure says of all of them."""
    assert isinstance(node, Mapping)
    own = _scene(given, node, declared(node))
    known = replace(
        own.cluster,
        kubernetes=given.kubernetes or whole.kubernetes,
        pod_cidr=own.cluster.pod_cidr or (whole.network.pod_cidr if whole.network else None),
        service_cidr=own.cluster.service_cidr
        or (whole.network.service_cidr if whole.network else None),
    )
    return replace(
        own,
        cluster=known,
        verdict=given.verdict,
        because=words(given.because),
        title=words(given.title),
        langs=langs,
        view=own.view or whole.view,
        show=(frozenset(whole.show) | own.show) - own.hide,
        hide=(frozenset(whole.hide) | own.hide | _SMALLER) - own.show - frozenset(whole.show),
    )


def _asked(given: grammar.Select | None) -> Selection:
    if given is None:
        return Selection()
    namespaces, kinds, names = (
        (words,) if isinstance(words, str) else tuple(words)
        for words in (given.namespace, given.kind, given.name)
    )
    labels = Selector(labels=tuple(given.labels.items()))
    return Selection(namespaces=namespaces, labels=labels, kinds=kinds, names=names)


def _langs(given: grammar.Spec) -> tuple[str, ...]:
    """The languages that the title is given in; a plain one is in `lang`, English by default."""
    title = given.title
    if isinstance(title, grammar.WordsForm):
        return tuple(lang for lang in LANGS if getattr(title, lang) is not None)
    return (given.lang or "en",)
