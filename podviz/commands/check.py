"""podviz check: is it well-formed, is the design good?"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from podviz.errors import UsageError
from podviz.report import FORMATS

if TYPE_CHECKING:
    from podviz.intake import Unit
    from podviz.judgement.judging import Terms
    from podviz.judgement.settings import Settings
    from podviz.report import Account
    from podviz.verdict import Verdict

_LEVELS = "error, warning, info, never"
_NAMED = 12  # files that are named


class Asked(Struct, frozen=True, kw_only=True):
    """The words of a user, unchecked; lists are words between commas, `max_size` is in MB."""

    paths: tuple[str, ...] = ()
    format: str = "text"
    output: str | None = None
    select: str | None = None
    ignore: str | None = None
    sets: str | None = None
    fail_on: str | None = None
    kubernetes: str | None = None
    lang: str | None = None
    max_size: int = 20
    max_depth: int = 200
    no_color: bool = False


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
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
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
    return check(Asked(**ctx.params))


def check(asked: Asked) -> int:
    """Judge what is asked for, report and sum up; the exit status. Raises UsageError."""
    from podviz.choice import choose

    if not asked.paths:
        raise UsageError("name at least one PATH: a spec, manifests, a folder, or - for stdin")
    choose("format", asked.format, FORMATS)
    terms = _terms(_settings(asked), asked)
    if asked.output is not None:
        _may_write(asked.output)
    verdict = _verdict(asked.paths, terms, numbered=asked.format in ("json", "sarif"))
    account = _account(verdict, terms, colour=_is_coloured(asked))
    _tell(account, asked.format, asked.output)
    _sum_up(account, verdict)
    return _status(account, verdict)


# ── what is asked ───────────────────────────────────────────────────────────────────────────


def _settings(asked: Asked) -> "Settings":
    """The settings of this folder with what the command line says over them."""
    from podviz.choice import choose
    from podviz.judgement import settings as room
    from podviz.judgement.catalogue import SETS
    from podviz.options import LANGS

    given = {"select": asked.select, "ignore": asked.ignore, "sets": asked.sets}
    known = room.nearest(Path())
    lists = {key: _list(key, words) for key, words in given.items() if words is not None}
    for word in lists.get("sets", ()):
        choose("sets", word, SETS)
    if asked.fail_on is not None:
        known = replace(known, fail_on=choose("fail-on", asked.fail_on, tuple(room.LEVELS)))
    if asked.lang is not None:
        known = replace(known, lang=choose("lang", asked.lang, LANGS))
    if asked.kubernetes is not None and not room.is_version(asked.kubernetes):
        raise UsageError(f"kubernetes must be a version such as 1.33, not {asked.kubernetes!r}")
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


def _terms(settings: "Settings", asked: Asked) -> "Terms":
    from podviz.judgement.catalogue import chosen
    from podviz.judgement.judging import Terms

    return Terms(
        codes=chosen(settings.sets, settings.select, settings.ignore),
        settings=settings,
        kubernetes=asked.kubernetes,
        max_size=asked.max_size * 1_000_000,
        max_depth=asked.max_depth,
    )


def _may_write(output: str) -> None:
    if not output or Path(output).is_dir() or output.endswith(("/", os.sep)):
        raise UsageError(f"-o {output}: name a file, or - for stdout".replace("  ", " "))


# ── what comes of it ────────────────────────────────────────────────────────────────────────


def _verdict(paths: Sequence[str], terms: "Terms", *, numbered: bool) -> "Verdict":
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
    verdicts = [
        check(units, terms, folder=bool(name), numbered=numbered) for name, units in groups.items()
    ]
    verdict = joined(verdicts)
    return replace(verdict, errors=(*errors, *verdict.errors))


def _account(verdict: "Verdict", terms: "Terms", *, colour: bool) -> "Account":
    from podviz import __version__
    from podviz.judgement.catalogue import entries
    from podviz.judgement.settings import LEVELS
    from podviz.report import Account

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
        pins=verdict.pins,
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

    nothing = not account.files and not verdict.errors
    broken = nothing or any(breaks(finding) for finding in account.open)
    harmed = any(account.harms(finding) for finding in account.open)
    errors = [error.status for error in verdict.errors]
    return max([3 if broken else int(harmed), *errors])


def _is_coloured(asked: Asked) -> bool:
    """Only text is, on a terminal that takes it: https://no-color.org"""
    if asked.format != "text" or asked.output not in (None, "-") or asked.no_color:
        return False
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("TERM") != "dumb"
