"""Timeline page: sources by decade and year, and outcomes over time."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.passages import Entry
from kb.domain.queries import FIRST_YEAR, Filters
from kb.index.contract import Reader
from kb.search.browse import FilteredList
from kb.web.route import PageRoute, searcher_of
from kb.web.view import charts
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_SOURCES = 10  # shown per decade; a link leads to the others
MAX_UNDATED = 60  # the others cannot be linked, because no filter selects undated sources
YEARS = 10  # per decade

Year = tuple[int, int, Filters]


class Decade(NamedTuple):
    """The sources of a decade; a source dated to two decades is listed in both."""

    first: int
    size: int
    filters: Filters
    years: list[Year]
    newest: list[Entry]


@router.get("/timeline")
def timeline(request: Request) -> Response:
    """Show charts with data tables, then the years and newest sources of each decade."""
    page, searcher = Page(request), searcher_of(request)
    reader = searcher.reader
    listed = FilteredList(reader)
    undated = listed.keys((("dated=no",),), kind=("summary",))
    return page.response(
        "timeline.html",
        outcomes=charts.outcomes(searcher, page),
        places=charts.outcomes_of_places(searcher, page),
        sources=charts.sources(searcher, page),
        decades=_decades(reader),
        undated=listed.fetch(undated, MAX_UNDATED),
        undated_size=len(undated),
        label=page.label_of(searcher.names),
    )


def _decades(reader: Reader) -> list[Decade]:
    """Return the decades that have sources, newest first."""
    keys = FilteredList(reader).keys(kind=("summary",))
    years = sorted(int(year) for year in reader.counts(keys).get("year", {}))
    firsts = {year - year % YEARS for year in years if year >= FIRST_YEAR}
    return [_decade(reader, first) for first in sorted(firsts, reverse=True)]


def _decade(reader: Reader, first: int) -> Decade:
    last = first + YEARS - 1
    listed = FilteredList(reader, kind=("summary",), year_from=first, year_to=last)
    within = [str(year) for year in range(last, first - 1, -1)]
    years = [
        (int(year), count, listed.filters(year_from=int(year), year_to=int(year)))
        for year, count in listed.within("year", within)
    ]
    size = listed.size()
    return Decade(first, size, listed.filters(), years, listed.sources(MAX_SOURCES))
