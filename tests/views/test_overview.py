"""An overview: a card for each part of a large cluster."""

from scenes import Scene, deployment, service, sheet

from podviz.around import Thing
from podviz.model import Config, Controller
from podviz.text import Text
from podviz.view import compose


def scene(**things: object) -> Scene:
    return Scene("overview", sheet(**things))  # type: ignore[arg-type]


def many(count: int, space: str = "") -> list[Controller]:
    return [deployment(f"d{i:02}", namespace=space) for i in range(count)]


def test_a_namespace_is_a_card_that_counts_its_kinds() -> None:
    configs = [
        Config(path=f"shop/Secret/{i}", name=f"{i}", namespace="shop", secret=True) for i in "ab"
    ]
    drawn = scene(
        controllers=[*many(3, "shop"), *many(1)], services=[service("s")], configs=configs
    )
    assert drawn.ids() == ["part/shop", "part/default"]
    assert drawn.details("part/shop") == ["3 Deployments", "2 Secrets"]
    assert (drawn.boxes["part/shop"].kind, drawn.boxes["part/default"].name.en) == (
        *("Namespace", "default"),
    )
    assert drawn.ties() == []


def test_more_than_three_kinds_are_summed_up() -> None:
    things = [Thing(path=f"{kind}/x", kind=kind, name="x") for kind in "ABCDE"]
    assert scene(things=things).details("part/default") == ["1 A", "1 B", "1 C", "+2"]


def test_a_namespace_of_the_input_is_what_its_card_is_about() -> None:
    own = Thing(path="Namespace/shop", kind="Namespace", name="shop")
    other = Thing(path="Namespace/empty", kind="Namespace", name="empty")
    drawn = scene(controllers=many(1, "shop"), things=[own, other])
    assert drawn.ids() == ["Namespace/shop", "part/cluster-wide"]
    assert drawn.boxes["part/cluster-wide"].kind == "Part"


def test_a_page_of_a_large_namespace_is_named_from_its_first_to_its_last() -> None:
    drawn = scene(controllers=many(70))
    assert [(b.id, b.kind, b.name.en) for b in drawn.tops] == [
        ("part/default-1", "Part", "d00 … d59"),
        ("part/default-2", "Part", "d60 … d69"),
    ]


def test_the_tooltip_names_what_is_in_a_part_up_to_a_thousand() -> None:
    (card,) = scene(controllers=many(2)).tops
    assert card.tooltip == Text.same("Deployment d00, Deployment d01")
    things = [Config(path=f"ConfigMap/{i}", name=f"{i}") for i in range(1002)]
    (full,) = scene(configs=things).tops
    assert full.tooltip
    assert full.tooltip.en.endswith("ConfigMap 999 … +2")
    assert len(full.members) == 1002


def test_every_object_is_told_as_one_of_its_part() -> None:
    given = sheet(view="overview", controllers=many(70), services=[service("s")])
    figure = compose(given)
    assert figure.left_out == ()
    assert len(figure.objects) == 71
    assert all(o.reason for o in figure.objects)
    assert figure.caption
    assert figure.caption.en == "70 Deployments · 1 Service"
