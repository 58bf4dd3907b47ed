"""A story played: its frames one after the other, each with the cluster at its end."""

from collections.abc import Sequence

from msgspec.structs import replace

from podviz.model import Cluster, Node
from podviz.sheet import Event, Frame
from podviz.story.events import happen
from podviz.story.moment import Moment
from podviz.story.reactions import act
from podviz.story.stage import Stage
from podviz.story.start import begin
from podviz.story.world import World

_MOST_STEPS = 2_000
"""Steps after which a cluster that never comes to rest is taken as it is."""


def play(cluster: Cluster, frames: Sequence[Frame]) -> tuple[Moment, ...]:
    """The cluster at the end of each frame.

    A first frame without an event shows it as it is given; a frame with an event the moment right
    after it, one without lets everyone act until nothing changes, `wait` so many steps. Raises
    SpecError where an event finds nothing to happen to.
    """
    world = World(_whole(cluster))
    begin(world)
    stage = Stage()
    moments: list[Moment] = []
    for turn, frame in enumerate(frames):
        if turn or frame.event is not None:
            _go_on(world, frame.event)
        moments.append(stage.moment(world))
    return tuple(moments)


def _whole(cluster: Cluster) -> Cluster:
    """The cluster with a node for every name of one that its Pods tell."""
    templates = [controller.pod for controller in cluster.controllers if controller.pod]
    named = dict.fromkeys(pod.node for pod in (*cluster.pods, *templates) if pod.node)
    known = {node.name for node in cluster.nodes}
    more = [Node(path=f"Node/{name}", name=name) for name in named if name not in known]
    return replace(cluster, nodes=(*cluster.nodes, *more)) if more else cluster


def _go_on(world: World, event: Event | None) -> None:
    if event is None:
        for _ in range(_MOST_STEPS):
            before = _state(world)
            act(world)
            if _state(world) == before:
                return
    elif event.kind == "wait":
        for _ in range(event.number or 1):
            act(world)
    else:
        happen(world, event)


def _state(world: World) -> object:
    """All that a step may change."""
    pods = [
        (p.path, p.phase, p.told, tuple(p.ended), p.probing, p.node, p.ip, p.ending, p.worked)
        for p in world.pods
    ]
    kept = [(k.wants, k.met, k.made, k.failures, k.done, k.over) for k in world.keepers]
    return pods, kept, dict(world.down)
