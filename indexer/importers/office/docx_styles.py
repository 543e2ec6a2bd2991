"""Read paragraph and run properties in a Word file, including those inherited from styles."""

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
OFF = {"0", "false", "off"}


def value(parent: etree._Element | None, path: str) -> str | None:
    """Return the `w:val` of the element at a path, such as `pPr/numPr/numId`, or None."""
    found = None if parent is None else parent.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(VAL)


def whole(text: str | None, otherwise: int) -> int:
    """Return the integer value of an attribute, or `otherwise` if it is missing or invalid."""
    # The value is untrusted; no list has ten-digit numbers.
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else otherwise


def strike(properties: etree._Element | None) -> bool | None:
    """Return whether run properties turn strikethrough on or off, or None if they do neither."""
    if properties is None:
        return None
    lines = [one for name in ("strike", "dstrike") for one in properties.iterfind(f"{W}{name}")]
    return any(one.get(VAL) not in OFF for one in lines) if lines else None


class Styles:
    """The styles of a document, with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.iter(f"{W}style")
        self._by_id = {style.get(f"{W}styleId", ""): style for style in found}

    def above(self, key: str | None) -> Iterator[etree._Element]:
        """Yield the style with this id, then the styles it is based on."""
        seen = set[str | None]()
        while key in self._by_id and key not in seen:
            seen.add(key)
            yield self._by_id[key]
            key = value(self._by_id[key], "basedOn")

    def stated(self, paragraph: etree._Element, path: str) -> str | None:
        """Return a value set on a paragraph or, failing that, in its styles, or None."""
        sources = (paragraph, *self.above(value(paragraph, "pPr/pStyle")))
        return next((one for source in sources if (one := value(source, path))), None)

    def level(self, paragraph: etree._Element) -> int:
        """Return the outline level of a paragraph (1 to 6), or 0 if it has none."""
        number = whole(self.stated(paragraph, "pPr/outlineLvl"), 9)
        return min(number + 1, 6) if number < 9 else 0

    def strikes(self, key: str | None) -> bool:
        """Return whether the style with this id sets strikethrough."""
        states = (strike(style.find(f"{W}rPr")) for style in self.above(key))
        return next((one for one in states if one is not None), False)
