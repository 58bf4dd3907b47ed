"""The frames of a story, and what cannot happen in them."""

from collections.abc import Iterator

from podviz import grammar
from podviz.finding import Finding
from podviz.readers.spec import flaws
from podviz.readers.spec.names import CONTROLLERS, Names, items, text
from podviz.readers.spec.pods import words
from podviz.sheet import Event, Frame
from podviz.source.tree import Mapping, Node, Scalar
from podviz.text import Text

_EVENTS = ("kill", "crash", "fail", "drain", "scale", "roll", "run", "wait")

_TARGETS = {
    "kill": ("Pod", *CONTROLLERS),
    "fail": ("Node",),
    "drain": ("Node",),
    "scale": ("Deployment", "ReplicaSet", "StatefulSet"),
    "roll": ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"),
    "run": ("Job", "CronJob"),
}
"""Event → the kinds that it can happen to."""


def frames(given: grammar.Spec, root: Mapping) -> tuple[Frame, ...]:
    """The frames as the spec gives them."""
    nodes = items(root, "story")
    return tuple([_frame(form, node) for form, node in zip(given.story or (), nodes, strict=True)])


def _frame(given: grammar.FrameForm, node: Node) -> Frame:
    return Frame(title=words(given.title), event=_event(given, node), place=node.place)


def _event(given: grammar.FrameForm, node: Node) -> Event | None:
    kind = next((event for event in _EVENTS if getattr(given, event) is not None), None)
    if kind is None:
        return None
    value = getattr(given, kind)
    inner = node.get(kind) if isinstance(node, Mapping) else None
    place = inner.place if inner is not None else node.place
    if kind == "wait":
        return Event(kind=kind, number=value, place=place)
    if kind == "scale":
        name, number = next(iter(value.items()))
        return Event(kind=kind, target=name, number=number, place=place)
    if kind == "roll":
        name, image = next(iter(value.items()))
        return Event(kind=kind, target=name, image=image, place=place)
    return Event(kind=kind, target=value, place=place)


# ── what cannot be ──────────────────────────────────────────────────────────────────────────


def impossible(root: Mapping, names: Names) -> Iterator[Finding]:
    """Two events in one frame, and events that nothing here can meet with."""
    silent: set[str] = set()
    for frame in items(root, "story"):
        if not isinstance(frame, Mapping):
            continue
        told = [key for key in frame.entries if key in _EVENTS]
        for key in told[1:]:
            message = Text(
                f"한 장면에는 사건이 하나입니다 ('{told[0]}'이(가) 이미 있습니다)",
                f"a frame has one event, and '{told[0]}' is there already",
            )
            help = Text("장면을 하나 더 만드세요", "give it a frame of its own")
            yield flaws.flaw("POD008", frame.entries[key].key.place, message, help)
        for key in told[:1]:
            yield from _meets(key, frame.entries[key].value, names)
            if key == "fail":
                yield from _again(frame.entries[key].value, silent)


def _meets(key: str, node: Node, names: Names) -> Iterator[Finding]:
    """A finding where the target is nothing that this can happen to."""
    if key == "crash":
        yield from _crash(node, names)
        return
    if key not in _TARGETS:
        return
    named: Node | None = node
    name = text(node)
    if isinstance(node, Mapping) and node.entries:
        entry = next(iter(node.entries.values()))
        named, name = entry.key, entry.key.text
    if not name or named is None or names.has(name, _TARGETS[key]):
        return
    if key == "kill" and _is_made(name, names):
        return
    kinds = [thing.kind for thing in names.named.get(name, ())]
    if not kinds:
        yield flaws.dangling(named.place, key, name, names.of(_TARGETS[key]))
        return
    listed = ", ".join(_TARGETS[key])
    message = Text(
        f"{key}: {listed} 가운데 하나여야 합니다. '{name}'은(는) {kinds[0]}입니다",
        f"{key} must name one of {listed}; '{name}' is a {kinds[0]}",
    )
    yield flaws.flaw("POD008", named.place, message)


def _is_made(name: str, names: Names) -> bool:
    """True for what may be a Pod that a controller makes: `web-7d9f8-x9b7t`, `db-0`."""
    return any(name.startswith(f"{owner}-") for owner in names.of(CONTROLLERS))


def _crash(node: Node, names: Names) -> Iterator[Finding]:
    whole = text(node) or ""
    pod, _, container = whole.rpartition("/")
    name = pod or container
    owners = [t for t in names.named.get(name, ()) if t.kind in _TARGETS["kill"]]
    if not owners:
        if whole and not _is_made(name, names):
            yield flaws.dangling(node.place, "crash", name, names.of(_TARGETS["kill"]))
        return
    inside = [inner.name.text for inner in owners[0].containers]
    if pod and container not in inside:
        yield flaws.dangling(node.place, "crash", container, inside)


def _again(node: Node, silent: set[str]) -> Iterator[Finding]:
    name = node.text if isinstance(node, Scalar) else ""
    if name in silent:
        message = Text(
            f"노드 '{name}'은(는) 이미 실패했습니다", f"node '{name}' has failed already"
        )
        yield flaws.flaw("POD008", node.place, message)
    silent.add(name)
