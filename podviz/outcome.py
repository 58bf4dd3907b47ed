"""What came of one input, in plain values: fit to be kept, or sent from one process to another."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from podviz.figure import Noted


class Made(Struct, frozen=True, kw_only=True):
    """One finished file: which figure of the input, in which language and format.

    `lang` is None where a figure has one language only; `frame` is the number of a story's frame,
    `play` for all in turn, None for the whole figure; `foreign` are characters that the
    bundled font cannot draw, `left_out` the paths of what this view has no place for, `findings`
    what is pinned. `digest` and `size` are those of the bytes, and known where `data` is not; there
    is a digest where something is kept.
    """

    name: str | None
    lang: str | None
    format: str
    data: bytes = b""
    digest: str = ""
    size: int = 0
    frame: str | None = None
    foreign: str = ""
    left_out: tuple[str, ...] = ()
    findings: "tuple[Noted, ...]" = ()


def digest(data: bytes) -> str:
    """What tells these bytes from all others."""
    from hashlib import sha256  # which many processors have an instruction for

    return sha256(data).hexdigest()[:32]


class Failure(Struct, frozen=True):
    """Why a file was not made: the exit status it calls for, and a sentence."""

    status: int
    text: str


class Outcome(Struct, frozen=True, kw_only=True):
    """The files of one input, and all that is said of it.

    `told` is the report of its findings, with the colours of a terminal; `notes` are what was
    done that a person may not expect; `wants` are files beside the input without which
    nothing could be done.
    """

    made: tuple[Made, ...] = ()
    told: str = ""
    notes: tuple[str, ...] = ()
    errors: tuple[Failure, ...] = ()
    status: int = 0
    wants: tuple[str, ...] = ()

    def digested(self) -> "Outcome":
        """The same, its files told from all others by their digests."""
        return replace(self, made=tuple([replace(m, digest=digest(m.data)) for m in self.made]))

    @property
    def figures(self) -> int:
        """How many pictures the files show, whatever their formats and their frames."""
        return len({(made.name, made.lang) for made in self.made})
