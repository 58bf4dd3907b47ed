"""The pixels of a PNG, read without any library."""

import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise

SIGNATURE = b"\x89PNG\r\n\x1a\n"

Row = list[tuple[int, ...]]


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert png.startswith(SIGNATURE)
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def rows(png: bytes) -> list[Row]:
    """The pixels row by row, each as its channels."""
    wide, high = size(png)
    depth, colour = png[24], png[25]
    assert depth == 8
    channels = {2: 3, 6: 4}[colour]
    data = zlib.decompress(b"".join(body for kind, body in _chunks(png) if kind == b"IDAT"))
    step = wide * channels + 1
    above = bytearray(wide * channels)
    result = []
    for start in range(0, high * step, step):
        line = _unfiltered(data[start], bytearray(data[start + 1 : start + step]), above, channels)
        cuts = range(0, len(line) + 1, channels)
        result.append([tuple(line[a:b]) for a, b in pairwise(cuts)])
        above = line
    return result


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(filter: int, line: bytearray, above: bytearray, channels: int) -> bytearray:
    """https://www.w3.org/TR/png-3/#9Filters"""
    for i in range(len(line)):
        left = line[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        line[i] = (line[i] + _guess(filter, left, above[i], corner)) % 256
    return line


def _guess(filter: int, left: int, up: int, corner: int) -> int:
    if filter == 4:
        near = left + up - corner
        return min((left, up, corner), key=lambda c: abs(near - c))
    return (0, left, up, (left + up) // 2)[filter]
