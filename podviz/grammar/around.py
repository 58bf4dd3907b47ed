"""The grammar of what stands around Pods."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, Tag

from podviz.grammar.words import (
    BACKEND,
    URL_PATH,
    Address,
    AddressOrNone,
    Cidr,
    Count,
    Host,
    Labels,
    Line,
    Name,
    Part,
    Port,
    Protocol,
    Resources,
    WithPort,
    Words,
    either,
    no_entries,
    no_items,
)


class NodeForm(Part):
    """A machine of the cluster."""

    name: Name = Field(description="The node's name.")
    ip: Address | None = Field(default=None, description="Its address.")
    capacity: Resources | None = Field(default=None, description="What its Pods may ask for.")
    labels: Labels = Field(default_factory=no_entries, description="Its labels.")


NodeWord = Annotated[
    Annotated[Name, Tag("=name")] | Annotated[NodeForm, Tag("=long")], either("=name")
]

PortNameOrNumber = Annotated[
    Annotated[Port, Tag("=number")] | Annotated[Name, Tag("=long")], either("=number", str)
]


class ServicePortForm(Part):
    """A port of a Service and the container port behind it."""

    port: Port = Field(description="The Service's own port.")
    target: PortNameOrNumber | None = Field(
        default=None, description="The container's port, by number or name; the same if unsaid."
    )
    name: Name | None = Field(default=None, description="The port's name.")
    protocol: Protocol = Field(default="TCP", description="TCP unless said otherwise.")


ServicePortWord = Annotated[
    Annotated[Port, Tag("=port")] | Annotated[ServicePortForm, Tag("=long")], either("=port")
]

Selects = Annotated[
    Annotated[Name, Tag("=selects")] | Annotated[Labels, Tag("=long")], either("=selects")
]


class Service(Part):
    """A lasting address in front of Pods."""

    name: Name = Field(description="The Service's name.")
    selects: Selects | None = Field(
        default=None, description="The Pod or controller behind it, or labels."
    )
    ports: list[ServicePortWord] = Field(
        default_factory=no_items, description="80, or {port: 80, target: 8080}."
    )
    type: Literal["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] = Field(
        default="ClusterIP", description="Who can reach it."
    )
    ip: AddressOrNone | None = Field(
        default=None, description="Its address; 'None' for a headless one."
    )


class Autoscaler(Part):
    """A HorizontalPodAutoscaler."""

    name: Name = Field(description="The autoscaler's name.")
    target: Name = Field(description="The Deployment, ReplicaSet or StatefulSet.")
    min: Count | None = Field(default=None, description="The fewest Pods.")
    max: Annotated[Count, Field(ge=1)] | None = Field(default=None, description="The most Pods.")
    cpu: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        default=None, description="CPU use that it aims at, in percent of what is requested."
    )


class BackendForm(Part):
    """The Service behind a path."""

    service: Name = Field(description="The Service's name.")
    port: PortNameOrNumber | None = Field(default=None, description="Its port.")


BackendWord = Annotated[
    Annotated[str, StringConstraints(pattern=BACKEND), WithPort, Tag("=backend")]
    | Annotated[BackendForm, Tag("=long")],
    either("=backend"),
]
UrlPath = Annotated[str, StringConstraints(pattern=URL_PATH)]


class Ingress(Part):
    """A door from outside to Services."""

    name: Name = Field(description="The Ingress' name.")
    host: Host | None = Field(default=None, description="The host name that it answers to.")
    paths: dict[UrlPath, BackendWord] = Field(
        default_factory=no_entries, description="Which path leads to which Service: {/: web:80}."
    )


class ConfigForm(Part):
    """A ConfigMap or a Secret."""

    name: Name = Field(description="Its name.")
    secret: bool = Field(default=False, description="Whether it is a Secret.")
    entries: dict[Line, str] = Field(default_factory=no_entries, description="What it holds.")


ConfigWord = Annotated[
    Annotated[Name, Tag("=name")] | Annotated[ConfigForm, Tag("=long")], either("=name")
]


class AddressForm(Part):
    """Something outside the cluster."""

    address: Line = Field(description="How it is called.")


End = Annotated[
    Annotated[Line, WithPort, Tag("=end")] | Annotated[AddressForm, Tag("=long")], either("=end")
]
"""`pod`, `pod/container`, a Service, a controller, an Ingress, each with `:port` or without;
`Kind/name` where two share a name; an address, which holds a `.`; or `{address: Internet}`."""


class Link(Part):
    """Who talks to whom."""

    tail: End = Field(alias="from", description="Who speaks: pod, pod/container or an address.")
    head: End = Field(alias="to", description="Who is spoken to; may end in :port.")
    via: Line | None = Field(default=None, description="What carries it: a volume, a protocol.")
    label: Words | None = Field(default=None, description="What is said.")


class Network(Part):
    """Address ranges of the cluster."""

    pod_cidr: Cidr | None = Field(default=None, description="Where Pods get their addresses.")
    service_cidr: Cidr | None = Field(default=None, description="Where Services get theirs.")
