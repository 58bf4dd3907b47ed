"""The figure as a sketch of text: `[ Pod web ] ├─ app └─ logs`."""

from msgspec import Struct
from msgspec.structs import replace

from podviz.figure import Arrow, Box, Figure, Noted, Relation, Role, Shape
from podviz.scene.telling import paired
from podviz.text import cells, pad
from podviz.typeset import card, fact, panel, table
from podviz.words import word
from podviz.writer import Work

_BELOW = (Relation.OWNS, Relation.MOUNTS)
"""Relations that a tree shows by standing below."""

_SAYS = {
    Relation.CALLS: "─→",
    Relation.SELECTS: "─→",
    Relation.SCALES: "⇒",
    Relation.OWNS: "─→",
    Relation.MOUNTS: "─→",
}


class _Line(Struct, frozen=True):
    """One line of the tree: what it names, and what stands in columns behind it."""

    depth: str
    name: str
    details: str
    note: str


def write(work: Work) -> bytes:
    """UTF-8 text, aligned by East Asian width, one blank line between trees."""
    figure, lang = work.figure, work.lang
    parts = []
    if figure.title:
        parts.append(figure.title.to(lang))
    if figure.caption:
        parts.append(figure.caption.to(lang))
    parts += _body(figure, lang)
    if figure.findings:
        parts.append("\n".join(_noted(n, lang) for n in figure.findings))
    return ("\n\n".join(parts) + "\n").encode()


def _body(figure: Figure, lang: str) -> list[str]:
    """What stands between the title and the findings."""
    parts: list[str] = []
    scene: list[Box] = []
    for box in paired(figure.boxes):
        if box.shape is Shape.PANEL:
            parts += _panel(figure, box, lang)
        elif box.shape is Shape.MOMENT:
            parts += _moment(figure, box, lang)
        elif box.shape is Shape.TABLE:
            parts.append("\n".join(table(box, lang)))
        elif box.shape is Shape.TILE:
            parts.append("\n".join(card(box, lang)))
        else:
            scene.append(box)
    return [*parts, *_scene(replace(figure, boxes=tuple(scene)), lang)]


def _moment(figure: Figure, box: Box, lang: str) -> list[str]:
    """One frame of a story: its heading, who is there, and what is so."""
    scene = replace(figure, boxes=box.children, arrows=())
    facts = [fact(told, lang) for told in box.facts]
    heading = f"{box.order}. {box.name.to(lang)}".rstrip()
    return [heading, *_scene(scene, lang), *(["\n".join(facts)] if facts else [])]


def _panel(figure: Figure, box: Box, lang: str) -> list[str]:
    """Its heading, its scene, and the lecturer's reason."""
    verdict = word(f"verdict-{box.verdict}").to(lang) if box.verdict else ""
    scene = replace(figure, boxes=box.children, arrows=box.arrows)
    reason = [f"→ {box.caption.to(lang)}"] if box.caption else []
    return [panel(box, verdict, lang), *_scene(scene, lang), *reason]


def _scene(figure: Figure, lang: str) -> list[str]:
    """A tree for each box, then the arrows that no tree shows."""
    below = _below(figure)
    under = {id for ids in below.values() for id in ids}
    sketch = _Sketch(
        by_id={b.id: b for b in figure.boxes}, below=below, ports=_ports(figure), lang=lang
    )
    trees = [sketch.tree(b) for b in figure.boxes if b.id not in under]
    arrows = _arrows(figure, lang)
    return ["\n".join(_aligned(tree)) for tree in trees] + (["\n".join(arrows)] if arrows else [])


def _noted(noted: Noted, lang: str) -> str:
    """`(1) error[POD201] port-conflict: …`."""
    more = f" (+{noted.more})" if noted.more else ""
    what = f"({noted.number}) {noted.severity}[{noted.code}] {noted.name}"
    return f"{what}: {noted.message.to(lang)}{more}"


def _below(figure: Figure) -> dict[str, list[str]]:
    """Box id → the boxes that stand below it because it owns or mounts them."""
    tops = {b.id for b in figure.boxes}
    taken: set[str] = set()
    below: dict[str, list[str]] = {}
    for arrow in figure.arrows:
        shown = arrow.relation in _BELOW and arrow.tail in tops and arrow.head in tops
        if shown and arrow.head not in taken and not _leads_to(below, arrow.head, arrow.tail):
            taken.add(arrow.head)
            below.setdefault(arrow.tail, []).append(arrow.head)
    return below


def _leads_to(below: dict[str, list[str]], start: str, goal: str) -> bool:
    return start == goal or any(_leads_to(below, id, goal) for id in below.get(start, ()))


# ── one tree ────────────────────────────────────────────────────────────────────────────────


class _Sketch(Struct, frozen=True, kw_only=True):
    """What the lines of a tree are made from."""

    by_id: dict[str, Box]
    below: dict[str, list[str]]
    ports: dict[str, list[str]]
    lang: str

    def tree(self, box: Box) -> list[_Line]:
        return [self._line("", box), *self._branches(box, "")]

    def _branches(self, box: Box, stem: str) -> list[_Line]:
        children = [*box.children, *(self.by_id[id] for id in self.below.get(box.id, ()))]
        lines = []
        for i, child in enumerate(children):
            last = i + 1 == len(children)
            ended = child.role is Role.DEAD and box.role is not Role.DEAD and not child.status
            lines.append(self._line(f"{stem} {'└' if last else '├'}─ ", child, ended=ended))
            lines += self._branches(child, f"{stem} {' ' if last else '│'}  ")
        return lines

    def _line(self, depth: str, box: Box, *, ended: bool = False) -> _Line:
        lang = self.lang
        details = [box.ip or "", *(d.to(lang) for d in box.details), *self.ports.get(box.id, ())]
        pins = [p.number for p in (*box.pins, *(p for d in box.doors for p in d.pins))]
        notes = [f"({number})" for number in pins]
        if box.tag and box.tag.role != "app" and box.shape is not Shape.VOLUME:
            notes.append(f"({box.tag.words.to(lang)})")
        if box.status:
            notes.append(f"<{box.status.words.to(lang)}>")
        if ended:
            notes.append(f"<{word('dead').to(lang)}>")
        if box.caption:
            notes.append(box.caption.to(lang))
        notes += [f"+ {m.kind} {', '.join(m.names)}" for m in box.marks]
        return _Line(depth, _named(box, lang), " ".join(d for d in details if d), "  ".join(notes))


def _named(box: Box, lang: str) -> str:
    """`[ Pod web ] ×3`, `( logs )` for a drum, `1. migrate` for a turn, `(!)` for missing."""
    name = box.name.to(lang)
    if box.shape is Shape.VOLUME:
        name = f"( {name} )"
    elif box.shape not in (Shape.CONTAINER, Shape.CHIP, Shape.SLOT, Shape.LANE):
        name = f"[ {_kind(box)}{name} ]"
    if box.order is not None:
        name = f"{box.order}. {name}"
    if box.count > 1:
        name += f" ×{box.count}"
    return f"{name} (!)" if box.role is Role.MISSING else name


def _ports(figure: Figure) -> dict[str, list[str]]:
    """Box id → the ports that it opens: a door counts for all containers that it leads to."""
    ports: dict[str, list[str]] = {}
    for box in figure.walk():
        for door in box.doors:
            for id in door.leads or (box.id,):
                ports.setdefault(id, []).append(door.label)
    return ports


def _kind(box: Box) -> str:
    return "" if box.shape in (Shape.ADDRESS, Shape.TRAY) else f"{box.kind} "


def _aligned(lines: list[_Line]) -> list[str]:
    """Details and notes in columns of their own below the head line."""
    body = lines[1:]
    first = max((cells(line.depth + line.name) for line in body), default=0) + 3
    details = max((cells(line.details) for line in body), default=0)
    second = first + (details + 3 if details else 0)
    result = [_joined(lines[0], 0, 0)]
    return result + [_joined(line, first, second) for line in body]


def _joined(line: _Line, first: int, second: int) -> str:
    text = line.depth + line.name
    if line.details:
        text = pad(text, first) if first else text + "  "
        text += line.details
    if line.note:
        text = pad(text, second) if second else text + "  "
        text += line.note
    return text.rstrip()


# ── arrows ──────────────────────────────────────────────────────────────────────────────────


def _arrows(figure: Figure, lang: str) -> list[str]:
    """Every arrow that the trees do not show, one a line, aligned."""
    names = _names(figure, lang)
    below = _below(figure)
    shown = {(tail, head) for tail, heads in below.items() for head in heads}
    inside = [a for b in figure.walk() for a in b.arrows]
    rows = [
        (names.get(a.tail, a.tail), _sign(a, lang), names.get(a.head, a.head))
        for a in (*inside, *figure.arrows)
        if (a.tail, a.head) not in shown or a.relation not in _BELOW
    ]
    left = max((cells(row[0]) for row in rows), default=0)
    middle = max((cells(row[1]) for row in rows), default=0)
    return [f"{pad(tail, left)} {pad(sign, middle)} {head}" for tail, sign, head in rows]


def _sign(arrow: Arrow, lang: str) -> str:
    label = arrow.label.to(lang) if arrow.label else ""
    sign = "╌→" if arrow.missing else _SAYS.get(arrow.relation, "─→")
    return f"─ {label} {sign}" if label else sign


def _names(figure: Figure, lang: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for box in figure.walk():
        names[box.id] = box.name.to(lang)
        for door in box.doors:
            owner = door.leads[0] if len(door.leads) == 1 else box.id
            names[door.id] = _behind(names.get(owner, box.name.to(lang)), door.label)
    for box in figure.walk():
        for door in box.doors:
            if len(door.leads) == 1 and door.leads[0] in names:
                prefix = f"{box.name.to(lang)}/" if box.shape is not Shape.ANATOMY else ""
                names[door.id] = _behind(f"{prefix}{names[door.leads[0]]}", door.label)
    return names


def _behind(name: str, door: str) -> str:
    """`web:80`; a door that bears a Service's name stands apart: `web-0 shop:80`."""
    return f"{name}{door}" if door.startswith(":") else f"{name} {door}"
