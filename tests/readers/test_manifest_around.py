"""What stands around workloads in manifests."""

import pytest
from manifests import only

from podviz.around import Budget, Endpoints, Gateway, Peer, Policy, Store, Thing
from podviz.meta import Reference, Selector, ServicePort
from podviz.model import Autoscaler, Claim, Config, Ingress, Node, Service


def made(kind: str, version: str, rest: str, metadata: str = "name: x") -> object:
    return only(f"apiVersion: {version}\nkind: {kind}\nmetadata: {{{metadata}}}\n{rest}\n")


def test_a_service() -> None:
    found = made(
        "Service",
        "v1",
        "spec: {type: NodePort, clusterIP: None, selector: {app: web}, ports: "
        "[{port: 80, targetPort: http, name: web, nodePort: 30080}, {port: 53, protocol: UDP}]}",
    )
    assert found == Service(
        path="Service/x",
        name="x",
        type="NodePort",
        ip="None",
        selector=(("app", "web"),),
        ports=(
            ServicePort(port=80, target="http", name="web", node=30080),
            ServicePort(port=53, protocol="UDP"),
        ),
    )


def test_a_service_that_is_another_name() -> None:
    found = made("Service", "v1", "spec: {type: ExternalName, externalName: db.example.com}")
    assert isinstance(found, Service)
    assert (found.external, found.selector) == ("db.example.com", ())


def test_endpoints_and_slices() -> None:
    by_hand = made(
        "Endpoints",
        "v1",
        "subsets: [{addresses: [{ip: 10.0.0.1, targetRef: {kind: Pod, name: p}}], "
        "ports: [{port: 80}]}]",
    )
    assert isinstance(by_hand, Endpoints)
    assert (by_hand.service, by_hand.addresses, by_hand.ports) == ("x", ("10.0.0.1",), (80,))
    assert by_hand.targets == (Reference(kind="Pod", name="p", via="targetRef"),)
    slices = made(
        "EndpointSlice",
        "discovery.k8s.io/v1",
        "endpoints: [{addresses: [10.0.0.2]}]\nports: [{port: 81}]",
        "name: x-1, labels: {kubernetes.io/service-name: web}",
    )
    assert isinstance(slices, Endpoints)
    assert (slices.kind, slices.service, slices.ports) == ("EndpointSlice", "web", (81,))


def ways(found: object) -> list[tuple[str | None, str, str, int | str | None]]:
    assert isinstance(found, Ingress)
    return [(p.host, p.path, p.service, p.port) for p in found.paths]


def test_an_ingress_of_today() -> None:
    found = made(
        "Ingress",
        "networking.k8s.io/v1",
        "spec: {ingressClassName: nginx, tls: [{secretName: cert}], "
        "defaultBackend: {service: {name: other, port: {name: http}}}, "
        "rules: [{host: a.example, http: {paths: [{path: /, backend: {service: "
        "{name: web, port: {number: 80}}}}]}}]}",
    )
    assert ways(found) == [(None, "*", "other", "http"), ("a.example", "/", "web", 80)]
    assert isinstance(found, Ingress)
    assert (found.host, found.controller) == ("a.example", "nginx")
    assert [s.name for s in found.secrets] == ["cert"]


def test_an_ingress_of_old_with_two_hosts() -> None:
    found = made(
        "Ingress",
        "extensions/v1beta1",
        "spec: {rules: [{host: a, http: {paths: [{backend: {serviceName: web, servicePort: "
        "http}}]}}, {host: b, http: {paths: [{path: /x, backend: {serviceName: api, "
        "servicePort: 80}}]}}]}",
    )
    assert ways(found) == [("a", "/", "web", "http"), ("b", "/x", "api", 80)]
    assert isinstance(found, Ingress)
    assert found.host is None


def test_gateway_and_route() -> None:
    gate = made(
        "Gateway",
        "gateway.networking.k8s.io/v1",
        "spec: {gatewayClassName: g, listeners: [{name: http, port: 80}]}",
    )
    assert isinstance(gate, Gateway)
    assert (gate.controller, gate.ports) == ("g", (ServicePort(port=80, name="http"),))
    route = made(
        "HTTPRoute",
        "gateway.networking.k8s.io/v1",
        "spec: {parentRefs: [{name: g, namespace: infra}], hostnames: [a.example], rules: "
        "[{matches: [{path: {value: /a}}, {path: {value: /b}}], "
        "backendRefs: [{name: web, port: 80}]}]}",
    )
    assert isinstance(route, Ingress)
    assert (route.kind, route.path, route.host) == ("HTTPRoute", "HTTPRoute/x", "a.example")
    assert ways(route) == [(None, "/a, /b", "web", 80)]
    assert route.gateways == (
        Reference(kind="Gateway", name="g", namespace="infra", via="parentRefs"),
    )


def test_a_network_policy() -> None:
    found = made(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        "spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: b}}}, "
        "{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}, {port: 53, protocol: UDP}]}], "
        "egress: [{}]}",
    )
    assert isinstance(found, Policy)
    assert (found.selector, found.types) == (Selector(), ("Ingress", "Egress"))
    ports = ("80", "53/UDP")
    assert found.peers == (
        Peer(inbound=True, pods=Selector(labels=(("a", "b"),)), ports=ports),
        Peer(inbound=True, block="10.0.0.0/8", ports=ports),
        Peer(inbound=False),
    )


@pytest.mark.parametrize(
    ("version", "spec"),
    [
        ("autoscaling/v1", "targetCPUUtilizationPercentage: 70"),
        (
            "autoscaling/v2",
            "metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 70}}}]",
        ),
        (
            "autoscaling/v2beta1",
            "metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 70}}]",
        ),
    ],
)
def test_an_autoscaler_of_any_version(version: str, spec: str) -> None:
    found = made(
        "HorizontalPodAutoscaler",
        version,
        "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, "
        f"minReplicas: 2, maxReplicas: 5, {spec}}}",
    )
    assert isinstance(found, Autoscaler)
    assert (found.target_kind, found.target, found.min, found.max) == ("Deployment", "web", 2, 5)
    assert (found.cpu, found.metrics) == (70, ("Resource cpu",))


def test_metrics_of_other_kinds() -> None:
    found = made(
        "HorizontalPodAutoscaler",
        "autoscaling/v2",
        "spec: {scaleTargetRef: {kind: Deployment, name: web}, metrics: [{type: External, "
        "external: {metric: {name: queue}}}, {type: Resource, resource: {name: memory}}]}",
    )
    assert isinstance(found, Autoscaler)
    assert (found.cpu, found.metrics) == (None, ("External queue", "Resource memory"))


def test_budgets_and_what_their_empty_selector_means() -> None:
    found = made(
        "PodDisruptionBudget", "policy/v1", "spec: {minAvailable: 50%, selector: {}}"
    )  # fmt: skip
    assert isinstance(found, Budget)
    assert (found.min_available, found.selector, found.matches_all) == ("50%", Selector(), True)
    old = made("PodDisruptionBudget", "policy/v1beta1", "spec: {maxUnavailable: 1}")
    assert isinstance(old, Budget)
    assert (old.max_unavailable, old.selector, old.matches_all) == (1, None, False)


def test_claims_and_volumes() -> None:
    claim = made(
        "PersistentVolumeClaim",
        "v1",
        "spec: {accessModes: [ReadWriteOnce], storageClassName: fast, volumeName: v, "
        "resources: {requests: {storage: 1Gi}}}\nstatus: {phase: Bound}",
    )
    assert isinstance(claim, Claim)
    assert (claim.size, claim.access, claim.storage_class, claim.volume, claim.status) == (
        "1Gi",
        "once",
        "fast",
        "v",
        "Bound",
    )
    store = made(
        "PersistentVolume",
        "v1",
        "spec: {capacity: {storage: 5Gi}, accessModes: [ReadOnlyMany], local: {path: /mnt}, "
        "claimRef: {name: c, namespace: shop}}",
        "name: x, namespace: nonsense",
    )
    assert isinstance(store, Store)
    assert (store.path, store.kind, store.source) == ("PersistentVolume/x", "local", "/mnt")
    assert (store.size, store.access) == ("5Gi", "read-only")
    assert store.claim
    assert (store.claim.name, store.claim.namespace) == ("c", "shop")


def test_configuration_and_secrets_without_their_values() -> None:
    config = made("ConfigMap", "v1", "data: {a: b, n: ''}\nbinaryData: {z: AAAA}")
    assert isinstance(config, Config)
    assert config.entries == (("a", "b"), ("n", ""), ("z", ""))
    secret = made("Secret", "v1", "type: Opaque\ndata: {p: cGFzcw==}\nstringData: {q: pass}")
    assert isinstance(secret, Config)
    assert (secret.secret, secret.type, secret.path) == (True, "Opaque", "Secret/x")
    assert secret.entries == (("p", ""), ("q", ""))


def test_a_node() -> None:
    found = made(
        "Node",
        "v1",
        "status: {capacity: {cpu: '4', memory: 8Gi}, addresses: [{type: InternalIP, "
        "address: 192.168.0.5}], conditions: [{type: Ready, status: 'True'}]}",
    )
    assert isinstance(found, Node)
    assert (found.ip, found.capacity.cpu, found.capacity.memory) == ("192.168.0.5", 4, 8 * 2**30)
    assert found.conditions == (("Ready", "True"),)


def test_every_other_kind_is_a_thing() -> None:
    found = made("StorageClass", "storage.k8s.io/v1", "provisioner: ebs.csi.aws.com")
    assert isinstance(found, Thing)
    assert found.details == (("provisioner", "ebs.csi.aws.com"),)
    custom = made("Certificate", "cert-manager.io/v1", "spec: {}", "name: x, namespace: shop")
    assert isinstance(custom, Thing)
    assert (custom.kind, custom.group, custom.path) == (
        "Certificate",
        "cert-manager.io",
        "shop/Certificate/x",
    )


def test_who_a_binding_binds() -> None:
    found = made(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        "roleRef: {kind: ClusterRole, name: admin}\nsubjects: "
        "[{kind: ServiceAccount, name: sa, namespace: default}, {kind: User, name: me}]",
    )
    assert isinstance(found, Thing)
    assert [(r.kind, r.name, r.namespace) for r in found.references] == [
        ("ServiceAccount", "sa", ""),
        ("ClusterRole", "admin", None),
    ]
