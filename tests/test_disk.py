"""Files are read within bounds and written whole."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from podviz import disk
from podviz.errors import InputError, OutputError


def test_a_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"12345")
    assert disk.read(path, "a.yaml", 5) == b"12345"
    with pytest.raises(InputError, match=r"^a.yaml: 5 bytes are more than the limit of 4 \(see --"):
        disk.read(path, "a.yaml", 4)


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    disk.write(tmp_path / "a" / "b" / "c.svg", b"x")
    assert (tmp_path / "a" / "b" / "c.svg").read_bytes() == b"x"


def test_a_new_file_has_the_mode_that_the_user_wants_for_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        disk.write(tmp_path / "a.svg", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.svg").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(b"old")
    path.chmod(0o604)
    disk.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_link_is_replaced_and_what_it_names_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / "a.svg").symlink_to(mine)
    disk.write(tmp_path / "a.svg", b"x")
    assert mine.read_text() == "mine"
    assert not (tmp_path / "a.svg").is_symlink()


def test_an_interrupted_write_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(b"old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("podviz.disk.os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        disk.write(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.svg"]
    assert path.read_bytes() == b"old"


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    for path in (tmp_path / "a" / "b.svg", tmp_path / "a" / "b" / "c.svg"):
        with pytest.raises(OutputError) as caught:
            disk.write(path, b"x")
        assert str(caught.value) == f"{path}: {tmp_path}/a is not a folder"


def test_a_file_holds_its_own_bytes_only(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    assert not disk.holds(path, b"x")
    path.write_bytes(b"x")
    assert disk.holds(path, b"x")
    assert not disk.holds(path, b"y")
    assert not disk.holds(path, b"xx")


def test_what_is_no_file_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(OutputError, match=r"a\.svg: a folder is in the way$"):
        disk.holds(tmp_path / "a.svg", b"x")


def test_a_device_takes_the_bytes_and_stays_what_it_is(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    path = Path(os.ttyname(theirs))
    (tmp_path / "link").symlink_to(path)
    disk.write(path, b"one")
    disk.write(tmp_path / "link", b"two")
    came = b""
    while len(came) < len(b"onetwo"):  # a terminal may hand over the one before the other
        came += os.read(ours, 100)
    assert came == b"onetwo"
    assert path.is_char_device()
    assert (tmp_path / "link").is_symlink()
    os.close(ours)
    os.close(theirs)


def test_an_open_file_that_a_shell_hands_over_takes_the_bytes(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as file:
        (tmp_path / "out").symlink_to(f"/proc/self/fd/{file.fileno()}")  # as /dev/stdout is
        disk.write(Path(f"/dev/fd/{file.fileno()}"), b"one ")
        disk.write(tmp_path / "out", b"two")
    assert (tmp_path / "log").read_bytes() == b"one two"
    assert (tmp_path / "out").is_symlink()


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(OutputError, match=r"a\.svg: a folder is in the way$"):
        disk.write(tmp_path / "a.svg", b"x")


def test_a_file_is_the_same_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c").write_text("a")
    assert disk.identity(tmp_path / "a") == disk.identity(tmp_path / "b")
    assert disk.identity(tmp_path / "a") != disk.identity(tmp_path / "c")
    assert disk.identity(tmp_path / "d") is None


def test_what_a_killed_run_left_is_tidied(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    long_ago = (1, 1)
    for name, times in (
        (f".podviz-{ended.pid}-a", long_ago),
        (f".podviz-{ended.pid}-b", None),  # may be of another machine, that writes it now
        (f".podviz-{os.getpid()}-c", long_ago),
        (".podviz-mine", long_ago),
        ("a.svg", long_ago),
    ):
        (tmp_path / name).write_text("half")
        os.utime(tmp_path / name, times)
    disk.tidy(tmp_path)
    disk.tidy(tmp_path / "nowhere")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *sorted([f".podviz-{ended.pid}-b", f".podviz-{os.getpid()}-c", ".podviz-mine"]),
        "a.svg",
    ]


# ── what was written before ─────────────────────────────────────────────────────────────────


def test_only_a_file_of_its_size_is_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    with pytest.raises(FileNotFoundError):
        disk.content(path, 1)
    path.write_bytes(b"x")
    assert disk.content(path, 1) == b"x"
    assert disk.content(path, 2) is None
    os.mkfifo(tmp_path / "pipe")
    assert disk.content(tmp_path / "pipe", 1) is None  # nobody writes into it: it is not read
