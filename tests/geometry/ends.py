"""Which boxes an arrow ties together: by its id, else by where it starts and ends."""

from msgspec import Struct

from .picture import Arrow, Box, Picture

TO = "--to--"
NEAR = 1.5


class Ends(Struct, frozen=True):
    """The boxes or doors that may be an arrow's tail and head; several where ids are alike."""

    tails: tuple[Box, ...]
    heads: tuple[Box, ...]

    def shares(self, other: "Ends") -> bool:
        """True when both leave one box, or enter one box or door."""
        return bool(set(self.tails) & set(other.tails) or set(self.heads) & set(other.heads))


def ends_of(arrow: Arrow, picture: Picture) -> Ends:
    """The ends that the id names; of a nameless arrow, the boxes at its ends."""
    if arrow.id is None or TO not in arrow.id:
        points = (arrow.start, arrow.tip or arrow.end)
        tails, heads = (tuple(b for b in picture.boxes if b.off_border(p) <= NEAR) for p in points)
        return Ends(tails, heads)
    tail, _, head = arrow.id.partition(TO)
    tails = tuple(_leaving(b, arrow, picture) for b in picture.boxes if b.id == tail)
    # What follows the head's id tells several arrows between two boxes apart.
    return Ends(tails, tuple(b for b in picture.boxes if _names(head, b)))


def _leaving(box: Box, arrow: Arrow, picture: Picture) -> Box:
    """What the arrow starts at: the tail itself, its own door, or the box that a door is on."""
    if box.off_border(arrow.start) <= NEAR:
        return box
    doors = (d for d in picture.boxes if d.leads_to(box))
    own = next((d for d in doors if d.off_border(arrow.start) <= NEAR), box)
    return box.parent if box.is_door and box.parent else own


def _names(words: str, box: Box) -> bool:
    rest = words.removeprefix(box.id)
    return words.startswith(box.id) and (not rest or not (rest[0].isalnum() or rest[0] == "-"))
