"""JUnit reports by the schema that Jenkins reads them with."""

from functools import lru_cache
from pathlib import Path

import xmlschema


@lru_cache(maxsize=1)
def _schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(Path(__file__).parent / "schemas" / "junit-10.xsd"))


def invalid(report: str) -> list[str]:
    """What the schema has against a report, a sentence each."""
    return [f"{error.path}: {error.reason}" for error in _schema().iter_errors(report)]
