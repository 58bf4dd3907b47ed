"""Gathers the rules that the files of `rules` define."""

from collections.abc import Collection
from functools import cache
from importlib import import_module
from pathlib import Path

from podviz import rules
from podviz.rule import Rule


@cache
def every_rule() -> tuple[Rule, ...]:
    """All rules by code."""
    found: dict[str, Rule] = {}
    files = [file for file in Path(rules.__path__[0]).iterdir() if file.suffix == ".py"]
    for file in files:
        for value in vars(import_module(f"podviz.rules.{file.stem}")).values():
            if isinstance(value, Rule):
                first = found.setdefault(value.code, value)
                assert first is value, f"two rules are called {value.code}"
    return tuple(sorted(found.values(), key=lambda rule: rule.code))


def find_rule(word: str) -> Rule | None:
    """The rule of this code or kebab-case name, in upper or lower case."""
    said = word.strip().lower()
    return next((r for r in every_rule() if said in (r.code.lower(), r.name)), None)


def rules_of(sets: Collection[str] = ("design",)) -> tuple[Rule, ...]:
    """The rules of these sets, those of the structure always."""
    return tuple(rule for rule in every_rule() if rule.set == "structure" or rule.set in sets)
