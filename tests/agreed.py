"""Results that stand in a file beside their input, rewritten where that is asked for."""

import os
from pathlib import Path


def agreed(path: Path, told: str) -> str:
    """What the file says; with PODVIZ_GOLDEN=write, `told` is written there first."""
    if os.environ.get("PODVIZ_GOLDEN") == "write":
        path.write_text(told, encoding="utf-8")
    return path.read_text(encoding="utf-8")
