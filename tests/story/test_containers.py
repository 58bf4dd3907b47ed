"""How containers of a Pod start, crash and end."""

from told import SIDE, WEB, bare, cluster, controller, played, served, template

from podviz.model import Service
from podviz.pod import Container, Role


def test_a_crash_keeps_name_node_and_ip_and_counts() -> None:
    first, hurt, well = played(cluster(bare(), nodes=0), ["crash web/app", None])
    (before,), (at,), (after,) = first.cluster.pods, hurt.cluster.pods, well.cluster.pods
    assert (at.name, at.ip, after.ip) == (before.name, before.ip, before.ip)
    assert [c.state for c in at.containers] == ["Error"]
    assert [c.restarts for c in after.containers] == [1]
    assert [c.state for c in after.containers] == ["running"]


def test_native_sidecars_start_before_and_stop_after_the_main_containers() -> None:
    given = cluster(controller(replicas=1, pod=template(WEB, SIDE)))
    moments = played(given, ["kill web", "wait 1", "wait 1", "wait 1", "scale web 0", "wait 1",
                             "wait 1", "wait 1"])  # fmt: skip
    told = [[[c.state for c in p.containers] for p in m.cluster.pods] for m in moments]
    assert told[2] == [["waiting", "waiting"]]
    assert told[3] == [["waiting", "running"]]
    assert told[4] == [["running", "running"]]
    assert told[6] == [["terminated", "running"]]
    assert told[7] == [["terminated", "terminated"]]
    assert told[8] == []


def test_crashes_are_counted_when_the_container_is_back_and_put_off_from_the_second_on() -> None:
    """LIFE + #how-pods-handle-problems-with-containers."""
    events: list[str | None] = ["crash web/app", "wait 1", "crash web/app", "wait 1"]
    told = [
        (moment.cluster.pods[0].containers[0].state, moment.cluster.pods[0].containers[0].restarts)
        for moment in played(cluster(bare()), events)
    ]
    assert told == [
        ("running", None), ("Error", None), ("running", 1), ("CrashLoopBackOff", 1), ("running", 2),
    ]  # fmt: skip


def test_a_pod_serves_when_its_probe_has_found_it_ready() -> None:
    """LIFE + #container-probes."""
    probed = Container(path="", name="app", probes=("readiness",))
    web = Service(path="Service/web", name="web", target="web")
    events: list[str | None] = ["kill web", "wait 1", "wait 1", "wait 1"]
    moments = played(cluster(controller(replicas=1, pod=template(probed)), web), events)
    told = [
        ([pod.status for pod in moment.cluster.pods], len(served(moment))) for moment in moments
    ]
    assert told == [
        (["Running"], 1), (["Dead"], 0), (["Pending"], 0), (["Running"], 0), (["Running"], 1),
    ]  # fmt: skip


def test_init_containers_end_one_after_another_before_the_others_start() -> None:
    """concepts/workloads/pods/init-containers/."""
    first, second = (Container(path="", name=name, role=Role.INIT) for name in ("one", "two"))
    given = cluster(controller(replicas=1, pod=template(first, SIDE, second, WEB)))
    moments = played(given, ["kill web", "wait 1", "wait 1", "wait 1"])
    told = [[c.state for c in moment.cluster.pods[0].containers] for moment in moments[2:]]
    assert told == [
        ["waiting"] * 4,
        ["Completed", "running", "running", "waiting"],
        ["Completed", "running", "Completed", "running"],
    ]
