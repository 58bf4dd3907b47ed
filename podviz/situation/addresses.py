"""Addresses that stand in texts, and whose they are."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from podviz.pattern import pattern

POD_RANGES = (IPv4Network("10.244.0.0/16"), IPv4Network("10.42.0.0/16"))
"""What kubeadm's and k3s' networks give to Pods unless told otherwise."""

SERVICE_RANGES = (IPv4Network("10.96.0.0/12"), IPv4Network("10.43.0.0/16"))

_ADDRESS = pattern(r"(?<![\w.-])(\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d|/\d)")
_RECORD = pattern(r"(?<![\w.-])(\d{1,3}(?:-\d{1,3}){3})\.[a-z0-9-]+\.pod(?![\w-])")
_RANGE_KEY = pattern(
    r"(?i)no_?-?proxy|cidr|range|subnet|netmask|network|allow|trusted|whitelist|blacklist|deny"
    r"|exclu|version|release|forwarded|source.?ip"
)


def is_range_key(name: str) -> bool:
    """True for a name whose value tells of ranges, exceptions or versions, not of a place to
    call."""
    return bool(_RANGE_KEY.search(name))


def names_address(words: str) -> bool:
    """True if anything in a text may be an address; asked of long texts first."""
    return "." in words and bool(_ADDRESS.search(words) or _RECORD.search(words))


def addresses(words: str) -> Iterator[tuple[str, IPv4Address]]:
    """Each address of a text as it stands there, A-records of Pods too."""
    if "." not in words:
        return
    for found in (*_ADDRESS.finditer(words), *_RECORD.finditer(words)):
        if words[found.end() : found.end() + 2] == " -":
            continue
        number = _address(found[1].replace("-", "."))
        if number and not (number.is_loopback or number.is_link_local or number.is_unspecified):
            yield found[1] if "-" not in found[1] else found[0], number


def _address(words: str) -> IPv4Address | None:
    try:
        return IPv4Address(words)
    except ValueError:
        return None


def network(words: str | None) -> tuple[IPv4Network, ...]:
    """A range as a spec or an option gives it; none for IPv6, and for what is no range."""
    try:
        return (IPv4Network(words or "", strict=False),)
    except ValueError:
        return ()


def lines(words: str) -> Iterator[str]:
    """The lines of a text that call something: no comments, no ranges, no exceptions."""
    for each in words.splitlines():
        stripped = each.strip()
        if not stripped or stripped.startswith(("#", "//", ";")):
            continue
        name = re.split(r"[:=\s]", stripped.lstrip("-\"' "), maxsplit=1)[0]
        if not is_range_key(name):
            yield stripped


def within(address: IPv4Address, ranges: tuple[IPv4Network, ...]) -> bool:
    return any(address in each for each in ranges)


_SAFE = "bcdf-hj-np-tv-xz2456789"
_GENERATED = pattern(rf"-([{_SAFE}]{{8,10}})-([{_SAFE}]{{5}})(?![\w-])")
"""The hash of a ReplicaSet and five letters behind it, in the safe alphabet of apimachinery."""

_BEFORE = pattern(r"[a-z0-9][a-z0-9-]{0,200}$")


def names_pod(words: str) -> bool:
    """True if anything in a text may be a generated name; asked of long texts first."""
    return "-" in words and bool(_GENERATED.search(words))


def generated_names(words: str) -> Iterator[str]:
    """Names of Pods that a Deployment generated."""
    if "-" not in words:
        return
    for found in _GENERATED.finditer(words):
        before = _BEFORE.search(words[max(0, found.start() - 200) : found.start()])
        if before and re.search(r"\d", found[1] + found[2]):
            yield before[0] + found[0]
