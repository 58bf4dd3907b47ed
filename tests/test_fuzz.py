"""Five hundred mutated documents, always the same."""

import subprocess
import sys
import threading

import fuzzing
import pytest
from fuzzing import Hung, documents, orders, patience, survives
from hypothesis import HealthCheck, given, settings
from shell import ROOT, environment

from podviz.order import Order


@settings(
    derandomize=True,
    deadline=None,
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(documents(), orders)
def test_a_mutated_document_is_drawn_or_told(data: bytes, order: Order) -> None:
    survives(data, order)


def test_a_document_that_hangs_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "STANDSTILL", 0.01)
    with pytest.raises(Hung), patience():
        threading.Event().wait(5)


def test_a_document_that_takes_too_much_work_would_be_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fuzzing, "PATIENCE", 0.05)
    with pytest.raises(Hung), patience():
        work_for_ever()


def work_for_ever() -> None:
    while True:
        pass


def test_the_fuzzer_says_how_many_it_sent() -> None:
    script = str(ROOT / "tools" / "fuzz.py")
    words = [sys.executable, script, "30", "7"]  # always the same, as above
    done = subprocess.run(words, capture_output=True, env=environment(), check=True)
    assert done.stdout.decode().startswith("30 mutated documents: none failed, seed 7")
