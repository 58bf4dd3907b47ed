"""Specs with more links than boxes: tracks are scarce, and arrows enter where others leave."""


def _links(count: int, steps: tuple[int, ...]) -> list[tuple[int, int]]:
    """From each of `count` boxes to those so many steps further, in a ring."""
    return [(i, (i * 3 + step) % count) for i in range(count) for step in steps]


def _pods(count: int, *steps: int) -> str:
    pods = ", ".join(f"{{name: p{i}, containers: [{{name: c}}]}}" for i in range(count))
    ties = (f"{{from: p{a}, to: p{b}}}" for a, b in _links(count, steps) if a != b)
    return f"\nview: network\npods: [{pods}]\nlinks: [{', '.join(dict.fromkeys(ties))}]\n"


def _workloads(count: int, *steps: int) -> str:
    """Every second one behind a Service, with one to three replicas each."""
    pod = "pod: {containers: [{name: c, ports: [80]}]}"
    own = ", ".join(
        f"{{kind: Deployment, name: p{i}, replicas: {1 + i % 3}, {pod}}}" for i in range(count)
    )
    doors = ", ".join(f"{{name: s{i}, selects: p{i}}}" for i in range(0, count, 2))
    ties = (
        f"{{from: p{a}, to: {'p' if b % 2 else 's'}{b}}}" for a, b in _links(count, steps) if a != b
    )
    return (
        f"\nview: network\ncontrollers: [{own}]\nservices: [{doors}]\n"
        f"links: [{', '.join(dict.fromkeys(ties))}]\n"
    )


SPECS = {
    "14 Pods, 28 links": _pods(14, 4, 5),
    "14 Pods, 42 links": _pods(14, 1, 2, 5),
    "12 workloads, 36 links": _workloads(12, 1, 2, 5),
    "15 workloads, 45 links": _workloads(15, 1, 2, 5),
    "17 workloads, 34 links": _workloads(17, 1, 4),
    "18 workloads, 54 links": _workloads(18, 1, 2, 5),
}
