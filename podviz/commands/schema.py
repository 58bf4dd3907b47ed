"""podviz schema: the spec's grammar as JSON Schema."""

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the spec.

    \b
      podviz schema > podviz.schema.json

    With an editor that speaks the YAML language server, put this line on top of a spec:

    \b
      # yaml-language-server: $schema=podviz.schema.json
    """
    import json

    from podviz import disk
    from podviz.grammar import json_schema

    text = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    disk.write_stdout(f"{text}\n".encode())
