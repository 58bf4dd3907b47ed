"""One word out of several."""

import pytest

from podviz.choice import choose, did_you_mean
from podviz.errors import UsageError


def test_a_known_word_is_chosen() -> None:
    assert choose("format", "svg", ("svg", "png")) == "svg"


def test_an_unknown_word_is_refused_with_all_that_are_known() -> None:
    with pytest.raises(UsageError) as caught:
        choose("format", "gif", ("svg", "png"))
    assert str(caught.value) == "format must be one of svg, png, not 'gif'"


def test_a_near_miss_is_suggested() -> None:
    assert did_you_mean("SVGG", ("svg", "png")) == " (did you mean 'svg'?)"
    assert did_you_mean("", ("svg", "png")) == ""
