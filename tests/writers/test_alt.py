"""Alternative text: a line for each thing that a figure says."""

import podviz

COMPARED = """podviz: 1
title: {ko: 제목, en: Title}
compare:
  - verdict: bad
    title: {ko: 나쁘다, en: wrong}
    because: {ko: 까닭, en: reason}
    pods: [{name: web, bare: true}]
  - {verdict: good, pods: [{name: web}]}
"""


def told(spec: str, lang: str) -> list[str]:
    return podviz.render(spec, format="alt", lang=lang).decode().splitlines()


def test_panels_are_told_one_after_the_other() -> None:
    assert told(COMPARED, "en")[:6] == [
        "Title", "Bad: wrong.", "Pod web, no owner.", "reason.", "Good.", "Pod web.",
    ]  # fmt: skip
    assert told(COMPARED, "ko")[1] == "나쁜 예: 나쁘다."


def test_stories_tell_what_is_so_in_each_frame() -> None:
    spec = (
        "podviz: 1\ntitle: t\ncontrollers: [{kind: Deployment, name: web, replicas: 1,"
        " pod: {containers: [{name: a}]}}]\nservices: [{name: s, selects: web, ports: [80]}]\n"
        "story: [{title: first}, {kill: web}, {}]\n"
    )
    lines = told(spec, "en")
    assert lines[1] == "1. first."
    assert "Endpoints: no longer 10.244.0.4." in lines
    assert "Endpoints: now 10.244.0.5." in lines
    assert lines[-1] == "Deployment web: wants 1, has 1."


def test_tables_and_cards_are_told_by_their_words() -> None:
    table = "podviz: 1\ntitle: t\ntable: {columns: [x, Pod], rows: [[Network, shared], [Unit, ✅]]}"
    assert told(table, "en") == ["t", "Network – Pod: shared.", "Unit – Pod: yes."]
    cards = "podviz: 1\ntitle: t\ncards: [{title: a, text: b}, {verdict: bad, title: c}]"
    assert told(cards, "en") == ["t", "1. a: b.", "Myth: c."]


def test_of_very_many_things_the_first_are_told_and_the_others_counted() -> None:
    pods = ", ".join(f"{{name: p{i}}}" for i in range(100))
    lines = told(f"podviz: 1\ntitle: t\npods: [{pods}]\n", "en")
    assert len(lines) == 62
    assert lines[-1] == "and 40 more."


POD = """podviz: 1
title: t
pods:
  - name: web
    ip: 10.0.0.1
    containers:
      - {name: app, image: "x:1", ports: [80]}
      - {name: metrics, image: "y:2", role: sidecar, purpose: metrics, ports: [9113]}
"""


def test_a_container_is_told_with_role_image_and_ports() -> None:
    assert told(POD, "en")[1] == (
        "Pod web, 10.0.0.1: app (main, x:1, port 80), metrics (sidecar · metrics, y:2, port 9113)."
    )
    assert "app (메인, x:1, 포트 80)" in told(POD, "ko")[1]


def test_calls_inside_a_pod_name_the_containers_and_others_the_pods() -> None:
    spec = (
        POD + "links: [{from: web/metrics, to: 'localhost:80'}, {from: web/app, to: 'db:5432'}]\n"
    )
    spec += "services: [{name: db, selects: {app: none}, ports: [5432]}]\nview: pods\n"
    lines = told(spec, "en")
    assert "metrics calls app (localhost:80)." in lines
    spec = POD + "services: [{name: all, selects: web, ports: [80]}]\nview: network\n"
    assert "Service all selects Pod web." in told(spec, "en")


def test_a_door_that_two_containers_want_is_that_of_their_pod() -> None:
    clash = POD.replace("9113", "80") + "services: [{name: s, selects: web, ports: [80]}]\n"
    lines = told(clash, "en")
    assert "Service s selects Pod web." in lines


def test_a_container_that_has_ended_says_so_while_its_pod_lives() -> None:
    lines = told(POD + "story: [{}, {crash: web/app}, {kill: web}]\n", "en")
    assert "app (main, Dead, x:1)" in next(line for line in lines if "Error" in line)
    assert "app (main, x:1)" in lines[-1]


def test_a_myth_is_followed_by_what_is_true() -> None:
    cards = ", ".join(f"{{verdict: {v}, title: {t}}}" for v, t in zip(
        ("bad", "bad", "good", "good"), ("a", "b", "c", "d"), strict=True
    ))  # fmt: skip
    assert told(f"podviz: 1\ntitle: t\ncards: [{cards}]\n", "en")[1:] == [
        "Myth: a.", "True: c.", "Myth: b.", "True: d.",
    ]  # fmt: skip


def test_how_much_of_a_node_is_asked_for_is_told() -> None:
    spec = (
        "podviz: 1\ntitle: t\nnodes: [{name: n, capacity: {cpu: 4}}]\n"
        "pods: [{name: a, node: n, containers: [{name: c, requests: {cpu: 1}}]},"
        " {name: b, status: Pending, containers: [{name: c, requests: {cpu: 6}}]}]\n"
    )
    lines = told(spec, "en")
    assert lines[1] == "Node n, CPU 1 / 4 requested: Pod a (CPU 1: c (main))."
    assert "largest node: CPU 4, It fits on no node" in lines[2]
