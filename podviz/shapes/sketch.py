"""The picture of a card: a few signs side by side, some of them in a Pod."""

from msgspec import Struct

from podviz.assets import ICONS
from podviz.drawing import Item, Panel, Rect, Stroke, Symbol, moved
from podviz.figure import Sketch
from podviz.shapes.block import Pen
from podviz.shapes.ink import baseline, run, struck

_MARKS = {
    "app": ("container", "pod.line"),
    "container": ("container", "pod.line"),
    "sidecar": ("sidecar", "sidecar.line"),
    "init": ("init", "init.line"),
    "volume": ("volume", "volume.line"),
    "claim": ("claim", "volume.line"),
    "network": ("network", "pod.line"),
    "localhost": ("localhost", "pod.line"),
    "dead": ("dead", "dead.text"),
    "clock": ("clock", "quiet"),
    "globe": ("globe", "info.line"),
    "missing": ("missing", "bad.line"),
    "unclear": ("unclear", "info.line"),
}
"""Word of a picture → the mark that is drawn, and its colour."""

_JOINTS = {"+": "+", "→": "→", "->": "→"}
"""What stands between signs."""

_SIGN, _ICON, _GAP, _VERDICT = 34.0, 40.0, 12.0, 22.0
_POD, _POD_PAD = 60.0, 14.0


class _Drawn(Struct, frozen=True):
    """A sign from x = 0, its middle at y = 0, and its width."""

    items: tuple[Item, ...]
    width: float


def draw(
    pen: Pen,
    picture: tuple[Sketch | tuple[Sketch, ...], ...],
    cx: float,
    cy: float,
    room: float,
) -> list[Item]:
    """The signs in a row whose middle is at (cx, cy), as near to each other as `room` asks."""
    drawn = [_pod(pen, sign) if isinstance(sign, tuple) else _sign(pen, sign) for sign in picture]
    loose = sum(each.width for each in drawn)
    wide = 2.5 * _GAP if any(getattr(sign, "verdict", None) for sign in picture) else _GAP
    gap = wide if len(drawn) < 2 else min(wide, max((room - loose) / (len(drawn) - 1), 3.0))
    return list(_row(drawn, cx, cy, gap).items)


def _row(drawn: list[_Drawn], cx: float, cy: float, gap: float = _GAP) -> _Drawn:
    wide = sum(each.width for each in drawn) + gap * (len(drawn) - 1)
    x = cx - wide / 2
    items: list[Item] = []
    for each in drawn:
        items += [moved(item, x, cy) for item in each.items]
        x += each.width + gap
    return _Drawn(tuple(items), wide)


def _pod(pen: Pen, inner: tuple[Sketch, ...]) -> _Drawn:
    """Signs in one Pod; a dead one where all in it are."""
    dead = all(sign.words.en == "dead" for sign in inner)
    drawn = [_sign(pen, sign) for sign in inner]
    row = _row(drawn, 0, 0)
    wide = row.width + 2 * _POD_PAD
    rect = Rect(0, -_POD / 2, wide, _POD)
    role = "dead" if dead else "pod"
    stroke = Stroke(colour=f"{role}.line", width=2.2, dash=(6, 4) if dead else ())
    frame = Panel(rect=rect, fill=f"{role}.fill", stroke=stroke, radius=12)
    return _Drawn((frame, *_row(drawn, wide / 2, 0).items), wide)


def _sign(pen: Pen, sign: Sketch) -> _Drawn:
    plain = _plain(pen, sign)
    if not sign.verdict:
        return plain
    side = Rect(0, -_VERDICT / 2, _VERDICT, _VERDICT)
    mark = Symbol(name=sign.verdict, rect=side, colour=f"{sign.verdict}.line")
    both = [_Drawn((mark,), _VERDICT), plain]
    return _row(both, (_VERDICT + _GAP + plain.width) / 2, 0)


def _plain(pen: Pen, sign: Sketch) -> _Drawn:
    """A mark, a kind's icon with or without a name, an arrow, or words."""
    key, said = sign.words.en, pen.say(sign.words)
    if key in _MARKS:
        name, colour = _MARKS[key]
        rect = Rect(0, -_SIGN / 2, _SIGN, _SIGN)
        return _Drawn((Symbol(name=name, rect=rect, colour=colour),), _SIGN)
    kind, _, name = key.partition(" ")
    if kind in ICONS:
        icon = _Drawn((Symbol(name=kind, rect=Rect(0, -_ICON / 2, _ICON, _ICON)),), _ICON)
        both = [icon, _words(pen, name, 16)] if name else [icon]
        return _row(both, sum(each.width for each in both) / 2 + (_GAP / 2 if name else 0), 0)
    joint = _JOINTS.get(key)
    if joint:
        return _words(pen, joint, 24, colour="quiet")
    return _words(pen, said, 16, wrong=sign.verdict == "bad")


def _words(pen: Pen, said: str, size: float, *, colour: str = "ink", wrong: bool = False) -> _Drawn:
    """Bold words, struck out where they are wrong."""
    size = pen.size(size)
    words = run(said, size, 0, baseline(0, size), bold=True, colour=colour)
    return _Drawn((struck(words) if wrong else words,), words.width)
