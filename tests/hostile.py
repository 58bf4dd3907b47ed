"""Names that try to break out of a file format, and a sheet full of them."""

from msgspec.structs import replace
from scenes import container, deployment, link, node, pod, service, sheet, volume

from podviz.model import Autoscaler, Claim, Ingress, IngressPath
from podviz.pod import Mount
from podviz.sheet import Sheet
from podviz.text import Text

NAMES = {
    "quotes": '"it\'s" `so`',
    "script": "<script>alert(1)</script>",
    "markup": "]]>--><!--&amp;</svg>",
    "escapes": '\\N \\G \\" %s {x} $(x)',
    "control": "\x1b[31mred\x00\x07\x85",
    "lines": "one\ntwo\r\nthree\t\u2028four",
    "direction": "\u202egnp.\u2066x\u061c",
    "noncharacters": "a\ufffe\uffff\U0001ffff",
    "hebrew": "שלום עולם",
    "emoji": "👩‍👩‍👧 🐳 ✈️",
    "han": "漢字",
    "long": "x" * 253,
    "joints": "-./:_@" * 20,
    "blank": "   ",
    "empty": "",
}


def everywhere(name: str) -> Sheet:
    """A sheet in which all that a user may write is this name."""
    words = Text.same(name)
    labels = ((name, name),)
    app = container(
        name, 80, image=name, purpose=name, caption=words, mounts=(Mount(volume=name, path=name),)
    )
    claim = Claim(path=f"PersistentVolumeClaim/{name}", name=name, size=name)
    given = pod(
        name,
        app,
        container(f"{name}2", role="sidecar"),
        ip=name,
        status=name or None,
        labels=labels,
        volumes=(
            volume(name, source=name, caption=words),
            volume("v", kind="configMap", source=name),
        ),
    )
    web = deployment(name, app, replicas=2, schedule=name, pod={"labels": labels})
    found = sheet(
        show=("labels", "requests"),
        pods=[given],
        controllers=[web],
        nodes=[node(name, 2, ip=name, labels=labels)],
        services=[
            service(name, None, 80, selector=labels, ip=name, type=name),
            service("lost", name),
        ],
        ingresses=[
            Ingress(
                path=f"Ingress/{name}",
                name=name,
                host=f"{name}.",
                paths=(
                    IngressPath(path=name, service=name),
                    IngressPath(path="/", service=f"{name}!"),
                ),
            )
        ],
        autoscalers=[
            Autoscaler(path=f"HorizontalPodAutoscaler/{name}", name=name, target=f"{name}?")
        ],
        claims=[claim],
        links=[
            link(f"address {name}", f"Service/{name}", via=name),
            link(f"Pod/{name}/{name}2", f"Pod/{name}/{name}", 80, label=words),
        ],
    )
    return replace(found, title=words, caption=words)
