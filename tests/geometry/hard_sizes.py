"""Specs of unusual measure: very many or very few of something, beside what is small."""

SHORT_NAMES_WITH_CLAIMS = """
title: A status beside a short name
nodes: [n1, n2]
controllers:
  - kind: StatefulSet
    name: db
    replicas: 3
    claims: [{name: data, size: 10Gi}]
    pod: {containers: [{name: pg, image: "postgres:16", ports: [5432]}]}
services: [{name: db, selects: db, ports: [5432], ip: None}]
story: [{title: runs}, {crash: db-0/pg}, {}, {roll: {db: "postgres:17"}}, {wait: 2}, {}]
"""

PORTS_BESIDE_INIT = """
title: Stems reach rows that begin farther right
pods:
  - name: web
    containers:
      - {name: wait, role: init}
      - {name: app, ports: [8080]}
      - {name: side, role: sidecar, ports: [9090]}
  - {name: api, containers: [{name: api, ports: [80]}]}
  - {name: db, containers: [{name: db, ports: [5432]}, {name: exporter, role: sidecar}]}
"""

LONG_DOORS = """
title: Capsules that are wider than the containers beside them
view: nodes
pods:
  - {name: prometheus-0, labels: {app: p}, containers: [{name: prometheus, ports: [9090]}]}
  - {name: b, containers: [{name: x}]}
services:
  - {name: prometheus-operated-by-someone, selects: {app: p}, ports: [9090, 10901]}
  - {name: prometheus, selects: {app: p}, ports: [9090]}
"""

MANY_INITS_WITH_MOUNTS = (
    """
title: Nine in their order, before two
pods:
  - name: heavy
    volumes: [plugins, data]
    containers:
"""
    + "".join(
        f"      - {{name: step-{i}, role: init, mounts: [{'plugins' if i % 2 else 'data'}]}}\n"
        for i in range(9)
    )
    + """
      - {name: app, ports: [8080, 50000], mounts: ["plugins:ro", data]}
      - {name: side, role: sidecar, mounts: ["data:ro"]}
"""
)

_PORTS = ", ".join(str(20000 + i) for i in range(14))

MANY_PORTS = f"""
title: Of fourteen ports six are doors
view: VIEW
controllers:
  - kind: StatefulSet
    name: sip
    replicas: 3
    pod:
      containers:
        - {{name: sip, ports: [{_PORTS}]}}
        - {{name: media, role: sidecar, ports: [8, 9, 10, 11, 12, 13, 14, 15, 16]}}
services: [{{name: sip, selects: sip, ports: [{_PORTS}]}}]
"""

NINE_WAIT = """
title: Nine Pods that no node takes
nodes: [{name: small, capacity: {cpu: 2}}, {name: large, capacity: {cpu: 8}}]
pods:
""" + "".join(
    f"  - {{name: gpu-{i}, status: Pending, containers: [{{name: x, "
    f"requests: {{cpu: {4 + 3 * i}}}}}]}}\n"
    for i in range(9)
)

LONE_NODE = """
title: One node alone
show: [labels, requests]
nodes: [{name: n1, ip: 10.0.0.1, capacity: {cpu: 4, memory: 8Gi}, labels: {zone: a}}]
controllers:
  - kind: Deployment
    name: web
    replicas: 3
    pod:
      labels: {app: web, tier: front, team: shop}
      containers: [{name: app, ports: [80]}, {name: log, role: sidecar}, {name: x, role: init}]
services: [{name: web, selects: web, ports: [80]}]
"""

ALMOST_ALIKE_NODES = """
title: A node whose Pods do not quite fit makes no other one higher
nodes: [{name: n1, capacity: {cpu: 4}}, {name: n2, capacity: {cpu: 16}}, n3, n4, n5, n6]
controllers:
  - {kind: Deployment, name: web, replicas: 6, pod: {containers: [{name: app, requests: {cpu: 1}}]}}
  - {kind: DaemonSet, name: agent, pod: {containers: [{name: agent, requests: {cpu: 10m}}]}}
"""

LONG_CLAIMS = """
title: Claims whose names take two lines
view: owners
controllers:
  - kind: StatefulSet
    name: customer-order-reconciliation-and-settlement
    replicas: 2
    claims: [{name: archive-of-the-year, size: 10Gi}]
    pod: {containers: [{name: app}]}
"""

_CELL = "a long sentence in a cell, that is to be broken into lines, and read with ease"


def _table(columns: int, rows: int) -> str:
    heads = ", ".join(f"{{en: column {i}, ko: 열 {i}}}" for i in range(columns))
    cells = [["✅", "❌ no", _CELL, "few words"][i % 4] for i in range(columns * rows)]
    lines = (cells[i * columns : (i + 1) * columns] for i in range(rows))
    return f"\ntitle: A table\ntable: {{columns: [{heads}], rows: {[*lines]}, key: 2}}\n"


SPECS = {
    "short names with claims": SHORT_NAMES_WITH_CLAIMS,
    "ports beside init": PORTS_BESIDE_INIT,
    "long doors": LONG_DOORS,
    "nine inits": MANY_INITS_WITH_MOUNTS,
    "many ports in the network": MANY_PORTS.replace("VIEW", "network"),
    "many ports inside": MANY_PORTS.replace("VIEW", "pods"),
    "nine that wait": NINE_WAIT,
    "one node alone": LONE_NODE,
    "almost alike nodes": ALMOST_ALIKE_NODES,
    "long claims": LONG_CLAIMS,
    "a table of eight columns": _table(8, 5),
    "a table of twenty rows": _table(3, 20),
}

LEVEL = (
    "nine inits",
    "many ports inside",
    "one node alone",
    "almost alike nodes",
    "a table of eight columns",
    "a table of twenty rows",
)
"""Those whose page comes near 16:9 by arrangement."""
