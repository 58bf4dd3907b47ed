"""Fonts, advance widths, icons, words: files that come with podviz."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent

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
}
"""Kubernetes kind → the icon that `diagrams` brings for it."""


def font_path(weight: str) -> Path:
    """The bundled font file; `weight` is Regular or Bold."""
    return FOLDER / "fonts" / f"Pretendard-{weight}.otf"


@cache
def _widths() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = json.loads((FOLDER / "advances.json").read_bytes())
    return table


@cache
def advances(weight: str) -> dict[str, float]:
    """Advance width in em of every character with a glyph, Hangul syllables aside."""
    table = _widths()[weight]
    em, runs = table["em"], table["runs"]
    assert isinstance(em, int)
    assert isinstance(runs, list)
    return {chr(first + i): w / em for first, widths in runs for i, w in enumerate(widths)}


@cache
def hangul_advance(weight: str) -> float:
    """Advance width in em that all Hangul syllables share."""
    table = _widths()[weight]
    em, hangul = table["em"], table["hangul"]
    assert isinstance(em, int)
    assert isinstance(hangul, int)
    return hangul / em


@cache
def marks() -> dict[str, str]:
    """Mark name → SVG markup on a 24 × 24 grid, drawn in `currentColor`."""
    table: dict[str, str] = json.loads((FOLDER / "marks.json").read_bytes())
    return table


@cache
def icon(kind: str) -> bytes:
    """The PNG of a Kubernetes kind's icon; raises KeyError for a kind without one.

    The file is found beside `diagrams` without importing it.
    """
    found = find_spec("diagrams")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent.parent / "resources" / "k8s"
    return (folder / f"{ICONS[kind]}.png").read_bytes()


@cache
def words() -> dict[str, tuple[str, str]]:
    """Key → (Korean, English): what podviz itself says in a figure."""
    table: dict[str, list[str]] = json.loads((FOLDER / "words.json").read_bytes())
    return {key: (ko, en) for key, (ko, en) in table.items()}
