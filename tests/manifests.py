"""Clusters from manifests written in a test."""

from textwrap import dedent

from podviz import source
from podviz.cluster.relations import Object, objects
from podviz.finding import Finding
from podviz.model import Cluster, Controller
from podviz.pod import Pod
from podviz.readers.manifest.clusters import read_cluster


def taken(text: str, name: str = "a.yaml") -> tuple[Cluster, tuple[Finding, ...]]:
    """The cluster of a manifest and what was found wrong."""
    return read_cluster(source.read(dedent(text).encode(), name).documents)


def cluster(text: str) -> Cluster:
    return taken(text)[0]


def only(text: str) -> Object:
    """The one object of a manifest about which there is nothing to say."""
    found, flaws = taken(text)
    assert [f.message.en for f in flaws if f.code != "POD007"] == []
    (thing,) = objects(found)
    return thing


def told(text: str) -> list[str]:
    """Line, code and words of every flaw, in the file's order."""
    flaws = sorted(taken(text)[1], key=lambda f: (f.place.line, f.place.column))
    return [f"{f.place.line}: {f.code} {f.message.en}" for f in flaws]


def pod(spec: str, metadata: str = "name: p", status: str = "") -> Pod:
    """A Pod with this spec in flow style."""
    rest = f"\nstatus: {{{status}}}" if status else ""
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{{metadata}}}\nspec: {{{spec}}}{rest}\n"
    made = only(text)
    assert isinstance(made, Pod)
    return made


def controller(text: str) -> Controller:
    made = only(text)
    assert isinstance(made, Controller)
    return made
