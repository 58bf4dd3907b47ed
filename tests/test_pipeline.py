"""The whole trip, and what becomes of it when a step fails."""

import pytest
from shell import BROKEN, SPEC, TIED

from podviz import pipeline
from podviz.errors import DeadlineError, DrawError, InputError, SpecError
from podviz.options import FORMATS
from podviz.order import Order
from podviz.outcome import Made
from podviz.writer import Style

TWO = f"{TIED}name: one\n---\n{SPEC}name: two\n"


def run(spec: str, **order: object) -> pipeline.Result:
    return pipeline.run(spec.encode(), "a.yaml", Order(**order))  # type: ignore[arg-type]


def labels(result: pipeline.Result) -> list[tuple[str | None, str | None, str]]:
    return [(made.name, made.lang, made.format) for made in result.made]


def test_every_format_is_made() -> None:
    result = run(TIED, formats=FORMATS)
    assert sorted(labels(result), key=str) == sorted(((None, None, f) for f in FORMATS), key=str)
    assert all(made.data for made in result.made)
    assert (result.errors, result.findings, result.status) == ((), (), 0)


def test_each_language_of_the_title_gives_a_file_that_names_it() -> None:
    assert labels(run(SPEC)) == [(None, "ko", "svg"), (None, "en", "svg")]
    assert labels(run(SPEC, langs=("en",))) == [(None, None, "svg")]


def test_each_figure_gives_a_file_that_names_it() -> None:
    assert labels(run(TWO, formats=("txt",), langs=("en",))) == [
        ("one", None, "txt"),
        ("two", None, "txt"),
    ]


def test_the_order_outweighs_the_spec_in_what_is_shown() -> None:
    shown = run(f"{TIED}hide: [ports]\n", formats=("txt",), show=frozenset({"ports"})).made[0]
    hidden = run(f"{TIED}show: [ports]\n", formats=("txt",), hide=frozenset({"ports"})).made[0]
    assert b":80" in shown.data
    assert b":80" not in hidden.data


def test_characters_without_a_glyph_are_told_where_the_font_takes_part() -> None:
    spec = TIED.replace("A Service", "漢 Service")
    assert [m.foreign for m in run(spec, formats=("svg", "png")).made] == ["漢", "漢"]
    assert [m.foreign for m in run(spec, formats=("txt", "json")).made] == ["", ""]


def test_flaws_are_findings_and_call_for_status_3() -> None:
    result = run(BROKEN)
    assert (result.made, result.errors, result.status) == ((), (), 3)
    assert [f.code for f in result.findings] == ["POD008"]
    assert result.lines["a.yaml"][3].endswith("ports: [0]}]}")


def test_a_flawed_document_keeps_no_other_of_its_file_from_being_drawn() -> None:
    result = run(f"{TIED}name: one\n---\n{BROKEN}name: two\n", formats=("txt",))
    assert labels(result) == [("one", None, "txt")]
    assert result.status == 3


def test_an_input_with_nothing_to_draw_is_told() -> None:
    (error,) = run("").errors
    assert isinstance(error, InputError)
    assert str(error).startswith("a.yaml: nothing to draw")


def test_what_was_not_foreseen_becomes_an_error_that_names_input_and_place() -> None:
    result = run(TIED, formats=("txt", "sculpture", "dot"))
    assert labels(result) == [(None, None, "txt"), (None, None, "dot")]
    (error,) = result.errors
    assert type(error) is DrawError
    assert str(error).startswith("a.yaml: podviz failed (ModuleNotFoundError: No module named ")
    assert ", in writer.py:" in str(error)
    assert str(error).endswith("); please report it")
    assert isinstance(error.__cause__, ModuleNotFoundError)
    assert result.status == 4


def test_an_error_is_told_once_for_all_languages_and_names_the_figure() -> None:
    (error,) = run(f"{SPEC}name: two\n", formats=("sculpture",)).errors
    assert str(error).startswith("a.yaml: figure 'two': podviz failed (")


def test_errors_are_told_in_one_line_of_bearable_length() -> None:
    error = pipeline.told(ValueError("a\nb\x1b" + "c" * 1000), "a.yaml")
    assert str(error).startswith("a.yaml: podviz failed (ValueError: a b�ccc")
    assert len(str(error)) < 300


def test_errors_that_say_where_are_left_as_they_are() -> None:
    said = InputError("a.yaml: nothing to draw")
    assert pipeline.told(said, "a.yaml") is said


def test_a_layout_that_fails_keeps_no_text_from_being_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = run(TIED, formats=("svg", "txt", "png", "dot"), engine="dot")
    assert labels(result) == [(None, None, "txt"), (None, None, "dot")]
    (error,) = result.errors
    assert str(error).startswith("a.yaml: `dot` is not on PATH")
    assert error.status == 4


def test_a_layout_past_its_deadline_is_told_with_the_input() -> None:
    many = ", ".join(f"{{name: w{n}, containers: [{{name: app}}]}}" for n in range(30))
    ties = ", ".join(f"{{from: w{a}, to: w{b}}}" for a in range(30) for b in range(30) if a != b)
    result = run(f"podviz: 1\npods: [{many}]\nlinks: [{ties}]\n", deadline=0.001)
    (error,) = result.errors
    assert type(error) is DeadlineError
    assert str(error).startswith("a.yaml: the layout took longer than 0.001 s")


def test_sheets_are_those_of_an_input_without_a_flaw() -> None:
    assert [s.name for s in pipeline.sheets(TWO.encode(), "a.yaml")] == ["one", "two"]
    with pytest.raises(SpecError, match=r"^a.yaml:4:50: an entry of ports must be") as caught:
        pipeline.sheets(BROKEN.encode(), "a.yaml")
    assert [f.code for f in caught.value.findings] == ["POD008"]


def test_a_style_reaches_the_writer() -> None:
    (sheet,) = pipeline.sheets(TIED.encode(), "a.yaml")
    order = Order(formats=("png",), style=Style(width=123))
    (made,) = pipeline.files(sheet, "a.yaml", order)
    assert isinstance(made, Made)
    assert int.from_bytes(made.data[16:20], "big") == 123
