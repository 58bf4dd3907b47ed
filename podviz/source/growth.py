"""From parse events to a tree, with bounds on all of it."""

from collections.abc import Iterable

from msgspec import Struct, field

from podviz.finding import Finding, Severity
from podviz.place import Place
from podviz.source.tree import Entry, Mapping, Node, Scalar, Script, Sequence, Value
from podviz.text import Text

MOST_ALIASED = 100_000
"""How many values the aliases of one document may repeat."""

OPEN_MAPPING, OPEN_SEQUENCE, CLOSE, SCALAR, ALIAS, DOCUMENT = "{", "[", "]", "s", "*", "---"


class Event(Struct, frozen=True):
    """One step of reading; `start` and `end` are offsets into the text."""

    kind: str
    start: int
    end: int
    text: str = ""
    value: Value = None
    plain: bool = False
    anchor: str | None = None
    tag: str | None = None
    flow: bool = False


class BrokenError(Exception):
    """A document that cannot be read on; `start` and `end` are offsets."""

    def __init__(
        self, start: int, end: int, message: Text, help: Text | None = None, *, first: int = -1
    ) -> None:
        super().__init__(message.en)
        self.start, self.end, self.message, self.help, self.first = start, end, message, help, first

    def finding(self, script: Script) -> Finding:
        related = (script.place(self.first, self.first),) if self.first >= 0 else ()
        return syntax(script.place(self.start, self.end), self.message, self.help, related)


def syntax(
    place: Place, message: Text, help: Text | None = None, related: tuple[Place, ...] = ()
) -> Finding:
    """What breaks the rules of YAML or JSON themselves."""
    return Finding(
        code="POD001",
        name="yaml-syntax",
        severity=Severity.ERROR,
        message=message,
        place=place,
        help=help,
        related=related,
    )


RENDER_FIRST = Text(
    "템플릿을 먼저 렌더링하세요: helm template … 또는 kubectl kustomize …",
    "render the template first: helm template … or kubectl kustomize …",
)
TEMPLATE = Text(
    "이 파일은 YAML이 아니라 렌더링하지 않은 템플릿({{ … }})으로 보입니다",
    "this looks like an unrendered template ({{ … }}), not YAML",
)


class _Open(Struct):
    """A mapping or sequence whose end has not come yet. `size` counts what aliases repeat."""

    event: Event
    children: list[Node] = field(default_factory=list)
    size: int = 1


class _Growth:
    """One document while it grows."""

    def __init__(self, script: Script, max_depth: int) -> None:
        self.script = script
        self.max_depth = max_depth
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int] | None] = {}
        self.aliased = 0
        self.flaws: list[Finding] = []

    def open(self, event: Event) -> None:
        if len(self.stack) >= self.max_depth:
            raise BrokenError(
                event.start,
                event.start + 1,
                Text(
                    f"{self.max_depth}단계보다 깊게 중첩되었습니다",
                    f"nested more than {self.max_depth} levels deep",
                ),
                Text("더 깊이 읽으려면 --max-depth", "--max-depth allows more"),
            )
        if event.anchor:
            self.anchors[event.anchor] = None
        self.stack.append(_Open(event))

    def close(self, event: Event) -> tuple[Node, int]:
        opened = self.stack.pop()
        start, end = opened.event.start, event.end
        node: Node
        if opened.event.kind == OPEN_SEQUENCE:
            if not opened.event.flow:
                end = start + 1
            node = Sequence(self.script, start, end, tuple(opened.children))
        else:
            if not opened.event.flow and opened.children:
                start, end = opened.children[0].start, opened.children[0].end
            node = Mapping(self.script, start, end, self.entries(opened.children))
        if opened.event.anchor:
            self.anchors[opened.event.anchor] = (node, opened.size)
        return node, opened.size

    def alias(self, event: Event) -> tuple[Node, int]:
        name = event.text
        if name not in self.anchors:
            message = Text(f"앵커 '&{name}'이(가) 없습니다", f"there is no anchor '&{name}'")
            raise BrokenError(event.start, event.end, message)
        found = self.anchors[name]
        if found is None:
            message = Text(
                f"별칭 '*{name}'이(가) 자기 자신을 담고 있습니다",
                f"alias '*{name}' contains itself",
            )
            raise BrokenError(event.start, event.end, message)
        self.aliased += found[1]
        if self.aliased > MOST_ALIASED:
            message = Text(
                f"별칭이 값을 {MOST_ALIASED}개 넘게 되풀이합니다",
                f"aliases repeat more than {MOST_ALIASED} values",
            )
            raise BrokenError(event.start, event.end, message)
        return found

    def scalar(self, event: Event) -> Scalar:
        node = Scalar(self.script, event.start, event.end, event.text, event.value, event.plain)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1)
        return node

    def entries(self, children: list[Node]) -> dict[str, Entry]:
        """Keys and values by turns → entries; merge keys stand in for what is not given."""
        entries: dict[str, Entry] = {}
        merged: list[Mapping] = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.flaws.append(self.odd_key(key))
            elif key.plain and key.text == "<<":
                merged += self.merged(value)
            else:
                if key.text in entries:
                    self.flaws.append(_duplicate(key, entries[key.text].key))
                entries[key.text] = Entry(key, value)
        for mapping in merged:
            for text, entry in mapping.entries.items():
                entries.setdefault(text, entry)
        return entries

    def merged(self, value: Node) -> list[Mapping]:
        given = value.items if isinstance(value, Sequence) else (value,)
        mappings = [node for node in given if isinstance(node, Mapping)]
        if len(mappings) < len(given):
            message = Text(
                "'<<'는 매핑이나 매핑의 목록이어야 합니다",
                "'<<' must be a mapping or a list of mappings",
            )
            self.flaws.append(syntax(value.place, message))
        return mappings

    def odd_key(self, key: Node) -> Finding:
        outer = self.script.text.find("{{", max(0, key.start - 1), key.start + 2)
        if outer >= 0:
            raise BrokenError(outer, outer + 2, TEMPLATE, RENDER_FIRST)
        message = Text("키는 한 낱말이어야 합니다", "a key must be a single word or text")
        return syntax(key.place, message)


def _duplicate(key: Scalar, first: Scalar) -> Finding:
    return Finding(
        code="POD005",
        name="duplicate-key",
        severity=Severity.ERROR,
        message=Text(
            f"키 '{key.text}'가 두 번 나옵니다. 앞의 값은 무시됩니다",
            f"key '{key.text}' is given twice; the first value is lost",
        ),
        place=key.place,
        related=(first.place,),
    )


def _unknown_tag(event: Event, script: Script) -> Finding:
    return syntax(
        script.place(event.start, event.start + len(event.tag or "")),
        Text(
            f"태그 '{event.tag}'는 여기서 뜻이 없고 실행되지 않습니다",
            f"tag '{event.tag}' means nothing here and is never run",
        ),
        Text("태그를 지우세요", "remove the tag"),
    )


def grow(events: Iterable[Event], script: Script, max_depth: int) -> tuple[Node, list[Finding]]:
    """The next whole value of `events` and its flaws; raises BrokenError where it cannot be had."""
    growth = _Growth(script, max_depth)
    stack = growth.stack
    node: Node
    for event in events:
        kind = event.kind
        if event.tag:
            growth.flaws.append(_unknown_tag(event, script))
        if kind == SCALAR:
            node, size = growth.scalar(event), 1
        elif kind == CLOSE:
            node, size = growth.close(event)
        elif kind == ALIAS:
            node, size = growth.alias(event)
        else:
            growth.open(event)
            continue
        if not stack:
            return node, growth.flaws
        top = stack[-1]
        top.children.append(node)
        top.size += size
    raise AssertionError("events end inside a value")
