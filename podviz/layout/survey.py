"""What stands where in a drawn picture: boxes, doors, and the words in them."""

from collections import defaultdict

from msgspec import Struct, field

from podviz.drawing import Group, Panel, Rect, Run, Symbol

Path = tuple[str, ...]
"""The ids of the boxes around something, the outermost first."""


class Spot(Struct, frozen=True):
    """A named part of the picture, where it stands, and inside what."""

    rect: Rect
    inside: Path
    door: bool
    roomy: bool = False
    """True for frames inside which arrows run."""


class Survey(Struct, frozen=True):
    """Every named box by id; every word, mark and pill with the boxes that it stands in."""

    spots: dict[str, Spot] = field(default_factory=dict)
    solids: dict[Path, list[Rect]] = field(default_factory=dict)
    doors: dict[Path, list[str]] = field(default_factory=dict)
    """The doors of each box."""
    rooms: dict[Path, list[str]] = field(default_factory=dict)
    """What stands right inside each box, doors beside the box that they lead into."""
    fences: dict[tuple[frozenset[str], str], tuple[Rect, ...]] = field(default_factory=dict)
    """What `fence` has answered already."""
    walls: dict[str, list[Rect]] = field(default_factory=dict)
    """Of each box that was asked for, what arrows keep clear of."""

    def signs(self, id: str) -> list[Rect]:
        """The doors and signs of a box that may stand on its border."""
        inside = (*self.spots[id].inside, id)
        doors = [self.spots[door].rect for door in self.doors.get(inside, ())]
        return doors + self.solids.get(inside, [])

    def fence(
        self, paths: tuple[Path, Path], opened: frozenset[str], head: str
    ) -> tuple[Rect, ...]:
        """Every box and door that stands free where the boxes along `paths` are open: one tuple
        for all who ask alike. The door that is entered, if `head` is one, does not count."""
        entered = head if self.spots[head].door else ""
        known = self.fences.get((opened, entered))
        if known is None:
            known = tuple(
                rect
                for room in _rooms(paths)
                for id in self.rooms.get(room, ())
                if id not in opened and id != entered
                for rect in self._solid(id)
            )
            self.fences[opened, entered] = known
        return known

    def _solid(self, id: str) -> list[Rect]:
        """The box, and the signs that jut out of it."""
        known = self.walls.get(id)
        if known is None:
            known = self.walls[id] = self._wall(id)
        return known

    def _wall(self, id: str) -> list[Rect]:
        spot = self.spots[id]
        x, y = spot.rect.x - 0.5, spot.rect.y - 0.5
        right, bottom = spot.rect.right + 0.5, spot.rect.bottom + 0.5
        return [
            spot.rect,
            *(
                r
                for r in self.solids.get((*spot.inside, id), ())
                if r.x < x or r.y < y or r.right > right or r.bottom > bottom
            ),
        ]

    def words(self, tail: str, head: str, opened: frozenset[str]) -> list[Rect]:
        """Words, marks and pills in the two boxes and in those of `opened` around them."""
        ends = [(*self.spots[id].inside, id) for id in (tail, head)]
        own = {*opened, tail, head}
        paths = dict.fromkeys(end[:i] for end in ends for i in range(1, len(end) + 1))
        return [r for path in paths if own.issuperset(path) for r in self.solids.get(path, ())]


def _rooms(paths: tuple[Path, Path]) -> list[Path]:
    """The page, and every box along the paths."""
    return list(dict.fromkeys(path[:i] for path in paths for i in range(len(path) + 1)))


def survey(groups: tuple[Group, ...]) -> Survey:
    """All that stands in the groups."""
    seen = Survey()
    for group in groups:
        _look(group, 0.0, 0.0, (), seen)
    rooms: defaultdict[Path, list[str]] = defaultdict(list)
    for id, spot in seen.spots.items():
        rooms[spot.inside[:-1] if spot.door else spot.inside].append(id)
        if spot.door:
            seen.doors.setdefault(spot.inside, []).append(id)
    seen.rooms.update(rooms)
    return seen


def _look(group: Group, dx: float, dy: float, inside: Path, seen: Survey) -> None:
    """Survey all that is in a group."""
    x, y = dx + group.dx, dy + group.dy
    if group.id is not None and group.box is not None:
        seen.spots[group.id] = Spot(group.box.moved(x, y), inside, "door" in group.classes)
        inside = (*inside, group.id)
    solids = []
    for item in group.items:
        if isinstance(item, Group):
            _look(item, x, y, inside, seen)
        elif isinstance(item, Run):
            solids.append(Rect(item.x + x, item.y + y - item.size * 0.8, item.width, item.size))
        elif isinstance(item, Symbol) or (isinstance(item, Panel) and _is_pill(item)):
            solids.append(item.rect.moved(x, y))
    if solids:
        seen.solids.setdefault(inside, []).extend(solids)


def _is_pill(panel: Panel) -> bool:
    return panel.radius >= 5 and panel.rect.h <= 24 and panel.fill is not None
