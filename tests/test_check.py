"""podviz check as a user starts it."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from junit import invalid
from shell import BROKEN, ROOT, SPEC, TIED, Ran, environment, files
from shell import podviz as started

from podviz import cli
from podviz.finding import Finding
from podviz.model import Cluster

CLASH = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: app, image: "x/app:1", ports: [{containerPort: 8080}]}
        - name: proxy
          image: envoyproxy/envoy:v1.31
          ports: [{containerPort: 8080}]
"""
ALONE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""
JOB = """\
podviz: 1
title: A Job with a container that never ends
controllers:
  - kind: Job
    name: load
    pod:
      restart: Never
      containers:
        - {name: load, image: "team/load:1"}
        - {name: watch, image: "team/watcher:1"}
"""
POD201 = "clash.yaml:13:35: error[POD201] port-conflict:"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "tied.yaml").write_text(TIED)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    (tmp_path / "clash.yaml").write_text(CLASH)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> "Run":
    return Run(capfdbinary)


class Run:
    """Carries out `podviz check` in this process, which is quicker."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *words: str | Path) -> Ran:
        status = cli.run(["check", *map(str, words)])
        said = self._capture.readouterr()
        return Ran(status=status, out=said.out, err=said.err.decode())

    def codes(self, *words: str | Path) -> list[str]:
        """The codes that are told, in order."""
        out = self(*words, "--format", "concise").out.decode()
        return [line.partition("[")[2].partition("]")[0] for line in out.splitlines()]


# ── what is told where ──────────────────────────────────────────────────────────────────────


def test_findings_are_data_and_the_sum_is_for_people(here: Path) -> None:
    done = started("check", "clash.yaml", cwd=here)
    assert done.status == 1
    assert f"\n{POD201} Deployment/web: 'app' and 'proxy' both" in done.out.decode()
    assert "\n13 |           ports: [{containerPort: 8080}]\n" in done.out.decode()
    assert "\n   = see: clash.yaml:10:" in done.out.decode()
    assert done.err == "podviz: 1 error, 1 note in 1 file\n"


def test_nothing_found_is_silence_on_stdout(here: Path) -> None:
    done = started("check", "tied.yaml", "spec.yaml", cwd=here)
    assert (done.status, done.out) == (0, b"")
    assert done.err == "podviz: nothing found in 2 files\n"


def test_korean_is_told_in_korean(run: Run, here: Path) -> None:
    assert "같은 포트 8080/TCP를 사용합니다" in run("clash.yaml", "--lang", "ko").out.decode()


@pytest.mark.parametrize("format", ["json", "sarif", "junit", "github", "concise", "text"])
def test_every_form_is_told_on_stdout_or_into_a_file(format: str, run: Run, here: Path) -> None:
    shown = run("clash.yaml", "--format", format)
    kept = run("clash.yaml", "--format", format, "-o", "report")
    assert (shown.status, kept.status) == (1, 1)
    assert shown.out == (here / "report").read_bytes() != b""
    assert format != "junit" or not invalid(shown.out.decode())
    assert kept.out == b""
    assert shown.err == kept.err


def test_json_of_a_finding_tells_all_of_it(run: Run, here: Path) -> None:
    told = json.loads(run("clash.yaml", "--format", "json", "--select", "POD201").out)
    (finding,) = told["findings"]
    assert finding["object"] == "Deployment/web"
    assert finding["element"].startswith("Deployment/web/pod/proxy")
    assert (finding["line"], finding["column"], finding["end"]) == (13, 35, 39)
    assert finding["args"]["x"] == "8080/TCP"
    assert told["files"] == ["clash.yaml"]


def test_the_same_input_gives_the_same_report(run: Run, here: Path) -> None:
    first, second = (run(".", "--format", "sarif").out for _ in range(2))
    assert first == second


# ── statuses ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("tied.yaml", 0),
        ("clash.yaml", 1),
        ("clash.yaml --fail-on error", 1),
        ("clash.yaml --fail-on never", 0),
        ("clash.yaml --select POD308", 0),
        ("clash.yaml --select POD308 --fail-on info", 1),
        ("clash.yaml --ignore POD201", 0),
        ("broken.yaml", 3),
        ("broken.yaml --fail-on never", 3),
        ("broken.yaml --ignore POD0 --select POD201", 3),
        ("broken.yaml clash.yaml tied.yaml", 3),
        ("missing.yaml clash.yaml", 3),
        ("missing.yaml tied.yaml --fail-on never", 3),
        (".", 3),
    ],
)
def test_the_worst_status_wins(words: str, status: int, run: Run, here: Path) -> None:
    assert run(*words.split()).status == status


def test_one_bad_input_stops_no_other(run: Run, here: Path) -> None:
    done = run("broken.yaml", "missing.yaml", "clash.yaml", "--format", "concise")
    assert [line.split(":")[0] for line in done.out.decode().splitlines()] == [
        "broken.yaml",
        "clash.yaml",
        "clash.yaml",
    ]
    assert "podviz: missing.yaml: no such file or folder" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "name at least one PATH"),
        ("tied.yaml --format jsn", "not 'jsn' (did you mean 'json'?)"),
        ("tied.yaml --fail-on warn", "not 'warn' (did you mean 'warning'?)"),
        ("tied.yaml --lang kr", "lang must be one of ko, en, not 'kr'"),
        ("tied.yaml --sets desing", "not 'desing' (did you mean 'design'?)"),
        ("tied.yaml --select prot-conflict", "'prot-conflict' (did you mean 'port-conflict'?)"),
        ("tied.yaml --ignore POD2O1", "there is no rule 'POD2O1' (did you mean 'POD201'?)"),
        ("tied.yaml --select ,", "select names nothing"),
        ("tied.yaml --kubernetes new", "kubernetes must be a version such as 1.33, not 'new'"),
        ("tied.yaml -o .", "-o .: name a file, or - for stdout"),
        ("tied.yaml -o tied.yaml", "-o tied.yaml: this is an input"),
        ("tied.yaml --selct POD2", "--select"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(
    words: str, said: str, run: Run, here: Path
) -> None:
    done = run(*words.split())
    assert (done.status, done.out) == (2, b"")
    assert said in done.err
    assert (here / "tied.yaml").read_text() == TIED


def test_a_report_that_cannot_be_written_is_told(run: Run, here: Path) -> None:
    done = run("tied.yaml", "-o", "tied.yaml/report")
    assert done.status == 4
    assert "tied.yaml is not a folder" in done.err


# ── inputs ──────────────────────────────────────────────────────────────────────────────────


def test_a_report_may_go_to_an_open_file_or_a_device(here: Path) -> None:
    for name in ("/dev/stdout", "/dev/fd/1"):
        done = started("check", "clash.yaml", "--format", "concise", "-o", name, cwd=here)
        assert done.status == 1
        assert POD201 in done.out.decode()
    assert started("check", "clash.yaml", "-o", os.devnull, cwd=here).out == b""
    assert Path(os.devnull).is_char_device()
    assert Path("/dev/stdout").is_symlink()


def test_stdin_is_checked(here: Path) -> None:
    done = started("check", "-", "--format", "concise", cwd=here, stdin=CLASH.encode())
    assert done.status == 1
    assert "<stdin>:13:35: error[POD201]" in done.out.decode()


def test_a_folder_of_manifests_is_one_cluster(run: Run, here: Path) -> None:
    apart = here / "apart"
    apart.mkdir()
    (apart / "service.yaml").write_text(ALONE.replace("8080", "http"))
    (apart / "web.yaml").write_text(CLASH)
    codes = run.codes("apart", "--select", "POD6")
    assert "POD604" not in codes
    told = json.loads(run("apart/service.yaml", "apart/web.yaml", "--format", "json").out)
    together = json.loads(run("apart", "--format", "json").out)
    assert told["findings"] == together["findings"]


def test_a_file_that_is_named_twice_is_checked_once(run: Run, here: Path) -> None:
    told = json.loads(run("clash.yaml", ".", "./clash.yaml", "--format", "json").out)
    assert [file for file in told["files"] if "clash" in file] == ["clash.yaml"]


def test_of_a_folder_what_is_neither_spec_nor_manifest_is_left_out(run: Run, here: Path) -> None:
    folder = here / "mixed"
    folder.mkdir()
    (folder / "package.json").write_text('{"name": "x"}')
    (folder / "empty.yaml").write_text("# nothing\n")
    assert run("mixed").status == 3
    (folder / "clash.yaml").write_text(CLASH)
    done = run("mixed", "--select", "POD101")
    assert done.status == 0
    assert (
        "left out, as neither spec nor manifest: mixed/empty.yaml, mixed/package.json" in done.err
    )
    assert run("mixed/package.json").status == 3
    assert run("mixed/empty.yaml").err == (
        "podviz: mixed/empty.yaml: nothing to check, the file is empty\n"
    )


def test_limits_are_those_of_render(run: Run, here: Path) -> None:
    (here / "large.yaml").write_text("#" * 1_000_001)
    assert "more than the limit of 1,000,000" in run("large.yaml", "--max-size", "1").err
    (here / "deep.yaml").write_text("[" * 9 + "]" * 9)
    assert "nested more than 5 levels" in run("deep.yaml", "--max-depth", "5").out.decode()


# ── suppression ─────────────────────────────────────────────────────────────────────────────


def spared(here: Path, comment: str) -> Path:
    """The clash with a comment above the container that clashes."""
    path = here / "spared.yaml"
    path.write_text(
        CLASH.replace("        - name: proxy", f"        {comment}\n        - name: proxy")
    )
    return path


def test_a_suppressed_finding_counts_nowhere_but_is_on_record(run: Run, here: Path) -> None:
    path = spared(here, "# podviz: ignore[POD201] one of them sleeps")
    done = run(path.name, "--select", "POD201", "--fail-on", "info")
    assert (done.status, done.out) == (0, b"")
    assert done.err == "podviz: nothing found in 1 file, 1 suppressed\n"
    told = json.loads(run(path.name, "--select", "POD201", "--format", "json").out)
    assert [f["suppressed"] for f in told["findings"]] == ["one of them sleeps"]
    log = json.loads(run(path.name, "--select", "POD201", "--format", "sarif").out)
    (result,) = log["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "one of them sleeps"


def test_an_idle_suppression_is_told(run: Run, here: Path) -> None:
    path = spared(here, "# podviz: ignore[POD401] by habit")
    assert run.codes(path.name, "--ignore", "POD201,POD308") == ["POD090"]
    assert run.codes(path.name, "--select", "POD2") == ["POD201"]
    assert run.codes(path.name, "--ignore", "POD201,POD308,POD090") == []


def test_of_a_file_that_could_not_be_read_whole_no_suppression_is_idle(
    run: Run, here: Path
) -> None:
    (here / "broken.yaml").write_text(f"# podviz: file-ignore[POD201] later\n{BROKEN}")
    assert run.codes("broken.yaml") == ["POD008"]


# ── settings ────────────────────────────────────────────────────────────────────────────────


def test_settings_count_and_the_command_line_outweighs_them(run: Run, here: Path) -> None:
    (here / "podviz.toml").write_text('select = ["POD308"]\nfail-on = "info"\nlang = "ko"\n')
    done = run("clash.yaml", "--format", "concise")
    assert done.status == 1
    assert "POD201" not in done.out.decode()
    assert "일반 컨테이너" in done.out.decode()
    assert run.codes("clash.yaml", "--select", "POD201") == ["POD201"]
    assert run("clash.yaml", "--fail-on", "never").status == 0
    assert b"ordinary container" in run("clash.yaml", "--lang", "en").out


def test_settings_above_count_too(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "pyproject.toml").write_text('[tool.podviz]\nignore = ["POD201", "POD308"]\n')
    (here / "deep").mkdir()
    monkeypatch.chdir(here / "deep")
    assert run("../clash.yaml").status == 0


def test_severities_and_patterns_of_paths(run: Run, here: Path) -> None:
    (here / "podviz.toml").write_text('[severities]\nPOD201 = "info"\nPOD308 = "warning"\n')
    done = run("clash.yaml", "--format", "concise")
    assert "info[POD201]" in done.out.decode()
    assert "warning[POD308]" in done.out.decode()
    (here / "podviz.toml").write_text('[per-file-ignores]\n"cl*.yaml" = ["POD"]\n')
    assert run.codes("clash.yaml") == []


def test_what_breaks_an_input_is_beyond_settings(run: Run, here: Path) -> None:
    (here / "podviz.toml").write_text(
        'ignore = ["POD0"]\n[severities]\nPOD008 = "info"\n[per-file-ignores]\n"*" = ["POD"]\n'
    )
    done = run("broken.yaml", "--format", "concise")
    assert done.status == 3
    assert "error[POD008]" in done.out.decode()


def test_a_mistake_in_the_settings_is_wrong_usage(run: Run, here: Path) -> None:
    (here / "podviz.toml").write_text('lang = "ko"\nslect = []\n')
    done = run("clash.yaml")
    assert (done.status, done.out) == (2, b"")
    assert done.err == "podviz: podviz.toml:2:1: unknown key 'slect' (did you mean 'select'?)\n"


def test_settings_that_are_nested_too_deep_are_refused(run: Run, here: Path) -> None:
    (here / "podviz.toml").write_text(f"ignore = {'[' * 5000}")
    done = run("clash.yaml")
    assert (done.status, done.err) == (2, "podviz: podviz.toml: nested too deep\n")


def test_an_empty_path_is_wrong_usage(run: Run, here: Path) -> None:
    assert run("").status == 2


def test_a_version_of_kubernetes_may_be_meant(run: Run, here: Path) -> None:
    mesh = '{name: mesh, image: "x/mesh:1", restartPolicy: Always}'
    native = CLASH.replace("  containers:", f"  initContainers: [{mesh}]\n      containers:")
    (here / "native.yaml").write_text(native)
    assert run.codes("native.yaml", "--select", "POD304") == []
    assert run.codes("native.yaml", "--select", "POD304", "--kubernetes", "1.28") == ["POD304"]
    (here / "podviz.toml").write_text('kubernetes = "1.28"\n')
    assert run.codes("native.yaml", "--select", "POD304") == ["POD304"]
    assert run.codes("native.yaml", "--select", "POD304", "--kubernetes", "1.33") == []


def test_a_team_may_know_sidecars_of_its_own(run: Run, here: Path) -> None:
    (here / "job.yaml").write_text(JOB)
    assert run.codes("job.yaml", "--select", "POD302") == []
    (here / "podviz.toml").write_text('sidecar-images = ["team/watcher"]\n')
    assert run.codes("job.yaml", "--select", "POD302") == ["POD302"]


# ── terminals and pipes ─────────────────────────────────────────────────────────────────────


def on_terminal(here: Path, *words: str, **changes: str | None) -> str:
    """What a terminal at stdout is shown."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "podviz", "check", *words],
            cwd=here, stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env=environment(NO_COLOR=None, TERM="xterm") | {k: v for k, v in changes.items() if v},
            check=False, timeout=60,
        )  # fmt: skip
        return os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_terminal_is_coloured_unless_it_must_not_be(here: Path) -> None:
    assert "\x1b[1;31merror[POD201]" in on_terminal(here, "clash.yaml")
    assert "\x1b" not in on_terminal(here, "clash.yaml", "--no-color")
    assert "\x1b" not in on_terminal(here, "clash.yaml", NO_COLOR="1")
    assert "\x1b" not in on_terminal(here, "clash.yaml", "--format", "concise")


def test_names_of_files_never_steer_the_terminal(run: Run, here: Path) -> None:
    name = "a\x1b[31m\n::error::.yaml"
    (here / name).write_text(CLASH)
    for format in ("text", "concise", "github", "junit"):
        out = run(name, "--format", format).out.decode()
        assert "\x1b" not in out
        assert not any(line.startswith("::error::") for line in out.splitlines())
        assert format != "junit" or not invalid(out)


def test_nothing_else_is_written(run: Run, here: Path) -> None:
    before = files(here)
    run(".")
    assert files(here) == before


def test_what_was_not_foreseen_is_told_and_stops_no_other(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(cluster: Cluster, **_: object) -> tuple[Finding, ...]:
        if cluster.own:
            raise ZeroDivisionError("oh")
        return ()

    monkeypatch.setattr("podviz.judgement.judging.judge", judge)
    done = run("tied.yaml", "clash.yaml", "--format", "json")
    assert done.status == 4
    assert "podviz: tied.yaml: podviz failed (ZeroDivisionError: oh" in done.err
    assert "Traceback" not in done.err
    assert json.loads(done.out)["files"] == ["tied.yaml", "clash.yaml"]


# ── the README ──────────────────────────────────────────────────────────────────────────────

BLOCKS = re.findall(r"```(\w*)\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


def test_the_manifest_of_the_readme_is_told_as_it_says(run: Run, here: Path) -> None:
    (here / "shop.yaml").write_text(next(b for _, b in BLOCKS if b.startswith("apiVersion:")))
    told = next(b for _, b in BLOCKS if b.startswith("shop.yaml:"))
    assert run("shop.yaml", "--select", "POD201").out.decode() == told


def test_the_settings_of_the_readme_are_settings(run: Run, here: Path) -> None:
    (here / "podviz.toml").write_text(next(b for form, b in BLOCKS if form == "toml"))
    assert run("clash.yaml").status == 1


# ── what a spec expects ─────────────────────────────────────────────────────────────────────


def test_an_expectation_that_is_not_met_fails(run: Run, here: Path) -> None:
    expecting = SPEC.replace("podviz: 1\n", "podviz: 1\nexpect: [POD201]\n")
    (here / "hopes.yaml").write_text(expecting)
    done = run("hopes.yaml", "--fail-on", "never")
    assert done.status == 1
    assert "hopes.yaml:1:1: the figure expects POD201, and nothing in it is so" in done.err
    assert json.loads(run("hopes.yaml", "--format", "json").out)["errors"]
    assert run("hopes.yaml", "--select", "POD7").status == 0  # POD201 was not looked for
