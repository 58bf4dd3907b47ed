"""What stops the trip.

PodvizError                     exit status
├── ExpectationError            1   a figure that does not show what it must
├── UsageError                  2   options or arguments that cannot be meant
├── InputError                  3   an input that cannot be read, or nothing to draw
│   └── SpecError               3   a spec with structural errors; carries its findings
├── DrawError                   4   a figure that could not be drawn
│   └── DeadlineError           4   a layout ran past its deadline
└── OutputError                 4   a file that could not be written
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from podviz.finding import Finding


class PodvizError(Exception):
    """Anything podviz says instead of a figure; `str()` is a sentence for a person."""

    status: ClassVar[int] = 4


class ExpectationError(PodvizError):
    """A figure lacks a finding that it expects, or has one that it does not expect."""

    status = 1


class UsageError(PodvizError):
    status = 2


class InputError(PodvizError):
    status = 3


class SpecError(InputError):
    """A spec that breaks its grammar; `findings` tells every mistake at its place."""

    def __init__(self, message: str, findings: Sequence["Finding"]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class DrawError(PodvizError):
    status = 4


class DeadlineError(DrawError):
    pass


class OutputError(PodvizError):
    status = 4
