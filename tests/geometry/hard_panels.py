"""Specs of panels, cards and tables that are hard to draw: long words, many of them."""

_LONG = "A title that is far longer than the panel would like it to be and has to be broken"
_POD = "pods: [{name: web, containers: [{name: app, image: 'nginx:1.27', ports: [80]}]}]"
_TWO = (
    "pods: [{name: web, containers: [{name: a, image: x, ports: [80]}, {name: b, role: sidecar}]}]"
)
_NAME = "a-name-of-a-container-that-is-very-very-long-indeed"

SPECS = {
    "three panels": f"""
title: Three
compare:
  - {{title: one, {_POD}}}
  - {{verdict: good, title: two, because: It is as it should be, {_TWO}}}
  - {{title: {_LONG}, {_POD}}}
""",
    "six panels": "\ntitle: Six\ncompare:\n"
    + "\n".join(f"  - {{title: panel {i}, {_POD if i % 2 else _TWO}}}" for i in range(6)),
    "long words": f"""
title: {_LONG} {_LONG}
compare:
  - verdict: bad
    title: {_LONG}
    because: {_LONG} {_LONG}
    pods: [{{name: {_NAME}, bare: true}}]
  - {{verdict: good, title: {_LONG}, because: {_LONG}, {_POD}}}
""",
    "a node beside a network": """
title: Of two views
compare:
  - title: nodes
    nodes: [n1, n2]
    controllers: [{kind: Deployment, name: web, replicas: 3, pod: {containers: [{name: app}]}}]
  - title: network
    controllers:
      - {kind: Deployment, name: web, replicas: 3, pod: {containers: [{name: app, ports: [80]}]}}
    services: [{name: web, selects: web, ports: [80]}]
    ingresses: [{name: shop, host: shop.example.com, paths: {/: 'web:80'}}]
""",
    "one card": "\ntitle: One\ncards: [{title: Alone}]",
    "long cards": f"""
title: Cards
cards:
  - {{title: {_LONG}, text: {_LONG} {_LONG}, picture: [[app, +, sidecar], →, claim]}}
  - {{verdict: bad, title: {_LONG}, text: short}}
  - {{verdict: good, title: short, picture: [Deployment, →, [app], →, [dead]]}}
  - title: short
    picture: [{{verdict: bad, words: 10.0.1.5}}, {{verdict: good, words: Service}}]
""",
    "many cards": "\ntitle: Many\ncards:\n"
    + "\n".join(f"  - {{title: Principle {i}, text: {_LONG}, picture: [app]}}" for i in range(9)),
    "a table of many rows": "\ntitle: Table\ntable:\n  columns: [What, Container, Pod]\n  key: 3\n"
    "  rows:\n" + "\n".join(f"    - [row {i}, ❌ no, ✅ {_LONG}]" for i in range(14)),
    "a table of many columns": "\ntitle: Table\ntable:\n  columns: [a, b, c, d, e, f]\n  key: 1\n"
    f"  rows: [[x, {_LONG}, y, {_NAME}, ✅, ❌], ['1', '2', '3', '4', '5', '6']]",
}
