"""The grammar of figures without a scene: tables and cards."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from podviz.grammar.words import Part, Whole, Words, WordsForm, either, no_items

Verdict = Literal["good", "bad"]


class CellForm(Part):
    """A cell with a mark before its words."""

    verdict: Verdict | None = Field(default=None, description="The mark before the words.")
    words: Words | None = Field(
        default=None, description="The words; yes or no by the verdict when unsaid."
    )


def _form(given: object) -> str:
    """A text, a text in two languages, or the long form with a verdict."""
    if isinstance(given, CellForm) or (isinstance(given, dict) and {"verdict", "words"} & {*given}):
        return "=cell"
    return "=long" if isinstance(given, dict | WordsForm) else "=words"


CellWord = Annotated[
    Annotated[Whole, Tag("=words")]
    | Annotated[CellForm, Tag("=cell")]
    | Annotated[WordsForm, Tag("=long")],
    Discriminator(_form),
]
"""`실행 프로세스`, `{ko: …, en: …}`, `✅`, `❌ 불가`, or `{verdict: bad, words: 불가}`."""


class TableForm(Part):
    """Rows of cells under the heads of their columns."""

    columns: Annotated[list[Words], Field(min_length=1, max_length=8)] = Field(
        description="The heads; one that is a Kubernetes kind gets its icon."
    )
    rows: Annotated[
        list[Annotated[list[CellWord], Field(min_length=1)]], Field(min_length=1, max_length=40)
    ] = Field(description="As many cells in each row as there are columns; ✅ and ❌ are marks.")
    key: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The number of the column that matters, from 1."
    )


class SketchForm(Part):
    """A sign of a picture with a mark before it; what is bad is struck out."""

    verdict: Verdict = Field(description="The mark before it.")
    words: Words = Field(description="The sign, or words as they are.")


SketchWord = Annotated[
    Annotated[Whole, Tag("=sign")] | Annotated[SketchForm, Tag("=long")], either("=sign")
]


def _sign(given: object) -> str:
    return "=long" if isinstance(given, dict | SketchForm) else "=sign"


PictureWord = Annotated[
    Annotated[Whole, Tag("=sign")]
    | Annotated[SketchForm, Tag("=long")]
    | Annotated[list[SketchWord], Tag("=pod")],
    Discriminator(lambda given: "=pod" if isinstance(given, list) else _sign(given)),
]


class CardForm(Part):
    """A principle, a myth or a truth."""

    verdict: Verdict | None = Field(default=None, description="bad: a myth; good: the truth.")
    title: Words = Field(description="The principle in a few words.")
    text: Words | None = Field(default=None, description="One or two sentences.")
    picture: Annotated[list[PictureWord], Field(max_length=5)] = Field(
        default_factory=no_items,
        description="Signs side by side: app, sidecar, init, volume, claim, dead, a Kubernetes"
        " kind with or without a name, +, →, or words; a list in the list is a Pod around them.",
    )
