"""Stories that are hard to draw: long names, many Pods, nodes, several Services."""

_LONG = "a-name-of-a-controller-that-is-very-long"
_TITLE = "A title that is far longer than a frame would like it to be"

SPECS = {
    "many replicas": """
title: Many
controllers: [{kind: Deployment, name: web, replicas: 9, pod: {containers: [{name: app}]}}]
services: [{name: web, selects: web, ports: [80]}]
story: [{title: all}, {kill: web}, {title: again}]
""",
    "long words": f"""
title: {_TITLE} {_TITLE}
controllers:
  - kind: Deployment
    name: {_LONG}
    replicas: 2
    pod: {{containers: [{{name: app, image: "registry.example.com/team/{_LONG}:1.2.3"}}]}}
services: [{{name: {_LONG}, selects: {_LONG}, ports: [80], ip: 10.96.0.1}}]
story: [{{title: {_TITLE}}}, {{title: {_TITLE}, kill: {_LONG}}}, {{}}]
""",
    "several Services on nodes": """
title: Services
nodes: [n1, n2, n3]
controllers:
  - {kind: StatefulSet, name: db, replicas: 2, claims: [data], pod: {containers: [{name: db}]}}
  - {kind: DaemonSet, name: agent, pod: {containers: [{name: a}, {name: b, role: sidecar}]}}
services: [{name: db, selects: db, ports: [80]}, {name: also, selects: db, ports: [81]}]
story: [{title: a}, {fail: n1}, {}, {drain: n2}, {}]
""",
    "a Pod that waits": """
title: Waiting
nodes: [n1]
controllers: [{kind: Deployment, name: web, replicas: 2, pod: {containers: [{name: app}]}}]
story: [{title: a}, {drain: n1}, {title: nowhere to go}]
""",
    "short names under long statuses": """
title: Short
pods:
  - {name: a, status: CrashLoopBackOff, ip: 10.244.0.144, containers: [{name: app}]}
  - {name: b, status: ImagePullBackOff, ip: 10.244.0.145, containers: [{name: app}]}
controllers:
  - {kind: StatefulSet, name: db, replicas: 2, claims: [data], pod: {containers: [{name: db}]}}
  - {kind: CronJob, name: c, schedule: "0 3 * * *", pod: {containers: [{name: c}]}}
story: [{title: a}, {kill: db}, {}, {run: c}, {wait: 2}]
""",
    "a finding that stays": """
title: Pinned
controllers:
  - kind: Job
    name: load
    pod: {restart: Never, containers: [{name: app}, {name: logs, role: sidecar}]}
story: [{title: a}, {run: load}, {title: it never ends}]
""",
    "nodes that only Pods name": """
title: Named
pods: [{name: web, node: w1, containers: [{name: a}]}]
story: [{title: a}, {kill: web}]
""",
    "one frame": "\ntitle: One\npods: [{name: web}]\nstory: [{title: alone}]",
}
