"""Stories played from a few words, and what is seen in them."""

from collections.abc import Sequence

from podviz.around import Budget
from podviz.meta import Selector
from podviz.model import Autoscaler, ClaimTemplate, Cluster, Controller, Node, Service
from podviz.pod import Container, Pod, Port, Role
from podviz.sheet import Event, Frame
from podviz.story import Moment, play

WEB = Container(path="", name="app", image="nginx:1.27")
SIDE = Container(path="", name="logs", image="fluent-bit:3.2", native=True)


def template(*containers: Container, **more: object) -> Pod:
    return Pod(path="", name="", containers=containers or (WEB,), **more)  # type: ignore[arg-type]


def controller(kind: str = "Deployment", name: str = "web", **more: object) -> Controller:
    given = {"replicas": 2, "pod": template(), **more}
    return Controller(path=f"{kind}/{name}", kind=kind, name=name, **given)  # type: ignore[arg-type]


def bare(name: str = "web", *containers: Container, **more: object) -> Pod:
    return Pod(path=f"Pod/{name}", name=name, containers=containers or (WEB,), **more)  # type: ignore[arg-type]


def cluster(*things: object, nodes: int = 0) -> Cluster:
    def of(kind: type) -> tuple[object, ...]:
        return tuple(thing for thing in things if isinstance(thing, kind))

    names = [f"n{i + 1}" for i in range(nodes)]
    return Cluster(
        nodes=(*(Node(path=f"Node/{name}", name=name) for name in names), *of(Node)),  # type: ignore[arg-type]
        pods=of(Pod),  # type: ignore[arg-type]
        controllers=of(Controller),  # type: ignore[arg-type]
        services=of(Service),  # type: ignore[arg-type]
        autoscalers=of(Autoscaler),  # type: ignore[arg-type]
        budgets=of(Budget),  # type: ignore[arg-type]
        own=True,
    )


def happens(words: str | None) -> Event | None:
    """`kill web`, `scale web 4`, `roll web nginx:2`, `wait 2`; None lets things settle."""
    if words is None:
        return None
    kind, *rest = words.split()
    if kind == "wait":
        return Event(kind=kind, number=int(rest[0]))
    if kind == "scale":
        return Event(kind=kind, target=rest[0], number=int(rest[1]))
    if kind == "roll":
        return Event(kind=kind, target=rest[0], image=rest[1])
    return Event(kind=kind, target=rest[0])


def played(given: Cluster, events: Sequence[str | None]) -> tuple[Moment, ...]:
    """The moments after a first frame that shows the cluster as it is."""
    return play(given, [Frame(), *(Frame(event=happens(event)) for event in events)])


def seen(moment: Moment) -> list[tuple[str, str | None, str | None]]:
    """Name, node and status of every Pod."""
    return [(pod.name, pod.node, pod.status) for pod in moment.cluster.pods]


def statuses(moment: Moment) -> list[str | None]:
    return [pod.status for pod in moment.cluster.pods]


def running(moment: Moment) -> list[Pod]:
    return [pod for pod in moment.cluster.pods if dict(pod.conditions).get("Ready") == "True"]


CLAIMS = (ClaimTemplate(name="data"),)

STATEFUL = controller("StatefulSet", "db", claims=CLAIMS)
DAEMON = controller("DaemonSet", "log", replicas=None)


def job(**more: object) -> Controller:
    given = {"replicas": 1, "retries": 1, "pod": template(restart="Never"), **more}
    return controller("Job", "load", **given)


def cron(**more: object) -> Controller:
    return controller("CronJob", "night", replicas=None, schedule="0 3 * * *", **more)


def budget(**more: object) -> Budget:
    selector = Selector(labels=(("app", "web"),))
    return Budget(path="b", name="b", selector=selector, **more)  # type: ignore[arg-type]


def labelled(name: str) -> Node:
    return Node(path=f"Node/{name}", name=f"{name}-ssd", labels=(("disk", "ssd"),))


JOB, CRON = job(), cron()
LABELLED = template(labels=(("app", "web"),))
PICKY = controller(pod=template(node_selector=(("disk", "ssd"),)))
DOOR = Container(path="", name="app", ports=(Port(number=80, host=80),))
HELPER = Container(path="", name="logs", image="fluent-bit:3.2", role=Role.SIDECAR)


def replica_sets(moment: Moment) -> list[tuple[str, int | None]]:
    return [(c.name, c.replicas) for c in moment.cluster.controllers if c.kind == "ReplicaSet"]


def served(moment: Moment) -> list[str]:
    ends = dict(moment.endpoints)["Service/web"]
    return [end.ip for end in ends if end.state != "gone"]
