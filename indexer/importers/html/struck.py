"""Find struck-through text in a page, marked by elements, style attributes or style sheets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

ELEMENTS = {"s", "del", "strike"}
_NEVER = {"html", "body", "main", "article"}
_DECORATION = {"text-decoration", "text-decoration-line"}
_COMMENT = re.compile(r"/\*(?:(?!\*/).)*(?:\*/|\Z)", re.DOTALL)
_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*?)((?:[.#][\w-]+)*)", re.IGNORECASE)
MAX_SELECTORS = 200  # for line-through; pages have one or two


class _Compound(NamedTuple):
    """A compound selector, such as `span.old`."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    def matches(self, element: HtmlElement) -> bool:
        return (
            self.tag in {"", "*", element.tag}
            and self.classes <= set((element.get("class") or "").split())
            and self.ids <= {element.get("id")}
        )


def struck(root: HtmlElement) -> list[HtmlElement]:
    """Return the elements whose text is struck through, in document order."""
    selectors = _selectors(root)
    elements = (one for one in root.iter(etree.Element) if one.tag not in _NEVER)
    return [element for element in elements if _is_struck(element, selectors)]


def _is_struck(element: HtmlElement, selectors: list[list[_Compound]]) -> bool:
    decoration = _decoration(element.get("style") or "")
    if element.tag in ELEMENTS or "line-through" in decoration:
        return decoration != "none"
    return any(_matches(element, selector) for selector in selectors)


def _decoration(declarations: str) -> str:
    """Return the last text decoration that CSS declarations set, or ""."""
    found = ""
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() in _DECORATION:
            found = value.strip().lower()
    return found


def _selectors(root: HtmlElement) -> list[list[_Compound]]:
    """Return the parsed selectors of the page's CSS rules with line-through."""
    found: list[list[_Compound]] = []
    for style in root.iter("style"):
        for rule in _COMMENT.sub(" ", style.text or "").split("}"):
            head, _, declarations = rule.rpartition("{")
            if "line-through" in _decoration(declarations):
                found.extend(_parsed(head.rpartition("{")[2].rpartition(";")[2]))
    return found[:MAX_SELECTORS]


def _parsed(selectors: str) -> Iterator[list[_Compound]]:
    """Parse a selector list, skipping selectors with pseudo-classes, attributes or siblings."""
    for selector in selectors.split(","):
        parts = [_COMPOUND.fullmatch(part) for part in selector.replace(">", " ").split()]
        compounds = [
            _Compound(
                part[1].lower(),
                frozenset(re.findall(r"\.([\w-]+)", part[2])),
                frozenset(re.findall(r"#([\w-]+)", part[2])),
            )
            for part in parts
            if part
        ]
        if compounds and len(compounds) == len(parts):
            yield compounds


def _matches(element: HtmlElement, selector: list[_Compound]) -> bool:
    """Return whether an element and its ancestors match a selector, a list of compounds."""
    *around, own = selector
    if not own.matches(element):
        return False
    for ancestor in element.iterancestors():
        if around and around[-1].matches(ancestor):
            around.pop()
    return not around
