"""What is known of images and container names."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from podviz import assets
from podviz.pattern import pattern


class Facts(Struct, frozen=True, kw_only=True, eq=False):
    """Known images and words, each set by the name it has in the file of facts.

    `sidecars` are what images are for, with the names of those images; names with `*` are split
    there.
    """

    sidecars: tuple[tuple[str, frozenset[str], tuple[list[str], ...]], ...]
    modes: dict[str, dict[str, str]]
    words: dict[str, frozenset[str]]


_SETS = (
    *("helper_words", "product_words", "main_words", "helper_names", "front_words"),
    *("generic_words", "datastores", "caches", "apps", "toolboxes"),
)


@cache
def known(without: str | None = None) -> Facts:
    """The facts that come with podviz, perhaps `without` those learned from one project."""
    table = assets.images()
    learned = table["learned"]
    assert isinstance(learned, dict)
    dropped: dict[str, list[str]] = learned.get(without, {}) if without else {}
    sidecars = table["sidecars"]
    assert isinstance(sidecars, dict)
    known_for = []
    for purpose, alike in sidecars.items():
        kept = _kept(alike, dropped.get("sidecars", []))
        parts = tuple([name.split("*") for name in sorted(kept) if "*" in name])
        known_for.append((purpose, kept, parts))
    words = {name: _kept(table[name], dropped.get(name, [])) for name in _SETS}
    modes = table["modes"]
    assert isinstance(modes, dict)
    return Facts(sidecars=tuple(known_for), modes=modes, words=words)


def _kept(given: object, dropped: list[str]) -> frozenset[str]:
    assert isinstance(given, list)
    return frozenset(given) - frozenset(dropped)


@lru_cache(maxsize=4096)
def repository(image: str) -> tuple[str, str]:
    """The last two steps of an image's repository, and the last one, in lower case.

    `quay.io/linkerd/proxy:edge@sha256:…` → `linkerd/proxy`, `proxy`.
    """
    path = image.lower().partition("@")[0]
    *above, last = path.split("/")
    last = last.partition(":")[0]
    return "/".join([*above[-1:], last]), last


_VERSION = pattern(r"([a-z]+(?:-[a-z]+)*?)-?[0-9][0-9.]*(?:-(?:centos|rhel|ubi|el|fc|c)[0-9]+s?)*")


def names(image: str) -> Iterator[str]:
    """The names that an image is known by: the last step of its repository, the last two, and
    the last without a version in it (`mysql-80-c9s` is a mysql)."""
    pair, last = repository(image)
    yield from (last, pair)
    found = None if last.replace("-", "").isalpha() else _VERSION.fullmatch(last)
    if found:
        yield found[1]


def purpose(image: str | None, facts: Facts, argv: Sequence[str] = ()) -> str | None:
    """What a well-known sidecar's image is for (proxy, log, …); None for any other image.

    `argv` is the command line: with some first words a server's image runs as a helper, such as
    `vault agent`, in a script too.
    """
    if not image:
        return None
    name = repository(image)[1]
    for word, what in facts.modes.get(name, {}).items():
        if word in argv[:2] or any(f"{name} {word}" in given for given in argv):
            return what
    return _purpose(image, facts)


@lru_cache(maxsize=4096)
def _purpose(image: str, facts: Facts) -> str | None:
    for name in repository(image):
        for what, names, parts in facts.sidecars:
            if name in names or any(_is_like(name, part) for part in parts):
                return what
    return None


def _is_like(name: str, parts: list[str]) -> bool:
    """True for a name that begins with the first part and ends with the last, with the others
    one after the other in between."""
    head, *middle, tail = parts
    at, end = len(head), len(name) - len(tail)
    if at > end or not (name.startswith(head) and name.endswith(tail)):
        return False
    for part in middle:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def is_one_of(image: str | None, facts: Facts, *sets: str) -> bool:
    """True if the image is in one of the sets of facts."""
    if not image:
        return False
    return any(name in facts.words[each] for name in names(image) for each in sets)
