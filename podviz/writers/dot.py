"""A labelled graph that any Graphviz draws readably."""

from collections.abc import Iterator

from podviz import theme
from podviz.figure import UNSAID, Arrow, Box, Figure, Relation, Role, Shape
from podviz.shapes.ink import COLOUR
from podviz.writer import Work

_FRAMES = frozenset({Shape.NODE, Shape.LANE, Shape.FRAME, Shape.SPACE, Shape.ANATOMY, Shape.POD})


def write(work: Work) -> bytes:
    """UTF-8 DOT: a cluster per box with children, a node per other box, an edge per arrow."""
    figure, lang = work.figure, work.lang
    names = {id: f"n{i}" for i, box in enumerate(_drawn(figure.boxes)) for id in _ids(box)}
    lines = ["digraph podviz {"]
    title = figure.title.to(lang) if figure.title else ""
    lines += [
        f"  graph [rankdir=LR, compound=true, labelloc=t, label={_quoted(title)}, "
        'fontname="Pretendard,Helvetica"];',
        '  node [shape=box, style="rounded,filled", fontname="Pretendard,Helvetica"];',
        '  edge [fontname="Pretendard,Helvetica", fontsize=11];',
    ]
    for box in figure.boxes:
        lines += _box(box, names, lang, "  ")
    lines += _edges(figure, names, lang)
    lines.append("}")
    return ("\n".join(lines) + "\n").encode()


def _drawn(boxes: tuple[Box, ...]) -> Iterator[Box]:
    """The boxes that are clusters or nodes, parents before children."""
    for box in boxes:
        yield box
        if _is_cluster(box):
            yield from _drawn(box.children)


def _is_cluster(box: Box) -> bool:
    return bool(box.children) and box.shape in _FRAMES


def _ids(box: Box) -> tuple[str, ...]:
    """The box's own id and those of what its node stands for."""
    return (box.id,) if _is_cluster(box) else tuple(b.id for b in box.walk())


def _box(box: Box, names: dict[str, str], lang: str, indent: str) -> Iterator[str]:
    fill, line = _colours(box)
    label = _label(box, lang)
    look = f'fillcolor="{fill}", color="{line}", label={_quoted(label)}'
    if not _is_cluster(box):
        shape = ", shape=cylinder, style=filled" if box.shape is Shape.VOLUME else ""
        dash = (
            ', style="rounded,filled,dashed"'
            if box.role in (Role.INIT, Role.MISSING, Role.DEAD)
            else ""
        )
        yield f"{indent}{names[box.id]} [{look}{shape}{dash}];"
        return
    yield f"{indent}subgraph cluster_{names[box.id]} {{"
    yield f'{indent}  style="rounded,filled"; {look.replace(", ", "; ", 2)};'
    for child in box.children:
        yield from _box(child, names, lang, indent + "  ")
    yield f"{indent}}}"


def _colours(box: Box) -> tuple[str, str]:
    role = COLOUR[box.role]
    return theme.LIGHT[f"{role}.fill"], theme.LIGHT[f"{role}.line"]


def _label(box: Box, lang: str) -> str:
    """What stands in a box, with a line for each that a plain node has inside."""
    kind = "" if box.kind in UNSAID else f"{box.kind} "
    count = f" ×{box.count}" if box.count > 1 else ""
    tag = f" ({box.tag.words.to(lang)})" if box.tag and box.tag.role != "app" else ""
    lines = [f"{kind}{box.name.to(lang)}{count}{tag}", *(d.to(lang) for d in box.details)]
    lines += [box.ip] if box.ip else []
    lines += [f"{m.kind}: {', '.join(m.names)}" for m in box.marks]
    if not _is_cluster(box):
        lines += [" ".join(_label(child, lang).split("\n")) for child in box.children]
    ports = " ".join(d.label for d in box.doors)
    return "\n".join([*lines, ports] if ports else lines)


def _edges(figure: Figure, names: dict[str, str], lang: str) -> Iterator[str]:
    boxes = {b.id: b for b in figure.walk()}
    doors = {
        d.id: (d.leads[0] if d.leads and d.leads[0] in boxes else b.id)
        for b in boxes.values()
        for d in b.doors
    }
    arrows = [a for b in boxes.values() for a in b.arrows] + list(figure.arrows)
    for arrow in arrows:
        tail, head = doors.get(arrow.tail, arrow.tail), doors.get(arrow.head, arrow.head)
        if tail in boxes and head in boxes:
            yield _edge(arrow, boxes[tail], boxes[head], names, lang)


def _edge(arrow: Arrow, tail: Box, head: Box, names: dict[str, str], lang: str) -> str:
    """Between plain nodes; an end that is a cluster is clipped at its border."""
    look = []
    ends = []
    for box, side in ((tail, "ltail"), (head, "lhead")):
        inner = box
        while _is_cluster(inner):
            inner = inner.children[0]
        if inner is not box:
            look.append(f"{side}=cluster_{names[box.id]}")
        ends.append(names[inner.id])
    if arrow.label:
        look.append(f"label={_quoted(arrow.label.to(lang))}")
    if arrow.missing:
        look.append('style=dashed, color="#DC2626"')
    elif arrow.relation in (Relation.MOUNTS, Relation.READS, Relation.WRITES):
        look.append('color="#0D9488"')
    return (
        f"  {ends[0]} -> {ends[1]} [{', '.join(look)}];" if look else f"  {ends[0]} -> {ends[1]};"
    )


def _quoted(words: str) -> str:
    """A DOT string: quotes and backslashes escaped, line ends as `\\n`."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
