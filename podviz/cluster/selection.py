"""Which objects of a cluster are asked for: by namespace, label, kind, name."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from msgspec.structs import replace

from podviz.choice import did_you_mean
from podviz.cluster.relations import Object, kind_of, matches, namespace_of, objects, templates
from podviz.errors import UsageError
from podviz.meta import Labels, Requirement, Selection, Selector
from podviz.model import Cluster, Controller
from podviz.pattern import pattern
from podviz.pod import Pod

_MOST_LISTED = 10
_SHORT = {
    "po": "pod",
    "deploy": "deployment",
    "rs": "replicaset",
    "sts": "statefulset",
    "ds": "daemonset",
    "cj": "cronjob",
    "svc": "service",
    "ing": "ingress",
    "cm": "configmap",
    "rc": "replicationcontroller",
    "sa": "serviceaccount",
    "ns": "namespace",
    "no": "node",
    "pvc": "persistentvolumeclaim",
    "pv": "persistentvolume",
    "sc": "storageclass",
    "hpa": "horizontalpodautoscaler",
    "pdb": "poddisruptionbudget",
    "ep": "endpoints",
    **dict.fromkeys(("crd", "crds"), "customresourcedefinition"),
    "netpol": "networkpolicy",
}
"""What kubectl calls kinds for short.
https://kubernetes.io/docs/reference/kubectl/#resource-types"""


def holds(asked: Selection, thing: Object) -> bool:
    """True for an object that is asked for."""
    return (
        (not asked.namespaces or (namespace_of(thing) or "default") in asked.namespaces)
        and (not asked.kinds or _is_of(kind_of(thing), asked.kinds))
        and (not asked.names or any(fnmatchcase(thing.name, name) for name in asked.names))
        and (asked.labels == Selector() or _bears(thing, asked.labels))
    )


def lacking(cluster: Cluster, asked: Selection) -> str:
    """`; no 'prod': there are default, test`: the words of a selection that fit no object, and
    what there is instead; empty where each by itself fits some."""
    every = list(objects(cluster))
    spaces = [namespace_of(thing) or "default" for thing in every]
    kinds = [kind_of(thing) for thing in every]
    names = [thing.name for thing in every]
    told = [_instead(word, spaces) for word in asked.namespaces if word not in spaces]
    told += [
        _instead(word, kinds) for word in asked.kinds if not any(_is_of(k, [word]) for k in kinds)
    ]
    told += [
        _instead(word, names)
        for word in asked.names
        if not any(fnmatchcase(n, word) for n in names)
    ]
    return "".join(f"; {each}" for each in told)


def _instead(word: str, known: Iterable[str]) -> str:
    there = sorted(set(known))
    more = f" and {len(there) - _MOST_LISTED} more" if len(there) > _MOST_LISTED else ""
    near = did_you_mean(word, [each.lower() for each in there])
    return f"no {word!r}{near}: there are {', '.join(there[:_MOST_LISTED])}{more}"


def _is_of(kind: str, asked: Iterable[str]) -> bool:
    own = kind.lower()
    return any(own in _spellings(word.lower()) for word in asked)


def _spellings(word: str) -> tuple[str, ...]:
    """`deploy`, `deployments`, `ingresses`, `networkpolicies` → the kind in small letters."""
    return (
        word,
        _SHORT.get(word, word),
        word.removesuffix("s"),
        word.removesuffix("es"),
        re.sub("ies$", "y", word),
    )


def _bears(thing: Object, asked: Selector) -> bool:
    """True if the labels of the object, or of the Pods it makes, meet the selector."""
    borne: list[Labels] = [thing.labels]
    if isinstance(thing, Pod | Controller):
        borne += [pod.labels for pod in templates(thing)]
    return any(matches(asked, labels) for labels in borne)


def selected(cluster: Cluster, asked: Selection) -> Cluster:
    """The cluster with only the objects that are asked for."""
    return only(cluster, {o.path for o in objects(cluster) if holds(asked, o)})


def only(cluster: Cluster, paths: set[str] | frozenset[str]) -> Cluster:
    """The cluster with only the objects of these paths, and the links between them."""
    kept: dict[str, Any] = {}
    for name in cluster.__struct_fields__:
        value = getattr(cluster, name)
        if isinstance(value, tuple) and name not in ("links", "containers"):
            kept[name] = tuple([o for o in value if o.path in paths])
    links = [k for k in cluster.links if _top(k.tail, paths) and _top(k.head, paths)]
    return replace(cluster, links=tuple(links), **kept)


def _top(path: str, paths: set[str] | frozenset[str]) -> bool:
    """True for the path of a kept object, or of something in it."""
    return any(path == p or path.startswith(f"{p}/") for p in paths) if path else False


# ── kubectl's label selectors ───────────────────────────────────────────────────────────────

_TERMS = pattern(r"\s*,\s*(?![^()]*\))")
_KEY = r"[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?"
_VALUE = r"([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?"
_EQUAL = pattern(rf"(?P<key>{_KEY})\s*(?P<sign>==|=|!=)\s*(?P<value>{_VALUE})")
_SET = rf"\((?!\s*\))\s*(?P<values>{_VALUE}(\s*,\s*{_VALUE})*)\s*\)"
_AMONG = pattern(rf"(?P<key>{_KEY})\s+(?P<sign>in|notin)\s*{_SET}")
_THERE = pattern(rf"(?P<sign>!?)\s*(?P<key>{_KEY})")


def label_selector(words: str) -> Selector:
    """`app=web,tier!=db,env in (a, b),!canary` as kubectl reads it. Raises UsageError.

    https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
    """
    labels: list[tuple[str, str]] = []
    requirements: list[Requirement] = []
    for term in _TERMS.split(words.strip()):
        if found := _EQUAL.fullmatch(term):
            if found["sign"] == "!=":
                requirements.append(_requirement(found["key"], "NotIn", found["value"]))
            else:
                labels.append((found["key"], found["value"]))
        elif found := _AMONG.fullmatch(term):
            operator = "In" if found["sign"] == "in" else "NotIn"
            values = [v.strip() for v in found["values"].split(",")]
            requirements.append(_requirement(found["key"], operator, *values))
        elif found := _THERE.fullmatch(term):
            operator = "DoesNotExist" if found["sign"] else "Exists"
            requirements.append(_requirement(found["key"], operator))
        else:
            raise UsageError(
                f"selector: {term!r} is no label: say app=web, app!=web, app in (a, b), app or !app"
            )
    return Selector(labels=tuple(labels), requirements=tuple(requirements))


def _requirement(key: str, operator: str, *values: str) -> Requirement:
    return Requirement(key=key, operator=operator, values=values)
