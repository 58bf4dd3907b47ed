"""Ratios of many figures to as many processes of Graphviz and KubeDiagrams; and how both grow."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench_clusters import PAIR
from bench_rows import PODVIZ, Row, compare, in_turns, ratio, run

FEW = 10  # processes of KubeDiagrams, which are slow, from which the others are reckoned
AGAIN = 5
SINGLE = 15  # turns of what takes a tenth of a second
ROUNDS = 3
FIGURES = (10, 100, 1000, 10_000)
OBJECTS = (10, 100, 1000, 5000)

SPEC = """\
podviz: 1
title: {name}
pods:
{pods}
services:
  - {{name: {name}, selects: {{app: {name}}}, ports: [80]}}
links:
  - {{from: {{address: Internet}}, to: "{name}:80"}}
"""
POD = (
    "  - {{name: {name}-{i}, ip: 10.0.1.{i}, labels: {{app: {name}}}, containers: "
    "[{{name: app, image: 'nginx:1.27', ports: [80]}}, {{name: logs, role: sidecar}}]}}"
)


def spec(number: int) -> str:
    """A small spec: a Service and up to five Pods, of names that differ in length."""
    name = f"shop{'-web' * (number % 3)}-{number}"
    pods = [POD.format(name=name, i=i) for i in range(1, 2 + number % 5)]
    return SPEC.format(name=name, pods="\n".join(pods))


def batch_rows(folder: Path, count: int) -> list[Row]:
    """Many specs: in one process, in several, again, and again with one that changed."""
    many = _specs(folder / "many", count)
    run(*PODVIZ, "render", many, "-o", "graphs", "-f", "dot", folder=folder)
    graphs = sorted((folder / "graphs").iterdir())
    cache = folder / "cache"

    def dots(part: Sequence[Path]) -> float:
        return sum(run("dot", "-Tsvg", "-o", "dot.svg", g, folder=folder).seconds for g in part)

    def fresh(change: int = 0) -> float:
        if change:
            (many / "0.yaml").write_text(spec(0).replace("nginx", f"web{change}"))
        return run(*PODVIZ, "render", many, "-o", "figures", folder=folder, cache=cache).seconds

    half = count // 2
    rounds: list[tuple[float, float, float]] = []
    for turn in range(ROUNDS):
        theirs = dots(graphs[:half])
        lone = ("render", many, "-o", f"alone{turn}", "-j", "1")
        alone = run(*PODVIZ, *lone, folder=folder).seconds
        several = ("render", many, "-o", f"several{turn}")
        ours = run(*PODVIZ, *several, folder=folder, cache=folder / f"cache{turn}").seconds
        theirs += dots(graphs[half:])
        rounds.append((alone, ours, theirs))
    alone, ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    fresh()
    again = median([fresh() for _ in range(AGAIN)])
    one = median([fresh(change) for change in range(1, AGAIN + 1)])
    what = f"{count:,} processes of dot -Tsvg"
    whole = count == FIGURES[2]  # with fewer, starting up weighs more

    def row(name: str, mine: float, bound: float) -> Row:
        return compare(f"{name} : {what}", mine, theirs, bound if whole else None)

    rows = [
        row(f"{count:,} specs in one process", alone, 0.4),
        row(f"{count:,} specs", ours, 0.3),
        row("the same again, nothing changed", again, 1 / 40),
        row("the same again, one changed", one, 1 / 30),
    ]
    return [*rows, *_many_against_kube_diagrams(folder, count, ours)]


def _specs(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.yaml").write_text(spec(number))
    return folder


def _many_against_kube_diagrams(folder: Path, count: int, ours: float) -> list[Row]:
    program = shutil.which("kube-diagrams")
    if program is None:
        return []
    (folder / "pair.yaml").write_text(PAIR.format(1))
    words = (program, "pair.yaml", "-o", "theirs.svg")
    each = median([run(*words, folder=folder).seconds for _ in range(FEW)])
    what = f"{count:,} specs : {count:,} processes of KubeDiagrams ({FEW} measured)"
    return [compare(what, ours, each * count, 1 / 40)]


def single_rows(folder: Path) -> list[Row]:
    """A first figure of a manifest, small to large, against KubeDiagrams; and PNG against dot."""
    rows = [_png_row(folder)]
    program = shutil.which("kube-diagrams")
    if program is None:
        return rows
    first, *_ = PAIR.format(0).split("---\n")
    others = {
        "one Deployment": (first, 0.9),
        "15 objects": ("---\n".join([first, *(PAIR.format(i) for i in range(1, 8))]), 0.7),
        "35 objects": ("---\n".join([first, *(PAIR.format(i) for i in range(1, 18))]), 0.6),
    }
    for name, (text, bound) in others.items():
        (folder / "given.yaml").write_text(text)
        ours, theirs = in_turns(
            SINGLE,
            lambda: run(*PODVIZ, "render", "given.yaml", "-o", "ours.svg", folder=folder),
            lambda: run(program, "given.yaml", "-o", "theirs.svg", folder=folder),
        )
        rows.append(compare(f"a cold render, {name} : KubeDiagrams", ours, theirs, bound))
    return rows


_PNG = """\
import sys
import resvg_py
svg, wide = open(sys.argv[1], encoding="utf-8").read(), int(sys.argv[2])
png = resvg_py.svg_to_bytes(svg_string=svg, width=wide, skip_system_fonts=True)
open("ours.png", "wb").write(bytes(png))
"""


def _png_row(folder: Path) -> Row:
    """From a finished page to pixels, as many as `dot` makes of an equal graph."""
    (folder / "png.yaml").write_text(spec(4))
    (folder / "png.py").write_text(_PNG)
    run(*PODVIZ, "render", "png.yaml", "-o", "png.dot", folder=folder)
    run(*PODVIZ, "render", "png.yaml", "-o", "png.svg", "--text", "outline", folder=folder)
    dot = ("dot", "-Tpng", "-o", "dot.png", "png.dot")
    run(*dot, folder=folder)
    header = (folder / "dot.png").read_bytes()[16:24]
    pixels = int.from_bytes(header[:4], "big") * int.from_bytes(header[4:], "big")
    wide = round((pixels * ratio(folder / "png.svg")) ** 0.5)
    ours, theirs = in_turns(
        SINGLE,
        lambda: run(sys.executable, "png.py", "png.svg", str(wide), folder=folder),
        lambda: run(*dot, folder=folder),
    )
    return compare(f"SVG to PNG, {pixels:,} pixels : dot -Tpng", ours, theirs, 1)


def growth(folder: Path, most: int) -> dict[str, list[tuple[int, float]]]:
    """Seconds by the number of figures, and by the number of objects in one."""
    figures: list[tuple[int, float]] = []
    for count in (n for n in FIGURES if n <= most):
        many = _specs(folder / f"grown{count}", count)
        done = run(*PODVIZ, "render", many, "-o", f"drawn{count}", folder=folder)
        figures.append((count, done.seconds))
    objects: list[tuple[int, float]] = []
    for count in (n for n in OBJECTS if n <= most):
        text = "---\n".join(PAIR.format(i) for i in range(count // 2))
        (folder / "grown.yaml").write_text(text)
        done = run(*PODVIZ, "render", "grown.yaml", "-o", "grown.svg", folder=folder)
        objects.append((count, done.seconds))
    return {"figures": figures, "objects": objects}


def memory_row(folder: Path, most: int) -> Row:
    """The memory of a process that draws many figures against one that draws a tenth of them."""
    small, large = (
        run(*PODVIZ, "render", f"grown{n}", "-o", f"drawn{n}", "-j", "1", folder=folder).memory
        for n in (most // 10, most)
    )
    return Row(
        what=f"memory of one process, {most:,} figures : {most // 10:,}",
        ours=f"{large:.0f} MB", theirs=f"{small:.0f} MB", ratio=large / small, bound=1.5,
    )  # fmt: skip
