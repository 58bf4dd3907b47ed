"""The grammar of a story: frames, each with at most one event."""

from typing import Annotated

from pydantic import Field

from podviz.grammar.words import Line, Name, Part, Words

Replicas = Annotated[int, Field(ge=0, le=100)]


class FrameForm(Part):
    """One frame. Without an event everyone acts until nothing changes."""

    title: Words | None = Field(default=None, description="What is seen.")
    kill: Line | None = Field(
        default=None, description="A Pod that ends; of a controller its first one."
    )
    crash: Line | None = Field(default=None, description="A container that ends: pod/container.")
    fail: Name | None = Field(default=None, description="A node that falls silent.")
    drain: Name | None = Field(default=None, description="A node that is emptied.")
    scale: Annotated[dict[Name, Replicas], Field(min_length=1, max_length=1)] | None = Field(
        default=None, description="{NAME: N}: a controller gets other replicas."
    )
    roll: Annotated[dict[Name, Line], Field(min_length=1, max_length=1)] | None = Field(
        default=None, description="{NAME: IMAGE}: a controller gets another image."
    )
    run: Name | None = Field(
        default=None, description="A CronJob makes a Job; a Job's Pods come to their end."
    )
    wait: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="Everyone takes so many steps."
    )
