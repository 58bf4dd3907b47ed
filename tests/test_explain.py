"""podviz explain and podviz rules: what is known of a rule."""

import json
import os
from pathlib import Path

import pytest
from shell import Ran
from shell import podviz as started

from podviz import cli
from podviz.errors import UsageError
from podviz.explanation import WIDTH, explain
from podviz.judgement import catalogue
from podviz.shelf import every_rule, find_rule
from podviz.text import cells


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> "Run":
    return Run(capfdbinary)


class Run:
    """Carries out words in this process, which is quicker."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *words: str) -> Ran:
        status = cli.run(words)
        said = self._capture.readouterr()
        return Ran(status=status, out=said.out, err=said.err.decode())


# ── explain ─────────────────────────────────────────────────────────────────────────────────


def test_a_rule_is_explained_with_examples_as_text_and_sketch(tmp_path: Path) -> None:
    done = started("explain", "POD201", cwd=tmp_path)
    said = done.out.decode()
    assert (done.status, done.err) == (0, "")
    assert said.startswith("POD201 port-conflict (error, design)\n")
    heads = ["Why:", "Lecture:", "Bad:", "What podviz says:", "Good:", "What to do:", "Docs:"]
    assert [line for line in said.splitlines() if line in heads] == heads
    assert "    kind: Deployment\n" in said
    assert "├─ app" in said
    assert "Deployment/a: 'envoy' and 'app' both listen on 8080/TCP" in said
    assert "https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking" in said


def test_names_and_lower_case_are_understood(run: Run) -> None:
    first = run("explain", "POD201").out
    assert first == run("explain", "port-conflict").out == run("explain", "pod201").out


def test_korean_is_explained_in_korean(run: Run) -> None:
    said = run("explain", "POD201", "--lang", "ko").out.decode()
    assert said.startswith("POD201 port-conflict (error, 설계)\n")
    for head in ("이유:", "강의:", "나쁜 예:", "좋은 예:", "고치기:", "문서:"):
        assert f"\n{head}\n" in said
    assert "같은 포트 8080/TCP를 사용합니다" in said


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("entry", catalogue.entries(), ids=lambda entry: entry.code)
def test_every_rule_is_explained_with_what_it_says_of_its_own_example(
    entry: catalogue.Entry, lang: str
) -> None:
    rule = find_rule(entry.code)
    said = explain(entry, rule, lang)
    head = {"en": "What podviz says:", "ko": "podviz가 하는 말:"}[lang]
    assert (head in said) == (rule is not None)
    assert "please report it" not in said
    prose = [line for line in said.splitlines() if not line.startswith("    ")]
    assert all(cells(line) <= WIDTH or len(line.split()) < 3 for line in prose if "§" not in line)
    assert all(line == line.rstrip() for line in said.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("explain POD2O1", "there is no rule 'POD2O1' (did you mean 'POD201'?)"),
        ("explain prot-conflict", "(did you mean 'port-conflict'?)"),
        ("explain", "name a RULE by its code or name"),
        ("explain POD201 --lang kr", "lang must be one of ko, en"),
        ("rules --format tabel", "not 'tabel' (did you mean 'table'?)"),
        ("rules --sets desing", "not 'desing' (did you mean 'design'?)"),
        ("rules --lang de", "lang must be one of ko, en"),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(words: str, said: str, run: Run) -> None:
    done = run(*words.split())
    assert (done.status, done.out) == (2, b"")
    assert said in done.err
    assert done.err.count("\n") == 1


# ── rules ───────────────────────────────────────────────────────────────────────────────────


def test_the_table_has_a_line_for_every_code(run: Run) -> None:
    lines = run("rules").out.decode().splitlines()
    assert [line.split()[:2] for line in lines] == [[e.code, e.name] for e in catalogue.entries()]
    assert len(lines) > len(every_rule())
    only = run("rules", "--sets", "design").out.decode().splitlines()
    assert [line.split()[0] for line in only] == [
        e.code for e in catalogue.entries() if e.set == "design"
    ]


def test_json_has_all_that_is_known(run: Run) -> None:
    told = json.loads(run("rules", "--format", "json", "--lang", "ko").out)
    (clash,) = [entry for entry in told if entry["code"] == "POD201"]
    assert set(clash) == {
        "code", "name", "severity", "set", "says", "why", "fix", "lecture", "docs",
    }  # fmt: skip
    assert "같은 포트" in clash["says"]
    assert "{" not in clash["says"] + clash["fix"]


def test_markdown_is_a_table_with_links(run: Run) -> None:
    lines = run("rules", "--format", "markdown").out.decode().splitlines()
    assert lines[:2] == ["| code | name | severity | set | says |", "|---|---|---|---|---|"]
    assert any(line.startswith("| [POD201](https://kubernetes.io/docs/") for line in lines)
    assert {line.replace("\\|", "").count("|") for line in lines} == {6}


@pytest.mark.parametrize("words", ["explain POD201", "rules", "check spec.yaml --format json"])
def test_a_full_stdout_is_told(words: str, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no full device")
    (tmp_path / "spec.yaml").write_text(find_rule("POD103").bad)  # type: ignore[union-attr]
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = started(*words.split(), cwd=tmp_path, stdout=full)
    finally:
        os.close(full)
    assert done.status == 4
    assert "podviz: stdout: no space left on device" in done.err


# ── what words stand for ────────────────────────────────────────────────────────────────────


def test_beginnings_stand_for_many_codes() -> None:
    assert catalogue.named("POD2") == {c for c in catalogue.codes().values() if c[:4] == "POD2"}
    assert catalogue.named("pod20") >= {"POD201", "POD202"}
    assert catalogue.named("POD") == set(catalogue.codes().values())
    assert catalogue.named("port-conflict") == {"POD201"}
    with pytest.raises(UsageError, match="there is no rule 'POD99'"):
        catalogue.named("POD99")


def test_sets_bound_what_is_looked_for_unless_a_code_is_named() -> None:
    design = catalogue.chosen(("design",))
    assert {"POD001", "POD090", "POD201"} <= design
    both = catalogue.chosen(("design", "operations"))
    assert design <= both
    assert catalogue.chosen(("design",), ("POD2",), ("POD202",)) == {
        code for code in catalogue.named("POD2") if code in design and code != "POD202"
    }
    for code in both - design:
        assert catalogue.chosen(("design",), (code,)) == {code}


def test_every_code_has_one_name_and_words_in_both_languages() -> None:
    entries = catalogue.entries()
    assert len({entry.name for entry in entries}) == len(entries)
    for entry in entries:
        for text in (entry.says, entry.why):
            assert text.ko.strip()
            assert text.en.strip()
            assert not catalogue._ARGUMENT.search(entry.says.en)
