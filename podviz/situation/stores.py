"""Images that keep data, and the directories they keep it in."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from podviz import assets
from podviz.cluster.images import names, repository
from podviz.pattern import pattern
from podviz.pod import Container
from podviz.situation.commands import line, spoken


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
    found = next((_kept()[name] for name in names(container.image) if name in _kept()), None)
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
    program, *after = container.argv or ("",)
    program = program.rpartition("/")[2]
    if program in _SHELLS:
        return not any(_serves(*step) for step in _steps(line(container)))
    if not container.command:
        entry = repository(container.image or "")[1]
        return _asks(entry, program) or (_is_tool(program) and program != "mysql")
    return _is_tool(program) or _asks(program, *after[:1])


_SHELLS = frozenset(["sh", "bash", "ash", "dash", "zsh", "python", "python3", "perl"])
_TOOL = pattern(
    r"mysql(?!d)\w*|mariadb(-\w+)+|pg_(?!ctl\b|autoctl\b)\w+|mongo(?!d$)\w+|redis-(?!server|sentinel)\w+"
    r"|rabbitmq(ctl|admin|-diagnostics|-plugins|-queues)|kafka-(?!server-start)[-\w]+"
    r"|clickhouse-(?!server)\w+|etcdctl|etcdutl|cassandra-stress"
)


def _is_tool(program: str) -> bool:
    """True for a program that works on a database, or beside it."""
    name = program.removesuffix(".sh")
    return name in words("clients") or bool(_TOOL.fullmatch(name))


_WRAPPERS = frozenset(
    [
        "exec",
        "nohup",
        "sudo",
        "env",
        "then",
        "do",
        "else",
        "if",
        "time",
        "numactl",
        "tini",
        "dumb-init",
    ]
)
_OF_USER = frozenset(["gosu", "su-exec", "runuser", "chpst"])


def _steps(script: str) -> Iterator[list[str]]:
    """The commands of a shell's script, each without what only wraps it."""
    for step in re.split(r"[;&|\n()]+|\s-\w*c\s", script):
        said = deque(step.replace('"', " ").replace("'", " ").split())
        while said and (said[0] in _WRAPPERS | _OF_USER or said[0][0] == "-" or "=" in said[0]):
            if said.popleft() in _OF_USER and said:
                said.popleft()
        yield list(said)


def _serves(program: str = "", *after: str) -> bool:
    """True for the program of a server, unless its first argument makes a client of it."""
    name = program.rpartition("/")[2].removesuffix(".sh")
    if name in ("docker-entrypoint", "entrypoint"):
        return not after or not _is_tool(after[0])
    return name in words("servers") and not _asks(name, *after[:1])


def _asks(program: str, mode: str = "") -> bool:
    """True where a server's program is told to work as a client, such as `cockroach sql`."""
    modes = assets.images()["client_modes"]
    assert isinstance(modes, dict)
    return mode in modes.get(program, ())


def at_directory(path: str, directory: str) -> bool:
    """True where a mount at `path` holds the directory, or a part of it."""
    path, directory = path.rstrip("/") or "/", directory.rstrip("/")
    if path == "/":
        return False
    return path == directory or directory.startswith(f"{path}/") or path.startswith(f"{directory}/")
