"""Who makes whom: CronJob → Job → Pod, Deployment → ReplicaSet → Pods, and who scales them."""

from collections import defaultdict

from msgspec import Struct, field
from msgspec.structs import replace

from podviz.cluster import facts
from podviz.cluster.relations import Relations
from podviz.figure import Arrow, Box, Relation, Role, Shape
from podviz.model import Autoscaler, Claim, Cluster, Controller
from podviz.pod import Pod
from podviz.scene.boxes import arrow, common, few, name_text, pod_box
from podviz.scene.objects import (
    claim_drum,
    claims_drum,
    controller_card,
    missing_card,
    replicas_text,
    scaler_card,
)
from podviz.sheet import Sheet
from podviz.text import Text, clean
from podviz.view import Scene
from podviz.words import word


class Tree(Struct, frozen=True):
    """Boxes and arrows as they grow; each box once, for a claim may be asked for twice."""

    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)

    def add(self, box: Box) -> None:
        if box.id not in self.drawn:
            self.boxes.append(box)
        self.drawn.add(box.id)

    def own(self, tail: str, box: Box, relation: Relation = Relation.OWNS) -> None:
        """A box below another, with the arrow to it."""
        self.add(box)
        self.arrows.append(arrow(tail, box.id, relation))


def compose(sheet: Sheet) -> Scene:
    """Every controller with what it owns, autoscalers before it, then Pods of their own."""
    tree = Tree()
    for scaler in sheet.cluster.autoscalers:
        _scaler(sheet, scaler, tree)
    made = _made(sheet.cluster)
    below = {child.path for children in made.values() for child in children}
    for controller in sheet.cluster.controllers:
        if controller.path in made:
            tree.boxes.append(controller_card(sheet, controller, sheet.cluster))
        elif controller.path not in below:
            _controller(sheet, controller, tree)
    for pod in sheet.cluster.pods:
        tree.add(_pod(sheet, pod))
        _claims_of_pod(sheet, pod, tree)
    for path, children in made.items():
        for child in children:
            if isinstance(child, Pod) or child.path in made:
                tree.arrows.append(arrow(path, child.path, Relation.OWNS))
    for claim in sheet.cluster.claims:
        tree.add(claim_drum(claim))
    return tuple(tree.boxes), tuple(tree.arrows)


def _made(cluster: Cluster) -> dict[str, list[Controller | Pod]]:
    """Path of a controller → what it has made, as a live cluster tells; what has no Pods does
    not count."""
    relations = Relations(cluster)
    made: defaultdict[str, list[Controller | Pod]] = defaultdict(list)
    every: list[Controller | Pod] = [*cluster.pods, *cluster.controllers]
    for thing in every:
        if isinstance(thing, Pod) or thing.path in made or thing.replicas == 0:
            for owner in relations.owners(thing):
                if isinstance(owner, Controller):
                    made[owner.path].append(thing)
    return dict(made)


def _scaler(sheet: Sheet, scaler: Autoscaler, tree: Tree) -> None:
    tree.add(scaler_card(scaler))
    target = next((c for c in sheet.cluster.controllers if c.name == scaler.target), None)
    if target:
        tree.arrows.append(arrow(scaler.path, target.path, Relation.SCALES, label=word("scales")))
        return
    stand_in = missing_card(f"missing/{scaler.target}", "Deployment", name_text(scaler.target))
    tree.add(stand_in)
    tree.arrows.append(arrow(scaler.path, stand_in.id, Relation.SCALES, missing=True))


def _controller(sheet: Sheet, controller: Controller, tree: Tree) -> None:
    tree.add(controller_card(sheet, controller, sheet.cluster))
    owner = controller.path
    middle = _between(controller, facts.replicas(controller, sheet.cluster))
    if middle:
        tree.own(owner, middle)
        owner = middle.id
    if controller.pod is None:
        return
    pods = facts.pods_of(controller, sheet.cluster)
    if len(pods) <= few(sheet):
        for pod in pods:
            tree.own(owner, _pod(sheet, pod))
            _claims(controller, pod, tree)
            _claims_of_pod(sheet, pod, tree)
    else:
        tree.own(owner, replace(_pod(sheet, pods[0]), name=common(pods), count=len(pods)))
        for claim in facts.claims_of(controller, pods[0].name):
            tree.own(pods[0].path, claims_drum(claim, len(pods)), Relation.MOUNTS)
        _claims_of_pod(sheet, pods[0], tree)


def _between(controller: Controller, count: int) -> Box | None:
    """The ReplicaSet of a Deployment, the Job of a CronJob."""
    if controller.kind == "Deployment":
        kind, name = "ReplicaSet", facts.replica_set_name(controller)
        details: tuple[Text, ...] = (replicas_text(count),)
    elif controller.kind == "CronJob":
        kind, name, details = "Job", facts.job_name(controller), ()
    else:
        return None
    return Box(
        id=f"{controller.path}/{kind}",
        about=controller.path,
        kind=kind,
        shape=Shape.CARD,
        role=Role.OBJECT,
        name=name_text(name),
        details=details,
        tooltip=Text.same(clean(f"{kind} {name}")),
        place=controller.place,
    )


def _pod(sheet: Sheet, pod: Pod) -> Box:
    box = pod_box(sheet, pod, shape=Shape.POD, inner=Shape.CHIP, doors=False)
    if pod.node:
        box = replace(box, details=(*box.details, word("on-node", node=clean(pod.node))))
    return box


def _claims(controller: Controller, pod: Pod, tree: Tree) -> None:
    for claim in facts.claims_of(controller, pod.name):
        tree.own(pod.path, claim_drum(claim), Relation.MOUNTS)


def _claims_of_pod(sheet: Sheet, pod: Pod, tree: Tree) -> None:
    """Claims of the spec that this Pod mounts."""
    known: dict[str, Claim] = {c.name: c for c in sheet.cluster.claims}
    for source in facts.claimed(pod):
        claim = known.get(source)
        if claim:
            tree.own(pod.path, claim_drum(claim), Relation.MOUNTS)
