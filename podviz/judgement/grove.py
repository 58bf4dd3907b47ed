"""How far the values of a file reach, line by line."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from podviz.pattern import pattern
from podviz.source import Document
from podviz.source.tree import Entry, Mapping, Node, Scalar
from podviz.source.tree import Sequence as Items

Holder = Node | Entry
"""A root, an item of a list, or an entry with its key."""

_BEFORE_ITEM = pattern(r"[\s-]*(?:[&!]\S+\s+)*")
_BEFORE_KEY = pattern(r"\s*(?:[&!]\S+\s+)*")


class Grove(Struct, frozen=True):
    """The documents of one file as they stand in its text.

    `holders` are in order, outer ones first; what an alias repeats is there once. `begun` has
    the outermost of them that begins a line, by the line's number.
    """

    starts: tuple[int, ...]
    holders: tuple[Holder, ...]
    begun: dict[int, Holder]

    @classmethod
    def of(cls, documents: tuple[Document, ...], lines: Sequence[str]) -> "Grove":
        """Of a file with at least one document."""
        starts = documents[0].root.script.starts
        holders = tuple(h for document in documents for h in _holders(document.root))
        roots = {id(document.root) for document in documents}
        begun: dict[int, Holder] = {}
        for holder in holders:
            start = _start(holder)
            line = bisect_right(starts, start)
            before = lines[line - 1][: start - starts[line - 1]]
            leading = _BEFORE_KEY if isinstance(holder, Entry) else _BEFORE_ITEM
            if id(holder) in roots or leading.fullmatch(before):
                begun.setdefault(line, holder)
        return cls(starts, holders, begun)

    def reach(self, holder: Holder) -> tuple[int, int]:
        """The first and the last line of a holder."""
        start = _start(holder)
        end = max(start, _end(value_of(holder), start) - 1)
        return bisect_right(self.starts, start), bisect_right(self.starts, end)

    def below(self, line: int) -> tuple[int, int]:
        """The lines of what begins a line: of a document's first line all of the document; the
        line itself where nothing begins."""
        holder = self.begun.get(line)
        return self.reach(holder) if holder else (line, line)

    def texts(self, sign: str) -> tuple[tuple[int, int], ...]:
        """The offsets from which to which a single value goes that holds the sign."""
        return tuple(
            (node.start, node.end)
            for node in map(value_of, self.holders)
            if isinstance(node, Scalar) and sign in node.script.text[node.start : node.end]
        )


def value_of(holder: Holder) -> Node:
    return holder.value if isinstance(holder, Entry) else holder


def _start(holder: Holder) -> int:
    return holder.key.start if isinstance(holder, Entry) else holder.start


def _holders(root: Node) -> Iterator[Holder]:
    seen: set[int] = set()
    waiting: list[Holder] = [root]
    while waiting:
        holder = waiting.pop()
        yield holder
        node = value_of(holder)
        if id(node) in seen or isinstance(node, Scalar):
            continue
        seen.add(id(node))
        inside = node.items if isinstance(node, Items) else tuple(node.entries.values())
        waiting += reversed(inside)


def _end(node: Node, after: int) -> int:
    """The offset behind a node; what stands before `after` is an alias of something else."""
    ends = [after]
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.start < after:
            continue
        ends.append(node.end)
        if isinstance(node, Items):
            waiting += node.items
        elif isinstance(node, Mapping):
            waiting += [entry.value for entry in node.entries.values()]
    return max(ends)
