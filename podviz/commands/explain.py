"""podviz explain: why a rule exists."""

import click

from podviz.options import LANGS


@click.command("explain")
@click.argument("word", required=False, metavar="RULE")
@click.option(
    "--lang", metavar="NAME", default="en", show_default=True, help=f"{', '.join(LANGS)}."
)
def command(word: str | None, lang: str) -> None:
    """Tell why a rule exists, with its bad and its good example.

    \b
      podviz explain POD201
      podviz explain independent-services --lang ko
    """
    from podviz import disk
    from podviz.choice import choose
    from podviz.errors import UsageError
    from podviz.explanation import explain
    from podviz.judgement.catalogue import find
    from podviz.shelf import find_rule

    if not word:
        raise UsageError("name a RULE by its code or name, such as POD201; podviz rules lists them")
    choose("lang", lang, LANGS)
    entry = find(word)
    disk.write_stdout(explain(entry, find_rule(entry.code), lang).encode())
