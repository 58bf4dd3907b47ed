"""The words of the grammar that several things share."""

import ipaddress
import math
import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from podviz.pattern import pattern


class Part(BaseModel):
    """Any mapping of the grammar: unknown keys are refused and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def no_items() -> list[Any]:
    """A list that is not given. Pydantic asks a factory for its signature, and `list` has none to
    look up."""
    return []


def no_entries() -> dict[str, Any]:
    """A mapping that is not given."""
    return {}


NAME = r"^[^\x00-\x1f\x7f-\x9f/:]+$"
_BARRED = r'\x00-\x1f\x7f-\x9f/\\:*?"<>|'
FILE_NAME = f"^[^{_BARRED}. ]([^{_BARRED}]*[^{_BARRED}. ])?$"
LINE = r"^[^\x00-\x1f\x7f-\x9f]+$"
MOUNT = r"^[^\x00-\x1f\x7f-\x9f/:]+(:/[^\x00-\x1f\x7f-\x9f:]*)?(:ro)?$"
BACKEND = r"^[^\x00-\x1f\x7f-\x9f/:]+(:[^\x00-\x1f\x7f-\x9f/:]+)?$"
VERSION = r"^v?1\.[0-9]+(\.[0-9]+)?$"
URL_PATH = r"^/[^\x00-\x1f\x7f-\x9f]*$"
CODE = r"^(POD[0-9]{3}|[a-z][a-z0-9-]*)$"

Name = Annotated[str, StringConstraints(pattern=NAME, max_length=253)]
Line = Annotated[str, StringConstraints(pattern=LINE)]
Whole = Annotated[str, StringConstraints(min_length=1)]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=0, le=150_000)]
"""Kubernetes supports up to 150,000 Pods in one cluster.
https://kubernetes.io/docs/setup/best-practices/cluster-large/"""
Seconds = Annotated[int, Field(ge=0, le=2**63 - 1)]
Protocol = Literal["TCP", "UDP", "SCTP"]
Access = Literal["once", "many", "read-only"]
Labels = dict[Line, str]


def either(short: str, long: type = dict) -> Discriminator:
    """Chooses between a short form and the long form of type `long`, never by trial.

    Branches are tagged `=short name` and `=long`; `=` marks what is no step of the file's path.
    """
    return Discriminator(lambda given: "=long" if isinstance(given, long | Part) else short)


NameList = Annotated[
    Annotated[Line, Tag("=name")] | Annotated[list[Line], Tag("=long")], either("=name", list)
]
"""One name, or a list of several."""


class WordsForm(Part):
    """One text in two languages."""

    ko: Whole | None = Field(default=None, description="The text in Korean.")
    en: Whole | None = Field(default=None, description="The text in English.")

    @model_validator(mode="after")
    def _some(self) -> "WordsForm":
        if self.ko is None and self.en is None:
            raise PydanticCustomError("no_language", "ko or en is required")
        return self


Words = Annotated[
    Annotated[Whole, Tag("=words")] | Annotated[WordsForm, Tag("=long")],
    either("=words"),
]
"""A text, or `{ko: …, en: …}`."""

_CPU = pattern(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(m?)")
_MEMORY = pattern(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?")
_UNITS = {"m": 1e-3, "k": 1e3} | {u: 1000.0 ** (i + 2) for i, u in enumerate("MGTPE")}
_UNITS |= {f"{u}i": 1024.0 ** (i + 1) for i, u in enumerate("KMGTPE")}


def cpu(given: object) -> float:
    """CPU in cores: `500m`, `0.5` or 2. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/"""
    found = _CPU.fullmatch(given) if isinstance(given, str) else None
    if found:
        return _amount(float(found[1]) * (_UNITS[found[2]] if found[2] else 1), "cpu")
    return _amount(given, "cpu")


def memory(given: object) -> float:
    """Memory in bytes: `256Mi`, `1G` or 1048576."""
    found = _MEMORY.fullmatch(given) if isinstance(given, str) else None
    if found:
        return _amount(float(found[1]) * (_UNITS[found[2]] if found[2] else 1), "memory")
    return _amount(given, "memory")


def _amount(given: object, of: str) -> float:
    if isinstance(given, int | float) and not isinstance(given, bool):
        amount = float(given) if abs(given) < 1e300 else math.inf
        if 0 <= amount < math.inf:
            return amount
    raise PydanticCustomError(f"{of}_amount", f"must be an amount of {of}")


def _size(given: str) -> str:
    memory(given)
    return given


def _port_suffix(given: str) -> str:
    """Refuses `name:99999`; an IPv6 address has more colons than one."""
    _, _, port = given.partition(":")
    if re.fullmatch("[0-9]+", port) and not 1 <= int(port[:6]) <= 65535:
        raise PydanticCustomError("port_suffix", "ends in an impossible port")
    return given


def _network(given: str) -> str:
    try:
        ipaddress.ip_network(given, strict=False)
    except ValueError:
        raise PydanticCustomError("cidr", "must be a network") from None
    return given


@lru_cache(maxsize=1024)
def _address(given: str) -> str:
    try:
        ipaddress.ip_address(given)
    except ValueError:
        raise PydanticCustomError("address", "must be an IP address") from None
    return given


def _address_or_none(given: str) -> str:
    return given if given == "None" else _address(given)


def _host(given: str) -> str:
    """An Ingress answers to a name. https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/"""
    try:
        ipaddress.ip_address(given)
    except ValueError:
        return given
    raise PydanticCustomError("host", "must be a name")


_CPU_SCHEMA = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)m?$"},
    ]
}
_UNIT = "(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?"
_BYTES = f"^([0-9]+(\\.[0-9]*)?|\\.[0-9]+){_UNIT}$"
_MEMORY_SCHEMA = {
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": _BYTES}]
}

Cpu = Annotated[float, PlainValidator(cpu), WithJsonSchema(_CPU_SCHEMA)]
Memory = Annotated[float, PlainValidator(memory), WithJsonSchema(_MEMORY_SCHEMA)]
Size = Annotated[str, AfterValidator(_size)]
WithPort = AfterValidator(_port_suffix)
"""For text that may end in `:port`."""

Cidr = Annotated[str, AfterValidator(_network)]
Host = Annotated[Line, AfterValidator(_host)]
_IP = [{"type": "string", "format": "ipv4"}, {"type": "string", "format": "ipv6"}]
Address = Annotated[Line, AfterValidator(_address), WithJsonSchema({"anyOf": _IP})]
AddressOrNone = Annotated[
    Line, AfterValidator(_address_or_none), WithJsonSchema({"anyOf": [*_IP, {"const": "None"}]})
]
"""IPv4 or IPv6."""


class Resources(Part):
    """An amount of CPU and memory."""

    cpu: Cpu | None = Field(default=None, description="Cores: 500m, 0.5 or 2.")
    memory: Memory | None = Field(default=None, description="Bytes: 256Mi, 1G or a number.")
