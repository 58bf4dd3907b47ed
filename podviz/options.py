"""What a user may ask of a figure: the words and the bounds of options, known without any work."""

LANGS = ("ko", "en")
"""The languages podviz speaks, in the order in which it lists them."""

FORMATS = ("svg", "png", "txt", "alt", "html", "pdf", "gif", "dot", "json")
"""The formats that exist; each but `html`, which shows many figures, is a file in `writers/`."""

VIEWS = ("pods", "nodes", "owners", "network", "cluster", "overview")

THEMES = ("light", "dark", "auto")
"""`auto` is light, and dark where the reader's system asks for it."""

TEXTS = ("embed", "outline", "system")
"""How an SVG holds its text: with a font subset, as paths, or in the reader's own font."""

DETAILS = (
    "image",
    "ports",
    "ip",
    "labels",
    "volumes",
    "replicas",
    "requests",
    "probes",
    "init",
    "config",
    "findings",
    "infos",
    "legend",
)
"""What `--show` and `--hide` name."""

ENGINES = ("bundled", "dot")
EXECUTORS = ("local", "dask")

FOLDER = "output"
"""Where results go if nothing is said."""

WIDTHS = (16, 20_000)
SCALES = (0.1, 20.0)
DEADLINES = (0.1, 3600.0)
SIZES = (1, 1000)
DEPTHS = (1, 400)
JOBS = (1, 256)

DEADLINE = 30.0
"""Seconds that one layout may take unless the caller says otherwise."""

MAX_SIZE = 20_000_000
"""Bytes that a file may have unless the caller says otherwise."""

MAX_DEPTH = 200
"""How deep values may nest unless the caller says otherwise."""

SETTINGS = ("podviz.toml", "pyproject.toml")
"""Files that may say how inputs are judged, in the folder of a run or any above it."""
