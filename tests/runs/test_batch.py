"""Many inputs: one bad one stops no other."""

import json
import re
import tracemalloc
from pathlib import Path

import pytest
from shell import BROKEN, MANIFEST, SPEC, TIED, files

from podviz.intake import Unit, gather
from podviz.order import Order
from podviz.outbox import Target
from podviz.runs import batch
from podviz.runs.batch import Done, Plan

TEXT = Order(formats=("txt",))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*paths: str, order: Order = TEXT, check: bool = False) -> list[Done]:
    units, _ = gather(paths)
    return list(batch.run(units, plan(order, check=check)))


def plan(order: Order = TEXT, *, target: Target | None = None, check: bool = False) -> Plan:
    """All in this process, and nothing is remembered."""
    return Plan(order=lambda: order, target=target or Target(folder=Path("out")), check=check)


def test_one_bad_input_stops_no_other(here: Path) -> None:
    for name, spec in {"a": TIED, "b": BROKEN, "c": "", "d": TIED}.items():
        Path(f"{name}.yaml").write_text(spec)
    Path("gone.yaml").symlink_to("nothing")
    done = run("a.yaml", "b.yaml", "c.yaml", "gone.yaml", "d.yaml")
    assert [d.status for d in done] == [0, 3, 3, 3, 0]
    assert files(Path("out")) == ["a.txt", "d.txt"]


def test_an_input_that_trips_podviz_up_stops_no_other(here: Path) -> None:
    Path("a.yaml").write_text(TIED)
    nameless = Unit(name="nameless", path=Path("a\0b"), stem=Path("b"))
    (good,), _ = gather(["a.yaml"])
    first, second = batch.run([nameless, good], plan())
    assert [e.text for e in first.outcome.errors] == ["nameless: embedded null byte"]
    assert (first.status, second.status) == (3, 0)


def test_an_input_that_is_drawn_is_let_go(here: Path) -> None:
    size, taken = 100_000, []
    for number in range(30):
        Path(f"{number}.yaml").write_text(f"{TIED}# {number:0{size}}\n")
    units, _ = gather([f"{number}.yaml" for number in range(30)])
    tracemalloc.start()
    for done in batch.run(units, plan()):
        taken.append(tracemalloc.get_traced_memory()[0])
        assert done.status == 0
    tracemalloc.stop()
    assert taken[-1] - taken[9] < 3 * size


def test_a_format_that_fails_keeps_no_other_from_being_written(here: Path) -> None:
    Path("a.yaml").write_text(TIED)
    (done,) = run("a.yaml", order=Order(formats=("txt", "sculpture", "dot")))
    assert done.status == 4
    assert files(Path("out")) == ["a.dot", "a.txt"]


def test_what_changed_and_what_did_not_is_told(here: Path) -> None:
    Path("a.yaml").write_text(SPEC)
    (first,) = run("a.yaml")
    assert (first.changed, first.fresh) == ((Path("out/a.ko.txt"), Path("out/a.en.txt")), ())
    Path("out/a.en.txt").write_text("stale")
    (second,) = run("a.yaml", check=True)
    assert (second.changed, second.fresh) == ((Path("out/a.en.txt"),), (Path("out/a.ko.txt"),))
    assert Path("out/a.en.txt").read_text() == "stale"
    assert second.status == 0


def test_a_file_takes_one_result_and_none_of_several(here: Path) -> None:
    Path("a.yaml").write_text(SPEC)
    units, _ = gather(["a.yaml"])
    (done,) = batch.run(units, plan(target=Target(file=Path("a.txt"))))
    assert done.status == 2
    said = "a.yaml gives 2 results, and -o a.txt takes one: name a folder"
    assert done.errors[0].text == f"{said}, or one --lang"
    Path("a.yaml").write_text(
        "---\n".join(f"podviz: 1\nname: {n}\npods: [{{name: a}}]\n" for n in "ab")
    )
    (done,) = batch.run(units, plan(target=Target(file=Path("a.txt"))))
    assert done.errors[0].text == said
    assert files(here) == ["a.yaml"]


def test_a_place_that_takes_no_file_keeps_no_other_from_being_written(here: Path) -> None:
    Path("a.yaml").write_text(SPEC)
    Path("out/a.ko.txt").mkdir(parents=True)
    (done,) = run("a.yaml")
    assert [e.text for e in done.errors] == ["out/a.ko.txt: a folder is in the way"]
    assert done.changed == (Path("out/a.en.txt"),)
    assert done.status == 4


def test_results_come_one_by_one(here: Path) -> None:
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(TIED)
    units, _ = gather(["a.yaml", "b.yaml"])
    steps = batch.run(units, plan())
    next(steps)
    assert files(Path("out")) == ["a.txt"]


# ── a folder of manifests is one cluster ────────────────────────────────────────────────────

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"
ROLE = "kind: ServiceAccount\napiVersion: v1\nmetadata: {name: web}\n"


def write(**texts: str) -> None:
    """Files of the folder `k8s`, by name."""
    for name, text in texts.items():
        path = Path("k8s", f"{name.replace('__', '/')}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def listed(done: Done) -> list[str]:
    """The paths of the objects in the JSON of an input."""
    (made,) = done.outcome.made
    return [o["path"] for o in json.loads(made.data)["objects"]]


def told(done: Done) -> list[str]:
    """The file of each finding that is told."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.outcome.told)
    return re.findall(r"^(\S+?):\d+:\d+: ", plain, re.MULTILINE)


JSON = Order(formats=("json",))


def test_the_manifests_of_a_folder_are_one_cluster_named_after_it(here: Path) -> None:
    write(web=MANIFEST, sub__settings=CONFIG, role=ROLE)
    (done,) = run("k8s", order=JSON)
    assert (done.status, done.unit.name) == (0, "k8s")
    assert listed(done) == [
        *("Deployment/web", "Service/web", "ConfigMap/settings", "ServiceAccount/web"),
    ]
    assert files(Path("out")) == ["k8s.json"]


def test_specs_beside_manifests_are_figures_of_their_own(here: Path) -> None:
    write(a=TIED, b=MANIFEST, c=CONFIG)
    spec, cluster = run("k8s", order=JSON)
    assert spec.unit.name == "k8s/a.yaml"
    assert len(listed(cluster)) == 3
    assert files(Path("out")) == ["a.json", "k8s.json"]


def test_a_folder_of_specs_alone_is_no_cluster(here: Path) -> None:
    write(a=TIED, b=TIED)
    assert [d.unit.name for d in run("k8s")] == ["k8s/a.yaml", "k8s/b.yaml"]


def test_manifests_that_are_named_one_by_one_are_figures_of_their_own(here: Path) -> None:
    write(web=MANIFEST, settings=CONFIG)
    done = run("k8s/web.yaml", "k8s/settings.yaml")
    assert files(Path("out")) == ["settings.txt", "web.txt"]
    assert [d.status for d in done] == [0, 0]


def test_two_folders_are_two_clusters(here: Path) -> None:
    write(one__web=MANIFEST, two__settings=CONFIG)
    first, second = run("k8s/one", "k8s/two", order=JSON)
    assert (first.unit.name, second.unit.name) == ("k8s/one", "k8s/two")
    assert (len(listed(first)), listed(second)) == (2, ["ConfigMap/settings"])


def test_a_broken_manifest_beside_good_ones_costs_only_itself(here: Path) -> None:
    write(a=MANIFEST, b="kind: [\n", c=CONFIG)
    (done,) = run("k8s", order=JSON)
    assert len(listed(done)) == 3
    assert told(done) == ["k8s/b.yaml"]
    assert done.status == 3


def test_a_file_that_cannot_be_read_is_told_beside_the_cluster(here: Path) -> None:
    write(a=MANIFEST)
    Path("k8s/gone.yaml").symlink_to("nothing")
    Path("k8s/latin.yaml").write_bytes(b"kind: caf\xe9\n")
    done = run("k8s", order=JSON)
    assert [d.unit.name for d in done] == ["k8s/gone.yaml", "k8s"]
    assert done[0].status == 3
    assert listed(done[1]) == ["Deployment/web", "Service/web"]
    assert done[1].status == 3


@pytest.mark.parametrize("other", ["replicas: 3\n", "- a\n- b\n", "just words\n"])
def test_what_is_neither_beside_manifests_is_told_and_left_out(here: Path, other: str) -> None:
    write(a=MANIFEST, values=other)
    (done,) = run("k8s", order=JSON)
    assert listed(done) == ["Deployment/web", "Service/web"]
    assert set(told(done)) == {"k8s/values.yaml"}


def test_what_is_neither_is_an_input_of_its_own_where_no_manifest_is(here: Path) -> None:
    write(values="replicas: 3\n", spec=TIED)
    done = run("k8s")
    assert sorted((d.unit.name, d.status) for d in done) == [
        ("k8s/spec.yaml", 0),
        ("k8s/values.yaml", 3),
    ]


def test_an_empty_file_beside_manifests_is_no_flaw(here: Path) -> None:
    write(a=MANIFEST, empty="", comment="# later\n")
    (done,) = run("k8s", order=JSON)
    assert (done.status, done.outcome.told) == (0, "")


def test_one_object_in_two_files_is_one_and_is_told_at_the_second(here: Path) -> None:
    write(a=CONFIG, b=CONFIG)
    (done,) = run("k8s", order=JSON)
    assert listed(done) == ["ConfigMap/settings"]
    assert told(done) == ["k8s/b.yaml"]
    assert "ConfigMap 'settings' is defined twice" in done.outcome.told


def test_files_of_one_cluster_are_drawn_together(here: Path) -> None:
    deployment, service = MANIFEST.split("---\n")
    write(one=deployment, two=service)
    (done,) = run("k8s", order=JSON)
    page = json.loads(done.outcome.made[0].data)
    assert [d["about"] for b in page["boxes"] for d in b.get("doors", [])] == ["Service/web"]


def test_the_manifests_of_a_folder_count_as_one_input(here: Path) -> None:
    write(a=MANIFEST, b=CONFIG, c=TIED)
    Path("other").mkdir()
    Path("other/values.yaml").write_text("a: 1\n")
    Path("other/gone.yaml").symlink_to("nothing")
    units, _ = gather(["k8s", "other", "k8s/a.yaml"])
    assert len(units) == 5
    assert batch.count(units) == 3
