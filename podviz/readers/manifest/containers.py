"""Containers: images, ports, variables, mounts, probes."""

from collections.abc import Iterator

from podviz.meta import Labels, Places, Reference
from podviz.place import Place
from podviz.pod import Container, Mount, Port, Role
from podviz.readers.manifest import flaws
from podviz.readers.manifest.fields import Field, places, ports, protocol, resources
from podviz.readers.manifest.heads import escaped
from podviz.readers.manifest.names import Names
from podviz.source.tree import Sequence

_PROBES = ("liveness", "readiness", "startup")
_HOOKS = ("postStart", "preStop")
_PLACED = (
    *(("image", "image"), ("command", "command"), ("args", "args"), ("hooks", "lifecycle")),
    *((f"{probe}Probe", f"{probe}Probe") for probe in _PROBES),
    *(("security", "securityContext"), ("requests", "resources")),
)


def containers(spec: Field, above: str, roles: Labels) -> tuple[Container, ...]:
    """All containers of a Pod's spec: init ones first, then those that run, then ephemeral ones.

    `above` is the Pod's path, `roles` what annotations declare by container name.
    """
    declared = {name: Role(role) for name, role in roles}
    made: list[Container] = []
    taken: dict[str, Container] = {}
    names = Names()
    for key in ("initContainers", "containers", "ephemeralContainers"):
        for field in spec.get(key).mappings():
            container = _container(field, key, above, _name(field, names, taken), declared)
            taken[container.name] = container
            made.append(container)
    return tuple(made)


def _name(field: Field, names: Names, taken: dict[str, Container]) -> str:
    """The container's name, or one that stands in for a missing or a repeated one."""
    given = field.get("name").word()
    name = names.free(given or "unnamed")
    if given is None:
        field.found.append(flaws.missing(field.place, f"{field.path}.name", name))
    elif name != given:
        first = taken[given].place
        field.found.append(flaws.twice(field.get("name").place, first, "container", given, name))
    return name


def _container(
    field: Field, key: str, above: str, name: str, declared: dict[str, Role]
) -> Container:
    native = key == "initContainers" and field.get("restartPolicy").word() == "Always"
    role = Role.INIT if key == "initContainers" and not native else declared.get(name)
    env, references, standing = _variables(field)
    wanted = field.get("resources")
    named = field.get("name")
    return Container(
        path=f"{above}/{escaped(name)}",
        name=name,
        image=field.get("image").word(),
        role=role,
        native=native,
        ports=tuple(_ports(field.get("ports"))),
        command=field.get("command").words(),
        args=field.get("args").words(),
        env=env,
        references=references,
        mounts=tuple(_mounts(field.get("volumeMounts"))),
        requests=resources(wanted.get("requests")),
        limits=resources(wanted.get("limits")),
        probes=tuple([p for p in _PROBES if field.get(f"{p}Probe").node is not None]),
        probed=tuple(_probed(field)),
        prestop=_prestop(field.get("lifecycle", "preStop")),
        poststart=_prestop(field.get("lifecycle", "postStart")),
        hooks=tuple([h for h in _HOOKS if field.get("lifecycle", h).node is not None]),
        privileged=field.get("securityContext", "privileged").truth(),
        ephemeral=key == "ephemeralContainers",
        places=(*places(field, *_PLACED), *_spoken(field), *standing),
        place=(named if named.node is not None else field).place,
    )


def _spoken(field: Field) -> Iterator[tuple[str, Place]]:
    """Where each word of the command and each argument stands: `args.2`."""
    for key in ("command", "args"):
        words = field.get(key)
        for i, word in enumerate(words.items() if isinstance(words.node, Sequence) else ()):
            yield f"{key}.{i}", word.place


def _ports(field: Field) -> Iterator[Port]:
    for each, number, place in ports(field, "containerPort"):
        yield Port(
            number=number,
            protocol=protocol(each),
            name=each.get("name").word(),
            host=each.get("hostPort").whole(1, 65535),
            host_ip=each.get("hostIP").word(),
            place=place,
        )


_SOURCES = {
    "configMapKeyRef": "ConfigMap",
    "secretKeyRef": "Secret",
    "configMapRef": "ConfigMap",
    "secretRef": "Secret",
}


def _variables(field: Field) -> tuple[Labels, tuple[Reference, ...], Places]:
    """Variables with a value, what the values of others are taken from, where values stand."""
    env: list[tuple[str, str]] = []
    references: list[Reference] = []
    standing: list[tuple[str, Place]] = []
    for each in field.get("env").mappings():
        name = each.get("name").word()
        origin = each.get("valueFrom")
        if name and origin.node is not None:
            references += _origins(origin, name)
        elif name:
            value = each.get("value")
            env.append((name, value.text() or ""))
            standing.append((f"env.{name}", value.place))
    for each in field.get("envFrom").mappings():
        references += _origins(each, "envFrom")
    return tuple(env), tuple(references), tuple(standing)


def _origins(field: Field, via: str) -> Iterator[Reference]:
    for key, origin in field.fields():
        if key in _SOURCES:
            named = origin.get("name")
            name = named.word()
            if name:
                yield Reference(
                    kind=_SOURCES[key],
                    name=name,
                    key=origin.get("key").word(),
                    via=via,
                    optional=origin.get("optional").truth(),
                    place=named.place,
                )
        elif key == "fieldRef":
            way = origin.get("fieldPath").word()
            if way:
                yield Reference(kind="field", name=way, via=via, place=origin.place)


def _mounts(field: Field) -> Iterator[Mount]:
    for each in field.mappings():
        named = each.get("name")
        name = named.word()
        if name:
            yield Mount(
                volume=name,
                path=each.get("mountPath").word(),
                read_only=each.get("readOnly").truth(),
                sub_path=each.get("subPath").word(),
                place=named.place,
            )


def _probed(field: Field) -> Iterator[int | str]:
    """The ports that probes of the container ask."""
    for probe in (field.get(f"{name}Probe") for name in _PROBES):
        for way in ("httpGet", "tcpSocket", "grpc") if probe.node is not None else ():
            port = probe.get(way, "port")
            number = port.either() if port.node is not None else None
            if number is not None:
                yield number


def _prestop(field: Field) -> str | None:
    """What runs before the container is stopped: a command, a request or a sleep."""
    if field.node is None:
        return None
    command = field.get("exec", "command").words()
    if command:
        return " ".join(command)
    seconds = field.get("sleep", "seconds").whole()
    if seconds is not None:
        return f"sleep {seconds}"
    port = field.get("httpGet", "port").either()
    return None if port is None else f"GET :{port}{field.get('httpGet', 'path').text() or ''}"
