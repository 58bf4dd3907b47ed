"""Which files below an output folder podviz wrote, and of which inputs: to tell what outlived its
input."""

from pathlib import Path
from typing import TYPE_CHECKING

from podviz.disk import absolute
from podviz.outcome import digest
from podviz.runs.cache import Cache

if TYPE_CHECKING:
    from podviz.runs.batch import Done


class Ledger:
    """The files of one output folder, by what the cache knows of them."""

    def __init__(self, cache: Cache, folder: Path) -> None:
        self.cache = cache
        self.folder = Path(absolute(folder))
        self._known = cache.written(self.folder)
        self._new: list[tuple[str, str, str]] = []

    def enter(self, done: "Done") -> None:
        """Note the files of an input that stands in a file or folder."""
        source = done.unit.path or done.unit.folder
        if source is None:
            return
        home = absolute(source)
        for path, known in done.files:
            row = (absolute(path), home, known)
            if self._known.get(row[0]) != row[1:]:
                self._new.append(row)

    def close(self) -> None:
        """Keep what was noted."""
        if self._new:
            self.cache.note(self.folder, self._new)
            self._known |= {path: (home, known) for path, home, known in self._new}

    def orphans(self) -> list[Path]:
        """Files that are still there while the input they were drawn from is not."""
        gone = {home: not Path(home).exists() for home, _ in self._known.values()}
        left = [path for path, (home, _) in self._known.items() if gone[home]]
        return [Path(path) for path in sorted(left) if Path(path).is_file()]

    def prune(self, orphan: Path) -> bool:
        """Remove a file that outlived its input; false where somebody changed it since.

        Raises OSError where the system refuses.
        """
        if digest(orphan.read_bytes()) != self._known[str(orphan)][1]:
            return False
        orphan.unlink()
        self.cache.forget([str(orphan)])
        return True
