"""Regular expressions that are compiled when they are first asked."""

import re
from typing import Any, cast


def pattern(words: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, later: to compile all that there are would be most of a start."""
    return cast("re.Pattern[str]", _Later(words, flags))


class _Later:
    def __init__(self, words: str, flags: int) -> None:
        self._given = words, flags

    def __getattr__(self, name: str) -> Any:
        asked = getattr(re.compile(*self._given), name)
        setattr(self, name, asked)
        return asked
