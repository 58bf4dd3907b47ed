"""Manifests that say on each line what must be found there."""

from pathlib import Path

import pytest
from judged import expected, found, lines

FOLDER = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_finding_points_at_its_line_and_there_is_no_other(path: Path) -> None:
    text = path.read_text("utf-8")
    assert expected(text)
    assert lines(found(text)) == expected(text)
