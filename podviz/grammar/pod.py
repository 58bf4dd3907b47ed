"""The grammar of Pods and of what owns them."""

from typing import Annotated, Literal

from pydantic import Field, Tag

from podviz.grammar.container import Container
from podviz.grammar.cron import Schedule
from podviz.grammar.words import (
    Access,
    Address,
    Count,
    Labels,
    Line,
    Name,
    Part,
    Seconds,
    Size,
    Words,
    either,
    no_entries,
    no_items,
)


class VolumeForm(Part):
    """A volume of a Pod."""

    name: Name = Field(description="The volume's name.")
    kind: Literal[
        "emptyDir", "hostPath", "configMap", "secret", "claim", "projected", "nfs", "csi"
    ] = Field(default="emptyDir", description="What it is made of.")
    source: Line | None = Field(
        default=None,
        alias="from",
        description="The claim, ConfigMap or Secret that it shows, or the node's path.",
    )
    caption: Words | None = Field(default=None, description="One sentence on what it is for.")


VolumeWord = Annotated[
    Annotated[Name, Tag("=name")] | Annotated[VolumeForm, Tag("=long")], either("=name")
]
"""A name alone is an emptyDir of that name."""


class ClaimForm(Part):
    """A PersistentVolumeClaim."""

    name: Name = Field(description="The claim's name.")
    size: Size | None = Field(default=None, description="How much it claims: 10Gi.")
    access: Access = Field(
        default="once", description="once: one node writes; many: all write; read-only: all read."
    )


ClaimWord = Annotated[
    Annotated[Name, Tag("=name")] | Annotated[ClaimForm, Tag("=long")], either("=name")
]

Status = Literal[
    "Pending",
    "ContainerCreating",
    "Running",
    "Succeeded",
    "Completed",
    "Failed",
    "Error",
    "Unknown",
    "Terminating",
    "Evicted",
    "OOMKilled",
    "CrashLoopBackOff",
    "ImagePullBackOff",
    "Dead",
    "Gone",
]
"""The phases of a Pod, what kubectl shows in their stead, and two words of a lecture."""


class Template(Part):
    """A Pod as its controller makes it."""

    containers: list[Container] = Field(
        default_factory=no_items, description="Its containers, in order."
    )
    volumes: list[VolumeWord] = Field(
        default_factory=no_items,
        description="logs (an emptyDir), or {name: logs, kind: claim, from: shop}.",
    )
    labels: Labels = Field(default_factory=no_entries, description="What Services find it by.")
    node: Name | None = Field(default=None, description="The node that it runs on.")
    permanent: bool = Field(default=False, description="Somebody believes that it lives for ever.")
    restart: Literal["Always", "OnFailure", "Never"] | None = Field(
        default=None, description="When its containers are started again."
    )
    grace: Seconds | None = Field(
        default=None, description="Seconds between the wish to stop and the end."
    )


class Pod(Template):
    """A Pod whose owner this figure does not show."""

    name: Name = Field(description="The Pod's name.")
    ip: Address | None = Field(default=None, description="Its address in the cluster.")
    status: Status | None = Field(default=None, description="How it is doing.")
    bare: bool = Field(default=False, description="Nobody owns it.")


class Controller(Part):
    """What makes Pods and keeps their number."""

    kind: Literal["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob"] = Field(
        description="Kubernetes' kind."
    )
    name: Name = Field(description="The controller's name.")
    replicas: Count | None = Field(
        default=None,
        description="How many Pods it keeps, or a Job completes; of no DaemonSet and CronJob.",
    )
    schedule: Schedule | None = Field(
        default=None, description="When a CronJob runs: '*/5 * * * *'."
    )
    strategy: Literal["RollingUpdate", "Recreate", "OnDelete"] | None = Field(
        default=None, description="How a Deployment, StatefulSet or DaemonSet replaces its Pods."
    )
    retries: Count | None = Field(
        default=None, description="How often a Job or CronJob tries again."
    )
    claims: list[ClaimWord] = Field(
        default_factory=no_items, description="What each Pod of a StatefulSet claims for itself."
    )
    pod: Template | None = Field(default=None, description="The Pod that it makes.")
