"""A wheel built from the clone draws in a fresh environment, away from the clone."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from shell import ROOT, TIED

BARE = {"PATH": "/nowhere", "LANG": "C.UTF-8"}
"""No `dot`, no home folder."""


def call(*words: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(w) for w in words],
        cwd=cwd,
        capture_output=True,
        env=environment or None,
        timeout=170,
        text=True,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the clone, so that nothing is left in it."""
    clone = tmp_path_factory.mktemp("clone")
    for name in ("pyproject.toml", "README.md", "LICENSE", "constraints.txt"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, clone)
    shutil.copytree(ROOT / "podviz", clone / "podviz", ignore=shutil.ignore_patterns("__pycache__"))
    call(sys.executable, "-m", "build", "--wheel", "--outdir", clone / "dist", clone, cwd=clone)
    (built,) = (clone / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment in which only the wheel was installed."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    call(python, *pip, "--constraint", ROOT / "constraints.txt", wheel, cwd=folder)
    return python


def test_a_wheel_holds_the_package_with_its_files_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    ours = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "podviz").rglob("*")
        if p.is_file() and p.suffix != ".pyc"
    }
    assert held == ours


def test_a_wheel_draws_without_home_dot_or_fonts(python: Path, tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(TIED)
    command = python.parent / "podviz"
    for number, home in enumerate(({}, {"HOME": "/proc"})):
        words = ("render", "spec.yaml", "-o", f"out{number}/", "-f", "svg,png")
        call(command, *words, cwd=tmp_path, **BARE, **home)
    first, second = (
        [(tmp_path / f"out{number}" / f"spec.{end}").read_bytes() for end in ("svg", "png")]
        for number in (0, 1)
    )
    assert first == second
    assert first[0].startswith(b"<svg ")
    assert first[1].startswith(b"\x89PNG")


def test_a_wheel_draws_what_the_clone_draws(python: Path, tmp_path: Path) -> None:
    code = (
        "import podviz, sys; sys.stdout.write(podviz.__file__ + '\\n');"
        "sys.stdout.write(podviz.render(sys.argv[1]).decode())"
    )
    installed, _, there = call(python, "-c", code, TIED, cwd=tmp_path, **BARE).partition("\n")
    environment = {**BARE, "PYTHONPATH": str(ROOT), "HOME": os.environ.get("HOME", "/")}
    _, _, here = call(sys.executable, "-c", code, TIED, cwd=tmp_path, **environment).partition("\n")
    assert not installed.startswith(str(ROOT))
    assert there == here
