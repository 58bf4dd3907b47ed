"""podviz as a user starts it: a process of its own."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct

import podviz as package
from podviz import cli

ROOT = Path(package.__file__).parent.parent

SPEC = """\
podviz: 1
title: {ko: 두 컨테이너, en: Two containers}
pods:
  - name: web
    containers:
      - {name: app, image: "nginx:1.27", ports: [80]}
      - {name: logs, image: "fluent/fluent-bit:3.2", role: sidecar}
"""
TIED = """\
podviz: 1
title: A Service and its Pod
pods:
  - {name: web, labels: {app: web}, containers: [{name: app, ports: [80]}]}
services:
  - {name: web, selects: {app: web}, ports: [80]}
"""
BROKEN = """\
podviz: 1
title: A port that cannot be
pods:
  - {name: web, containers: [{name: app, ports: [0]}]}
"""
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""


class Ran(Struct, frozen=True, kw_only=True):
    """How a process ended and what it said."""

    status: int
    out: bytes
    err: str


class Run:
    """Carries out words in this process, which is quicker, and gives what was said."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *words: str | Path) -> Ran:
        status = cli.run([str(w) for w in words])
        said = self._capture.readouterr()
        return Ran(status=status, out=said.out, err=said.err.decode())


def environment(**changes: str | None) -> dict[str, str]:
    """The test's own environment with changes; None takes a variable away."""
    known = {**os.environ, "PYTHONPATH": str(ROOT), **changes}
    return {key: value for key, value in known.items() if value is not None}


def podviz(
    *words: str | Path, cwd: Path, stdin: bytes | int = b"", stdout: int = subprocess.PIPE,
    **changes: str | None,
) -> Ran:  # fmt: skip
    """Run podviz in a folder; keyword arguments change its environment."""
    given = {"stdin": stdin} if isinstance(stdin, int) else {"input": stdin}
    done = subprocess.run(
        [sys.executable, "-m", "podviz", *map(str, words)],
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(**changes),
        timeout=60,
        **given,
    )
    return Ran(status=done.returncode, out=done.stdout or b"", err=done.stderr.decode())


def by_shell(line: str, cwd: Path, **changes: str | None) -> Ran:
    """Run a line of the shell in which `podviz` is the command."""
    folder = command(cwd, "podviz", f'exec "{sys.executable}" -m podviz "$@"')
    path = f"{folder}:{os.environ.get('PATH', os.defpath)}"
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=cwd,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(PATH=path, **changes),
        timeout=60,
    )
    return Ran(status=done.returncode, out=done.stdout, err=done.stderr.decode())


def command(cwd: Path, name: str, line: str) -> Path:
    """The folder of commands that `by_shell` knows, with one more that runs this line."""
    folder = cwd / ".bin"
    folder.mkdir(exist_ok=True)
    script = folder / name
    script.write_text(f"#!/bin/sh\n{line}\n")
    script.chmod(0o755)
    return folder


def on_terminal(*words: str, cwd: Path, **changes: str | None) -> str:
    """What podviz says to stderr where that is a terminal."""
    return watched(*words, cwd=cwd, **changes).err


def watched(*words: str | Path, cwd: Path, **changes: str | None) -> Ran:
    """Run podviz in a folder with a terminal for its messages."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "podviz", *map(str, words)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(**{"TERM": "xterm", "NO_COLOR": None, "COLUMNS": "80", **changes}),
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    return Ran(status=process.wait(), out=b"", err=said.decode())


def files(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too, as sorted paths."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())
