"""Number the items of ordered lists, as browsers do."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from indexer.importers.shared.numerals import NUMERALS

LISTS = {"ol", "ul", "dl", "menu", "dir"}
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*\bnone\b", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,9}")
# Delimiters around a number, by their names in pandoc; HTML itself has only the first.
_SIGNS = {"": "{}. ", "OneParen": "{}) ", "TwoParens": "({}) "}


class Numbers:
    """Stack of the open lists, each with its next item number, or None if it is bulleted."""

    def __init__(self) -> None:
        self._open: list[tuple[Callable[[int], str], int, int, str] | None] = []

    def open(self, lists: HtmlElement) -> None:
        """Open a list, and start counting if it is numbered."""
        style = NUMERALS.get(lists.get("type") or "1", str)
        if lists.tag != "ol" or _UNNUMBERED.search(lists.get("style") or ""):
            self._open.append(None)
            return
        back = lists.get("reversed") is not None
        first = len(lists.findall("li")) if back else 1
        around = lists.getparent()
        named = lists.get("data-delimiter") or (around is not None and around.get("class")) or ""
        number = _whole(lists.get("start"), first)
        self._open.append((style, number, -1 if back else 1, _SIGNS.get(named, _SIGNS[""])))

    def close(self) -> None:
        """Close the innermost list and return to the enclosing one."""
        self._open.pop()

    def next(self, item: HtmlElement) -> str:
        """Return the number of an item, with its delimiter and a space, or "" for a bullet."""
        if item.tag != "li" or not self._open or self._open[-1] is None:
            return ""
        style, number, step, signs = self._open[-1]
        number = _whole(item.get("value"), number)
        self._open[-1] = (style, number + step, step, signs)
        return signs.format(style(number))


def _whole(text: str | None, otherwise: int) -> int:
    found = _WHOLE.fullmatch((text or "").strip())
    return int(found[0]) if found else otherwise
