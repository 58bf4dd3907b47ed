"""Who manages whom, what a Pod survives, and where the rules stay silent."""

import pytest
from judged import deployment, told

POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p%s}\nspec: {%scontainers: [{name: c,"
    " image: i}]}\n%s"
)
PLAIN = "containers: [{name: c, image: i}]"


@pytest.mark.parametrize(
    ("metadata", "spec", "status"),
    [
        (", ownerReferences: [{kind: ReplicaSet, name: r, controller: true}]", "", ""),
        ("", "", "status: {phase: Running, podIP: 10.0.0.1}\n"),
        (", annotations: {helm.sh/hook: test}", "", ""),
        (", annotations: {argocd.argoproj.io/hook: PreSync}", "", ""),
        (", namespace: kube-system, labels: {tier: control-plane}", "hostNetwork: true, ", ""),
        (", annotations: {kubernetes.io/config.source: file}", "", ""),
    ],
    ids=["owned", "live", "helm", "argo", "static", "mirror"],
)
def test_pods_that_need_no_controller(metadata: str, spec: str, status: str) -> None:
    assert told(POD % (metadata, spec, status), "POD601", "POD402") == []


def test_a_pod_of_a_spec_is_bare_only_if_it_says_so() -> None:
    spec = "podviz: 1\npods: [{name: p%s, containers: [{name: c}]}]\n"
    assert told(spec % "", "POD601") == []
    assert told(spec % ", bare: true", "POD601") == ["POD601 warning"]
    assert told(spec % ", bare: true, restart: Never", "POD601") == ["POD601 info"]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("nodeSelector: {kubernetes.io/hostname: n}, ", ["POD402 warning"]),
        ("nodeSelector: {zone: z}, ", []),
        (
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
            " {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname,"
            " operator: In, values: [n]}]}]}}}, ",
            ["POD402 warning"],
        ),
        (
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
            " {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname,"
            " operator: In, values: [n, m]}]}]}}}, ",
            [],
        ),
        (
            "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
            " [{weight: 1, preference: {matchExpressions: [{key: kubernetes.io/hostname,"
            " operator: In, values: [n]}]}}]}}, ",
            [],
        ),
        (
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
            " {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In,"
            " values: [n]}]}, {matchExpressions: [{key: gpu, operator: Exists}]}]}}}, ",
            [],
        ),
        (
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
            " {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In,"
            " values: [n]}]}, {matchExpressions: [{key: kubernetes.io/hostname,"
            " operator: In, values: [n]}, {key: gpu, operator: Exists}]}]}}}, ",
            ["POD402 warning"],
        ),
    ],
)
def test_pins(spec: str, expected: list[str]) -> None:
    assert told(deployment(spec + PLAIN), "POD402") == expected


def test_a_local_volume_pins_its_pod_anyway() -> None:
    spec = f"nodeName: n, {PLAIN}, volumes: [{{name: d, persistentVolumeClaim: {{claimName: d}}}}]"
    local = (
        "---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec: "
        "{local: {path: /}}\n"
    )
    assert told(deployment(spec) + local, "POD402") == []
    assert told(deployment(spec), "POD402") == ["POD402 warning"]


def test_a_spec_may_stand_a_pod_on_a_node_but_not_a_controller() -> None:
    assert told("podviz: 1\npods: [{name: p, node: n, containers: [{name: c}]}]\n", "POD402") == []
    pinned = (
        "podviz: 1\ncontrollers: [{kind: Deployment, name: d, pod: {node: n,"
        " containers: [{name: c}]}}]\n"
    )
    assert told(pinned, "POD402") == ["POD402 warning"]


NODES = """\
podviz: 1
nodes: [{name: a, capacity: {cpu: 4}}, {name: b%s}]
pods: [{name: p, containers: [{name: c, requests: {cpu: %s}}, {name: d, requests: {cpu: 1}}]}]
"""


def test_a_pod_must_fit_the_largest_node_whose_size_is_known() -> None:
    known = ", capacity: {cpu: 2}"
    assert told(NODES % (known, 4), "POD403") == ["POD403 error"]
    assert told(NODES % (known, 3), "POD403") == []
    assert told(NODES % ("", 9), "POD403") == []


@pytest.mark.parametrize(
    ("pod", "inner", "expected"),
    [("", "n", []), ("node: n, ", "n", []), ("node: m, ", "n", ["POD401 error"])],
)
def test_containers_stand_where_their_pod_stands(pod: str, inner: str, expected: list[str]) -> None:
    spec = f"podviz: 1\npods: [{{name: p, {pod}containers: [{{name: c, node: {inner}}}]}}]\n"
    assert told(spec, "POD401") == expected


# ── selectors ───────────────────────────────────────────────────────────────────────────────

PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {replicas: 3}\n"
IMAGELESS = deployment("containers: [{name: c, resources: {}}]", name="w")
SERVICE = "---\napiVersion: v1\nkind: Service\nmetadata: {name: s%s}\nspec: {selector: {%s}%s}\n"


def test_patches_are_not_judged() -> None:
    wrong = IMAGELESS.replace("labels: {app: w}", "labels: {app: x}")
    assert told(wrong) == ["POD009 info"]
    assert told(PATCH) == ["POD009 info"]


@pytest.mark.parametrize(
    ("name", "selector", "more"),
    [
        ("", "app: a", ""),
        ("", "", ""),
        ("", "app: b", ", type: ExternalName, externalName: x.y"),
        ("", "app: a, statefulset.kubernetes.io/pod-name: a-0", ""),
        ("", "app: a, role: master", ""),
        (", namespace: other", "app: b", ""),
    ],
    ids=["met", "none", "external", "pod name", "elected", "no Pods there"],
)
def test_services_that_have_or_need_no_pods(name: str, selector: str, more: str) -> None:
    assert told(deployment(PLAIN) + SERVICE % (name, selector, more), "POD604") == []


def test_a_service_of_another_namespace_selects_nothing() -> None:
    here = deployment(PLAIN).replace("name: a}\nspec", "name: a, namespace: shop}\nspec")
    assert told(here + SERVICE % (", namespace: web", "app: a", ""), "POD604") == ["POD604 warning"]
    assert told(deployment(PLAIN) + SERVICE % (", namespace: web", "app: a", ""), "POD604") == []


@pytest.mark.parametrize("more", [f"---\n{PATCH}", "---\n" + IMAGELESS])
def test_with_patches_in_the_input_pods_may_be_elsewhere(more: str) -> None:
    text = deployment(PLAIN) + SERVICE % ("", "app: b", "")
    assert told(text, "POD604") == ["POD604 warning"]
    assert told(text + more, "POD604") == []


def test_an_operator_may_make_the_pods() -> None:
    resource = (
        "---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: k8s}\n"
    )
    text = deployment(PLAIN) + SERVICE % ("", "prometheus: k8s", "")
    assert told(text + resource, "POD604") == []
    assert told(text, "POD604") == ["POD604 warning"]


def test_a_service_of_a_spec_that_selects_nothing_is_an_error() -> None:
    spec = (
        "podviz: 1\npods: [{name: p, labels: {app: p},"
        " containers: [{name: c}]}]\nservices: [{name: s, selects: {app: q}}]\n"
    )
    assert told(spec, "POD604") == ["POD604 error"]


def test_a_file_of_services_alone_is_not_judged() -> None:
    assert told((SERVICE % ("", "app: b", "")).removeprefix("---\n"), "POD604") == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (deployment(PLAIN, name="b"), []),
        (deployment(PLAIN, name="b").replace("app: b", "app: a"), ["POD605 warning"]),
        (
            deployment(PLAIN, name="b").replace("app: b", "app: a, track: canary"),
            ["POD605 warning"],
        ),
        (
            deployment(PLAIN, name="b")
            .replace("app: b", "app: a")
            .replace("name: b}\nspec", "name: b, namespace: n}\nspec"),
            [],
        ),
        (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {app: a},"
            " ownerReferences: [{kind: Deployment,"
            " name: a}]}\nspec: {containers: [{name: c, image: i}]}\n",
            [],
        ),
        (
            "apiVersion: batch/v1\nkind: Job\nmetadata: {name: b}\nspec: {template: {metadata:"
            " {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: c,"
            " image: i}]}}}\n",
            [],
        ),
    ],
    ids=["apart", "the same", "more labels", "another namespace", "owned", "a Job"],
)
def test_two_owners(other: str, expected: list[str]) -> None:
    assert told(f"{deployment(PLAIN)}---\n{other}", "POD605") == expected


@pytest.mark.parametrize(
    ("selector", "labels", "expected"),
    [
        ("job: j", "job: k", ["POD603 error"]),
        ("job: j", "job: j, more: x", []),
        ("batch.kubernetes.io/controller-uid: 1-2", "job: j", []),
    ],
)
def test_the_selector_of_a_job_is_judged_where_its_author_chose_it(
    selector: str, labels: str, expected: list[str]
) -> None:
    job = (
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {manualSelector: true, "
        f"selector: {{matchLabels: {{{selector}}}}}, "
        f"template: {{metadata: {{labels: {{{labels}}}}}, "
        "spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}\n"
    )
    assert told(job, "POD603") == expected


# ── autoscalers and ports ───────────────────────────────────────────────────────────────────

HPA = (
    "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n"
    "  scaleTargetRef: {kind: Deployment, name: a}\n  maxReplicas: 3\n  metrics: [%s]\n"
)
CPU = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}"
VALUE = "{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}"
ONE = (
    "{type: ContainerResource, containerResource: {container: c, name: cpu,"
    " target: {type: Utilization, averageUtilization: 50}}}"
)
EXTERNAL = "{type: External, external: {metric: {name: q}, target: {type: Value, value: 1}}}"
ASKS = "{name: c, image: i, resources: {requests: {cpu: 1}}}"
LIMITS = "{name: c, image: i, resources: {limits: {cpu: 1}}}"
BESIDE = "{name: d, image: k}"


@pytest.mark.parametrize(
    ("containers", "metric", "expected"),
    [
        (ASKS, CPU, []),
        (LIMITS, CPU, []),
        ("{name: c, image: i}", VALUE, []),
        ("{name: c, image: i}", EXTERNAL, []),
        ("{name: c, image: i}", CPU, ["POD607 error"]),
        (f"{ASKS}, {BESIDE}", CPU, ["POD607 error"]),
        (f"{ASKS}, {BESIDE}", ONE, []),
        (f"{BESIDE}, {{name: c, image: i}}", ONE, ["POD607 error"]),
    ],
)
def test_shares_of_requests(containers: str, metric: str, expected: list[str]) -> None:
    text = deployment(f"containers: [{containers}]") + HPA % metric
    assert told(text, "POD607") == expected


def test_a_native_sidecar_needs_its_request_and_an_init_container_does_not() -> None:
    spec = f"initContainers: [{{name: i, image: k%s}}], containers: [{ASKS}]"
    native = deployment(spec % ", restartPolicy: Always")
    assert told(native + HPA % CPU, "POD607") == ["POD607 error"]
    assert told(deployment(spec % "") + HPA % CPU, "POD607") == []


@pytest.mark.parametrize(
    ("version", "spec", "expected"),
    [
        ("v2", "", ["POD607 error"]),
        ("v2", ", metrics: []", ["POD607 error"]),
        ("v1", "", ["POD607 error"]),
        ("v2", f", metrics: [{VALUE}]", []),
    ],
)
def test_without_metrics_the_aim_is_a_share_of_the_cpu(
    version: str, spec: str, expected: list[str]
) -> None:
    hpa = (
        f"---\napiVersion: autoscaling/{version}\nkind: HorizontalPodAutoscaler\n"
        "metadata: {name: h%s}\n"
        f"spec: {{scaleTargetRef: {{kind: Deployment, name: a}}, maxReplicas: 3{spec}}}\n"
    )
    kept = ", annotations: {autoscaling.alpha.kubernetes.io/metrics: '[]'}"
    assert told(deployment(PLAIN) + hpa % "", "POD607") == expected
    assert told(deployment(PLAIN) + hpa % kept, "POD607") == []


def test_a_limit_range_may_add_requests() -> None:
    limits = "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\nspec: {limits: []}\n"
    assert told(deployment(PLAIN) + HPA % CPU + limits, "POD607") == []


def test_a_spec_without_requests_is_not_asked_for_them() -> None:
    spec = """\
        podviz: 1
        controllers: [{kind: Deployment, name: d, pod: {containers: [{name: c%s}, {name: e}]}}]
        autoscalers: [{name: h, target: d, max: 3, cpu: 70}]
        """
    assert told(spec % "", "POD607") == []
    assert told(spec % ", requests: {cpu: 1}", "POD607") == ["POD607 error"]


@pytest.mark.parametrize(
    ("target", "expected"), [("web", []), ("8080", []), ("http", ["POD608 error"])]
)
def test_target_ports(target: str, expected: list[str]) -> None:
    spec = "containers: [{name: c, image: i, ports: [{containerPort: 80, name: web}]}]"
    ports = f", ports: [{{port: 80, targetPort: {target}}}]"
    assert told(deployment(spec) + SERVICE % ("", "app: a", ports), "POD608") == expected


# ── what a Pod survives ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("prestop", "grace", "expected"),
    [
        ("exec: {command: [sleep, '20']}", "", []),
        ("exec: {command: [sleep, '30']}", "", ["POD702 warning"]),
        ("sleep: {seconds: 45}", "", ["POD702 warning"]),
        ("sleep: {seconds: 45}", "terminationGracePeriodSeconds: 60, ", []),
        ("exec: {command: [sh, -c, 'nginx -s quit']}", "", []),
        ("exec: {command: [sleep, 1m]}", "", ["POD702 warning"]),
        ("httpGet: {port: 80, path: /sleep}", "", []),
    ],
)
def test_prestop(prestop: str, grace: str, expected: list[str]) -> None:
    spec = f"{grace}containers: [{{name: c, image: i, lifecycle: {{preStop: {{{prestop}}}}}}}]"
    assert told(deployment(spec), "POD702") == expected


def test_agents_may_be_killed_at_once() -> None:
    spec = f"terminationGracePeriodSeconds: 0, {PLAIN}"
    assert told(deployment(spec, kind="DaemonSet"), "POD701") == []
    assert told(deployment(spec), "POD701") == ["POD701 warning"]


BUDGET = (
    "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\n"
    "spec: {%s, selector: {matchLabels: {app: a}}}\n"
)


@pytest.mark.parametrize(
    ("budget", "replicas", "expected"),
    [
        ("maxUnavailable: 1", 1, []),
        ("maxUnavailable: 0", 3, ["POD703 warning"]),
        ("maxUnavailable: 10%", 3, []),
        ("minAvailable: 1", 2, []),
        ("minAvailable: 1", 1, ["POD703 warning"]),
        ("minAvailable: 3", 2, ["POD703 warning"]),
        ("minAvailable: 100%", 3, ["POD703 warning"]),
        ("minAvailable: 67%", 3, ["POD703 warning"]),
        ("minAvailable: 50%", 3, []),
        ("minAvailable: 1", 0, []),
    ],
)
def test_budgets(budget: str, replicas: int, expected: list[str]) -> None:
    text = deployment(PLAIN, more=f"  replicas: {replicas}\n")
    assert told(text + BUDGET % budget, "POD703") == expected


def test_a_budget_is_measured_by_the_fewest_pods_of_an_autoscaler() -> None:
    text = deployment(PLAIN, more="  replicas: 3\n") + BUDGET % "minAvailable: 2"
    assert told(text, "POD703") == []
    fewest = (HPA % VALUE).replace("maxReplicas: 3", "minReplicas: 2\n  maxReplicas: 9")
    assert told(text + fewest, "POD703") == ["POD703 warning"]


def test_a_budget_of_pods_that_the_input_does_not_hold() -> None:
    assert told((BUDGET % "minAvailable: 1").removeprefix("---\n"), "POD703") == []


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("[sleep, infinity]", ["POD704 info"]),
        ("[sleep, '3600']", ["POD704 info"]),
        ("[tail, -f, /dev/null]", ["POD704 info"]),
        ("[sh, -c, 'while true; do sleep 30; done']", ["POD704 info"]),
        ("[sh, -c, 'trap : TERM INT; sleep infinity & wait']", ["POD704 info"]),
        ("[bash, -c, --, 'while true; do sleep 30; done;']", ["POD704 info"]),
        ("[sleep, '5']", []),
        ("[tail, -f, /var/log/app]", []),
        ("[sh, -c, 'serve & sleep infinity']", []),
        ("[sh, -c, 'while true; do sync; sleep 30; done']", []),
    ],
)
def test_pets(command: str, expected: list[str]) -> None:
    spec = f"containers: [{{name: c, image: i, command: {command}}}]"
    assert told(deployment(spec), "POD704") == expected


def test_an_autoscaler_of_nodes_may_be_told_to_wait_for_a_job() -> None:
    safe = "metadata: {annotations: {cluster-autoscaler.kubernetes.io/safe-to-evict: 'false'}}"
    job = (
        f"apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j}}\nspec: {{template: {{{safe},"
        " spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}\n"
    )
    assert told(job, "POD705") == []
