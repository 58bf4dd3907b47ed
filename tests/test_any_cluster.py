"""Any cluster becomes a sound figure in every view and every format."""

import json
import re
from xml.etree import ElementTree

import pytest
from any_manifests import Manifest, manifests
from clusters import sheets
from geometry import safety
from hypothesis import given, settings
from msgspec.structs import replace
from scenes import Scene

from podviz.cluster.relations import objects
from podviz.errors import InputError
from podviz.figure import Figure
from podviz.options import VIEWS
from podviz.paint import paint
from podviz.reader import read
from podviz.sheet import Sheet
from podviz.view import compose
from podviz.writer import Work, writer


def files(figure: Figure) -> dict[str, str]:
    work = Work(figure=figure, lang="ko", drawing=paint(figure, "ko"))
    return {format: writer(format)(work).decode() for format in ("svg", "txt", "dot", "json")}


@pytest.mark.parametrize("view", VIEWS)
@settings(derandomize=True, deadline=None, max_examples=25)
@given(sheets())
def test_every_view_draws_every_cluster(view: str, given: Sheet) -> None:
    figure = compose(replace(given, view=view))
    Scene(view, given)  # ids are unique, arrows end on boxes
    is_sound(figure)


def is_sound(figure: Figure) -> None:
    made = files(figure)
    assert safety(made["svg"].encode()) == []
    ids = re.findall(' id="([^"]+)"', made["svg"])
    assert len(ids) == len(set(ids))
    assert ElementTree.fromstring(made["svg"]).get("lang") == "ko"
    page = json.loads(made["json"])
    for box in page["boxes"]:
        x, y, w, h = box["rect"]
        assert min(x, y) >= 0
        assert x + w <= page["width"] + 0.01
        assert y + h <= page["height"] + 0.01
    ends = set(re.findall(r"\bn\d+\b", made["dot"].partition("->")[2]))
    assert ends <= set(re.findall(r"^ *(n\d+) \[", made["dot"], re.MULTILINE))


@pytest.mark.parametrize("view", VIEWS)
@settings(derandomize=True, deadline=None, max_examples=25)
@given(manifests)
def test_every_view_draws_every_manifest_and_lists_its_objects(
    view: str, given: list[Manifest]
) -> None:
    (sheet,) = read("\n---\n".join(map(json.dumps, given)).encode(), "a.yaml").sheets
    try:
        figure = compose(replace(sheet, view=view))
    except InputError:  # this view has no place for any of them
        assert view not in ("cluster", "overview")
        return
    Scene(view, replace(sheet, view=view))
    is_sound(figure)
    page = json.loads(files(figure)["json"])
    listed = {thing["path"]: thing for thing in page["objects"]}
    assert list(listed) == [thing.path for thing in objects(sheet.cluster)]
    assert all(thing["drawn"] or thing["reason"] for thing in listed.values())
    if view in ("cluster", "overview"):  # nothing is left out
        assert figure.left_out == ()
