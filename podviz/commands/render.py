"""podviz render: draw figures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from podviz import theme, view, wish, writer
from podviz.errors import UsageError
from podviz.wish import Wish

if TYPE_CHECKING:
    from podviz.pipeline import Order

F = TypeVar("F", bound=Callable[..., int])


def _words(*names: str) -> str:
    return ", ".join(names)


OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH..."),
    click.option(
        "-o",
        "--output",
        metavar="PATH",
        help=f"A folder (default: {wish.FOLDER}), or for exactly one result a file or - (stdout).",
    ),
    click.option(
        "-f",
        "--format",
        "formats",
        metavar="LIST",
        help=f"{_words(*writer.FORMATS)}. Default: svg, or the ending of -o.",
    ),
    click.option(
        "--lang", "langs", metavar="LIST", help="ko, en. Default: every language of the title."
    ),
    click.option(
        "--view",
        metavar="NAME",
        help=f"{_words(*view.VIEWS)}. Default: what the input calls for.",
    ),
    click.option(
        "--theme",
        metavar="NAME",
        default="light",
        show_default=True,
        help=f"{_words(*theme.THEMES)} (an SVG follows the reader's system, a PNG is light).",
    ),
    click.option("--width", type=click.IntRange(*wish.WIDTHS), help="Pixels of a PNG's width."),
    click.option(
        "--scale",
        type=click.FloatRange(*wish.SCALES),
        help="Pixels a point in a PNG. Default: 2.",
    ),
    click.option("--page", metavar="W:H", help="Pad the page to a ratio, such as 16:9."),
    click.option(
        "--text",
        metavar="NAME",
        default="embed",
        show_default=True,
        help=f"{_words(*writer.TEXTS)}: how an SVG holds its text.",
    ),
    click.option("--show", metavar="LIST", help=f"Details to show: {_words(*wish.DETAILS)}."),
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
        type=click.FloatRange(*wish.DEADLINES),
        default=Wish().deadline,
        show_default=True,
        help="Seconds that one layout may take.",
    ),
    click.option(
        "--max-size",
        type=click.IntRange(*wish.SIZES),
        default=Wish().max_size,
        show_default=True,
        help="Largest input in MB.",
    ),
    click.option(
        "--max-depth",
        type=click.IntRange(*wish.DEPTHS),
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
    """
    return render(Wish(**ctx.params))


def render(asked: Wish) -> int:
    """Draw what is asked for and tell it on stderr; the exit status. Raises UsageError."""
    from podviz import batch
    from podviz.intake import gather
    from podviz.speaker import Speaker, complain

    if not asked.paths:
        raise UsageError("name at least one PATH: a spec, a manifest, a folder, or - for stdin")
    order, target = _judging(wish.order(asked), asked), wish.target(asked)
    units, errors = gather(asked.paths, target.folder)
    wish.check(asked, order, target, 0 if target.folder else batch.count(units, order))
    for error in errors:
        complain(str(error))
    status = max((e.status for e in errors), default=0)
    with Speaker(colour=not asked.no_color, total=len(units), check=asked.check) as speaker:
        for done in batch.run(units, order, target, check=asked.check):
            speaker.tell(done)
            status = max(status, done.status)
    speaker.close()
    return max(status, 1) if asked.check and speaker.changed else status


def _judging(order: "Order", asked: Wish) -> "Order":
    """The order with what the settings of this folder say of judging."""
    from podviz import settings
    from podviz.catalogue import chosen
    from podviz.choice import choose
    from podviz.judging import Terms

    known = settings.nearest(Path())
    level = choose("fail-on", asked.fail_on or "error", tuple(settings.LEVELS))
    codes = chosen(known.sets, known.select, known.ignore)
    return replace(order, terms=Terms(codes=codes, settings=known), fail_on=settings.LEVELS[level])
