"""The HTML page in a real browser: keys, languages, themes, findings; nothing from outside."""

from pathlib import Path

import pytest
from browser import Browser, browser
from selenium.webdriver.common.keys import Keys
from shell import podviz

SPECS = {
    "a.yaml": """podviz: 1
title: {ko: 하나, en: One}
notes: {ko: 말할 것, en: To be said}
expect: [POD101, POD201]
pods:
  - name: web
    containers:
      - {name: app, image: 'a:1', role: main, ports: [80]}
      - {name: other, image: 'b:1', role: main, ports: [80]}
""",
    "b.yaml": """podviz: 1
title: {ko: 이야기, en: A story}
controllers: [{kind: Deployment, name: web, replicas: 2, pod: {containers: [{name: app}]}}]
story: [{title: {ko: 처음, en: First}}, {kill: web}, {title: {ko: 끝, en: Last}}]
""",
    "c.yaml": "podviz: 1\ntitle: {en: Plain <b>&amp;</b>}\npods: [{name: web}]\n",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    for name, text in SPECS.items():
        (folder / name).write_text(text, "utf-8")
    done = podviz("render", ".", "-o", "out", "-f", "html", cwd=folder)
    assert done.status == 0, done.err
    assert [path.name for path in (folder / "out").iterdir()] == ["index.html"]
    return folder / "out" / "index.html"


def seen(window: Browser) -> str:
    """The words of the figure that is shown."""
    return str(
        window.run(
            "return [...document.querySelectorAll('.step svg')]"
            ".filter(e => e.getClientRects().length)"
            ".map(e => [...e.querySelectorAll('text')].map(t => t.textContent).join(' ')).join('|')"
        )
    )


def test_keys_turn_figures_and_step_through_stories(page: Path) -> None:
    with browser() as window:
        window.open(page)
        told = [window.text("#where")]
        for _ in range(6):
            window.press("ArrowRight")
            told.append(window.text("#where"))
        assert told == [
            "1. 하나", "2. 이야기 · 1/4", "2. 이야기 · 2/4", "2. 이야기 · 3/4", "2. 이야기 · 4/4",
            "3. Plain <b>&amp;</b>", "3. Plain <b>&amp;</b>",
        ]  # fmt: skip
        window.press("ArrowLeft")
        assert window.text("#where") == "2. 이야기 · 4/4"
        window.press("Home")
        assert window.text("#where") == "1. 하나"
        window.press("End")
        assert window.text("#where").startswith("3.")
        assert window.complaints() == []
        assert window.requests() == [page.resolve().as_uri()]


def test_one_step_is_shown_at_a_time_in_the_language_asked_for(page: Path) -> None:
    with browser() as window:
        window.open(f"{page.resolve().as_uri()}#2")
        assert "처음" in seen(window)
        assert "|" not in seen(window)
        window.press("l")
        assert "First" in seen(window)
        assert window.run("return document.documentElement.lang") == "en"
        window.press("ArrowRight", "ArrowRight")
        assert "Last" in seen(window)
        window.press("End")
        assert seen(window).startswith("Plain")
        window.press("l")
        assert seen(window).startswith("Plain")  # it is there in English only


def test_dark_mode_notes_zoom_and_help(page: Path) -> None:
    with browser() as window:
        window.open(page)
        ground = "return getComputedStyle(document.body).backgroundColor"
        before = window.run(ground)
        window.press("d")
        assert window.run(ground) != before
        hidden = "return getComputedStyle(document.querySelector('.notes')).display"
        assert window.run(hidden) == "none"
        window.press("n")
        assert window.run(hidden) == "block"
        assert "말할 것" in window.text(".notes")
        shown = "[...document.querySelectorAll('.step.now svg')].find(e => e.clientWidth)"
        wide = f"return {shown}.clientWidth"
        small = window.run(wide)
        window.press("+", "+")
        assert window.run(wide) > small  # type: ignore[operator]
        window.press("0")
        assert window.run(wide) == small
        window.press("?")
        assert window.run("return document.getElementById('help').open") is True


def test_escape_closes_the_help_and_a_changed_address_turns(page: Path) -> None:
    with browser() as window:
        window.open(page)
        is_open = "return document.getElementById('help').open"
        window.press("?")
        assert window.run(is_open) is True
        window.type(Keys.ESCAPE)
        assert window.run(is_open) is False
        window.open(f"{page.resolve().as_uri()}#2.3")  # the same page: it is not loaded anew
        window.until("return document.getElementById('where').innerText.includes('3/4')")


def test_on_paper_each_figure_stands_whole_and_light(page: Path) -> None:
    with browser() as window:
        window.open(page)
        window.press("d")
        dark = window.run("return document.documentElement.dataset.theme")
        window.run("dispatchEvent(new Event('beforeprint'))")
        assert window.run("return document.documentElement.dataset.theme") == "light"
        window.call("Emulation.setEmulatedMedia", {"media": "print"})
        shown = window.run(
            "return [...document.querySelectorAll('.step')].filter(e => e.clientWidth)"
            ".map(e => [e.lang, e.closest('section').id, e.dataset.step])"
        )
        assert shown == [["ko", "1", "1"], ["ko", "2", "4"], ["en", "3", "1"]]
        window.run("dispatchEvent(new Event('afterprint'))")
        assert window.run("return document.documentElement.dataset.theme") == dark


def test_a_finding_lights_up_its_pin(page: Path) -> None:
    with browser() as window:
        window.open(page)
        lit = window.run(
            "const svg = [...document.querySelectorAll('.step.now svg')].find(e => e.clientWidth);"
            "const finding = svg.querySelector('.finding');"
            "finding.dispatchEvent(new Event('mouseenter'));"
            "return [...svg.querySelectorAll('.lit')].map(e => e.getAttribute('class'))"
        )
        assert sorted(str(name).split()[0] for name in lit) == ["finding", "pin"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1920, 1080), (390, 844)])
def test_a_figure_fits_the_window(page: Path, wide: int, high: int) -> None:
    with browser(wide, high) as window:
        window.open(page)
        over = window.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over == 0


def test_notes_and_words_are_set_in_the_font_of_the_page(page: Path) -> None:
    """`퉁` stands in the notes alone: another font would have another width for it."""
    (page.parents[1] / "d").mkdir(exist_ok=True)
    text = SPECS["a.yaml"].replace("말할 것", "말할 퉁")
    (page.parents[1] / "d" / "d.yaml").write_text(text, "utf-8")
    done = podviz("render", "d/d.yaml", "-o", "d/d.html", cwd=page.parents[1])
    assert done.status == 0, done.err
    with browser() as window:
        window.open(page.parents[1] / "d" / "d.html")
        width = (
            "const said = document.createElement('span'); said.textContent = '퉁';"
            "said.style.cssText = 'font: 100px ' + arguments[0] + '; position: absolute';"
            "document.body.append(said); return said.getBoundingClientRect().width"
        )
        window.until("return document.fonts.status === 'loaded'")
        assert window.run(width, "Pretendard, monospace") == window.run(width, "Pretendard, serif")
        wide = window.run(width, "Pretendard")
        assert isinstance(wide, float | int)
        assert abs(wide - 86.5) < 3  # Pretendard's own advance for Hangul


def test_the_page_is_the_same_every_time_and_names_no_file(page: Path, tmp_path: Path) -> None:
    again = podviz("render", str(page.parents[1] / "a.yaml"), "-o", "-", "-f", "html", cwd=tmp_path)
    other = podviz("render", str(page.parents[1] / "a.yaml"), "-o", "x.html", cwd=tmp_path)
    assert other.status == 0
    assert (tmp_path / "x.html").read_bytes() == again.out
    assert str(page.parents[1]).encode() not in again.out
    assert b"<script src" not in again.out
