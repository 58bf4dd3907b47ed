"""Every starter spec reads and draws without a finding."""

import pytest

from podviz import assets, patterns, pipeline
from podviz.options import LANGS
from podviz.order import Order

NAMES = ("web", "e", "a-very-long-name-of-a-thing-1", "on", "n1")


@pytest.mark.parametrize("pattern", patterns.titles())
def test_a_pattern_draws_without_a_finding(pattern: str) -> None:
    text = patterns.text(pattern, "web")
    result = pipeline.run(text.encode(), f"{pattern}.yaml", Order(formats=("svg", "txt")))
    assert (result.findings, result.errors) == ((), ())
    assert [(m.lang, m.format) for m in result.made] == [
        (lang, format) for lang in LANGS for format in ("svg", "txt")
    ]


@pytest.mark.parametrize("pattern", patterns.titles())
@pytest.mark.parametrize("name", NAMES)
def test_a_pattern_reads_under_any_name(pattern: str, name: str) -> None:
    text = patterns.text(pattern, name)
    assert "NAME" not in text
    (sheet,) = pipeline.sheets(text.encode(), "a.yaml")
    cluster = sheet.cluster
    assert name in {thing.name for thing in (*cluster.pods, *cluster.controllers)}


def test_every_pattern_has_a_title_in_both_languages_and_a_file() -> None:
    folder = assets.FOLDER / "patterns"
    assert sorted(patterns.titles()) == sorted(path.stem for path in folder.iterdir())
    assert all(title.ko and title.en for title in patterns.titles().values())


def test_an_unknown_pattern_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        patterns.text("mesh", "web")
