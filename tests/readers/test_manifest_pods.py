"""Pods of manifests: containers, variables, volumes, what a live cluster tells."""

import pytest
from manifests import pod, told

from podviz.meta import Reference
from podviz.pod import Port, Resources, Role

APP = "containers: [{name: app, image: nginx}]"


def test_a_container_as_the_file_gives_it() -> None:
    (app,) = pod(
        """containers: [{name: app, image: 'nginx:1.27', command: [sh], args: [-c, run],
          ports: [{containerPort: 80, name: http, hostPort: 8080, hostIP: 127.0.0.1},
                  {containerPort: 53, protocol: UDP}],
          resources: {requests: {cpu: 250m, memory: 64Mi}, limits: {cpu: 2}},
          readinessProbe: {httpGet: {path: /, port: http}}, livenessProbe: {tcpSocket: {port: 80}},
          lifecycle: {preStop: {exec: {command: [sleep, '5']}}}}]"""
    ).containers
    assert app.path == "Pod/p/app"
    assert (app.image, app.command, app.args) == ("nginx:1.27", ("sh",), ("-c", "run"))
    assert app.ports == (
        Port(number=80, name="http", host=8080, host_ip="127.0.0.1"),
        Port(number=53, protocol="UDP"),
    )
    assert app.requests == Resources(cpu=0.25, memory=64 * 2**20)
    assert app.limits == Resources(cpu=2)
    assert app.probes == ("liveness", "readiness")
    assert app.probed == (80, "http")
    assert app.prestop == "sleep 5"
    assert app.place
    assert app.place.line == 4


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{sleep: {seconds: 10}}", "sleep 10"),
        ("{httpGet: {port: 80, path: /bye}}", "GET :80/bye"),
        ("{exec: {command: [a, b c]}}", "a b c"),
        ("{}", None),
    ],
)
def test_what_runs_before_the_end(given: str, expected: str | None) -> None:
    (app,) = pod(f"containers: [{{name: a, lifecycle: {{preStop: {given}}}}}]").containers
    assert app.prestop == expected


def test_init_containers_come_first_and_native_sidecars_are_known() -> None:
    made = pod(
        "initContainers: [{name: setup}, {name: logs, restartPolicy: Always}], "
        "containers: [{name: app}], ephemeralContainers: [{name: shell}]"
    )
    assert [(c.name, c.role, c.native) for c in made.containers] == [
        ("setup", Role.INIT, False),
        ("logs", Role.SIDECAR, True),
        ("app", Role.MAIN, False),
        ("shell", Role.SIDECAR, False),
    ]
    assert all(c.reason for c in made.containers)


def test_variables_and_what_they_come_from() -> None:
    (app,) = pod(
        """containers: [{name: a, env: [
            {name: A, value: b}, {name: EMPTY},
            {name: P, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}},
            {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}],
          envFrom: [{configMapRef: {name: c}}, {secretRef: {name: t}}]}]"""
    ).containers
    assert app.env == (("A", "b"), ("EMPTY", ""))
    assert app.references == (
        Reference(kind="Secret", name="s", key="k", via="P", optional=True),
        Reference(kind="field", name="status.podIP", via="IP"),
        Reference(kind="ConfigMap", name="c", via="envFrom"),
        Reference(kind="Secret", name="t", via="envFrom"),
    )


@pytest.mark.parametrize(
    ("given", "kind", "origin"),
    [
        ("emptyDir: {}", "emptyDir", None),
        ("emptyDir: null", "emptyDir", None),
        ("", "emptyDir", None),
        ("configMap: {name: c}", "configMap", "c"),
        ("secret: {secretName: s}", "secret", "s"),
        ("persistentVolumeClaim: {claimName: d}", "persistentVolumeClaim", "d"),
        ("hostPath: {path: /var/log}", "hostPath", "/var/log"),
        ("nfs: {server: n, path: /x}", "nfs", "n:/x"),
        ("csi: {driver: d.io}", "csi", "d.io"),
        ("projected: {sources: [{secret: {name: s}}]}", "projected", "s"),
        ("downwardAPI: {items: []}", "downwardAPI", None),
        (
            "ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1Gi}}}}}",
            "ephemeral",
            "1Gi",
        ),
    ],
)
def test_a_volume_and_its_source(given: str, kind: str, origin: str | None) -> None:
    (volume,) = pod(f"{APP}, volumes: [{{name: v, {given}}}]").volumes
    assert (volume.kind, volume.source) == (kind, origin)


def test_mounts_and_memory() -> None:
    made = pod(
        "containers: [{name: a, volumeMounts: [{name: v, mountPath: /x, readOnly: true, "
        "subPath: y}]}], volumes: [{name: v, emptyDir: {medium: Memory}}]"
    )
    (mount,) = made.containers[0].mounts
    assert (mount.volume, mount.path, mount.read_only, mount.sub_path) == ("v", "/x", True, "y")
    assert made.volumes[0].medium == "Memory"


def test_what_the_whole_pod_says() -> None:
    made = pod(
        f"{APP}, nodeName: n1, hostNetwork: true, shareProcessNamespace: true, "
        "restartPolicy: Never, terminationGracePeriodSeconds: 0, serviceAccountName: sa, "
        "nodeSelector: {disk: ssd}",
        "name: p, namespace: shop, labels: {app: p}, annotations: {a: b}, ownerReferences: "
        "[{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: u, controller: true}]",
    )
    assert made.path == "shop/Pod/p"
    assert (made.namespace, made.labels, made.annotations) == (
        "shop",
        (("app", "p"),),
        (("a", "b"),),
    )
    assert (made.node, made.host_network, made.share_processes) == ("n1", True, True)
    assert (made.restart, made.grace, made.service_account) == ("Never", 0, "sa")
    assert made.node_selector == (("disk", "ssd"),)
    assert [(o.kind, o.name, o.controller) for o in made.owners] == [("ReplicaSet", "web", True)]


def test_what_a_live_pod_tells() -> None:
    made = pod(
        APP,
        status="phase: Running, podIP: 10.1.2.3, conditions: [{type: Ready, status: 'True'}], "
        "containerStatuses: [{name: app, ready: false, restartCount: 7, "
        "state: {waiting: {reason: CrashLoopBackOff}}}]",
    )
    assert (made.status, made.ip, made.conditions) == ("Running", "10.1.2.3", (("Ready", "True"),))
    (app,) = made.containers
    assert (app.state, app.restarts, app.ready) == ("CrashLoopBackOff", 7, False)


def test_a_pod_that_goes_and_one_that_was_evicted() -> None:
    going = pod(APP, "name: p, deletionTimestamp: '2026-01-01T00:00:00Z'", "phase: Running")
    assert going.status == "Terminating"
    assert pod(APP, status="phase: Failed, reason: Evicted").status == "Evicted"


def test_roles_by_annotation() -> None:
    made = pod(
        "containers: [{name: a, image: fluentd}, {name: b, image: x}]",
        "name: p, annotations: {podviz.io/role.a: main, podviz.io/role.b: sidecar}",
    )
    assert [(str(c.role), c.reason) for c in made.containers] == [("main", None), ("sidecar", None)]
    by_kubectl = pod(
        "containers: [{name: a, ports: [{containerPort: 1}]}, {name: b}]",
        "name: p, annotations: {kubectl.kubernetes.io/default-container: b}",
    )
    assert [str(c.role) for c in by_kubectl.containers] == ["unclear", "main"]


def test_a_role_that_is_none_is_told() -> None:
    text = """\
        apiVersion: v1
        kind: Pod
        metadata: {name: p, annotations: {podviz.io/role.a: boss}}
        spec: {containers: [{name: a}]}
        """
    assert told(text) == ["4: POD008 'podviz.io/role.a' must be one of main, sidecar, not 'boss'"]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            "containers: [{image: x}]",
            "POD003 'spec.containers[0].name' is missing",
        ),
        (
            "containers: [{name: a}, {name: a}]",
            "POD006 container 'a' is defined twice",
        ),
        (
            "containers: [{name: a, image: 1.10}]",
            "POD004 spec.containers[0].image must be text; 1.10 is a number",
        ),
        (
            "containers: [{name: a, ports: [{containerPort: 70000}]}]",
            "POD008 spec.containers[0].ports[0].containerPort must be from 1 to 65535, not 70000",
        ),
        (
            "containers: [{name: a, ports: [{containerPort: '80'}]}]",
            "POD004 spec.containers[0].ports[0].containerPort must be a whole number; "
            "'80' is text",
        ),
        (
            "containers: [{name: a, resources: {requests: {cpu: lots}}}]",
            "POD004 spec.containers[0].resources.requests.cpu must be cores such as 500m or 2; "
            "'lots' is text",
        ),
        (
            "containers: [{name: a, command: run}]",
            "POD004 spec.containers[0].command must be a list; 'run' is text",
        ),
        (
            "containers: [{name: a, volumeMounts: [{name: v}]}]",
            "POD007 Pod 'p' refers to volume 'v', which is not in the input",
        ),
        ("containers: [], hostNetwork: 'true'", "POD004 spec.hostNetwork must be true or false; "
         "'true' is text"),
        ("containers: nginx", "POD004 spec.containers must be a list; 'nginx' is text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_once_at_its_place(spec: str, expected: str) -> None:
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{{spec}}}\n"
    assert told(text) == [f"4: {expected}"]


def test_containers_of_one_name_are_both_kept() -> None:
    from manifests import cluster

    (made,) = cluster("kind: Pod\nspec: {containers: [{name: a}, {name: a}, {}]}").pods
    assert [c.path for c in made.containers] == [
        "Pod/unnamed/a",
        "Pod/unnamed/a-2",
        "Pod/unnamed/unnamed",
    ]
