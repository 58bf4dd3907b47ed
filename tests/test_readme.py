"""Every command of the README does what the README says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
MANIFEST = (ROOT / "examples" / "shop" / "shop.yaml").read_bytes()
COMMANDS = [
    line.split("#")[0].strip()
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
    if line.strip()
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the specs of the repository, as a reader has who cloned it."""
    path = tmp_path_factory.mktemp("readme")
    for name in ("specs", "examples"):
        shutil.copytree(ROOT / name, path / name)
    return path


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    before, pipe, command = command.rpartition(" | ")  # kubectl and helm need a cluster, a chart
    assert before.startswith(("kubectl ", "helm ")) == bool(pipe)
    words = shlex.split(command)
    assert words[0] == "podviz"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "podviz", *words[1:]],
        cwd=folder,
        env=environment,
        input=MANIFEST if pipe else b"",
        capture_output=True,
        check=False,
    )


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 8


def test_every_command_works_in_the_order_of_the_readme(folder: Path) -> None:
    for command in COMMANDS:
        if command.startswith("make "):
            target = command.split()[1]
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE), command
            continue
        done = run(command, folder)
        assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"
    made = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    for name in ("output/web.en.svg", "output/web.ko.svg", "nodes.png", "figures/09-2-team.ko.svg"):
        assert name in made


def test_the_readme_installs_from_a_clone() -> None:
    assert set(re.findall(r"pip install ([^`\s]+)", README)) == {"."}
    assert (ROOT / "pyproject.toml").is_file()


def test_the_spec_of_the_readme_gives_its_sketch(tmp_path: Path) -> None:
    spec = next(block for language, block in BLOCKS if language == "yaml")
    sketch = next(block for language, block in BLOCKS if "[ Pod web ]" in block)
    (tmp_path / "web.yaml").write_text(spec, encoding="utf-8")
    done = run("podviz render web.yaml --lang en -f txt -o -", tmp_path)
    assert done.returncode == 0
    assert sketch in done.stdout.decode()


def test_the_mistake_of_the_readme_is_told_as_it_says(tmp_path: Path) -> None:
    told = next(block for _, block in BLOCKS if "error[POD004]" in block)
    spec = next(block for language, block in BLOCKS if language == "yaml")
    spoilt = spec.replace("role: sidecar", "role: sidcar")
    (tmp_path / "web.yaml").write_text(spoilt, encoding="utf-8")
    done = run("podviz render web.yaml", tmp_path)
    assert done.returncode == 3
    assert done.stderr.decode().startswith(told)


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    spec = next(block for language, block in BLOCKS if language == "yaml")
    (tmp_path / "web.yaml").write_text(spec, encoding="utf-8")
    code = next(block for language, block in BLOCKS if language == "python")
    done = subprocess.run(
        [sys.executable, "-c", code + "\nassert svg.startswith(b'<svg') and len(sheets) == 1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("link", re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
def test_every_picture_of_the_readme_is_there(link: str) -> None:
    assert (ROOT / link).is_file()
