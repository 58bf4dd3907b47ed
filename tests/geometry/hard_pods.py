"""Specs that are hard to draw: what is inside of Pods."""

LONG = "payment-gateway-reconciliation-worker"

MANY_CONTAINERS = """
title: {ko: 컨테이너가 많은 Pod, en: A Pod with many containers}
pods:
  - name: crowd
    ip: 10.0.3.7
    containers:
      - {name: app, image: "shop/app:1.4", ports: [8080, 8443, 9090]}
      - {name: log-shipper, image: "fluent/fluent-bit:3.2", role: sidecar, purpose: log}
      - {name: proxy, image: "envoy:v1.31", role: sidecar, purpose: proxy, ports: [15001]}
      - {name: agent, image: "falcosecurity/falco:0.39", role: sidecar, purpose: security}
      - {name: metrics, image: "prom/statsd-exporter:v0.28", role: sidecar, ports: [9102]}
      - {name: sync, image: "git-sync:v4", role: sidecar, purpose: sync}
      - {name: cache, image: "redis:7", role: sidecar, ports: [6379]}
"""

NINE_CONTAINERS = """
title: {ko: 아홉 개, en: Nine of them}
pods:
  - name: nine
    volumes: [shared]
    containers:
""" + "".join(
    f"      - {{name: part-{i}, ports: [{8000 + i}], mounts: [shared]}}\n" for i in range(9)
)

LONG_NAMES = f"""
title: {{ko: 긴 이름, en: Names of 32 characters and more}}
pods:
  - name: {LONG}-7d9f8c6b5d-x2x4z
    ip: fd00:10:244:1234:5678:9abc:def0:1234
    status: CrashLoopBackOff
    volumes:
      - {{name: {LONG}-scratch-space}}
      - {{name: {LONG}-settings, kind: configMap, from: {LONG}-settings-v2}}
    containers:
      - name: {LONG}
        image: registry.internal.example.com/team-payments/{LONG}:2026.03.17-build.4711
        ports: [8080]
        mounts: [{LONG}-scratch-space, "{LONG}-settings:ro"]
      - name: {LONG}-log-forwarder
        image: registry.internal.example.com/observability/fluent-bit-with-plugins:3.2.1
        role: sidecar
        purpose: log
        mounts: ["{LONG}-scratch-space:ro"]
"""

NATIVE_SIDECARS = """
title: {ko: 네이티브 사이드카, en: Native sidecars}
pods:
  - name: mesh
    ip: 10.0.1.9
    containers:
      - {name: migrate, image: "shop/migrate:2", role: init}
      - {name: proxy, image: "envoyproxy/envoy:v1.31", role: sidecar, native: true, ports: [15001]}
      - {name: logs, image: "fluent/fluent-bit:3.2", role: sidecar, native: true}
      - {name: app, image: "shop/app:1.4", ports: [8080]}
"""

ONLY_NATIVE = """
title: {ko: 초기화 없이, en: Without init containers}
pods:
  - name: mesh
    containers:
      - {name: app, image: "shop/app:1.4", ports: [8080]}
      - {name: proxy, role: sidecar, native: true, ports: [15001]}
"""

CROSSWISE_VOLUMES = """
title: {ko: 엇갈린 볼륨, en: Volumes shared crosswise}
pods:
  - name: weave
    volumes: [a, b, c, {name: d, kind: secret, from: keys}]
    containers:
      - {name: one, mounts: [a, b, "c:ro"]}
      - {name: two, mounts: ["b:ro", c]}
      - {name: three, role: sidecar, mounts: ["a:ro", c, d]}
      - {name: four, role: sidecar, mounts: [b, "d:ro"]}
"""

INIT_MOUNTS = """
title: {ko: 초기화가 준비한다, en: Init containers prepare}
pods:
  - name: site
    ip: 10.0.1.5
    volumes: [html, {name: conf, kind: configMap, from: nginx}]
    containers:
      - {name: clone, image: "alpine/git:2.45", role: init, mounts: [html]}
      - {name: build, image: "node:22", role: init, mounts: [html]}
      - {name: check, role: init}
      - {name: web, image: "nginx:1.27", ports: [80], mounts: ["html:ro", "conf:ro"]}
"""

MANY_INITS = (
    """
title: {ko: 순서대로, en: In order}
pods:
  - name: slow-start
    containers:
"""
    + "".join(
        f"      - {{name: step-{i}, image: 'busybox:1.3{i}', role: init}}\n" for i in range(6)
    )
    + """
      - {name: app, ports: [80]}
"""
)

ONE_PORT_TWICE = """
title: {ko: 한 포트에 둘, en: Two on one port}
pods:
  - name: clash
    ip: 10.0.0.2
    containers:
      - {name: web, image: "nginx:1.27", ports: [80]}
      - {name: api, image: "httpd:2.4", ports: [80, 8080]}
      - {name: logs, role: sidecar}
"""

ONE_PORT_TWICE_NETWORK = ONE_PORT_TWICE + "view: network\n"

LOCALHOST_BOTH_WAYS = """
title: {ko: 서로 부른다, en: Both call each other}
pods:
  - name: pair
    ip: 10.0.0.3
    containers:
      - {name: app, image: "shop/app:1.4", ports: [8080]}
      - {name: proxy, role: sidecar, ports: [15001, 15020]}
      - {name: agent, role: sidecar}
links:
  - {from: pair/app, to: "pair/proxy:15001", label: {ko: 나가는 요청, en: outgoing}}
  - {from: pair/proxy, to: "pair/app:8080"}
  - {from: pair/agent, to: "pair/proxy:15020", label: {ko: 지표를 읽는다, en: reads the metrics}}
"""

TWO_OPENED = """
title: {ko: 두 Pod, en: Two Pods laid open}
view: pods
pods:
  - name: web
    ip: 10.0.1.5
    status: Running
    volumes: [{name: pages, kind: claim, from: pages}]
    containers: [{name: app, ports: [80], mounts: [pages]}, {name: logs, role: sidecar}]
  - name: db
    ip: 10.0.1.6
    containers: [{name: postgres, image: "postgres:17", ports: [5432]}]
claims: [{name: pages, size: 10Gi}]
links:
  - {from: web/app, to: "db/postgres:5432"}
"""

SIX_SMALL = """
title: {ko: 여섯 Pod, en: Six Pods}
view: pods
pods:
""" + "".join(
    f"  - {{name: pod-{i}, ip: 10.0.0.{i}, containers: [{{name: app, image: 'shop/app:1.{i}', "
    f"ports: [{80 + i}]}}, {{name: logs, role: sidecar}}]}}\n"
    for i in range(6)
)

HANGUL_NAMES = """
title: 쇼핑몰의 결제 서버와 그 곁에서 로그를 모으는 사이드카 컨테이너
caption: >-
  사이드카는 메인 컨테이너를 돕고, 같은 IP와 같은 볼륨을 함께 쓴다.
  그래서 둘은 늘 같은 노드에 있다.
pods:
  - name: 결제-서버
    ip: 10.0.2.4
    volumes: [로그-폴더]
    containers:
      - name: 결제-처리기
        image: 결제/처리기:1.0
        ports: [8080]
        mounts: [로그-폴더]
        caption: 결제 요청을 받아 은행에 전달하고 결과를 기록한다
      - name: 로그-수집기
        role: sidecar
        purpose: log
        mounts: ["로그-폴더:ro"]
        caption: 로그를 읽어 중앙 저장소로 보낸다
"""

EMOJI_NAME = """
title: {ko: 이모지 🚀 이름, en: "A name with 🚀 and 漢字"}
pods:
  - name: "rocket-🚀-漢字"
    ip: 10.0.0.9
    containers:
      - {name: "app-🐳", image: "shop/🚀:1", ports: [80]}
      - {name: "日誌-収集", role: sidecar, caption: "emoji 👩‍👩‍👧 and e\u0301"}
"""

TOP_LEVEL_CONTAINERS = """
title: {ko: Pod 밖의 컨테이너, en: Containers outside any Pod}
pods:
  - {name: web, containers: [{name: app, image: "nginx:1.27", ports: [80]}]}
containers:
  - {name: logs, image: "fluent/fluent-bit:3.2", role: sidecar}
  - {name: proxy, image: "envoyproxy/envoy:v1.31", role: sidecar}
  - {name: stray}
"""

EVERYTHING_SHOWN = """
title: {ko: 모두 보인다, en: All details shown}
show: [labels, requests, probes, config, infos]
pods:
  - name: web
    ip: 10.0.1.5
    status: Running
    labels: {app: web, tier: front, app.kubernetes.io/part-of: shop}
    containers:
      - name: app
        image: nginx:1.27
        ports: [80, {port: 443, name: https}, {port: 53, protocol: UDP}]
        requests: {cpu: 500m, memory: 256Mi}
        limits: {cpu: 1, memory: 512Mi}
        probes: [liveness, readiness, startup]
      - {name: logs, role: sidecar, requests: {cpu: 50m, memory: 64Mi}, probes: [liveness]}
"""

SPECS = {
    "many containers": MANY_CONTAINERS,
    "nine containers on one volume": NINE_CONTAINERS,
    "long names": LONG_NAMES,
    "native sidecars": NATIVE_SIDECARS,
    "only native sidecars": ONLY_NATIVE,
    "crosswise volumes": CROSSWISE_VOLUMES,
    "init mounts": INIT_MOUNTS,
    "many inits": MANY_INITS,
    "one port twice": ONE_PORT_TWICE,
    "one port twice in the network": ONE_PORT_TWICE_NETWORK,
    "localhost both ways": LOCALHOST_BOTH_WAYS,
    "two opened Pods": TWO_OPENED,
    "six small Pods": SIX_SMALL,
    "hangul names": HANGUL_NAMES,
    "emoji name": EMOJI_NAME,
    "top-level containers": TOP_LEVEL_CONTAINERS,
    "everything shown": EVERYTHING_SHOWN,
}
