"""The command line with manifests: folders, filters, overviews."""

import json
from pathlib import Path

import pytest
from shell import MANIFEST, TIED, Ran, Run, files, podviz


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a spec."""
    (tmp_path / "tied.yaml").write_text(TIED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(capfdbinary)


@pytest.fixture
def k8s(here: Path) -> Path:
    """A folder with one cluster: an application, and configuration in another namespace."""
    (here / "k8s").mkdir()
    (here / "k8s" / "web.yaml").write_text(MANIFEST)
    other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n"
    (here / "k8s" / "settings.yaml").write_text(other)
    return here / "k8s"


def drawn(done: Ran) -> list[str]:
    """The paths of the objects in a JSON on stdout."""
    assert done.status == 0, done.err
    return [thing["path"] for thing in json.loads(done.out)["objects"]]


def test_a_folder_of_manifests_is_one_file_or_stdout(run: Run, k8s: Path) -> None:
    assert run("render", "k8s", "-o", "cluster.svg").status == 0
    assert Path("cluster.svg").is_file()
    assert drawn(run("render", "k8s", "-f", "json", "-o", "-")) == [
        *("Deployment/web", "Service/web", "shop/ConfigMap/settings"),
    ]
    done = run("render", "k8s", "tied.yaml", "-o", "a.svg")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "podviz: -o a.svg takes one result: name a folder for several",
    )


def test_a_manifest_may_come_from_stdin(here: Path) -> None:
    done = podviz("render", "-", "-f", "json", "-o", "-", cwd=here, stdin=MANIFEST.encode())
    assert drawn(done) == ["Deployment/web", "Service/web"]
    assert json.loads(done.out).get("title") is None


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("-n shop", ["shop/ConfigMap/settings"]),
        ("-n default", ["Deployment/web", "Service/web"]),
        ("--namespace shop,default --kind cm", ["shop/ConfigMap/settings"]),
        ("-n shop -n default --kind deploy --kind svc", ["Deployment/web", "Service/web"]),
        ("-l app=web", ["Deployment/web"]),
        ("-l app!=web", ["Service/web", "shop/ConfigMap/settings"]),
        ("--name s*", ["shop/ConfigMap/settings"]),
        ("--name web,settings --kind Service", ["Service/web"]),
    ],
)
def test_only_what_is_asked_for_is_drawn(words: str, kept: list[str], run: Run, k8s: Path) -> None:
    assert drawn(run("render", "k8s", "-f", "json", "-o", "-", *words.split())) == kept


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("-n defalt", "; no 'defalt' (did you mean 'default'?): there are default, shop"),
        (
            "--kind servise",
            "; no 'servise' (did you mean 'service'?): there are ConfigMap, Deployment, Service",
        ),
        ("--name zzz", "; no 'zzz': there are settings, web"),
        ("-n shop --kind Service", ""),  # each by itself is there
        ("-l app=none", ""),
    ],
)
def test_where_nothing_is_what_was_asked_for_it_is_told(
    run: Run, k8s: Path, words: str, hint: str
) -> None:
    done = run("render", "k8s", *words.split())
    said = f"podviz: k8s: nothing to draw, no object is what was asked for{hint}\n"
    assert (done.status, done.err) == (3, said)


def test_a_wrong_selector_is_wrong_usage(run: Run, k8s: Path) -> None:
    done = run("render", "k8s", "-l", "app:web")
    assert done.status == 2
    assert done.err.startswith("podviz: selector: 'app:web' is no label")


@pytest.fixture
def large(here: Path) -> str:
    """A manifest of 61 Deployments in two namespaces."""
    one = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d{}, namespace: {}}}\n"
    parts = [one.format(i, "shop" if i % 2 else "pay") for i in range(61)]
    (here / "large.yaml").write_text("---\n".join(parts))
    return "large.yaml"


def test_a_large_cluster_is_an_overview_and_its_parts(run: Run, large: str, here: Path) -> None:
    done = run("render", large, "-f", "json")
    assert done.status == 0
    assert files(here / "output") == ["large-pay.json", "large-shop.json", "large.json"]
    told, summary = done.err.splitlines()
    assert told == (
        "podviz: large.yaml: 61 objects are too many for one figure: there is an overview, "
        "and 2 figures of its parts"
    )
    assert "; 3 files written, 0 unchanged; " in summary
    views = [json.loads((here / "output" / n).read_text())["view"] for n in files(here / "output")]
    assert views == ["cluster", "cluster", "overview"]


@pytest.mark.parametrize("output", ["a.json", "-"])
def test_a_file_or_stdout_takes_the_overview_alone(output: str, run: Run, large: str) -> None:
    done = run("render", large, "-f", "json", "-o", output)
    assert done.status == 0
    assert (
        "podviz: large.yaml: 61 objects are too many for one figure: this is an overview; "
        "name a folder with -o for a figure of each part"
    ) in done.err.splitlines()
    page = json.loads(done.out or Path(output).read_bytes())
    assert (page["view"], len(page["boxes"]), len(page["objects"])) == ("overview", 2, 61)


def test_a_view_that_is_asked_for_is_the_only_one(run: Run, large: str) -> None:
    for view in ("overview", "cluster", "owners"):
        done = run("render", large, "--view", view, "-f", "json", "-o", "-")
        assert (done.status, done.err) == (0, "")
        assert json.loads(done.out)["view"] == view


def test_of_a_large_cluster_a_small_selection_is_one_figure(run: Run, large: str) -> None:
    done = run("render", large, "-n", "shop", "-f", "json", "-o", "-")
    assert (done.err, json.loads(done.out)["view"], len(drawn(done))) == ("", "cluster", 30)
