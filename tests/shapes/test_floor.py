"""Volumes under the containers that mount them: no arrow crosses a drum."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from podviz.figure import Arrow, Relation
from podviz.shapes.floor import Plan, plan

COLUMNS = {f"c{i}": (i * 120.0, i * 120.0 + 100.0) for i in range(5)}

Mounts = list[tuple[int, int, bool]]
"""Container, volume, whether it only reads."""


def arrows(mounts: Mounts) -> tuple[Arrow, ...]:
    made = []
    for container, volume, reads in dict.fromkeys(mounts):
        ends = (f"v{volume}", f"c{container}") if reads else (f"c{container}", f"v{volume}")
        relation = Relation.READS if reads else Relation.WRITES
        made.append(Arrow(id=f"{ends}", tail=ends[0], head=ends[1], relation=relation))
    return tuple(made)


def planned(mounts: Mounts, least: float = 90.0, across: int = 5) -> Plan | None:
    columns = dict(list(COLUMNS.items())[:across])
    return plan(columns, arrows(mounts), {f"v{v}": least for _, v, _ in mounts})


def check(found: Plan, mounts: Mounts) -> None:
    """Every mount is there, stands on its container and its drum, and crosses no drum."""
    assert len(found.points) == len(dict.fromkeys(mounts))
    for one, other in combinations(found.points, 2):
        assert abs(one.x - other.x) > 1, "two arrows on one line"
    for point in found.points:
        left, right = COLUMNS[point.column]
        assert left < point.x < right
        first, last, row = found.drums[point.volume]
        assert first <= point.x <= last
        for a, b, above in found.drums.values():
            assert not (above < row and a < point.x < b), "an arrow through a drum"
    for (a, b, row), (c, d, below) in combinations(found.drums.values(), 2):
        assert row != below or b < c or d < a, "two drums on one place"


mounts = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans()), min_size=1, max_size=9
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(mounts, st.sampled_from([40.0, 90.0, 200.0]))
def test_a_plan_crosses_nothing_and_loses_no_mount(mounts: Mounts, least: float) -> None:
    found = planned(mounts, least)
    if found:
        check(found, mounts)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.sets(st.integers(0, 4), min_size=1), st.booleans(), st.floats(20, 500))
def test_one_volume_can_always_be_planned(users: set[int], reads: bool, least: float) -> None:
    mounts = [(container, 0, reads) for container in users]
    found = planned(mounts, least)
    assert found
    check(found, mounts)


def test_a_drum_stands_under_exactly_the_containers_that_mount_it() -> None:
    found = planned([(1, 0, False), (2, 0, True), (3, 0, True)])
    assert found
    assert found.drums == {"v0": (120, 460, 0)}
    assert [p.x for p in found.points] == [170, 290, 410]


def test_two_mounts_of_a_container_stand_at_its_thirds_towards_their_drums() -> None:
    mounts = [(0, 0, False), (1, 0, True), (1, 1, False), (2, 1, True)]
    wide = {f"c{i}": (i * 170.0, i * 170.0 + 150.0) for i in range(3)}
    found = plan(wide, arrows(mounts), {"v0": 90, "v1": 90})
    assert found
    assert found.rows == 1
    assert [(p.volume, p.x) for p in found.points if p.column == "c1"] == [("v0", 220), ("v1", 270)]


def test_drums_that_would_meet_stand_in_rows() -> None:
    found = planned([(0, 0, False), (2, 0, True), (1, 1, False)])
    assert found
    assert found.rows == 2


def test_a_drum_is_as_wide_as_its_words_need_and_stays_under_the_containers() -> None:
    found = planned([(0, 0, False)], least=240)
    assert found
    assert found.drums["v0"] == (0, 240, 0)


def test_what_cannot_be_drawn_without_a_crossing_has_no_plan() -> None:
    assert planned([(0, 0, False), (2, 0, True), (1, 1, False), (3, 1, True)]) is None
