"""A GIF shows the frames of a story in turn."""

import io

from PIL import Image
from shell import SPEC

import podviz

STORY = "podviz: 1\ntitle: t\npods: [{name: web}]\nstory: [{title: a}, {kill: web}, {}]\n"


def test_a_story_has_a_picture_for_each_frame_that_differs() -> None:
    with Image.open(io.BytesIO(podviz.render(STORY, format="gif"))) as picture:
        assert getattr(picture, "n_frames", 1) >= 2
        assert picture.info["loop"] == 0
        first = picture.convert("RGB").tobytes()
        picture.seek(1)
        assert picture.convert("RGB").tobytes() != first


def test_a_figure_is_one_picture_and_the_same_bytes_every_time() -> None:
    made = podviz.render(SPEC, format="gif")
    with Image.open(io.BytesIO(made)) as picture:
        assert getattr(picture, "n_frames", 1) == 1
    assert made == podviz.render(SPEC, format="gif")
