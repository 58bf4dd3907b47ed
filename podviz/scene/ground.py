"""What a picture of a whole cluster stands on: who is in whom, who is before whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from podviz.cluster import facts
from podviz.cluster.hosts import called
from podviz.cluster.references import references
from podviz.cluster.relations import (
    CLUSTER_WIDE,
    Object,
    Relations,
    Workload,
    kind_of,
    namespace_of,
    objects,
)
from podviz.meta import Selector
from podviz.model import Autoscaler, Config, Controller, Service
from podviz.pod import Pod
from podviz.scene.boxes import wants
from podviz.sheet import Sheet

QUIET = (
    *("HorizontalPodAutoscaler", "ConfigMap", "Secret", "ServiceAccount"),
    *("PodDisruptionBudget", "NetworkPolicy", "LimitRange", "ResourceQuota", "PriorityClass"),
    *("Endpoints", "EndpointSlice", "PodSecurityPolicy"),
    *("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"),
)
"""Kinds that are small marks on what uses them, in the order of the marks."""

_CALLERS, _CALLS = 6, 1.5
"""A Service has up to so many arrows of callers, and a figure so many for each workload."""

_OPEN = 6
"""Up to so many workloads are laid open, with an image beside each container."""


class Ground(Struct, frozen=True, kw_only=True):
    """The facts of one sheet that its picture needs, derived once.

    `around` knows what the sheet is a part of. `workloads` have a box of their own; `inside`
    leads from a ReplicaSet, Job or Pod to the workload that made it, `live` from a workload to
    its Pods, `between` to what stands between them. `behind` are the workloads of each Service,
    `doors` the Services that lead to one workload alone, and stand as `capsules` on its border.
    `spaces` are the namespaces that have something in them, none if that is the default one
    alone. `used` are the quiet objects of each workload; `expanded` are those with a box:
    configuration where it is asked for, or all if there is nothing else. `calls` are the
    Services that a workload names as hosts, but for `busy` ones, of which only the number of
    callers is told.
    """

    sheet: Sheet
    relations: Relations
    around: Relations
    workloads: tuple[Workload, ...]
    inside: dict[str, str]
    live: dict[str, tuple[Pod, ...]]
    between: dict[str, tuple[str, ...]]
    behind: dict[str, tuple[str, ...]]
    doors: dict[str, tuple[Service, ...]]
    capsules: frozenset[str]
    spaces: frozenset[str]
    expanded: frozenset[str]
    used: dict[str, tuple[Object, ...]]
    calls: dict[str, tuple[Service, ...]]
    busy: dict[str, int]

    @property
    def is_open(self) -> bool:
        """True where workloads are laid open."""
        return len(self.workloads) <= _OPEN

    def is_mark(self, thing: Object) -> bool:
        """True for what is a mark on a box, or in a tray, and no box itself."""
        if isinstance(thing, Autoscaler):
            return not self.is_open and self.relations.scaled(thing) is not None
        return is_quiet(thing) and thing.path not in self.expanded

    def marked(self, path: str) -> tuple[Object, ...]:
        """What stands as marks on a workload."""
        return tuple([thing for thing in self.used.get(path, ()) if self.is_mark(thing)])

    def addresses(self, service: Service) -> tuple[str, ...]:
        """The paths of the Endpoints and EndpointSlices of a Service: nothing of their own."""
        return tuple([each.path for each in self.relations.endpoints(service)])

    def home(self, path: str) -> str:
        """The workload in whose box a Pod or controller stands: itself, or who made it."""
        return self.inside.get(path, path)


def survey(sheet: Sheet) -> Ground:
    """The facts of the sheet's cluster."""
    cluster, relations = sheet.cluster, Relations(sheet.cluster)
    every: list[Workload] = [*cluster.controllers, *cluster.pods]
    inside = {w.path: top.path for w in every if (top := _maker(w, relations)) is not w}
    live: defaultdict[str, list[Pod]] = defaultdict(list)
    between: defaultdict[str, list[str]] = defaultdict(list)
    for workload in every:
        if workload.path in inside and isinstance(workload, Pod):
            live[inside[workload.path]].append(workload)
        elif workload.path in inside:
            between[inside[workload.path]].append(workload.path)
    behind = {
        s.path: tuple(dict.fromkeys(inside.get(w.path, w.path) for w in _behind(s, relations)))
        for s in cluster.services
    }
    doors: defaultdict[str, list[Service]] = defaultdict(list)
    for service in cluster.services:
        if len(behind[service.path]) == 1:
            doors[behind[service.path][0]].append(service)
    tops = tuple([w for w in every if w.path not in inside])
    calls, busy = _calls(tops, behind, relations)
    used = _used(every, inside, relations)
    things = list(objects(cluster))
    spaces = {namespace_of(o) or "default" for o in things if not is_cluster_wide(o)}
    return Ground(
        sheet=sheet,
        relations=relations,
        around=Relations(sheet.whole) if sheet.whole else relations,
        workloads=tops,
        inside=inside,
        live={path: tuple(pods) for path, pods in live.items()},
        between={path: tuple(paths) for path, paths in between.items()},
        behind=behind,
        doors={path: tuple(services) for path, services in doors.items()},
        capsules=frozenset([s.path for services in doors.values() for s in services]),
        spaces=frozenset(spaces if spaces != {"default"} else ()),
        expanded=frozenset(_expanded(sheet, things, used, bool(calls))),
        used=used,
        calls=calls,
        busy=busy,
    )


def _behind(service: Service, relations: Relations) -> tuple[Workload, ...]:
    """By labels, or as a spec may say it by name."""
    if service.target:
        return facts.selected(service, relations.cluster)
    return relations.behind(service)


def _calls(
    workloads: tuple[Workload, ...], behind: dict[str, tuple[str, ...]], relations: Relations
) -> tuple[dict[str, tuple[Service, ...]], dict[str, int]]:
    """Path of a workload → the Services of others that it names, and the number of callers of
    those that have too many for arrows."""
    named = {
        w.path: [s for s in called(w, relations) if w.path not in behind[s.path]] for w in workloads
    }
    callers = Counter(s.path for services in named.values() for s in services)
    most = _CALLERS
    while most > 1 and sum(n for n in callers.values() if n <= most) > _CALLS * len(workloads) + 6:
        most -= 1
    calls = {
        path: tuple([s for s in services if callers[s.path] <= most])
        for path, services in named.items()
    }
    calls = {path: services for path, services in calls.items() if services}
    return calls, {path: count for path, count in callers.items() if count > most}


def _maker(workload: Workload, relations: Relations) -> Workload:
    """The controller at the top of the chain of owners; in a circle nobody is above another."""
    top, seen = workload, {workload.path}
    while True:
        above = next((o for o in relations.owners(top) if isinstance(o, Controller)), None)
        if above is None or above.path in seen:
            return workload if above is not None and above.path == workload.path else top
        seen.add(above.path)
        top = above


def _used(
    every: Iterable[Workload], inside: dict[str, str], relations: Relations
) -> dict[str, tuple[Object, ...]]:
    """Path of a workload → what it refers to or is spoken of by, each once, if quiet."""
    found: defaultdict[str, dict[str, Object]] = defaultdict(dict)
    for workload in every:
        home = inside.get(workload.path, workload.path)
        for reference in references(workload):
            space = workload.namespace if reference.namespace is None else reference.namespace
            thing = relations.find(reference.kind, reference.name, space)
            if thing and is_quiet(thing):
                found[home][thing.path] = thing
    cluster = relations.cluster
    for scaler in cluster.autoscalers:
        target = relations.scaled(scaler)
        if target:
            found[inside.get(target.path, target.path)][scaler.path] = scaler
    for budget in cluster.budgets:
        for workload in relations.protected(budget):
            found[inside.get(workload.path, workload.path)][budget.path] = budget
    for policy in cluster.policies:
        if policy.selector not in (None, Selector()):
            for workload in relations.governed(policy):
                found[inside.get(workload.path, workload.path)][policy.path] = policy
    return {path: tuple(things.values()) for path, things in found.items()}


def _expanded(
    sheet: Sheet, things: list[Object], used: dict[str, tuple[Object, ...]], is_busy: bool
) -> Iterator[str]:
    """Quiet objects with a box of their own. What many workloads use stays a mark on them,
    where arrows run between the workloads."""
    if all(map(is_quiet, things)):
        yield from (thing.path for thing in things)
    if not wants(sheet, "config"):
        return
    users = Counter(thing.path for each in used.values() for thing in each)
    for thing in things:
        if isinstance(thing, Config) and not (is_busy and users[thing.path] > _CALLERS):
            yield thing.path


def is_quiet(thing: Object) -> bool:
    """True for configuration, rights and the like: a mark, no box."""
    return kind_of(thing) in QUIET


def is_cluster_wide(thing: Object) -> bool:
    """True for what lives in no namespace."""
    return kind_of(thing) in CLUSTER_WIDE
