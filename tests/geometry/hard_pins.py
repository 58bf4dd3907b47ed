"""Specs with findings on links, doors and chips: no pin stands on a word, a box or an arrow."""

from collections.abc import Iterator

_RANGE = "\nnetwork: {pod_cidr: 10.244.0.0/16}\n"
_LONG = "payment-gateway-" * 8 + "z"

FAN = f"""{_RANGE}
pods: [{{name: web, containers: [{{name: app, ports: [80]}}]}}]
links:
""" + "".join(f"  - {{from: web, to: 10.244.9.{i}, label: call {i}}}\n" for i in range(5))

MANY_TO_ONE = (
    f"{_RANGE}\npods:\n"
    + "".join(f"  - {{name: w{i}, containers: [{{name: app, ports: [80]}}]}}\n" for i in range(5))
    + "links:\n"
    + "".join(f"  - {{from: w{i}, to: 10.244.9.9, label: {_LONG}}}\n" for i in range(5))
)

JOINED = f"""{_RANGE}
pods:
  - {{name: web, containers: [{{name: app, ports: [80]}}]}}
  - {{name: db, containers: [{{name: pg, ports: [5432]}}]}}
links:
  - {{from: web, to: "localhost:5432", label: reads}}
  - {{from: web, to: "localhost:5432", label: writes}}
  - {{from: web, to: 10.244.1.1}}
"""

EVERYWHERE = f"""{_RANGE}
view: VIEW
nodes: [n, m]
pods:
  - name: web
    ip: 10.244.1.5
    node: n
    containers: [{{name: app, ports: [80]}}, {{name: two, ports: [80]}}]
  - {{name: api, ip: 10.244.1.6, node: m, containers: [{{name: app, ports: [8080]}}]}}
  - {{name: db, ip: 10.244.1.7, node: n, containers: [{{name: pg, ports: [5432]}}]}}
services:
  - {{name: lost, selects: {{app: nobody}}, ports: [80]}}
  - name: web
    selects: web
    ports: [{{port: 80, target: http}}, {{port: 81, target: https}}]
links:
  - {{from: web, to: 10.244.1.6, label: {{ko: 주문, en: orders}}}}
  - {{from: web, to: "localhost:5432"}}
  - {{from: api, to: 10.244.9.9}}
  - {{from: api, to: "10.244.1.7:5432", label: SQL}}
  - {{from: api/app, to: "localhost:80", label: {_LONG}}}
  - {{from: web/app, to: 10.244.1.5}}
"""

CALLS_TO_PINNED_DOORS = """
pods:
  - name: web
    ip: 10.244.1.5
    containers:
      - {name: app, ports: [80, 8080]}
      - {name: two, ports: [80, 9090]}
      - {name: three, ports: [9090, 7070]}
links:
  - {from: web/two, to: "web/app:80", label: asks}
  - {from: web/app, to: "web/three:7070", label: tells}
  - {from: web/three, to: "web/app:8080"}
"""

IN_PANELS = """
title: Two
network: {pod_cidr: 10.244.0.0/16}
compare:
  - verdict: bad
    title: By address
    pods: [{name: web, containers: [{name: app}]}]
    links: [{from: web, to: 10.244.1.1, label: by address}]
  - verdict: bad
    title: By localhost
    pods:
      - {name: web, containers: [{name: app, ports: [80]}]}
      - {name: db, containers: [{name: pg, ports: [5432]}]}
    links: [{from: web, to: "localhost:5432"}]
"""


def _ring(count: int) -> str:
    """Deployments of which each calls the next, by its Service, by localhost, by an address."""
    return "".join([_RANGE, *_lines(count)])


def _lines(count: int) -> Iterator[str]:
    yield "controllers:\n"
    for i in range(count):
        pod = (
            f"{{labels: {{app: d{i}}}, containers: [{{name: c, image: x/d{i}, ports: [80{i}0]}}]}}"
        )
        yield f"  - {{kind: Deployment, name: d{i}, replicas: 2, pod: {pod}}}\n"
    yield "services:\n  - {name: lost, selects: {app: nobody}, ports: [80]}\n"
    for i in range(count):
        yield f"  - {{name: d{i}, selects: d{i}, ports: [{{port: 80, target: web}}]}}\n"
    yield "links:\n"
    for i in range(count):
        after = (i + 1) % count
        yield f"  - {{from: d{i}, to: 'localhost:80{after}0', label: hop {i}}}\n"
        yield f"  - {{from: d{i}, to: 10.244.3.{i}}}\n"
        yield f"  - {{from: d{i}, to: 'd{after}:80', label: good}}\n"


SPECS = {
    "pins on a fan": FAN,
    "pins on arrows into one": MANY_TO_ONE,
    "pins of joined arrows": JOINED,
    "pins on called doors": CALLS_TO_PINNED_DOORS,
    "pins in panels": IN_PANELS,
    **{
        f"pins everywhere, {view}": EVERYWHERE.replace("VIEW", view)
        for view in ("pods", "nodes", "owners", "network", "cluster")
    },
    **{f"pins on a ring of {count}": _ring(count) for count in (2, 3, 5, 7)},
}
