"""Documents spoilt on purpose, each with the sentence that must tell it."""

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from .edit import SVG, Spoil, part


def _script(root: Element) -> None:
    SubElement(root, f"{SVG}script")


def _import(root: Element) -> None:
    SubElement(root, f"{SVG}style").text = "@import 'x.css'"


def _foreign_font(root: Element) -> None:
    SubElement(root, f"{SVG}style").text = "a{src:url(//x.y/f)}"


UNSAFE: dict[str, tuple[Spoil, str]] = {
    "an address outside": (
        lambda root: SubElement(root, f"{SVG}image").set("href", "https://example.com/a.png"),
        r"refers to 'https://example\.com/a\.png' outside itself",
    ),
    "a font from outside": (
        _foreign_font,
        r"refers to '//x\.y/f' outside itself",
    ),
    "a symbol that is not there": (
        lambda root: next(root.iter(f"{SVG}use")).set("href", "#gone"),
        r"refers to #gone, which does not exist",
    ),
    "a script": (_script, r"holds a script element"),
    "an event": (lambda root: root.set("onload", "x()"), r"svg has the attribute onload"),
    "a link that runs": (
        lambda root: SubElement(root, f"{SVG}a").set("href", "javascript:x()"),
        r"javascript: address",
    ),
    "a path of the machine": (
        lambda root: part(root, "Pod.web").set("data-file", str(Path(__file__).absolute())),
        r"tells a path of the machine",
    ),
    "an id twice": (
        lambda root: part(root, "Pod.web").set("id", part(root, "Pod.api").attrib["id"]),
        r"id \w+-Pod\.api stands 2 times",
    ),
    "a style sheet from outside": (_import, r"imports a style sheet"),
    "a label that is not there": (
        lambda root: root.set("aria-labelledby", "gone"),
        r"is labelled by gone, which does not exist",
    ),
    "no role": (lambda root: root.set("role", "none"), r"role is 'none', not 'img'"),
    "no title": (lambda root: root.remove(root[0]), r"has no title"),
    "one language": (lambda root: root.remove(root[2]), r"has no desc in ko"),
}
