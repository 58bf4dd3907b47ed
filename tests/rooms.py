"""The modules of podviz and what each of them imports, read from their text."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1] / "podviz"


def name_of(path: Path) -> str:
    """`views/pods.py` → `views.pods`; the package itself is `podviz`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[-1] == "__init__":
        parts = parts[:-1]
    return ".".join(parts) or "podviz"


@cache
def modules() -> dict[str, ast.Module]:
    """Every module by name, as a syntax tree."""
    return {name_of(p): ast.parse(p.read_text("utf-8")) for p in sorted(ROOT.rglob("*.py"))}


def docstrings_only() -> set[str]:
    """Packages whose own file holds no code: plural folders."""
    return {
        name_of(path)
        for path in ROOT.rglob("__init__.py")
        if all(isinstance(n, ast.Expr) for n in modules()[name_of(path)].body)
    }


@cache
def imports(module: str) -> frozenset[str]:
    """The podviz modules that a module names in any import, late and typing ones too."""
    named = [_own(name) for name in _all_imports(module)]
    return frozenset(name for name in named if name)


@cache
def foreign(module: str) -> frozenset[str]:
    """The packages outside podviz that a module names in any import."""
    return frozenset(n.split(".")[0] for n in _all_imports(module) if n.split(".")[0] != "podviz")


def reached(module: str) -> frozenset[str]:
    """Every podviz module below this one, however far down."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = imports(waiting.pop()) - found
        found |= new
        waiting += new
    return frozenset(found)


def calls(module: str, *functions: str) -> Iterator[str]:
    """What the calls of these functions name: a string, or the text of an f-string with `*`."""
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Call) and _called(node.func) in functions:
            yield _spelt(node.args[0])


def _all_imports(module: str) -> Iterator[str]:
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _own(name: str) -> str | None:
    """`podviz.text.Text` → `text`: the longest part that is a module of ours."""
    parts = name.split(".")
    if parts[0] != "podviz":
        return None
    for end in range(len(parts), 1, -1):
        found = ".".join(parts[1:end])
        if found in modules():
            return found
    return "podviz"


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _spelt(argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.JoinedStr):
        return "".join(
            str(v.value) if isinstance(v, ast.Constant) else "*" for v in argument.values
        )
    return "*"
