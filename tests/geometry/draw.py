"""Specs as SVGs, through the whole trip."""

from podviz.pipeline import Order, run
from podviz.report import breaks
from podviz.writer import Style


def pictures(spec: str | bytes, name: str, lang: str, **style: str) -> list[bytes]:
    """The SVGs of a spec, whose form has no flaw."""
    data = spec if isinstance(spec, bytes) else f"podviz: 1{spec}".encode()
    result = run(data, name, Order(langs=(lang,), style=Style(**style)))  # type: ignore[arg-type]
    assert not result.errors
    assert not [f.message.en for f in result.findings if breaks(f)]
    assert result.made
    return [made.data for made in result.made]
