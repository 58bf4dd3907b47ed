"""Controllers, Services, claims and what is missing, as boxes of a figure."""

from msgspec.structs import replace

from podviz.around import Gateway, Store, Thing
from podviz.cluster import facts
from podviz.cluster.relations import Object
from podviz.figure import Arrow, Box, Door, Role, Shape
from podviz.meta import ServicePort
from podviz.model import Autoscaler, Claim, Cluster, Controller, Ingress, Service
from podviz.scene.boxes import name_text, served_label, wants, with_doors
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.words import word


def controller_card(sheet: Sheet, controller: Controller, cluster: Cluster) -> Box:
    """A controller as a card: kind, name, what it keeps."""
    return Box(
        id=controller.path,
        about=controller.path,
        kind=clean(controller.kind),
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(controller.name),
        details=controller_details(controller, cluster),
        tooltip=Text.same(clean(f"{controller.kind} {controller.name}")),
        place=controller.place,
    )


def controller_details(controller: Controller, cluster: Cluster) -> tuple[Text, ...]:
    details: list[Text] = []
    if controller.schedule:
        details.append(word("schedule-of", schedule=clean(controller.schedule)))
    if controller.kind == "DaemonSet":
        details.append(word("every-node"))
    elif controller.kind in ("Deployment", "ReplicaSet", "StatefulSet"):
        details.append(replicas_text(facts.replicas(controller, cluster)))
    if controller.retries is not None:
        details.append(word("retries-of", number=controller.retries))
    return tuple(details)


def replicas_text(count: int) -> Text:
    return word("replica-of-one") if count == 1 else word("replicas-of", number=count)


def service_card(sheet: Sheet, service: Service) -> Box:
    """A Service with its ports as doors."""
    details = [] if service.type == "ClusterIP" else [Text.same(clean(service.type))]
    if service.ip and wants(sheet, "ip"):
        headless = service.ip == "None"
        details.append(word("headless") if headless else Text.same(clean(service.ip)))
    doors = tuple(
        Door(
            id=f"{service.path}{served_label(p)}",
            label=served_label(p),
            about=f"{service.path}{served_label(p)}",
            place=p.place,
        )
        for p in _with_doors(service)
    )
    more = len(service.ports) - len(doors)
    if more and wants(sheet, "ports"):
        details.append(word("more-ports", number=more))
    return Box(
        id=service.path,
        about=service.path,
        kind="Service",
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(service.name),
        details=tuple(details),
        doors=doors if wants(sheet, "ports") else (),
        tooltip=Text.same(f"Service {clean(service.name)}"),
        place=service.place,
    )


def _with_doors(service: Service) -> tuple[ServicePort, ...]:
    """The ports that have a door each: all, unless they are too many."""
    own = {served_label(port): port for port in reversed(service.ports)}
    ports = tuple(reversed(own.values()))
    return with_doors(ports)


def door_of(sheet: Sheet, service: Service, port: int | str | None) -> str | None:
    """The id of the door that a Service's card has for a port, None where it has none."""
    if not wants(sheet, "ports"):
        return None
    ports = _with_doors(service)
    own = next((p for p in ports if port in (p.port, p.name)), None)
    return f"{service.path}{served_label(own)}" if own else None


def claim_drum(claim: Claim) -> Box:
    """A claim: a drum that outlives its Pod."""
    details = word("claim-size", size=clean(claim.size)) if claim.size else word("claim")
    return Box(
        id=claim.path,
        about=claim.path,
        kind="PersistentVolumeClaim",
        shape=Shape.VOLUME,
        role=Role.VOLUME,
        name=name_text(claim.name),
        details=(details,),
        tooltip=Text.same(f"PersistentVolumeClaim {clean(claim.name)}"),
        place=claim.place,
    )


def claims_drum(first: Claim, count: int) -> Box:
    """The claims of all Pods of a StatefulSet in one drum, named after the first and last."""
    drum = claim_drum(first)
    if count < 2:
        return drum
    return replace(drum, name=name_text(f"{first.name} … {count - 1}"))


def missing_card(id: str, kind: str, name: Text) -> Box:
    """A stand-in for what is referred to and not there."""
    return Box(id=id, about=id, kind=clean(kind), shape=Shape.CARD, role=Role.MISSING, name=name)


def address_card(address: str) -> Box:
    """Something outside the cluster that a link names."""
    return Box(
        id=f"address/{address}",
        about=f"address/{address}",
        kind="Address",
        shape=Shape.ADDRESS,
        role=Role.OUTSIDE,
        name=name_text(address),
        tooltip=name_text(address),
    )


def scaler_card(scaler: Autoscaler) -> Box:
    """A HorizontalPodAutoscaler with its bounds."""
    low, high = scaler.min or 1, scaler.max or "?"
    if scaler.cpu is None:
        detail = word("scales-range", min=low, max=high)
    else:
        detail = word("scales-of", cpu=scaler.cpu, min=low, max=high)
    return _card(scaler, "HorizontalPodAutoscaler", (detail,))


def thing_card(thing: Thing) -> Box:
    """An object of any other kind, with the one thing that it tells."""
    return _card(thing, thing.kind, tuple(Text.same(clean(v)) for _, v in thing.details if v))


def gateway_card(gateway: Gateway) -> Box:
    """A Gateway with the ports that it listens on."""
    ports = ", ".join(dict.fromkeys(str(p.port) for p in gateway.ports))
    return _card(gateway, "Gateway", (word("listens", ports=ports),) if ports else ())


def route_card(ingress: Ingress) -> Box:
    """An Ingress or route with its hosts, three of them at most."""
    hosts = dict.fromkeys(filter(None, (ingress.host, *(p.host for p in ingress.paths))))
    shown = [Text.same(clean(host)) for host in hosts if host != ingress.name]
    more = (word("more-of", number=len(shown) - 2),) if len(shown) > 3 else ()
    return _card(ingress, ingress.kind, (*shown[: 2 if more else 3], *more))


def space_box(
    space: str, thing: Object | None, children: tuple[Box, ...], arrows: tuple[Arrow, ...]
) -> Box:
    """A namespace around what is in it; `thing` is its own object, if there is one."""
    name = space or "default"
    path = thing.path if thing else f"Namespace/{name}"
    return Box(
        id=path,
        about=path,
        kind="Namespace",
        shape=Shape.SPACE,
        role=Role.OBJECT,
        name=name_text(name),
        children=children,
        arrows=arrows,
        tooltip=Text.same(clean(f"Namespace {name}")),
        place=thing.place if thing else None,
    )


def store_drum(store: Store) -> Box:
    """A PersistentVolume: storage that waits for a claim or has one."""
    note = word("volume-of", size=clean(store.size)) if store.size else word("volume-bare")
    return replace(_card(store, "PersistentVolume", (note,)), shape=Shape.VOLUME, role=Role.VOLUME)


def plain_card(thing: Object, kind: str) -> Box:
    """An object of which only the name is told."""
    return _card(thing, kind, ())


def stacked(cards: list[Box]) -> Box:
    """Many alike objects as one card with their number; the tooltip names them."""
    first, names = cards[0], [card.name.en for card in cards]
    more = len(names) - _NAMED_ON_CARD
    shown = [name_text(name) for name in names[:_NAMED_ON_CARD]]
    return replace(
        first,
        id=f"{first.id}/others",
        name=word("many-of", number=len(cards)),
        kind=first.kind,
        details=(*shown, *((word("more-of", number=more),) if more > 0 else ())),
        members=tuple(card.about for card in cards),
        tooltip=Text.same(f"{first.kind}: {', '.join(names)}"),
        doors=(),
    )


_NAMED_ON_CARD = 3


def _card(thing: Object, kind: str, details: tuple[Text, ...]) -> Box:
    return Box(
        id=thing.path,
        about=thing.path,
        kind=clean(kind),
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(thing.name),
        details=details,
        tooltip=Text.same(clean(f"{kind} {thing.name}")),
        place=thing.place,
    )
