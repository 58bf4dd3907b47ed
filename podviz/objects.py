"""Controllers, Services, claims and what is missing, as boxes of a figure."""

from dataclasses import replace

from podviz import facts
from podviz.boxes import name_text, served_label, wants
from podviz.figure import Box, Door, Role, Shape
from podviz.model import Autoscaler, Claim, Cluster, Controller, Ingress, Service, Sheet
from podviz.text import Text, clean
from podviz.words import word


def controller_card(sheet: Sheet, controller: Controller, cluster: Cluster) -> Box:
    """A controller as a card: kind, name, what it keeps."""
    return Box(
        id=controller.path,
        about=controller.path,
        kind=controller.kind,
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(controller.name),
        details=controller_details(controller, cluster),
        tooltip=Text.same(f"{controller.kind} {clean(controller.name)}"),
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
        for p in service.ports
    )
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


def ingress_card(ingress: Ingress) -> Box:
    """An Ingress with the host that it answers for."""
    details = (
        (Text.same(clean(ingress.host)),) if ingress.host and ingress.host != ingress.name else ()
    )
    return Box(
        id=ingress.path,
        about=ingress.path,
        kind="Ingress",
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(ingress.name),
        details=details,
        tooltip=Text.same(f"Ingress {clean(ingress.name)}"),
        place=ingress.place,
    )


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
    return Box(id=id, about=id, kind=kind, shape=Shape.CARD, role=Role.MISSING, name=name)


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
    return Box(
        id=scaler.path,
        about=scaler.path,
        kind="HorizontalPodAutoscaler",
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(scaler.name),
        details=(detail,),
        tooltip=Text.same(f"HorizontalPodAutoscaler {clean(scaler.name)}"),
        place=scaler.place,
    )
