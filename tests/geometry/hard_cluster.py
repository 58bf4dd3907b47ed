"""Specs that are hard to draw: nodes, owners, networks."""

from .hard_pods import LONG

_SHOP = ("web", "cart", "orders", "payment", "search", "mail", "reviews")

TWELVE_ON_THREE = """
title: {ko: "열두 Pod, 세 노드", en: "Twelve Pods, three nodes"}
nodes:
  - {name: node-a, ip: 192.168.0.11, capacity: {cpu: 4, memory: 8Gi}}
  - {name: node-b, ip: 192.168.0.12, capacity: {cpu: 8, memory: 16Gi}}
  - {name: node-c, ip: 192.168.0.13, capacity: {cpu: 2, memory: 4Gi}}
pods:
""" + "".join(
    f"  - {{name: web-{i}, node: node-{'abc'[i % 3]}, ip: 10.0.0.{i}, containers: "
    f"[{{name: app, requests: {{cpu: 250m}}}}, {{name: proxy, role: sidecar}}]}}\n"
    for i in range(12)
)

WAITING = f"""
title: {{ko: 기다리는 Pod, en: Pods that wait}}
nodes: [{{name: node-a, capacity: {{cpu: 2}}}}, node-b, {{name: {LONG}-node-pool-1, ip: 10.1.1.1}}]
pods:
  - {{name: web, node: node-a, containers: [{{name: app, requests: {{cpu: 1500m}}}}]}}
  - {{name: batch-1, status: Pending, containers: [{{name: job, requests: {{cpu: 4}}}}]}}
  - {{name: batch-2, status: Pending, containers: [{{name: job}}]}}
  - {{name: {LONG}, status: Pending, containers: [{{name: job}}]}}
"""

SERVICE_OVER_NODES = """
title: {ko: 노드 너머의 Service, en: A Service across nodes}
view: nodes
nodes: [node-a, node-b, node-c]
services:
  - {name: web, selects: {app: web}, ports: [80]}
  - {name: db, selects: {app: db}, ports: [5432]}
pods:
  - {name: web-1, node: node-a, labels: {app: web}, containers: [{name: app, ports: [80]}]}
  - {name: web-2, node: node-b, labels: {app: web}, containers: [{name: app, ports: [80]}]}
  - {name: db-1, node: node-b, labels: {app: db}, containers: [{name: postgres, ports: [5432]}]}
"""

_CALLS = (
    "web cart", "web search", "web reviews", "cart orders",
    "orders payment", "orders mail", "payment mail", "search reviews",
)  # fmt: skip


def _deployment(name: str, i: int) -> str:
    proxy = ", {name: proxy, role: sidecar}" if i % 2 else ""
    return f"""
  - kind: Deployment
    name: {name}
    replicas: {i % 4 + 1}
    pod:
      labels: {{app: {name}}}
      containers: [{{name: {name}, image: "shop/{name}:1.{i}", ports: [8080]}}{proxy}]
"""


SHOP = (
    "\ntitle: {ko: 쇼핑몰, en: A shop}\ncontrollers:"
    + "".join(_deployment(name, i) for i, name in enumerate(_SHOP))
    + "services:\n"
    + "".join(f"  - {{name: {name}, selects: {name}, ports: [80]}}\n" for name in _SHOP)
    + "links:\n"
    + "".join("  - {{from: {}, to: '{}:80'}}\n".format(*call.split()) for call in _CALLS)
)

FEW_DEPLOYMENTS = """
title: {ko: 앞과 뒤, en: Front and back}
services:
  - {name: front, selects: front, ports: [80], type: LoadBalancer, ip: 10.96.0.10}
  - {name: back, selects: back, ports: [{port: 8080, target: 9000}, {port: 9090, target: 9001}]}
controllers:
  - kind: Deployment
    name: front
    replicas: 3
    pod:
      containers:
        - {name: web, ports: [80]}
        - {name: proxy, role: sidecar, ports: [15001]}
  - kind: Deployment
    name: back
    replicas: 2
    pod: {containers: [{name: api, ports: [9000, 9001]}]}
links:
  - {from: front, to: "back:8080", label: {ko: 주문, en: orders}}
"""

STACKED = """
title: {ko: 많은 복제, en: Many replicas}
view: owners
controllers:
  - kind: Deployment
    name: web
    replicas: 12
    pod: {containers: [{name: app}, {name: proxy, role: sidecar}]}
  - {kind: DaemonSet, name: logs, pod: {containers: [{name: agent}]}}
  - {kind: ReplicaSet, name: old, replicas: 0, pod: {containers: [{name: app}]}}
"""

STATEFUL = """
title: {ko: 저마다의 저장소, en: To each its own storage}
controllers:
  - kind: StatefulSet
    name: db
    replicas: 3
    claims: [{name: data, size: 10Gi}, {name: wal, size: 1Gi, access: once}]
    pod: {containers: [{name: postgres, image: "postgres:17", ports: [5432]}]}
"""

STATEFUL_MANY = STATEFUL.replace("replicas: 3", "replicas: 9")

SCALED = """
title: {ko: 자동으로 늘어난다, en: Scaled on its own}
autoscalers: [{name: web, target: web, min: 2, max: 10, cpu: 70}]
controllers:
  - kind: Deployment
    name: web
    replicas: 2
    pod: {containers: [{name: app, image: "nginx:1.27"}]}
"""

CRON = f"""
title: {{ko: 밤마다, en: Every night}}
controllers:
  - kind: CronJob
    name: nightly-report
    schedule: "*/5 2-4 * * 1-5"
    retries: 3
    pod: {{containers: [{{name: report, image: "shop/report:3"}}], restart: OnFailure}}
  - {{kind: Job, name: {LONG}, pod: {{containers: [{{name: once}}]}}}}
"""

INGRESS = """
title: {ko: 여러 경로, en: Several paths}
ingresses:
  - name: shop
    host: shop.example.com
    paths: {/: "web:80", /api/v1/orders: "api:8080", /static/images: "cdn:80", /admin: "api:9090"}
services:
  - {name: web, selects: {app: web}, ports: [80]}
  - {name: api, selects: {app: api}, ports: [8080, 9090]}
  - {name: cdn, selects: {app: cdn}, ports: [80]}
pods:
  - {name: web-1, labels: {app: web}, containers: [{name: app, ports: [80]}]}
  - {name: web-2, labels: {app: web}, containers: [{name: app, ports: [80]}]}
  - name: api-1
    labels: {app: api}
    containers: [{name: app, ports: [8080, 9090]}, {name: logs, role: sidecar}]
  - {name: cdn-1, labels: {app: cdn}, containers: [{name: app, ports: [80]}]}
"""

_DEAD = (
    ("web-1", "ip: 10.0.0.1, status: Dead", ""),
    ("web-2", "ip: 10.0.0.2, status: Running", ""),
    ("web-3", "status: Failed", ", {name: logs, role: sidecar}"),
    ("web-4", "status: ImagePullBackOff", ""),
)

DEAD = """
title: {ko: 죽은 Pod, en: Dead Pods}
services: [{name: web, selects: {app: web}, ports: [80]}]
pods:
""" + "".join(
    f"  - {{name: {name}, {state}, labels: {{app: web}}, "
    f"containers: [{{name: app, ports: [80]}}{more}]}}\n"
    for name, state, more in _DEAD
)

DEAD_ON_NODES = DEAD.replace("name: web-", "node: node-a, name: web-") + "nodes: [node-a, node-b]\n"

MISSING = """
title: {ko: 없는 것을 찾는다, en: Looks for what is not there}
services:
  - {name: lost, selects: {app: nobody, tier: none}, ports: [80]}
  - {name: found, selects: {app: web}, ports: [80]}
pods:
  - {name: web, labels: {app: web}, containers: [{name: app, ports: [80]}]}
"""

ADDRESSES = """
title: {ko: 바깥 세상, en: The outside}
services: [{name: web, selects: web, ports: [443]}]
pods:
  - name: web
    containers: [{name: app, ports: [443]}, {name: proxy, role: sidecar, ports: [15001]}]
links:
  - {from: {address: Internet}, to: "web:443", label: HTTPS}
  - {from: web/app, to: api.payment.example.com}
  - {from: web/proxy, to: telemetry.example.com, label: {ko: 지표를 보낸다, en: sends metrics}}
"""

SHARED_CLAIM = """
title: {ko: 하나의 저장소를 셋이, en: Three share one claim}
view: network
claims: [{name: media, size: 50Gi, access: many}]
pods:
""" + "".join(
    f"  - {{name: web-{i}, volumes: [{{name: m, kind: claim, from: media}}], "
    f"containers: [{{name: app, ports: [80], mounts: [m]}}]}}\n"
    for i in range(3)
)

CALLS_IN_A_RING = """
title: {ko: 돌고 도는 호출, en: Calls in a ring}
pods:
  - {name: a, containers: [{name: app, ports: [80]}]}
  - {name: b, containers: [{name: app, ports: [80]}]}
  - {name: c, containers: [{name: app, ports: [80]}]}
  - {name: d, containers: [{name: app, ports: [80]}]}
links:
  - {from: a, to: "b:80", label: one}
  - {from: b, to: "c:80", label: two}
  - {from: c, to: "d:80", label: three}
  - {from: d, to: "a:80", label: four}
  - {from: a, to: "c:80"}
"""

SPECS = {
    "twelve Pods on three nodes": TWELVE_ON_THREE,
    "waiting Pods": WAITING,
    "Service over nodes": SERVICE_OVER_NODES,
    "seven Deployments": SHOP,
    "few Deployments": FEW_DEPLOYMENTS,
    "stacked replicas": STACKED,
    "StatefulSet with two claims": STATEFUL,
    "StatefulSet of nine": STATEFUL_MANY,
    "autoscaler": SCALED,
    "CronJob": CRON,
    "Ingress with paths": INGRESS,
    "dead Pods": DEAD,
    "dead Pods on nodes": DEAD_ON_NODES,
    "missing Pods": MISSING,
    "addresses": ADDRESSES,
    "shared claim": SHARED_CLAIM,
    "calls in a ring": CALLS_IN_A_RING,
}
