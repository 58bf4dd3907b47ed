"""The facts that rules judge by."""

import pytest
from judged import cluster, deployment

from podviz.pod import Container
from podviz.situation import Situation
from podviz.situation.commands import calls, endless, names_localhost, only_stays, sleeps
from podviz.situation.coupling import same_family, same_image, web_and_app
from podviz.situation.ground import version
from podviz.situation.stores import at_directory, keeper
from podviz.situation.work import Work


def container(**given: object) -> Container:
    return Container(path="Pod/p/c", name="c", **given)  # type: ignore[arg-type]


def work(spec: str) -> Work:
    (only,) = Situation(cluster(deployment(spec))).every
    return only


ALL = (
    "initContainers: [{name: i1, image: i}, {name: n1, image: i, restartPolicy: Always},"
    " {name: i2, image: i}, {name: n2, image: i, restartPolicy: Always}],"
    " containers: [{name: a1, image: i}, {name: a2, image: i}],"
    " ephemeralContainers: [{name: e, image: i}]"
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a1", "a2", True),
        ("a1", "n1", True),
        ("n1", "n2", True),
        ("i1", "i2", False),
        ("i1", "a1", False),
        ("i1", "n1", False),
        ("i2", "n1", True),
        ("i2", "n2", False),
        ("e", "a1", False),
    ],
)
def test_which_containers_run_at_the_same_time(one: str, other: str, expected: bool) -> None:
    pod = work(ALL)
    named = {c.name: c for c in pod.pod.containers}
    assert pod.overlap(named[one], named[other]) is expected
    assert pod.overlap(named[other], named[one]) is expected


def test_the_kinds_of_containers() -> None:
    pod = work(ALL)
    names = [[c.name for c in group] for group in (pod.inits, pod.natives, pod.apps, pod.running)]
    assert names == [["i1", "i2"], ["n1", "n2"], ["a1", "a2"], ["n1", "n2", "a1", "a2"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("1.33"), (1, 33)),
        ("v1.29.4", (1, 29)),
        ("1", None),
        (None, None),
        ("latest", None),
    ],
)
def test_versions(words: str | None, expected: tuple[int, int] | None) -> None:
    assert version(words) == expected


@pytest.mark.parametrize(
    ("env", "args", "expected"),
    [
        ((("A", "localhost:80"),), (), [80]),
        ((("A", "http://127.0.0.1:8080/x"),), (), [8080]),
        ((("A", "mylocalhost:80"),), (), []),
        ((("A", "localhost:80.5"),), (), []),
        ((("LISTEN", "localhost:80"),), (), []),
        ((("DB_HOST", "localhost"), ("DB_PORT", "5432"), ("WEB_PORT", "80")), (), [5432]),
        ((), ("--bind-address=127.0.0.1:80", "--up=127.0.0.1:81"), [81]),
        ((), ("--bind-address", "127.0.0.1:80"), []),
        ((), ("nc", "-z", "localhost", "5432"), [5432]),
    ],
)
def test_which_ports_of_localhost_are_called(
    env: tuple[tuple[str, str], ...], args: tuple[str, ...], expected: list[int]
) -> None:
    assert [port for port, _ in calls(container(env=env, args=args))] == expected


def test_localhost_without_a_port() -> None:
    assert names_localhost(container(env=(("REDIS_HOST", "localhost"),)))
    assert names_localhost(container(args=("--redis=127.0.0.1",)))
    assert not names_localhost(container(env=(("REDIS", "localhost:6379"),)))
    assert not names_localhost(container(env=(("BIND", "localhost"),)))


def test_seconds_of_sleep_are_added_up() -> None:
    assert sleeps("sleep 5 && sleep 1m") == 65
    assert sleeps("sleep infinity") == float("inf")
    assert sleeps("asleep 5; sleep $N") == 0


def test_a_command_that_goes_on_in_the_background_ends() -> None:
    assert endless(container(command=("sh", "-c", "tail -f /log & work"))) is None
    assert endless(container(command=("sh", "-c", "tail -f /log & wait"))) == "tail -f"
    assert not only_stays(container())


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("x/jetstream-http", "y/jetstream-pytorch", True),
        ("x/pathways/server:1", "y/jetstream-pathways:2", True),
        ("acme/web", "acme/orders", False),
        ("acme/auth-service", "acme/order-service", False),
        ("acme/shop-web", "acme/shop-orders", True),
        ("my-app", "my-db", False),
    ],
)
def test_families_of_images(one: str, other: str, kin: bool) -> None:
    assert same_family(container(image=one), container(image=other)) is kin


def test_one_image_has_many_tags() -> None:
    assert same_image(container(image="r:5000/x:1"), container(image="r:5000/x@sha256:1"))
    assert not same_image(container(image="x"), container(image="y"))
    assert not same_image(container(), container())


def test_web_servers_stand_before_application_servers() -> None:
    web = container(image="nginx:1")
    assert web_and_app(web, container(image="php:8.3-fpm-alpine"))
    assert web_and_app(container(image="x/gunicorn:1"), web)
    assert not web_and_app(web, container(image="mysql:8"))


@pytest.mark.parametrize(
    ("image", "command", "kind"),
    [
        ("mysql:8", (), "datastore"),
        ("docker.io/bitnami/postgresql:16", (), "datastore"),
        ("mcr.microsoft.com/mssql/server:2022", (), "datastore"),
        ("redis", (), "cache"),
        ("jenkins/jenkins", (), "content"),
        ("postgres", ("/bin/sh", "-c", "psql"), None),
        ("postgres", ("sh", "-c", "exec postgres -c x"), "datastore"),
        ("x/mysql-operator", (), None),
        (None, (), None),
    ],
)
def test_what_images_keep(image: str | None, command: tuple[str, ...], kind: str | None) -> None:
    found = keeper(container(image=image, command=command))
    assert (found.kind if found else None) == kind


def test_a_flag_or_variable_may_move_the_data() -> None:
    moved = keeper(container(image="postgres", env=(("PGDATA", "/pg/data"),)))
    assert moved is not None
    assert moved.directories[0] == "/pg/data"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/var/lib/mysql", True),
        ("/var/lib/mysql/", True),
        ("/var/lib", True),
        ("/var/lib/mysql/x", True),
        ("/var/lib/mysql-files", False),
        ("/", False),
    ],
)
def test_mounts_at_a_data_directory(path: str, expected: bool) -> None:
    assert at_directory(path, "/var/lib/mysql") is expected
