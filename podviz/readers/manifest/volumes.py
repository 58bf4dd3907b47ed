"""Volumes of a manifest and what is behind them."""

from collections.abc import Iterator

from podviz.meta import Reference
from podviz.pod import Volume
from podviz.readers.manifest import flaws
from podviz.readers.manifest.fields import Field
from podviz.source.tree import Mapping

_NAMED_BY = {
    "configMap": ("ConfigMap", "name"),
    "secret": ("Secret", "secretName"),
    "persistentVolumeClaim": ("PersistentVolumeClaim", "claimName"),
}
"""Volume kind → the kind of the object behind it and the field that names it."""

_TELLING = {
    "hostPath": "path",
    "local": "path",
    "nfs": "server",
    "csi": "driver",
    "image": "reference",
    "gcePersistentDisk": "pdName",
    "awsElasticBlockStore": "volumeID",
    "azureDisk": "diskName",
    "azureFile": "shareName",
    "cephfs": "path",
    "cinder": "volumeID",
    "flexVolume": "driver",
    "gitRepo": "repository",
    "glusterfs": "path",
    "iscsi": "iqn",
    "rbd": "image",
    "vsphereVolume": "volumePath",
    "portworxVolume": "volumeID",
}
"""Volume kind → the field that says most about where its content comes from."""

SOURCES = frozenset(
    [
        *_NAMED_BY,
        *_TELLING,
        *("emptyDir", "projected", "downwardAPI", "ephemeral", "fc", "photonPersistentDisk"),
        *("quobyte", "scaleIO", "storageos", "flocker"),
    ]
)
"""https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/"""


def volumes(spec: Field) -> tuple[Volume, ...]:
    """The volumes of a Pod's spec; of two with one name the last."""
    made: dict[str, Volume] = {}
    for field in spec.get("volumes").mappings():
        named = field.get("name")
        name = named.word()
        if name is None:
            field.found.append(flaws.missing(field.place, f"{field.path}.name"))
            continue
        if name in made:
            field.found.append(flaws.twice(named.place, made[name].place, "volume", name))
        made[name] = _volume(field, name)
    return tuple(made.values())


def _volume(field: Field, name: str) -> Volume:
    kind, origin = origin_of(field)
    references = tuple(_references(kind, origin))
    return Volume(
        name=name,
        kind=kind,
        source=references[0].name if references else _told(kind, origin),
        references=references,
        read_only=origin.get("readOnly").truth() if kind in SOURCES else False,
        medium=origin.get("medium").word() if kind == "emptyDir" else None,
        place=field.get("name").place,
    )


def origin_of(field: Field) -> tuple[str, Field]:
    """The kind of a volume and its settings; an emptyDir where the file says nothing."""
    for key in field.node.entries if isinstance(field.node, Mapping) else ():
        if key in SOURCES:
            return key, field.get(key)
    return "emptyDir", field.get("emptyDir")


def _references(kind: str, origin: Field) -> Iterator[Reference]:
    if kind == "projected":
        for each in origin.get("sources").mappings():
            for key, part in each.fields():
                if key in ("configMap", "secret"):
                    yield from _reference(_NAMED_BY[key][0], part, "name")
    elif kind in _NAMED_BY:
        object_kind, key = _NAMED_BY[kind]
        yield from _reference(object_kind, origin, key)


def _reference(kind: str, field: Field, key: str) -> Iterator[Reference]:
    named = field.get(key)
    name = named.word()
    if name:
        optional = field.get("optional").truth()
        yield Reference(kind=kind, name=name, optional=optional, via="volume", place=named.place)


def _told(kind: str, origin: Field) -> str | None:
    """What the settings say of a volume without an object behind it."""
    if kind == "ephemeral":
        request = origin.get("volumeClaimTemplate", "spec", "resources", "requests", "storage")
        return request.word() if request.node is not None else None
    if kind not in _TELLING:
        return None
    told = origin.get(_TELLING[kind]).word()
    if kind == "nfs" and told:
        return f"{told}:{origin.get('path').word() or '/'}"
    return told


def telling(field: Field) -> tuple[str | None, str | None]:
    """The kind and source of a PersistentVolume's spec."""
    kind, origin = origin_of(field)
    if origin.node is None:
        return None, None
    return kind, _told(kind, origin)
