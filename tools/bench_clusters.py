"""Ratios of large manifests: to the bare engine, to their own growth, to KubeDiagrams."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench_rows import PODVIZ, Row, Run, compare, in_turns, run, size

PAIRS = 2000
FEWER = 500
_GIGABYTE = 1000.0

PAIR = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: shop-{0:04}}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: shop-{0:04}}}}}
  template:
    metadata: {{labels: {{app: shop-{0:04}}}}}
    spec: {{containers: [{{name: app, image: "nginx:1.27", ports: [{{containerPort: 80}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: shop-{0:04}}}
spec: {{selector: {{app: shop-{0:04}}}, ports: [{{port: 80}}]}}
"""

_ENGINE = """\
import sys
from podviz.layout import engine
for i in range(int(sys.argv[1])):
    engine.run(f'digraph {{ rankdir=LR; s{i} [width=1.5]; s{i} -> d{i} }}', deadline=60)
"""

_SCHEMA = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: things{0}.example.com}}
spec:
  group: example.com
  scope: Namespaced
  names: {{kind: Thing{0}, plural: things{0}}}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
{1}"""
_FIELD = """\
            field{0}:
              description: What this field of the thing means, in a sentence or two of plain words.
              type: string
"""


_JUDGE = """\
import sys, time
from pathlib import Path
from podviz import source
from podviz.judgement.judge import judge
from podviz.readers.manifest.clusters import read_cluster
from podviz.shelf import every_rule
rules = every_rule()
reading = judging = 0.0
for turn in range(4):
    for name in sys.argv[1:]:
        start = time.perf_counter()
        given = source.read(Path(name).read_bytes(), name)
        cluster, _ = read_cluster(given.documents)
        middle = time.perf_counter()
        judge(cluster, rules=rules)
        if turn:  # the first fills caches
            reading += middle - start
            judging += time.perf_counter() - middle
print(judging, reading)
"""

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_LARGEST = 10


def _judging(folder: Path) -> Row:
    """All rules against reading: the ten largest real manifests if they lie beside, else ours."""
    real = [p for p in _CORPUS.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file()]
    files = sorted(real, key=lambda p: -p.stat().st_size)[:_LARGEST]
    files = files or [folder / "install.yaml", folder / f"pairs{FEWER}.yaml"]
    (folder / "judge.py").write_text(_JUDGE)
    run(sys.executable, "judge.py", *files, folder=folder)
    judging, reading = (float(n) for n in (folder / "said").read_text().split())
    what = f"judging by all rules : reading the same {len(files)} manifests"
    return compare(what, judging, reading, 1)


def cluster_rows(folder: Path) -> list[Row]:
    """Pairs of Deployment and Service in one manifest; an install with large definitions."""
    for count in (FEWER, PAIRS):
        pairs = "---\n".join(PAIR.format(i) for i in range(count))
        (folder / f"pairs{count}.yaml").write_text(pairs)
    (folder / "engine.py").write_text(_ENGINE)
    (folder / "install.yaml").write_text(_install())
    runs: list[Run] = []

    def drawn(count: int, *words: str) -> Run:
        done = run(*PODVIZ, "render", f"pairs{count}.yaml", *words, folder=folder)
        runs.append(done)
        return done

    fewer, alone, all_parts, engine = in_turns(
        3,
        lambda: drawn(FEWER, "-o", "fewer.svg"),
        lambda: drawn(PAIRS, "-o", "alone.svg"),
        lambda: drawn(PAIRS, "-o", "parts/"),
        lambda: run(sys.executable, "engine.py", str(PAIRS), folder=folder),
    )
    bare = f"the bare engine, {PAIRS:,} graphs of two nodes"
    most = max(r.memory for r in runs)
    return [
        compare(f"{PAIRS:,} pairs, overview alone : {bare}", alone, engine, 8),
        compare(f"{PAIRS:,} pairs, overview and parts : {bare}", all_parts, engine, 8),
        compare(f"{PAIRS:,} pairs : {FEWER} pairs", alone, fewer, 5),
        Row(
            what=f"peak memory with {PAIRS:,} pairs : 1 GB",
            ours=f"{most:.0f} MB",
            theirs="1000 MB",
            ratio=most / _GIGABYTE,
            bound=1.0,
        ),
        _shape(folder / "alone.svg"),
        _judging(folder),
        *_against_kube_diagrams(folder),
    ]


def _shape(picture: Path) -> Row:
    wide, high = size(picture)
    return Row(
        what="long side : short side of that overview",
        ours=f"{wide:.0f}x{high:.0f}",
        theirs="",
        ratio=max(wide / high, high / wide),
        bound=3.0,
    )


def _install() -> str:
    """1.5 MB: 12 large definitions, and 58 other objects."""
    fields = "".join(_FIELD.format(i) for i in range(950))
    documents = [_SCHEMA.format(i, fields) for i in range(12)]
    documents += [PAIR.format(i) for i in range(29)]
    return "---\n".join(documents)


def _against_kube_diagrams(folder: Path) -> Sequence[Row]:
    program = shutil.which("kube-diagrams")
    if program is None:
        sys.stdout.write("kube-diagrams is not on PATH: that comparison is left out\n\n")
        return ()
    ours, theirs = in_turns(
        3,
        lambda: run(*PODVIZ, "render", "install.yaml", "-o", "install.svg", folder=folder),
        lambda: run(program, "install.yaml", "-o", "theirs.svg", folder=folder),
    )
    size = (folder / "install.yaml").stat().st_size / 1e6
    return [compare(f"{size:.1f} MB, 70 objects : KubeDiagrams", ours, theirs, 0.35)]
