"""What is said to a person."""

import re
from pathlib import Path

import pytest

from podviz.intake import Unit
from podviz.outcome import Failure, Made, Outcome
from podviz.runs.batch import Done
from podviz.speaker import Speaker, tame

UNIT = Unit(name="a.yaml", path=None, stem=Path("a"))


def said(capsys: pytest.CaptureFixture[str], *done: Done, check: bool = False) -> list[str]:
    with Speaker(colour=True, total=len(done), check=check) as speaker:
        for one in done:
            speaker.tell(one)
    speaker.close()
    out, err = capsys.readouterr()
    assert out == ""
    return [re.sub(r"[0-9.]+ s$", "N s", line) for line in err.splitlines()]


def done(*changed: str, fresh: tuple[str, ...] = (), outcome: Outcome | None = None) -> Done:
    return Done(
        unit=UNIT,
        outcome=outcome or Outcome(),
        changed=tuple(map(Path, changed)),
        fresh=tuple(map(Path, fresh)),
    )


def test_one_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, done("a.svg")) == ["podviz: a.svg written"]
    assert said(capsys, done(fresh=("a.svg",))) == ["podviz: a.svg unchanged"]


def test_several_files_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, done("a.svg", "b.svg"), done(fresh=("c.svg",))) == [
        "podviz: 0 figures: 0 drawn, 0 fresh; 2 files written, 1 unchanged; N s"
    ]


def test_checking_names_what_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, done("a.svg", fresh=("b.svg",)), check=True) == [
        "podviz: a.svg would change",
        "podviz: 0 figures: 0 drawn, 0 fresh; 1 file would change, 1 unchanged; N s",
    ]
    assert said(capsys, done(fresh=("b.svg",)), check=True) == [
        "podviz: 0 figures: 0 drawn, 0 fresh; 0 files would change, 1 unchanged; N s"
    ]


def test_errors_are_told_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    bad = done(outcome=Outcome(errors=(Failure(4, "a.yaml: no\x1bway"),), status=4))
    assert said(capsys, bad, done("a.svg", "b.svg")) == [
        "podviz: a.yaml: no�way",
        "podviz: 0 figures: 0 drawn, 0 fresh; 2 files written, 0 unchanged, 1 input with errors;"
        " N s",
    ]


def test_nothing_written_is_not_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, done()) == []


def test_characters_without_a_glyph_are_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    made = Made(name=None, lang=None, format="svg", data=b"", foreign="漢字")
    one = done("a.svg", outcome=Outcome(made=(made, made)))
    assert said(capsys, one, one)[0] == (
        "podviz: the bundled font has no glyph for U+5B57 U+6F22: text in an SVG leaves it to "
        "the reader's fonts, outlines and a PNG show a box"
    )
    many = "".join(chr(0x4E00 + n) for n in range(100))
    one = done("a.svg", outcome=Outcome(made=(Made(
        name=None, lang=None, format="svg", data=b"", foreign=many
    ),)))  # fmt: skip
    assert "U+4E0B …: text in an SVG" in said(capsys, one)[0]


@pytest.mark.parametrize(
    ("text", "tamed"),
    [
        ("그림 1.yaml", "그림 1.yaml"),
        ("a\x1b[31mb", "a�[31mb"),
        ("a\r\nb", "a��b"),
        ("a\u202eb\u2028c", "a�b�c"),
        ("a\udcffb", "a�b"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
    ],
)
def test_text_is_tamed(text: str, tamed: str) -> None:
    assert tame(text) == tamed
