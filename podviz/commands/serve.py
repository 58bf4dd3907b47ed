"""podviz serve: a live preview in the browser."""

from threading import Thread
from typing import TYPE_CHECKING

import click

from podviz import options
from podviz.errors import OutputError, UsageError
from podviz.wish import Wish

if TYPE_CHECKING:
    from podviz.live.server import Server
    from podviz.live.studio import Studio

PORT = 8321
"""Where it listens if nothing is said, or at any free port if that is taken."""


@click.command("serve")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--port", type=click.IntRange(1, 65535), help=f"Default: {PORT}, or a free one.")
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option("--show", metavar="LIST", help=f"Details to show: {', '.join(options.DETAILS)}.")
@click.option("--hide", metavar="LIST", help="Details to leave out.")
def command(
    paths: tuple[str, ...], port: int | None, opens: bool, show: str | None, hide: str | None
) -> int:
    """Show the figures of specs and manifests in the browser, anew after each change on disk.

    \b
      podviz serve spec.yaml
      podviz serve k8s/ specs/ --open

    Only this machine can reach it, and only with the key of the address that it tells. Keys:
    arrows turn, + - 0 zoom, l language, d dark, v view, Esc all figures. Ctrl-C ends it.
    """
    from functools import partial
    from pathlib import Path

    from podviz.live.studio import Studio
    from podviz.live.watch import changed
    from podviz.order import ordered
    from podviz.speaker import complain, say

    if not paths or "-" in paths:
        raise UsageError("name at least one PATH: a spec, a manifest or a folder of them")
    order = partial(ordered, Wish(paths=paths, show=show, hide=hide), Path())
    studio = Studio((), order)
    steps = changed(paths, beside=lambda: studio.beside())
    next(steps)
    studio = Studio(paths, order)
    server = _listening(studio, port)
    Thread(target=server.serve_forever, daemon=True).start()
    say(f"podviz: {server.address}")
    for error in studio.inputs()["errors"]:
        complain(error)
    if opens:
        import webbrowser

        webbrowser.open(server.address)
    for _ in steps:
        names = studio.refresh()
        if names:
            server.tell(names)
    return 0


def _listening(studio: "Studio", port: int | None) -> "Server":
    from podviz.live.server import Server

    if port is not None:
        return Server(studio, port)
    try:
        return Server(studio, PORT)
    except OutputError:
        return Server(studio, 0)
