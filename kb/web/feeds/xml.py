"""Build XML documents with the standard library, which escapes their text."""

import re
from xml.etree import ElementTree as Tree

# Characters that XML 1.0 does not allow (production 2, Char).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = Tree.Element


def root(name: str, namespace: str, **attributes: str) -> Element:
    """Return a root element with a default namespace."""
    return _filled(Element(name, {"xmlns": namespace}), "", attributes)


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """Append an element to its parent and return it; `xml_lang` becomes `xml:lang`."""
    return _filled(Tree.SubElement(parent, name), text, attributes)


def written(made: Element) -> bytes:
    """Serialize the document as UTF-8, with an XML declaration."""
    Tree.indent(made, "")
    found: bytes = Tree.tostring(made, encoding="utf-8", xml_declaration=True)
    return found


def _filled(made: Element, text: str, attributes: dict[str, str]) -> Element:
    made.text = _FORBIDDEN.sub("", text) or None
    for name, value in attributes.items():
        made.set(name.replace("_", ":"), _FORBIDDEN.sub("", value))
    return made
