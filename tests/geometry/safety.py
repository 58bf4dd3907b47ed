"""The document: stands alone, runs nothing, tells itself in words."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_RUNS = frozenset({"script", "foreignObject", "iframe", "handler", "set", "animate", "embed"})
_DATA = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]*")
_URL = re.compile(r"url\(\s*['\"]?([^)'\"]*)", re.IGNORECASE)


def safety(svg: bytes) -> list[str]:
    """One sentence for each thing that a page should not have in it, or lacks."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        return [f"does not parse: {error}"]
    return list(dict.fromkeys([*_document(svg.decode()), *_elements(root), *_words(root)]))


def _document(text: str) -> Iterator[str]:
    """What shows in the text itself, embedded data aside."""
    bare = _DATA.sub("data:", text)
    if re.search(r"<!|<\?(?!xml )", bare):
        yield "holds a declaration or a processing instruction"
    if re.search(r"javascript\s*:", bare, re.IGNORECASE):
        yield "holds a javascript: address"
    if re.search(r"@import", bare, re.IGNORECASE):
        yield "imports a style sheet"
    here = {str(p) for p in (Path.cwd(), Path(__file__).parents[2], Path.home(), Path(sys.prefix))}
    for path in sorted(p for p in (*here, "file:/") if len(p) > 1):
        if path in bare:
            yield f"tells a path of the machine: {path}"


def _elements(root: Element) -> Iterator[str]:
    every = list(root.iter())
    ids = Counter(e.attrib["id"] for e in every if "id" in e.attrib)
    yield from (f"id {id} stands {count} times" for id, count in ids.items() if count > 1)
    for element in every:
        name = element.tag.rpartition("}")[2]
        if name in _RUNS:
            yield f"holds a {name} element"
        if name == "style":
            yield from _references(_URL.findall(element.text or ""), ids)
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2]
            if short.lower().startswith("on"):
                yield f"{name} has the attribute {short}"
            targets = [value] if short in ("href", "src") else _URL.findall(value)
            yield from _references(targets, ids)


def _references(targets: list[str], ids: Counter[str]) -> Iterator[str]:
    for target in targets:
        if target.startswith("#"):
            if target[1:] not in ids:
                yield f"refers to {target}, which does not exist"
        elif not target.startswith("data:"):
            yield f"refers to {target[:60]!r} outside itself"


def _words(root: Element) -> Iterator[str]:
    """A role, a title, and the picture in words in both languages."""
    if root.get("role") != "img":
        yield f"role is {root.get('role')!r}, not 'img'"
    title = root.find(f"{_SVG}title")
    if title is None or not (title.text or "").strip():
        yield "has no title"
    told = {d.get("lang"): (d.text or "").strip() for d in root.findall(f"{_SVG}desc")}
    yield from (f"has no desc in {lang}" for lang in ("ko", "en") if not told.get(lang))
    ids = {e.get("id") for e in root.iter()}
    for id in root.get("aria-labelledby", "").split() or ["nothing"]:
        if id not in ids:
            yield f"is labelled by {id}, which does not exist"
