"""podviz new: a starter spec from a pattern."""

import os
from pathlib import Path

import click

from podviz.errors import UsageError
from podviz.pattern import pattern

_POD_NAME = pattern(r"(?!(null|true|false)$)[a-z]([a-z0-9-]*[a-z0-9])?")
_LONGEST = 63  # https://kubernetes.io/docs/concepts/overview/working-with-objects/names/


@click.command("new")
@click.argument("name", required=False)
@click.option(
    "--pattern", metavar="NAME", help="The pattern; default: the one called NAME, or sidecar."
)
@click.option("--list", "listing", is_flag=True, help="Show the patterns.")
def command(name: str | None, pattern: str | None, listing: bool) -> None:
    """Write NAME.yaml, a spec that can be drawn as it is; `-` writes to stdout.

    \b
      podviz new web
      podviz new db --pattern statefulset
      podviz new --list
    """
    from podviz import disk, patterns
    from podviz.choice import choose
    from podviz.speaker import complain

    titles = patterns.titles()
    if listing:
        lines = [f"{known:<14} {title.to('en')}\n" for known, title in titles.items()]
        disk.write_stdout("".join(lines).encode())
        return
    if not name:
        raise UsageError("name the spec to write, or ask for --list")
    stem = "web" if name == "-" else _stem(name)
    chosen = stem if stem in titles else "sidecar"
    data = patterns.text(
        choose("pattern", pattern, tuple(titles)) if pattern is not None else chosen, stem
    ).encode()
    if name == "-":
        disk.write_stdout(data)
        return
    path = Path(name).with_name(f"{stem}{_ending(name)}")
    if os.path.lexists(path):
        raise UsageError(f"{path} exists: choose another name")
    disk.write(path, data)
    complain(f"wrote {path}; draw it with: podviz render {path}")


def _ending(name: str) -> str:
    return Path(name).suffix if name.endswith((".yaml", ".yml")) else ".yaml"


def _stem(name: str) -> str:
    """What the spec's main thing is called. Raises UsageError where Kubernetes would refuse."""
    stem = Path(name).name.removesuffix(_ending(name))
    if not _POD_NAME.fullmatch(stem) or len(stem) > _LONGEST:
        raise UsageError(
            f"{stem!r} cannot name a Pod: use up to {_LONGEST} of a-z, 0-9 and '-', "
            "a letter first and no '-' last"
        )
    return stem
