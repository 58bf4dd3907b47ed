"""Which inputs an earlier run drew already, and why the others must be drawn."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from podviz import disk
from podviz.errors import InputError
from podviz.input import Input
from podviz.intake import Unit, taken
from podviz.options import MAX_SIZE, SETTINGS
from podviz.outbox import Target
from podviz.outcome import Outcome, digest
from podviz.runs import fingerprint
from podviz.runs.cache import Beside, Cache, Parts, of_beside, of_inputs
from podviz.wish import Wish, target

_LARGEST = 1_000_000  # bytes of a file of settings


class Recalled(Struct, frozen=True):
    """What is known of an input. `outcome` is None where it must be drawn; where `stands`, its
    files are in their places, and the outcome is without their bytes. `why` says why not."""

    outcome: Outcome | None = None
    stands: bool = False
    why: str = ""


class Memory(Struct, kw_only=True):
    """Remembers nothing but the files and folders `beside` the inputs that they take in."""

    beside: set[Path] = field(default_factory=set)

    def recall(self, unit: Unit, inputs: Sequence[Input]) -> Recalled:
        """What earlier runs drew of an input, if nothing it depends on has changed."""
        return Recalled(why="nothing is kept of earlier runs")

    def keep(
        self,
        unit: Unit,
        inputs: Sequence[Input],
        beside: Mapping[str, Beside],
        outcome: Outcome,
    ) -> Outcome:
        """Remember what came of an input, and of the files beside it that it takes in; the
        outcome, with digests where it is remembered."""
        self._meet(unit, beside)
        return outcome

    def _meet(self, unit: Unit, words: Iterable[str]) -> None:
        self.beside.update(unit.beside(word) for word in words)


class Recall(Memory, kw_only=True):
    """Remembers by the cache, for runs that ask for the same."""

    cache: Cache
    target: Target
    podviz: str
    options: str
    settings: str
    force: bool = False
    max_size: int = MAX_SIZE

    @classmethod
    def of(cls, wish: Wish, cache: Cache) -> "Recall":
        """What is remembered for a wish in this folder. Raises UsageError as `target` does."""
        drawn_by = cache.fingerprint()
        if wish.engine == "dot":
            drawn_by = digest(f"{drawn_by} {fingerprint.dot()}".encode())
        return cls(
            cache=cache,
            target=target(wish),
            podviz=drawn_by,
            options=digest(wish.meant().encode(errors="surrogatepass")),
            settings=_settings(),
            force=wish.force,
            max_size=wish.max_size * 1_000_000,
        )

    def recall(self, unit: Unit, inputs: Sequence[Input]) -> Recalled:
        if self.force:
            return Recalled(why="--force asks for it")
        parts = self._parts(unit, inputs)
        entry = self.cache.find(parts.key)
        if entry is None:
            return Recalled(why=self._changed(unit, parts))
        self._meet(unit, entry.beside)
        for word, known in entry.beside.items():
            if of_beside(taken(unit, word, limit=self.max_size)) != known:
                return Recalled(why=f"{word}, which it takes in, has changed")
        other = self._other(unit, entry.outcome)
        if other is None:
            return Recalled(outcome=entry.outcome, stands=True)
        filled = entry.filled()
        return Recalled(outcome=filled, why=other if filled else "what was kept of it is broken")

    def keep(
        self,
        unit: Unit,
        inputs: Sequence[Input],
        beside: Mapping[str, Beside],
        outcome: Outcome,
    ) -> Outcome:
        self._meet(unit, beside)
        outcome = outcome.digested()
        if all(error.status <= 3 for error in outcome.errors):  # else another time it may be drawn
            known = {word: of_beside(found) for word, found in beside.items()}
            self.cache.keep(_home(unit), self._parts(unit, inputs), known, outcome)
        return outcome

    def _parts(self, unit: Unit, inputs: Sequence[Input]) -> Parts:
        given = f"{unit.name}\n{_home(unit)}\n{of_inputs(inputs)}"
        return Parts(
            podviz=self.podviz,
            options=self.options,
            settings=self.settings,
            input=digest(os.fsencode(given)),
        )

    def _other(self, unit: Unit, outcome: Outcome) -> str | None:
        """Why the files of an outcome must be written again; None where they stand."""
        for made in outcome.made:
            path = self.target.path(unit, made)
            if path is None or made.format == "html":
                return ""
            try:
                data = disk.content(path, made.size)
            except FileNotFoundError:
                return f"{path} is missing"
            except OSError as error:
                return f"{path}: {disk.reason(error)}"
            if data is None or digest(data) != made.digest:
                return f"{path} is another"
        return None

    def _changed(self, unit: Unit, parts: Parts) -> str:
        """In what an input differs from its latest drawing."""
        last = self.cache.last(_home(unit))
        if last is None:
            return "it was never drawn"
        said = {
            "podviz": "podviz, or what it draws with, has changed",
            "options": "the options are others",
            "settings": "the settings have changed",
            "input": "it has changed",
        }
        differs = [
            said[name]
            for name in Parts.__struct_fields__
            if getattr(last, name) != getattr(parts, name)
        ]
        return " and ".join(differs) or "it was drawn so before, and is not kept any more"


def _home(unit: Unit) -> str:
    """Where an input stands, whatever messages call it."""
    return disk.absolute(unit.path or unit.folder or Path(unit.name))


def _settings() -> str:
    """The digest of all files above this folder that may hold settings."""
    words: list[str] = []
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in SETTINGS:
            path = folder / name
            if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where it may not look
                continue
            try:
                data = disk.read(path, name, _LARGEST)
            except InputError as error:
                words.append(f"{path} {error}")  # whoever reads them will be told
                continue
            if name == SETTINGS[0] or b"podviz" in data:
                words.append(f"{path} {digest(data)}")
    return digest(os.fsencode("\n".join(words)))
