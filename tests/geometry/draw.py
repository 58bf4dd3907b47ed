"""Specs as SVGs, through the whole trip."""

from functools import partial
from pathlib import Path

from podviz.input import Input
from podviz.intake import Unit, beside
from podviz.order import Order
from podviz.pipeline import run_all
from podviz.report import breaks
from podviz.writer import Style


def pictures(spec: str | Path, name: str, lang: str, **style: str) -> list[bytes]:
    """The SVGs of a spec, whose form has no flaw; of a file it may name others beside it."""
    path = spec if isinstance(spec, Path) else None
    data = path.read_bytes() if path else f"podviz: 1{spec}".encode()
    order = Order(langs=(lang,), style=Style(**style))  # type: ignore[arg-type]
    result = run_all(
        (Input(name, data),),
        name,
        order,
        partial(beside, Unit(name=name, path=path, stem=Path(name))),
    )
    assert not result.errors
    assert not [f.message.en for f in result.findings if breaks(f)]
    assert result.made
    return [made.data for made in result.made if made.frame != "play"]
