"""Read the rows of data tables as lines, and recognize layout tables."""

from collections.abc import Iterator
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement

from indexer.importers.html.list_numbers import LISTS, Numbers
from indexer.importers.shared.clean import one_line

# Block-level elements; the others are inline, as in browsers.
LINES = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main "
    "menu nav ol optgroup p pre search section summary table tbody td tfoot th thead tr ul".split()
)

# The cells of a layout table are columns of a page and have many words; data cells have few.
LAYOUT_CELL = 300  # characters, on average over nonempty cells

MAX_REPEATED = 300  # characters in a cell with a rowspan that is repeated in each row
MAX_COLUMNS, MAX_ROWS = 200, 65_534  # that one cell can span


Row = tuple[Literal["paragraph", "row"], str, HtmlElement]  # kind, text and element


def is_data(table: HtmlElement) -> bool:
    """Return whether a table contains data, and is not used for page layout."""
    if (role := table.get("role")) in {"presentation", "none", "table"}:
        return bool(role == "table")
    if next(table.iterdescendants("table", "h1", "h2", "h3", "article"), None) is not None:
        return False
    filled = list(filter(None, (len(one.text_content().strip()) for one in table.iter("td", "th"))))
    across = any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))
    if not across or not filled:
        return False
    return table.find(".//th") is not None or sum(filled) <= LAYOUT_CELL * len(filled)


def rows(table: HtmlElement) -> Iterator[Row]:
    """Yield the caption, then each row with text of its own, as cells joined by " | ".

    A cell with a rowspan is repeated in each row, so that each row can be read on its own. Empty
    cells and the rest of a colspan remain as empty columns.
    """
    for caption in table.iter("caption"):
        if text := words(caption):
            yield "paragraph", text, caption
    part, reaching = None, dict[int, _Cell]()
    for row in table.iter("tr"):
        if row.getparent() is not part:
            part, reaching = row.getparent(), {}
        if text := one_line(" | ".join(_columns(row, reaching)).rstrip(" |")):
            yield "row", text, row


_Cell = tuple[str, int]  # the text of a cell that spans later rows, and their number


def _columns(row: HtmlElement, reaching: dict[int, _Cell]) -> list[str]:
    """Return the text of each column of a row, or [] for a row without text of its own."""
    columns: list[str] = []
    own = False
    for cell in row.iterchildren("td", "th"):
        _reach(columns, reaching)
        text = words(cell)
        own = own or bool(text)
        high, wide = _span(cell, "rowspan"), _span(cell, "colspan")
        if high > 1:
            repeated = text if len(text) <= MAX_REPEATED else ""
            for at in range(wide):
                reaching[len(columns) + at] = "" if at else repeated, high - 1
        columns += [text, *[""] * (wide - 1)]
    _reach(columns, reaching)
    return columns if own else []


def _reach(columns: list[str], reaching: dict[int, _Cell]) -> None:
    """Append cells from earlier rows that extend into the next columns of this row."""
    while cell := reaching.pop(len(columns), None):
        text, rows = cell
        if rows > 1:
            reaching[len(columns)] = text, rows - 1
        columns.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    """Return the rowspan or colspan of a cell; a rowspan of 0 spans the rest of the row group."""
    stated = (cell.get(name) or "1").strip()
    number = int(stated) if stated.isdecimal() and len(stated) < 6 else 1
    if name == "rowspan":
        return number or MAX_ROWS
    return min(max(number, 1), MAX_COLUMNS)


def words(element: HtmlElement) -> str:
    """Return the text of an element on one line, with spaces at block boundaries."""
    parts = []
    numbers = Numbers()
    for event, found in etree.iterwalk(element, events=("start", "end")):
        if found.tag in LINES or found.tag == "br":
            parts.append(" ")
        if found.tag in LISTS:
            numbers.open(found) if event == "start" else numbers.close()
        if event == "start":
            parts.append(numbers.next(found) + (found.text or ""))
        elif found is not element:
            parts.append(found.tail or "")
    return one_line("".join(parts))
