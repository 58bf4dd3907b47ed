"""The smallest specs that once were drawn with a flaw; found by chance, each for one reason."""

_LONG = "very-long-name-with-many-parts-in-it"

CALL_WITHOUT_PORT = """
pods: [{name: p, containers: [{name: a}, {name: b}]}]
links: [{from: p/a, to: p/b}]
"""

SAME_CALL_TWICE = """
pods: [{name: p, containers: [{name: a}, {name: b}]}]
links: [{from: p/a, to: p/b}, {from: p/a, to: p/b}]
"""

CALL_TO_OWN_PORT = """
pods: [{name: p, containers: [{name: a, ports: [80]}, {name: b, ports: [80]}]}]
links: [{from: p/a, to: p/b}]
"""

SHARED_PORT_BESIDE_OWN = f"""
pods:
  - name: p
    containers: [{{name: {_LONG}, ports: [5432, 9090]}}, {{name: b, ports: [9090]}}]
"""

SHARED_PORT_OVER_OWN = """
pods:
  - name: p
    containers: [{name: a, ports: [15001]}, {name: b, ports: [5432, 80]}, {name: c, ports: [15001]}]
"""

SHARED_PORT_UNDER_PHASES = """
pods:
  - name: p
    containers: [{name: a, ports: [8080]}, {name: b, role: init}, {name: c, ports: [8080]}]
"""

PATHS_TO_ONE_SERVICE = """
services: [{name: s}, {name: t}]
ingresses: [{name: i, paths: {/: "s:80", /api: "s:80", /static/images: "s:80"}}]
"""

LINKS_TO_ONE_ADDRESS = """
pods: [{name: a}]
links:
  - {from: a, to: api.example.com, label: HTTP}
  - {from: a, to: api.example.com}
  - {from: a, to: api.example.com, label: asks for the orders}
"""

ADDRESS_OF_TWO = """
pods: [{name: a}, {name: b}]
links: [{from: a, to: api.example.com}, {from: b, to: api.example.com}]
"""

LINK_IN_THE_LANE = """
view: nodes
pods: [{name: a}, {name: b}]
links: [{from: b, to: a}]
"""

LINK_INSIDE_A_NODE = """
view: nodes
nodes: [n, m]
pods: [{name: a, node: n}, {name: b, node: n}, {name: c, node: m}]
links: [{from: b, to: a, label: asks}, {from: a, to: c}]
"""

SERVICE_WITHOUT_PORTS = """
pods:
  - {name: p, labels: {a: b}, containers: [{name: c, ports: [443, 8080]}]}
  - {name: q}
services: [{name: s, selects: {a: b}}]
"""

SERVICE_TO_ONE_PORT = """
pods:
  - {name: p, labels: {a: b}, containers: [{name: c, ports: [15001]}, {name: d}]}
services: [{name: s, selects: {a: b}}, {name: t}]
"""

SERVICE_OF_A_TEMPLATE = """
controllers:
  - {kind: Deployment, name: d, pod: {containers: [{name: c, ports: [5432]}, {name: e}]}}
services: [{name: s, selects: d}]
"""

CHAIN = """
pods: [{name: p, labels: {a: b}, containers: [{name: c, ports: [443, 80]}]}]
services: [{name: s, selects: {a: b}}, {name: t}]
links: [{from: p, to: t}, {from: p, to: api.example.com}]
"""

NODES_IN_A_ROW = f"""
title: T
nodes: [node-0, {{name: node-1, ip: 192.168.0.1}}, node-2]
pods:
  - name: db-1
    node: node-1
    containers:
      - {{name: cart}}
      - {{name: mail-1, ports: [8080, 80]}}
      - {{name: db-2, ports: [9090]}}
  - name: x
    node: node-0
    labels: {{app: a}}
    containers: [{{name: {_LONG}-1, ports: [443]}}, {{name: orders-2}}]
services: [{{name: svc, selects: {{app: a}}}}]
"""

THERE_AND_BACK = """
pods: [{name: o, labels: {app: b}, containers: [{name: web}, {name: mail-2}]}]
services: [{name: s, selects: {app: b}}]
links: [{from: o, to: s, label: asks for the orders}]
"""

BACK_EDGE = """
controllers:
  - {kind: Deployment, name: log-shipper-0}
  - {kind: Deployment, name: x1-1}
  - {kind: Deployment, name: api-2}
  - {kind: Deployment, name: web-3}
links:
  - {from: api-2, to: log-shipper-0}
  - {from: web-3, to: api-2}
  - {from: web-3, to: x1-1}
  - {from: log-shipper-0, to: web-3}
"""

LINKS_BOTH_WAYS = """
controllers: [{kind: StatefulSet, name: a}, {kind: Deployment, name: b}]
links: [{from: b, to: a}, {from: a, to: b, label: orders}]
"""

LINK_PAST_A_DOOR = """
controllers:
  - {kind: StatefulSet, name: db-2}
  - {kind: Deployment, name: search-3}
  - {kind: StatefulSet, name: orders-4, replicas: 3}
  - {kind: StatefulSet, name: db-5, replicas: 3}
services: [{name: s, selects: db-5}]
links: [{from: orders-4, to: db-5}]
"""

LINK_TO_A_POD = """
pods: [{name: a, containers: [{name: b, ports: [443, 5432]}]}, {name: c}, {name: d}]
links: [{from: c, to: a}]
"""

LINK_PAST_A_PILL = """
controllers:
  - {kind: StatefulSet, name: payment-gateway-reconciliation-worker-0}
  - {kind: Deployment, name: db-1, replicas: 7}
  - {kind: StatefulSet, name: orders-2}
  - {kind: Deployment, name: db-3}
services: [{name: s-db-1, selects: db-1}]
links:
  - {from: orders-2, to: payment-gateway-reconciliation-worker-0}
  - {from: db-1, to: orders-2}
  - {from: payment-gateway-reconciliation-worker-0, to: db-3}
  - {from: payment-gateway-reconciliation-worker-0, to: s-db-1}
"""

TALL_AMONG_SMALL = f"""
pods:
  - name: a
    containers: [{{name: search}}, {{name: {_LONG}}}, {{name: {_LONG}-2}}]
ingresses: [{{name: shop}}]
controllers: [{{kind: Deployment, name: ctl}}]
"""

CHAIN_OF_NODES = """
view: nodes
nodes: [node-0, node-1, node-2]
controllers:
  - {kind: StatefulSet, name: orders-1, replicas: 4, pod: {containers: [{name: c}]}}
  - {kind: Deployment, name: search-2, replicas: 4, pod: {containers: [{name: c, ports: [443]}]}}
  - {kind: Deployment, name: cart-3, replicas: 2, pod: {containers: [{name: c, ports: [80]}]}}
  - {kind: Deployment, name: log-shipper-4, replicas: 8, pod: {containers: [{name: c}]}}
services: [{name: s-search-2, selects: search-2}, {name: s-cart-3, selects: cart-3}]
links:
  - {from: s-search-2, to: cart-3}
  - {from: cart-3, to: search-2, label: asks for orders}
"""

SPECS = {
    "a chain of nodes": CHAIN_OF_NODES,
    "a call to a container without a port": CALL_WITHOUT_PORT,
    "the same call twice": SAME_CALL_TWICE,
    "a call to one's own port": CALL_TO_OWN_PORT,
    "a shared port beside an own one": SHARED_PORT_BESIDE_OWN,
    "a shared port over others": SHARED_PORT_OVER_OWN,
    "a shared port under the phases": SHARED_PORT_UNDER_PHASES,
    "three paths to one Service": PATHS_TO_ONE_SERVICE,
    "three links to one address": LINKS_TO_ONE_ADDRESS,
    "one address for two Pods": ADDRESS_OF_TWO,
    "a link in the lane": LINK_IN_THE_LANE,
    "a link inside a node": LINK_INSIDE_A_NODE,
    "a Service without ports": SERVICE_WITHOUT_PORTS,
    "a Service to one port": SERVICE_TO_ONE_PORT,
    "a Service of a template": SERVICE_OF_A_TEMPLATE,
    "a chain": CHAIN,
    "nodes in a row": NODES_IN_A_ROW,
    "there and back": THERE_AND_BACK,
    "a back edge": BACK_EDGE,
    "links both ways": LINKS_BOTH_WAYS,
    "a link past a door": LINK_PAST_A_DOOR,
    "a link to a Pod": LINK_TO_A_POD,
    "a link past a pill": LINK_PAST_A_PILL,
    "a tall box among small ones": TALL_AMONG_SMALL,
}
