"""A large cluster is divided, and nothing of it is lost."""

import json

import pytest
from any_manifests import Manifest, manifests
from hypothesis import given, settings
from msgspec.structs import replace
from scenes import deployment, service, sheet

from podviz.around import Thing
from podviz.cluster.relations import namespace_of, objects
from podviz.meta import Owner
from podviz.model import Cluster, Config
from podviz.reader import read
from podviz.scene import division
from podviz.scene.division import LARGEST, figures, is_large, parts
from podviz.text import Text


def many(count: int, namespace: str = "", **more: object) -> list[object]:
    """Deployments without ties."""
    return [deployment(f"{namespace}{i:03}", namespace=namespace, **more) for i in range(count)]


def thing(kind: str, name: str, namespace: str = "", **more: object) -> Thing:
    space = f"{namespace}/" if namespace else ""
    path = f"{space}{kind}/{name}"
    return Thing(path=path, kind=kind, name=name, namespace=namespace, **more)  # type: ignore[arg-type]


def named(cluster: Cluster) -> list[tuple[str, int]]:
    return [(part.name, len(part.objects)) for part in parts(cluster)]


def test_up_to_sixty_boxes_are_one_figure() -> None:
    quiet = [Config(path=f"ConfigMap/{i}", name=f"{i}") for i in range(99)]
    doors = [service(f"s{i}") for i in range(99)]
    full = sheet(controllers=many(LARGEST), configs=quiet, services=doors).cluster
    assert not is_large(full)
    assert is_large(sheet(controllers=many(LARGEST + 1)).cluster)


def test_a_part_is_a_namespace_and_what_lives_in_none_is_one_too() -> None:
    found = sheet(
        controllers=[*many(2, "shop"), *many(1), *many(3, "pay")],
        things=[thing("ClusterRole", "r"), thing("StorageClass", "fast")],
    ).cluster
    assert named(found) == [("shop", 2), ("default", 1), ("pay", 3), ("cluster-wide", 2)]
    assert [(p.namespace, p.is_whole) for p in parts(found)] == [
        *(("shop", True), ("", True), ("pay", True)),
        (None, True),
    ]


def test_a_namespace_is_in_the_part_of_what_lives_in_it() -> None:
    spaces = [thing("Namespace", name) for name in ("shop", "default", "empty")]
    found = parts(sheet(controllers=[*many(1, "shop"), *many(1)], things=spaces).cluster)
    assert [(p.name, p.objects[-1].path) for p in found] == [
        ("shop", "Namespace/shop"),
        ("default", "Namespace/default"),
        ("cluster-wide", "Namespace/empty"),
    ]


def test_too_large_a_namespace_is_divided_into_numbered_pages() -> None:
    found = parts(sheet(controllers=many(130)).cluster)
    assert [(p.name, len(p.objects)) for p in found] == [
        *(("default-1", 60), ("default-2", 60), ("default-3", 10)),
    ]
    assert not any(p.is_whole for p in found)


def test_what_belongs_together_stays_on_one_page() -> None:
    apart = [(("app.kubernetes.io/part-of", f"app-{i % 3}"),) for i in range(90)]
    labelled = [replace(d, labels=apart[i]) for i, d in enumerate(many(90))]  # type: ignore[type-var]
    found = parts(sheet(controllers=labelled).cluster)
    assert [{dict(o.labels)["app.kubernetes.io/part-of"] for o in p.objects} for p in found] == [
        {"app-0", "app-1"},
        {"app-2"},
    ]


def test_owners_and_services_keep_their_pods_on_their_page() -> None:
    last = deployment("last", pod={"labels": (("app", "last"),)})
    widget = thing("Widget", "w")
    owned = replace(last, owners=(Owner(kind="Widget", name="w"),))
    before = service("last", selector=(("app", "last"),))
    found = sheet(controllers=[*many(80), owned], services=[before], things=[widget]).cluster
    page = next(p for p in parts(found) if owned in p.objects)
    assert {before.path, widget.path} <= {o.path for o in page.objects}


def test_one_application_that_is_too_large_is_not_torn() -> None:
    labelled = [replace(d, labels=(("app.kubernetes.io/instance", "x"),)) for d in many(99)]  # type: ignore[type-var]
    assert named(sheet(controllers=labelled).cluster) == [("default-1", 99)]


def test_no_part_bears_the_name_of_another() -> None:
    found = sheet(
        controllers=[*many(70), *many(1, "default-1"), *many(1, "cluster-wide")],
        things=[thing("ClusterRole", "r")],
    ).cluster
    assert [name for name, _ in named(found)] == [
        *("default-1+", "default-2", "default-1", "cluster-wide", "cluster-wide+"),
    ]


def test_a_part_is_a_figure_of_its_own_and_knows_what_is_elsewhere() -> None:
    given = sheet(controllers=[*many(1, "a"), *many(1, "b")])
    titled = replace(given, title=Text("가게", "Shop"), caption=Text.same("all"), name="shop")
    first, second = figures(titled)
    assert (first.name, first.title, first.caption) == (
        "shop-a",
        Text("가게 · a", "Shop · a"),
        None,
    )
    assert [o.path for o in objects(second.cluster)] == ["b/Deployment/b000"]
    assert (second.whole, second.view) == (given.cluster, "cluster")
    plain, _ = figures(given)
    assert (plain.name, plain.title) == ("a", Text.same("a"))


@pytest.mark.parametrize("largest", [1, 3, 60])
@settings(derandomize=True, deadline=None, max_examples=60)
@given(manifests)
def test_every_object_is_in_exactly_one_part(largest: int, given: list[Manifest]) -> None:
    text = "\n---\n".join(map(json.dumps, given))
    (whole,) = read(text.encode(), "a.yaml").sheets
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "LARGEST", largest)
        found = parts(whole.cluster)
        sheets = list(figures(whole))
    every = sorted(o.path for part in found for o in part.objects)
    assert every == sorted(o.path for o in objects(whole.cluster))
    assert len({p.name for p in found}) == len(found)
    assert [{o.path for o in objects(s.cluster)} for s in sheets] == [
        {o.path for o in part.objects} for part in found
    ]
    for part in found:
        spaces = {namespace_of(o) for o in part.objects if namespace_of(o)}
        assert spaces <= {part.namespace}
