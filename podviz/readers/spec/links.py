"""Links that lead nowhere, or back to where they begin."""

from collections.abc import Iterator

from podviz.finding import Finding
from podviz.place import Place
from podviz.readers.spec import flaws
from podviz.readers.spec.ends import End, at_home, end_names, find_end
from podviz.readers.spec.names import Names, items, service_ports, text
from podviz.source.tree import Mapping, Node
from podviz.text import Text


def lost(root: Mapping, names: Names) -> Iterator[Finding]:
    """What is wrong with the links of a spec, each mistake at the end that has it."""
    for link in items(root, "links"):
        if isinstance(link, Mapping):
            yield from _link(link, names)


def _link(link: Mapping, names: Names) -> Iterator[Finding]:
    tail, head = (_end(link.get(key), names, key) for key in ("from", "to"))
    for key, end in (("from", tail), ("to", head)):
        node = link.get(key)
        if node is None or not text(node):
            continue
        if end is None:
            yield _dangling(node, key, names)
        else:
            yield from _closed(node.place, end, names)
    target = link.get("to")
    if tail and head and target is not None:
        yield from _loop(target.place, tail, at_home(head, tail, names), names)


def _end(node: Node | None, names: Names, key: str) -> End | None:
    """What an end of a link means; None for what leads nowhere or is no end at all."""
    if isinstance(node, Mapping):
        address = text(node.get("address"))
        return End(path=address) if address else None
    return find_end(text(node) or "", names, spoken_to=key == "to") if text(node) else None


_OUTSIDE = Text(
    "그림 밖의 것이라면 {{address: '{name}'}}로 쓰세요",
    "for something outside the figure write {{address: '{name}'}}",
)


def _dangling(node: Node, key: str, names: Names) -> Finding:
    words = text(node) or ""
    help = _OUTSIDE.format(name=flaws.short(words))
    return flaws.dangling(node.place, key, words, end_names(names), help)


def _closed(place: Place, end: End, names: Names) -> Iterator[Finding]:
    """A finding where a Service is spoken to at a port that it does not have."""
    kind, _, name = end.path.partition("/")
    if kind != "Service" or end.port is None:
        return
    known = service_ports(s for s in names.named.get(name, ()) if s.kind == "Service")
    if known and str(end.port) not in known:
        yield flaws.closed(place, name, end.port, known)


def _loop(place: Place, tail: End, head: End, names: Names) -> Iterator[Finding]:
    """A finding for a link between a thing and itself, or something inside it."""
    around, inside = sorted((tail.path, head.path), key=len)
    if around == inside:
        message = Text(
            "링크가 '{tail}'에서 자기 자신으로 돌아갑니다", "the link leads from '{tail}' to itself"
        )
    elif around in names.paths and inside.startswith(f"{around}/"):
        message = Text(
            "'{inside}'{sign} '{around}' 안에 있어서 둘 사이에 링크가 있을 수 없습니다",
            "'{inside}' is inside '{around}', so that nothing goes from one to the other",
        )
    else:
        return
    words = {
        key: flaws.short(_as_written(path, names))
        for key, path in (("tail", tail.path), ("around", around), ("inside", inside))
    }
    message = message.format(**words, sign=flaws.josa(words["inside"], "은", "는"))
    yield flaws.flaw("POD008", place, message, _instead(around, names))


def _as_written(path: str, names: Names) -> str:
    """`web/app` for the model's `Deployment/web/pod/app`; an address as it is."""
    if path not in names.paths:
        return path
    return path.partition("/")[2].replace("/pod/", "/", 1)


def _instead(path: str, names: Names) -> Text:
    """What would be right, by the names of the Pod's own containers if it has two."""
    home = next((t for t in names.things if path == t.path or path.startswith(f"{t.path}/")), None)
    if home is None or len(home.containers) < 2:
        return Text("서로 다른 둘 사이의 링크로 쓰세요", "let the link lead to something else")
    one, other = (flaws.short(f"{home.name.text}/{k.name.text}") for k in home.containers[:2])
    return Text(
        f"한 Pod의 컨테이너끼리는 localhost로 통신합니다: from: {one}, to: {other}",
        f"containers of one Pod reach each other over localhost: from: {one}, to: {other}",
    )
