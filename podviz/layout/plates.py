"""Panels, cards and tables: what fills a page of its own, set side by side."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from podviz import shapes
from podviz.drawing import Group, Rect
from podviz.figure import Box
from podviz.layout.arrange import arrange
from podviz.layout.part import FLATTEST, MARGINS, RATIO, Engine, Part, Routed
from podviz.shapes import panel, tile
from podviz.shapes.block import Pen, Room

_GAP = 16.0
_PAGE = 912.0  # the inner width of a page of 960 points
_FLATTER = (0.0, -160.0, 200.0, 500.0)
"""Height that counts as taken above the scene of a panel: the more, the flatter it gets."""

_NARROWEST = 1.5
"""Pages narrower than this, as width : height, are made wider: the panels have room inside."""

_WIDER = 2.0
"""By so much a table grows at most to fill the page."""

_UNLIKE, _TOLERATED = 1.06, 1.5
"""By so much a page must be smaller where one scene is so much wider than another: sides that
look alike are easier to compare."""

_FEW = 3
"""Up to so many panels, every mixture of the layouts of their scenes is tried."""


# ── panels ──────────────────────────────────────────────────────────────────────────────────


class _Set(Struct, frozen=True):
    """Panels set in `columns` of one width, each with the scene that was laid out for it."""

    pen: Pen
    columns: int
    wide: float
    rows: tuple[tuple[panel.Bands, float], ...]
    """Of each row, how high head and foot are, and the tallest scene."""

    @property
    def width(self) -> float:
        return self.columns * (self.wide + _GAP) - _GAP

    @property
    def height(self) -> float:
        each = [b.head + b.foot + high + 2 * panel.PAD for b, high in self.rows]
        return sum(each) + _GAP * (len(each) - 1)

    @property
    def unlike(self) -> float:
        """What the page counts more for scenes that look unlike each other."""
        widths = [inside.width for inside in self.pen.insides.values()]
        return _UNLIKE if max(widths) > _TOLERATED * min(widths) else 1.0

    def page(self, head: float) -> float:
        """The width of the smallest page of 16:9 that holds it."""
        return max(self.width + MARGINS, (self.height + head) * RATIO)


def panels(pen: Pen, boxes: tuple[Box, ...], head: float, least: float, engine: Engine) -> Part:
    """Side by side or in rows, as the page comes out best; all of one width, those of a row of
    one height."""
    drawn: dict[str, list[Part]] = {box.id: [] for box in boxes}
    for above in _FLATTER:
        hand = replace(pen, drawn={}, insides={})
        for box in boxes:
            inside = arrange(hand, box.children, box.arrows, head=above, least=0.0, engine=engine)
            drawn[box.id].append(inside)
    tried = [
        _set(replace(pen, insides=insides), boxes, columns, least)
        for insides in _choices(boxes, drawn)
        for columns in _columns(len(boxes))
    ]
    best = min(tried, key=lambda each: round(each.page(head) * each.unlike))
    return _placed(_filling(best, head), boxes)


def _choices(boxes: tuple[Box, ...], drawn: dict[str, list[Part]]) -> Iterator[dict[str, Part]]:
    """Which layout of its scene each panel takes: every mixture while there are few."""
    ways = range(len(_FLATTER))
    few = len(boxes) <= _FEW
    for chosen in product(ways, repeat=len(boxes)) if few else ([w] * len(boxes) for w in ways):
        yield {box.id: drawn[box.id][way] for box, way in zip(boxes, chosen, strict=True)}


def _columns(count: int) -> list[int]:
    return sorted({count, ceil(count / 2), 1} if count <= 3 else {ceil(count / 2), 3, 2})


def _set(pen: Pen, boxes: tuple[Box, ...], columns: int, least: float) -> _Set:
    wide = max(panel.natural(pen, box) for box in boxes)
    wide = max(wide, (least + _GAP) / columns - _GAP)
    rows = []
    for row in _rows(boxes, columns):
        bands = [panel.bands(pen, box, wide) for box in row]
        both = panel.Bands(head=max(b.head for b in bands), foot=max(b.foot for b in bands))
        rows.append((both, max(pen.insides[box.id].height for box in row)))
    return _Set(pen=pen, columns=columns, wide=wide, rows=tuple(rows))


def _rows(boxes: Sequence[Box], columns: int) -> list[Sequence[Box]]:
    return [boxes[i : i + columns] for i in range(0, len(boxes), columns)]


def _filling(chosen: _Set, head: float) -> _Set:
    """The same with more room in the panels, where the page would be too narrow or too flat."""
    high = chosen.height + head
    if chosen.width + MARGINS < _NARROWEST * high:
        wide = (_NARROWEST * high - MARGINS + _GAP) / chosen.columns - _GAP
        return replace(chosen, wide=wide)
    missing = (chosen.width + MARGINS) / FLATTEST - high
    if missing <= 0:
        return chosen
    each = missing / len(chosen.rows)
    return replace(chosen, rows=tuple([(bands, tall + each) for bands, tall in chosen.rows]))


def _placed(chosen: _Set, boxes: tuple[Box, ...]) -> Part:
    groups: list[Group] = []
    routes: list[Routed] = []
    y = 0.0
    for row, (bands, tall) in zip(_rows(boxes, chosen.columns), chosen.rows, strict=True):
        high = bands.head + bands.foot + tall + 2 * panel.PAD
        for i, box in enumerate(row):
            inside = chosen.pen.insides[box.id]
            body = Rect(0, 0, chosen.wide, high)
            x, top = i * (chosen.wide + _GAP), max(0.0, (tall - inside.height) / 2)
            groups.append(panel.framed(chosen.pen, box, body, bands, top=top).at(x, y))
            dx, dy = panel.scene_at(body, bands, inside.width, top)
            routes += [routed.moved(x + dx, y + dy) for routed in inside.routes]
        y += high + _GAP
    return Part(width=chosen.width, height=y - _GAP, groups=tuple(groups), routes=tuple(routes))


# ── cards ───────────────────────────────────────────────────────────────────────────────────


def tiles(pen: Pen, boxes: tuple[Box, ...], head: float) -> Part:
    """Rows that differ by one card at most, the longer ones first; each row fills the page."""
    tried = []
    for count in range(1, len(boxes) + 1):
        rows = _even(boxes, count)
        most = max(map(len, rows))
        whole = max(_PAGE, most * (tile.WIDTH + _GAP) - _GAP)
        if count == 1 or most <= 4:
            tried.append((_tile_rows(pen, rows, whole), rows))
    best = min(tried, key=lambda each: round(max(each[0].width, (each[0].height + head) * RATIO)))
    part, rows = best
    missing = (part.width + MARGINS) / FLATTEST - (part.height + head)
    return _tile_rows(pen, rows, part.width, missing / len(rows)) if missing > 0 else part


def _even(boxes: Sequence[Box], count: int) -> list[Sequence[Box]]:
    short, longer = divmod(len(boxes), count)
    rows, start = [], 0
    for turn in range(count):
        end = start + short + (turn < longer)
        rows.append(boxes[start:end])
        start = end
    return rows


def _tile_rows(pen: Pen, rows: list[Sequence[Box]], whole: float, higher: float = 0.0) -> Part:
    groups: list[Group] = []
    y = 0.0
    sizes = [(whole + _GAP) / len(row) - _GAP for row in rows]
    highest = max(
        shapes.draw(pen, box, Room(w=wide)).height
        for row, wide in zip(rows, sizes, strict=True)
        for box in row
    )
    highest += min(higher, highest / 2)
    for row, wide in zip(rows, sizes, strict=True):
        for i, box in enumerate(row):
            block = shapes.draw(pen, box, Room(w=wide, h=highest))
            groups.append(block.at(i * (wide + _GAP), y))
        y += highest + _GAP
    return Part(width=whole, height=y - _GAP, groups=tuple(groups))


# ── tables ──────────────────────────────────────────────────────────────────────────────────


def table(pen: Pen, box: Box, head: float, least: float) -> Part:
    """As wide as the page, and no flatter than it."""
    block = shapes.draw(pen, box)
    wide = max(block.width, least, min(_PAGE, _WIDER * block.width))
    block = shapes.draw(pen, box, Room(w=wide))
    high = (wide + MARGINS) / 1.9 - head
    block = shapes.draw(pen, box, Room(w=wide, h=min(high, 1.25 * block.height)))
    return Part(width=block.width, height=block.height, groups=(block.at(0, 0),))
