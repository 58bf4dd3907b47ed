"""The grammar of a whole spec: one figure."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import NullableSchema, WithDefaultSchema

from podviz.grammar.around import (
    Autoscaler,
    ConfigWord,
    Ingress,
    Link,
    Network,
    NodeWord,
    Service,
)
from podviz.grammar.container import Container
from podviz.grammar.frames import FrameForm
from podviz.grammar.plates import CardForm, TableForm, Verdict
from podviz.grammar.pod import ClaimWord, Controller, Pod
from podviz.grammar.words import (
    CODE,
    FILE_NAME,
    VERSION,
    Labels,
    Line,
    NameList,
    Part,
    Words,
    no_entries,
    no_items,
)

Detail = Literal[
    "image",
    "ports",
    "ip",
    "labels",
    "volumes",
    "replicas",
    "requests",
    "probes",
    "init",
    "config",
    "findings",
    "infos",
    "legend",
]
FileName = Annotated[str, StringConstraints(pattern=FILE_NAME, max_length=100)]
Code = Annotated[str, StringConstraints(pattern=CODE)]
Version = Annotated[str, StringConstraints(pattern=VERSION)]


class Select(Part):
    """Which objects of the manifests the figure shows."""

    namespace: NameList = Field(default_factory=no_items, description="One namespace, or several.")
    kind: NameList = Field(default_factory=no_items, description="Kinds: Deployment, or deploy.")
    name: NameList = Field(default_factory=no_items, description="Names; * and ? stand for others.")
    labels: Labels = Field(default_factory=no_entries, description="Labels that they bear.")


class Head(Part):
    """What a figure is called and says."""

    podviz: Annotated[int, Field(ge=1, le=1)] = Field(description="The grammar's version: 1.")
    name: FileName | None = Field(
        default=None, description="The figure's name; required where a file holds several."
    )
    title: Words | None = Field(default=None, description="What the figure says.")
    caption: Words | None = Field(default=None, description="A sentence under the title.")
    notes: Words | None = Field(default=None, description="For the speaker; not drawn.")
    lang: Literal["ko", "en"] | None = Field(
        default=None, description="The language of plain texts."
    )


class Scene(Part):
    """What there is, and how to look at it."""

    view: Literal["pods", "nodes", "owners", "network", "cluster", "overview"] | None = Field(
        default=None, description="How to look at it; what the content calls for when unsaid."
    )
    show: list[Detail] = Field(default_factory=no_items, description="Details to show.")
    hide: list[Detail] = Field(default_factory=no_items, description="Details to leave out.")
    kubernetes: Version | None = Field(
        default=None, description="The version that is meant: '1.33'."
    )
    network: Network | None = Field(default=None, description="Address ranges of the cluster.")
    manifests: list[Line] = Field(
        default_factory=no_items,
        description="Files or folders of Kubernetes manifests, relative to the spec.",
    )
    select: Select | None = Field(default=None, description="What of the manifests is shown.")
    expect: list[Code] | None = Field(
        default=None,
        description="Rules that the figure must show: POD101; no other warning or error may.",
    )
    nodes: list[NodeWord] = Field(default_factory=no_items, description="Machines.")
    pods: list[Pod] = Field(default_factory=no_items, description="Pods whose owner is not shown.")
    controllers: list[Controller] = Field(default_factory=no_items, description="What makes Pods.")
    services: list[Service] = Field(
        default_factory=no_items, description="Lasting addresses of Pods."
    )
    autoscalers: list[Autoscaler] = Field(
        default_factory=no_items, description="What scales controllers."
    )
    ingresses: list[Ingress] = Field(default_factory=no_items, description="Doors from outside.")
    claims: list[ClaimWord] = Field(default_factory=no_items, description="PersistentVolumeClaims.")
    configs: list[ConfigWord] = Field(
        default_factory=no_items, description="ConfigMaps and Secrets."
    )
    links: list[Link] = Field(default_factory=no_items, description="Who talks to whom.")
    containers: list[Container] = Field(
        default_factory=no_items,
        description="Containers outside any Pod; only to show the misconception.",
    )


class Panel(Scene):
    """One side of a comparison, judged on its own."""

    verdict: Verdict | None = Field(
        default=None, description="bad: a rule must find a fault in it; good: none may."
    )
    title: Words | None = Field(default=None, description="What the panel shows.")
    because: Words | None = Field(default=None, description="The reason in your own words.")


class Spec(Scene, Head):
    """One figure: what it shows and how."""

    compare: Annotated[list[Panel], Field(min_length=2, max_length=6)] | None = Field(
        default=None, description="Panels side by side, each with a scene of its own."
    )
    story: Annotated[list[FrameForm], Field(min_length=1, max_length=24)] | None = Field(
        default=None, description="What happens to the scene, frame by frame."
    )
    table: TableForm | None = Field(default=None, description="A table instead of a scene.")
    cards: Annotated[list[CardForm], Field(min_length=1, max_length=12)] | None = Field(
        default=None, description="Principles, myths or truths instead of a scene."
    )


SPEC: TypeAdapter[Spec] = TypeAdapter(Spec)


class _Published(GenerateJsonSchema):
    """A key is left out or has a value: null is never one."""

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def json_schema() -> dict[str, object]:
    """The grammar as JSON Schema 2020-12, for editors."""
    schema: dict[str, object] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SPEC.json_schema(by_alias=True, schema_generator=_Published),
        "title": "podviz spec",
        "description": "One figure of Kubernetes Pods.",
    }
    return schema
