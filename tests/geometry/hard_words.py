"""Specs whose words are longer than any box: each is wrapped or cut where it stands."""

_NAME = "payment-gateway-" * 15
_SERVICE = _NAME + "of-the-shop-z"
_LABEL = (_NAME + "z")[:62] + "z"
_PURPOSE = "reconciliation-of-payments-" * 3
_PROSE = "tells the other side what was asked for and by whom " * 5
_HANGUL = "결제내역을모아서은행에보내고" * 6
_ADDRESS = "fd00:1234:5678:9abc:def0:1234:5678:9abc"

LONG_PURPOSE = """
view: VIEW
pods:
  - name: web
    containers: [{name: app}, {name: side, role: sidecar, purpose: PURPOSE}]
  - name: db
    containers: [{name: first, role: init, purpose: PURPOSE}, {name: x}]
"""

LONG_ADDRESSES = f"""
view: VIEW
nodes: [{{name: n, ip: "{_ADDRESS}"}}]
pods:
  - {{name: a, node: n, ip: "{_ADDRESS}", containers: [{{name: app}}]}}
  - {{name: b, node: n, containers: [{{name: app, ports: [80]}}]}}
links: [{{from: a, to: b}}]
"""

LABELS_OF_A_NODE = f"""
view: nodes
show: [labels]
nodes: [{{name: n, ip: 10.0.0.1, labels: {{app: {_LABEL}, {_LABEL}: {_LABEL}}}}}]
pods: [{{name: a, node: n, labels: {{app: {_LABEL}}}, containers: [{{name: app}}]}}]
"""

SERVICE_OF_A_BARE_POD = f"""
view: nodes
nodes: [n]
pods: [{{name: a, node: n}}]
services: [{{name: {_SERVICE}, selects: a, ports: [80]}}]
"""

SERVICE_OF_CHIPS = f"""
view: nodes
nodes: [n]
pods: [{{name: a, node: n, containers: [{{name: app, ports: [80]}}, {{name: side}}]}}]
services: [{{name: {_SERVICE}, selects: a, ports: [80]}}]
"""

NODE_WITH_A_LONG_NAME = f"""
view: nodes
nodes: [{{name: {_SERVICE}}}, m]
pods: [{{name: a, node: {_SERVICE}}}, {{name: b, node: m}}]
"""

LONG_CALL = """
pods: [{name: p, containers: [{name: a, ports: [80]}, {name: b}]}]
links: [{from: p/b, to: "p/a:80", label: WORDS}]
"""

LONG_LINK = """
view: VIEW
nodes: [n, m]
pods: [{name: a, node: n}, {name: b, node: n}, {name: c, node: m}]
links: [{from: a, to: b, label: WORDS}, {from: b, to: c, label: WORDS}]
"""

LONG_PATHS = f"""
view: network
services: [{{name: s}}, {{name: t}}]
ingresses: [{{name: i, host: {_NAME}host, paths: {{"/{_NAME}a": "s:80", "/{_NAME}b": "t:80"}}}}]
"""

LONG_CAPTION = f"""
pods:
  - name: a
    containers: [{{name: b, caption: "{_PROSE * 20}"}}, {{name: c, caption: {_HANGUL * 40}}}]
"""

WORDS_BESIDE_A_FRAME = """
view: nodes
nodes: [n, m]
pods:
  - {name: a, node: n, labels: {x: y}, containers: [{name: b, ports: [80]}, {name: c}]}
services: [{name: payment-gateway-payment-gateway-paymentz, selects: {x: y}, ports: [80]}]
links: [{from: a/b, to: a/c, label: calls}]
"""

_VIEWS = ("pods", "nodes", "owners", "network")
_WORDS = {"a name": f"{_NAME}z", "prose": f'"{_PROSE}"', "hangul": _HANGUL}

SPECS = {
    "labels of a node": LABELS_OF_A_NODE,
    "a long Service of a bare Pod": SERVICE_OF_A_BARE_POD,
    "a long Service of chips": SERVICE_OF_CHIPS,
    "a long node": NODE_WITH_A_LONG_NAME,
    "long paths": LONG_PATHS,
    "long captions": LONG_CAPTION,
    "words beside a frame": WORDS_BESIDE_A_FRAME,
    **{
        f"a long purpose as {kind}, {view}": LONG_PURPOSE.replace("VIEW", view).replace(
            "PURPOSE", words
        )
        for kind, words in (("a name", _PURPOSE), ("hangul", _HANGUL))
        for view in ("pods", "network")
    },
    **{f"long addresses, {view}": LONG_ADDRESSES.replace("VIEW", view) for view in _VIEWS},
    **{f"a long call, {kind}": LONG_CALL.replace("WORDS", w) for kind, w in _WORDS.items()},
    **{
        f"long links, {kind}, {view}": LONG_LINK.replace("VIEW", view).replace("WORDS", w)
        for kind, w in _WORDS.items()
        for view in _VIEWS
    },
}
