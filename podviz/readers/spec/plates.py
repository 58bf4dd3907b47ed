"""Tables and cards of a spec: figures without a scene."""

from collections.abc import Iterator

from podviz import grammar
from podviz.figure import Sketch
from podviz.finding import Finding
from podviz.readers.spec import flaws
from podviz.readers.spec.names import items
from podviz.readers.spec.pods import place_of, words
from podviz.sheet import Card, Cell, Table
from podviz.source.tree import Mapping, Node, Sequence
from podviz.text import Text

_MARKS = {"✅": "good", "✔️": "good", "✔": "good", "✓": "good", "❌": "bad", "✖️": "bad", "✗": "bad"}
"""What stands for a verdict at the beginning of a cell; a picture never shows it as it is."""

_PLAIN = {"good": Text("맞음", "yes"), "bad": Text("아님", "no")}
"""What a cell says that only has a verdict."""


def table(given: grammar.TableForm | None) -> Table | None:
    """The table as the spec gives it."""
    if given is None:
        return None
    return Table(
        columns=tuple([_cell(head) for head in given.columns]),
        rows=tuple([tuple([_cell(cell) for cell in row]) for row in given.rows]),
        key=None if given.key is None else given.key - 1,
    )


def _cell(given: str | grammar.WordsForm | grammar.CellForm) -> Cell:
    if isinstance(given, grammar.CellForm):
        plain = _PLAIN[given.verdict] if given.verdict else Text.same("")
        return Cell(words=words(given.words) or plain, verdict=given.verdict)
    text = words(given)
    assert text is not None
    if isinstance(given, str) and given in _PLAIN:
        return Cell(words=_PLAIN[given], verdict=given)
    for mark, verdict in _MARKS.items():
        if text.ko.startswith(mark) and text.en.startswith(mark):
            rest = Text(text.ko.removeprefix(mark).strip(), text.en.removeprefix(mark).strip())
            return Cell(words=rest if rest.ko and rest.en else _PLAIN[verdict], verdict=verdict)
    return Cell(words=text)


def cards(given: grammar.Spec, root: Mapping) -> tuple[Card, ...]:
    """The cards as the spec gives them."""
    nodes = items(root, "cards")
    return tuple([_card(card, node) for card, node in zip(given.cards or (), nodes, strict=True)])


def _card(given: grammar.CardForm, node: Node) -> Card:
    title = words(given.title)
    assert title is not None
    return Card(
        title=title,
        text=words(given.text),
        verdict=given.verdict,
        picture=tuple(
            [
                tuple(map(_sketch, sign)) if isinstance(sign, list) else _sketch(sign)
                for sign in given.picture
            ]
        ),
        place=place_of(node),
    )


def _sketch(given: str | grammar.SketchForm) -> Sketch:
    if isinstance(given, str):
        return Sketch(words=Text.same(given))
    said = words(given.words)
    assert said is not None
    return Sketch(words=said, verdict=given.verdict)


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


def impossible(root: Mapping) -> Iterator[Finding]:
    """Rows that have not as many cells as there are columns, and a key column beyond them."""
    given = root.get("table")
    wide = len(items(given, "columns"))
    if not isinstance(given, Mapping) or not wide:
        return
    for row in items(given, "rows"):
        if isinstance(row, Sequence) and len(row.items) != wide:
            message = Text(
                f"열은 {wide}개인데 이 행에는 칸이 {len(row.items)}개입니다",
                f"this row has {len(row.items)} cells, but there are {wide} columns",
            )
            yield flaws.flaw("POD008", row.place, message)
    key = given.get("key")
    number = getattr(key, "value", None)
    if key is not None and isinstance(number, int) and number > wide:
        message = Text(
            f"key: 열은 {wide}개뿐입니다 ({number})",
            f"key must be one of the {wide} columns, not {number}",
        )
        yield flaws.flaw("POD008", key.place, message)
