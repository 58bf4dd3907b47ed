"""Where a container's data lies."""

from collections.abc import Iterator

from msgspec import Struct

from podviz.cluster.roles import runs_another
from podviz.pattern import pattern
from podviz.pod import Container, Mount, Volume
from podviz.situation import Situation, coupling
from podviz.situation.stores import Keeper, at_directory, keeper, words
from podviz.situation.work import Work

_BESIDE = frozenset(
    [
        *("tmp", "temp", "conf", "config", "certs", "cert", "tls", "ssl", "log", "logs", "run"),
        *("sock", "socket", "sockets", "plugins", "scripts", "secrets", "lost+found"),
    ]
)
"""Folders inside a data directory that hold no data."""


_COPIES = pattern(r"(?i)back-?up|dump|archive|snapshot|export|upload|/logs?\b|restore")
"""Paths of volumes that hold copies and reports, not the data itself."""


class Kept(Struct, frozen=True, kw_only=True):
    """Data of a container: the mount it lies on, None for the container's own layer.

    `on` is container, emptyDir or hostPath, `what` the directory or image, `weak` says that it
    may be lost (a cache), `declared` that a spec calls it durable.
    """

    container: Container
    on: str
    what: str
    mount: Mount | None = None
    weak: bool = False
    declared: bool = False


def kept(situation: Situation, work: Work) -> Iterator[Kept]:
    """All data of a Pod that does not outlive it, each volume once."""
    if work.is_short:
        return
    told: set[str] = set()
    for container in work.running:
        if container.data is not None:
            yield from _declared(situation, work, container)
            continue
        for found in _judged(situation, work, container):
            if found.mount is None or found.mount.volume not in told:
                told.add(found.mount.volume if found.mount else "")
                yield found


def _declared(situation: Situation, work: Work, container: Container) -> Iterator[Kept]:
    """What a spec says of the data itself."""
    data = container.data
    if data is None or data.kind != "durable":
        return
    on = data.on
    mount = None
    for each in container.mounts if on is None else ():
        volume = situation.volume(work, each)
        if volume is None or not coupling.shown_only(volume.kind):
            mount = mount or each
            on = on or (volume.kind if volume else "claim")
    if on is None:
        on = "claim" if work.owner and work.owner.claims else "container"
    if on in ("container", "emptyDir", "hostPath"):
        what = mount.path or mount.volume if mount else container.image or "durable"
        yield Kept(container=container, on=on, what=what, mount=mount, declared=True)


def _judged(situation: Situation, work: Work, container: Container) -> Iterator[Kept]:
    """What the image and the mounts of a container show."""
    found = None if runs_another(container) else keeper(container)
    persistent, elsewhere = False, True
    at_home: list[tuple[Mount, Volume]] = []
    for mount in container.mounts:
        volume = situation.volume(work, mount)
        if volume is None or _outlives(volume):
            persistent = True
            elsewhere = elsewhere and bool(_COPIES.search(mount.path or ""))
        elif not coupling.shown_only(volume.kind) and mount.path and _is_data(found, mount):
            at_home.append((mount, volume))
    if persistent and not elsewhere:
        return
    for mount, volume in at_home:
        if found and found.kind == "content" and _shared(work, volume):
            continue
        if mount.read_only or volume.kind not in ("emptyDir", "hostPath"):
            continue
        weak = volume.medium == "Memory" or (found is not None and found.kind == "cache")
        path = mount.path or ""
        yield Kept(container=container, on=volume.kind, what=path, mount=mount, weak=weak)
    alone = not at_home and not persistent and not work.own
    if alone and found and found.kind == "datastore":
        yield Kept(container=container, on="container", what=container.image or found.image)


def _outlives(volume: Volume) -> bool:
    """True for a volume that is still there when the Pod is gone."""
    gone = ("emptyDir", "hostPath", "ephemeral", "gitRepo")
    return volume.kind not in gone and not coupling.shown_only(volume.kind)


def _is_data(found: Keeper | None, mount: Mount) -> bool:
    """True for a mount at the image's data directory, or where only one kind of data lies."""
    path = (mount.path or "").rstrip("/")
    if path.rpartition("/")[2] in _BESIDE:
        return False
    if found:
        return any(at_directory(path, each) for each in found.directories)
    return path in words("data_paths")


def _shared(work: Work, volume: Volume) -> bool:
    users = [c for c in work.running if any(m.volume == volume.name for m in c.mounts)]
    return len(users) > 1
