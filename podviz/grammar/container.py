"""The grammar of a container."""

import shlex
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, Tag
from pydantic_core import PydanticCustomError

from podviz.grammar.words import (
    MOUNT,
    URL_PATH,
    Line,
    Name,
    Part,
    Port,
    Protocol,
    Resources,
    Whole,
    Words,
    either,
    no_entries,
    no_items,
)


class PortForm(Part):
    """A port that a container listens on."""

    port: Port = Field(description="The port's number.")
    protocol: Protocol = Field(default="TCP", description="TCP unless said otherwise.")
    name: Name | None = Field(default=None, description="The port's name.")
    public: bool | None = Field(
        default=None, description="Whether it serves others than this Pod; judged when unsaid."
    )
    host: Port | None = Field(default=None, description="The port of the node that leads to it.")


PortWord = Annotated[
    Annotated[Port, Tag("=port")] | Annotated[PortForm, Tag("=long")], either("=port")
]


class MountForm(Part):
    """A volume of the Pod as this container sees it."""

    volume: Name = Field(description="The volume's name.")
    path: Annotated[str, StringConstraints(pattern=URL_PATH)] | None = Field(
        default=None, description="Where the container finds it."
    )
    read_only: bool = Field(default=False, description="Whether it may only be read.")


MountWord = Annotated[
    Annotated[str, StringConstraints(pattern=MOUNT), Tag("=mount")]
    | Annotated[MountForm, Tag("=long")],
    either("=mount"),
]
"""`logs`, `logs:ro`, `logs:/var/log`, `logs:/var/log:ro`, or the long form."""


class Data(Part):
    """What a container keeps."""

    kind: Literal["durable", "cache", "scratch"] = Field(
        description="durable must outlive the Pod, cache can be filled again, scratch may go."
    )
    on: Literal["container", "emptyDir", "hostPath", "claim"] | None = Field(
        default=None, description="Where it lies."
    )


class Lifetime(Part):
    """A lifetime apart from the Pod's own, to show that there is none."""

    starts: Literal["before-pod", "with-pod"] = Field(
        default="with-pod", description="When the container is said to start."
    )
    ends: Literal["with-pod", "after-pod"] = Field(
        default="with-pod", description="When the container is said to end."
    )


def _words(given: str) -> str:
    try:
        shlex.split(given)
    except ValueError:
        raise PydanticCustomError("unbalanced", "has an unclosed quote") from None
    return given


Command = Annotated[
    Annotated[Whole, AfterValidator(_words), Tag("=command")] | Annotated[list[str], Tag("=long")],
    either("=command", list),
]
"""A list of words, or one line that is split as a shell would split it."""


class Container(Part):
    """A container of a Pod."""

    name: Name = Field(description="The container's name, unlike its siblings'.")
    image: Line | None = Field(default=None, description="The image that it runs.")
    role: Literal["main", "sidecar", "init"] | None = Field(
        default=None, description="What it is for in its Pod; judged when unsaid."
    )
    native: bool = Field(
        default=False,
        description="A sidecar that starts as an init container with restartPolicy: Always.",
    )
    purpose: Line | None = Field(
        default=None, description="What a sidecar does: log, proxy, security, metrics, sync, …"
    )
    assists: Name | None = Field(default=None, description="The container that it helps.")
    caption: Words | None = Field(default=None, description="One sentence on what it does.")
    ports: list[PortWord] = Field(
        default_factory=no_items, description="80, or {port: 80, protocol: TCP, …}."
    )
    command: Command = Field(
        default_factory=no_items, description="What it runs instead of the image's own."
    )
    args: Command = Field(default_factory=no_items, description="What the command is given.")
    env: dict[Line, str] = Field(default_factory=no_entries, description="Environment variables.")
    mounts: list[MountWord] = Field(
        default_factory=no_items, description="logs, logs:ro, logs:/var/log, or {volume: logs, …}."
    )
    requests: Resources | None = Field(default=None, description="What it is promised.")
    limits: Resources | None = Field(default=None, description="What it may not exceed.")
    probes: list[Literal["liveness", "readiness", "startup"]] = Field(
        default_factory=no_items, description="How Kubernetes asks whether it is well."
    )
    prestop: Whole | None = Field(default=None, description="What runs before it is stopped.")
    data: Data | None = Field(default=None, description="What it keeps, and where.")
    node: Name | None = Field(
        default=None, description="A node of its own; only to show the misconception."
    )
    lifetime: Lifetime | None = Field(
        default=None, description="A lifetime of its own; only to show the misconception."
    )
    replicas: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None, description="Copies of the container; only to show the misconception."
    )
