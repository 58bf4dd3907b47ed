"""What lies in output/ is what specs/ gives."""

from shell import ROOT, podviz


def test_the_figures_in_the_repository_are_those_of_its_specs() -> None:
    words = ("render", "specs", "-o", "output", "-f", "svg,txt", "--check")
    done = podviz(*words, cwd=ROOT)
    assert done.status == 0, f"{done.err}\nrun `make figures`"
