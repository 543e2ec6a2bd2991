"""Charts that the build drew, each with the table of its numbers."""

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from kb.domain.queries import Clauses, Fields
from kb.domain.tallies import (
    BEFORE,
    ELSEWHERE,
    UNDATED,
    Tally,
    outcomes_by_decade,
    outcomes_by_place,
    sources_by_decade,
)
from kb.languages.labels import _
from kb.search.browse import OF_CORPUS
from kb.search.searcher import Searcher
from kb.text.query import QueryTree
from kb.web.view.page import Page

_BEFORE, _UNDATED = _("before %(year)s"), _("no date")
_ELSEWHERE = _("All other places")

Line = tuple[str, tuple[int, ...]]


class Table(NamedTuple):
    """The numbers of a chart: a line for each decade or place, a column for each outcome or kind.

    The drawing is None where the build could not make one.
    """

    drawing: Markup | None
    columns: tuple[str, ...]
    lines: list[Line]
    total: int


def outcomes(searcher: Searcher, page: Page) -> Table:
    """Demands whose outcome is known, by decade."""
    tally = outcomes_by_decade(_count(searcher))
    return _turned(tally, _drawing(searcher, page, "outcomes"), page)


def sources(searcher: Searcher, page: Page) -> Table:
    """Sources by decade."""
    tally = sources_by_decade(_count(searcher))
    return _turned(tally, _drawing(searcher, page, "timeline"), page)


def outcomes_of_places(searcher: Searcher, page: Page) -> Table:
    """Demands whose outcome is known, by state and country."""
    tally = outcomes_by_place(_count(searcher), searcher.names.gazetteer)
    label = page.label_of(searcher.names)
    names = [
        page.translated(_ELSEWHERE) if row == ELSEWHERE else label("place", row)
        for row in tally.rows
    ]
    lines = list(zip(names, tally.counts, strict=True))
    return Table(_drawing(searcher, page, "outcomes-places"), tally.columns, lines, tally.total)


def _count(searcher: Searcher) -> Callable[[Clauses], Fields]:
    reader = searcher.reader
    return lambda clauses: reader.counts(reader.select(QueryTree(), (*clauses, *OF_CORPUS)))


def _drawing(searcher: Searcher, page: Page, name: str) -> Markup | None:
    """The chart in the page's language; our own build made it, and let nothing else into it."""
    drawn = searcher.reader.drawing(f"{name}.{page.language}")
    return Markup(drawn) if drawn else None  # noqa: S704 - see above


def _turned(tally: Tally, drawing: Markup | None, page: Page) -> Table:
    """A line for each decade: a phone has more room down than across."""
    lines = zip(tally.columns, zip(*tally.counts, strict=True), strict=True)
    named = [(_decade(one, page), numbers) for one, numbers in lines]
    return Table(drawing, tally.rows, named, tally.total)


def _decade(column: str, page: Page) -> str:
    if column == UNDATED:
        return page.translated(_UNDATED)
    if column.startswith(BEFORE):
        return page.translated(_BEFORE) % {"year": column.removeprefix(BEFORE)}
    return column
