"""Arrows of a whole cluster, and stand-ins for what they lead to and is not there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from podviz.cluster import facts
from podviz.cluster.references import Dangling, dangling, references
from podviz.cluster.relations import Object, Workload, kind_of, port_of
from podviz.figure import Arrow, Box, Relation
from podviz.model import Claim, Controller, Ingress, Service
from podviz.place import Place
from podviz.scene.boxes import arrow, name_text, said
from podviz.scene.ground import Ground
from podviz.scene.links import drawn_at, is_declared
from podviz.scene.objects import address_card, claim_drum, claims_drum, door_of, missing_card
from podviz.text import Text, clean
from podviz.words import word

_FEW, _NAMED = 2, 3
"""Up to so many missing things of one kind have a stand-in each, for one who refers to them;
of more, so many are named."""


class Made(Struct, frozen=True):
    """A box that arrows bring along; `space` is its namespace, None for what is outside."""

    box: Box
    space: str | None


class Ties(Struct, frozen=True):
    arrows: tuple[Arrow, ...]
    boxes: tuple[Made, ...]


def ties(ground: Ground, at: Mapping[str, str]) -> Ties:
    """Every arrow; `at` leads from the path of an object to the box that shows it."""
    made: dict[str, Made] = {}
    found: list[Arrow] = []
    for step in _steps(ground, at):
        if isinstance(step, Made):
            made.setdefault(step.box.id, step)
        else:
            found.append(step)
    return Ties(arrows=tuple(found), boxes=tuple(made.values()))


def _steps(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow | Made]:
    cluster = ground.sheet.cluster
    for ingress in cluster.ingresses:
        yield from _entries(ground, at, ingress)
    for service in cluster.services:
        yield from _services(ground, at, service)
    for scaler in cluster.autoscalers:
        target = ground.relations.scaled(scaler)
        if target and scaler.path in at and ground.home(target.path) in at:
            head = at[ground.home(target.path)]
            yield arrow(at[scaler.path], head, Relation.SCALES, label=word("scales"))
    yield from _calls(ground, at)
    yield from _hooks(ground, at)
    yield from _storage(ground, at)
    yield from _configuration(ground, at)
    yield from _made(ground, at)
    yield from _links(ground, at)
    yield from _missing(ground, at)


# ── doors to the cluster ────────────────────────────────────────────────────────────────────


def _entries(ground: Ground, at: Mapping[str, str], ingress: Ingress) -> Iterator[Arrow | Made]:
    """From a Gateway to its route, from an Ingress or route to what is behind each path."""
    relations = ground.relations
    for gateway in ingress.gateways:
        space = ingress.namespace if gateway.namespace is None else gateway.namespace
        found = relations.find(gateway.kind, gateway.name, space)
        if found and found.path in at:
            yield arrow(at[found.path], at[ingress.path], Relation.CALLS)
    many = len({path.host for path in ingress.paths}) > 1
    labels: defaultdict[str, list[str]] = defaultdict(list)
    places: dict[str, Place | None] = {}
    closed: set[str] = set()
    for path in ingress.paths:
        space = ingress.namespace if path.namespace is None else path.namespace
        found = relations.find(path.kind, path.service, space)
        end = _end(ground, at, found, path.port) if found else None
        if isinstance(found, Service) and end and _is_closed(found, path.port):
            name = name_text(f"{found.name}:{path.port}")
            card = missing_card(f"{found.path}/missing/{path.port}", "Port", name)
            yield Made(card, found.namespace)
            end = card.id
            closed.add(end)
        if end:
            labels[end].append(clean(f"{path.host or '*'}{path.path}" if many else path.path))
            places.setdefault(end, path.place)
    for end, paths in labels.items():
        named = [p for p in dict.fromkeys(paths) if p] if len(ingress.paths) > 1 else []
        label = _shortened(named) if named else None
        lost, place = end in closed, places[end]
        yield arrow(at[ingress.path], end, Relation.CALLS, label=label, missing=lost, place=place)


def _is_closed(service: Service, port: int | str | None) -> bool:
    """True for a port that the Service does not have."""
    return port is not None and bool(service.ports) and port_of(service, port) is None


def _shortened(paths: list[str]) -> Text:
    more = f" +{len(paths) - 2}" if len(paths) > 2 else ""
    return Text.same(" · ".join(paths[:2]) + more)


def _end(
    ground: Ground, at: Mapping[str, str], thing: Object, port: int | str | None
) -> str | None:
    """Where an arrow to an object ends: of a Service, the capsule or the door of the port."""
    if not isinstance(thing, Service) or thing.path in ground.capsules:
        return at.get(thing.path)
    if port is None and len(thing.ports) > 1:
        return at.get(thing.path)  # which of them is meant nobody says
    return door_of(ground.sheet, thing, port) or at.get(thing.path)


def _services(ground: Ground, at: Mapping[str, str], service: Service) -> Iterator[Arrow | Made]:
    """To the workloads behind a Service that is a card, or to what is outside."""
    if service.path in ground.capsules:
        return
    tail = at[service.path]
    for path in ground.behind[service.path]:
        if path in at:
            yield arrow(tail, at[path], Relation.SELECTS)
    if service.type == "ExternalName" and service.external:
        card = address_card(service.external)
        yield Made(card, None)
        yield arrow(tail, card.id, Relation.CALLS)
    elif not service.selector:
        yield from _addresses(ground, tail, service)
    elif not ground.behind[service.path] and not ground.around.behind(service):
        wished = ", ".join(f"{k}={v}" for k, v in service.selector)
        card = missing_card(f"{service.path}/missing", "Pod", name_text(wished))
        yield Made(card, service.namespace)
        yield arrow(tail, card.id, Relation.SELECTS, missing=True)


def _addresses(ground: Ground, tail: str, service: Service) -> Iterator[Arrow | Made]:
    """What Endpoints made by hand put behind a Service without a selector."""
    for endpoints in ground.relations.endpoints(service):
        addresses = list(dict.fromkeys(endpoints.addresses))
        shown = addresses[: _NAMED if len(addresses) <= _NAMED else _FEW]
        cards = [address_card(address) for address in shown]
        rest = addresses[len(shown) :]
        if rest:
            card = address_card(rest[0])
            name = Text.same(f"{clean(rest[0])} … {clean(rest[-1])}")
            tooltip = Text.same(clean(", ".join(rest)))
            cards.append(
                replace(
                    card, name=name, details=(word("many-of", number=len(rest)),), tooltip=tooltip
                )
            )
        for card in cards:
            yield Made(card, None)
            yield arrow(tail, card.id, Relation.CALLS)


def _calls(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow]:
    """From workloads to the Services that their variables and arguments name as hosts."""
    for path, services in ground.calls.items():
        for service in services:
            end = _end(ground, at, service, None)
            if end and path in at:
                yield arrow(at[path], end, Relation.CALLS)


def _hooks(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow]:
    """From webhooks and API services to the Services that answer for them."""
    for thing in ground.sheet.cluster.things:
        for reference in references(thing):
            service = ground.relations.find(
                reference.kind, reference.name, reference.namespace or ""
            )
            if isinstance(service, Service) and thing.path in at:
                end = _end(ground, at, service, None)
                if end:
                    yield arrow(at[thing.path], end, Relation.CALLS)


# ── storage and configuration ───────────────────────────────────────────────────────────────


def _storage(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow | Made]:
    """From workloads to their claims, and from claims to their volumes."""
    relations = ground.relations
    workloads: list[Workload] = [*ground.sheet.cluster.controllers, *ground.sheet.cluster.pods]
    for workload in workloads:
        home = at.get(ground.home(workload.path))
        if home is None:
            continue
        for reference in references(workload):
            claim = relations.find("PersistentVolumeClaim", reference.name, workload.namespace)
            if reference.kind == "PersistentVolumeClaim" and claim:
                yield arrow(home, at[claim.path], Relation.MOUNTS)
        if isinstance(workload, Controller) and workload.claims:
            yield from _own_claims(ground, home, workload)
    for claim in ground.sheet.cluster.claims:
        store = relations.find("PersistentVolume", claim.volume or "")
        if store:
            yield arrow(at[claim.path], at[store.path], Relation.MOUNTS)
    for store in ground.sheet.cluster.stores:
        if store.claim:
            held = relations.find(
                "PersistentVolumeClaim", store.claim.name, store.claim.namespace or ""
            )
            if isinstance(held, Claim) and held.volume != store.name:
                yield arrow(at[held.path], at[store.path], Relation.MOUNTS)


def _own_claims(ground: Ground, home: str, controller: Controller) -> Iterator[Arrow | Made]:
    """The claims that each Pod of a StatefulSet has for itself, unless they are there."""
    count = facts.replicas(controller, ground.sheet.cluster)
    for claim in facts.claims_of(controller, f"{controller.name}-0"):
        known = ground.relations.find("PersistentVolumeClaim", claim.name, controller.namespace)
        if known:
            continue
        drum = claims_drum(claim, count) if count else claim_drum(claim)
        yield Made(drum, controller.namespace)
        yield arrow(home, drum.id, Relation.MOUNTS)


def _configuration(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow]:
    """From configuration that has a box to the workloads that use it."""
    for path, things in ground.used.items():
        for thing in things:
            if thing.path in at and path in at and kind_of(thing) != "HorizontalPodAutoscaler":
                yield arrow(at[thing.path], at[path], Relation.READS)


def _made(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow]:
    """From custom resources to the workloads that they own."""
    for workload in ground.workloads:
        for owner in ground.relations.owners(workload):
            if owner.path in at and workload.path in at and not isinstance(owner, Controller):
                yield arrow(at[owner.path], at[workload.path], Relation.OWNS)


def _links(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow | Made]:
    """Who talks to whom, as a spec says it."""
    cluster = ground.sheet.cluster
    for i, link in enumerate(cluster.links):
        ends: list[str] = []
        for path, port in ((link.tail, None), (link.head, link.port)):
            service = next((s for s in cluster.services if s.path == path), None)
            end = _end(ground, at, service, port) if service else drawn_at(path, at, cluster)
            if end is None and not is_declared(path, cluster):
                card = address_card(path)
                yield Made(card, None)
                end = card.id
            ends += [end] if end else []
        if len(ends) == 2 and ends[0] != ends[1]:
            label = said(link.label) or (Text.same(clean(link.via)) if link.via else None)
            made = arrow(ends[0], ends[1], Relation.CALLS, label=label, place=link.place)
            yield replace(made, id=f"{made.id}.{i}")


# ── what is not there ───────────────────────────────────────────────────────────────────────


def _missing(ground: Ground, at: Mapping[str, str]) -> Iterator[Arrow | Made]:
    """A stand-in for each thing referred to that no file holds; one for many of a kind."""
    lost: defaultdict[tuple[str, str], dict[str, Dangling]] = defaultdict(dict)
    for each in dangling(ground.around):
        home = at.get(ground.home(each.thing.path))
        if home and each.kind != "volume" and not _is_rbac(each.thing):
            lost[home, each.kind].setdefault(f"{each.namespace}/{each.name}", each)
    for (home, kind), things in lost.items():
        shown = clean(kind) or "Deployment"
        if len(things) <= _FEW:
            for key, each in things.items():
                card = missing_card(f"missing/{shown}/{key}", shown, name_text(each.name))
                yield Made(card, each.namespace)
                yield _lost(home, card, each)
            continue
        first = next(iter(things.values()))
        names = [clean(each.name) for each in things.values()]
        more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
        card = missing_card(
            f"{home}/missing/{shown}", shown, Text.same(", ".join(names[:_NAMED]) + more)
        )
        card = replace(card, tooltip=Text.same(f"{shown}: {', '.join(names)}"))
        yield Made(card, first.namespace)
        yield _lost(home, card, first)


def _is_rbac(thing: Object) -> bool:
    return kind_of(thing).endswith(("RoleBinding", "ServiceAccount"))


_ASKED = {"Service": Relation.CALLS, "PersistentVolumeClaim": Relation.MOUNTS}


def _lost(home: str, card: Box, each: Dangling) -> Arrow:
    relation = _ASKED.get(each.kind, Relation.READS)
    if each.thing and kind_of(each.thing) == "HorizontalPodAutoscaler":
        relation = Relation.SCALES
    return arrow(home, card.id, relation, missing=True, place=each.place)
