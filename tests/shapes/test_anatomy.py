"""A Pod laid open: columns, phases, roof and floor, with none, one or many containers."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pieces import draw, escaping, is_within, overlapping, rects, said
from scenes import container, link, mounting, pod, sheet, volume

from podviz.drawing import Rect
from podviz.figure import Box
from podviz.model import Link
from podviz.pod import Container, Pod, Port, Role
from podviz.shapes.block import Block
from podviz.views.pods import opened_pod


def anatomy(given: Pod, *links: Link) -> Box:
    return opened_pod(sheet(pods=[given], links=links), given)


def parts(block: Block, kind: str) -> dict[str, Rect]:
    """The containers, doors or volumes of an anatomy by the last part of their id."""
    own = rects(block)
    own.pop("Pod/p", None)
    found = {"door": {}, "volume": {}, "container": {}}  # type: dict[str, dict[str, Rect]]
    for id, rect in own.items():
        what = "volume" if "/volume/" in id else "door" if ":" in id else "container"
        found[what][id.rpartition("/")[2]] = rect
    return found[kind]


def numbered(count: int) -> Pod:
    return pod("p", *(container(f"c{i}", 8000 + i) for i in range(count)))


# ── how many ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [0, 1, 9, 17])
def test_containers_stand_in_rows_of_eight(count: int) -> None:
    block = draw(anatomy(numbered(count)))
    found = parts(block, "container")
    assert list(found) == [f"c{i}" for i in range(count)]
    rows = sorted({rect.y for rect in found.values()})
    assert len(rows) == -(-count // 8)
    for y in rows:
        row = [rect for rect in found.values() if rect.y == y]
        assert all(a.right < b.x for a, b in pairwise(row))
        assert len({rect.bottom for rect in row}) == 1
    assert len(parts(block, "door")) == count


def test_a_pod_without_containers_still_has_its_roof() -> None:
    block = draw(anatomy(pod("p", ip="10.0.0.1")))
    assert "One IP" in said(block)
    assert "10.0.0.1" in said(block)
    assert block.height > 100


def test_few_containers_have_columns_of_one_width() -> None:
    found = parts(draw(anatomy(pod("p", container("a"), container("a-longer-name")))), "container")
    assert len({round(rect.w, 2) for rect in found.values()}) == 1


def test_more_room_makes_columns_wider_and_containers_higher() -> None:
    given = anatomy(numbered(2))
    small = parts(draw(given), "container")["c0"]
    wide = draw(given, 900)
    high = draw(given, 900, wide.body.h + 60)
    assert wide.body.w == 900
    assert parts(wide, "container")["c0"].w > small.w
    assert high.body.h == pytest.approx(wide.body.h + 60)
    assert parts(high, "container")["c0"].h > parts(wide, "container")["c0"].h


# ── phases ──────────────────────────────────────────────────────────────────────────────────


def staged(*inits: Container) -> Block:
    app = container("app", 80)
    return draw(anatomy(pod("p", app, *inits, volumes=(volume("data"),))))


def test_init_containers_stand_left_under_each_other_in_their_order() -> None:
    block = staged(container("first", role="init"), container("second", role="init"))
    found = parts(block, "container")
    assert found["first"].x == found["second"].x
    assert found["first"].bottom < found["second"].y
    assert found["second"].right < found["app"].x
    assert "First, in order" in said(block)
    assert "Then, together" in said(block)


def test_init_containers_that_mount_stay_under_each_other() -> None:
    block = staged(mounting("first", "data", role="init"), mounting("last", "data", role="init"))
    found = parts(block, "container")
    assert found["first"].x == found["last"].x
    assert found["first"].bottom < found["last"].y
    assert found["last"].bottom < parts(block, "volume")["data"].y
    assert found["first"].right < parts(block, "volume")["data"].right


def test_a_native_sidecar_bears_its_turn_and_stays_among_the_rest() -> None:
    block = draw(anatomy(pod("p", container("app"), container("mesh", native=True))))
    found = parts(block, "container")
    assert found["app"].right < found["mesh"].x
    assert found["app"].y == found["mesh"].y


# ── roof and floor ──────────────────────────────────────────────────────────────────────────


def test_doors_stand_on_one_line_above_their_container() -> None:
    block = draw(anatomy(pod("p", container("a", 80, 443, 9090), container("b", 5432))))
    doors, found = parts(block, "door"), parts(block, "container")
    assert len({rect.y for rect in doors.values()}) == 1
    assert doors["a:80"].right < doors["a:443"].x < doors["a:9090"].x
    for name, rect in doors.items():
        column = found[name[0]]
        assert column.x < rect.x
        assert rect.right < column.right
        assert rect.bottom < column.y


def test_a_shared_door_stands_between_its_containers() -> None:
    block = draw(anatomy(pod("p", container("a", 80), container("b", 80))))
    (door,) = parts(block, "door").values()
    found = parts(block, "container")
    assert found["a"].x < door.centre[0] < found["b"].right


def test_a_volume_stands_under_the_containers_that_mount_it() -> None:
    given = pod(
        "p",
        mounting("a", "logs"),
        mounting("b", "logs:ro"),
        container("c"),
        volumes=(volume("logs"),),
    )
    block = draw(anatomy(given))
    drum, found = parts(block, "volume")["logs"], parts(block, "container")
    assert drum.y > found["a"].bottom
    assert (drum.x, drum.right) == (found["a"].x, found["b"].right)
    assert "writes" in said(block)
    assert "reads" in said(block)


def test_where_arrows_would_cross_the_containers_name_their_volumes() -> None:
    crosswise = pod(
        "p",
        *(mounting(name, v) for name, v in zip("abcd", ("x", "y", "x", "y"), strict=True)),
        volumes=(volume("x"), volume("y")),
    )
    block = draw(anatomy(crosswise))
    assert len(parts(block, "volume")) == 2
    assert said(block).split().count("x") == 3  # two containers and the drum


# ── any Pod ─────────────────────────────────────────────────────────────────────────────────

NAMES = (
    "app",
    "logs",
    "a-very-long-container-name-0",
    "사이드카-로그",
    "x",
    "envoy",
    "db",
    "m",
    "n",
)

VOLUMES = ("data", "conf", "tmp")

containers = st.builds(
    lambda ports, role, mounts: (ports, role, mounts),
    st.lists(st.sampled_from([80, 443, 8080, 65535]), max_size=3, unique=True),
    st.sampled_from(["", "sidecar", "init"]),
    st.lists(st.sampled_from(["data", "data:ro", "conf", "tmp"]), max_size=2, unique=True),
)
calls = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=3)


def built(
    given: list[tuple[list[int], str, list[str]]], called: list[tuple[int, int]], all_used: bool
) -> Box:
    made = []
    for name, (ports, role, mounts) in zip(NAMES, given, strict=False):
        bare = mounting(name, *mounts, role=role)
        listed = tuple(Port(number=p) for p in ports) if role != "init" else ()
        made.append(replace(bare, ports=listed))
    used = [v for v in VOLUMES if any(v == m.volume for c in made for m in c.mounts)]
    whole = pod("p", *made, volumes=tuple(volume(v) for v in (used if all_used else VOLUMES)))
    paths = [c.path for c in whole.containers if c.role is not Role.INIT]
    pairs = [(paths[a], paths[b]) for a, b in called if a != b and max(a, b) < len(paths)]
    return anatomy(whole, *(link(tail, head) for tail, head in pairs))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(containers, max_size=9), calls, st.sampled_from([None, 1200.0]), st.booleans())
def test_any_pod_is_drawn_without_overlap(
    given: list[tuple[list[int], str, list[str]]],
    called: list[tuple[int, int]],
    wide: float | None,
    all_used: bool,
) -> None:
    block = draw(built(given, called, all_used), wide)
    assert escaping(block) == []
    assert overlapping(block) == []
    for kind in ("container", "door", "volume"):
        own = parts(block, kind)
        assert all(is_within(rect, block.body) for rect in own.values())
        assert not [k for k in combinations(own, 2) if own[k[0]].overlaps(own[k[1]])]
    solid = parts(block, "container")
    for id, rect in {**parts(block, "volume"), **parts(block, "door")}.items():
        over = [name for name, r in solid.items() if r.overlaps(rect, slack=0.5)]
        assert not over or (":" in id and rect.y > 200)  # doors of a second row stand on it
