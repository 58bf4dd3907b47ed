"""podviz check: is it well-formed, is the design good?"""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from podviz.errors import UsageError
from podviz.report import FORMATS

if TYPE_CHECKING:
    from podviz.intake import Unit
    from podviz.report import Account
    from podviz.settings import Settings
    from podviz.verdict import Terms, Verdict

_LEVELS = "error, warning, info, never"
_NAMED = 12  # files that are named


@click.command("check")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--format",
    "format",
    metavar="NAME",
    default="text",
    show_default=True,
    help=f"{', '.join(FORMATS)}.",
)
@click.option("-o", "--output", metavar="FILE", help="Where the report goes. Default: - (stdout).")
@click.option(
    "--select", metavar="LIST", help="Only these: codes, names, or beginnings such as POD2."
)
@click.option("--ignore", metavar="LIST", help="All but these.")
@click.option(
    "--sets", metavar="LIST", help="design, operations. Default: design; structure always."
)
@click.option(
    "--fail-on", metavar="LEVEL", help=f"{_LEVELS}: what makes the status 1. Default: warning."
)
@click.option("--kubernetes", metavar="VERSION", help="The version that is meant, such as 1.33.")
@click.option("--lang", metavar="NAME", help="ko, en. Default: en.")
@click.option(
    "--max-size",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Largest input in MB.",
)
@click.option(
    "--max-depth",
    type=click.IntRange(1, 400),
    default=200,
    show_default=True,
    help="Deepest nesting of an input.",
)
@click.option("--no-color", is_flag=True, help="No colour on a terminal.")
def command(
    paths: tuple[str, ...],
    format: str,
    output: str | None,
    select: str | None,
    ignore: str | None,
    sets: str | None,
    fail_on: str | None,
    kubernetes: str | None,
    lang: str | None,
    max_size: int,
    max_depth: int,
    no_color: bool,
) -> int:
    """Judge specs and Kubernetes manifests; a folder of manifests is one cluster.

    \b
      podviz check spec.yaml
      podviz check specs --format concise --fail-on error
      podviz check specs --select POD2,independent-services --lang ko
      podviz check specs --sets design,operations --fail-on never
      podviz check specs --format sarif -o podviz.sarif
      cat spec.yaml | podviz check -

    What is selected, ignored and failed on may stand in podviz.toml, or in pyproject.toml below
    [tool.podviz], of this folder or the nearest above; options win. A line of a file is spared
    by `# podviz: ignore[POD201] reason` behind it, a whole node by the same above it.
    """
    from podviz.choice import choose

    if not paths:
        raise UsageError("name at least one PATH: a spec, manifests, a folder, or - for stdin")
    choose("format", format, FORMATS)
    given = {"select": select, "ignore": ignore, "sets": sets}
    settings = _settings(given, fail_on, kubernetes, lang)
    terms = _terms(settings, kubernetes, max_size, max_depth)
    if output is not None:
        _may_write(output)
    verdict = _verdict(paths, terms)
    colour = format == "text" and output in (None, "-") and not no_color and _is_colourful()
    account = _account(verdict, terms, colour=colour)
    _tell(account, format, output)
    _sum_up(account, verdict)
    return _status(account, verdict)


# ── what is asked ───────────────────────────────────────────────────────────────────────────


def _settings(
    given: dict[str, str | None], fail_on: str | None, kubernetes: str | None, lang: str | None
) -> "Settings":
    """The settings of this folder with what the command line says over them."""
    from podviz import settings as room
    from podviz.catalogue import SETS
    from podviz.choice import choose
    from podviz.text import LANGS

    known = room.nearest(Path())
    lists = {key: _list(key, words) for key, words in given.items() if words is not None}
    for word in lists.get("sets", ()):
        choose("sets", word, SETS)
    if fail_on is not None:
        known = replace(known, fail_on=choose("fail-on", fail_on, tuple(room.LEVELS)))
    if lang is not None:
        known = replace(known, lang=choose("lang", lang, LANGS))
    if kubernetes is not None and not room.is_version(kubernetes):
        raise UsageError(f"kubernetes must be a version such as 1.33, not {kubernetes!r}")
    return replace(
        known,
        select=lists.get("select", known.select),
        ignore=lists.get("ignore", known.ignore),
        sets=lists.get("sets", known.sets),
    )


def _list(what: str, words: str) -> tuple[str, ...]:
    parts = tuple(word.strip() for word in words.split(",") if word.strip())
    if not parts:
        raise UsageError(f"{what} names nothing")
    return parts


def _terms(settings: "Settings", kubernetes: str | None, max_size: int, max_depth: int) -> "Terms":
    from podviz.catalogue import chosen
    from podviz.verdict import Terms

    return Terms(
        codes=chosen(settings.sets, settings.select, settings.ignore),
        settings=settings,
        kubernetes=kubernetes,
        max_size=max_size * 1_000_000,
        max_depth=max_depth,
    )


def _may_write(output: str) -> None:
    if not output or Path(output).is_dir() or output.endswith(("/", os.sep)):
        raise UsageError(f"-o {output}: name a file, or - for stdout".replace("  ", " "))


# ── what comes of it ────────────────────────────────────────────────────────────────────────


def _verdict(paths: Sequence[str], terms: "Terms") -> "Verdict":
    """Each folder is a cluster of its own, all files that are named are one together."""
    from podviz.intake import gather
    from podviz.verdict import check, joined

    seen: set[str | None] = set()
    groups: dict[str, list[Unit]] = {}
    errors = []
    for word in paths:
        folder = word if os.path.isdir(word) else ""  # noqa: PTH112 - Path.is_dir may raise
        units, flaws = gather([word])
        errors += flaws
        for unit in units:
            real = os.path.realpath(unit.path) if unit.path else None
            if real not in seen:
                seen.add(real)
                groups.setdefault(folder, []).append(unit)
    verdicts = [check(units, terms, folder=bool(name)) for name, units in groups.items()]
    verdict = joined(verdicts)
    return replace(verdict, errors=(*errors, *verdict.errors))


def _account(verdict: "Verdict", terms: "Terms", *, colour: bool) -> "Account":
    from podviz import __version__
    from podviz.catalogue import entries
    from podviz.report import Account
    from podviz.settings import LEVELS

    return Account(
        files=verdict.files,
        findings=verdict.findings,
        lines=verdict.lines,
        errors=tuple(map(str, verdict.errors)),
        entries=tuple(entry for entry in entries() if entry.code in terms.codes),
        lang=terms.settings.lang,
        colour=colour,
        fail_on=LEVELS[terms.settings.fail_on],
        version=__version__,
    )


def _tell(account: "Account", format: str, output: str | None) -> None:
    from podviz import disk
    from podviz.report import report

    data = report(format)(account).encode(errors="replace")
    if output in (None, "-"):
        disk.write_stdout(data)
        return
    path = Path(str(output))
    here = disk.identity(path)
    if here and here in {disk.identity(Path(file)) for file in account.files}:
        raise UsageError(f"-o {output}: this is an input")
    disk.write(path, data)


def _sum_up(account: "Account", verdict: "Verdict") -> None:
    """What a person is told beside the report."""
    from podviz.finding import Severity
    from podviz.speaker import complain

    for error in account.errors:
        complain(error)
    if verdict.left_out:
        names = ", ".join(verdict.left_out[:_NAMED])
        names += " …" if len(verdict.left_out) > _NAMED else ""
        complain(f"left out, as neither spec nor manifest: {names}")
    found = [finding.severity for finding in account.open]
    counts = [
        _counted(found.count(level), noun)
        for level, noun in (
            (Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")
        )
        if level in found
    ]  # fmt: skip
    silent = len(account.findings) - len(found)
    hidden = f", {silent} suppressed" if silent else ""
    if account.files:
        where = _counted(len(account.files), "file")
        complain(f"{', '.join(counts) or 'nothing found'} in {where}{hidden}")
    elif not account.errors:
        complain("nothing to check: no spec and no manifest")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _status(account: "Account", verdict: "Verdict") -> int:
    """The worst of it all wins."""
    from podviz.report import breaks

    broken = any(breaks(finding) for finding in account.open) or not account.files
    harmed = any(account.harms(finding) for finding in account.open)
    errors = [error.status for error in verdict.errors]
    return max([3 if broken else int(harmed), *errors])


def _is_colourful() -> bool:
    """https://no-color.org"""
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("TERM") != "dumb"
