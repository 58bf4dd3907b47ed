"""Sends mutated manifests and specs through the whole trip.

    python tools/fuzz.py [COUNT [SEED]]     20,000 documents, and other ones each time

Status 1: a document made podviz fail or hang; the smallest such document is shown.
"""

import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fuzzing import Hung, documents, orders, survives  # noqa: E402 - found by the path above
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402

from podviz.pipeline import Order  # noqa: E402

MANY = 20_000
SHARE = 1_000
"""Documents of one search: a search remembers what it sent, and slows down."""


def main(words: list[str]) -> int:
    """Status of a run with the count and the seed that the words name."""
    if len(words) > 2 or not all(word.isdigit() for word in words):
        print("usage: fuzz.py [COUNT [SEED]]", file=sys.stderr)  # noqa: T201 - said to a person
        return 2
    count = int(words[0]) if words else MANY
    first = int(words[1]) if len(words) == 2 else random.randrange(10**6)
    started, sent = time.monotonic(), 0
    while sent < count:
        share = min(SHARE, count - sent)
        found = failing(share, first + sent)
        if found:
            print(f"seed {first + sent}: {found}")  # noqa: T201 - the result
            return 1
        sent += share
    seconds = time.monotonic() - started
    print(f"{count:,} mutated documents: none failed, seed {first}, {seconds:.0f} s")  # noqa: T201
    return 0


def failing(count: int, start: int) -> str | None:
    """The smallest of so many documents that fails, and how; None where all is well."""
    last: list[tuple[bytes, Order]] = []

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(), orders)
    def search(data: bytes, order: Order) -> None:
        last[:] = [(data, order)]
        survives(data, order)

    try:
        search()
    except (Exception, Hung) as error:
        data, order = last[0]
        causes = error.exceptions if isinstance(error, ExceptionGroup) else (error,)
        told = "\n".join(f"{type(cause).__name__}: {cause}" for cause in causes)
        return f"{told}\n{order}\n{data!r}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
