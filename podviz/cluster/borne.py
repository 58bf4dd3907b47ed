"""Labels that Pods get from who makes them."""

from podviz.meta import Labels
from podviz.model import Controller

_POD, _INDEX = "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"
_JOB = ("job-name", "batch.kubernetes.io/job-name")


def is_given(key: str) -> bool:
    """True for labels that a controller may put on its Pods."""
    return key in (_POD, _INDEX, *_JOB)


def given(controller: Controller, pod: str) -> Labels:
    """The labels that a controller puts on its Pod of this name beside those of the template.

    https://kubernetes.io/docs/reference/labels-annotations-taints/
    """
    if controller.kind == "StatefulSet":
        return ((_POD, pod), (_INDEX, pod.rpartition("-")[2]))
    if controller.kind == "Job":
        return tuple((key, controller.name) for key in _JOB)
    return ()


def asked(selector: Labels, controller: Controller) -> Labels:
    """What a selector asks of the controller's template: all that no Pod of it is given."""
    return tuple(label for label in selector if label not in _every(controller, label[1]))


def _every(controller: Controller, value: str) -> Labels:
    """What the one Pod would be given that could have a label of this value."""
    index = value.removeprefix(f"{controller.name}-")
    if controller.kind != "StatefulSet":
        return given(controller, "")
    count = 1 if controller.replicas is None else controller.replicas
    is_one = index.isascii() and index.isdecimal() and str(int(index)) == index
    return given(controller, f"{controller.name}-{index}") if is_one and int(index) < count else ()
