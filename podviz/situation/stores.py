"""Images that keep data, and the directories they keep it in."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from podviz import assets
from podviz.images import repository
from podviz.pattern import pattern
from podviz.pod import Container
from podviz.situation.commands import first_word, line, spoken


class Keeper(Struct, frozen=True, kw_only=True):
    """What a container keeps: `kind` is datastore, cache or content."""

    image: str
    kind: str
    directories: tuple[str, ...]


_TABLES = {
    "data_directories": "datastore",
    "cache_directories": "cache",
    "content_directories": "content",
}


@cache
def _kept() -> dict[str, Keeper]:
    found: dict[str, Keeper] = {}
    for table, kind in _TABLES.items():
        given = assets.images()[table]
        assert isinstance(given, dict)
        for image, directories in given.items():
            found[image] = Keeper(image=image, kind=kind, directories=tuple(directories))
    return found


@cache
def words(name: str) -> frozenset[str]:
    """A set of facts by its name: `clients`, `standalone`, `web_servers`, …"""
    given = assets.images()[name]
    assert isinstance(given, list)
    return frozenset(given)


_DIRECTORY = pattern(r"(?i)pgdata|data[_.-]?dir|dbpath|log[_.-]?dirs|path\.data")


def keeper(container: Container) -> Keeper | None:
    """What a container's image keeps; None for a client of it, and for any other image."""
    if not container.image:
        return None
    pair, last = repository(container.image)
    found = _kept().get(last) or _kept().get(pair)
    if found is None or is_client(container) or _keeps_nothing(container):
        return None
    own = tuple(_directories(container))
    return Keeper(image=found.image, kind=found.kind, directories=(*own, *found.directories))


def _keeps_nothing(container: Container) -> bool:
    """True for a node of Elasticsearch that says it holds no data."""
    said = {name.lower().replace("_", "."): value.lower() for name, value in container.env}
    return said.get("node.data") == "false"


def _directories(container: Container) -> Iterator[str]:
    """The directories that flags and variables name."""
    for _, name, given in spoken(container):
        if _DIRECTORY.search(name):
            path = given.rpartition("=")[2] if given.startswith("-") else given
            if path.startswith("/"):
                yield path.rstrip("/")


def is_client(container: Container) -> bool:
    """True for a container that runs a client or a shell instead of its image's server."""
    if not container.command:
        return first_word(container.args) in words("clients") - {"mysql"}
    if first_word(container.command) not in words("clients"):
        return False
    return not _servers().search(line(container))


@cache
def _servers() -> re.Pattern[str]:
    """The programs of servers, as whole words."""
    named = "|".join(re.escape(server) for server in sorted(words("servers")))
    return re.compile(rf"(?<![\w-])(?:{named})(?![\w-])")


def at_directory(path: str, directory: str) -> bool:
    """True where a mount at `path` holds the directory, or a part of it."""
    path, directory = path.rstrip("/") or "/", directory.rstrip("/")
    if path == "/":
        return False
    return path == directory or directory.startswith(f"{path}/") or path.startswith(f"{directory}/")
