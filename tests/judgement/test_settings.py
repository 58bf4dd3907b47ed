"""What a file of settings says, and how its mistakes are told."""

from pathlib import Path

import pytest

from podviz.errors import InputError, UsageError
from podviz.finding import Severity
from podviz.judgement.settings import Settings, is_version, nearest, read
from podviz.judgement.tomlplace import locate

FULL = """\
select = ["POD1", "port-conflict"]
ignore = ["POD308"]
sets = ["design", "operations"]
kubernetes = "1.33"
pod-cidr = "10.0.0.0/8"
service-cidr = "10.96.0.0/12"
sidecar-images = ["team/proxy", "*-agent"]
fail-on = "error"
lang = "ko"

[per-file-ignores]
"tests/*" = ["POD401"]
"old.yaml" = ["POD201", "POD101"]

[severities]
POD201 = "warning"
independent-services = "info"
"""


def said(text: str, table: tuple[str, ...] = ()) -> str:
    with pytest.raises(UsageError) as stop:
        read(text.encode(), "podviz.toml", table)
    return str(stop.value)


def test_every_key_is_read() -> None:
    assert read(FULL.encode(), "podviz.toml") == Settings(
        select=("POD1", "port-conflict"),
        ignore=("POD308",),
        per_file_ignores=(("tests/*", ("POD401",)), ("old.yaml", ("POD201", "POD101"))),
        severities=(("POD201", Severity.WARNING), ("POD101", Severity.INFO)),
        sets=("design", "operations"),
        kubernetes="1.33",
        pod_cidr="10.0.0.0/8",
        service_cidr="10.96.0.0/12",
        sidecar_images=("team/proxy", "*-agent"),
        fail_on="error",
        lang="ko",
    )


def test_an_empty_file_says_nothing() -> None:
    assert read(b"", "podviz.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('slect = ["POD1"]', "1:1: unknown key 'slect' (did you mean 'select'?)"),
        ('\n\n  fail_on = "error"', "3:3: unknown key 'fail_on' (did you mean 'fail-on'?)"),
        ('select = "POD1"', "1:1: 'select' must be a list of texts, not text"),
        ("ignore = [201]", "1:1: 'ignore' must be a list of texts, not a list with a number"),
        ('a = 1\nselect = ["POD1"]', "1:1: unknown key 'a'"),
        ("kubernetes = 1.30", "1:1: 'kubernetes' must be a version as text, such as \"1.33\", "
                              "not a number"),
        ('kubernetes = "new"', "1:14: 'kubernetes' must be a version"),
        ('pod-cidr = "10.0.0.0/33"', "1:12: 'pod-cidr' must be a range of addresses such as "),
        ("pod-cidr = true", "1:1: 'pod-cidr' must be a range of addresses such as "
                            "10.244.0.0/16, not true or false"),
        ('fail-on = "warn"', "1:11: 'fail-on' must be one of error, warning, info, never, not "
                             "'warn' (did you mean 'warning'?)"),
        ("lang = 3", "1:1: 'lang' must be text, not a number"),
        ('sets = [\n  "design",\n  "operation",\n]', "3:3: 'sets' must be one of design, "
                                                   "operations, not 'operation' (did you mean"),
        ('select = [\n  "POD1",\n  "prot-conflict"]', "3:3: there is no rule 'prot-conflict' "
                                                     "(did you mean 'port-conflict'?)"),
        ("severities = 1", "1:1: 'severities' must be a table, not a number"),
        ("severities = 2020-01-01", "1:1: 'severities' must be a table, not a date or time"),
        ('[severities]\nPOD201 = "warn"', "2:10: 'POD201' must be one of error, warning, info, "
                                          "not 'warn'"),
        ('[severities]\nPODX = "info"', "2:1: there is no rule 'PODX'"),
        ('severities.PODX = "info"', "1:12: there is no rule 'PODX'"),
        ('severities = {PODX = "info"}', "1:15: there is no rule 'PODX'"),
        ('[per-file-ignores]\n"a/*" = ["PODX"]', "2:10: there is no rule 'PODX'"),
        ('[per-file-ignores]\n"a/*" = 1', "2:1: 'a/*' must be a list of texts, not a number"),
        ("[sevrities]\n", "1:2: unknown key 'sevrities' (did you mean 'severities'?)"),
        ("a = 1\nb = 2\nc = 3", "1:1: unknown key 'a' (and 2 more)"),
        ("a = = 1", "1:5: invalid value"),
        ("a = [", " invalid value (at end of document)"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(text: str, told: str) -> None:
    assert said(text).startswith(f"podviz.toml:{told}")


def test_a_mistake_in_pyproject_is_told_in_its_table() -> None:
    text = "[project]\nselect = 1\n\n[tool.podviz]\nselect = 1\n"
    assert said(text, ("tool", "podviz")).startswith("podviz.toml:5:1: 'select'")
    nested = '[tool.podviz.severities]\nPOD201 = "bad"\n'
    assert said(nested, ("tool", "podviz")).startswith("podviz.toml:2:10: 'POD201'")
    assert said("[tool]\npodviz = 1\n", ("tool", "podviz")).startswith(
        "podviz.toml:2:1: must be a table, not a number"
    )


def test_what_is_not_utf_8_is_told() -> None:
    with pytest.raises(UsageError, match="not UTF-8 text"):
        read(b"a = '\xff'", "podviz.toml")


# ── where they are ──────────────────────────────────────────────────────────────────────────


def put(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def test_the_nearest_folder_upwards_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    put(tmp_path, "podviz.toml", 'lang = "ko"')
    put(deep, "pyproject.toml", "[tool.ruff]\nlint = 1\n")
    assert (nearest(deep).lang, nearest(deep).folder) == ("ko", tmp_path)
    put(tmp_path / "a", "pyproject.toml", '[tool.podviz]\nfail-on = "info"\n')
    assert (nearest(deep).lang, nearest(deep).fail_on) == ("en", "info")
    put(tmp_path / "a", "podviz.toml", 'fail-on = "never"')
    assert nearest(deep).fail_on == "never"


def test_a_mistake_above_is_named_by_its_whole_path(tmp_path: Path) -> None:
    put(tmp_path, "podviz.toml", "a = 1")
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError) as stop:
        nearest(tmp_path / "b")
    assert str(stop.value).startswith(f"{tmp_path}/podviz.toml:1:1: unknown key 'a'")
    with pytest.raises(UsageError) as stop:
        nearest(tmp_path)
    assert str(stop.value).startswith("podviz.toml:1:1: ")


def test_a_broken_pyproject_of_others_is_left_to_them(tmp_path: Path) -> None:
    put(tmp_path / "a", "pyproject.toml", "[[[")
    put(tmp_path, "podviz.toml", 'lang = "ko"')
    assert nearest(tmp_path / "a").lang == "ko"


def test_settings_that_are_too_large_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "podviz.toml", "#" * 1_000_001)
    with pytest.raises(InputError, match="1,000,001 bytes"):
        nearest(tmp_path)


# ── what they mean ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        ("tests/a.yaml", {"POD401"}),
        ("tests/deep/a.yaml", {"POD401"}),
        ("old.yaml", {"POD201", "POD101"}),
        ("deep/old.yaml", {"POD201", "POD101"}),
        ("tests/old.yaml", {"POD401", "POD201", "POD101"}),
        ("a.yaml", set()),
        ("../outside.yaml", set()),
        ("<stdin>", set()),
    ],
)
def test_patterns_fit_paths_below_the_folder_and_names_anywhere(
    file: str, codes: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "podviz.toml", FULL)
    assert nearest(tmp_path).ignored_in(file) == codes


@pytest.mark.parametrize("words", ["1.33", "v1.29.3"])
def test_versions_of_kubernetes(words: str) -> None:
    assert is_version(words)


@pytest.mark.parametrize("words", ["", "1", "1.33.x", "latest", "1.33\n"])
def test_what_is_no_version_of_kubernetes(words: str) -> None:
    assert not is_version(words)


def test_keys_are_found_in_quotes_and_in_later_tables() -> None:
    text = "[a]\n\"x y\" = 1\n[b]\n'x y' = {q = 1}\n"
    assert locate(text, ("a", "x y")) == (2, 1)
    assert locate(text, ("b", "x y", "q")) == (4, 10)
    assert locate(text, ("c", "z")) == (1, 1)
