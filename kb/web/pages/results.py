"""Results page with facets and filters, by GET, or by POST for private searches."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple, get_args

from fastapi import APIRouter, Depends
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kb.domain import queries
from kb.domain.base import Noun
from kb.domain.queries import FILTERS, FilterField, Filters, Sort
from kb.domain.results import FacetValue, Results
from kb.index.contract import Reader
from kb.search.labels import label
from kb.search.searcher import Searcher
from kb.search.sort import DECIDED
from kb.search.ties import campaigns
from kb.web.route import PageRoute, searcher_of
from kb.web.view.imported import shelves_of
from kb.web.view.page import Page
from kb.web.view.topic_panel import Subjects, subjects
from kb.web.view.urls import MAX_OFFSET, Search
from kb.web.view.works import Work, alone, outcomes_told, own_first, works

router = APIRouter(route_class=PageRoute, include_in_schema=False)

PAGE = 10  # documents of a search, or passages of a list without a query
NUMBERED = 2  # pages linked on each side of the current one
MAX_VALUES = 8  # per facet
FACETS = sorted((one for one in FILTERS if one.page_facet), key=lambda one: one.page_facet)

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}

Facet = tuple[str, tuple[FacetValue, ...]]


class Chip(Noun):
    """An active filter value, and the search without that value."""

    label: str
    field: str
    value: str  # label without the filter name
    without: Search


class Decided(Noun):
    """The search limited to decided demands, and the number of current results among them."""

    search: Search
    count: int


class Elsewhere(NamedTuple):
    """The search without its place filter, and the first documents that it finds."""

    search: Search
    works: list[Work]
    size: int  # number of all documents that it finds


async def _form(request: Request) -> list[tuple[str, str]]:
    """Return the text fields of a form; respond with 415 to any other media type."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in FORM_TYPES and await request.body():
        raise HTTPException(415)
    async with request.form() as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


@router.get("/search")
def results(request: Request) -> Response:
    """Show the results at a URL that can be shared."""
    return _answer(request, _parsed(request.query_params.multi_items()))


@router.post("/search")
def in_private(
    request: Request, form: Annotated[list[tuple[str, str]], Depends(_form)]
) -> Response:
    """Show the results of a query sent in the body, which keeps it out of URLs and history."""
    return _answer(request, _parsed(form, private=True))


def _parsed(pairs: list[tuple[str, str]], private: bool = False) -> Search:
    try:
        return Search.parse(pairs, private)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def _answer(request: Request, search: Search) -> Response:
    page, searcher = Page(request), searcher_of(request)
    unknown = [name for name in search.filters.place if not searcher.names.is_place(name)]
    for name in unknown:
        search = search.without("place", name)
    query = queries.Query(
        text=search.text,
        filters=search.filters,
        sort=search.sort,
        group="document" if search.text else "none",
        intent=search.intent,
        k=PAGE,
        offset=search.offset,
    )
    answer = searcher.search(query)
    wider = _without_place(query, searcher) if not answer.total else None
    elsewhere = works(wider) if wider else []
    filters = searcher.names.resolve(search.filters)
    size = answer.total_documents if search.text else answer.total
    after = search.offset + PAGE
    named = Subjects([], []) if search.offset else subjects(search.text, searcher, page)
    chips = _chips(search, filters, searcher, page)
    shown = own_first(works(answer)) if search.text else alone(answer.hits)
    return page.response(
        "results.html",
        search=search,
        answer=answer,
        works=shown,
        elsewhere=Elsewhere(search.with_filters(place=()), elsewhere, wider.total_documents)
        if wider and elsewhere
        else None,
        near_counts=_counts(wider or answer),
        told=outcomes_told((one.best for one in (*shown, *elsewhere)), searcher.reader),
        decided=_decided(search, answer),
        sorts=[(one, search.changed(sort=one, offset=0)) for one in get_args(Sort)],
        title=search.text or ", ".join(chip.label for chip in chips),
        chips=chips,
        where=_where(filters, searcher, page),
        unknown_places=unknown,
        named=named,
        notices_shown=[_softened(one.code, named) for one in answer.notices],
        campaigns=campaigns(searcher.reader, (wider or answer).hits),
        facets=[
            (field, [one for one in some if one.value not in getattr(filters, field)][:MAX_VALUES])
            for field, some in _facets(answer, search, searcher.reader)
        ],
        label=page.label_of(searcher.names),
        pages=_pages(search, size),
        before=search.changed(offset=max(0, search.offset - PAGE)) if search.offset else None,
        after=search.changed(offset=after) if after < min(size, MAX_OFFSET) else None,
        narrowed=search.narrowed,
    )  # fmt: skip


def _without_place(query: queries.Query, searcher: Searcher) -> Results | None:
    """Return the results without the place filter; None without a query or a place filter."""
    if not query.text or not query.filters.place:
        return None
    filters = query.filters.model_copy(update={"place": ()})
    return searcher.search(query.model_copy(update={"filters": filters, "offset": 0}))


def _counts(answer: Results) -> dict[str, int]:
    """Return the number of results for each place id and each city size."""
    fields = answer.facets.fields
    return {one.value: one.count for field in ("place", "size") for one in fields.get(field, ())}


def _where(filters: Filters, searcher: Searcher, page: Page) -> str:
    """Return the name of the place in the filters, or "" if there is none or several."""
    if len(filters.place) != 1:
        return ""
    return searcher.names.full_label(filters.place[0], page.language)


def _decided(search: Search, answer: Results) -> Decided | None:
    """Return the search limited to decided demands.

    Return None without a query, with an outcome filter, or if no result is a decided demand.
    """
    known = [one.count for one in answer.facets.fields.get("outcome", ()) if one.value in DECIDED]
    if not search.text or search.filters.outcome or not known:
        return None
    return Decided(search=search.with_filters(outcome=DECIDED), count=sum(known))


def _pages(search: Search, size: int) -> list[tuple[int, Search | None]]:
    """Return the numbers of the first, last and nearby pages; the current page has no search."""
    last = -(-min(size, MAX_OFFSET + PAGE) // PAGE)
    present = search.offset // PAGE + 1
    near = range(max(1, present - NUMBERED), min(last, present + NUMBERED) + 1)
    return [
        (number, None if number == present else search.changed(offset=(number - 1) * PAGE))
        for number in sorted({1, last, *near})
        if 1 <= number <= last
    ]


def _facets(answer: Results, search: Search, reader: Reader) -> Iterator[Facet]:
    """Yield each filter with its facet values; with a query, include shelves without hits."""
    for field in (one.name for one in FACETS):
        values = answer.facets.fields.get(field, ())
        if field == "shelf":
            known, counts = shelves_of(reader), {one.value: one.count for one in values}
            values = tuple(
                FacetValue(value=one, label=one, count=counts.get(one, 0))
                for one in known if counts.get(one) or search.text
            )  # fmt: skip
        yield field, values


def _chips(search: Search, filters: Filters, searcher: Searcher, page: Page) -> list[Chip]:
    """Return the active filters with labels; `filters` contains ids instead of names."""
    return [chip for one in FILTERS for chip in _chips_of(one, search, filters, searcher, page)]


def _chips_of(
    one: FilterField, search: Search, filters: Filters, searcher: Searcher, page: Page
) -> Iterator[Chip]:
    held, typed = getattr(filters, one.name), getattr(search.filters, one.name)
    if one.multiple:
        for value, given in zip(held, typed, strict=True):
            words = _chip_label(searcher, one.name, value, page)
            without = search.without(one.name, given)
            yield Chip(label=words, field=one.name, value=words, without=without)
    elif held is not None and one.label:
        words = f"{page.translated(one.label)}: {held}"
        without = search.without(one.name, "")
        yield Chip(label=words, field=one.name, value=str(held), without=without)


def _chip_label(searcher: Searcher, field: str, value: str, page: Page) -> str:
    """Return the label of a filter value; a document's label is its title."""
    document = searcher.reader.document(value) if field == "document" else None
    return document.source.title if document else label(searcher.names, field, value, page.language)


def _softened(code: str, named: Subjects) -> str:
    """Return the notice code to show; if a topic is shown, weak results get a milder notice."""
    return "weak-named" if code == "weak" and named else code
