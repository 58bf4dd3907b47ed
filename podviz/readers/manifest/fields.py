"""Cautious reading: a value, or a finding."""

from collections.abc import Iterator

from msgspec import Struct

from podviz.finding import Finding
from podviz.meta import Labels, Places, Requirement, Selector
from podviz.place import Place
from podviz.pod import Resources
from podviz.readers.manifest import flaws
from podviz.readers.manifest.amounts import amount
from podviz.source.tree import Mapping, Node, Scalar, Sequence
from podviz.text import Text

MOST = 2**31 - 1
"""The largest number that Kubernetes keeps in an int32."""


class Field(Struct, frozen=True):
    """One field of an object, perhaps absent; `found` gathers what is wrong in the object.

    Reading never fails: what does not fit is told and taken as absent, or as it was meant.
    `null` is absent, as in Kubernetes.
    """

    node: Node | None
    found: list[Finding]
    step: str = ""
    above: "Field | None" = None

    @property
    def path(self) -> str:
        """`spec.containers[0].image`, from the top of the object."""
        steps: list[str] = []
        field: Field | None = self
        while field is not None:
            steps.append(field.step)
            field = field.above
        return "".join(reversed(steps)).lstrip(".")

    @property
    def place(self) -> Place:
        """Where it stands, or where the nearest thing around it stands."""
        field = self
        while field.node is None and field.above is not None:
            field = field.above
        assert field.node is not None
        return field.node.place

    def get(self, *keys: str) -> "Field":
        """The field below, key by key."""
        field = self
        for key in keys:
            node, inner = field.node, None
            if isinstance(node, Mapping):
                entry = node.entries.get(key)
                inner = entry.value if entry else None
                if isinstance(inner, Scalar) and inner.value is None:
                    inner = None
            elif node is not None:
                field.complain(flaws.MAPPING)
            field = Field(inner, self.found, f".{key}", field)
        return field

    def complain(self, expected: Text) -> None:
        self.found.append(flaws.wrong_type(self.place, self.path, expected, self.node))

    def items(self) -> tuple["Field", ...]:
        """The entries of a list."""
        if self.node is None:
            return ()
        if not isinstance(self.node, Sequence):
            self.complain(flaws.LIST)
            return ()
        return tuple([Field(n, self.found, f"[{i}]", self) for i, n in enumerate(self.node.items)])

    def mappings(self) -> tuple["Field", ...]:
        """The entries of a list that are mappings; others are told."""
        kept = []
        for item in self.items():
            if isinstance(item.node, Mapping):
                kept.append(item)
            else:
                item.complain(flaws.MAPPING)
        return tuple(kept)

    def fields(self) -> Iterator[tuple[str, "Field"]]:
        """The entries of a mapping by key, without those that are null."""
        if isinstance(self.node, Mapping):
            for key in self.node.entries:
                field = self.get(key)
                if field.node is not None:
                    yield key, field
        elif self.node is not None:
            self.complain(flaws.MAPPING)

    def text(self) -> str | None:
        """A text; a number or truth value is told and taken as it is written."""
        node = self.node
        if node is None:
            return None
        if not isinstance(node, Scalar) or node.value is None:
            self.complain(flaws.TEXT)
            return None
        if not isinstance(node.value, str) or flaws.old_truth(node) is not None:
            self.complain(flaws.TEXT)
        return node.text

    def word(self) -> str | None:
        """A text that is not empty."""
        return self.text() or None

    def whole(self, low: int = 0, high: int = MOST) -> int | None:
        """A whole number from `low` to `high`; digits in quotes are told and taken."""
        node = self.node
        if node is None:
            return None
        number = _whole(node)
        if number is None or not _is_number(node):
            self.complain(flaws.WHOLE)
        if number is not None and not low <= number <= high:
            self.found.append(flaws.out_of_range(self.place, self.path, _said(node), low, high))
            return None
        return number

    def either(self) -> int | str | None:
        """A number or a text, as ports and budgets are given."""
        node = self.node
        if not isinstance(node, Scalar) or isinstance(node.value, bool):
            if node is not None:
                self.complain(flaws.TEXT)
            return None
        number = _whole(node)
        return self.whole() if number is not None else self.word()

    def truth(self) -> bool:
        """True only where the file says so; `"true"` is told and taken."""
        node = self.node
        if node is None:
            return False
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        old = flaws.old_truth(node)
        if old is not None:
            return old
        self.complain(flaws.TRUTH)
        return isinstance(node, Scalar) and node.text.lower() == "true"

    def pairs(self) -> Labels:
        """Keys and texts."""
        pairs: list[tuple[str, str]] = []
        if self.node is not None and not isinstance(self.node, Mapping):
            self.complain(flaws.MAPPING)
        elif self.node is not None:
            for key, entry in self.node.entries.items():
                value = _quiet(entry.value)
                if value is None:
                    value = Field(entry.value, self.found, f".{key}", self).text()
                if value is not None:
                    pairs.append((key, value))
        return tuple(pairs)

    def words(self) -> tuple[str, ...]:
        """A list of texts; a lone text is told and taken as the only one."""
        if isinstance(self.node, Scalar):
            self.complain(flaws.LIST)
            alone = self.word()
            return (alone,) if alone else ()
        return tuple([w for w in (i.text() for i in self.items()) if w is not None])

    def cores(self) -> float | None:
        return self._amount(flaws.CORES)

    def bytes(self) -> float | None:
        return self._amount(flaws.BYTES)

    def _amount(self, expected: Text) -> float | None:
        if self.node is None:
            return None
        number = amount(self.node.text) if isinstance(self.node, Scalar) else None
        if number is None:
            self.complain(expected)
        return number


def _quiet(node: Node) -> str | None:
    """The text of a node about which nothing needs to be said; null is the empty text."""
    if not isinstance(node, Scalar):
        return None
    if node.value is None:
        return ""
    return node.text if isinstance(node.value, str) and flaws.old_truth(node) is None else None


def _is_number(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, int | float)


def _whole(node: Node) -> int | None:
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        return None
    value = node.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and len(value) <= 20 and value.isascii():
        return int(value) if value.removeprefix("-").isdecimal() else None
    return value if isinstance(value, int) else None


def _said(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


_PROTOCOLS = ("TCP", "UDP", "SCTP")


def protocol(field: Field) -> str:
    """TCP unless the field says UDP or SCTP."""
    said = (field.get("protocol").word() or "TCP").upper()
    return said if said in _PROTOCOLS else "TCP"


def ports(field: Field, key: str = "port") -> Iterator[tuple[Field, int, Place]]:
    """The entries of a list of ports that have a possible number under `key`, that number and
    where it stands."""
    for each in field.mappings():
        number = each.get(key)
        port = number.whole(1, 65535)
        if port is not None:
            yield each, port, number.place


def resources(field: Field) -> Resources:
    """`requests` or `limits`, a node's capacity."""
    if field.node is None:
        return _NOTHING
    return Resources(cpu=field.get("cpu").cores(), memory=field.get("memory").bytes())


_NOTHING = Resources()


def places(field: Field, *named: tuple[str, str]) -> Places:
    """Where single fields stand: the name of each in the model, and the key in the file.

    Of a list, its first entry; of a mapping, the key above it.
    """
    if not isinstance(field.node, Mapping):
        return ()
    found = []
    for name, key in named:
        entry = field.node.entries.get(key)
        if entry is not None:
            found.append((name, _spot(entry.key, entry.value)))
    return tuple(found)


def _spot(key: Scalar, value: Node) -> Place:
    if isinstance(value, Sequence) and value.items:
        return value.items[0].place
    return value.place if isinstance(value, Scalar) and value.text else key.place


def selector(field: Field) -> Selector | None:
    """A label selector; None where there is none, which is not the same as an empty one."""
    if field.node is None:
        return None
    if not isinstance(field.node, Mapping):
        field.complain(flaws.MAPPING)
        return None
    return Selector(
        labels=field.get("matchLabels").pairs(),
        requirements=tuple(
            [
                Requirement(
                    key=each.get("key").text() or "",
                    operator=each.get("operator").text() or "In",
                    values=each.get("values").words(),
                )
                for each in field.get("matchExpressions").mappings()
            ]
        ),
    )
