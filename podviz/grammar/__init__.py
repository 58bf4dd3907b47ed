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
from podviz.grammar.pod import ClaimForm, Controller, Pod, Template, VolumeForm
from podviz.grammar.spec import SPEC, Select, Spec, json_schema
from podviz.grammar.words import Part, Resources, WordsForm

__all__ = [
    "SPEC",
    "AddressForm",
    "Autoscaler",
    "BackendForm",
    "ClaimForm",
    "ConfigForm",
    "Container",
    "Controller",
    "Data",
    "Ingress",
    "Lifetime",
    "Link",
    "MountForm",
    "Network",
    "NodeForm",
    "Part",
    "Pod",
    "PortForm",
    "Resources",
    "Select",
    "Service",
    "ServicePortForm",
    "Spec",
    "Template",
    "VolumeForm",
    "WordsForm",
    "json_schema",
]
