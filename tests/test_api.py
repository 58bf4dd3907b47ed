"""The Python interface: podviz.read and podviz.render."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from shell import BROKEN, ROOT, SPEC, TIED

import podviz
from podviz.errors import DrawError, InputError, SpecError, UsageError

TWO = f"{TIED}name: one\n---\n{SPEC}name: two\n"


def test_read_gives_a_sheet_for_each_document() -> None:
    one, two = podviz.read(TWO)
    assert (one.name, one.langs) == ("one", ("en",))
    assert (two.name, two.langs) == ("two", ("ko", "en"))
    assert [pod.name for pod in two.cluster.pods] == ["web"]


def test_a_source_is_text_bytes_or_the_path_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(TIED)
    assert podviz.read(TIED) == podviz.read(TIED.encode()) == podviz.read(path)
    assert podviz.render(TIED) == podviz.render(path)


def test_errors_call_the_source_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(BROKEN)
    for source, name, said in (
        (BROKEN, None, "<input>:4:50: "),
        (BROKEN, "b", "b:4:50: "),
        (path, None, f"{path}:4:50: "),
    ):
        with pytest.raises(SpecError) as caught:
            podviz.read(source, name=name)
        assert str(caught.value).startswith(said)
    with pytest.raises(InputError, match=r"missing\.yaml: no such file"):
        podviz.read(tmp_path / "missing.yaml")


def test_a_spec_error_tells_every_mistake_at_its_place() -> None:
    with pytest.raises(SpecError) as caught:
        podviz.render(BROKEN.replace("name: app", "nome: app"))
    assert {(f.place.line, f.code) for f in caught.value.findings} >= {(4, "POD008"), (4, "POD002")}


def test_render_gives_each_format() -> None:
    assert ElementTree.fromstring(podviz.render(TIED)).tag.endswith("svg")
    assert podviz.render(TIED, format="png", scale=1).startswith(b"\x89PNG")
    assert podviz.render(TIED, format="txt").startswith(b"A Service and its Pod\n")
    assert podviz.render(TIED, format="dot").startswith(b"digraph")
    assert podviz.render(TIED, format="json").startswith(b"{")


def test_the_language_is_the_first_of_the_title_unless_named() -> None:
    assert podviz.render(SPEC, format="txt").decode().startswith("두 컨테이너\n")
    assert podviz.render(SPEC, format="txt", lang="en").decode().startswith("Two containers\n")


def test_one_of_several_figures_is_named() -> None:
    assert podviz.render(TWO, format="txt", figure="two", lang="en").startswith(b"Two containers")
    with pytest.raises(UsageError, match=r"holds several figures: name one of one, two$"):
        podviz.render(TWO)
    with pytest.raises(UsageError, match=r"'twoo' \(did you mean 'two'\?\); there is one, two$"):
        podviz.render(TWO, figure="twoo")


def test_details_theme_page_and_size_are_those_of_the_command() -> None:
    assert b":80" not in podviz.render(TIED, format="txt", hide=["ports"])
    assert podviz.render(TIED, theme="dark") != podviz.render(TIED)
    assert int.from_bytes(podviz.render(TIED, format="png", width=123)[16:20], "big") == 123
    wide = ElementTree.fromstring(podviz.render(TIED, page="4:1"))
    assert float(wide.attrib["width"]) / float(wide.attrib["height"]) == pytest.approx(4, 0.01)
    assert podviz.render(TIED, view="pods") != podviz.render(TIED)
    assert podviz.render(SPEC, show=["labels"], text="outline")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"format": "svgg"}, r"\(did you mean 'svg'\?\)"),
        ({"format": "svg,png"}, "format must be one of"),
        ({"lang": "kr"}, "lang must be one of"),
        ({"width": 5}, "--width is for png"),
        ({"format": "png", "width": 5}, "width must be from 16 to 20000, not 5"),
        ({"format": "png", "scale": float("nan")}, "scale must be from 0.1 to 20, not nan"),
        ({"deadline": 0}, "deadline must be from 0.1 to 3600, not 0"),
        ({"engine": "neato"}, "engine must be one of bundled, dot"),
        ({"hide": ["title"]}, "hide must be one of"),
    ],
)
def test_wrong_arguments_are_told(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        podviz.render(TIED, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["", "\ud800", "\0", b"\xff\xfe", "- 1\n- 2", "podviz: 1"])
def test_any_source_gives_an_input_error_or_a_figure(source: str | bytes) -> None:
    with pytest.raises(InputError):
        podviz.render(source)


def test_a_figure_that_cannot_be_drawn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DrawError, match=r"^<input>: `dot` is not on PATH"):
        podviz.render(TIED, engine="dot")


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "podviz" / "py.typed").exists()


def test_a_cluster_is_judged() -> None:
    two = "{name: x, role: main, ports: [80]}, {name: y, ports: [80], role: sidecar}"
    clash = f"podviz: 1\npods: [{{name: a, containers: [{two}]}}]\n"
    (sheet,) = podviz.read(clash)
    assert [f.code for f in podviz.check(sheet.cluster)] == ["POD201"]
    codes = {f.code for f in podviz.check(sheet.cluster, sets=("design", "operations"))}
    assert "POD802" in codes
    with pytest.raises(UsageError, match="did you mean 'design'"):
        podviz.check(sheet.cluster, sets=("desing",))
