"""What starts and ends with a Pod, and where the rules stay silent."""

import pytest
from judged import deployment, told

JOB = (
    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\n"
    "spec: {template: {spec: {restartPolicy: Never, %s}}}\n"
)
PROXY = "{name: proxy, image: 'envoyproxy/envoy:v1'%s}"


@pytest.mark.parametrize(
    "spec",
    [
        "containers: [{name: w, image: i, command: [sh, -c, 'work;"
        " curl -X POST localhost:15020/quitquitquit']},"
        f" {PROXY % ''}]",
        f"shareProcessNamespace: true, containers: [{{name: w, image: i,"
        f" args: ['work && pkill envoy']}}, {PROXY % ''}]",
        "containers: [{name: w, image: i, command: [linkerd-await, --shutdown, work]},"
        f" {PROXY % ''}]",
        "containers: [{name: w, image: i, command: [sh, -c, 'work; touch /t/done']},"
        " {name: s, image: busybox, command: [sh, -c, 'while true;"
        " do [ -f /t/done ] && exit; sleep 1; done']}]",
        "containers: [{name: w, image: i, command: [sh, -c, 'work; touch /t/done']},"
        " {name: s, image: fluent/fluent-bit, command: [sh, -c,"
        " 'fluent-bit & until test -f /t/done; do sleep 1; done']}]",
        "containers: [{name: w, image: i}, {name: s, image: k8s/git-sync, args: [--one-time]}]",
        "containers: [{name: w, image: i, lifecycle: {preStop: {exec: {command: [killall,"
        " envoy]}}}},"
        f" {PROXY % ''}]",
        "containers: [{name: w, image: i, "
        " command: [sh, -c, 'trap \"touch /t/completed\" EXIT; work'],"
        " volumeMounts: [{name: t, mountPath: /t}]}, {name: s, image: cloudsql-proxy,"
        " volumeMounts: [{name: t, mountPath: /t}]}], volumes: [{name: t, emptyDir: {}}]",
        "containers: [{name: one, image: i}, {name: two, image: k}]",
        f"containers: [{PROXY % ''}]",
    ],
    ids=[
        *("quitquitquit", "pkill", "linkerd-await", "done file", "own script", "one-time"),
        *("hook", "a file for a watcher", "no sidecar", "alone"),
    ],
)
def test_jobs_that_end(spec: str) -> None:
    assert told(JOB % spec, "POD302") == []


def test_a_handshake_may_stand_in_a_mounted_config_map() -> None:
    spec = (
        "containers: [{name: w, image: i, command: [/s/run], volumeMounts: [{name: s,"
        " mountPath: /s}]},"
        f" {PROXY % ''}], volumes: [{{name: s, configMap: {{name: s}}}}]"
    )
    script = (
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\n"
        "data: {run: 'work; curl localhost:9901/quitquitquit'}\n"
    )
    assert told(JOB % spec + script, "POD302") == []
    assert told(JOB % spec, "POD302") == ["POD302 error"]


def test_a_spec_may_declare_the_sidecar_that_blocks_its_job() -> None:
    spec = """\
        podviz: 1
        controllers:
          - kind: Job
            name: j
            pod:
              containers:
                - {name: w, image: i}
                - {name: s, image: k, role: sidecar%s}
        """
    assert told(spec % "", "POD302") == ["POD302 error"]
    assert told(spec % ", native: true", "POD302") == []


@pytest.mark.parametrize(
    "script",
    [
        "until nslookup db; do sleep 2; done",
        "while ! nc -z db 5432; do sleep 1; done",
        "while true; do ping -c1 db && break; sleep 1; done",
        "while :; do [ -f /ready ] && exit 0; sleep 1; done",
        "timeout 60 tail -f /log",
        "tail -f /log | grep -m1 ready",
        "tail -n 5 /log",
        "sleep 60",
        "for i in $(seq 10); do sleep 1; done",
    ],
)
def test_init_containers_that_end(script: str) -> None:
    spec = (
        f"initContainers: [{{name: w, image: i, command: [sh, -c, '{script}']}}],"
        f" containers: [{{name: a, image: k}}]"
    )
    assert told(deployment(spec), "POD306") == []


@pytest.mark.parametrize(
    "command",
    [
        "[tail, -f, /dev/null]",
        "[tail, -n0, -F, /log]",
        "[sleep, infinity]",
        "[sleep, 365d]",
        "[sh, -c, 'while true; do sync; sleep 5; done']",
        "[sh, -c, 'while :; do sync; done']",
        "[bash, -c, 'for ((;;)); do sync; done']",
    ],
)
def test_init_containers_that_never_end(command: str) -> None:
    spec = (
        f"initContainers: [{{name: w, image: i, command: {command}}}],"
        f" containers: [{{name: a, image: k}}]"
    )
    assert told(deployment(spec), "POD306") == ["POD306 error"]
    native = spec.replace("image: i,", "image: i, restartPolicy: Always,")
    assert told(deployment(native), "POD306", "POD307") == []


LATER = (
    "initContainers: [%s], containers: [{name: a, image: i}, {name: p, image: k,"
    " ports: [{containerPort: 5432}]}]"
)


@pytest.mark.parametrize(
    ("init", "expected"),
    [
        ("{name: m, image: i, env: [{name: DB, value: 'localhost:5432'}]}", ["POD303 error"]),
        ("{name: m, image: i, args: ['--db', '127.0.0.1:5432']}", ["POD303 error"]),
        ("{name: m, image: i, command: [nc, -z, localhost, '5432']}", ["POD303 error"]),
        (
            "{name: m, image: i, command: [sh, -c, 'until nc -z localhost 5432; do echo w; done']}",
            ["POD303 error"],
        ),
        (
            "{name: m, image: i, command: [sh, -c, 'pg_isready -h 127.0.0.1 -p 5432 && migrate']}",
            ["POD303 error"],
        ),
        ("{name: m, image: i, command: [sh, -c, 'echo db localhost:5432 > /conf']}", []),
        ("{name: m, image: i, args: ['--db', 'db:5432']}", []),
        ("{name: m, image: i, args: ['--db', 'localhost:5433']}", []),
        (
            "{name: m, image: i,"
            ' command: [sh, -c, "cat > /conf <<EOF\\nserver localhost:5432\\nEOF"]}',
            [],
        ),
        (
            "{name: n, image: k, restartPolicy: Always, ports: [{containerPort: 5432}]},"
            " {name: m, image: i, args: ['--db=localhost:5432']}",
            [],
        ),
        (
            "{name: n, image: k, restartPolicy: Always, args: ['--up=localhost:5432']}",
            [],
        ),
    ],
)
def test_what_an_init_container_needs(init: str, expected: list[str]) -> None:
    assert told(deployment(LATER % init), "POD303") == expected


NATIVE = (
    "initContainers: [{name: n, image: i, restartPolicy: Always}],"
    " containers: [{name: a, image: i}]"
)


@pytest.mark.parametrize(
    ("version", "expected"), [(None, []), ("1.29", []), ("v1.28.3", ["POD304 error"]), ("2.0", [])]
)
def test_native_sidecars_need_a_version(version: str | None, expected: list[str]) -> None:
    assert told(deployment(NATIVE), "POD304", kubernetes=version) == expected


@pytest.mark.parametrize(
    ("kind", "policy", "expected"),
    [
        ("Deployment", "", []),
        ("Deployment", "restartPolicy: Always, ", []),
        ("DaemonSet", "restartPolicy: Never, ", ["POD305 error"]),
    ],
)
def test_restart_policies(kind: str, policy: str, expected: list[str]) -> None:
    text = deployment(f"{policy}containers: [{{name: a, image: i}}]", kind=kind)
    assert told(text, "POD305") == expected


def test_a_spec_may_leave_the_restart_policy_of_a_job_out() -> None:
    job = (
        "podviz: 1\ncontrollers: [{kind: Job, name: j, pod: {%scontainers: [{name: j,"
        " image: i}]}}]\n"
    )
    assert told(job % "", "POD305") == []
    assert told(job % "restart: Always, ", "POD305") == ["POD305 error"]


def test_a_classic_sidecar_is_no_fault_of_a_job_or_of_an_old_cluster() -> None:
    spec = f"containers: [{{name: w, image: i}}, {PROXY % ''}]"
    assert told(JOB % spec, "POD308") == []
    assert told(deployment(spec), "POD308", kubernetes="1.27") == []
    assert told(deployment(spec), "POD308") == ["POD308 info"]


def test_hooks_of_a_spec() -> None:
    spec = """\
        podviz: 1
        pods: [{name: p, containers: [{name: i, role: init, probes: [liveness]}, {name: a}]}]
        """
    assert told(spec, "POD307") == ["POD307 error"]


@pytest.mark.parametrize("life", ["{starts: before-pod}", "{ends: after-pod}"])
def test_lifetimes_of_a_spec(life: str) -> None:
    spec = f"podviz: 1\npods: [{{name: p, containers: [{{name: a, lifetime: {life}}}]}}]\n"
    assert told(spec, "POD301") == ["POD301 error"]
