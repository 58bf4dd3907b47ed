"""podviz rules: the catalogue."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from podviz.options import LANGS

if TYPE_CHECKING:
    from podviz.report import Entry

_FORMATS = ("table", "json", "markdown")


@click.command("rules")
@click.option(
    "--format",
    "format",
    metavar="NAME",
    default="table",
    show_default=True,
    help=f"{', '.join(_FORMATS)}.",
)
@click.option("--sets", metavar="LIST", help="structure, design, operations. Default: all.")
@click.option(
    "--lang", metavar="NAME", default="en", show_default=True, help=f"{', '.join(LANGS)}."
)  # fmt: skip
@click.option(
    "--gallery", metavar="FOLDER", help="Write a figure of each rule there, bad beside good."
)
def command(format: str, sets: str | None, lang: str, gallery: str | None) -> None:
    """List the rules.

    \b
      podviz rules
      podviz rules --sets design --lang ko
      podviz rules --format json
      podviz rules --gallery rules/
    """
    from podviz import disk
    from podviz.choice import choose
    from podviz.errors import UsageError
    from podviz.judgement.catalogue import entries
    from podviz.rule import SETS

    choose("format", format, _FORMATS)
    choose("lang", lang, LANGS)
    if gallery == "":
        raise UsageError("--gallery names nothing")
    if gallery is not None:
        _gallery(gallery)
        return
    asked = [word.strip() for word in sets.split(",")] if sets is not None else list(SETS)
    for word in asked:
        choose("sets", word, SETS)
    known = [entry for entry in entries() if entry.set in asked]
    tell = {"table": _table, "json": _json, "markdown": _markdown}[format]
    disk.write_stdout(tell(known, lang).encode())


def _gallery(folder: str) -> None:
    """Every figure in both languages, and a page for each language."""
    from pathlib import Path

    from podviz import disk
    from podviz.gallery import drawn
    from podviz.speaker import complain

    written = unchanged = 0
    for name, data in drawn(LANGS):
        path = Path(folder) / name
        if disk.holds(path, data):
            unchanged += 1
        else:
            disk.write(path, data)
            written += 1
    complain(f"{written} files written, {unchanged} unchanged")


def _table(known: Sequence["Entry"], lang: str) -> str:
    from podviz.text import pad

    wide = max((len(entry.name) for entry in known), default=0)
    lines = [
        f"{entry.code}  {pad(entry.name, wide)}  {entry.severity!s:<8} {entry.set:<11}"
        f"{entry.says.to(lang)}\n"
        for entry in known
    ]
    return "".join(lines)


def _json(known: Sequence["Entry"], lang: str) -> str:
    import json

    told = [
        {
            "code": entry.code,
            "name": entry.name,
            "severity": str(entry.severity),
            "set": entry.set,
            "says": entry.says.to(lang),
            "why": entry.why.to(lang),
            "fix": entry.fix.to(lang) if entry.fix else None,
            "lecture": entry.lecture or None,
            "docs": entry.docs or None,
        }
        for entry in known
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _markdown(known: Sequence["Entry"], lang: str) -> str:
    lines = ["| code | name | severity | set | says |", "|---|---|---|---|---|"]
    for entry in known:
        code = f"[{entry.code}]({entry.docs})" if entry.docs else entry.code
        says = entry.says.to(lang).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| {code} | {entry.name} | {entry.severity} | {entry.set} | {says} |")
    return "\n".join(lines) + "\n"
