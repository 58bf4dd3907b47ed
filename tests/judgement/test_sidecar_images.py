"""Sidecar images that a team knows."""

from msgspec.structs import replace

from podviz import source
from podviz.judgement.sidecar_images import declare
from podviz.model import Cluster, Controller
from podviz.pod import Container, Pod, Role
from podviz.readers.manifest.clusters import read_cluster

MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "team/web:1"}
        - {name: eyes, image: "registry.example/team/Watcher:2"}
"""


def roles(cluster: Cluster) -> dict[str, Role | None]:
    pods = [*cluster.pods, *(c.pod for c in cluster.controllers if c.pod)]
    return {c.name: c.role for pod in pods for c in pod.containers}


def manifest(text: str = MANIFEST) -> Cluster:
    return read_cluster(source.read(text.encode(), "a.yaml").documents)[0]


def own(*containers: Container) -> Cluster:
    return Cluster(pods=(Pod(path="Pod/a", name="a", containers=containers),), own=True)


def container(name: str, image: str, **more: object) -> Container:
    values: dict[str, object] = {"path": f"Pod/a/{name}", "name": name, "image": image}
    return Container(**(values | more))  # type: ignore[arg-type]


def test_an_image_that_fits_is_a_sidecar_and_the_others_are_judged_anew() -> None:
    assert roles(manifest())["eyes"] is not Role.SIDECAR
    for pattern in ("team/watcher", "watcher", "*watch*", "TEAM/*cher"):
        assert roles(declare(manifest(), [pattern])) == {"web": Role.MAIN, "eyes": Role.SIDECAR}


def test_without_a_pattern_that_fits_nothing_changes() -> None:
    assert declare(manifest(), []) == manifest()
    assert declare(manifest(), ["team/other"]) == manifest()


def test_what_the_input_declares_stays() -> None:
    main = container("a", "team/watcher", role=Role.MAIN)
    other = container("b", "team/web")
    assert declare(own(main, other), ["watcher"]) == own(main, other)


def test_a_container_that_runs_alone_is_no_sidecar() -> None:
    init = container("i", "x/init", role=Role.INIT)
    alone = own(init, container("a", "team/watcher"))
    assert declare(alone, ["watcher"]) == alone


def test_a_spec_leaves_the_other_roles_open() -> None:
    given = own(container("a", "team/watcher"), container("b", "team/web"))
    assert roles(declare(given, ["watcher"])) == {"a": Role.SIDECAR, "b": None}


def test_templates_of_controllers_are_seen_too() -> None:
    (pod,) = own(container("a", "team/watcher"), container("b", "x/y")).pods
    controller = Controller(path="Job/a", kind="Job", name="a", pod=pod, more=(pod,))
    made = declare(replace(Cluster(own=True), controllers=(controller,)), ["watcher"])
    assert made.controllers[0].more[0].containers[0].role is Role.SIDECAR
    assert roles(made)["a"] is Role.SIDECAR
