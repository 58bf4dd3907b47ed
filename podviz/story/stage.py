"""What is remembered from frame to frame: who stood where, and which addresses served."""

from collections import defaultdict

from podviz.pod import Pod
from podviz.story.moment import Endpoint, Moment
from podviz.story.seen import cluster, concrete, keepings, serves
from podviz.story.world import OVER, Keeper, Live, World

_ENDED = (*OVER, "Terminating")


class Stage:
    """The frames so far. A slot keeps who stood in it last, even while it is empty."""

    def __init__(self) -> None:
        self._stood: dict[str, Live] = {}
        self._seen: dict[str, Pod] = {}
        self._ended: set[str] = set()
        self._served: dict[str, list[str]] = {}
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._first = True

    def moment(self, world: World) -> Moment:
        """The world as it is, compared with what has been seen of it before."""
        before = dict(self._stood)
        self._seat(world)
        shown = {pod.path: concrete(pod) for pod in world.pods}
        ended = {pod.path for pod in world.pods if pod.phase in _ENDED}
        born = frozenset() if self._first else frozenset(shown.keys() - self._seen.keys())
        moment = Moment(
            cluster=cluster(world, list(shown.values())),
            born=born,
            lost=frozenset() if self._first else frozenset(ended - self._ended),
            changed=() if self._first else tuple(self._changed(world, shown, born, before)),
            slots=tuple([(pod.path, pod.slot) for pod in world.pods]),
            endpoints=tuple(self._endpoints(world)),
            keepings=tuple(keepings(world)),
            down=frozenset(world.down),
            cordoned=frozenset(world.cordoned),
        )
        self._seen |= shown
        self._ended = ended
        self._stood |= {pod.slot: pod for pod in world.pods}
        self._first = False
        return moment

    def _changed(
        self, world: World, shown: dict[str, Pod], born: frozenset[str], before: dict[str, Live]
    ) -> list[tuple[str, frozenset[str]]]:
        """What of a Pod is not as it was: of itself, of who had its name, of who had its place."""
        told = []
        names = {pod.name: pod for pod in self._seen.values()}
        for pod in world.pods:
            now = shown[pod.path]
            old = self._seen.get(pod.path) or names.get(pod.name)
            if old is None and pod.slot in before:
                old = self._seen[before[pod.slot].path]
            new = frozenset({"name", "ip"}) if pod.path in born else frozenset()
            fields = _differing(old, now) if old else new
            if fields:
                told.append((pod.path, fields))
            kin = next((s for s in before.values() if s.keeper is pod.keeper), None)
            like = old or (self._seen[kin.path] if kin else None)
            if pod.path in born and like:
                told += [(path, frozenset({"image"})) for path in _other_images(like, now)]
        return told

    def _seat(self, world: World) -> None:
        """A slot for every new Pod: on its node one that has become free, else a new one."""
        taken = {pod.slot for pod in world.pods if pod.slot}
        for pod in world.pods:
            here = pod.node or ""
            if pod.slot and pod.slot.rpartition("#")[0] == here:
                continue
            free = [slot for slot in self._slots(here) if slot not in taken]
            kin = [slot for slot in free if self._is_kin(slot, pod)]
            own = [slot for slot in kin if self._stood[slot].name == pod.name]
            chosen = next(iter([*own, *kin, *(free if here else ())]), None)
            if chosen is None:
                chosen = f"{here}#{self._counts[here]}"
                self._counts[here] += 1
            pod.slot = chosen
            taken.add(chosen)

    def _is_kin(self, slot: str, pod: Live) -> bool:
        keeper: Keeper | None = self._stood[slot].keeper if slot in self._stood else None
        return keeper is not None and keeper is pod.keeper

    def _slots(self, here: str) -> list[str]:
        return [f"{here}#{i}" for i in range(self._counts[here])]

    def _endpoints(self, world: World) -> list[tuple[str, tuple[Endpoint, ...]]]:
        """Who is ready behind each Service, who no longer, who newly."""
        told = []
        for service in world.cluster.services:
            now = [p.ip for p in world.pods if p.is_ready and p.ip and serves(service, p)]
            before = self._served.get(service.path, now if self._first else [])
            kept = [Endpoint(ip=ip, state="kept") for ip in before if ip in now]
            gone = [Endpoint(ip=ip, state="gone") for ip in before if ip not in now]
            new = [Endpoint(ip=ip, state="new") for ip in now if ip not in before]
            told.append((service.path, (*kept, *gone, *new)))
            self._served[service.path] = now
        return told


def _other_images(old: Pod, new: Pod) -> list[str]:
    """The paths of the containers that run another image than theirs did."""
    images = {container.name: container.image for container in old.containers}
    return [c.path for c in new.containers if images.get(c.name, c.image) != c.image]


def _differing(old: Pod, new: Pod) -> frozenset[str]:
    """Fields that a reader shall see have changed."""
    if old.path == new.path:
        before, after = ([c.restarts or 0 for c in pod.containers] for pod in (old, new))
        return frozenset({"restarts"} if before != after else ())
    fields = {name for name in ("name", "ip", "node") if getattr(old, name) != getattr(new, name)}
    if [c.image for c in old.containers] != [c.image for c in new.containers]:
        fields.add("image")
    return frozenset(fields)
