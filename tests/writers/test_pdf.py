"""A PDF holds vectors and text that can be selected, in both languages."""

import io

import pypdf
from shell import SPEC

import podviz
from podviz.order import Order
from podviz.pipeline import run


def pages(lang: str) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(podviz.render(SPEC, format="pdf", lang=lang))).pages)


def test_text_can_be_selected_in_korean_and_english() -> None:
    for lang, title in (("ko", "두 컨테이너"), ("en", "Two containers")):
        (page,) = pages(lang)
        text = page.extract_text()
        assert title in text
        assert "nginx:1.27" in text


def test_a_page_is_as_large_as_its_figure() -> None:
    import json

    (page,) = pages("en")
    figure = json.loads(podviz.render(SPEC, format="json", lang="en"))
    assert abs(float(page.mediabox.width) - figure["width"]) < 0.1
    assert abs(float(page.mediabox.height) - figure["height"]) < 0.1


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert podviz.render(SPEC, format="pdf") == podviz.render(SPEC, format="pdf")


def test_each_frame_of_a_story_has_a_file() -> None:
    spec = "podviz: 1\ntitle: t\npods: [{name: web}]\nstory: [{title: a}, {kill: web}]\n"
    made = run(spec.encode(), "x", Order(formats=("pdf",))).made
    assert [(each.frame, each.data[:5]) for each in made] == [
        (None, b"%PDF-"), ("1", b"%PDF-"), ("2", b"%PDF-"),
    ]  # fmt: skip
