"""What the end of a link means: a thing, a port, an address."""

from msgspec import Struct

from podviz.pattern import pattern
from podviz.readers.spec.names import CONTROLLERS, Names

_PORT = pattern(r"(.+):([0-9]{1,5})")
_LOCAL = pattern(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::([0-9]{1,5}))?")
_SPEAKERS = ("Pod", *CONTROLLERS, "Container", "Ingress", "Service")
_SPOKEN_TO = ("Service", "Pod", *CONTROLLERS, "Container", "Ingress")


class End(Struct, frozen=True, kw_only=True):
    """A model path or an address, and the port that was named with a path."""

    path: str
    port: int | None = None


def find_end(words: str, names: Names, *, spoken_to: bool) -> End | None:
    """What `words` mean; None for a name that nothing bears.

    Where two things share a name, a Service is spoken to and a Pod speaks.
    """
    path = _path(words, names, spoken_to)
    if path:
        return End(path=path)
    split = _PORT.fullmatch(words)
    if split:
        path = _path(split[1], names, spoken_to)
        if path:
            return End(path=path, port=int(split[2]))
    return End(path=words) if is_address(words) else None


def is_address(words: str) -> bool:
    """True for what can only be outside: it holds a `.`, is an IPv6 address or localhost."""
    return "." in words or words.count(":") > 1 or _LOCAL.fullmatch(words) is not None


def _path(words: str, names: Names, spoken_to: bool) -> str | None:
    named = names.named.get(words)
    if not named:
        return names.paths.get(words)
    order = _SPOKEN_TO if spoken_to else _SPEAKERS
    return min(named, key=lambda t: order.index(t.kind) if t.kind in order else 99).path


def end_names(names: Names) -> list[str]:
    """All that the end of a link may be called, to suggest from."""
    inside = [f"{t.name.text}/{c.name.text}" for t in names.things for c in t.containers]
    return [*(thing.name.text for thing in names.things), *inside]


def at_home(end: End, tail: End, names: Names) -> End:
    """`localhost:PORT` from within a Pod → the Pod's other container that declares the port."""
    local = _LOCAL.fullmatch(end.path)
    if not local or not local[1]:
        return end
    port = int(local[1])
    for thing in names.things:
        homes = [thing.path, *(inside.path for inside in thing.containers)]
        if tail.path in homes:
            for inside in thing.containers:
                if port in inside.ports and inside.path != tail.path:
                    return End(path=inside.path, port=port)
    return end
