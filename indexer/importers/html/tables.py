"""A table of a page -> its rows as lines, if it is one of data and not of a page's layout."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from indexer.importers.shared.clean import one_line

# Elements that stand on lines of their own; the others are parts of a line, as in browsers.
LINES = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main "
    "menu nav ol optgroup p pre search section summary table tbody td tfoot th thead tr ul".split()
)

# Cells of a layout are columns of a page, with many words; those of data have a few.
LAYOUT_CELL = 300  # characters, on average over the cells that have any


class Row(NamedTuple):
    """A line of a table: its caption, or the words of its cells."""

    kind: Literal["paragraph", "row"]
    text: str
    element: HtmlElement


def is_data(table: HtmlElement) -> bool:
    """Whether a table has rows of cells to read across: data, and no columns of a page."""
    if table.get("role") in {"presentation", "none"}:
        return False
    if next(table.iterdescendants("table", "h1", "h2", "h3", "article"), None) is not None:
        return False
    cells = [len(cell.text_content().strip()) for cell in table.iter("td", "th")]
    filled = [length for length in cells if length]
    across = any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))
    if not across or not filled:
        return False
    return table.find(".//th") is not None or sum(filled) <= LAYOUT_CELL * len(filled)


def rows(table: HtmlElement) -> Iterator[Row]:
    """The caption, then every row that has words: its cells joined by " | ".

    A cell without words between others stays as an empty place, so that columns can be told.
    """
    for caption in table.iter("caption"):
        if text := words(caption):
            yield Row("paragraph", text, caption)
    for row in table.iter("tr"):
        cells = [words(cell) for cell in row.iterchildren("td", "th")]
        if text := one_line(" | ".join(cells).rstrip(" |")):
            yield Row("row", text, row)


def words(element: HtmlElement) -> str:
    """The words in an element on one line, with spaces where the page has lines."""
    parts = []
    for event, found in etree.iterwalk(element, events=("start", "end")):
        if found.tag in LINES or found.tag == "br":
            parts.append(" ")
        if event == "start":
            parts.append(found.text or "")
        elif found is not element:
            parts.append(found.tail or "")
    return one_line("".join(parts))
