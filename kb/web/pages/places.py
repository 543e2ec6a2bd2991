"""Place pages: the demands and sources for each place."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.passages import CORPUS
from kb.domain.queries import Filters
from kb.domain.results import Coverage
from kb.search.browse import FilteredList
from kb.search.names import Names
from kb.search.searcher import Searcher
from kb.web.error_pages import AbsentError
from kb.web.route import PageRoute, searcher_of
from kb.web.view.hierarchy import tree
from kb.web.view.page import Page
from kb.web.view.state_map import state_map

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_DEMANDS, MAX_SOURCES, MAX_NEIGHBORS = 10, 20, 12
MIN_SOURCES = 3  # with fewer sources, the page says that the corpus has little on the place


@router.get("/places")
def places(request: Request) -> Response:
    """Show the case files by state and country, and a tree of all places that have sources."""
    page, searcher = Page(request), searcher_of(request)
    gazetteer, label = searcher.names.gazetteer, page.label_of(searcher.names)
    known = [place.id for place in gazetteer]
    counts = dict(FilteredList(searcher.reader).within("place", known, kind=("summary",)))
    outer = {
        place.id: (place.parent,) if place.parent in counts else ()
        for place in gazetteer
        if place.id in counts
    }
    cases = FilteredList(searcher.reader, document_kind=("outcome",))
    campaigns = dict(cases.within("place", known, kind=("summary",)))
    countries = [
        (place.id, campaigns[place.id])
        for place in gazetteer
        if place.level == "national" and place.id in campaigns
    ]
    return page.response(
        "places.html",
        case_files=cases,
        state_map=state_map(campaigns),
        countries=sorted(countries, key=lambda one: -one[1]),
        nodes=tree(outer, counts, lambda place: label("place", place)),
        levels={place.id: place.level for place in gazetteer},
        label=label,
    )


@router.get("/places/{place_id}")
def place(request: Request, place_id: str) -> Response:
    """Show a place with its demands, sources and related places; with few sources, add counts."""
    page, searcher = Page(request), searcher_of(request)
    names = searcher.names
    found = names.gazetteer.get(place_id)
    if found is None:
        raise AbsentError("place")
    listed = FilteredList(searcher.reader, place=(place_id,))
    size = listed.size(kind=("summary",))
    inside, beside = _inside(names, place_id), _beside(names, place_id)
    everywhere = FilteredList(searcher.reader)
    return page.response(
        "place.html",
        place=found,
        around=[one.id for one in names.gazetteer.path(place_id)[1:]],
        listed=listed,
        size=size,
        demands=listed.demands(MAX_DEMANDS),
        sources=listed.sources(MAX_SOURCES),
        inside=everywhere.within("place", inside, kind=("summary",)),
        beside=everywhere.within("place", beside, kind=("summary",))[:MAX_NEIGHBORS],
        coverage=_coverage(searcher, place_id) if size < MIN_SOURCES else None,
        label=page.label_of(names),
    )


def _coverage(searcher: Searcher, place_id: str) -> Coverage:
    """Return counts of the passages of the corpus from a place and from nearby places."""
    return searcher.coverage(Filters(place=(place_id,), shelf=(CORPUS,)))


def _inside(names: Names, place_id: str) -> list[str]:
    """Return the ids of the places directly within a place."""
    return [place.id for place in names.gazetteer if place.parent == place_id]


def _beside(names: Names, place_id: str) -> list[str]:
    """Return the ids of the other places with the same parent."""
    around = names.gazetteer.path(place_id)[1:2]
    return [one for place in around for one in _inside(names, place.id) if one != place_id]
