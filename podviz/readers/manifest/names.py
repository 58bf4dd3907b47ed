"""Names that stay apart."""

from collections.abc import Iterable


class Names:
    """Gives each name once; one that is taken gets a number behind, however many there are."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def free(self, name: str, between: str = "-") -> str:
        """The name itself, or `name-2`, `name-3`, …: the first that is not taken."""
        number, made = self._last.get(name, 1), name
        while made in self._taken:
            number += 1
            made = f"{name}{between}{number}"
        self._last[name] = number
        self._taken.add(made)
        return made
