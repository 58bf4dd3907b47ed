"""The frames of a story in a spec, and what cannot happen in them."""

import pytest

from podviz.reader import read
from podviz.sheet import Event
from podviz.text import Text

SCENE = """
nodes: [n1, n2]
pods: [{name: alone, containers: [{name: app}]}]
controllers:
  - {kind: Deployment, name: web, pod: {containers: [{name: app}, {name: logs}]}}
  - {kind: CronJob, name: night, schedule: "@daily", pod: {containers: [{name: app}]}}
  - {kind: DaemonSet, name: agent, pod: {containers: [{name: app}]}}
"""


def story(frames: str) -> str:
    return f"podviz: 1\ntitle: t\nstory:\n{frames}{SCENE}"


def told(frames: str) -> list[str]:
    found = read(story(frames).encode(), "x.yaml").findings
    return [f"{f.place.line}:{f.place.column} {f.code} {f.message.en}" for f in found]


def test_a_frame_has_a_title_and_at_most_one_event() -> None:
    frames = (
        "  - {title: {ko: 가, en: a}}\n  - {kill: web}\n  - {crash: web/logs}\n  - {fail: n1}\n"
        "  - {drain: n2}\n  - {scale: {web: 3}}\n  - {roll: {web: 'nginx:2'}}\n  - {run: night}\n"
        "  - {wait: 2}\n  - {kill: web-7d9f8-x9b7t}\n"
    )
    reading = read(story(frames).encode(), "x.yaml")
    assert not reading.findings
    (sheet,) = reading.sheets
    assert sheet.frames[0].title == Text("가", "a")
    assert [frame.event for frame in sheet.frames] == [
        None,
        Event(kind="kill", target="web"),
        Event(kind="crash", target="web/logs"),
        Event(kind="fail", target="n1"),
        Event(kind="drain", target="n2"),
        Event(kind="scale", target="web", number=3),
        Event(kind="roll", target="web", image="nginx:2"),
        Event(kind="run", target="night"),
        Event(kind="wait", number=2),
        Event(kind="kill", target="web-7d9f8-x9b7t"),
    ]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("{kill: wbe}", "4:12 POD007 'kill' refers to 'wbe', which does not exist"
         " (did you mean 'web'?)"),
        ("{kill: n1}", "4:12 POD008 kill must name one of Pod, Deployment, ReplicaSet,"
         " StatefulSet, DaemonSet, Job, CronJob; 'n1' is a Node"),
        ("{crash: web/lgos}", "4:13 POD007 'crash' refers to 'lgos', which does not exist"
         " (did you mean 'logs'?)"),
        ("{crash: nobody/app}", "4:13 POD007 'crash' refers to 'nobody', which does not exist"),
        ("{fail: n3}", "4:12 POD007 'fail' refers to 'n3', which does not exist"),
        ("{scale: {agent: 3}}", "4:14 POD008 scale must name one of Deployment, ReplicaSet,"
         " StatefulSet; 'agent' is a DaemonSet"),
        ("{scale: {web: -1}}", "4:19 POD008 web must be at least 0, not -1"),
        ("{roll: {alone: x}}", "4:13 POD008 roll must name one of Deployment, StatefulSet,"
         " DaemonSet, ReplicaSet; 'alone' is a Pod"),
        ("{run: web}", "4:11 POD008 run must name one of Job, CronJob; 'web' is a Deployment"),
        ("{wait: 0}", "4:12 POD008 wait must be at least 1, not 0"),
        ("{kill: web, fail: n1}", "4:17 POD008 a frame has one event, and 'kill' is there already"),
        ("{klil: web}", "4:6 POD002 unknown field 'klil' (did you mean 'kill'?)"),
    ],
)  # fmt: skip
def test_what_cannot_happen_is_told_at_its_place(frame: str, expected: str) -> None:
    assert told(f"  - {frame}\n") == [expected]


def test_a_node_fails_once() -> None:
    assert told("  - {fail: n1}\n  - {fail: n1}\n") == ["5:12 POD008 node 'n1' has failed already"]


def test_a_story_has_no_panels() -> None:
    spec = "podviz: 1\nstory: [{title: a}]\ncards: [{title: a}]"
    found = read(spec.encode(), "x.yaml").findings
    assert [f.message.en for f in found] == ["'story' cannot stand in one figure with 'cards'"]
