"""When a CronJob runs."""

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from podviz.grammar.words import Line

_MACROS = frozenset(
    ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_CRON: tuple[tuple[range, dict[str, int]], ...] = (
    (range(60), {}),
    (range(24), {}),
    (range(1, 32), {}),
    (range(1, 13), {name: i for i, name in enumerate(_MONTHS, start=1)}),
    (range(7), {name: i for i, name in enumerate(_DAYS)}),
)
"""Minute, hour, day of the month, month, day of the week: what each may be, and its names."""


def _schedule(given: str) -> str:
    """Cron as Kubernetes reads it. https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"""
    fields = given.split()
    if given in _MACROS or re.fullmatch(r"@every ([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+", given):
        return given
    if len(fields) == 5 and all(map(_is_cron, fields, *zip(*_CRON, strict=True))):
        return given
    raise PydanticCustomError("schedule", "must be a cron schedule")


def _is_cron(field: str, within: range, names: dict[str, int]) -> bool:
    """`*`, `*/5`, `1-5`, `mon,fri`, `?`."""
    for part in field.lower().split(","):
        span, slash, step = part.partition("/")
        if slash and not (re.fullmatch("[0-9]{1,4}", step) and int(step)):
            return False
        if span not in ("*", "?"):
            ends = [_cron_number(word, names) for word in span.split("-")]
            if len(ends) > 2 or ends != sorted(ends) or not set(ends) <= set(within):
                return False
    return True


def _cron_number(word: str, names: dict[str, int]) -> int:
    return int(word) if re.fullmatch("[0-9]{1,4}", word) else names.get(word, -1)


Schedule = Annotated[Line, AfterValidator(_schedule)]
"""Five fields of cron, or `@daily` and its like."""
