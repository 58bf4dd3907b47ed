"""Which view a sheet calls for, and how a figure tells itself."""

import pytest
from msgspec.structs import replace
from scenes import container, deployment, link, node, pod, service, sheet

from podviz.around import Thing
from podviz.errors import InputError
from podviz.figure import Relation
from podviz.model import Autoscaler, Cluster, Ingress
from podviz.options import VIEWS
from podviz.place import Place
from podviz.sheet import Sheet
from podviz.text import Text
from podviz.view import called_for, compose

WEB = pod("web", container("app", 80), container("log", role="sidecar"))
OTHER = pod("other", container("app"))
NAMED_POD = pod("pod", container("pod"), container("log"))
SCALER = Autoscaler(path="HorizontalPodAutoscaler/a", name="a", target="web")
DOOR = Ingress(path="Ingress/door", name="door")


@pytest.mark.parametrize(
    ("given", "view"),
    [
        (sheet(pods=[WEB]), "pods"),
        (sheet(pods=[WEB, OTHER]), "pods"),
        (sheet(pods=[WEB], links=[link("Pod/web/log", "Pod/web/app")]), "pods"),
        (sheet(pods=[NAMED_POD], links=[link("Pod/pod/log", "Pod/pod/pod")]), "pods"),
        (sheet(pods=[WEB, OTHER], links=[link("Pod/web/app", "Pod/other")]), "network"),
        (sheet(pods=[WEB], links=[link("internet", "Pod/web")]), "network"),
        (sheet(pods=[WEB], services=[service("s", "web", 80)]), "network"),
        (sheet(ingresses=[DOOR]), "network"),
        (sheet(controllers=[deployment("web")]), "owners"),
        (sheet(autoscalers=[SCALER]), "owners"),
        (
            sheet(
                controllers=[deployment("web")],
                links=[link("Deployment/web/pod/log", "Deployment/web/pod/app")],
            ),
            "owners",
        ),
        (sheet(nodes=[node("n1")], pods=[WEB], services=[service("s", "web", 80)]), "nodes"),
        (sheet(), "pods"),
    ],
)
def test_the_content_calls_for_its_view(given: Sheet, view: str) -> None:
    assert called_for(given) == view


def test_the_asked_view_outweighs_the_specs_and_that_the_content() -> None:
    given = sheet(pods=[WEB], view="network")
    assert compose(given).view == "network"
    assert compose(given, "pods").view == "pods"
    assert compose(replace(given, view=None)).view == "pods"


@pytest.mark.parametrize("view", VIEWS)
def test_a_sheet_without_things_is_nothing_to_draw(view: str) -> None:
    place = Place(file="a.yaml", line=1, column=1, end=1)
    with pytest.raises(InputError, match=r"^a\.yaml: nothing to draw"):
        compose(replace(sheet(), place=place), view)


def test_ties_without_a_line_are_no_arrows() -> None:
    dead = pod("old", container("app"), labels=(("app", "web"),), status="Dead")
    figure = compose(sheet(pods=[dead], services=[service("s", None, 80, selector=dead.labels)]))
    assert figure.arrows == ()
    assert [a.relation for a in figure.near] == [Relation.NEAR]


def test_title_and_caption_are_one_safe_line() -> None:
    given = replace(
        sheet(pods=[WEB]), title=Text("제\n목", "A\x1b title"), caption=Text("가", "b\tc")
    )
    figure = compose(given)
    assert figure.title == Text("제 목", "A� title")
    assert figure.caption == Text("가", "b c")
    assert "\x1b" not in figure.summary.en


# ── the figure in words ─────────────────────────────────────────────────────────────────────


def test_the_summary_tells_boxes_then_arrows_in_both_languages() -> None:
    pods = [replace(WEB, ip="10.0.1.5", status="Running"), OTHER]
    given = sheet(
        pods=pods, services=[service("shop", "web", 80)], links=[link("Pod/other", "Service/shop")]
    )
    summary = compose(given).summary
    assert summary.en == (
        "Service shop, port 80. Pod web, 10.0.1.5, Running: app (main, port 80), log (sidecar). "
        "Pod other: app (main). Service shop selects Pod web. Pod other calls Service shop."
    )
    assert summary.ko.startswith(
        "Service shop, 포트 80. Pod web, 10.0.1.5, 실행 중: app (메인, 포트 80)"
    )
    assert summary.ko.endswith("Pod other → Service shop 호출.")


def test_the_summary_begins_with_the_caption_and_counts_replicas() -> None:
    given = replace(
        sheet(controllers=[deployment("web", replicas=7)]), caption=Text("일곱 개", "seven of them")
    )
    summary = compose(given).summary.en
    assert summary.startswith("seven of them. Deployment web, 7 replicas. ")
    assert "×7" in summary


def test_the_legend_names_signs_that_occur_unnamed() -> None:
    owners = compose(
        sheet(
            controllers=[
                deployment("web", container("a"), container("b", role="sidecar"), replicas=9)
            ]
        )
    )
    assert [sign.sign for sign in owners.legend] == ["sidecar", "replicas"]
    opened = compose(sheet(pods=[WEB]))
    assert opened.legend == ()  # an anatomy names its roles itself
    hidden = sheet(hide=("legend",), controllers=[deployment("web", replicas=9)])
    assert compose(hidden).legend == ()


def test_what_a_view_has_no_place_for_is_left_out_by_name() -> None:
    given = sheet(nodes=[node("n1")], pods=[replace(WEB, node="n1")], ingresses=[DOOR])
    assert compose(given).left_out == ("Ingress/door",)
    assert compose(given, "network").left_out == ("Node/n1",)


def test_what_stands_in_a_box_or_door_is_not_left_out() -> None:
    given = sheet(controllers=[deployment("web")], services=[service("s", "web", 80)])
    assert compose(given).left_out == ()


def test_a_file_for_a_tool_alone_is_nothing_to_draw() -> None:
    recipe = Thing(path="Kustomization/x", kind="Kustomization", name="x")
    with pytest.raises(InputError, match="no object of a cluster in it"):
        compose(Sheet(cluster=Cluster(things=(recipe,)), view="cluster"))
