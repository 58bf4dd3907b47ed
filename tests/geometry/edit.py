"""Good pictures spoilt by hand, to prove that the checks see it."""

import re
from base64 import b64encode
from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from podviz import fonts

SVG = "{http://www.w3.org/2000/svg}"
Spoil = Callable[[Element], None]

ElementTree.register_namespace("", SVG.strip("{}"))


def spoilt(svg: bytes, spoil: Spoil) -> bytes:
    """The same picture after `spoil` has worked on its elements."""
    root = ElementTree.fromstring(svg)
    spoil(root)
    return ElementTree.tostring(root)


def part(root: Element, id: str) -> Element:
    """The group with this id, the picture's own prefix aside."""
    return next(e for e in root.iter(f"{SVG}g") if e.get("id", "").partition("-")[2] == id)


def text(root: Element, words: str) -> Element:
    """The first line of text with these words."""
    return next(e for e in root.iter(f"{SVG}text") if e.text == words)


def shift(element: Element, dx: float, dy: float) -> None:
    """Move all that the element draws."""
    for e in element.iter():
        for name, by in (("x", dx), ("y", dy)):
            if name in e.attrib:
                e.set(name, f"{float(e.attrib[name]) + by:g}")
        if "data-box" in e.attrib:
            x, y, size = e.attrib["data-box"].split(maxsplit=2)
            e.set("data-box", f"{float(x) + dx:g} {float(y) + dy:g} {size}")
        if "d" in e.attrib:
            e.set("d", _shifted(e.attrib["d"], dx, dy))


def _shifted(data: str, dx: float, dy: float) -> str:
    """Path data moved; arcs keep their first five numbers."""

    def moved(match: re.Match[str]) -> str:
        letter, numbers = match[1], [float(n) for n in match[2].split()]
        fixed = 5 if letter == "A" else 0
        for i in range(fixed, len(numbers)):
            down = letter == "V" or (letter != "H" and (i - fixed) % 2)
            numbers[i] += dy if down else dx
        return letter + " ".join(f"{n:g}" for n in numbers)

    return re.sub(r"([A-Z])([^A-Z]*)", moved, data)


def line_of(arrow: Element) -> Element:
    """An arrow's line."""
    return next(e for e in arrow.iter(f"{SVG}path") if e.get("fill") == "none")


def head_of(arrow: Element) -> Element:
    return next(e for e in arrow.iter(f"{SVG}path") if e.get("fill") != "none")


def resize(root: Element, wide: float, high: float) -> None:
    """Another page around the same drawing, as many times as wide and high."""
    left, top, w, h = root.attrib["viewBox"].split()
    root.set("viewBox", f"{left} {top} {float(w) * wide:g} {float(h) * high:g}")


def embed(root: Element, letters: str) -> None:
    """Fonts that hold just these letters in the place of the picture's own."""
    style = next(root.iter(f"{SVG}style"))
    for name, number in (("Regular", 400), ("Bold", 700)):
        data = b64encode(fonts.cut(name, letters)).decode()
        pattern = rf"(font-weight:{number};src:url\(data:font/otf;base64,)[^)]*"
        style.text = re.sub(pattern, rf"\g<1>{data}", style.text or "")
