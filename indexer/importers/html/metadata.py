"""What a page states of itself in its `meta` elements and in JSON-LD, as it states it."""

from collections import defaultdict
from collections.abc import Iterable
from html import unescape
from itertools import chain

from lxml.html import HtmlElement

from indexer.importers.html.linked_data import Stated, stated
from indexer.importers.shared.clean import one_line

MAX_VALUE = 2_000  # characters of a statement; more is no title, name or address


class Statements:
    """The statements of a page, by name in small letters; `things` are those of JSON-LD."""

    def __init__(self, root: HtmlElement) -> None:
        self.things: Stated = stated(root)
        self._meta: dict[str, list[str]] = defaultdict(list)
        for element in root.iter("meta"):
            content = plain(element.get("content"))
            names = (element.get(key) for key in ("name", "property", "itemprop", "http-equiv"))
            for name in filter(None, names):
                if content and len(content) <= MAX_VALUE:
                    self._meta[name.lower().strip()].append(content)

    def values(self, names: Iterable[str]) -> tuple[str, ...]:
        """All that is stated under these names, in the order of the names."""
        return tuple(chain.from_iterable(self._meta.get(name, ()) for name in names))


def plain(text: str | None) -> str:
    """A statement on one line; some programs write its characters as entities once too often."""
    return one_line(unescape(text or ""))
