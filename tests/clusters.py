"""Any cluster that a spec may describe: a hypothesis strategy."""

from hypothesis import strategies as st
from msgspec.structs import replace
from scenes import (
    container,
    controller,
    link,
    node,
    pod,
    service,
    sheet,
    volume,
)

from podviz.meta import Labels
from podviz.model import Autoscaler, Claim, ClaimTemplate, Controller, Service
from podviz.pod import Container, Mount, Pod, Port, Resources, Volume
from podviz.sheet import Sheet
from podviz.text import Text

NAMES = ("web", "db", "pod", "podinfo", "a-long-name-for-a-service-7d9f8", "사이드카")
KINDS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")

names = st.sampled_from(NAMES)
labels: st.SearchStrategy[Labels] = st.sampled_from(
    [(), (("app", "web"),), (("app", "db"), ("tier", "back"))]
)
ports = st.builds(
    Port,
    number=st.sampled_from([80, 443, 53]),
    protocol=st.sampled_from(["TCP", "UDP"]),
    name=st.sampled_from([None, "http"]),
)
texts = st.sampled_from([None, Text("무언가를 묻는다", "asks for something")])


@st.composite
def containers(draw: st.DrawFn, volumes: tuple[Volume, ...]) -> tuple[Container, ...]:
    made = []
    for name in draw(
        st.lists(st.sampled_from(["app", "log", "pod", "init"]), max_size=4, unique=True)
    ):
        role = draw(st.sampled_from(["", "main", "sidecar", "init"]))
        mounts = tuple(
            Mount(volume=v.name, read_only=draw(st.booleans()))
            for v in volumes
            if draw(st.booleans())
        )
        own = () if role == "init" else tuple(draw(st.lists(ports, max_size=2)))
        made.append(
            container(
                name,
                *own,
                role=role,
                native=role == "sidecar" and draw(st.booleans()),
                image=draw(st.sampled_from([None, "nginx:1.27"])),
                caption=draw(texts),
                mounts=mounts,
                requests=Resources(cpu=draw(st.sampled_from([None, 0.5, 3.0]))),
            )
        )
    return tuple(made)


volumes = st.sampled_from(
    [
        (),
        (volume("v"),),
        (volume("v"), volume("w", kind="persistentVolumeClaim", source="data")),
    ]
)


@st.composite
def pods(draw: st.DrawFn, name: str, nodes: list[str]) -> Pod:
    own = draw(volumes)
    return pod(
        name,
        *draw(containers(own)),
        volumes=own,
        labels=draw(labels),
        node=draw(st.sampled_from([None, *nodes])),
        status=draw(st.sampled_from([None, "Running", "Dead", "Pending"])),
        ip=draw(st.sampled_from([None, "10.0.0.1"])),
    )


@st.composite
def controllers(draw: st.DrawFn, name: str) -> Controller:
    kind = draw(st.sampled_from(KINDS))
    own = draw(volumes)
    made = controller(
        kind,
        name,
        *draw(containers(own)),
        replicas=draw(st.sampled_from([None, 0, 2, 9])),
        claims=(ClaimTemplate(name="data"),) if kind == "StatefulSet" else (),
        pod={"labels": draw(labels), "volumes": own},
    )
    return made if draw(st.integers(0, 9)) else replace(made, pod=None)


@st.composite
def services(draw: st.DrawFn, name: str) -> Service:
    target = draw(st.sampled_from([None, *NAMES]))
    numbers = draw(st.lists(st.sampled_from([80, 443]), max_size=2, unique=True))
    return service(name, target, *numbers, selector=draw(labels))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A sheet with up to a dozen things and links among them."""
    some = st.lists(names, max_size=3, unique=True)
    nodes = draw(st.lists(st.sampled_from(["n1", "n2"]), max_size=2, unique=True))
    first = st.lists(names, min_size=1, max_size=3, unique=True)
    own = [draw(pods(name, nodes)) for name in draw(first)]
    made = [draw(controllers(name)) for name in draw(st.lists(names, max_size=5, unique=True))]
    before = [draw(services(name)) for name in draw(some)]
    inside = [c.path for p in own for c in p.containers]
    inside += [c.path for k in made if k.pod for c in k.pod.containers]
    ends = [*(t.path for t in (*own, *made, *before)), *inside, "api.example.com"]
    end = st.sampled_from(ends)
    number = st.sampled_from([None, 80])
    links = st.builds(link, end, end, number, label=texts)
    scaler = Autoscaler(path="HorizontalPodAutoscaler/a", name="a", target=draw(names))
    return sheet(
        show=draw(st.sampled_from([(), ("requests", "labels")])),
        hide=draw(st.sampled_from([(), ("ports",), ("init",), ("volumes", "image")])),
        pods=own,
        controllers=made,
        services=before,
        nodes=[node(n, draw(st.sampled_from([None, 2]))) for n in nodes],
        autoscalers=[scaler] if draw(st.booleans()) else [],
        claims=[Claim(path="PersistentVolumeClaim/data", name="data")],
        links=draw(st.lists(links, max_size=4)),
    )
