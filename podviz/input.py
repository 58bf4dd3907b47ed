"""One file as it comes in: its name, its bytes, and what they look like."""

import re

from msgspec import Struct

_SIGN = re.compile(rb"""^[ \t{,[-]*["']?(?:apiVersion|kind)["']?[ \t]*:""", re.MULTILINE)
_SPEC = re.compile(rb"""^["']?podviz["']?[ \t]*:""", re.MULTILINE)


class Input(Struct, frozen=True):
    """One file: what messages call it, and its bytes."""

    name: str
    data: bytes


def format_of(data: bytes) -> str | None:
    """`spec` or `manifest`, as the bytes look; None where they look like neither."""
    plain = data.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")  # UTF-16 with a BOM too
    if _SPEC.search(plain):
        return "spec"
    return "manifest" if _SIGN.search(plain) else None
