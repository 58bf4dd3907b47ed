"""What a bench measures: processes run in turns, and the ratio of two of them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent
PODVIZ = (sys.executable, "-m", "podviz")


class Run(Struct, frozen=True, kw_only=True):
    """One process: how long it took in seconds, and the most memory that it held in MB."""

    seconds: float
    memory: float


class Row(Struct, frozen=True, kw_only=True):
    """One line of the table; without a bound it is only told."""

    what: str
    ours: str
    theirs: str
    ratio: float
    bound: float | None = None
    goal: str = ""

    def is_met(self) -> bool:
        return self.bound is None or self.ratio <= self.bound

    def __str__(self) -> str:
        asked = self.goal if self.bound is None else f"at most {self.bound:g}"
        verdict = "" if self.is_met() else "   NOT MET"
        return f"{self.what:<74}{self.ours:>9}{self.theirs:>9}{self.ratio:>8.2f}   {asked}{verdict}"


def run(*words: str | Path, folder: Path, cache: Path | None = None) -> Run:
    """Run a process to its end; stop the bench if it fails. Without a `cache`, podviz keeps
    nothing and finds nothing."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PODVIZ_CACHE_DIR": str(cache or "")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has been compiled
    with (folder / "said").open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(w) for w in words], cwd=folder, stdout=said, stderr=said, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {words} failed:\n{(folder / 'said').read_text()}")
    kilo = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(seconds=seconds, memory=usage.ru_maxrss / kilo)


def in_turns(turns: int, *steps: Callable[[], Run]) -> list[float]:
    """The median seconds of each step, all of them run one after the other in each turn."""
    for step in steps:
        step()  # fills the caches of the disk
    runs = [[step().seconds for step in steps] for _ in range(turns)]
    return [median(column) for column in zip(*runs, strict=True)]


def size(picture: Path) -> tuple[float, float]:
    """Width and height of an SVG, in points."""
    box = ElementTree.parse(picture).getroot().get("viewBox", "0 0 1 1")
    wide, high = (float(n) for n in box.split()[2:])
    return wide, high


def ratio(picture: Path) -> float:
    """Width : height of an SVG."""
    wide, high = size(picture)
    return wide / high


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"


def compare(what: str, ours: float, theirs: float, bound: float | None, goal: str = "") -> Row:
    ratio = ours / theirs
    return Row(what=what, ours=ms(ours), theirs=ms(theirs), ratio=ratio, bound=bound, goal=goal)
