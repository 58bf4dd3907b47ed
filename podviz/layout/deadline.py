"""How long the layout of one figure may take."""

import time
from math import inf

from msgspec import Struct

from podviz.errors import DeadlineError


class Deadline(Struct, frozen=True, eq=False):
    """When a layout must have ended: asked in every loop that a figure can make long.

    The clock decides whether there is a picture, never which: so all deadlines are equal.
    """

    seconds: float = inf
    end: float = inf
    """By `time.monotonic()`."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deadline)

    def __hash__(self) -> int:
        return hash(Deadline)

    @classmethod
    def of(cls, given: "float | Deadline") -> "Deadline":
        """So many seconds from now; one that runs already stays as it is."""
        if isinstance(given, Deadline):
            return given
        return cls(seconds=given, end=time.monotonic() + given)

    def ask(self) -> None:
        """Raises DeadlineError when the time is over."""
        if time.monotonic() >= self.end:
            raise self.passed()

    def left(self) -> float:
        """The seconds that remain, none when the time is over."""
        return max(0.0, self.end - time.monotonic())

    def passed(self) -> DeadlineError:
        return DeadlineError(
            f"the layout took longer than {self.seconds:g} s: draw fewer things at once,"
            " or allow more with `--deadline`"
        )


NEVER = Deadline()
"""For what takes no time worth asking for."""
