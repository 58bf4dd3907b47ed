"""Where the doors of an open Pod stand on its roof, and the stems to what is behind."""

from msgspec import Struct

from podviz.drawing import Item, Path
from podviz.figure import Box, Door, Relation, Role
from podviz.shapes.block import Pen
from podviz.shapes.ink import CAPSULE, capsule_width, door_stroke
from podviz.shapes.lines import elbow

Columns = dict[str, tuple[float, float]]
"""Left and right edge of the containers under the roof, by id, left to right."""

_APART, _STEM = 6.0, 22.0


class Capsule(Struct, frozen=True):
    """A door on the roof's lower line: its middle, and where its stems stand."""

    door: Door
    x: float
    wide: float
    stems: tuple[float, ...]

    def covers(self, left: float, right: float) -> bool:
        return left < self.x + self.wide / 2 + _APART and self.x - self.wide / 2 - _APART < right


class Doors(Struct, frozen=True):
    """All capsules of a roof, and for each column where a further stem may stand."""

    capsules: tuple[Capsule, ...]
    free: dict[str, float]


def placed(pen: Pen, box: Box, columns: Columns) -> Doors:
    """Doors above their container's right end, side by side; then each door with several
    containers behind it, in the gap nearest to their middle."""
    free = {edges: edges[1] - 14 for edges in columns.values()}  # init containers share theirs
    single: list[Capsule] = []
    for door in reversed(box.doors):
        if len(door.leads) == 1 and door.leads[0] in columns:
            wide = capsule_width(pen, door)
            x = free[columns[door.leads[0]]] - wide / 2
            free[columns[door.leads[0]]] -= wide + _APART
            single.append(Capsule(door=door, x=x, wide=wide, stems=(x,)))
    capsules = list(reversed(single))
    for door in box.doors:
        leads = [lead for lead in door.leads if lead in columns]
        if len(leads) < 2:
            continue
        stems = []
        for lead in leads:
            stems.append(free[columns[lead]] - _STEM / 2)
            free[columns[lead]] -= _STEM
        capsules.append(_between(door, capsule_width(pen, door), stems, capsules))
    left = {column: free[edges] - _STEM / 2 for column, edges in columns.items()}
    return Doors(capsules=tuple(capsules), free=left)


def _between(door: Door, wide: float, stems: list[float], others: list[Capsule]) -> Capsule:
    """The capsule in the free place nearest to the middle of its stems."""
    wished = sum(stems) / len(stems)
    edges = [
        o.x + side * (o.wide / 2 + wide / 2 + _APART + 0.5) for o in others for side in (-1, 1)
    ]
    spots = sorted([wished, *edges], key=lambda x: abs(x - wished))
    clear = (x for x in spots if not any(o.covers(x - wide / 2, x + wide / 2) for o in others))
    return Capsule(door=door, x=next(clear, wished), wide=wide, stems=tuple(stems))


def needed(pen: Pen, box: Box, column: str) -> float:
    """The width that a column needs for its capsules, stems and calls side by side."""
    own = [d for d in box.doors if d.leads == (column,)]
    shared = [d for d in box.doors if column in d.leads and len(d.leads) > 1]
    bare = [a for a in box.arrows if a.relation is Relation.CALLS and column in (a.tail, a.head)]
    wide = sum(capsule_width(pen, d) + _APART for d in own) + _STEM * (len(shared) + len(bare))
    return wide + 22 if wide else 0.0


def stems(box: Box, doors: Doors, under: float, depth: float) -> list[Item]:
    """Lines from the capsules down to the containers; those of a shared one part half way down,
    or above the headings of the phases."""
    phased = any(child.role is Role.INIT for child in box.children)
    half = CAPSULE / 2
    level = under + half + (3 if phased else (depth - half) / 2)
    items: list[Item] = []
    for capsule in doors.capsules:
        stroke = door_stroke(capsule.door, 1.8)
        for x in capsule.stems:
            corners = [(capsule.x, under), (x, under + depth)]
            if abs(x - capsule.x) >= 1:
                corners[1:1] = [(capsule.x, level), (x, level)]
            items.append(Path(steps=elbow(corners, radius=4), stroke=stroke))
    return items
