"""Charts drawn at build time, each with its data table."""

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
    """A chart's data: one row per decade or place, one column per outcome or kind.

    The drawing is None if the build could not draw the chart.
    """

    drawing: Markup | None
    columns: tuple[str, ...]
    lines: list[Line]
    total: int


def outcomes(searcher: Searcher, page: Page) -> Table:
    """Return the table of demands with a known outcome, by decade."""
    tally = outcomes_by_decade(_count(searcher))
    return _transposed(tally, _drawing(searcher, page, "outcomes"), page)


def sources(searcher: Searcher, page: Page) -> Table:
    """Return the table of sources, by decade."""
    tally = sources_by_decade(_count(searcher))
    return _transposed(tally, _drawing(searcher, page, "timeline"), page)


def outcomes_of_places(searcher: Searcher, page: Page) -> Table:
    """Return the table of demands with a known outcome, by state and country."""
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
    """Return the chart in the page's language; safe as markup, because our build drew it."""
    drawn = searcher.reader.drawing(f"{name}.{page.language}")
    return Markup(drawn) if drawn else None  # noqa: S704 - see above


def _transposed(tally: Tally, drawing: Markup | None, page: Page) -> Table:
    """Transpose a tally to one row per decade, because only narrow tables fit on phones."""
    lines = zip(tally.columns, zip(*tally.counts, strict=True), strict=True)
    named = [(_decade(one, page), numbers) for one, numbers in lines]
    return Table(drawing, tally.rows, named, tally.total)


def _decade(column: str, page: Page) -> str:
    if column == UNDATED:
        return page.translated(_UNDATED)
    if column.startswith(BEFORE):
        return page.translated(_BEFORE) % {"year": column.removeprefix(BEFORE)}
    return column
