"""What a command line tells: whether it ends, whom it calls."""

import re
from collections.abc import Iterable, Iterator

from podviz.meta import spot
from podviz.pattern import pattern
from podviz.place import Place
from podviz.pod import Container

MONTH = 30 * 24 * 3600
"""Seconds; whoever sleeps longer is taken to sleep for ever."""

_TAIL = pattern(r"\btail\b[^|;&\n]*\s(?:-[a-zA-Z0-9]*[fF]\b|--follow)[^|;&\n]*([|&]?)[^;\n]*")
_TAIL_ENDS = pattern(r"--pid|\btimeout\b|\bgrep\s+-\w*[mq]")
_SLEEP = pattern(r"\bsleep\s+(infinity|inf\b|[0-9.]+[smhd]?)", re.IGNORECASE)
_LOOP = pattern(
    r"\bwhile\s+(?:true|sleep\s+[^\s;&|]+\s*[;\n]|:|1|\[\s*(?:1|true|:)\s*\]|\[\[\s*(?:1|true)\s*\]\]|\(\(\s*1\s*\)\))"
    r"|\buntil\s+false\b|\bfor\s*\(\(\s*;\s*;\s*\)\)",
    re.IGNORECASE,
)
_LEAVES = pattern(r"\b(?:exit|break|return|exec|timeout|raise|kill)\b")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NULL = pattern(r"\btail\b.*\s/dev/null\b")


def line(container: Container) -> str:
    """Command and arguments in one line."""
    return " ".join(container.argv)


def endless(container: Container) -> str | None:
    """The words by which a command never ends; None where nothing says so."""
    words = line(container)
    tail = _TAIL.search(words)
    if tail and not _TAIL_ENDS.search(words) and not _goes_on(words[: tail.end()], tail[1]):
        return "tail -f"
    if any(_seconds(m[1]) >= MONTH for m in _SLEEP.finditer(words)):
        return "sleep infinity"
    loop = _LOOP.search(words)
    if loop and not _LEAVES.search(words, 0 if "()" in words else loop.end()):
        return loop[0].rstrip("; \n")
    return None


def _goes_on(words: str, sign: str) -> bool:
    """True where the shell does not wait for the command: a lone `&` behind it."""
    return sign == "&" and not words.rstrip().endswith("&&") and "wait" not in words


def _seconds(words: str) -> float:
    if words.lower().startswith("inf"):
        return float("inf")
    unit = _UNITS.get(words[-1].lower())
    number = words[:-1] if unit else words
    try:
        return float(number) * (unit or 1)
    except ValueError:
        return 0.0


def sleeps(words: str) -> float:
    """The seconds that a command line sleeps in all, without loops; 0 where it never does."""
    if "sleep" not in words.lower():
        return 0.0
    return sum(_seconds(m[1]) for m in _SLEEP.finditer(words))


_ONLY_SLEEPS = pattern(
    r"(?:(?:/bin/|/usr/bin/)?(?:ba|da|a)?sh\s+-\w*c\w*\s+(?:--\s+)?)?"
    r"(?:trap\s[^;]*;\s*)?"
    r"(?:(?:echo|printf)\s[^;&|]*(?:;|&&)\s*)*"
    r"(?:exec\s+)?"
    r"(?:sleep\s+\S+|tail\s+-[fF]\s+/dev/null|"
    r"while\s+(?:true|:)\s*;?\s*do\s+sleep\s+\S+\s*;?\s*done)"
    r"(?:\s*(?:;|&\s*wait|&&\s*wait)\s*(?:wait)?)?\s*;?"
)


def only_stays(container: Container) -> bool:
    """True for a command that does nothing but stay alive for an hour or more."""
    words = " ".join(line(container).replace("'", " ").replace('"', " ").split())
    if not words or not _ONLY_SLEEPS.fullmatch(words):
        return False
    return "while" in words or bool(_NULL.search(words)) or sleeps(words) >= 3600


# ── calls to localhost ──────────────────────────────────────────────────────────────────────

_HOST = r"(?:localhost\.?|127\.0\.0\.1|\[::1\])"
_LOCAL = pattern(
    rf"(?<![\w.-])(?:{_HOST}[:#]|/dev/tcp/(?:localhost|127\.0\.0\.1)/)([0-9]{{2,5}})(?![0-9.])",
    re.IGNORECASE,
)
_BARE = pattern(rf"(?<![\w-])([a-z]+)://(?:[^\s/@\"']*@)?{_HOST}(?=[/?\s\"',;]|$)", re.IGNORECASE)
_USUAL = {
    **dict.fromkeys(("postgres", "postgresql"), 5432),
    **dict.fromkeys(("mysql", "mariadb"), 3306),
    **dict.fromkeys(("redis", "valkey"), 6379),
    "mongodb": 27017,
    "amqp": 5672,
    "nats": 4222,
    "memcached": 11211,
    "ldap": 389,
}
"""The port of an address that names none, by its scheme."""

_WEB = {"http": 80, "https": 443}
_HOST_ALONE = pattern(r"(?:\w+://)?(?:localhost|127\.0\.0\.1|\[?::1\]?)/?", re.IGNORECASE)
_LISTENS = pattern(
    r"listen|bind|expose|advertise|cors|origin|redirect|callback|allow", re.IGNORECASE
)
_SHOWS = pattern(r"serve(?!r)|metrics|health|telemetry|pprof", re.IGNORECASE)
_FLAG = pattern(r"-{1,2}([A-Za-z][\w.-]*)=?")
_SPACED = pattern(
    r"(?<![\w.-])(?:localhost|127\.0\.0\.1)['\"]?\s+(?:-[pP]\s*|--port[= ])?([0-9]{2,5})(?![0-9.])"
)
_KEYED = pattern(
    r"(?<![\w.-])(?:localhost|127\.0\.0\.1)['\"]?\s{0,20}[,;]?\s{0,20}"
    r"['\"]?port['\"]?\s{0,20}[:=]\s{0,20}['\"]?([0-9]{2,5})"
)
"""`host: localhost` with `port: 9000` behind it, as files of settings have it."""

_HEREDOC = pattern(r"<<-?\s*['\"]?(\w+)['\"]?(.*?)^\s*\1\s*$", re.DOTALL | re.MULTILINE)
_SAYS = pattern(r"\b(?:echo|printf|tee|sed|envsubst|cat)\b")


def local_ports(words: str) -> frozenset[int]:
    """The ports of localhost that a text names."""
    if "local" not in words and "127" not in words and "::1" not in words:
        return frozenset()
    said = (int(found[1]) for found in _everywhere(words))
    usual = _BARE.finditer(words) if "://" in words else ()
    return frozenset((*said, *filter(None, (_USUAL.get(found[1].lower()) for found in usual))))


def _everywhere(words: str) -> Iterator[re.Match[str]]:
    for form in (_LOCAL, _SPACED, _KEYED):
        yield from form.finditer(words)


def web_ports(container: Container) -> frozenset[int]:
    """80 or 443 for each address of localhost that variables and arguments give without a port."""
    return frozenset().union(*(_web_ports(words) for _, _, words in spoken(container)))


def _web_ports(words: str) -> frozenset[int]:
    """80 or 443 of a web address without a port. A variable often holds one that nobody calls,
    a command does not."""
    if "://" not in words:
        return frozenset()
    named = (_WEB.get(found[1].lower()) for found in _BARE.finditer(words))
    return frozenset(filter(None, named))


def spoken(container: Container) -> Iterator[tuple[str, str, str]]:
    """Each variable and argument: where it stands (`env.NAME`, `args.2`), its name or flag, its
    text."""
    for name, value in container.env:
        yield f"env.{name}", name, value
    for field, words in (("command", container.command), ("args", container.args)):
        flag = ""
        for i, word in enumerate(words):
            given = _FLAG.match(word)
            yield f"{field}.{i}", given[1] if given else flag, word
            flag = given[1] if given and "=" not in word else ""


def standing(container: Container, field: str) -> Place | None:
    """Where a variable or argument stands, or at least the list that it is in."""
    return spot(container.places, field, field.partition(".")[0])


def calls(container: Container) -> Iterator[tuple[int, str]]:
    """Each port of localhost that a container calls, and the field that says so.

    Where it listens itself, or writes a file that names the port, it does not call.
    """
    alone = None
    for field, name, words in spoken(container):
        if _is_own(name, words):
            continue
        ports = _called(words)
        if not field.startswith("env.") and not _SAYS.search(words):
            ports |= _web_ports(words)
        for port in sorted(ports):
            yield port, field
        if _HOST_ALONE.fullmatch(words.strip()):
            alone = alone or (name, field)
    if alone:
        yield from _beside(container, *alone)


def _is_own(name: str, words: str) -> bool:
    """True for an address at which a container itself is found, or which it lets in."""
    return bool(_LISTENS.search(name) or ("://" not in words and _SHOWS.search(name)))


def _called(words: str) -> frozenset[int]:
    """The ports that a value or a script calls, without what the script only writes down."""
    if "local" not in words and "127" not in words and "::1" not in words:
        return frozenset()
    if "\n" not in words and ";" not in words and "&&" not in words:
        return local_ports(words) if not _SAYS.match(words) else frozenset()
    steps = re.split(r"\n|;|&&|\|\|", _HEREDOC.sub("", words))
    return frozenset().union(*(local_ports(step) for step in steps if not _SAYS.search(step)))


def _beside(container: Container, host: str, field: str) -> Iterator[tuple[int, str]]:
    """`DB_HOST: localhost` beside `DB_PORT: "5432"`, `nc -z localhost 5432` word by word."""
    stem = re.split(r"(?i)[_.-]?(?:host|hostname|addr|address|server|url)\b", host)[0].lower()
    for _, name, words in spoken(container):
        value = words.partition("=")[2] if "=" in words else words
        if name.lower().startswith(stem) and "port" in name.lower() and value.isdecimal():
            yield int(value[:6]), field
    for given in (container.command, container.args):
        found = _SPACED.search(" ".join(given)) if len(given) > 1 else None
        if found:
            yield int(found[1]), field


def names_localhost(container: Container) -> bool:
    """True where a variable or argument is nothing but the host `localhost`."""
    return any(
        _HOST_ALONE.fullmatch(words.rpartition("=")[2].strip())
        for _, name, words in spoken(container)
        if not _is_own(name, words)
    )


def first_word(words: Iterable[str]) -> str:
    """The program of a command, without its folder."""
    return next(iter(words), "").rpartition("/")[2]
