"""podviz render: draw figures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from podviz import options, wish
from podviz.errors import UsageError
from podviz.wish import Wish

if TYPE_CHECKING:
    from podviz.order import Order
    from podviz.runs.batch import Plan
    from podviz.runs.cache import Cache
    from podviz.runs.crew import Crew
    from podviz.runs.ledger import Ledger

_REMOTE = 64  # jobs that are on their way to other machines at a time

F = TypeVar("F", bound=Callable[..., int])


def _words(*names: str) -> str:
    return ", ".join(names)


OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH..."),
    click.option(
        "-o",
        "--output",
        metavar="PATH",
        help=f"A folder (default: {options.FOLDER}), or for one result a file or - (stdout).",
    ),
    click.option(
        "-f",
        "--format",
        "formats",
        metavar="LIST",
        help=f"{_words(*options.FORMATS)}. Default: svg, or the ending of -o.",
    ),
    click.option(
        "--lang", "langs", metavar="LIST", help="ko, en. Default: every language of the title."
    ),
    click.option(
        "--view",
        metavar="NAME",
        help=f"{_words(*options.VIEWS)}. Default: what the input calls for.",
    ),
    click.option(
        "--theme",
        metavar="NAME",
        default="light",
        show_default=True,
        help=f"{_words(*options.THEMES)} (an SVG follows the reader's system, a PNG is light).",
    ),
    click.option("--width", type=click.IntRange(*options.WIDTHS), help="Pixels of a PNG's width."),
    click.option(
        "--scale",
        type=click.FloatRange(*options.SCALES),
        help="Pixels a point in a PNG. Default: 2.",
    ),
    click.option("--page", metavar="W:H", help="Pad the page to a ratio, such as 16:9."),
    click.option(
        "--text",
        metavar="NAME",
        default="embed",
        show_default=True,
        help=f"{_words(*options.TEXTS)}: how an SVG holds its text.",
    ),
    click.option("--show", metavar="LIST", help=f"Details to show: {_words(*options.DETAILS)}."),
    click.option("--hide", metavar="LIST", help="Details to leave out."),
    click.option(
        "-n",
        "--namespace",
        "namespaces",
        multiple=True,
        metavar="LIST",
        help="Draw only what is in these namespaces.",
    ),
    click.option(
        "-l",
        "--selector",
        metavar="LABELS",
        help="Draw only what bears these labels, as kubectl selects: app=web,tier!=db.",
    ),
    click.option("--kind", "kinds", multiple=True, metavar="LIST", help="Draw only these kinds."),
    click.option(
        "--name",
        "names",
        multiple=True,
        metavar="LIST",
        help="Draw only what is called so; * and ? stand for others.",
    ),
    click.option(
        "--engine",
        metavar="NAME",
        default="bundled",
        show_default=True,
        help="bundled, or dot: the Graphviz on PATH, which may draw another picture elsewhere.",
    ),
    click.option(
        "--deadline",
        type=click.FloatRange(*options.DEADLINES),
        default=Wish().deadline,
        show_default=True,
        help="Seconds that one layout may take.",
    ),
    click.option(
        "--max-size",
        type=click.IntRange(*options.SIZES),
        default=Wish().max_size,
        show_default=True,
        help="Largest input in MB.",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(*options.DEPTHS),
        default=Wish().max_depth,
        show_default=True,
        help="Deepest nesting of an input.",
    ),
    click.option("--check", is_flag=True, help="Write nothing; status 1 when a file would change."),
    click.option(
        "--fail-on",
        metavar="LEVEL",
        help="error (default), warning, info, never: findings that make the status 1.",
    ),
    click.option(
        "--show-suppressed",
        is_flag=True,
        help="Hollow pins on what findings are suppressed of.",
    ),
    click.option(
        "-j",
        "--jobs",
        default="auto",
        show_default=True,
        metavar="N",
        help="Processes that draw at a time; auto: as many as there are cores.",
    ),
    click.option(
        "--executor",
        default="local",
        show_default=True,
        metavar="NAME",
        help="local, or dask: the workers of a dask scheduler.",
    ),
    click.option("--scheduler", metavar="ADDRESS", help="Where the dask scheduler listens."),
    click.option("--force", is_flag=True, help="Draw all anew, whatever earlier runs drew."),
    click.option("--why", is_flag=True, help="Tell the reason for each drawing."),
    click.option("--dry-run", is_flag=True, help="Draw nothing; tell what would be, and why."),
    click.option("--prune", is_flag=True, help="Remove the outputs of inputs that are gone."),
    click.option("--watch", is_flag=True, help="Go on: draw again whenever an input changes."),
    click.option("--no-color", is_flag=True, help="No colour on a terminal."),
)


def _with_options(function: F) -> F:
    for option in reversed(OPTIONS):
        function = option(function)
    return function


@click.command("render")
@_with_options
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Draw the figures of specs and Kubernetes manifests, of folders of them, or of stdin (-).

    \b
      podviz render spec.yaml
      podviz render k8s/ -o output
      kubectl get all -o yaml | podviz render - -o cluster.svg
      podviz render specs -o output -f svg,png,txt
      podviz render spec.yaml -o figure.png --theme dark --width 1920
      cat spec.yaml | podviz render - -f txt -o -
      podviz render specs -o output --check
      podviz render specs -o output --watch

    A second run draws only what has changed. What was drawn is kept in the user's cache folder,
    or in that which PODVIZ_CACHE_DIR names (empty for none).
    """
    return render(Wish(**ctx.params))


def render(asked: Wish) -> int:
    """Draw what is asked for and tell it on stderr; the exit status. Raises UsageError."""
    if not asked.paths:
        raise UsageError("name at least one PATH: a spec, a manifest, a folder, or - for stdin")
    wish.may_run(asked)
    if asked.watch:
        from podviz.live.watch import watch

        beside: set[Path] = set()
        return watch(asked.paths, wish.target(asked).folder, lambda: once(asked, beside), beside)
    return once(asked)


def once(asked: Wish, beside: set[Path] | None = None) -> int:
    """One run over all inputs as they are now; what they take in is put into `beside`."""
    from podviz.intake import gather
    from podviz.runs import batch
    from podviz.speaker import Speaker, complain

    target = wish.target(asked)
    units, errors = gather(asked.paths, target.folder)
    wish.check(asked, 0 if target.folder else batch.count(units))
    for error in errors:
        complain(str(error))
    status = max((e.status for e in errors), default=0)
    speaker = Speaker(
        colour=not asked.no_color, total=len(units), check=asked.check,
        why=asked.why, dry=asked.dry_run,
    )  # fmt: skip
    with _cache() as cache:
        plan = planned(asked, cache, many=len(units) > batch.FEW)
        plan.memory.beside = set() if beside is None else beside
        ledger = _ledger(asked, cache)
        with speaker:
            for done in batch.run(units, plan):
                speaker.tell(done)
                status = max(status, done.status)
                if ledger:
                    ledger.enter(done)
        if ledger:
            _prune(ledger, asked)
    speaker.close()
    return max(status, 1) if asked.check and speaker.changed else status


@contextmanager
def _cache() -> "Iterator[Cache]":
    from podviz.runs.cache import Cache, folder

    home = folder()
    cache = Cache(home / "figures.db" if home else None)
    try:
        yield cache
    finally:
        cache.close()


def planned(asked: Wish, cache: "Cache", *, many: bool) -> "Plan":
    """How the run goes that a wish asks for. Raises UsageError for words that mean nothing."""
    from podviz.runs.batch import FEW, Plan
    from podviz.runs.recall import Memory, Recall

    crew, few = _crew(asked, FEW)

    def ahead() -> None:
        if many and crew and asked.executor == "local":
            from podviz.runs import pool

            pool.ahead()

    def order() -> "Order":
        from podviz.order import ordered

        return ordered(asked, Path())

    if asked.dry_run:
        order()  # nothing is drawn that would check it
    return Plan(
        order=order,
        target=wish.target(asked),
        check=asked.check,
        dry=asked.dry_run,
        max_size=asked.max_size * 1_000_000,
        memory=Recall.of(asked, cache) if cache.is_there else Memory(),
        crew=crew,
        ahead=ahead,
        few=few,
    )


def _crew(asked: Wish, few: int) -> "tuple[Callable[[], Crew] | None, int]":
    """What opens a crew, if the run may have one, and above how many inputs it is worth it."""
    jobs = wish.jobs(asked)

    def local() -> "Crew":
        from podviz.runs import pool
        from podviz.runs.crew import Crew

        return Crew(partial(pool.local, jobs), partial(pool.local, 1), 4 * jobs)

    def remote() -> "Crew":
        from podviz.runs import pool
        from podviz.runs.crew import Crew

        opened = partial(pool.dask, str(asked.scheduler))
        return Crew(opened, opened, _REMOTE)

    if asked.executor == "dask":
        return remote, 0
    if jobs == 1:
        return None, 0
    return local, few if asked.jobs == "auto" else 0


def _ledger(asked: Wish, cache: "Cache") -> "Ledger | None":
    """What knows the files of the output folder; where nothing is written, there is none."""
    folder = wish.target(asked).folder
    if folder is None or asked.check:
        return None
    from podviz.runs.ledger import Ledger

    return Ledger(cache, folder)


def _prune(ledger: "Ledger", asked: Wish) -> None:
    """Name the files whose input is gone, and remove them where that is asked for."""
    from podviz.disk import reason
    from podviz.speaker import complain

    if not asked.dry_run:
        ledger.close()
    for path in ledger.orphans():
        told = f"{path}: what it was drawn from is gone"
        if not asked.prune or asked.dry_run:
            complain(f"{told} (--prune removes it)")
            continue
        try:
            done = "removed" if ledger.prune(path) else "left, since somebody changed it"
        except OSError as error:
            done = reason(error)
        complain(f"{told}: {done}")
