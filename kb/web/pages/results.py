"""An answer: cards, why each is there, and what narrows it. By address, or in private by POST."""

from collections.abc import Iterator
from typing import Annotated, get_args

from fastapi import APIRouter, Form, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from kb.domain import queries
from kb.domain.noun import Noun
from kb.domain.queries import MULTIPLE, Filters, Sort
from kb.domain.results import FacetValue, Results
from kb.index.contract import Reader
from kb.languages.labels import _
from kb.search.labels import label
from kb.search.searcher import Searcher
from kb.settings import MAX_QUERY_CHARACTERS
from kb.web.route import PageRoute, searcher_of
from kb.web.view.campaigns import campaigns
from kb.web.view.imported import shelves_of
from kb.web.view.page import Page
from kb.web.view.result_sections import part, parts
from kb.web.view.topic_panel import Subjects, subjects
from kb.web.view.urls import Search

router = APIRouter(route_class=PageRoute, include_in_schema=False)

HITS = 12
LAST = 1000  # no page begins later
MAX_VALUES, MAX_VALUE_CHARACTERS = 50, 300
SHOWN = (
    "shelf", "kind", "outcome", "topic", "place", "level", "action", "document_kind", "language",
)  # fmt: skip

Facet = tuple[str, tuple[FacetValue, ...]]


class Asked(Filters):
    """The question as a form or an address gives it."""

    q: str = Field("", max_length=MAX_QUERY_CHARACTERS)
    begin: int = Field(0, ge=0, le=LAST, alias="from")
    sort: Sort = "relevance"
    lang: str | None = Field(None, max_length=MAX_VALUE_CHARACTERS)

    @property
    def search(self) -> Search:
        """What is asked, without empty and repeated values."""
        values = {
            name: tuple(dict.fromkeys(
                one[:MAX_VALUE_CHARACTERS] for one in getattr(self, name)[:MAX_VALUES] if one
            ))
            for name in MULTIPLE
        }  # fmt: skip
        others = {name: getattr(self, name) for name in ("year_from", "year_to", "has_amount")}
        return Search(self.q, Filters.model_construct(**(values | others)), self.begin, self.sort)


class Chip(Noun):
    """A filter that is on, and the search without it."""

    label: str
    field: str
    without: Search


@router.get("/search")
def results(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The answer under an address that can be shared."""
    return _answer(request, asked.search)


@router.post("/search")
def in_private(request: Request, asked: Annotated[Asked, Form()]) -> Response:
    """The same with the words in the body: no address, no history holds them."""
    return _answer(request, asked.search._replace(private=True))


def _answer(request: Request, search: Search) -> Response:
    page, searcher = Page(request), searcher_of(request)
    query = queries.Query(
        text=search.text,
        filters=search.filters,
        sort=search.sort,
        k=HITS,
        offset=search.offset,
    )
    answer = searcher.search(query)
    filters = searcher.names.resolve(search.filters)
    after = search.offset + HITS
    named = Subjects([], []) if search.offset else subjects(search.text, searcher, page)
    chips = _chips(search, filters, searcher, page)
    by_kind = search.sort == "relevance"
    return page.response(
        "results.html",
        search=search,
        answer=answer,
        parts=parts(answer.hits, search.text) if by_kind else [part("", answer.hits)],
        sorts=[(one, search._replace(sort=one, offset=0)) for one in get_args(Sort)],
        title=search.text or ", ".join(chip.label for chip in chips),
        chips=chips,
        named=named,
        notices_shown=[_softened(one.code, named) for one in answer.notices],
        campaigns=campaigns(searcher.reader, answer.hits),
        facets=[
            (field, [one for one in some if one.value not in getattr(filters, field)][:8])
            for field, some in _facets(answer, search, searcher.reader)
        ],
        label=page.label_of(searcher.names),
        before=search._replace(offset=max(0, search.offset - HITS)) if search.offset else None,
        after=search._replace(offset=after) if after < min(answer.total, LAST) else None,
        narrowed=search.narrowed,
    )  # fmt: skip


def _facets(answer: Results, search: Search, reader: Reader) -> Iterator[Facet]:
    """The values of each filter; every shelf, for what was found is not all that it holds."""
    for field in SHOWN:
        values = answer.facets.fields.get(field, ())
        if field == "shelf":
            known, counts = shelves_of(reader), {one.value: one.count for one in values}
            values = tuple(
                FacetValue(value=one, label=one, count=counts.get(one, 0))
                for one in known if counts.get(one) or search.text
            )  # fmt: skip
        yield field, values


def _chips(search: Search, filters: Filters, searcher: Searcher, page: Page) -> list[Chip]:
    """Every filter that is on, as the reader knows it."""
    return [
        Chip(label=_chip_label(searcher, field, value, page), field=field,
             without=search.without(field, given))
        for field in MULTIPLE
        for value, given in zip(getattr(filters, field), getattr(search.filters, field),
                                strict=True)
    ] + [
        Chip(label=f"{page.translated(word)}: {value}", field=field,
             without=search.without(field, ""))
        for field, word in (("year_from", _("from the year")), ("year_to", _("to the year")))
        if (value := getattr(filters, field)) is not None
    ]  # fmt: skip


def _chip_label(searcher: Searcher, field: str, value: str, page: Page) -> str:
    """The value in words; of a document its title."""
    document = searcher.reader.document(value) if field == "document" else None
    return document.source.title if document else label(searcher.names, field, value, page.language)


def _softened(code: str, named: Subjects) -> str:
    """The notice to show: that nothing answers is not said below a topic that may."""
    return "weak-named" if code == "weak" and named else code
