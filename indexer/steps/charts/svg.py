"""Charts as vl-convert writes them -> SVG that stands within a page: named, plain, of one colour.

Only what is listed here is kept, so neither styles nor scripts nor addresses can come along.
"""

import re
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2000/svg"
KEPT = {
    "svg": {"viewBox"},
    "g": {"transform"},
    "path": {"d", "transform", "fill", "stroke", "opacity", "stroke-width"},
    "line": {"x1", "x2", "y1", "y2", "transform", "stroke", "opacity", "stroke-width"},
    "rect": {"x", "y", "width", "height", "transform", "fill", "opacity"},
    "text": {"x", "y", "dx", "dy", "transform", "text-anchor", "font-size", "font-weight",
             "opacity"},
    "tspan": {"x", "y", "dx", "dy"},
}  # fmt: skip
USUAL = {("opacity", "1"), ("stroke-width", "1"), ("transform", "translate(0,0)")}
INK = "currentColor"  # the colour of the text around it, in whatever theme
_DIGITS = re.compile(r"(\d+\.\d)\d+")  # a tenth of a unit is less than anyone sees


def plain(drawn: str, name: str, title: str, description: str) -> str:
    """The drawing alone, with its title and description tied to it by ids made from the name."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - what our own chart was just drawn to
    _strip(root)
    title_id, description_id = f"{name}-title", f"{name}-desc"
    root.set("role", "img")
    root.set("aria-labelledby", title_id)
    root.set("aria-describedby", description_id)
    for tag, id, text in (("desc", description_id, description), ("title", title_id, title)):
        told = ElementTree.Element(f"{{{NAMESPACE}}}{tag}", {"id": id})
        told.text = text
        root.insert(0, told)
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _strip(node: ElementTree.Element) -> None:
    """Keep the listed attributes of a node and the listed nodes within it that show something."""
    tag = node.tag.rpartition("}")[2]
    node.attrib = {
        name: _value(name, value)
        for name, value in node.attrib.items()
        if name in KEPT[tag] and (name, value) not in USUAL
    }
    for child in list(node):
        if child.tag.rpartition("}")[2] not in KEPT or _unseen(child):
            node.remove(child)
            continue
        _strip(child)
        if child.tag.endswith("}g") and not len(child):
            node.remove(child)
    if tag == "text":
        node.set("fill", INK)


def _unseen(node: ElementTree.Element) -> bool:
    """Whether it is the empty ground behind a group, a line to nowhere or a text without words."""
    if node.get("class") == "background" or node.get("d") == "":
        return True
    return node.tag.endswith("}text") and not "".join(node.itertext()).strip()


def _value(name: str, value: str) -> str:
    if name in {"fill", "stroke"}:
        return "none" if value in {"none", "transparent"} else INK
    if name == "font-size":
        return value.removesuffix("px")
    return _DIGITS.sub(r"\1", value)
