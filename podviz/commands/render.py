"""podviz render: draw figures."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from podviz import theme, view, writer
from podviz.choice import choose, did_you_mean
from podviz.errors import UsageError
from podviz.text import LANGS

DETAILS = (
    "image", "ports", "ip", "labels", "volumes", "requests", "probes", "init", "config", "findings",
    "infos", "legend",
)  # fmt: skip


@click.command("render")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("-o", "--output", metavar="PATH", help="A folder (default: output), a file, or - for stdout.")
@click.option("-f", "--format", "formats", metavar="LIST", help=f"{', '.join(writer.FORMATS)}. Default: svg, or the ending of -o.")
@click.option("--lang", "langs", metavar="LIST", help="ko, en. Default: every language of the title.")
@click.option("--view", "view_name", metavar="NAME", help=f"{', '.join(view.VIEWS)}. Default: what the input calls for.")
@click.option("--theme", "theme_name", metavar="NAME", default="light", show_default=True, help=f"{', '.join(theme.THEMES)}.")
@click.option("--width", type=click.IntRange(16, 20000), help="Pixels of a PNG's width.")
@click.option("--scale", type=click.FloatRange(0.1, 20), help="Pixels a point in a PNG. Default: 2.")
@click.option("--page", metavar="W:H", help="Pad the page to a ratio, such as 16:9.")
@click.option("--text", "text_mode", metavar="NAME", default="embed", show_default=True, help=f"{', '.join(writer.TEXTS)}: how an SVG holds its text.")
@click.option("--show", metavar="LIST", help=f"Details to show: {', '.join(DETAILS)}.")
@click.option("--hide", metavar="LIST", help="Details to hide.")
@click.option("--engine", metavar="NAME", default="bundled", show_default=True, help="bundled, or dot for the system's Graphviz (other machines may then draw other pictures).")
@click.option("--deadline", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True, help="Seconds that one layout may take.")
@click.option("--max-size", type=click.IntRange(1), default=20, show_default=True, help="Largest input in MB.")
@click.option("--max-depth", type=click.IntRange(1, 1000), default=200, show_default=True, help="Deepest nesting of an input.")
@click.option("--check", is_flag=True, help="Write nothing; status 1 when an output would change.")
@click.option("--no-color", is_flag=True, help="No colour on a terminal.")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Draw the figures of specs, folders of specs, or stdin (-).

    \b
      podviz render spec.yaml
      podviz render specs -o output -f svg,png,txt
      podviz render spec.yaml -o figure.png --theme dark --width 1920
      cat spec.yaml | podviz render - -f txt -o -
      podviz render specs -o output --check
    """
    from podviz import batch
    from podviz.intake import gather

    if not paths:
        raise UsageError("name at least one PATH: a spec, a folder of specs, or - for stdin")
    target = _target(options["output"])
    order = _order(options, target)
    units, errors = gather(paths)
    _one_result_only(target, order, units, options["output"])
    speaker = _Speaker(color=not options["no_color"], total=len(units), check=options["check"])
    for error in errors:
        speaker.say(f"podviz: {error}")
    status = max((e.status for e in errors), default=0)
    out = sys.stdout.buffer.write
    for done in batch.run(units, order, target, check=options["check"], out=out):
        speaker.tell(done)
        status = max(status, done.status)
    speaker.close()
    return max(status, 1) if options["check"] and speaker.changed and status < 1 else status


# ── words → order ───────────────────────────────────────────────────────────────────────────


def _list(what: str, words: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    """`svg,png` → ("svg", "png"), each once, each known."""
    if words is None:
        return None
    parts = [w.strip() for w in words.split(",") if w.strip()]
    if not parts:
        raise UsageError(f"--{what} names nothing; choose from {', '.join(known)}")
    return tuple(dict.fromkeys(choose(what, w, known) for w in parts))


def _target(output: str | None) -> Any:
    from podviz.batch import Target

    if output == "-":
        return Target()
    path = Path(output or "output")
    if path.is_dir() or output is None or output.endswith("/"):
        return Target(folder=path)
    ending = path.suffix[1:].lower()
    if ending in writer.FORMATS:
        return Target(file=path)
    if ending and did_you_mean(ending, writer.FORMATS) and not path.exists():
        raise UsageError(
            f"-o {output}: no format {ending!r}{did_you_mean(ending, writer.FORMATS)}; "
            "end a folder's name with / if it is one"
        )
    return Target(folder=path)


def _order(options: dict[str, Any], target: Any) -> Any:
    from podviz.pipeline import Order

    formats = _list("format", options["formats"], writer.FORMATS)
    if target.file is not None:
        ending = target.file.suffix[1:].lower()
        if formats and formats != (ending,):
            raise UsageError(f"-o {target.file} ends in .{ending}, and --format says {', '.join(formats)}")
        formats = (ending,)
    style = writer.Style(
        theme=choose("theme", options["theme_name"], theme.THEMES),
        text=choose("text", options["text_mode"], writer.TEXTS),
        width=options["width"],
        scale=options["scale"],
    )
    if options["width"] and options["scale"]:
        raise UsageError("--width and --scale both say how large a PNG is; give one")
    return Order(
        formats=formats or ("svg",),
        langs=_list("lang", options["langs"], LANGS),
        view=choose("view", options["view_name"], view.VIEWS) if options["view_name"] else None,
        style=style,
        ratio=_ratio(options["page"]),
        show=frozenset(_list("show", options["show"], DETAILS) or ()),
        hide=frozenset(_list("hide", options["hide"], DETAILS) or ()),
        engine=choose("engine", options["engine"], ("bundled", "dot")),
        deadline=options["deadline"],
        max_size=options["max_size"] * 1_000_000,
        max_depth=options["max_depth"],
    )


def _ratio(page: str | None) -> float | None:
    if page is None:
        return None
    try:
        wide, high = (float(n) for n in page.split(":"))
        ratio = wide / high
    except (ValueError, ZeroDivisionError):
        ratio = 0.0
    if not 0.1 <= ratio <= 10:
        raise UsageError(f"--page must be W:H such as 16:9, not {page!r}")
    return ratio


def _one_result_only(target: Any, order: Any, units: Sequence[Any], output: str | None) -> None:
    """A file or stdout takes exactly one result: refuse early what cannot be one."""
    if target.folder is None and (len(units) > 1 or len(order.formats) > 1):
        raise UsageError(f"-o {output} takes one result; name a folder for several inputs or formats")


# ── what is said ────────────────────────────────────────────────────────────────────────────


class _Speaker:
    """Says to stderr what happened: findings with excerpts, errors, changes, one last line."""

    def __init__(self, *, color: bool, total: int, check: bool) -> None:
        import os

        self.color = color and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        self.check, self.changed, self.fresh, self.failed = check, 0, 0, 0
        self.foreign: set[str] = set()
        self.progress = _progress(total) if total > 10 and sys.stderr.isatty() else None

    def say(self, text: str) -> None:
        if self.progress:
            self.progress.console.out(text, highlight=False)
        else:
            print(text, file=sys.stderr)  # noqa: T201 - said to a person

    def tell(self, done: Any) -> None:
        if done.result.findings:
            from podviz.reports import text

            lines = {done.unit.name: done.result.lines}
            self.say(text.write(done.result.findings, lines, colour=self.color).rstrip("\n"))
        for error in (*done.result.errors, *done.errors):
            self.say(f"podviz: {error}")
        self.failed += done.status != 0
        self.changed += len(done.changed)
        self.fresh += len(done.fresh)
        for path in done.changed if self.check else ():
            self.say(f"podviz: {path} would change")
        for made in done.result.made:
            self.foreign.update(made.foreign)
        if self.progress:
            self.progress.advance(self.progress.task_ids[0])

    def close(self) -> None:
        if self.progress:
            self.progress.stop()
        if self.foreign:
            shown = " ".join(f"U+{ord(c):04X}" for c in sorted(self.foreign))
            self.say(f"podviz: the bundled font has no glyph for {shown}; a PNG shows a box instead")
        if self.changed or self.fresh:
            verb = "would change" if self.check else "written"
            failed = f", {self.failed} inputs failed" if self.failed else ""
            self.say(f"podviz: {self.changed} files {verb}, {self.fresh} unchanged{failed}")


def _progress(total: int) -> Any:
    """A bar with rate and remaining time, on a terminal only."""
    from rich.console import Console
    from rich.progress import Progress

    progress = Progress(console=Console(stderr=True), transient=True)
    progress.add_task("podviz", total=total)
    progress.start()
    return progress
