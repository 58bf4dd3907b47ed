"""How long the layout of one figure may take."""

import time
from dataclasses import dataclass, field
from math import inf

from podviz.errors import DeadlineError


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a layout must have ended: asked in every loop that a figure can make long.

    The clock decides whether there is a picture, never which: so all deadlines are equal.
    """

    seconds: float = field(default=inf, compare=False)
    end: float = field(default=inf, compare=False)
    """By `time.monotonic()`."""

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
