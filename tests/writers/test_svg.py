"""An SVG stands alone, tells itself, follows its theme, and escapes what it is given."""

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest
import uharfbuzz as hb
from geometry import safety
from hostile import NAMES, everywhere
from msgspec.structs import replace
from scenes import container, deployment, node, pod, service, sheet, written, written_bytes

from podviz import theme
from podviz.assets import LATIN
from podviz.options import VIEWS
from podviz.sheet import Sheet
from podviz.view import compose

SVG = "{http://www.w3.org/2000/svg}"
WEB = sheet(
    pods=[pod("web", container("app", 80, image="nginx:1.27"), container("logs", role="sidecar"))]
)
TEAM = sheet(controllers=[deployment("웹", replicas=7)], services=[service("shop", "웹", 80)])
WAITING = sheet(nodes=[node("n1", 2)], pods=[pod("big", cpu=3)])


COLOUR = re.compile("#[0-9A-F]{6}")
TOKENS = {token.replace(".", "-"): token for token in theme.LIGHT}


def parsed(given: Sheet, lang: str = "en", **style: str) -> ElementTree.Element:
    return ElementTree.fromstring(written(given, "svg", lang, **style))


def style_sheet(root: ElementTree.Element) -> str:
    return root.findtext(f"{SVG}defs/{SVG}style") or ""


# ── alone ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["embed", "outline", "system"])
@pytest.mark.parametrize("given", [WEB, TEAM, WAITING], ids=["pods", "network", "nodes"])
def test_a_file_refers_to_nothing_outside_itself(given: Sheet, text: str) -> None:
    svg = written_bytes(given, "svg", text=text)
    assert safety(svg) == []
    root = ElementTree.fromstring(svg)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for one in root.iter():
        href = one.get("href", "#")
        assert href.startswith("data:image/png;base64,") or href[1:] in {"", *ids}
    urls = re.findall(r"url\(([^)]*)\)", svg.decode())
    assert all(u.startswith("data:font/otf;base64,") or u[1:] in ids for u in urls)


def test_the_same_page_is_the_same_file() -> None:
    assert written(TEAM, "svg") == written(TEAM, "svg")


def test_two_pictures_on_one_page_share_no_id() -> None:
    one, other = (
        {e.get("id") for e in parsed(TEAM, lang).iter() if e.get("id")} for lang in ("ko", "en")
    )
    assert not one & other


# ── telling itself ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_title_and_description_are_there_in_both_languages(lang: str) -> None:
    root = parsed(TEAM, lang)
    assert (root.get("role"), root.get("lang")) == ("img", lang)
    first, second = root.findall(f"{SVG}desc")
    assert (first.get("lang"), second.get("lang")) == (lang, "en" if lang == "ko" else "ko")
    summary = compose(TEAM).summary
    assert first.text == summary.to(lang)
    labels = (root.get("aria-labelledby") or "").split()
    assert labels == [root.find(f"{SVG}title").get("id"), first.get("id")]  # type: ignore[union-attr]


def test_a_figure_without_a_title_is_told_by_its_boxes() -> None:
    assert parsed(WEB).findtext(f"{SVG}title") == "Pod web"


def test_elements_have_speaking_ids_classes_and_tooltips() -> None:
    root = parsed(WEB)
    by_id = {(e.get("id") or "").partition("-")[2]: e for e in root.iter(f"{SVG}g")}
    assert by_id["Pod.web"].get("class") == "pod"
    assert by_id["Pod.web.logs"].get("class") == "container sidecar"
    assert by_id["Pod.web.app-port-80"].get("class") == "door port"
    tooltip = by_id["Pod.web.app"].findtext(f"{SVG}title") or ""
    assert tooltip.startswith("app · nginx:1.27 · :80 · main")


# ── text ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("given", "korean"), [(TEAM, {"700"}), (WEB, set())], ids=["웹", "web"])
def test_embedded_fonts_hold_the_letters_that_are_drawn(given: Sheet, korean: set[str]) -> None:
    root = parsed(given)
    fonts = re.findall(
        r"font-weight:(\d+);src:url\(data:font/otf;base64,([^)]*)\)", style_sheet(root)
    )
    assert [weight for weight, _ in fonts] == ["400", "700"]
    drawn: dict[str, set[str]] = {"400": set(), "700": set()}
    for text in root.iter(f"{SVG}text"):
        drawn[text.get("font-weight", "400")] |= set(text.text or "")
    for weight, data in fonts:
        face = hb.Face(b64decode(data))
        held = {chr(c) for c in face.unicodes}
        assert held == (drawn[weight] if weight in korean else LATIN)
        assert drawn[weight] <= held


def test_outlined_text_needs_no_font() -> None:
    root = parsed(WEB, text="outline")
    assert not list(root.iter(f"{SVG}text"))
    assert "@font-face" not in style_sheet(root)
    assert {"web", "app", "logs"} <= {g.get("aria-label") for g in root.iter(f"{SVG}g")}


def test_system_text_names_fonts_that_readers_have() -> None:
    root = parsed(WEB, text="system")
    assert "@font-face" not in style_sheet(root)
    families = [g.get("font-family") for g in root.iter(f"{SVG}g") if g.get("font-family")]
    assert families == [
        "Pretendard,'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif"
    ]


# ── themes ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_uses_its_own_colours_only(name: str) -> None:
    used = set(re.findall(r"#[0-9A-F]{6}\b", written(TEAM, "svg", theme=name)))
    assert used <= set(theme.colours(name).values())
    assert theme.colours(name)["canvas"] in used


@pytest.mark.parametrize("given", [WEB, TEAM, WAITING], ids=["pods", "network", "nodes"])
def test_auto_is_light_and_dark_where_the_reader_wishes(given: Sheet) -> None:
    root = parsed(given, theme="auto")
    sheet_of_styles = style_sheet(root)
    assert "@media (prefers-color-scheme:dark){" in sheet_of_styles
    dark = dict(re.findall(r"\.([\w-]+)\{\w+:(#[0-9A-F]{6})\}", sheet_of_styles))
    styled = 0
    for one in root.iter():
        classes = (one.get("class") or "").split()
        for attribute in ("fill", "stroke", "color"):
            colour = one.get(attribute, "")
            if COLOUR.fullmatch(colour):
                (name,) = (c for c in classes if c.startswith(f"{attribute}-"))
                token = TOKENS[name.removeprefix(f"{attribute}-")]
                assert theme.LIGHT[token] == colour
                assert dark[name] == theme.DARK[token]
                styled += 1
    assert styled > 20


# ── hostile names ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_text_and_nothing_else(name: str, view: str) -> None:
    svg = written_bytes(replace(everywhere(NAMES[name]), view=view), "svg")
    assert safety(svg) == []
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", svg.decode()
    )
    root = ElementTree.fromstring(svg)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "desc", "defs", "style", "symbol", "image", "pattern",
        "g", "rect", "path", "circle", "ellipse", "text", "use",
    }  # fmt: skip
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
