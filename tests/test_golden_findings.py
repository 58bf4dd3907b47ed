"""Each folder of mistakes gives the findings beside it, in both languages."""

from pathlib import Path

import pytest
from agreed import agreed

from podviz.reader import read
from podviz.reports import text

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/findings.txt"))


def told(case: Path) -> str:
    """The findings in English, then in Korean."""
    reading = read((case / "input.yaml").read_bytes(), "input.yaml")
    languages = [text.write(reading.findings, reading.lines, lang=lang) for lang in ("en", "ko")]
    return f"\n{'─' * 30}\n\n".join(languages)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes_are_told_as_agreed(case: Path) -> None:
    assert told(case) == agreed(case / "findings.txt", told(case))


def test_there_are_cases() -> None:
    assert len(CASES) >= 12
