"""Kubernetes quantities as numbers."""

import math

from podviz.pattern import pattern

_QUANTITY = pattern(r"([-+]?(?:\d+\.?\d*|\.\d+))([eE][-+]?\d{1,3}|[a-zA-Z]{0,2})")
_SUFFIXES = {
    "": 1.0,
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "P": 1e15,
    "E": 1e18,
    "Ki": 2.0**10,
    "Mi": 2.0**20,
    "Gi": 2.0**30,
    "Ti": 2.0**40,
    "Pi": 2.0**50,
    "Ei": 2.0**60,
}
_LONGEST = 40


def amount(words: str) -> float | None:
    """`500m`, `1.5Gi`, `1e3` as a number of cores or bytes; None for what is no quantity.

    https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
    """
    found = _QUANTITY.fullmatch(words) if len(words) <= _LONGEST else None
    if not found:
        return None
    number, suffix = found.groups()
    if suffix in _SUFFIXES:
        return _finite(float(number) * _SUFFIXES[suffix])
    return _finite(float(number + suffix)) if suffix[0] in "eE" and len(suffix) > 1 else None


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) and number >= 0 else None
