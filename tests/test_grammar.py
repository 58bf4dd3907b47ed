"""Tests of the grammar itself: what it takes, how it speaks, its JSON Schema."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from pydantic import BaseModel, ValidationError

from podviz import grammar, source
from podviz.grammar.words import cpu, memory
from podviz.reader import read
from podviz.readers.spec import mistakes
from podviz.readers.spec.expected import PATTERNS
from podviz.source.tree import Mapping, Plain, plain

SPECS = sorted(Path(__file__).parent.parent.glob("specs/**/*.yaml"))
SMALLEST = """\
podviz: 1
title: 사이드카는 메인 앱을 돕는다
pods:
  - name: web
    containers:
      - {name: app, image: nginx:1.27, ports: [80]}
      - {name: logs, image: fluent/fluent-bit:3.2, role: sidecar}
"""
EVERYTHING = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")


def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(grammar.json_schema())


def values(text: str) -> Plain:
    """What the text holds; YAML 1.1 would take the key `on` for true."""
    return plain(source.read(text.encode(), "a.yaml").documents[0].root)


def errors(text: str) -> list[tuple[str, mistakes.Path]]:
    try:
        grammar.SPEC.validate_python(values(text))
    except ValidationError as error:
        return [(e["type"], mistakes.file_path(e)) for e in error.errors()]
    return []


def test_the_schema_is_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(grammar.json_schema())
    assert grammar.json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("text", [SMALLEST, EVERYTHING], ids=["smallest", "everything"])
def test_schema_and_grammar_take_the_same_specs(text: str) -> None:
    schema().validate(values(text))
    assert errors(text) == []


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_schema_takes_the_specs_that_come_with_podviz(path: Path) -> None:
    for document in source.read(path.read_bytes(), path.name).documents:
        schema().validate(plain(document.root))


@pytest.mark.parametrize(
    "text",
    [
        "podviz: 1\npods: [{name: web, containers: [{name: a, ports: ['80']}]}]",
        "podviz: 1\npods: [{name: web, containers: [{name: a, ports: [0]}]}]",
        "podviz: 1\npods: [{name: ''}]",
        "podviz: 1\npods: [{name: web, bare: 'yes'}]",
        "podviz: 1\nnodes: [{name: n, capacity: {cpu: x}}]",
        "podviz: 2",
        "pods: []",
        "podviz: 1\nlinks: [{from: a}]",
        "podviz: 1\npod: []",
    ],
)
def test_schema_and_grammar_refuse_the_same_specs(text: str) -> None:
    assert not schema().is_valid(values(text))
    assert errors(text)


def test_the_schema_takes_no_null() -> None:
    assert not schema().is_valid({"podviz": 1, "title": None})


def models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = [grammar.Part]
    for model in found:
        found += [sub for sub in model.__subclasses__() if sub not in found]
    return found[1:]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_word_of_the_grammar_is_described(model: type[BaseModel]) -> None:
    assert model.__doc__
    for name, field in model.model_fields.items():
        assert field.description, name
        assert field.description.endswith((".", "…", "1.", "'.")), name


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("ports: ['80']", ("ports", 0)),
        ("ports: [{port: '80'}]", ("ports", 0, "port")),
        ("ports: [{prt: 80, port: 1}]", ("ports", 0, "prt")),
        ("ports: [true]", ("ports", 0)),
        ("ports: [80.0]", ("ports", 0)),
        ("ports: [[80]]", ("ports", 0)),
        ("ports: 80", ("ports",)),
        ("mounts: [3]", ("mounts", 0)),
        ("mounts: ['a b:c']", ("mounts", 0)),
        ("mounts: [{volume: 1}]", ("mounts", 0, "volume")),
        ("caption: 3", ("caption",)),
        ("caption: {ko: 3}", ("caption", "ko")),
        ("caption: {}", ("caption",)),
        ("caption: ''", ("caption",)),
        ("command: 3", ("command",)),
        ("command: [sh, 3]", ("command", 1)),
        ('command: "sh \'x"', ("command",)),
        ("env: {A: 1}", ("env", "A")),
        ("env: {=long: 1}", ("env",)),
        ("requests: {cpu: -1}", ("requests", "cpu")),
        ("requests: {memory: 5Q}", ("requests", "memory")),
        ("requests: 5", ("requests",)),
        ("role: sidcar", ("role",)),
        ("native: 1", ("native",)),
        ("replicas: -1", ("replicas",)),
        ("data: {kind: durabel}", ("data", "kind")),
        ("lifetime: {starts: now}", ("lifetime", "starts")),
        ("probes: [liveness, x]", ("probes", 1)),
        ("=long: 1", ("=long",)),
        ('image: "a\\nb"', ("image",)),
    ],
)
def test_the_path_of_an_error_is_a_path_of_the_file_and_told_once(
    text: str, path: tuple[str | int, ...]
) -> None:
    spec = f"podviz: 1\ncontainers:\n  - name: a\n    {text}\n"
    assert [found for _, found in errors(spec)] == [("containers", 0, *path)]
    root = source.read(spec.encode(), "a.yaml").documents[0].root
    assert isinstance(root, Mapping)
    _, node = mistakes.locate(root, ("containers", 0, *path))
    assert node.place.line == 4


def test_paths_lead_through_every_short_form() -> None:
    text = """\
podviz: 1
nodes: [1]
services: [{name: s, selects: 1, ports: ['x', {port: 1, target: 0}]}]
ingresses: [{name: i, paths: {x: 1, /: 'a:b:c', /b: {service: 1}}}]
claims: [{name: c, size: big}]
configs: [{name: c, entries: {a: 1}}]
links: [{from: 1, to: {address: 1}}]
autoscalers: [{name: a, target: b, min: 3, max: 0}]
network: {pod_cidr: 10.0.0.0/99}
"""
    assert [path for _, path in errors(text)] == [
        ("network", "pod_cidr"),
        ("nodes", 0),
        ("services", 0, "selects"),
        ("services", 0, "ports", 0),
        ("services", 0, "ports", 1, "target"),
        ("autoscalers", 0, "max"),
        ("ingresses", 0, "paths", "x"),
        ("ingresses", 0, "paths", "x"),
        ("ingresses", 0, "paths", "/"),
        ("ingresses", 0, "paths", "/b", "service"),
        ("claims", 0, "size"),
        ("configs", 0, "entries", "a"),
        ("links", 0, "from"),
        ("links", 0, "to", "address"),
    ]


@pytest.mark.parametrize(
    ("given", "cores"), [("500m", 0.5), ("0.5", 0.5), ("2", 2.0), (2, 2.0), (0.25, 0.25), ("0", 0)]
)
def test_cpu_is_read_in_cores(given: object, cores: float) -> None:
    assert cpu(given) == cores


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ("256Mi", 2**28),
        ("1G", 1e9),
        ("1.5Gi", 1.5 * 2**30),
        (1024, 1024),
        ("100k", 1e5),
        ("5m", 0.005),
    ],
)
def test_memory_is_read_in_bytes(given: object, size: float) -> None:
    assert memory(given) == size


@pytest.mark.parametrize(
    "given",
    [
        "*/5 * * * *",
        "0 3 * * 1-5",
        "0,30 9-17/2 1 JAN,jul sun",
        "5/15 ? * mar-nov mon",
        "@daily",
        "@every 1h30m",
    ],
)
def test_a_schedule_is_cron(given: str) -> None:
    assert (
        errors(f"podviz: 1\ncontrollers: [{{kind: CronJob, name: c, schedule: '{given}'}}]") == []
    )


@pytest.mark.parametrize(
    "given",
    [
        *("daily", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7"),
        *("*/0 * * * *", "5-1 * * * *", "1-2-3 * * * *", "a * * * *", "TZ=UTC * * * * *"),
        *("@never", "- * * * *", ", * * * *", "*/ * * * *", "٣ * * * *", "9" * 5000 + " * * * *"),
    ],
)
def test_a_schedule_that_no_clock_meets_is_refused(given: str) -> None:
    spec = f"podviz: 1\ncontrollers: [{{kind: CronJob, name: c, schedule: '{given}'}}]"
    assert errors(spec) == [("schedule", ("controllers", 0, "schedule"))]


ADDRESSED = "podviz: 1\npods: [{{name: a, ip: '{0}'}}]\nnodes: [{{name: n, ip: '{0}'}}]"


@pytest.mark.parametrize("ip", ["10.0.0.5", "fd00::5", "::1", "2001:db8::8a2e:370:7334"])
def test_addresses_are_ipv4_or_ipv6(ip: str) -> None:
    assert errors(ADDRESSED.format(ip)) == []


@pytest.mark.parametrize("ip", ["999.1.1.1", "10.0.0", "10.0.0.5/24", "fd00::5::1", "None", "x"])
def test_what_is_no_address_is_refused(ip: str) -> None:
    found = [("address", ("nodes", 0, "ip")), ("address", ("pods", 0, "ip"))]
    assert errors(ADDRESSED.format(ip)) == found


def test_a_service_may_have_no_address_but_no_impossible_one() -> None:
    given = "podviz: 1\nservices: [{{name: a, ip: {}}}]"
    assert errors(given.format("None")) == errors(given.format("fd00::5")) == []
    assert errors(given.format("10.0.0.256")) == [("address", ("services", 0, "ip"))]
    assert schema().is_valid(values(given.format("None")))


@pytest.mark.parametrize("amount", ["9" * 400, "9" * 400 + "Ei", "1" * 310])
def test_an_amount_beyond_any_number_is_refused(amount: str) -> None:
    for key in ("cpu", "memory"):
        given = f"podviz: 1\nnodes: [{{name: a, capacity: {{{key}: '{amount}'}}}}]"
        path = ("nodes", 0, "capacity", key)
        assert [found for _, found in errors(given)] == [path]


@pytest.mark.parametrize("name", ["../x", "a/b", "c:x", ".x", "x.", "a\\b", "x" * 101, "a?", " a"])
def test_a_figure_is_named_as_a_file_may_be(name: str) -> None:
    assert errors(f"podviz: 1\nname: '{name}'\npods: [a]")[0][1] == ("name",)


@pytest.mark.parametrize("name", ["가나다", "a b", "1.2-x", "a_b"])
def test_names_need_not_be_latin(name: str) -> None:
    assert errors(f"podviz: 1\nname: '{name}'\npods: [{{name: '{name}'}}]") == []


def patterns(schema: Plain) -> Iterator[str]:
    """Every pattern that a schema asks of text."""
    if isinstance(schema, dict):
        if isinstance(asked := schema.get("pattern"), str):
            yield asked
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from patterns(inner)


def test_of_every_pattern_there_are_words_for_what_it_asks() -> None:
    amounts = {each for each in patterns(grammar.json_schema()) if each.startswith("^([0-9]+(")}
    assert set(patterns(grammar.json_schema())) - amounts == set(PATTERNS)


def test_an_expectation_that_can_be_no_rule_is_told_at_its_place() -> None:
    (found,) = read(b"podviz: 1\nexpect: [POD101, Ports]\npods: []\n", "a.yaml").findings[:1]
    assert str(found.place) == "a.yaml:2:18"
    assert found.message.en == (
        "an entry of expect must be a rule such as POD201 or port-conflict, not 'Ports'"
    )
