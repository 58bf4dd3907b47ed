"""Each folder of figures gives the sketch and the JSON beside it."""

import re
from pathlib import Path

import pytest
from agreed import agreed

from podviz.figure import Shape
from podviz.options import VIEWS
from podviz.order import Order
from podviz.pipeline import run, sheets
from podviz.report import breaks
from podviz.view import compose

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/sketch.txt"))
ASKED = {"overview": "overview"}
"""Case → the view that is asked for, where the input does not call for it itself."""


def told(case: Path, format: str, langs: int = 2) -> str:
    """The case's figure in the languages that its title has, at most so many."""
    order = Order(formats=(format,), view=ASKED.get(case.name))
    result = run((case / "input.yaml").read_bytes(), "input.yaml", order)
    assert not result.errors
    assert not any(map(breaks, result.findings))
    return "\n".join(made.data.decode() for made in result.made[:langs])


def on_one_line(json: str) -> str:
    """Lists of numbers on one line each: a box that moved is one changed line."""
    return re.sub(r"\[\s+([-\d.,\s]+?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", json)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_figure_is_sketched_as_agreed(case: Path) -> None:
    sketch = told(case, "txt")
    assert sketch == agreed(case / "sketch.txt", sketch)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_figure_stands_as_agreed(case: Path) -> None:
    figure = on_one_line(told(case, "json", langs=1))
    assert figure == agreed(case / "figure.json", figure)


def test_the_cases_show_every_view_shape_and_language() -> None:
    figures = [
        compose(sheet, ASKED.get(case.name))
        for case in CASES
        for sheet in sheets((case / "input.yaml").read_bytes(), case.name)
    ]
    assert {figure.view for figure in figures} == {*VIEWS, "compare", "story", "table", "cards"}
    assert {box.shape for figure in figures for box in figure.walk()} == set(Shape)
    assert {lang for figure in figures for lang in figure.langs} == {"ko", "en"}
