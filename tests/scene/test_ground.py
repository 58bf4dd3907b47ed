"""What a cluster stands on: who is in whom, before whom."""

from manifests import cluster
from msgspec.structs import replace
from scenes import container, controller, deployment, pod, service, sheet

from podviz.around import Thing
from podviz.meta import Owner, Reference
from podviz.model import Autoscaler, Config, Controller
from podviz.pod import Pod
from podviz.scene.ground import Ground, is_cluster_wide, is_quiet, survey
from podviz.sheet import Sheet

WEB = (("app", "web"),)


def ground(text: str) -> Ground:
    return survey(Sheet(cluster=cluster(text)))


def labelled(name: str, **more: object) -> Controller:
    return deployment(name, pod={"labels": WEB}, **more)


def owned(thing: Pod, kind: str, name: str) -> Pod:
    return replace(thing, owners=(Owner(kind=kind, name=name, controller=True),))


# ── who is in whom ──────────────────────────────────────────────────────────────────────────


def chained() -> Sheet:
    web = deployment("web")
    middle = controller("ReplicaSet", "web-1", container("app"))
    middle = replace(middle, owners=(Owner(kind="Deployment", name="web"),))
    live = [owned(pod(name, container("app")), "ReplicaSet", "web-1") for name in ("a", "b")]
    return sheet(controllers=[web, middle], pods=[*live, pod("bare")])


def test_pods_and_replica_sets_stand_in_the_workload_at_the_top() -> None:
    found = survey(chained())
    assert [w.path for w in found.workloads] == ["Deployment/web", "Pod/bare"]
    assert found.inside == dict.fromkeys(("ReplicaSet/web-1", "Pod/a", "Pod/b"), "Deployment/web")
    assert [p.name for p in found.live["Deployment/web"]] == ["a", "b"]
    assert found.between == {"Deployment/web": ("ReplicaSet/web-1",)}
    assert (found.home("Pod/a"), found.home("Pod/bare")) == ("Deployment/web", "Pod/bare")


def test_a_circle_of_owners_hides_no_workload() -> None:
    one, other = (
        replace(deployment(name), owners=(Owner(kind="Deployment", name=above),))
        for name, above in (("a", "b"), ("b", "a"))
    )
    found = survey(sheet(controllers=[one, other]))
    tops = {w.path for w in found.workloads}
    assert all(
        found.home(path) in tops or path in tops for path in ("Deployment/a", "Deployment/b")
    )
    assert tops


def test_an_owner_that_is_not_there_owns_nothing() -> None:
    found = survey(sheet(pods=[owned(pod("a"), "Job", "gone")]))
    assert [w.path for w in found.workloads] == ["Pod/a"]


# ── who is before whom ──────────────────────────────────────────────────────────────────────


def test_a_service_of_one_workload_is_a_capsule_on_it() -> None:
    found = survey(sheet(controllers=[labelled("a")], services=[service("s", selector=WEB)]))
    assert found.behind == {"Service/s": ("Deployment/a",)}
    assert found.capsules == {"Service/s"}
    assert [s.name for s in found.doors["Deployment/a"]] == ["s"]


def test_a_service_of_one_workload_is_a_capsule_also_where_its_pods_live() -> None:
    both = [labelled("a"), labelled("b")]
    lost = service("lost", selector=(("app", "x"),))
    found = survey(sheet(controllers=both, services=[service("s", selector=WEB), lost]))
    assert found.behind == {"Service/s": ("Deployment/a", "Deployment/b"), "Service/lost": ()}
    assert found.capsules == frozenset()
    live = [owned(pod("p", labels=WEB), "Deployment", "a")]
    alive = survey(
        sheet(controllers=[labelled("a")], pods=live, services=[service("s", selector=WEB)])
    )
    assert alive.behind == {"Service/s": ("Deployment/a",)}
    assert alive.capsules == {"Service/s"}


def test_a_spec_may_name_what_is_behind_a_service() -> None:
    found = survey(sheet(controllers=[deployment("a")], services=[service("s", "a", 80)]))
    assert found.behind == {"Service/s": ("Deployment/a",)}


# ── namespaces ──────────────────────────────────────────────────────────────────────────────


def test_the_default_namespace_alone_is_none() -> None:
    assert survey(sheet(controllers=[deployment("a")])).spaces == frozenset()
    both = [deployment("a"), deployment("b", namespace="shop")]
    assert survey(sheet(controllers=both)).spaces == {"default", "shop"}
    assert survey(sheet(controllers=both[1:])).spaces == {"shop"}


def test_what_lives_in_none_makes_no_namespace() -> None:
    fast = Thing(path="StorageClass/fast", kind="StorageClass", name="fast", namespace="shop")
    assert is_cluster_wide(fast)
    assert survey(sheet(things=[fast])).spaces == frozenset()


# ── marks ───────────────────────────────────────────────────────────────────────────────────

MARKED = """\
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      template:
        metadata: {labels: {app: web}}
        spec:
          serviceAccountName: web
          containers: [{name: app, envFrom: [{configMapRef: {name: web}}]}]
          volumes: [{name: v, secret: {secretName: web}}]
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: web}}
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: other}}
    ---
    {apiVersion: v1, kind: Secret, metadata: {name: web}}
    ---
    {apiVersion: v1, kind: ServiceAccount, metadata: {name: web}}
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: pdb}
    spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: own}
    spec: {podSelector: {matchLabels: {app: web}}}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: everyone}
    spec: {podSelector: {}}
    """


def test_what_a_workload_uses_or_what_speaks_of_it_is_a_mark_on_it() -> None:
    found = ground(MARKED)
    assert {thing.path for thing in found.marked("Deployment/web")} == {
        *("ConfigMap/web", "Secret/web", "ServiceAccount/web"),
        *("PodDisruptionBudget/pdb", "NetworkPolicy/own"),
    }
    assert found.marked("Deployment/gone") == ()


def test_of_a_pod_in_a_workload_the_workload_bears_the_mark() -> None:
    using = container("app", references=(Reference(kind="ConfigMap", name="c"),))
    live = owned(pod("p", using), "Deployment", "web")
    settings = Config(path="ConfigMap/c", name="c")
    found = survey(sheet(controllers=[deployment("web")], pods=[live], configs=[settings]))
    assert found.marked("Deployment/web") == (settings,)


def test_configuration_is_no_mark_where_it_is_asked_for_or_is_all_there_is() -> None:
    settings = Config(path="ConfigMap/c", name="c")
    assert is_quiet(settings)
    assert survey(sheet(pods=[pod("p")], configs=[settings])).is_mark(settings)
    assert not survey(sheet(configs=[settings])).is_mark(settings)
    wanted = sheet(show=("config",), pods=[pod("p")], configs=[settings])
    assert not survey(wanted).is_mark(settings)


def test_an_autoscaler_is_a_mark_among_many_workloads_and_a_box_among_few() -> None:
    scaler = Autoscaler(path="HorizontalPodAutoscaler/a", name="a", target="d0")
    lost = Autoscaler(path="HorizontalPodAutoscaler/b", name="b", target="gone")
    few = survey(sheet(controllers=[deployment(f"d{i}") for i in range(6)], autoscalers=[scaler]))
    assert few.is_open
    assert not few.is_mark(scaler)
    seven = [deployment(f"d{i}") for i in range(7)]
    many = survey(sheet(controllers=seven, autoscalers=[scaler, lost]))
    assert not many.is_open
    assert many.marked("Deployment/d0") == (scaler,)
    assert not many.is_mark(lost)


def test_a_part_of_a_cluster_knows_what_is_around_it() -> None:
    whole = sheet(controllers=[deployment("a"), deployment("b")])
    part = replace(sheet(controllers=[deployment("a")]), whole=whole.cluster)
    assert survey(part).around.find("Deployment", "b")
    assert not survey(part).relations.find("Deployment", "b")
