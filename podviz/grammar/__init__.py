"""The grammar of the spec, as pydantic models."""

from podviz.grammar.around import (
    AddressForm,
    Autoscaler,
    BackendForm,
    ConfigForm,
    Ingress,
    Link,
    Network,
    NodeForm,
    Service,
    ServicePortForm,
)
from podviz.grammar.container import Container, Data, Lifetime, MountForm, PortForm
from podviz.grammar.frames import FrameForm
from podviz.grammar.plates import CardForm, CellForm, SketchForm, TableForm
from podviz.grammar.pod import ClaimForm, Controller, Pod, Template, VolumeForm
from podviz.grammar.spec import SPEC, Panel, Scene, Select, Spec, json_schema
from podviz.grammar.words import Part, Resources, WordsForm

__all__ = [
    "SPEC",
    "AddressForm",
    "Autoscaler",
    "BackendForm",
    "CardForm",
    "CellForm",
    "ClaimForm",
    "ConfigForm",
    "Container",
    "Controller",
    "Data",
    "FrameForm",
    "Ingress",
    "Lifetime",
    "Link",
    "MountForm",
    "Network",
    "NodeForm",
    "Panel",
    "Part",
    "Pod",
    "PortForm",
    "Resources",
    "Scene",
    "Select",
    "Service",
    "ServicePortForm",
    "SketchForm",
    "Spec",
    "TableForm",
    "Template",
    "VolumeForm",
    "WordsForm",
    "json_schema",
]
