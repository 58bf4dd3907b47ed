"""Results go where they belong, and nowhere else."""

from pathlib import Path

import pytest

from podviz.errors import OutputError, UsageError
from podviz.intake import Unit
from podviz.outbox import Outbox, Target
from podviz.outcome import Made

UNIT = Unit(name="a/b.yaml", path=Path("a/b.yaml"), stem=Path("a/b"))


def made(name: str | None = None, lang: str | None = None, data: bytes = b"x") -> Made:
    return Made(name=name, lang=lang, format="svg", data=data)


def placed(name: str | None) -> str:
    path = Target(folder=Path("out")).path(UNIT, made(name))
    return str(path)


def test_a_path_mirrors_the_input_and_names_figure_and_language() -> None:
    target = Target(folder=Path("out"))
    assert target.path(UNIT, made()) == Path("out/a/b.svg")
    assert target.path(UNIT, made("panel", "ko")) == Path("out/a/b-panel.ko.svg")
    assert Target(file=Path("x.svg")).path(UNIT, made()) == Path("x.svg")
    assert Target().path(UNIT, made()) is None


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../x", "out/a/b--..-x.svg"),
        ("/etc/passwd", "out/a/b--etc-passwd.svg"),
        ("..", "out/a/b--.svg"),
        ("C:\\x", "out/a/b-C--x.svg"),
        ("a\x00b\nc\x1bd", "out/a/b-a-b-c-d.svg"),
        ("\udcff", "out/a/b--.svg"),
        ("그림 하나", "out/a/b-그림 하나.svg"),
    ],
)
def test_a_name_of_a_figure_leads_to_no_other_folder(name: str, path: str) -> None:
    assert placed(name) == path


def test_long_names_are_cut_in_the_middle_and_stay_apart() -> None:
    first, second = (Path(placed("가" * 150 + end + "나" * 50)).name for end in "ab")
    assert first != second
    assert first.startswith("b-가가")
    assert first.endswith("나나.svg")
    assert len(first.encode()) < 250


def test_each_path_is_taken_once(tmp_path: Path) -> None:
    outbox = Outbox(Target(folder=tmp_path), [UNIT], check=False)
    other = Unit(name="c/b.yaml", path=None, stem=UNIT.stem)
    assert outbox.put(UNIT, made()) == (tmp_path / "a" / "b.svg", True)
    with pytest.raises(UsageError, match=r"^a/b.yaml and c/b.yaml both make .*/a/b\.svg$"):
        outbox.put(other, made(data=b"other"))
    with pytest.raises(UsageError, match=r"^two figures of a/b.yaml both make"):
        outbox.put(UNIT, made(data=b"other"))
    assert (tmp_path / "a" / "b.svg").read_bytes() == b"x"


def test_equal_bytes_are_not_written_again(tmp_path: Path) -> None:
    target = Target(folder=tmp_path)
    path = tmp_path / "a" / "b.svg"
    Outbox(target, [UNIT], check=False).put(UNIT, made())
    before = path.stat()
    assert Outbox(target, [UNIT], check=False).put(UNIT, made()) == (path, False)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_checking_writes_nothing(tmp_path: Path) -> None:
    outbox = Outbox(Target(folder=tmp_path / "out"), [UNIT], check=True)
    assert outbox.put(UNIT, made()) == (tmp_path / "out" / "a" / "b.svg", True)
    assert list(tmp_path.iterdir()) == []


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "b.svg"
    path.write_bytes(b"mine")
    (tmp_path / "link").symlink_to(path)
    unit = Unit(name="link", path=tmp_path / "link", stem=Path("b"))
    with pytest.raises(UsageError, match=r"b\.svg is the input link: name another output folder"):
        Outbox(Target(folder=tmp_path), [unit], check=False).put(unit, made())
    assert path.read_bytes() == b"mine"


def test_no_link_leads_out_of_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"a/b\.svg: a link leads out of the folder .*/out$"):
        Outbox(Target(folder=tmp_path / "out"), [UNIT], check=False).put(UNIT, made())
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    Outbox(Target(folder=tmp_path / "out"), [UNIT], check=False).put(UNIT, made())
    assert (tmp_path / "real" / "a" / "b.svg").read_bytes() == b"x"


@pytest.mark.parametrize("check", [True, False])
def test_a_file_for_a_folder_is_in_the_way_whether_checked_or_not(
    tmp_path: Path, check: bool
) -> None:
    (tmp_path / "out").write_text("a file")
    outbox = Outbox(Target(folder=tmp_path / "out"), [UNIT], check=check)
    with pytest.raises(OutputError, match="is not a folder"):
        outbox.put(UNIT, made())


def test_an_input_that_holds_the_bytes_already_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"x")
    unit = Unit(name="a.json", path=path, stem=Path("a"))
    outbox = Outbox(Target(file=path), [unit], check=False)
    assert outbox.put(unit, made()) == (path, False)
    with pytest.raises(UsageError, match=r"is the input a\.json"):
        Outbox(Target(file=path), [unit], check=False).put(unit, made(data=b"y"))
