"""The sketch of the lecture, aligned by the columns that a terminal shows."""

import re

import pytest
from hostile import NAMES, everywhere
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from scenes import (
    container,
    controller,
    deployment,
    link,
    node,
    pod,
    service,
    sheet,
    volume,
    written,
)

from podviz import render
from podviz.model import Claim, ClaimTemplate
from podviz.options import VIEWS
from podviz.text import Text, cells

SMALLEST = """\
podviz: 1
title: 사이드카는 메인 앱을 돕는다
pods:
  - name: web
    containers:
      - {name: app, image: nginx:1.27, ports: [80]}
      - {name: logs, image: fluent/fluent-bit:3.2, role: sidecar}
"""


def test_the_smallest_spec_gives_the_sketch_that_started_it_all() -> None:
    assert render(SMALLEST, format="txt").decode() == (
        "사이드카는 메인 앱을 돕는다\n"
        "\n"
        "[ Pod web ]\n"
        " ├─ app    nginx:1.27 :80\n"
        " └─ logs   fluent/fluent-bit:3.2   (sidecar)\n"
    )


def test_columns_are_aligned_under_hangul() -> None:
    given = pod(
        "결제",
        container("결제-처리기", 8080, image="pay:1"),
        container("logs", role="sidecar", image="로그:2", purpose="log"),
        container("준비", role="init", image="busybox"),
    )
    assert written(sheet(pods=[given]), "txt", "ko") == (
        "[ Pod 결제 ]\n"
        " ├─ 1. 준비       busybox       (초기화)\n"
        " ├─ 결제-처리기   pay:1 :8080\n"
        " └─ logs          로그:2        (사이드카 · 로그)\n"
    )


def test_trees_show_who_owns_and_what_is_mounted() -> None:
    db = controller(
        "StatefulSet",
        "db",
        container("pg", 5432),
        replicas=1,
        claims=(ClaimTemplate(name="data", size="1Gi"),),
    )
    assert written(sheet(controllers=[db]), "txt") == (
        "[ StatefulSet db ]  1 replica\n"
        " └─ [ Pod db-0 ]\n"
        "     ├─ pg              :5432\n"
        "     └─ ( data-db-0 )   Claim · 1Gi\n"
    )


def test_stacks_status_addresses_and_captions_are_told() -> None:
    lost = pod(
        "web", container("app", caption=Text("앱", "serves")), status="Failed", ip="10.0.0.1"
    )
    assert written(sheet(pods=[lost]), "txt") == (
        "[ Pod web ]  10.0.0.1  <Failed>\n └─ app   serves\n"
    )
    many = deployment("web", container("app"), replicas=9)
    assert "[ Pod web-gls9d ] ×9\n" in written(sheet(controllers=[many]), "txt")


def test_arrows_stand_below_the_trees_in_columns() -> None:
    given = sheet(
        pods=[pod("web", container("app", 80)), pod("데이터", container("pg"))],
        services=[service("shop", "web", 80), service("lost", "gone")],
        links=[link("Pod/web", "Pod/데이터", via="SQL")],
    )
    arrows = written(given, "txt").split("\n\n")[-1]
    assert arrows == (
        "shop ─→       web/app:80\n"
        "lost ╌→       gone\n"
        "web  ─ SQL ─→ 데이터\n"
    )  # fmt: skip


def test_what_is_missing_is_marked() -> None:
    assert "[ Pod gone ] (!)" in written(sheet(services=[service("lost", "gone")]), "txt")


def test_a_services_door_is_named_apart_from_its_pod() -> None:
    labels = (("app", "web"),)
    pods = [pod(n, container("app"), node="n1", labels=labels) for n in ("web-0", "a")]
    two = [service(n, None, 80, selector=labels) for n in ("shop", "admin")]
    given = sheet(
        nodes=[node("n1")], pods=pods, services=two, links=[link("Pod/a", "Service/shop")]
    )
    assert "a ─→ web-0 shop:80" in written(given, "txt")


def test_a_claim_that_two_pods_mount_stands_below_the_first() -> None:
    data = volume("data", kind="persistentVolumeClaim", source="data")
    pods = [pod(name, container("app"), volumes=(data,)) for name in ("one", "two")]
    claim = Claim(path="PersistentVolumeClaim/data", name="data")
    told = written(sheet(pods=pods, claims=[claim], hide=("volumes",)), "txt")
    assert told.count("( data )") == 1
    assert "two ─→ data" in told


# ── any names ───────────────────────────────────────────────────────────────────────────────

names = st.text(st.sampled_from("ab가힣漢-é\u0301🐳"), min_size=1, max_size=12)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.lists(names, min_size=1, max_size=6, unique=True))
def test_details_begin_in_one_column_whatever_the_names(given: list[str]) -> None:
    made = [container(n, image="IMAGE", role="sidecar" if i else "") for i, n in enumerate(given)]
    lines = written(sheet(pods=[pod("web", *made)]), "txt").splitlines()
    details = {cells(line[: line.index("IMAGE")]) for line in lines if "IMAGE" in line}
    notes = {cells(line[: line.index("(sidecar)")]) for line in lines if "(sidecar)" in line}
    assert len(details) == 1
    assert len(notes) <= 1
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_steer_no_terminal(name: str, view: str, lang: str) -> None:
    told = written(replace(everywhere(NAMES[name]), view=view), "txt", lang)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069]", told)
    assert told.endswith("\n")
    assert "\n\n\n" not in told
