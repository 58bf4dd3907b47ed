"""How one revision follows another, and who has to leave."""

import pytest
from told import DAEMON, cluster, controller, played, replica_sets, running

from podviz.story.rollout import shares


@pytest.mark.parametrize(("replicas", "most", "least"), [(4, 5, 3), (3, 4, 3), (10, 13, 8)])
def test_a_rolling_update_keeps_within_its_limits(replicas: int, most: int, least: int) -> None:
    """25 % each by default, surge rounded up, unavailable rounded down: DEPLOYMENT."""
    events: list[str | None] = ["roll web nginx:1.28", *["wait 1"] * 30]
    moments = played(cluster(controller(replicas=replicas)), events)
    there = [sum(p.status != "Terminating" for p in m.cluster.pods) for m in moments]
    ready = [len(running(m)) for m in moments]
    assert max(there) == most
    assert min(ready) == least
    assert {p.containers[0].image for p in moments[-1].cluster.pods} == {"nginx:1.28"}


def test_a_rolling_update_has_two_replica_sets_and_leaves_the_old_one_empty() -> None:
    last = played(cluster(controller()), ["roll web nginx:1.28", None])[-1]
    sets = [(c.replicas, c.pod) for c in last.cluster.controllers if c.kind == "ReplicaSet"]
    assert [count for count, _ in sets] == [0, 2]
    owners = {pod.owners[0].name for pod in last.cluster.pods}
    assert owners == {last.cluster.controllers[2].name}


def test_recreate_ends_all_old_pods_before_the_first_new_one() -> None:
    events: list[str | None] = ["roll web nginx:1.28", *["wait 1"] * 6]
    moments = played(cluster(controller(strategy="Recreate")), events)
    for moment in moments:
        images = {p.containers[0].image for p in moment.cluster.pods}
        assert len(images) < 2
    assert any(not running(moment) for moment in moments)
    assert len(running(moments[-1])) == 2


def test_an_image_that_is_there_already_rolls_out_nothing() -> None:
    """DEPLOYMENT: a rollout is triggered if and only if the Pod template is changed."""
    first, _, last = played(cluster(controller()), ["roll web nginx:1.27", None])
    assert first.cluster.pods == last.cluster.pods


def test_rolling_back_comes_to_the_replica_set_that_was_there() -> None:
    """DEPLOYMENT + #rolling-back-a-deployment."""
    events = ["roll web nginx:1.28", None, "roll web nginx:1.27", None]
    moments = played(cluster(controller()), events)
    (old, _), (new, _) = replica_sets(moments[2])
    assert replica_sets(moments[-1]) == [(old, 2), (new, 0)]
    assert all(pod.name.startswith(old) for pod in moments[-1].cluster.pods)


@pytest.mark.parametrize(
    ("surge", "unavailable", "most", "least"),
    [(0, 2, 4, 2), ("50%", 0, 6, 4), ("10%", "10%", 5, 4), (0, 0, 4, 3)],
)
def test_a_rolling_update_has_the_limits_that_are_given(
    surge: int | str, unavailable: int | str, most: int, least: int
) -> None:
    """DEPLOYMENT + #max-unavailable: the surge rounded up, what may lack down, not both none."""
    given = cluster(controller(replicas=4, surge=surge, unavailable=unavailable))
    events: list[str | None] = ["roll web nginx:1.28", *["wait 1"] * 30]
    moments = played(given, events)
    assert max(sum(p.status != "Terminating" for p in m.cluster.pods) for m in moments) == most
    assert min(len(running(m)) for m in moments) == least
    assert {p.containers[0].image for p in moments[-1].cluster.pods} == {"nginx:1.28"}


def test_a_daemon_set_renews_one_node_at_a_time() -> None:
    """tasks/manage-daemon/update-daemon-set/."""
    events: list[str | None] = ["roll log fb:2", *["wait 1"] * 9]
    moments = played(cluster(DAEMON, nodes=3), events)
    assert min(len(running(moment)) for moment in moments) == 2
    assert {p.containers[0].image for p in moments[-1].cluster.pods} == {"fb:2"}


def test_a_silent_node_holds_a_daemon_sets_update_up() -> None:
    """Its Pod is one that is not available, and so many may be at most."""
    events: list[str | None] = ["fail n3", None, "roll log fb:2", None]
    last = played(cluster(DAEMON, nodes=3), events)[-1]
    images = {pod.node: pod.containers[0].image for pod in running(last)}
    assert images == {"n1": "fb:2", "n2": "nginx:1.27"}


@pytest.mark.parametrize(
    ("events", "left"),
    [
        (["scale web 3"], ["n1", "n2", "n2"]),  # from the node with the most
        (["drain n2", "wait 1", "scale web 2"], ["n1", "n1"]),  # what does not run yet
    ],
)
def test_which_pods_leave_when_a_replica_set_shrinks(events: list[str], left: list[str]) -> None:
    """SETS + replicaset/#scaling-a-replicaset."""
    last = played(cluster(controller(replicas=5), nodes=2), [*events, None])[-1]
    assert sorted(pod.node or "" for pod in last.cluster.pods) == left


def test_a_rollout_is_met_when_no_old_pod_is_left() -> None:
    moments = played(cluster(controller()), ["roll web nginx:1.28", "wait 2", None])
    told = [(keeping.old, keeping.is_met) for m in moments for keeping in m.keepings]
    assert told == [(0, True), (2, False), (1, False), (0, True)]


def test_another_image_is_a_change_even_where_nobody_stood() -> None:
    moments = played(cluster(controller()), ["roll web nginx:1.28", "wait 2", None, "scale web 3"])
    changed = [{path for path, what in m.changed if what == {"image"}} for m in moments]
    assert [len(paths) for paths in changed] == [0, 0, 1, 1, 0]
    assert all(path.endswith("/app") for paths in changed for path in paths)


@pytest.mark.parametrize(
    ("sizes", "wants", "before", "expected"),
    [
        ({0: 8, 1: 5}, 18, 13, {0: 11, 1: 7}),  # the page's own example
        ({0: 3, 1: 3}, 9, 6, {1: 5, 0: 4}),  # of two alike the newer one gets more
        ({0: 6, 1: 3}, 5, 9, {0: 3, 1: 2}),
        ({0: 2, 1: 2}, 0, 5, {0: 0, 1: 0}),
    ],
)
def test_replica_sets_are_scaled_in_proportion(
    sizes: dict[int, int], wants: int, before: int, expected: dict[int, int]
) -> None:
    """DEPLOYMENT + #proportional-scaling."""
    assert shares(sizes, wants, before) == expected


def test_scaling_in_the_middle_of_a_rollout_scales_both_replica_sets() -> None:
    events = ["roll web nginx:1.28", "wait 2", "scale web 8", "wait 1", None]
    moments = played(cluster(controller(replicas=4)), events)
    assert [count for _, count in replica_sets(moments[2])] == [2, 1]
    assert [count for _, count in replica_sets(moments[4])] == [8, 2]  # the largest fills up
    assert [count for _, count in replica_sets(moments[-1])] == [0, 8]
