"""What holds in every story."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from told import CLAIMS, CRON, HELPER, SIDE, WEB, bare, cluster, controller, played, template

from podviz.errors import InputError
from podviz.model import Cluster
from podviz.pod import Container
from podviz.story import Keeping, Moment

KINDS = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")
TARGETS = ("a", "b", "pod", "night")
TEMPLATES = (
    template(restart="Always"),
    template(WEB, SIDE),
    template(WEB, HELPER),
    template(Container(path="", name="app", probes=("readiness",))),
    template(host_network=True),
)


@st.composite
def clusters(draw: st.DrawFn) -> Cluster:
    nodes = draw(st.integers(0, 3))
    things: list[object] = [
        controller(
            draw(st.sampled_from(KINDS)),
            name,
            replicas=draw(st.integers(0, 4)),
            claims=CLAIMS,
            pod=draw(st.sampled_from(TEMPLATES)),
            strategy=draw(st.sampled_from([None, "Recreate"])),
            surge=draw(st.sampled_from([None, 0, "50%"])),
            retries=draw(st.sampled_from([None, 0, 1])),
        )
        for name in TARGETS[:2]
    ]
    things += [CRON] if draw(st.booleans()) else []
    home = "n1" if nodes else None
    return cluster(*things, *([bare("pod", node=home)] if draw(st.booleans()) else []), nodes=nodes)


EVENTS = st.lists(
    st.one_of(
        st.none(),
        st.integers(1, 3).map(lambda n: f"wait {n}"),
        st.sampled_from(TARGETS).map(lambda name: f"kill {name}"),
        st.sampled_from(TARGETS).map(lambda name: f"crash {name}/app"),
        st.sampled_from(["fail n1", "drain n2", "scale a 3", "scale b 1", "roll a nginx:2"]),
        st.sampled_from(["roll a nginx:1.27", "roll b nginx:3", "run a", "run night"]),
    ),
    max_size=8,
)


def moments(given: Cluster, events: list[str | None]) -> tuple[Moment, ...]:
    """As far as the story goes: an event that meets nobody is left out."""
    names = {node.name for node in given.nodes}
    kept: list[str | None] = []
    for event in events:
        words = (event or "").split()
        if words and words[0] in ("fail", "drain") and words[1] not in names:
            continue
        try:
            played(given, [*kept, event])
        except InputError:
            continue
        kept.append(event)
    return played(given, [*kept, None])


@settings(max_examples=150, deadline=None)
@given(clusters(), EVENTS)
def test_every_story_keeps_the_rules(given: Cluster, events: list[str | None]) -> None:
    told = moments(given, events)
    _converges(given, told[-1])
    _nobody_shares_an_address(told)
    _no_name_comes_back(told)
    _nobody_starts_where_nothing_starts(told)
    _nobody_moves(told)


def _converges(given: Cluster, last: Moment) -> None:
    open_nodes = {n.name for n in given.nodes} - last.down - last.cordoned
    for keeping in last.keepings:
        if given.nodes and (not open_nodes or keeping.kind in ("StatefulSet", "DaemonSet")):
            continue  # Pods wait for a node, or stay on a silent one
        if keeping.kind in ("Job", "CronJob") or _is_held(last, keeping):
            continue
        assert keeping.wants == keeping.has, keeping


def _is_held(last: Moment, keeping: Keeping) -> bool:
    """True while a Deployment that recreates waits for an old Pod on a silent node."""
    keeper = next(c for c in last.cluster.controllers if c.name == keeping.name)
    going = [p for p in last.cluster.pods if p.status == "Terminating" and p.node in last.down]
    return keeper.strategy == "Recreate" and bool(going)


def _nobody_shares_an_address(told: tuple[Moment, ...]) -> None:
    for moment in told:
        ips = [pod.ip for pod in moment.cluster.pods if pod.ip and not pod.host_network]
        assert len(ips) == len(set(ips))


def _no_name_comes_back(told: tuple[Moment, ...]) -> None:
    paths: dict[str, str] = {}
    for moment in told:
        for pod in moment.cluster.pods:
            if pod.owners and pod.owners[0].kind == "StatefulSet":
                continue
            assert paths.setdefault(pod.name, pod.path) == pod.path


def _nobody_starts_where_nothing_starts(told: tuple[Moment, ...]) -> None:
    for before, moment in itertools.pairwise(told):
        for pod in moment.cluster.pods:
            if pod.path in moment.born and pod.node:
                assert pod.node not in before.down
                is_daemon = pod.owners and pod.owners[0].kind == "DaemonSet"
                assert pod.node not in before.cordoned or is_daemon


def _nobody_moves(told: tuple[Moment, ...]) -> None:
    for before, moment in itertools.pairwise(told):
        old, new = dict(before.slots), dict(moment.slots)
        assert len(set(new.values())) == len(new)
        nodes = {pod.path: pod.node for pod in before.cluster.pods}
        for pod in moment.cluster.pods:
            if pod.path in old and nodes[pod.path] == pod.node:
                assert new[pod.path] == old[pod.path]
