"""Who calls whom in a cluster's picture, and how live Pods fare in it."""

from msgspec.structs import replace

from podviz.figure import Box, Figure, Relation, Shape
from podviz.meta import Owner, ServicePort
from podviz.model import Cluster, Controller, Ingress, IngressPath, Service
from podviz.pod import Container, Pod
from podviz.scene.boxes import status_tag
from podviz.sheet import Sheet
from podviz.view import compose


def workload(name: str, **env: str) -> Controller:
    path = f"Deployment/{name}"
    app = Container(path=f"{path}/pod/app", name="app", env=tuple(env.items()))
    pod = Pod(path=f"{path}/pod", name="", labels=(("app", name),), containers=(app,))
    return Controller(path=path, kind="Deployment", name=name, pod=pod)


def service(name: str, *ports: int, app: str | None = None) -> Service:
    return Service(
        path=f"Service/{name}",
        name=name,
        selector=(("app", app or name),),
        ports=tuple([ServicePort(port=p) for p in ports or (80,)]),
    )


def drawn(*things: Controller | Service | Ingress | Pod) -> Figure:
    cluster = Cluster(
        controllers=tuple([t for t in things if isinstance(t, Controller)]),
        services=tuple([t for t in things if isinstance(t, Service)]),
        ingresses=tuple([t for t in things if isinstance(t, Ingress)]),
        pods=tuple([t for t in things if isinstance(t, Pod)]),
    )
    return compose(Sheet(cluster=cluster), "cluster")


def box(figure: Figure, id: str) -> Box:
    return next(b for b in figure.walk() if b.id == id)


def test_a_workload_calls_the_service_that_its_variable_names() -> None:
    figure = drawn(workload("web", API_URL="http://api"), workload("api"), service("api"))
    assert [(a.tail, a.head, a.relation) for a in figure.arrows] == [
        ("Deployment/web", "Service/api:door", Relation.CALLS)
    ]


def test_nobody_calls_himself() -> None:
    assert drawn(workload("web", OWN_URL="http://web"), service("web")).arrows == ()


def test_of_a_service_that_many_call_the_number_is_told() -> None:
    callers = [workload(f"w{i}", DB_HOST="db") for i in range(7)]
    figure = drawn(*callers, workload("db"), service("db"))
    assert figure.arrows == ()
    assert box(figure, "Deployment/db").details[-1].en == "called by 7"
    fewer = drawn(*callers[1:], workload("db"), service("db"))
    assert len(fewer.arrows) == 6


def test_too_many_calls_leave_arrows_to_the_rarest() -> None:
    names = [f"w{i}" for i in range(12)]
    env = {f"{n}_URL": f"http://{n}" for n in names[:6]}
    figure = drawn(*(workload(n, **env) for n in names), *(service(n) for n in names))
    assert figure.arrows == ()
    assert box(figure, "Deployment/w0").details[-1].en == "called by 11"


def test_paths_of_several_hosts_are_told_with_their_host() -> None:
    paths = (
        IngressPath(path="/", service="a", host="a.example"),
        IngressPath(path="/x", service="b", host="b.example"),
        IngressPath(path="/y", service="b", port=9999, host="b.example"),
    )
    figure = drawn(
        Ingress(path="Ingress/in", name="in", paths=paths),
        *(workload("a"), workload("b"), service("a"), service("b")),
    )
    assert [(a.label.en if a.label else "", a.missing) for a in figure.arrows] == [
        ("a.example/", False),
        ("b.example/x", False),
        ("b.example/y", True),
    ]
    assert len({a.id for a in figure.arrows}) == 3


def test_of_many_ports_six_are_doors() -> None:
    figure = drawn(service("many", *range(9000, 9030), app="gone"))
    card = box(figure, "Service/many")
    assert [d.label for d in card.doors] == [f":{p}" for p in range(9000, 9006)]
    assert card.details[-1].en == "+ 24 ports"
    assert len(box(drawn(service("some", *range(7), app="gone")), "Service/some").doors) == 7


def test_a_capsule_bears_the_name_of_its_service_where_the_workload_does_not_tell_it() -> None:
    both = drawn(workload("db"), service("db"), service("db-read", app="db"))
    assert [d.label for d in box(both, "Deployment/db").doors] == [":80", "db-read :80"]
    near = drawn(workload("db"), service("db-service", app="db"))
    assert [d.label for d in box(near, "Deployment/db").doors] == [":80"]
    far = drawn(workload("db"), service("store", app="db"))
    assert [d.label for d in box(far, "Deployment/db").doors] == ["store :80"]


# ── live ────────────────────────────────────────────────────────────────────────────────────


def live(name: str, status: str = "Running", **container: object) -> Pod:
    app = Container(path=f"Pod/{name}/app", name="app", **container)  # type: ignore[arg-type]
    return Pod(
        path=f"Pod/{name}",
        name=name,
        status=status,
        ip="10.0.0.1",
        node="node-1",
        labels=(("app", "web"),),
        owners=(Owner(kind="Deployment", name="web", controller=True),),
        containers=(app,),
    )


def test_a_service_stands_as_capsule_on_live_pods_too() -> None:
    figure = drawn(workload("web"), live("web-1"), live("web-2"), service("web"))
    (frame,) = figure.boxes
    assert frame.shape is Shape.FRAME
    assert [d.id for d in frame.doors] == ["Service/web:door"]
    assert [b.name.en for b in frame.children] == ["web-1", "web-2"]


def test_a_pod_tells_what_its_containers_wait_for() -> None:
    def said(pod: Pod) -> str:
        tag = status_tag(pod)
        return tag.words.en if tag else ""

    assert said(live("a", state="CrashLoopBackOff")) == "CrashLoopBackOff"
    assert said(live("a", "Pending", state="ImagePullBackOff")) == "ImagePullBackOff"
    assert said(live("a", "Pending", state="ContainerCreating")) == "Pending"
    assert said(live("a", state="running")) == "Running"
    assert said(live("a", "Succeeded", state="Completed")) == "Succeeded"
    assert said(replace(live("a"), conditions=(("Ready", "False"),))) == "Not ready"


def test_pods_of_a_finished_job_are_not_counted_as_unready() -> None:
    ended = [live(f"web-{i}", "Succeeded") for i in range(2)]
    (frame,) = drawn(workload("web"), *ended).boxes
    assert frame.status
    assert frame.status.words.en == "Succeeded"
    (frame,) = drawn(workload("web"), *ended, live("web-9")).boxes
    assert frame.status
    assert frame.status.words.en == "1/1 ready"
