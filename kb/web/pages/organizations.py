"""Organization pages: the publishers and authors of sources."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from kb.index.contract import Reader
from kb.search.browse import OF_CORPUS, FilteredList
from kb.text.analysis import fold
from kb.text.query import QueryTree
from kb.web.error_pages import AbsentError
from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_NAME_CHARACTERS = 1000
MAX_DEMANDS, MAX_SOURCES = 20, 50
NO_LETTER = "0–9"  # heading for names that do not start with a letter

Named = tuple[str, int]


@router.get("/organizations")
def organizations(
    request: Request, name: Annotated[str, Query(max_length=MAX_NAME_CHARACTERS)] = ""
) -> Response:
    """Show all organizations by first letter, or the sources and demands of one of them."""
    page, searcher = Page(request), searcher_of(request)
    if not name:
        return page.response("organizations.html", letters=_by_letter(searcher.reader))
    listed = FilteredList(searcher.reader, organization=(name,))
    size = listed.size(kind=("summary",))
    if not size:
        raise AbsentError("organization")
    return page.response(
        "organization.html",
        name=name,
        listed=listed,
        size=size,
        sources=listed.sources(MAX_SOURCES),
        demands=listed.demands(MAX_DEMANDS),
        label=page.label_of(searcher.names),
    )


def _by_letter(reader: Reader) -> list[tuple[str, list[Named]]]:
    """Return (name, number of sources) pairs, grouped by first letter."""
    counts = reader.counts(reader.select(QueryTree(), (("kind=summary",), *OF_CORPUS)))
    named = sorted(counts.get("organization", {}).items(), key=lambda one: fold(one[0]))
    named.sort(key=_letter)
    return [(letter, list(group)) for letter, group in groupby(named, key=_letter)]


def _letter(named: Named) -> str:
    first = fold(named[0])[:1].upper()
    return first if first.isalpha() else NO_LETTER
