"""Reduce SVG from vl-convert to a labeled drawing in one color that a page can embed.

Only the listed elements and attributes are kept, so no style, script or URL can enter the page.
"""

import re
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2000/svg"
ALLOWED = {
    "svg": {"viewBox"},
    "g": {"transform"},
    "path": {"d", "transform", "fill", "stroke", "opacity", "stroke-width"},
    "line": {"x1", "x2", "y1", "y2", "transform", "stroke", "opacity", "stroke-width"},
    "rect": {"x", "y", "width", "height", "transform", "fill", "opacity"},
    "text": {"x", "y", "dx", "dy", "transform", "text-anchor", "font-size", "font-weight",
             "opacity"},
    "tspan": {"x", "y", "dx", "dy"},
}  # fmt: skip
DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("transform", "translate(0,0)")}
INK = "currentColor"  # the color of the surrounding text, in any theme
_DIGITS = re.compile(r"(\d+\.\d)\d+")  # differences under a tenth of a unit are invisible


def plain(drawn: str, name: str, title: str, description: str) -> str:
    """Return reduced SVG with a title and description, whose element ids begin with `name`."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own chart, just drawn
    _strip(root)
    title_id, description_id = f"{name}-title", f"{name}-desc"
    root.set("role", "img")
    root.set("aria-labelledby", title_id)
    root.set("aria-describedby", description_id)
    for tag, id, text in (("desc", description_id, description), ("title", title_id, title)):
        label = ElementTree.Element(f"{{{NAMESPACE}}}{tag}", {"id": id})
        label.text = text
        root.insert(0, label)
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _strip(node: ElementTree.Element) -> None:
    """Remove attributes and child nodes that are not allowed or have no visible effect."""
    tag = node.tag.rpartition("}")[2]
    node.attrib = {
        name: _value(name, value)
        for name, value in node.attrib.items()
        if name in ALLOWED[tag] and (name, value) not in DEFAULTS
    }
    for child in list(node):
        if child.tag.rpartition("}")[2] not in ALLOWED or _is_invisible(child):
            node.remove(child)
            continue
        _strip(child)
        if child.tag.endswith("}g") and not len(child):
            node.remove(child)
    if tag == "text":
        node.set("fill", INK)


def _is_invisible(node: ElementTree.Element) -> bool:
    """Return whether a node is a background, an empty path or a text without characters."""
    if node.get("class") == "background" or node.get("d") == "":
        return True
    return node.tag.endswith("}text") and not "".join(node.itertext()).strip()


def _value(name: str, value: str) -> str:
    if name in {"fill", "stroke"}:
        return "none" if value in {"none", "transparent"} else INK
    if name == "font-size":
        return value.removesuffix("px")
    return _DIGITS.sub(r"\1", value)
