"""An answer: cards, why each is there, and what narrows it. By address, or in private by POST."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from kb.domain import search as domain
from kb.domain.noun import Noun
from kb.domain.search import MULTIPLE, Filters
from kb.settings import MAX_QUERY_CHARACTERS
from kb.web.addresses import Search
from kb.web.labels import label
from kb.web.rendering import Page
from kb.web.route import PageRoute, searcher_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

HITS = 10
LAST = 1000  # no page begins later
MAX_VALUES, MAX_VALUE_CHARACTERS = 50, 300
SHOWN = ("kind", "outcome", "topic", "place", "level", "action", "document_kind", "language")


class Asked(Filters):
    """The question as a form or an address gives it."""

    q: str = Field("", max_length=MAX_QUERY_CHARACTERS)
    begin: int = Field(0, ge=0, le=LAST, alias="from")
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
        return Search(self.q, Filters.model_construct(**(values | others)), self.begin)


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
    query = domain.Query(text=search.text, filters=search.filters, k=HITS, offset=search.offset)
    answer = searcher.search(query)
    filters = searcher.names.resolve(search.filters)
    after = search.offset + HITS
    return page.response(
        "results.html",
        search=search,
        answer=answer,
        chips=[
            Chip(label=label(searcher.names, field, value, page.language), field=field,
                 without=search.without(field, given))
            for field in MULTIPLE
            for value, given in zip(getattr(filters, field), getattr(search.filters, field),
                                    strict=True)
        ],
        facets=[
            (field, [one for one in answer.facets.fields.get(field, ())
                     if one.value not in getattr(filters, field)][:8])
            for field in SHOWN
        ],
        label=page.label_of(searcher.names),
        before=search._replace(offset=max(0, search.offset - HITS)) if search.offset else None,
        after=search._replace(offset=after) if after < min(answer.total, LAST) else None,
    )  # fmt: skip
