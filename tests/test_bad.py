"""Broken and hostile inputs, through real processes."""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from geometry import safety
from shell import Ran, files, watched

from podviz.options import FORMATS

BAD = Path(__file__).parents[2] / "shared" / "bad"
PWNED = "podviz-bad-pwned"
EMPTY = ("01", "02")
REFUSED = ("23", "32", "37")
DRAWN = ("21", "22")
COUNTED = {"25": 25, "26": 4, "28": 12, "33": 2, "34": 7, "35": 2000, "36": 1}
"""Number of a file → how many objects its JSON lists."""

SLOW = ("png", "pdf", "gif")  # a page a second, where there are thousands
SIGNS = {".png": b"\x89PNG", ".pdf": b"%PDF-", ".gif": b"GIF89a"}

pytestmark = pytest.mark.skipif(not BAD.is_dir(), reason="the hostile inputs are not there")


def rows() -> list[dict[str, str]]:
    if not BAD.is_dir():
        return []
    with (BAD / "EXPECT.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    made = [sys.executable, os.fspath(BAD / "make_bad.py"), os.fspath(folder / "bad")]
    subprocess.run(made, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"][:20])
def test_a_hostile_input_does_no_harm(row: dict[str, str], bad: Path) -> None:
    name = row["file"].rstrip("/")
    before = files(bad)
    formats = [f for f in FORMATS if name[:2] != "35" or f not in SLOW]
    words = ("-f", ",".join(formats), "--no-color", "-o", f"out/{name[:2]}")
    done = watched("render", f"bad/{name}", *words, cwd=bad)
    assert 0 <= done.status <= 4
    assert "Traceback" not in done.err
    assert "please report" not in done.err
    assert not re.search("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e]", done.err)
    made = bad / "out" / name[:2]
    new = set(files(bad)) - set(before)
    assert all(path.startswith(f"out/{name[:2]}/") for path in new)
    assert not list(Path(tempfile.gettempdir()).glob(f"{PWNED}*"))
    is_as_expected(name, row["class"], done, made)
    for path in (made / p for p in files(made)):
        is_whole(path)


def is_as_expected(name: str, kind: str, done: Ran, made: Path) -> None:
    number, drawn = name[:2], sorted(made.glob("*.svg"))
    if kind in ("not-text", "syntax", "template") or number in (*REFUSED, *EMPTY):
        assert done.status != 0
        assert name in done.err
    if number in EMPTY:
        assert files(made) == []
    if kind == "valid" or number in DRAWN:
        assert drawn
        assert done.status == (3 if number == "21" else 0)
    if number == "06":
        assert "given twice" in done.err
    if number in COUNTED:
        page = json.loads(min(made.glob("*.json"), key=lambda p: len(p.name)).read_bytes())
        assert len(page["objects"]) == COUNTED[number]


def is_whole(path: Path) -> None:
    """A file that was written is one of its format, without anything that could harm."""
    data = path.read_bytes()
    assert len(path.name.encode()) < 256
    if path.suffix == ".svg":
        as_text = "holds a javascript: address"  # as a name says it; every link is refused
        assert [flaw for flaw in safety(data) if flaw != as_text] == []
    elif path.suffix == ".json":
        json.loads(data)
    elif path.suffix in SIGNS:
        assert data.startswith(SIGNS[path.suffix])
    else:
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data)


def test_of_a_folder_with_all_of_them_each_is_told_and_the_good_are_drawn(bad: Path) -> None:
    done = watched("render", "bad", "--kind", "pod", "--no-color", "-o", "out/all", cwd=bad)
    assert done.status == 3
    assert "Traceback" not in done.err
    for number in ("03", "04", "05", "09", "20", "23", "32", "37"):
        assert f"bad/{number}-" in done.err, number
    assert files(bad / "out/all") != []
