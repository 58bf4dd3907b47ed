"""podviz new: a starter spec from a pattern."""

import re
import sys
from pathlib import Path

import click

from podviz.errors import OutputError, UsageError


@click.command("new")
@click.argument("name", required=False)
@click.option("--pattern", help="Start from this pattern (default: the one that NAME names, or sidecar).")
@click.option("--list", "listing", is_flag=True, help="Show the patterns.")
def command(name: str | None, pattern: str | None, listing: bool) -> None:
    """Write NAME.yaml, a spec that can be drawn as it is; `-` writes to stdout.

    \b
      podviz new web
      podviz new db --pattern statefulset
      podviz new --list
    """
    from podviz import patterns
    from podviz.batch import write
    from podviz.choice import choose

    if listing:
        for known, title in patterns.titles().items():
            click.echo(f"{known:<14} {title.to('en')}")
        return
    if name is None:
        raise UsageError("name the spec to write, or ask for --list")
    names = tuple(patterns.titles())
    stem = "web" if name == "-" else Path(name).name.removesuffix(".yaml").removesuffix(".yml")
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", stem):
        raise UsageError(f"{stem!r} cannot name a Pod: use a-z, 0-9, '-' and '.'")
    chosen = choose("pattern", pattern, names) if pattern else stem if stem in names else "sidecar"
    text = patterns.text(chosen, stem)
    if name == "-":
        click.echo(text, nl=False)
        return
    path = Path(name) if name.endswith((".yaml", ".yml")) else Path(f"{name}.yaml")
    if path.exists():
        raise UsageError(f"{path} exists; choose another name")
    try:
        write(path, text.encode())
    except OSError as error:
        raise OutputError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    print(f"wrote {path}; draw it with: podviz render {path}", file=sys.stderr)  # noqa: T201
