"""Fonts, advance widths, icons, words: files that come with podviz."""

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import json

FOLDER = Path(__file__).parent

WEIGHTS = ("Regular", "Bold")
"""The weights of the bundled font."""

LATIN = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("·×→←…–—‘’“”")
"""The characters that most figures in English are written in: they have a font of their own, and
a table of widths that is read in no time."""

_HANGUL = range(0xAC00, 0xD7A4)
"""All Hangul syllables; they share one advance."""

ICONS = {
    "Pod": "compute/pod",
    "Deployment": "compute/deploy",
    "ReplicaSet": "compute/rs",
    "StatefulSet": "compute/sts",
    "DaemonSet": "compute/ds",
    "Job": "compute/job",
    "CronJob": "compute/cronjob",
    "Service": "network/svc",
    "Ingress": "network/ing",
    "HorizontalPodAutoscaler": "clusterconfig/hpa",
    "PersistentVolumeClaim": "storage/pvc",
    "ConfigMap": "podconfig/cm",
    "Secret": "podconfig/secret",
    "Node": "infra/node",
    "Namespace": "group/ns",
    "ReplicationController": "compute/rs",
    "Endpoints": "network/ep",
    "EndpointSlice": "network/ep",
    "NetworkPolicy": "network/netpol",
    "PersistentVolume": "storage/pv",
    "StorageClass": "storage/sc",
    "ServiceAccount": "rbac/sa",
    "Role": "rbac/role",
    "RoleBinding": "rbac/rb",
    "ClusterRole": "rbac/c-role",
    "ClusterRoleBinding": "rbac/crb",
    "LimitRange": "clusterconfig/limits",
    "ResourceQuota": "clusterconfig/quota",
    "PodSecurityPolicy": "others/psp",
    "CustomResourceDefinition": "others/crd",
    "Gateway": "network/ing",
    "HTTPRoute": "network/ing",
    "GRPCRoute": "network/ing",
    "TLSRoute": "network/ing",
    "TCPRoute": "network/ing",
    "UDPRoute": "network/ing",
    "PodTemplate": "compute/pod",
    "Part": "compute/deploy",
    "": "others/crd",
}
"""Kubernetes kind → its icon, made of the one of `diagrams`; empty for all other kinds."""


def icon_of(kind: str) -> str:
    """The kind whose icon stands for this one: itself if it has one."""
    return kind if kind in ICONS else ""


def font_path(weight: str) -> Path:
    """The bundled font file; `weight` is Regular or Bold."""
    return FOLDER / "fonts" / f"Pretendard-{weight}.otf"


def _table(name: str) -> Any:
    return json.decode((FOLDER / f"{name}.json").read_bytes())


def latin_font(weight: str) -> bytes:
    """The subset of the bundled font with the characters of `LATIN`."""
    return (FOLDER / "fonts" / f"Latin-{weight}.otf").read_bytes()


@cache
def _widths() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = _table("advances")
    return table


@cache
def _runs(weight: str) -> tuple[int, int, list[int], list[list[int]]]:
    """Units per em, the advance of Hangul syllables, and the runs of all others."""
    table = _widths()[weight]
    em, hangul, runs = table["em"], table["hangul"], table["runs"]
    assert isinstance(em, int)
    assert isinstance(hangul, int)
    assert isinstance(runs, list)
    return em, hangul, [first for first, _ in runs], [widths for _, widths in runs]


@cache
def _latin_widths() -> dict[str, dict[str, float]]:
    """Weight → character → advance width in em."""
    table: dict[str, dict[str, float]] = _table("latin")
    return table


@cache
def advance(weight: str, character: str) -> float | None:
    """Advance width of a character in em; None where the font has no glyph for it."""
    if character in LATIN:
        return _latin_widths()[weight][character]
    em, hangul, firsts, widths = _runs(weight)
    code = ord(character)
    if code in _HANGUL:
        return hangul / em
    run = bisect_right(firsts, code) - 1
    if run < 0 or code - firsts[run] >= len(widths[run]):
        return None
    return widths[run][code - firsts[run]] / em


@cache
def marks() -> dict[str, str]:
    """Mark name → SVG markup on a 24 × 24 grid, drawn in `currentColor`."""
    table: dict[str, str] = _table("marks")
    return table


@cache
def icon(kind: str) -> bytes:
    """The PNG of a Kubernetes kind's icon, 128 × 128; raises KeyError for a kind without one."""
    return (FOLDER / "icons" / f"{ICONS[kind]}.png").read_bytes()


@cache
def words() -> dict[str, tuple[str, str]]:
    """Key → (Korean, English): what podviz itself says in a figure."""
    table: dict[str, list[str]] = _table("words")
    return {key: (ko, en) for key, (ko, en) in table.items()}


@cache
def images() -> dict[str, object]:
    """Facts about well-known images and container names, for judging what a container is for.

    Names of images are the last step of a repository, those with `/` its last two, and may hold
    `*`;
    `learned` tells which facts come from the labels of which calibration project.
    """
    table: dict[str, object] = _table("images")
    return table


@cache
def page(part: str) -> str:
    """What the HTML page is made with: its `css` and `js`, and the `letters` of its own words."""
    if part == "letters":
        said = "".join("".join(pair) for key, pair in words().items() if key.startswith("page-"))
        return said + "0123456789./·한국어EnglishOK←→−+¶◐□?"
    return (FOLDER / f"page.{part}").read_text("utf-8")


def preview(part: str) -> str:
    """What the live preview is made with: its `html`, `css` and `js`."""
    return (FOLDER / f"serve.{part}").read_text("utf-8")
