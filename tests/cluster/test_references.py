"""What objects name, and what of it is not there."""

from manifests import taken

from podviz.cluster.references import dangling
from podviz.cluster.relations import Relations
from podviz.finding import Severity

LOST = """\
    apiVersion: v1
    kind: Pod
    metadata: {name: p, namespace: shop}
    spec:
      serviceAccountName: default
      containers:
      - name: a
        envFrom: [{configMapRef: {name: gone}}, {secretRef: {name: maybe, optional: true}}]
        volumeMounts: [{name: nope}]
      volumes:
      - {name: v, persistentVolumeClaim: {claimName: gone}}
      - {name: ca, configMap: {name: kube-root-ca.crt}}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: gone}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: in, namespace: shop}
    spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: h, namespace: shop}
    spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 2}
    """


def test_what_leads_to_nothing() -> None:
    found, _ = taken(LOST)
    lost = [
        (d.thing.path, d.kind, d.name, d.namespace, d.outside) for d in dangling(Relations(found))
    ]
    assert lost == [
        ("shop/Pod/p", "volume", "nope", "shop", False),
        ("shop/Pod/p", "PersistentVolumeClaim", "gone", "shop", True),
        ("shop/Pod/p", "ConfigMap", "gone", "shop", True),
        ("shop/Ingress/in", "Service", "web", "shop", False),
        ("shop/HorizontalPodAutoscaler/h", "Deployment", "web", "shop", False),
    ]


def test_what_others_often_make_is_a_note_and_the_rest_a_warning() -> None:
    """What an autoscaler scales is told by a rule of its own."""
    _, findings = taken(LOST)
    assert [f.severity for f in findings] == [
        *(Severity.WARNING, Severity.INFO, Severity.INFO, Severity.WARNING)
    ]
    assert {f.code for f in findings} == {"POD007"}
    assert findings[3].element == "shop/Ingress/in"


def test_what_many_refer_to_is_told_once() -> None:
    text = "\n---\n".join(
        f"{{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}, spec: {{containers: "
        "[{name: a, envFrom: [{secretRef: {name: s}}]}]}}"
        for name in ("a", "b", "c")
    )
    _, (finding,) = taken(text)
    assert finding.message.en == "Pod 'a' refers to Secret 's', which is not in the input"
    assert [p.line for p in finding.related] == [3, 5]


def test_the_claims_of_a_stateful_set_are_its_volumes() -> None:
    _, findings = taken("""\
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          template: {spec: {containers: [{name: db, volumeMounts: [{name: data}]}]}}
          volumeClaimTemplates: [{metadata: {name: data}}]
        """)
    assert findings == ()
