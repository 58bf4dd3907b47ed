"""Events that nothing in the cluster can meet."""

import pytest
from told import DAEMON, JOB, bare, cluster, controller, played

from podviz.errors import InputError, SpecError


@pytest.mark.parametrize("event", ["kill nobody", "scale nobody 2", "crash nobody/app"])
def test_what_meets_nobody_is_told(event: str) -> None:
    with pytest.raises(InputError):
        played(cluster(controller()), [event])


def test_a_dead_pod_cannot_be_killed_again() -> None:
    with pytest.raises(InputError, match="no Pod of 'web' runs"):
        played(cluster(bare()), ["kill web", "kill web"])


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["fail n9"], "'fail' refers to node 'n9', which does not exist"),
        (["drain n9"], "'drain' refers to node 'n9', which does not exist"),
        (["fail n1", "fail n1"], "node 'n1' has failed already"),
        (["scale log 3"], "scale must name one of .*; 'log' is a DaemonSet"),
        (["roll load x:2"], "roll must name one of .*; 'load' is a Job"),
        (["run web"], "run must name one of Job, CronJob; 'web' is a Deployment"),
        (["run load", "run load"], "no Pod of 'load' runs"),
        (["fail n1", "fail n2", "run load"], "no Pod of 'load' runs"),
        (["crash web/nobody"], "Pod 'web-.*' has no container 'nobody'"),
        (["fail n1", "fail n2", "crash web/app"], "no container of 'web/app' runs"),
        (["drain n1", "drain n2", "kill web"], "no Pod of 'web' runs"),
    ],
)
def test_an_event_that_nothing_can_meet_is_told(events: list[str], expected: str) -> None:
    with pytest.raises(SpecError, match=expected):
        played(cluster(controller(), DAEMON, JOB, nodes=2), events)
