"""Which Services a container names as hosts."""

import pytest
from msgspec.structs import replace

from podviz.cluster.hosts import called
from podviz.cluster.relations import Relations
from podviz.meta import Reference, ServicePort
from podviz.model import Cluster, Config, Controller, Service
from podviz.pod import Container, Pod

DB = Service(
    path="shop/Service/db", name="db", namespace="shop", ports=(ServicePort(port=5432, target=1),)
)
PETS = Service(path="shop/Service/pets", name="pets", namespace="shop", ip="None", ports=DB.ports)
BANK = Service(path="pay/Service/bank", name="bank", namespace="pay", ports=DB.ports)
HOME = Service(path="Service/home", name="home", ports=DB.ports)


def named(**container: object) -> list[str]:
    pod = Pod(
        path="p",
        name="",
        namespace="shop",
        containers=(Container(path="p/app", name="app", **container),),  # type: ignore[arg-type]
    )
    web = Controller(path="shop/Deployment/web", kind="Deployment", name="web", namespace="shop")
    conf = Config(
        path="shop/ConfigMap/conf",
        name="conf",
        namespace="shop",
        entries=(("DB_HOST", "db"), ("BANK_URL", "http://bank.pay")),
    )
    web = replace(web, pod=pod)
    cluster = Cluster(controllers=(web,), services=(DB, PETS, BANK, HOME), configs=(conf,))
    return [s.name for s in called(web, Relations(cluster))]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("http://db", ["db"]),
        ("https://db.shop.svc.cluster.local:9/x?y", ["db"]),
        ("postgres://user:secret@db:5432/shop", ["db"]),
        ("mongodb://db:1,pets:2/x", ["db", "pets"]),
        ("jdbc:mysql://bank.pay.svc/x", ["bank"]),
        ("user:secret@tcp(db:5432)/shop", ["db"]),
        ("db:5432", ["db"]),
        ("pets-0.pets:5432", ["pets"]),
        ("http://home.default", ["home"]),
        ("db", []),
        ("db:80", []),
        ("http://db.example.com", []),
        ("http://bank", []),
        ("http://dbs", []),
        ("http://db-0.db", []),
        ("registry/db:5432", []),
        ("the db is down", []),
        ("$(DB):5432", []),
    ],
)
def test_a_value_names_a_service_where_it_is_a_host_beyond_doubt(
    value: str, names: list[str]
) -> None:
    assert named(env=(("MODE", value),)) == names


@pytest.mark.parametrize("name", ["DB_HOST", "db.address", "REDIS_SERVER", "kafka-brokers"])
def test_a_variable_for_hosts_needs_no_port(name: str) -> None:
    assert named(env=((name, "db"),)) == ["db"]


@pytest.mark.parametrize("name", ["HOST", "APP", "HOSTED", "DB_HOST_MODE"])
def test_a_bare_word_in_another_variable_is_no_host(name: str) -> None:
    assert named(env=((name, "db"),)) == []


def test_options_count_like_variables() -> None:
    assert named(args=("--db-host=db",)) == ["db"]
    assert named(args=("--db-host", "db", "db")) == ["db"]
    assert named(command=("sh", "-c", "curl http://bank.pay/x | grep db")) == ["bank"]
    assert named(args=("--host=db",)) == []


def test_a_config_map_gives_variables_too() -> None:
    whole = Reference(kind="ConfigMap", name="conf", via="envFrom")
    one = Reference(kind="ConfigMap", name="conf", key="DB_HOST", via="PGHOST")
    other = Reference(kind="ConfigMap", name="conf", key="BANK_URL", via="X")
    assert named(references=(whole,)) == ["db", "bank"]
    assert named(references=(one,)) == []
    assert named(references=(other,)) == ["bank"]
    assert named(references=(Reference(kind="Secret", name="conf", via="envFrom"),)) == []
