"""How often roles of labelled containers are judged right.

    python tools/role_accuracy.py ../shared/corpus

For each project the facts that were learned from its own labels are left out. Prints the
mains and sidecars judged wrong, and how many were right; `unclear` counts as wrong there.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from podviz import source
from podviz.cluster.images import known
from podviz.cluster.relations import objects, templates
from podviz.cluster.roles import judged
from podviz.model import Controller
from podviz.pod import Pod, Role
from podviz.readers.manifest.clusters import read_cluster
from podviz.readers.manifest.pods import DEFAULT


class Label(Struct, frozen=True, kw_only=True):
    """What a person says of one container, and what podviz says."""

    project: str
    where: str
    label: str
    judged: str
    reason: str

    @property
    def counts(self) -> bool:
        return self.label in ("main", "sidecar")

    @property
    def is_right(self) -> bool:
        return self.label == self.judged

    @property
    def is_slander(self) -> bool:
        """A peer that is called a sidecar."""
        return self.label == "peer" and self.judged == "sidecar"


def labels(corpus: Path, *, leave_out: bool) -> Iterator[Label]:
    """Every labelled container of `multi_container_labels.tsv`, judged."""
    with (corpus / "multi_container_labels.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        project = row["path"].split("/")[1]
        data = (corpus / row["path"]).read_bytes()
        pods = list(_pods(data, row, project if leave_out else None))
        found = [c for pod in pods for c in pod.containers if c.name == row["container"]]
        yield Label(
            project=project,
            where=f"{row['path']} {row['kind']} {row['name']}: {row['container']}",
            label=row["label"],
            judged=str(found[0].role) if found else "missing",
            reason=found[0].reason.en if found and found[0].reason else "",
        )


def _pods(data: bytes, row: dict[str, str], without: str | None) -> Iterator[Pod]:
    cluster, _ = read_cluster(source.read(data, row["path"]).documents)
    for thing in objects(cluster):
        if isinstance(thing, Pod | Controller) and thing.name == row["name"]:
            for pod in templates(thing):
                yield _again(pod, thing.name, without)


def _again(pod: Pod, workload: str, without: str | None) -> Pod:
    """The Pod judged once more, with what is known without one project."""
    bare = [
        replace(c, role=None) if c.reason and c.role is not Role.INIT else c for c in pod.containers
    ]
    default = dict(pod.annotations).get(DEFAULT)
    blank = replace(pod, containers=tuple(bare))
    return judged(blank, workload, default=default, facts=known(without))


def report(corpus: Path, *, leave_out: bool) -> tuple[str, bool]:
    """What to print, and whether 95 % are right with no peer called a sidecar."""
    told = list(labels(corpus, leave_out=leave_out))
    counted = [label for label in told if label.counts]
    right = sum(label.is_right for label in counted)
    slandered = [label for label in told if label.is_slander]
    share = right / max(1, len(counted))
    lines = [
        "leaving out one project at a time:" if leave_out else "with all facts:",
        f"  mains and sidecars right: {right} of {len(counted)} ({share:.1%})",
        f"  peers called a sidecar: {len(slandered)}",
    ]
    for label in [*(c for c in counted if not c.is_right), *slandered]:
        lines.append(f"  {label.where}: {label.label}, judged {label.judged} ({label.reason})")
    for (label, said), number in sorted(Counter((t.label, t.judged) for t in told).items()):
        lines.append(f"    {label:8} judged {said:8} {number:3}")
    return "\n".join(lines) + "\n", share >= 0.95 and not slandered


def main() -> int:
    """Prints both accuracies; status 1 where either is not enough."""
    enough = True
    for leave_out in (False, True):
        words, good = report(Path(sys.argv[1]), leave_out=leave_out)
        sys.stdout.write(words)
        enough = enough and good
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
