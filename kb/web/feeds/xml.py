"""XML for programs: elements made by the standard library, so that no text becomes markup."""

import re
from xml.etree import ElementTree as Tree

# What XML 1.0 cannot hold in any form (production 2, Char).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = Tree.Element


def root(name: str, namespace: str, **attributes: str) -> Element:
    """The first element of a document, in a namespace that its own elements share."""
    return _dressed(Element(name, {"xmlns": namespace}), "", attributes)


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """One more element at the end of its parent; `xml_lang` is written `xml:lang`."""
    return _dressed(Tree.SubElement(parent, name), text, attributes)


def written(made: Element) -> bytes:
    """The document in UTF-8, with its declaration."""
    Tree.indent(made, "")
    found: bytes = Tree.tostring(made, encoding="utf-8", xml_declaration=True)
    return found


def _dressed(made: Element, text: str, attributes: dict[str, str]) -> Element:
    made.text = _FORBIDDEN.sub("", text) or None
    for name, value in attributes.items():
        made.set(name.replace("_", ":"), _FORBIDDEN.sub("", value))
    return made
