"""What lies in output/ is what specs/ gives."""

from shell import ROOT, podviz

from podviz.gallery import drawn
from podviz.options import LANGS


def test_the_figures_in_the_repository_are_those_of_its_specs() -> None:
    words = ("render", "specs", "-o", "output", "-f", "svg,txt", "--check")
    done = podviz(*words, cwd=ROOT)
    assert done.status == 0, f"{done.err}\nrun `make figures`"


def test_the_gallery_in_the_repository_is_that_of_the_rules() -> None:
    folder = ROOT / "output" / "rules"
    made = dict(drawn(LANGS))
    assert {path.name for path in folder.iterdir()} == set(made), "run `make figures`"
    for name, data in made.items():
        assert (folder / name).read_bytes() == data, f"{name} is stale: run `make figures`"
