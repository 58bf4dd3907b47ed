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
        "Title", "Bad: wrong.", "Pod web.", "reason.", "Good.", "Pod web.",
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
    assert told(table, "en") == ["t", "Network: Pod shared.", "Unit: Pod yes."]
    cards = "podviz: 1\ntitle: t\ncards: [{title: a, text: b}, {verdict: bad, title: c}]"
    assert told(cards, "en") == ["t", "1. a: b.", "Myth: c."]


def test_of_very_many_things_the_first_are_told_and_the_others_counted() -> None:
    pods = ", ".join(f"{{name: p{i}}}" for i in range(100))
    lines = told(f"podviz: 1\ntitle: t\npods: [{pods}]\n", "en")
    assert len(lines) == 62
    assert lines[-1] == "and 40 more."
