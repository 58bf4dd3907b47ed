"""The bench says what it lacks before it measures anything."""

import subprocess
import sys

import pytest
from shell import ROOT, environment


def bench(*words: str, **changes: str) -> tuple[int, str]:
    script = str(ROOT / "tools" / "bench.py")
    done = subprocess.run(
        [sys.executable, script, *words], capture_output=True, env=environment(**changes)
    )
    assert done.stdout == b""
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("words", [(), ("--quick",)])
def test_without_graphviz_the_bench_names_its_package_and_stops(words: tuple[str, ...]) -> None:
    said = "bench: missing: dot, a program of the package graphviz\n"
    assert bench(*words, PATH="/nowhere") == (2, said)


def test_an_unknown_word_is_refused() -> None:
    assert bench("--fast") == (2, "usage: bench.py [--quick]\n")
