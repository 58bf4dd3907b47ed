"""A box is never smaller than its words need, whatever its name and room."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import box, doors, draw, escaping, items, overlapping, rects, said, tag, words

from podviz import shapes
from podviz.drawing import Panel
from podviz.figure import Box, Meter, Role, Shape
from podviz.shapes.block import Pen, Room
from podviz.text import Text

quick = settings(derandomize=True, deadline=None, max_examples=40)

names = st.one_of(
    st.text(st.sampled_from("abcm-.0"), min_size=1, max_size=63),
    st.text(st.sampled_from("가각힣-"), min_size=1, max_size=40),
    st.sampled_from(
        ["x", "a" * 63, "payment-gateway-7d9f8c6b5-x2k4q", "쇼핑몰-결제-서버", "🐳" * 20]
    ),
)


METER = Meter(label=Text.same("CPU"), parts=(3.5,), capacity=2, largest=4)
RUNS = tag("Running")


def chip(name: str, role: Role = Role.SIDECAR) -> Box:
    return box(Shape.CHIP, name, role=role)


def row(name: str) -> Box:
    image = Text.same(f"registry.example.com/{name}:1.27")
    return box(Shape.CONTAINER, name, details=(image,), tag=tag("sidecar"), order=2)


def pod(name: str, *children: Box, **more: object) -> Box:
    return box(Shape.POD, name, *(children or (chip(f"{name}1"),)), ip="10.0.1.5", **more)


def card(name: str, **more: object) -> Box:
    return box(Shape.CARD, name, **more)


def node(name: str, *children: Box, **more: object) -> Box:
    return box(Shape.NODE, name, *children, status=tag("idle"), **more)


def twice(name: str) -> tuple[Text, ...]:
    return (Text.same(name),)


FAMILIES: dict[str, Callable[[str], Box]] = {
    "card": lambda n: card(n, details=twice(n), doors=doors(80, 443), status=tag("Gone")),
    "missing": lambda n: card(n, role=Role.MISSING, caption=Text.same(n)),
    "address": lambda n: box(Shape.ADDRESS, n),
    "workload": lambda n: box(Shape.WORKLOAD, n, chip(f"{n}1"), chip("b"), count=9),
    "its doors": lambda n: box(Shape.WORKLOAD, n, details=twice(n), doors=doors(80, 8443)),
    "container": row,
    "chip": chip,
    "volume": lambda n: box(Shape.VOLUME, n, details=twice(n)),
    "pod with chips": lambda n: pod(n, chip(f"{n}1"), chip("b"), status=RUNS, count=3),
    "pod with rows": lambda n: pod(n, row(f"{n}1"), row("b"), doors=doors(80, lead=f"{n}1")),
    "dead pod": lambda n: pod(n, role=Role.DEAD, details=twice(n), status=tag("Dead")),
    "frame": lambda n: box(Shape.FRAME, n, pod(f"{n}2"), pod("b"), roomy=True),
    "node": lambda n: node(n, pod(f"{n}2"), pod("b"), ip="10.0.0.1", meter=METER),
    "idle node": lambda n: node(n, box(Shape.SLOT, "no Pod here")),
    "lane": lambda n: box(Shape.LANE, "waits", pod(n, meter=METER), pod("b")),
    "slot": lambda n: box(Shape.SLOT, n),
    "anatomy": lambda n: box(Shape.ANATOMY, n, row(f"{n}1"), row("b"), ip="10.0.1.5", status=RUNS),
}

families = pytest.mark.parametrize("family", FAMILIES)


@families
@quick
@given(names, st.sampled_from([None, 10.0, 200.0, 700.0]), st.sampled_from([None, 10.0, 400.0]))
def test_no_word_leaves_its_box_or_runs_into_another(
    family: str, name: str, wide: float | None, high: float | None
) -> None:
    natural = draw(FAMILIES[family](name))
    if wide is not None:
        wide = max(wide, natural.body.w)  # less than the natural width is never asked for
    block = draw(FAMILIES[family](name), wide, high)
    assert escaping(block) == []
    assert overlapping(block) == []


@families
@quick
@given(names)
def test_what_juts_out_stays_in_the_block(family: str, name: str) -> None:
    block = draw(FAMILIES[family](name))
    assert block.body.x >= 0
    assert block.body.y >= 0
    assert block.body.right <= block.width + 0.01
    assert block.body.bottom <= block.height + 0.01
    for id, rect in rects(block).items():
        assert rect.x >= -0.01, id
        assert rect.right <= block.width + 0.01, id
        assert rect.bottom <= block.height + 0.01, id


@pytest.mark.parametrize("family", [f for f in FAMILIES if f not in ("chip", "volume")])
def test_a_box_fills_the_room_that_it_is_given(family: str) -> None:
    natural = draw(FAMILIES[family]("web"))
    wide = natural.body.w + 40
    block = draw(FAMILIES[family]("web"), wide)
    assert block.body.w == pytest.approx(wide, abs=0 if family != "lane" else 30)
    if family not in ("lane", "slot"):
        high = block.body.h + 30
        assert draw(FAMILIES[family]("web"), wide, high).body.h == pytest.approx(high)


@families
def test_drawing_is_the_same_every_time(family: str) -> None:
    assert draw(FAMILIES[family]("web")) == draw(FAMILIES[family]("web"))


@families
def test_a_name_of_32_characters_stands_in_full(family: str) -> None:
    name = "payment-gateway-proxy-7d9f8x2k4q"
    assert len(name) == 32
    drawn = "".join(said(draw(FAMILIES[family](name))).split())
    assert name in drawn


@families
def test_a_longer_name_never_makes_a_narrower_box(family: str) -> None:
    widths = [draw(FAMILIES[family]("a" * n)).body.w for n in (1, 5, 10, 20)]
    assert widths == sorted(widths)


def test_a_name_past_three_lines_keeps_both_ends() -> None:
    block = draw(box(Shape.CARD, "begin" + "x" * 200 + "end"))
    lines = [line for line, _ in words(block) if "x" in line]
    assert len(lines) == 3
    assert lines[0].startswith("begin")
    assert lines[-1].endswith("end")
    assert "…" in "".join(lines)


@pytest.mark.parametrize("floor", [0, 12, 14])
@pytest.mark.parametrize("details", [(), (Text.same("claim data-db-0"),)])
def test_a_status_stands_clear_of_the_address_below_the_name(
    floor: float, details: tuple[Text, ...]
) -> None:
    given = box(Shape.POD, "db-0", chip("a"), ip="10.244.100.144", status=RUNS, details=details)
    block = shapes.draw(Pen(lang="en", floor=floor), given, Room(w=200))
    (address,) = [rect for line, rect in words(block) if line == "10.244.100.144"]
    tags = [i.rect for i in items(block) if isinstance(i, Panel) and i.radius > 8 and i.rect.h < 40]
    assert tags
    assert not any(rect.grown(0.9).overlaps(address) for rect in tags)
